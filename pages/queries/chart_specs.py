"""What a chart shows, as a row of charts.csv says it or as numbers allow it - selectors, ids, titles - and its marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from etl.language import in_words, language
from etl.model import Axis, Mark, Number, State
from etl.release.index import AbsenceRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import Selector, checked_selector, named, split_selectors
from pages.queries.data_quality import absences_of
from pages.queries.geography import above, parents
from pages.queries.numbers import axis_names, chosen_numbers, dated_selectors, names
from pages.queries.reference import indicators
from pages.wording.titles import title_of

FLOWING = ("flow", "cumulative")
YEAR = 12

T = TypeVar("T")


@dataclass(frozen=True)
class ChartSpec:
    """One chart: its id, its form (pages.charts.form), its title and note in the language in force, the numbers it shows and those it
    compares them with.

    A chart made from numbers also has the indicator and the place it is about (of a chart by place: the whole) and ``where``, that
    place's name where it is not the city.
    """

    chart: str
    form: str
    title: str
    shows: tuple[Selector, ...]
    compared_with: tuple[Selector, ...] = ()
    note: str = ""
    indicator: str = ""
    place: str = ""
    where: str = ""


def pinned(indicator: str, **pins: str) -> Selector:
    """The selector of ``indicator`` with these pins, empty ones left out; FormulaError for a pin that says nothing."""
    return checked_selector(indicator, {key: value for key, value in pins.items() if value})


def time_pins(number: Number) -> dict[str, str]:
    """The pins that name the time of ``number``."""
    start, end, day = number.period_start, number.period_end, number.as_of
    period = f"{start or ''}/{end or ''}" if start or end else "none"
    return {"period": period, "as_of": str(day) if day else ""}


class Named:
    """What a chart of this release is called in one language, and what its indicators and places are like."""

    def __init__(self, release: Release) -> None:
        self._indicators, self._places = indicators(release), names(release, "places")
        self.kinds = {code: each.kind for code, each in self._indicators.items()}
        self._dimensions = {row["dimension"]: in_words(row, "dimension_name") for row in release.rows("breakdowns")}
        self.city, self._up = release.city.place, parents(release)
        self.parents = {row["place"]: row["parent"] for row in release.rows("places") if row["sums"]}

    def position(self, indicator: str) -> int:
        """Where it stands among the indicators."""
        return self._indicators[indicator].position if indicator in self._indicators else len(self._indicators)

    def flows_alike(self, indicator: str, other: str) -> bool:
        """Whether two indicators are counted in one unit and both flow or add up."""
        both = [self._indicators[name] for name in {indicator, other} if name in self._indicators]
        return len(both) == 2 and both[0].unit == both[1].unit and all(each.kind in FLOWING for each in both)

    def level(self, place: str) -> int:
        """How many places lie above it."""
        return len(above(self._up, place))

    def title(self, indicator: str, place: str, dimension: str = "") -> str:
        """Place (where it is not the city), indicator, and what it is broken down by."""
        name = self._indicators[indicator].name if indicator in self._indicators else indicator
        parts = (self.where(place), name, self._dimensions.get(dimension, dimension))
        return " · ".join(filter(None, parts))

    def where(self, place: str) -> str:
        """The name of a place that is not the city."""
        return "" if place == self.city else self._places.get(place, place)

    def chart(
        self,
        form: str,
        shows: Iterable[Selector],
        number: Number,
        *id_parts: str,
        place: str = "",
        dimension: str = "",
        compared_with: Iterable[Selector] = (),
    ) -> ChartSpec:
        """A chart of ``form`` whose first number is ``number``; ``id_parts`` are the first word of its id and what else tells it apart."""
        place = place or number.place
        first, *others = id_parts
        return ChartSpec(
            "_".join(filter(None, (first, number.indicator, place, dimension, *others))),
            form,
            self.title(number.indicator, place, dimension),
            tuple(shows),
            tuple(compared_with),
            indicator=number.indicator,
            place=place,
            where=self.where(place),
        )


def grouped(rows: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    """The rows that agree in their ``key``, in order of appearance."""
    groups: dict[Hashable, list[T]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def day_of(number: Number) -> dt.date | None:
    """The day a number speaks of."""
    return number.as_of or number.period_end


def exactly(number: Number) -> Selector:
    """The selector of just this number."""
    source = "" if number.verified else number.source
    return pinned(
        number.indicator,
        measure=number.measure,
        place=number.place,
        breakdown=number.breakdown,
        **time_pins(number),
        source=source,
    )


@cached_query
def charts_of(release: Release, screen: str) -> tuple[ChartSpec, ...]:
    """The charts that stand on ``screen``, by position; times, titles and notes as of what is there now, in the language in force."""
    charts = []
    for row in sorted(release.rows("charts"), key=lambda row: int(row["position"])):
        if row["screen"] == screen:
            asked, beside = split_selectors(row["shows"]), split_selectors(row["compared_with"])
            shows, others = dated_selectors(release, asked, beside)
            numbers = chosen_numbers(release, shows), chosen_numbers(release, others)
            title, note = (title_of(template, *numbers) for template in (in_words(row, "title"), row["note"]))
            charts.append(ChartSpec(row["chart"], row["form"], title, shows, others, note))
    return tuple(charts)


@cached_query
def marks_of(release: Release, chart: ChartSpec) -> tuple[Mark, ...]:
    """The marks of ``chart``: see marks_along."""
    return marks_along(release, Axis.of(chart.form), chart.shows, chart.compared_with)


@cached_query
def marks_along(
    release: Release, axis: Axis, shows: Sequence[Selector], compared_with: Sequence[Selector] = ()
) -> tuple[Mark, ...]:
    """The numbers that ``shows`` and ``compared_with`` (part ``beside``) name, and the places and items that have none.

    Along places there is a mark for every place a selector names: where no number is printed, its state says why (not_in_plan,
    not_published ...).  Along a breakdown there is one for every item that is declared absent.  Along places they stand by value,
    then in administrative order; along periods and days by time, along a breakdown in its own order, else as the selectors stand;
    those beside come last.
    """
    shown = chosen_numbers(release, shows)
    marks = [Mark.of(number) for number in shown]
    if axis is Axis.PLACE:
        marks += _missing_places(release, shows, {number.place for number in shown})
    if axis is Axis.BREAKDOWN and shown:
        marks += _missing_items(release, shows, {number.breakdown for number in shown})
    there = {number.number_id for number in shown}
    others = [number for number in chosen_numbers(release, compared_with) if number.number_id not in there]
    return (*_in_order(release, axis, marks), *(Mark.of(number, part="beside") for number in others))


def _missing_places(release: Release, shows: Iterable[Selector], there: Collection[str]) -> Iterator[Mark]:
    places, short = release.table("places"), axis_names(release)
    for asked in shows:
        wanted = [place for place in named(places, asked.pins.get("place", "")) if place and place not in there]
        declared = absences_of(release.index.absences_of(), places, asked, wanted)
        for place in wanted:
            mark = _without_number(release, asked, place, declared.get(place))
            yield replace(mark, place_short=short.get(place, place))


def _missing_items(release: Release, shows: Iterable[Selector], there: Collection[str]) -> Iterator[Mark]:
    places, absences, called = release.table("places"), release.index.absences_of(), names(release, "breakdowns")
    for asked in shows:
        dimension, _, wanted = asked.pins.get("breakdown", "").partition(":")
        place = asked.pins.get("place", "")
        for item in called if wanted == "*" else ():
            is_missing = item.startswith(f"{dimension}:") and item not in there
            if is_missing and (absence := absences_of(absences, places, asked, [place], item).get(place)):
                mark = _without_number(release, asked, place, absence)
                yield replace(mark, breakdown=item, breakdown_name=called[item])


def _without_number(release: Release, asked: Selector, place: str, absence: AbsenceRow | None) -> Mark:
    """The mark of a place where no number is printed, with the state that was declared and why."""
    return Mark(
        place=place,
        place_name=names(release, "places").get(place, place),
        indicator=asked.indicator,
        indicator_name=names(release, "indicators").get(asked.indicator, asked.indicator),
        state=State(absence.state) if absence else State.UNDECLARED,
        reason=((absence.reason_en if language() == "en" else "") or absence.reason) if absence else "",
        verified=True,
    )


def _in_order(release: Release, axis: Axis, marks: Sequence[Mark]) -> Sequence[Mark]:
    match axis:
        case Axis.PLACE:
            order = {place: at for at, place in enumerate(release.city.order)}
            arranged = sorted(marks, key=lambda mark: order.get(mark.place, len(order)))
            return sorted(arranged, key=lambda mark: (1, mark.state.rank) if mark.value is None else (0, -mark.value))
        case Axis.PERIOD:
            return sorted(
                marks, key=lambda mark: (mark.period_end or _day(mark), mark.period_start or _day(mark), _day(mark))
            )
        case Axis.TIME:
            return sorted(marks, key=_day)
        case Axis.BREAKDOWN:
            positions = {row["breakdown"]: row["position"] for row in release.rows("breakdowns")}
            return sorted(marks, key=lambda mark: (positions.get(mark.breakdown, len(positions)), mark.breakdown))
        case Axis.STEPS:
            return marks


def _day(mark: Mark) -> dt.date:
    return mark.as_of or mark.period_end or dt.date.max
