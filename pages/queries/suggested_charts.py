"""The charts that a set of numbers allows, each as a row that could stand in charts.csv.

No project and no indicator has a chart of its own in Python: numbers of one indicator at one place become a chart over time when
they speak of different times, numbers of one time become a chart by place or by breakdown when they speak of several.  What a
caution keeps apart never meets in a chart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from etl.model import Measure
from etl.release.tables import Release
from pages.queries.cautions import may_stand_together, pairs_apart
from pages.queries.chart_specs import (
    ALLOWED_COLUMNS,
    YEAR,
    Chart,
    Named,
    Number,
    chart_row,
    day_of,
    exactly,
    grouped,
    months_of,
    pinned,
    time_pins,
)
from pages.queries.numbers import NUMBER_COLUMNS, records, table

RESULTS = (Measure.ACTUAL, Measure.PLAN, Measure.TARGET)

AT_MOST = 12
"""The latest periods or days that one chart over time shows."""

FEW = 3
"""Of an indicator that more places than these have a series of, only the widest place has a chart over time."""


def charts_allowed(release: Release, numbers: pd.DataFrame) -> pd.DataFrame:
    """The charts that ``numbers`` (NUMBER_COLUMNS) allow, by the indicators' order: over time, by place, by breakdown; ALLOWED_COLUMNS."""
    rows = [row for row in records(numbers) if not row["derived"]]
    named = Named(release)
    found = [*_over_time(rows, named, pairs_apart(release)), *_by_place(rows, named), *_by_breakdown(rows, named)]
    ranked = sorted(found, key=lambda chart: (named.position(chart["indicator"]), chart["place"] != named.city))
    return table([chart | {"position": at, "note": ""} for at, chart in enumerate(ranked, start=1)], ALLOWED_COLUMNS)


def _over_time(rows: Sequence[Number], named: Named, apart: Collection[tuple[str, str]]) -> Iterator[Chart]:
    plain = [row for row in rows if not row["breakdown"] and not row["conflict"] and row["measure"] in RESULTS]
    for of in grouped(plain, "indicator"):
        found: list[Chart] = []
        for group in grouped(of, "place"):
            if may_stand_together([row["number_id"] for row in group], apart):
                found += _series(group, named)
        widest = min((named.level(chart["place"]) for chart in found), default=0)
        many = len({chart["place"] for chart in found}) > FEW
        yield from (chart for chart in found if not many or named.level(chart["place"]) == widest)


def _series(group: Sequence[Number], named: Named) -> Iterator[Chart]:
    kind = named.kind(group[0]["indicator"])
    if kind == "flow":
        yield from _periods(group, named)
    elif kind != "rank":
        since = {row["period_start"] for row in group} if kind == "cumulative" else {None}
        runs = [[row for row in group if kind != "cumulative" or row["period_start"] == start] for start in since]
        yield from _days(max(runs, key=lambda run: max(str(day_of(row) or "") for row in run)), named)


def _periods(group: Sequence[Number], named: Named) -> Iterator[Chart]:
    whole = [row for row in group if row["period_start"] and row["period_end"]]
    latest = {_key(row): row for row in sorted(whole, key=lambda row: str(row["as_of"] or ""))}.values()
    for months in sorted({months_of(row) for row in latest}, reverse=True):
        alike = [row for row in latest if months_of(row) == months]
        bars = sorted((row for row in alike if row["measure"] != Measure.TARGET), key=lambda row: row["period_end"])[
            -AT_MOST:
        ]
        periods = {_key(row)[1:] for row in bars}
        if len(periods) > 1:
            targets = [row for row in alike if row["measure"] == Measure.TARGET and _key(row)[1:] in periods]
            each = "" if months == YEAR else str(months)
            beside = " | ".join(map(exactly, targets))
            yield chart_row(
                "time", named, bars[0], map(exactly, bars), drawn="bars_by_period", compared_with=beside, each=each
            )


def _days(group: Sequence[Number], named: Named) -> Iterator[Chart]:
    points = {day_of(row): row for row in group if row["measure"] == Measure.ACTUAL}
    days = sorted(day for day in points if day)[-AT_MOST:]
    if len(days) > 1:
        checked = [exactly(points[day]) for day in days if points[day]["verified"]]
        others = [exactly(points[day]) for day in days if not points[day]["verified"]]
        yield chart_row("time", named, group[0], checked, drawn="points_over_time", compared_with=" | ".join(others))


def _by_place(rows: Sequence[Number], named: Named) -> Iterator[Chart]:
    parts = [
        row | {"parent": named.parents[row["place"]]} for row in map(dict, rows)
        if named.parents.get(row["place"]) and not row["breakdown"] and not row["variant"] and row["verified"] and row["measure"] in RESULTS
    ]  # fmt: skip
    for of in grouped(parts, "indicator", "parent"):
        charts = {
            group[0]["measure"]: chart for group in grouped(of, "measure") for chart in _beside_each_other(group, named)
        }
        yield from (
            chart for measure, chart in charts.items() if measure != Measure.TARGET or Measure.ACTUAL not in charts
        )


def _beside_each_other(group: Sequence[Number], named: Named) -> Iterator[Chart]:
    several = [same for same in _occasions(group) if len({row["place"] for row in same}) > 1]
    if several:
        is_flow = named.kind(group[0]["indicator"]) == "flow"
        told = max(several, key=lambda same: (is_flow * months_of(same[0]), _end(same[0])))
        first, parent = told[0], str(told[0]["parent"])
        pins = {"measure": first["measure"]} | time_pins(first)
        if pins["period"] != "none":
            del pins["as_of"]
        total = pinned(first["indicator"], place=parent, **pins)
        shows = [pinned(first["indicator"], place=f"parts:{parent}", **pins)]
        yield chart_row("places", named, first, shows, drawn="bars_by_place", place=parent, compared_with=total)


def _end(row: Number) -> str:
    return str(row["period_end"] or row["as_of"] or "")


def _occasions(group: Sequence[Number]) -> list[list[Number]]:
    """The numbers of each time: one period, or one day where there is no period; the latest word first in each."""
    found: dict[tuple[Any, ...], list[Number]] = defaultdict(list)
    for row in sorted(group, key=lambda row: str(row["as_of"] or ""), reverse=True):
        found[(row["period_start"], row["period_end"]) if row["period_end"] else (None, row["as_of"])].append(row)
    return list(found.values())


def _by_breakdown(rows: Sequence[Number], named: Named) -> Iterator[Chart]:
    for group in divided(rows):
        tellings = _tellings(group)
        latest = max(tellings.values(), key=lambda own: max(str(day_of(row) or "") for row in own))
        if len({row["place"] for row in group}) == 1 and len(latest) > 1:
            first, dimension = latest[0], str(latest[0]["dimension"])
            shows = (
                [pinned(first["indicator"], breakdown=f"{dimension}:*", place=first["place"], measure=first["measure"], **time_pins(first))]
                if len({tuple(time_pins(row).values()) for row in latest}) == 1
                else [exactly(row) for row in latest]
            )  # fmt: skip
            yield chart_row("items", named, first, shows, drawn="bars_by_breakdown", dimension=dimension)


def _tellings(group: Sequence[Number]) -> dict[str, list[Number]]:
    """What each place said at one time, by a code: of one day and source, or of one period where items would repeat."""
    found: dict[str, list[Number]] = {}
    for same in grouped((dict(row) | {"day": day_of(row)} for row in group), "place", "day", "source"):
        repeats = len({row["breakdown"] for row in same}) < len(same)
        for own in grouped(same, "period_start", "period_end") if repeats else [same]:
            first = own[0]
            found[
                "@".join(str(first[name] or "") for name in ("place", "day", "source", "period_start", "period_end"))
            ] = own
    return found


def divided(rows: Iterable[Number]) -> list[list[Number]]:
    """The numbers that stand under a breakdown, by indicator, dimension and measure."""
    items = [row | {"dimension": row["breakdown"].partition(":")[0]} for row in map(dict, rows) if row["breakdown"]]
    return grouped(items, "indicator", "dimension", "measure")


def divided_often(release: Release, numbers: pd.DataFrame) -> pd.DataFrame:
    """The numbers of every breakdown that several places have: such ones are compared in a table, not in bars.

    NUMBER_COLUMNS with ``block`` (one table), ``title`` of it, ``told`` (one row of it: its place and time) before them; by block and
    the latest first.
    """
    named = Named(release)
    found: list[dict[str, Any]] = []
    for group in divided(row for row in records(numbers) if not row["derived"]):
        if len({row["place"] for row in group}) > 1:
            first = group[0]
            own = {
                "block": f"{first['indicator']}_{first['dimension']}_{first['measure']}",
                "title": named.title(first["indicator"], named.city, str(first["dimension"])),
            }
            newest = sorted(_tellings(group).items(), key=lambda telling: str(telling[1][0]["day"] or ""), reverse=True)
            found += [{**row, **own, "told": told} for told, rows in newest for row in rows]
    return table(found, ("block", "title", "told", *NUMBER_COLUMNS))


def _key(row: Number) -> tuple[Any, ...]:
    return row["measure"], row["period_start"], row["period_end"]
