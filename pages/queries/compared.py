"""One indicator over the parts of a place, to be held side by side: which series there are, their marks, the whole, the people.

A series is one indicator of one measure and one time.  It is offered only where every part has a number or a declared absence:
what nobody has looked for is not shown as a gap.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from etl.model import Axis, ComparedMark, Mark, Measure, Number, Period, Series
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import Selector, named, parts_of, selector_of
from pages.queries.chart_marks import marks_along
from pages.queries.data_quality import absences_of
from pages.queries.geography import places
from pages.queries.numbers import names, numbers_of
from pages.queries.reference import indicators

RESULTS = (Measure.ACTUAL, Measure.PLAN, Measure.TARGET)
"""A standard is held against numbers (pages.queries.standards), never compared by place."""

POPULATION = "population"
NO_TIME = "none"
PER_CENT = "%"
DAY = "@"
"""Stands before the day in the code of a time without a period: @2018-12-31."""


@cached_query
def series(release: Release) -> tuple[Series, ...]:
    """Every series that can be shown, by parent (the city first), indicator, measure, newest time first."""
    table, called, city = release.table("places"), names(release, "places"), release.city.place
    parents = dict.fromkeys(place.parent for place in places(release).values() if place.parent)
    return tuple(
        Series(parent, called.get(parent, parent), number, time_code(number.period, number.as_of), count, len(parts))
        for parent in sorted(parents, key=lambda place: place != city)
        if len(parts := parts_of(table, parent)) > 1
        for number, count in _covered(release, parts)
    )


def first_of(offered: Sequence[Series]) -> Series:
    """The series a screen opens with: of the first indicator of which two parts have a number, the newest that half of them have.

    Where no time reaches half, the one that most have.
    """
    several = [row for row in offered if row.count > 1] or offered
    own = [row for row in several if row.number.indicator == several[0].number.indicator]
    half = [row for row in own if 2 * row.count >= row.of]
    if half:
        return max(half, key=lambda row: (_day(row.number), row.count))
    return max(own, key=lambda row: (row.count, _day(row.number)))


def compared_marks(release: Release, parent: str, indicator: str, measure: str, time: str) -> tuple[ComparedMark, ...]:
    """One mark per part of ``parent``: its number (the latest word where there are several), or the state that says why there is
    none; in administrative order.
    """
    marks = _marks(release, f"parts:{parent}", indicator, measure, time)
    latest = {mark.place: mark for mark in sorted(marks, key=lambda mark: mark.as_of or dt.date.min)}
    return described(release, latest.values())


def whole_of(release: Release, parent: str, indicator: str, measure: str, time: str) -> ComparedMark | None:
    """The same number of ``parent`` itself; None where none is printed."""
    marks = described(release, _marks(release, parent, indicator, measure, time))
    printed = [mark for mark in marks if mark.value is not None]
    return max(printed, key=lambda mark: mark.as_of or dt.date.min) if printed else None


def populations(release: Release, parent: str, year: int | None) -> tuple[ComparedMark, ...]:
    """The people of each part of ``parent`` and of itself: the latest number up to ``year``, or why there is none.

    Which indicator counts people is said in denominators.csv; without a row there nothing comes back.
    """
    counts = [row["indicator"] for row in release.rows("denominators") if row["kind"] == POPULATION]
    if not counts:
        return ()
    every = [
        mark
        for place in (f"parts:{parent}", parent)
        for mark in _marks(release, place, counts[0], Measure.ACTUAL, NO_TIME)
    ]
    numbers = numbers_of(release, indicators=counts[:1], places={mark.place for mark in every})
    known: dict[str, Mark] = {
        number.place: Mark.of(number)
        for number in sorted(numbers, key=_day)
        if number.measure == Measure.ACTUAL and number.verified and not number.breakdown
        if year is None or (number.last_day is not None and number.last_day.year <= year)
    }
    return described(release, {mark.place: known.get(mark.place, mark) for mark in every}.values())


def shares_computed(release: Release, at: Collection[str]) -> tuple[Number, ...]:
    """The per cents that the release itself computed of numbers at these places."""
    rates = [row.indicator for row in indicators(release).values() if row.formula and row.unit == PER_CENT]
    return tuple(number for number in numbers_of(release, indicators=rates, places=at) if number.derived)


def described(release: Release, marks: Iterable[Mark]) -> tuple[ComparedMark, ...]:
    """The marks with what the rules of comparison ask of their indicator, unit and place, in administrative order."""
    about, where = indicators(release), places(release)
    measured = {row["unit"] for row in release.rows("units") if row["continuous"]}
    order = dict.fromkeys([release.city.place, *release.city.order, *where])
    rank = {place: position for position, place in enumerate(order)}
    found = []
    for mark in marks:
        indicator, place = about.get(mark.indicator), where.get(mark.place)
        found.append(
            ComparedMark.of(
                mark,
                indicator_kind=indicator.kind if indicator else "",
                polarity=indicator.polarity if indicator else "",
                is_summed=bool(indicator and indicator.sums),
                is_continuous=mark.unit in measured,
                place_kind=place.kind if place else "",
                parent=place.parent if place else "",
                rank=rank.get(mark.place, len(rank)),
            )
        )
    return tuple(sorted(found, key=lambda mark: mark.rank))


def time_code(period: Period, as_of: dt.date | None) -> str:
    """The time of a number or an absence as a link says it: 2019, 2017/2018, 2019-01-01/2019-03-31, @2018-12-31, none."""
    start, end = period
    if start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return "/".join(dict.fromkeys(map(str, (start.year, end.year))))
    if start or end:
        return f"{start or ''}/{end or ''}"
    return f"{DAY}{as_of}" if as_of else NO_TIME


def _marks(release: Release, place: str, indicator: str, measure: str, time: str) -> tuple[Mark, ...]:
    """The marks of a chart by place."""
    return marks_along(release, Axis.PLACE, (_selector(place, indicator, measure, time),))


def _selector(place: str, indicator: str, measure: str, time: str) -> Selector:
    pins = {"place": place, "measure": measure, "period": NO_TIME if time.startswith(DAY) else time}
    return selector_of(indicator, pins | ({"as_of": time.removeprefix(DAY)} if time.startswith(DAY) else {}))


def _covered(release: Release, parts: Sequence[str]) -> list[tuple[Number, int]]:
    """What each series of these places is of, and how many of them have a number; by the indicators' order."""
    table, about = release.table("places"), indicators(release)
    there: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    found: dict[tuple[str, str, str], tuple[Period, dt.date | None]] = {}
    for indicator, measure, time in release.index.printed_times(places=parts, measures=RESULTS):
        period = Period(time.period_start, time.period_end)
        key = indicator, measure, time_code(period, time.as_of)
        there[key].add(time.place)
        found.setdefault(key, (period, time.as_of))
    absences = defaultdict(list)
    for absent in release.index.absences_of():
        absences[absent.indicator].append(absent)
        if absent.measure in RESULTS and not absent.breakdown and set(named(table, absent.place)) & set(parts):
            period = Period(absent.period_start, absent.period_end)
            found.setdefault((absent.indicator, absent.measure, time_code(period, None)), (period, None))
    whole = []
    for (indicator, measure, code), (period, as_of) in found.items():
        gaps = [place for place in parts if place not in there[indicator, measure, code]]
        asked = _selector("", indicator, measure, code)
        if not gaps or len(absences_of(absences[indicator], table, asked, gaps)) == len(gaps):
            number = Number(
                indicator=indicator,
                indicator_name=about[indicator].name,
                measure=measure,
                period_start=period.start,
                period_end=period.end,
                as_of=as_of,
            )
            whole.append((number, len(parts) - len(gaps)))
    newest = sorted(whole, key=lambda series: _day(series[0]), reverse=True)
    return sorted(
        newest, key=lambda series: (about[series[0].indicator].position, RESULTS.index(Measure(series[0].measure)))
    )


def _day(number: Number) -> dt.date:
    return number.last_day or dt.date.min
