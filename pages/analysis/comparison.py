"""Whether numbers may stand side by side: their marks, or the reasons why not.

Structure decides first (unit, definition, kind, time, whose place), then what a person wrote down in cautions.csv.  Nothing
here knows a place or an indicator.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from operator import attrgetter

from etl.model import Caution, ComparedMark, Qualifier
from pages.analysis.reasons import (
    Comparison,
    Reason,
    Refusal,
    conflicts,
    definitions,
    forbidden,
    interval_of,
    is_never_above,
    units,
    valued,
    year_of,
)

SAME_LENGTH = 3
"""Days by which two periods of one length differ: months have 28 to 31, years 365 or 366."""

APART = ("do_not_compare", "different_definition")
"""Kinds of caution that keep two numbers out of one chart; the other kinds concern what is computed from them."""

UNRANKED = ("no_direction", "order_unknown", "different_level", "own_definitions")
"""Limits that leave no order worth showing."""


def side_by_side(marks: Sequence[ComparedMark], *, cautions: Sequence[Caution]) -> Comparison | Refusal:
    """``marks`` as they are, when they are of one unit, definition, kind and time, and no caution keeps two of them apart.

    There is one mark per place; those without a value are kept and never compared.  ``cautions`` are those in which numbers of the marks
    meet.  Numbers of places with different parents (a peer city) may speak of different years when each carries its own, and of
    different indicators where a caution of the kind different_year ties them.  Fewer than two values are a refusal.
    """
    numbers = valued(marks)
    ties_years = any(caution.kind == "different_year" for caution in cautions)
    found = [
        *_too_few(marks),
        *conflicts(numbers),
        *units(numbers),
        *_measures(numbers),
        *(() if ties_years else definitions(numbers)),
        *_times(numbers),
        *forbidden(cautions, APART),
    ]
    if found:
        return Refusal(tuple(found))
    limits = (*_limits(numbers), *_told(cautions))
    is_ranked = not any(limit.rule in UNRANKED for limit in limits)
    return Comparison(tuple(marks), is_ranked, _has_peers(numbers), limits)


def arranged(comparison: Comparison, *, by_value: bool) -> tuple[ComparedMark, ...]:
    """The marks largest first, those without a value behind; in administrative order (``rank``) where that is asked for, or where
    the order of the values is not known or means nothing.
    """
    if by_value and comparison.is_ranked:
        return tuple(sorted(comparison.marks, key=lambda mark: (mark.value is None, -(mark.value or 0), mark.rank)))
    return tuple(sorted(comparison.marks, key=lambda mark: mark.rank))


def _too_few(marks: Sequence[ComparedMark]) -> Iterator[Reason]:
    numbers = valued(marks)
    if not numbers:
        yield Reason("nothing_published", tuple(dict.fromkeys(mark.reason for mark in marks if mark.reason)))
    elif len(numbers) == 1:
        yield Reason("only_one", (numbers[0].place_name,))


def _measures(numbers: Sequence[ComparedMark]) -> Iterator[Reason]:
    measures = dict.fromkeys(str(number.measure) for number in numbers)
    if len(measures) > 1:
        yield Reason("different_measure", tuple(measures))


def _times(numbers: Sequence[ComparedMark]) -> Iterator[Reason]:
    lengths = {
        (number.period_end - number.period_start).days
        for number in numbers
        if number.indicator_kind == "flow" and number.period_start and number.period_end
    }
    if lengths and max(lengths) - min(lengths) > SAME_LENGTH:
        yield Reason("different_length")
    undated = [number.place_name for number in numbers if year_of(number) is None]
    if _has_peers(numbers) and undated:
        yield Reason("no_year", tuple(undated))
    years = sorted({year for number in numbers if (year := year_of(number))})
    if not _has_peers(numbers) and len(years) > 1:
        yield Reason("different_period", tuple(map(str, years)))


def _told(cautions: Sequence[Caution]) -> Iterator[Reason]:
    for caution in cautions:
        if caution.kind not in APART:
            yield Reason("with_care", (caution.name, caution.reason))


def _limits(numbers: Sequence[ComparedMark]) -> Iterator[Reason]:
    if any(number.polarity == "none" for number in numbers):
        yield Reason("no_direction")
    open_ended = [number.place_name for number in numbers if number.qualifier != Qualifier.EXACT]
    if open_ended:
        yield Reason("bounds", tuple(open_ended))
    if any(_order_is_open(*pair) for pair in combinations(numbers, 2)):
        yield Reason("order_unknown")
    if _has_peers(numbers) and len({number.place_kind for number in numbers}) > 1:
        yield Reason("different_level")
    if len({number.indicator for number in numbers}) > 1:
        yield Reason("own_definitions")
    if len({number.as_of for number in numbers if number.as_of}) > 1 and not _has_peers(numbers):
        yield Reason("different_days")


def _has_peers(numbers: Sequence[ComparedMark]) -> bool:
    return len({number.parent for number in numbers}) > 1


def _order_is_open(one: ComparedMark, other: ComparedMark) -> bool:
    """Whether what the printing leaves open could turn the order of two different numbers round."""
    if one.value == other.value:
        return not (one.qualifier == other.qualifier == Qualifier.EXACT)
    small, large = sorted((one, other), key=attrgetter("amount"))
    return not is_never_above(interval_of(small), interval_of(large))
