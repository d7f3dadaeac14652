"""The charts that a set of numbers allows.

No project and no indicator has a chart of its own in Python: numbers of one indicator at one place become a chart over time when
they speak of different times, numbers of one time become a chart by place or by breakdown when they speak of several, and
indicators of which identities say that each is part of the one before become a funnel.  What a caution keeps apart never meets in a
chart.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from etl.errors import FormulaError
from etl.model import Measure, Number
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import Selector, parse_selector
from pages.queries.cautions import may_stand_together, pairs_apart
from pages.queries.chart_specs import YEAR, ChartSpec, Named, day_of, exactly, grouped, pinned, time_pins
from pages.queries.numbers import numbers_of
from pages.queries.reference import indicators

RESULTS = (Measure.ACTUAL, Measure.PLAN, Measure.TARGET)

AT_MOST = 12
"""The latest periods or days that one chart over time shows."""

FEW = 3
"""Of an indicator that more places than these have a series of, only the widest place has a chart over time."""


@dataclass(frozen=True)
class DividedNumbers:
    """The numbers of one breakdown that several places have: each of ``tellings`` is what one place said at one time, the latest first."""

    block: str
    title: str
    tellings: tuple[tuple[Number, ...], ...]


def charts_allowed(release: Release, numbers: Iterable[Number]) -> tuple[ChartSpec, ...]:
    """The charts that ``numbers`` allow, by the indicators' order: over time, by place, by breakdown."""
    printed, named = [number for number in numbers if not number.derived], Named(release)
    over_time = _over_time(printed, named, pairs_apart(release))
    found = [*over_time, *_by_place(printed, named), *_by_breakdown(printed, named)]
    return tuple(sorted(found, key=lambda chart: (named.position(chart.indicator), chart.place != named.city)))


def charts_by_place(release: Release, places: Collection[str]) -> Iterator[ChartSpec]:
    """The charts that the numbers of ``places`` allow side by side, by the indicators' order; numbers are read as far as one asks."""
    named = Named(release)
    for indicator in sorted(indicators(release), key=named.position):
        numbers = numbers_of(release, indicators=[indicator], places=places)
        found = _by_place([number for number in numbers if not number.derived], named)
        yield from sorted(found, key=lambda chart: chart.place != named.city)


def _over_time(numbers: Iterable[Number], named: Named, apart: Collection[tuple[str, str]]) -> Iterator[ChartSpec]:
    plain = [row for row in numbers if not row.breakdown and not row.conflict and row.measure in RESULTS]
    for of_indicator in grouped(plain, attrgetter("indicator")):
        found: list[ChartSpec] = []
        for group in grouped(of_indicator, attrgetter("place")):
            if may_stand_together([row.number_id for row in group], apart):
                found += _series(group, named)
        widest = min((named.level(chart.place) for chart in found), default=0)
        many = len({chart.place for chart in found}) > FEW
        yield from (chart for chart in found if not many or named.level(chart.place) == widest)


def _series(group: Sequence[Number], named: Named) -> Iterator[ChartSpec]:
    kind = named.kinds.get(group[0].indicator, "")
    if kind == "flow":
        yield from _periods(group, named)
    elif kind != "rank":
        runs = grouped(group, attrgetter("period_start")) if kind == "cumulative" else [group]
        yield from _days(max(runs, key=_latest_day), named)


def _latest_day(run: Iterable[Number]) -> str:
    return max(str(day_of(row) or "") for row in run)


def _periods(group: Iterable[Number], named: Named) -> Iterator[ChartSpec]:
    whole = [row for row in group if row.period_start and row.period_end]
    latest = {(row.measure, row.period): row for row in sorted(whole, key=lambda row: str(row.as_of or ""))}.values()
    for months in sorted({row.period.months for row in latest}, reverse=True):
        alike = [row for row in latest if row.period.months == months]
        results = [row for row in alike if row.measure != Measure.TARGET]
        bars = sorted(results, key=lambda row: row.period_end or dt.date.min)[-AT_MOST:]
        periods = {row.period for row in bars}
        if len(periods) > 1:
            targets = [row for row in alike if row.measure == Measure.TARGET and row.period in periods]
            length = "" if months == YEAR else str(months)
            yield named.chart(
                "bars_by_period", map(exactly, bars), bars[0], "time", length, compared_with=map(exactly, targets)
            )


def _days(group: Sequence[Number], named: Named) -> Iterator[ChartSpec]:
    points = {day: row for row in group if row.measure == Measure.ACTUAL and (day := day_of(row))}
    latest = [points[day] for day in sorted(points)[-AT_MOST:]]
    if len(latest) > 1:
        checked = (exactly(row) for row in latest if row.verified)
        others = (exactly(row) for row in latest if not row.verified)
        yield named.chart("points_over_time", checked, group[0], "time", compared_with=others)


def _by_place(numbers: Iterable[Number], named: Named) -> Iterator[ChartSpec]:
    whole = (row for row in numbers if row.verified and row.measure in RESULTS and not (row.breakdown or row.variant))
    parts = [row for row in whole if named.parents.get(row.place)]
    for of_whole in grouped(parts, lambda row: (row.indicator, named.parents[row.place])):
        charts = {group[0].measure: _side_by_side(group, named) for group in grouped(of_whole, attrgetter("measure"))}
        is_done = charts.get(Measure.ACTUAL) is not None
        yield from (chart for measure, chart in charts.items() if chart and not (is_done and measure == Measure.TARGET))


def _side_by_side(group: Iterable[Number], named: Named) -> ChartSpec | None:
    """The chart of one time (a period, or a day where there is no period) that several places have, the longest and latest."""
    newest_first = sorted(group, key=lambda row: str(row.as_of or ""), reverse=True)
    times = grouped(newest_first, lambda row: row.period if row.period_end else (None, row.as_of))
    several = [same for same in times if len({row.place for row in same}) > 1]
    if not several:
        return None
    is_flow = named.kinds.get(several[0][0].indicator, "") == "flow"
    first = max(several, key=lambda same: (is_flow * same[0].period.months, str(same[0].last_day or "")))[0]
    parent, pins = named.parents[first.place], {"measure": first.measure} | time_pins(first)
    if pins["period"] != "none":
        del pins["as_of"]
    shows, total = ([pinned(first.indicator, place=place, **pins)] for place in (f"parts:{parent}", parent))
    return named.chart("bars_by_place", shows, first, "places", first.measure, place=parent, compared_with=total)


def _by_breakdown(numbers: Iterable[Number], named: Named) -> Iterator[ChartSpec]:
    for group in divided(numbers):
        latest = max(_tellings(group).values(), key=_latest_day)
        if len({row.place for row in group}) == 1 and len(latest) > 1:
            first, dimension = latest[0], _dimension(latest[0])
            times = {tuple(time_pins(row).values()) for row in latest}
            pins = {"breakdown": f"{dimension}:*", "place": first.place, "measure": first.measure} | time_pins(first)
            shows = [pinned(first.indicator, **pins)] if len(times) == 1 else map(exactly, latest)
            yield named.chart("bars_by_breakdown", shows, first, "items", first.measure, dimension=dimension)


def _dimension(number: Number) -> str:
    return number.breakdown.partition(":")[0]


def _tellings(group: Iterable[Number]) -> dict[Hashable, list[Number]]:
    """What each place said at one time: of one day and source, or of one period where items would repeat."""
    found: dict[Hashable, list[Number]] = {}
    for same in grouped(group, lambda row: (row.place, day_of(row), row.source)):
        repeats = len({row.breakdown for row in same}) < len(same)
        for telling in grouped(same, attrgetter("period")) if repeats else [same]:
            first = telling[0]
            found[first.place, day_of(first), first.source, first.period] = telling
    return found


def divided(numbers: Iterable[Number]) -> list[list[Number]]:
    """The numbers that stand under a breakdown, by indicator, dimension and measure."""
    items = [number for number in numbers if number.breakdown]
    return grouped(items, lambda row: (row.indicator, _dimension(row), row.measure))


def divided_often(release: Release, numbers: Iterable[Number]) -> tuple[DividedNumbers, ...]:
    """The numbers of every breakdown that several places have: such ones are compared in a table, not in bars."""
    named, found = Named(release), []
    for group in divided(number for number in numbers if not number.derived):
        if len({row.place for row in group}) > 1:
            first, dimension = group[0], _dimension(group[0])
            block, title = (
                f"{first.indicator}_{dimension}_{first.measure}",
                named.title(first.indicator, named.city, dimension),
            )
            tellings = sorted(_tellings(group).values(), key=_latest_day, reverse=True)
            found.append(DividedNumbers(block, title, tuple(map(tuple, tellings))))
    return tuple(found)


def funnels(release: Release, numbers: Iterable[Number]) -> tuple[ChartSpec, ...]:
    """Chains of indicators of which each bounds the next (identities with <= or >=), counted in one unit at one place, widest first.

    Only what flows or adds up makes a funnel, and only steps that an identity ties: chains that none joins stay apart.  Only chains
    of which every step is among ``numbers``; by the indicators' order.
    """
    named, printed = Named(release), [number for number in numbers if not number.derived]
    links = [(wide, narrow) for wide, narrow in _bounds(release) if named.flows_alike(wide.indicator, narrow.indicator)]
    charts: list[ChartSpec] = []
    for chain in _chains(links):
        ids = [{row.number_id for row in release.index.numbers(step)} for step in chain]
        steps = [[number for number in printed if number.number_id in meant] for meant in ids]
        days = set.intersection(*({day_of(number) for number in step} for step in steps))
        if days:
            latest = max(days, key=str)
            chosen = [next(number for number in step if day_of(number) == latest) for step in steps]
            charts.append(named.chart("funnel", map(exactly, chosen), chosen[0], "funnel"))
    return tuple(sorted(charts, key=lambda chart: named.position(chart.indicator)))


@cached_query
def _bounds(release: Release) -> tuple[tuple[Selector, Selector], ...]:
    """(wide, narrow) of every identity that says so between two plain selectors."""
    found = []
    for row in release.rows("identities"):
        try:
            left, right = parse_selector(row["left"]), parse_selector(row["right"])
        except FormulaError:
            continue
        if row["relation"] in ("<=", ">=") and left.pins.get("place") == right.pins.get("place"):
            found.append((left, right) if row["relation"] == ">=" else (right, left))
    return tuple(found)


def _chains(links: Sequence[tuple[Selector, Selector]]) -> list[list[Selector]]:
    """Every longest way along the links, each link in at least one of them."""
    narrower: dict[Selector, list[Selector]] = defaultdict(list)
    for wide, narrow in links:
        narrower[wide].append(narrow)
    inner = {narrow for _, narrow in links}
    return [chain for start in narrower if start not in inner for chain in _ways(start, narrower)]


def _ways(start: Selector, narrower: Mapping[Selector, Sequence[Selector]]) -> list[list[Selector]]:
    onward = [way for step in narrower.get(start, ()) for way in _ways(step, narrower)]
    return [[start, *way] for way in onward] or [[start]]
