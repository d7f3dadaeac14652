"""Numbers to be held side by side: one indicator over the parts of a place, with the whole and the people; other cities; standards.

A series is one indicator of one measure and one time.  It is offered only where every part has a number or a declared absence:
what nobody has looked for is not shown as a gap.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from etl.model import Axis, ComparedMark, Mark, Measure, Number, PeerGroup, Period, Series, Standard
from etl.release.index import NumberRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import Selector, named, parts_of, selector_of
from pages.queries.cautions import cautions, pairs_apart
from pages.queries.chart_specs import marks_along
from pages.queries.data_quality import absences_of
from pages.queries.geography import above, parents, places
from pages.queries.numbers import names, numbers_by_id, numbers_of, with_names
from pages.queries.projects import standards
from pages.queries.reference import indicators

RESULTS = (Measure.ACTUAL, Measure.PLAN, Measure.TARGET)
"""A standard is held against numbers (standard_pairs), never compared by place."""

POPULATION = "population"
CITY = "city"
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
    """The series a screen opens with: of the first indicator of which two parts have a number, the newest that half of
    them have. Where no time reaches half, the one that most have."""
    several = [row for row in offered if row.count > 1] or offered
    own = [row for row in several if row.number.indicator == several[0].number.indicator]
    if half := [row for row in own if 2 * row.count >= row.of]:
        return max(half, key=lambda row: (_day(row.number), row.count))
    return max(own, key=lambda row: (row.count, _day(row.number)))


def compared_marks(release: Release, parent: str, indicator: str, measure: str, time: str) -> tuple[ComparedMark, ...]:
    """One mark per part of ``parent``: its number (the latest word where there are several), or the state that says why there is
    none; in administrative order."""
    marks = _marks(release, f"parts:{parent}", indicator, measure, time)
    latest = {mark.place: mark for mark in sorted(marks, key=lambda mark: mark.as_of or dt.date.min)}
    return described(release, latest.values())


def whole_of(release: Release, parent: str, indicator: str, measure: str, time: str) -> ComparedMark | None:
    """The same number of ``parent`` itself; None where none is printed."""
    marks = described(release, _marks(release, parent, indicator, measure, time))
    printed = (mark for mark in marks if mark.value is not None)
    return max(printed, key=lambda mark: mark.as_of or dt.date.min, default=None)


def populations(release: Release, parent: str, year: int | None) -> tuple[ComparedMark, ...]:
    """The people of each part of ``parent`` and of itself: the latest number up to ``year``, or why there is none.
    Which indicator counts people is said in denominators.csv; without a row there nothing comes back."""
    counts = [row["indicator"] for row in release.rows("denominators") if row["kind"] == POPULATION]
    if not counts:
        return ()
    of_place = (counts[0], Measure.ACTUAL, NO_TIME)
    every = (*_marks(release, f"parts:{parent}", *of_place), *_marks(release, parent, *of_place))
    numbers = numbers_of(release, indicators=counts[:1], places={mark.place for mark in every})
    checked = (each for each in numbers if each.measure == Measure.ACTUAL and each.verified and not each.breakdown)
    early = [each for each in checked if year is None or (each.last_day is not None and each.last_day.year <= year)]
    known: dict[str, Mark] = {number.place: Mark.of(number) for number in sorted(early, key=_day)}
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
        more: dict[str, str | bool] = {}
        if indicator := about.get(mark.indicator):
            more |= {"indicator_kind": indicator.kind, "polarity": indicator.polarity, "is_summed": indicator.sums}
        if place := where.get(mark.place):
            more |= {"place_kind": place.kind, "parent": place.parent}
        at, is_continuous = rank.get(mark.place, len(rank)), mark.unit in measured
        found.append(ComparedMark.of(mark, **more, rank=at, is_continuous=is_continuous))
    return tuple(sorted(found, key=lambda mark: mark.rank))


@cached_query
def peers(release: Release) -> tuple[PeerGroup, ...]:
    """The numbers that several cities have of one thing, one group after the other.

    A group is one indicator of one measure, the latest number of each place; or what a caution of the kind different_year ties
    together although it is called differently.  Standards, breakdowns, computed and unchecked numbers are left out.
    """
    up = parents(release)
    cities = [place.place for place in places(release).values() if place.kind == CITY]
    city_of = {place: next((upper for upper in (place, *above(up, place)) if upper in cities), place) for place in up}
    elsewhere = [place for place, city in city_of.items() if city != city_of.get(release.city.place)]
    shared = {row.indicator for row in release.index.numbers_of(places=elsewhere, measures=RESULTS)}
    groups: dict[str, list[NumberRow]] = defaultdict(list)
    for row in release.index.numbers_of(indicators=shared, measures=RESULTS):
        if row.verified and not (row.breakdown or row.derived):
            groups[f"{row.indicator}.{row.measure}"].append(row)
    for caution in cautions(release):
        if caution.kind == "different_year":
            tied = release.index.numbers_of(number_ids=caution.observation_ids, measures=RESULTS)
            groups[caution.caution] = [row for row in tied if row.verified and not row.derived]
    found = []
    for code, printed in groups.items():
        if len({city_of.get(row.place, row.place) for row in printed}) > 1:
            printed.sort(key=lambda row: row.period_end or row.as_of or dt.date.min)
            latest = {(row.place, row.indicator): row for row in printed}.values()
            found.append(PeerGroup(code, described(release, map(Mark.of, with_names(release, latest)))))
    return tuple(found)


def standard_pairs(release: Release) -> Iterator[tuple[Standard, ComparedMark, tuple[str, ...]]]:
    """Each published standard with each actual number it could be held against, and the places that number lies in, itself first;
    by the standards' order.

    Those are the numbers of the standard's own indicator and breakdown inside its scope, and those that a caution names together
    with it.
    """
    floors = [(standard, standard.number) for standard in standards(release) if standard.number]
    up, called = parents(release), {floor.number_id for _standard, floor in floors}
    apart = [(one, other) for one, other in sorted(pairs_apart(release)) if other in called]
    alike = numbers_of(release, indicators={floor.indicator for _standard, floor in floors})
    every = dict.fromkeys([*alike, *numbers_by_id(release, [one for one, _other in apart])])
    actual = [number for number in every if number.measure == Measure.ACTUAL and not number.derived]
    marks = {mark.number_id: mark for mark in described(release, map(Mark.of, actual))}
    within = {mark.place: (mark.place, *above(up, mark.place)) for mark in marks.values()}
    for standard, floor in floors:
        here = [mark for mark in marks.values() if standard.scope in within[mark.place]]
        inside = [mark for mark in here if (mark.indicator, mark.breakdown) == (floor.indicator, floor.breakdown)]
        tied = [marks[one] for one, other in apart if other == floor.number_id and one in marks]
        for mark in dict.fromkeys([*inside, *tied]):
            yield standard, mark, within[mark.place]


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
    found: dict[tuple[str, str, str], Number] = {}
    for indicator, measure, time in release.index.printed_times(places=parts, measures=RESULTS):
        number = Number(
            indicator=indicator,
            measure=measure,
            period_start=time.period_start,
            period_end=time.period_end,
            as_of=time.as_of,
        )
        key = indicator, measure, time_code(number.period, number.as_of)
        there[key].add(time.place)
        found.setdefault(key, number)
    absences = defaultdict(list)
    for absent in release.index.absences_of():
        absences[absent.indicator].append(absent)
        if absent.measure in RESULTS and not absent.breakdown and not set(named(table, absent.place)).isdisjoint(parts):
            start, end = absent.period_start, absent.period_end
            number = Number(indicator=absent.indicator, measure=absent.measure, period_start=start, period_end=end)
            found.setdefault((absent.indicator, absent.measure, time_code(number.period, None)), number)
    whole = []
    for key, number in found.items():
        gaps = [place for place in parts if place not in there[key]]
        if len(absences_of(absences[number.indicator], table, _selector("", *key), gaps)) == len(gaps):
            name = about[number.indicator].name
            whole.append((replace(number, indicator_name=name), len(parts) - len(gaps)))
    whole.sort(key=lambda series: _day(series[0]), reverse=True)
    order = {(code, measure): (each.position, at) for code, each in about.items() for at, measure in enumerate(RESULTS)}
    return sorted(whole, key=lambda series: order[series[0].indicator, Measure(series[0].measure)])


def _day(number: Number) -> dt.date:
    return number.last_day or dt.date.min
