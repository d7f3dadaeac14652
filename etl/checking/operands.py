"""What a computed number of a draft may be computed from: numbers that stand beside it, and their natural counterparts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.checking.published import PublishedData, PublishedNumber
from etl.checking.reasons import describe_number
from etl.reading.indicators import same_unit


@dataclass(frozen=True)
class Operand:
    """One value with what it rests on: the number known (``one``), or how it was itself worked out (``made``); ``told`` is the
    number of the draft it stands for, as printed.
    """

    value: Decimal
    unit: str
    qualifier: str
    ids: tuple[str, ...]
    one: PublishedNumber | None = None
    told: str = ""
    made: str = ""

    def label(self, published: PublishedData) -> str:
        """Return what it is in words."""
        return self.told or self.made or (describe_number(self.one, published) if self.one else "")


def operand(one: PublishedNumber, told: str = "") -> Operand:
    """Return a known number as an operand."""
    return Operand(one.value, same_unit(one.unit), one.qualifier, one.rests_on, one, told)


def relatives(one: PublishedNumber, published: PublishedData) -> Iterator[PublishedNumber]:
    """Yield the numbers one naturally holds ``one`` against: same thing at another measure, time, place level, or as a whole."""
    same = [row for row in published.of_indicator.get(one.indicator, ()) if row.id != one.id and not row.is_derived]
    related = [row for row in same if _differ_in_one(one, row, published)]
    yield from sorted(related, key=lambda row: (row.place != one.place, _days_apart(one, row)))
    for indicator in published.indicators:
        if indicator.id != one.indicator and _is_beside(indicator.project, one, published):
            for row in published.of_indicator.get(indicator.id, ()):
                if row.place == one.place and not row.is_derived and is_same_time(one, row):
                    yield row


def _days_apart(one: PublishedNumber, row: PublishedNumber) -> int:
    return abs((one.day - row.day).days) if one.day and row.day else 0


def _is_beside(project: str, one: PublishedNumber, published: PublishedData) -> bool:
    own = published.indicator.get(one.indicator)
    return own is not None and own.project == project and project != ""


def _differ_in_one(one: PublishedNumber, row: PublishedNumber, published: PublishedData) -> bool:
    place, time = one.place == row.place, is_same_time(one, row)
    measure, item = one.measure == row.measure, one.breakdown == row.breakdown
    if not place:
        related = published.place.get(one.place), published.place.get(row.place)
        parents = [known.parent if known else "" for known in related]
        near = row.place == parents[0] or one.place == parents[1] or parents[0] == parents[1]
        return near and time and measure and item
    if not time:
        return measure and item
    if not measure:
        return item or not (one.breakdown and row.breakdown)
    return one.breakdown.partition(":")[0] == row.breakdown.partition(":")[0] or not (one.breakdown and row.breakdown)


def is_same_time(one: PublishedNumber, row: PublishedNumber) -> bool:
    """Whether two numbers speak of one time, as far as both say."""
    if one.is_flow and row.is_flow:
        return (one.period_start, one.period_end) == (row.period_start, row.period_end)
    if one.is_flow != row.is_flow:
        return True
    return one.day == row.day or one.day is None or row.day is None


def whole_sets(one: PublishedNumber, published: PublishedData) -> Iterator[tuple[PublishedNumber, ...]]:
    """Yield the sets of numbers whose sum is a natural total around ``one``: items of a breakdown, parts of a place, years in a row."""
    rows = [
        row
        for row in published.of_indicator.get(one.indicator, ())
        if row.measure == one.measure and not row.is_derived and row.variant == one.variant
    ]
    here = [row for row in rows if row.place == one.place]
    dimension = one.breakdown.partition(":")[0]
    items = [
        row for row in here if dimension and row.breakdown.partition(":")[0] == dimension and is_same_time(one, row)
    ]
    yield from _at_least_two(items)
    parent = published.place[one.place].parent if one.place in published.place else ""
    parts = [
        row
        for row in rows
        if row.breakdown == one.breakdown
        and row.place in published.place
        and published.place[row.place].parent == parent
    ]
    yield from _at_least_two([row for row in parts if is_same_time(one, row)])
    years = [row for row in here if row.breakdown == one.breakdown and row.is_flow and _is_a_year(row)]
    years.sort(key=lambda row: row.period_start or row.day)  # type: ignore[arg-type, return-value]
    for first in range(len(years)):
        for last in range(first + 2, len(years) + 1):
            yield tuple(years[first:last])


def _is_a_year(row: PublishedNumber) -> bool:
    return row.period_start is not None and row.period_end is not None and row.period_start.year == row.period_end.year


def _at_least_two(rows: Sequence[PublishedNumber]) -> Iterator[tuple[PublishedNumber, ...]]:
    if len(rows) > 1:
        yield tuple(rows)


def unique(rows: Iterable[Operand]) -> list[Operand]:
    """Return the operands, each once, the first first."""
    return list({(row.ids, row.value): row for row in rows}.values())
