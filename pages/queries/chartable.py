"""The charts that a set of numbers allows, each as a row that could stand in charts.csv.

No project and no indicator has a chart of its own in Python: numbers of one indicator at one place become a chart over time when
they speak of different times, numbers of one time become a chart by place or by breakdown when they speak of several, and
indicators that bounds tie together become a funnel.  What a caution keeps apart never meets in a chart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from etl.errors import FormulaError
from etl.selectors import Selector, matcher, parse_selector
from etl.tables import Release
from pages.queries.cautions import may_stand_together, pairs_apart
from pages.queries.charted import CHART_COLUMNS
from pages.queries.numbers import NUMBER_COLUMNS, names, records, table
from pages.queries.once import asked_once

Number = Mapping[str, Any]
Chart = dict[str, Any]

RESULTS = ("actual", "plan", "target")
FLOWING = ("flow", "cumulative")
ALLOWED_COLUMNS = (*CHART_COLUMNS, "place", "where")
"""A row of charts.csv, and the place it is about (of a chart by place: the whole): its code, its name where it is not the city."""

AT_MOST = 12
"""The latest periods or days that one chart over time shows."""


def charts_allowed(release: Release, numbers: pd.DataFrame, *, lang: str = "zh") -> pd.DataFrame:
    """The charts that ``numbers`` (NUMBER_COLUMNS) allow, by the indicators' order: over time, by place, by breakdown; ALLOWED_COLUMNS."""
    rows = [row for row in records(numbers) if not row["derived"]]
    named = _Names(release, lang)
    found = [*_over_time(rows, named, pairs_apart(release)), *_by_place(rows, named), *_by_breakdown(rows, named)]
    ranked = sorted(found, key=lambda chart: (named.position(chart["indicator"]), chart["place"] != named.city))
    return table([chart | {"position": at, "note": ""} for at, chart in enumerate(ranked, start=1)], ALLOWED_COLUMNS)


def funnels(release: Release, numbers: pd.DataFrame, *, lang: str = "zh") -> pd.DataFrame:
    """Chains of indicators of which each bounds the next (identities with <= or >=), counted in one unit at one place, widest first.

    Only what flows or adds up makes a funnel, and only steps that an identity ties: chains that none joins stay apart.  Only chains
    of which every step is among ``numbers``; ALLOWED_COLUMNS, by the indicators' order.
    """
    named, rows = _Names(release, lang), [row for row in records(numbers) if not row["derived"]]
    places = release.table("places")
    links = [(wide, narrow) for wide, narrow in _bounds(release) if named.flows_alike(wide.indicator, narrow.indicator)]
    charts: list[Chart] = []
    for chain in _chains(links):
        steps = [[row for row in rows if matcher(each, places)(row)] for each in chain]
        days = set.intersection(*({row["as_of"] or row["period_end"] for row in step} for step in steps))
        if days:
            latest = max(days, key=str)
            own = [next(row for row in step if (row["as_of"] or row["period_end"]) == latest) for step in steps]
            chart = _chart("funnel", named, own[0], map(_exactly, own), drawn="funnel")
            charts.append(chart | {"note": ""})
    ranked = sorted(charts, key=lambda chart: named.position(chart["indicator"]))
    return table([chart | {"position": at} for at, chart in enumerate(ranked, start=1)], ALLOWED_COLUMNS)


def pinned(indicator: str, **pins: str) -> str:
    """The selector of ``indicator`` with these pins; empty ones are left out."""
    said = "; ".join(f"{key}={value}" for key, value in pins.items() if value)
    return f"{indicator}{{{said}}}" if said else indicator


def time_pins(number: Number) -> dict[str, str]:
    """The pins that name the time of ``number``."""
    start, end, day = number["period_start"], number["period_end"], number["as_of"]
    period = f"{start or ''}/{end or ''}" if start or end else "none"
    return {"period": period, "as_of": str(day) if day else ""}


class _Names:
    """What a chart is called, and what its indicators are like."""

    def __init__(self, release: Release, lang: str) -> None:
        self._indicators = {row["indicator"]: row for row in records(release.table("indicators"))}
        self._called = names(release, "indicators", lang)
        self._places = names(release, "places", lang)
        dimensions = records(release.table("breakdowns"))
        column = "dimension_name_en" if lang == "en" else "dimension_name"
        self._dimensions = {row["dimension"]: row[column] or row["dimension_name"] for row in dimensions}
        self.city = release.city.place
        self.parents = {row["place"]: row["parent"] for row in records(release.table("places")) if row["sums"]}

    def kind(self, indicator: str) -> str:
        return str(self._indicators.get(indicator, {}).get("kind", ""))

    def position(self, indicator: str) -> int:
        return int(self._indicators.get(indicator, {}).get("position", len(self._indicators)))

    def flows_alike(self, one: str, other: str) -> bool:
        units = {self._indicators.get(each, {}).get("unit", each) for each in (one, other)}
        return one != other and len(units) == 1 and self.kind(one) in FLOWING and self.kind(other) in FLOWING

    def where(self, place: str) -> str:
        return "" if place == self.city else self._places.get(place, place)

    def title(self, indicator: str, place: str, dimension: str = "") -> str:
        parts = (self.where(place), self._called.get(indicator, indicator), self._dimensions.get(dimension, dimension))
        return " · ".join(filter(None, parts))


def _chart(form: str, named: _Names, number: Number, shows: Iterable[str], **more: str) -> Chart:
    place, dimension = str(more.get("place") or number["place"]), str(more.get("dimension") or "")
    parts = (form, number["indicator"], place, dimension, number["measure"] if form in ("places", "items") else "")
    return {
        "chart": "_".join(filter(None, parts)), "screen": "", "indicator": number["indicator"], "place": place,
        "title": named.title(number["indicator"], place, dimension), "where": named.where(place),
        "form": more["drawn"], "shows": " | ".join(shows), "beside": more.get("beside", ""),
    }  # fmt: skip


def _grouped(rows: Iterable[Number], *columns: str) -> list[list[Number]]:
    groups: dict[tuple[Any, ...], list[Number]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[column] for column in columns)].append(row)
    return list(groups.values())


def _over_time(rows: Sequence[Number], named: _Names, apart: set[tuple[str, str]]) -> Iterator[Chart]:
    plain = [row for row in rows if not row["breakdown"] and not row["conflict"] and row["measure"] in RESULTS]
    for group in _grouped(plain, "indicator", "place"):
        if not may_stand_together([row["number_id"] for row in group], apart):
            continue
        if named.kind(group[0]["indicator"]) == "flow":
            yield from _periods(group, named)
        elif named.kind(group[0]["indicator"]) != "rank":
            yield from _days(group, named)


def _periods(group: Sequence[Number], named: _Names) -> Iterator[Chart]:
    whole = [row for row in group if row["period_start"] and row["period_end"]]
    latest = {_key(row): row for row in sorted(whole, key=lambda row: str(row["as_of"] or ""))}.values()
    bars = [
        row for row in latest
        if row["measure"] != "target" and not any(_contains(row, other) for other in latest if other["measure"] == row["measure"])
    ]  # fmt: skip
    bars = sorted(bars, key=lambda row: (row["period_end"], row["period_start"]))[-AT_MOST:]
    if len({row["period_end"] for row in bars}) > 1:
        periods = {(row["period_start"], row["period_end"]) for row in bars}
        targets = [row for row in latest if row["measure"] == "target" and _key(row)[1:] in periods]
        beside = " | ".join(map(_exactly, targets))
        yield _chart("time", named, bars[0], map(_exactly, bars), drawn="bars_by_period", beside=beside)


def _days(group: Sequence[Number], named: _Names) -> Iterator[Chart]:
    points = {row["as_of"] or row["period_end"]: row for row in group if row["measure"] == "actual"}
    days = sorted(day for day in points if day)[-AT_MOST:]
    if len(days) > 1:
        checked = [_exactly(points[day]) for day in days if points[day]["verified"]]
        others = [_exactly(points[day]) for day in days if not points[day]["verified"]]
        yield _chart("time", named, group[0], checked, drawn="points_over_time", beside=" | ".join(others))


def _by_place(rows: Sequence[Number], named: _Names) -> Iterator[Chart]:
    parts = [
        row | {"parent": named.parents[row["place"]]} for row in map(dict, rows)
        if named.parents.get(row["place"]) and not row["breakdown"] and not row["variant"] and row["verified"] and row["measure"] in RESULTS
    ]  # fmt: skip
    for group in _grouped(parts, "indicator", "measure", "parent"):
        several = [same for same in _occasions(group) if len({row["place"] for row in same}) > 1]
        if several:
            first, parent = several[-1][0], str(several[-1][0]["parent"])
            pins = {"measure": first["measure"]} | time_pins(first)
            if len({row["place"] for row in several[-1]}) == len(several[-1]) and pins["period"] != "none":
                del pins["as_of"]
            total = pinned(first["indicator"], place=parent, **pins)
            shows = [pinned(first["indicator"], place=f"parts:{parent}", **pins)]
            yield _chart("places", named, first, shows, drawn="bars_by_place", place=parent, beside=total)


def _occasions(group: Sequence[Number]) -> list[list[Number]]:
    """The numbers of each time, oldest first: one period, or one day where there is no period; the latest word first in each."""
    found: dict[tuple[Any, ...], list[Number]] = defaultdict(list)
    for row in sorted(group, key=lambda row: str(row["as_of"] or ""), reverse=True):
        found[(row["period_start"], row["period_end"]) if row["period_end"] else (None, row["as_of"])].append(row)
    return [found[time] for time in sorted(found, key=lambda time: str(time[1] or ""))]


def _by_breakdown(rows: Sequence[Number], named: _Names) -> Iterator[Chart]:
    for group in divided(rows):
        first, dimension = group[0], group[0]["breakdown"].partition(":")[0]
        if len({_told(row) for row in group}) == 1 and len(group) > 1:
            alike = len({tuple(time_pins(row).values()) for row in group}) == 1
            pins = {"measure": first["measure"], "place": first["place"]} | (time_pins(first) if alike else {})
            shows = [pinned(first["indicator"], breakdown=f"{dimension}:*", **pins)]
            yield _chart("items", named, first, shows, drawn="bars_by_breakdown", dimension=dimension)


def divided(rows: Iterable[Number]) -> list[list[Number]]:
    """The numbers that stand under a breakdown, by indicator, dimension and measure."""
    items = [row | {"dimension": row["breakdown"].partition(":")[0]} for row in map(dict, rows) if row["breakdown"]]
    return _grouped(items, "indicator", "dimension", "measure")


def divided_often(release: Release, numbers: pd.DataFrame, *, lang: str = "zh") -> pd.DataFrame:
    """The numbers of every breakdown that several places or times have: such ones are compared in a table, not in bars.

    NUMBER_COLUMNS with ``block`` (one table), ``title`` of it, ``told`` (one row of it: its place and time) before them; by block and
    the latest first.
    """
    named = _Names(release, lang)
    found: list[dict[str, Any]] = []
    for group in divided(row for row in records(numbers) if not row["derived"]):
        if len({_told(row) for row in group}) > 1:
            first = group[0]
            own = {
                "block": f"{first['indicator']}_{first['dimension']}_{first['measure']}",
                "title": named.title(first["indicator"], named.city, str(first["dimension"])),
            }
            newest = sorted(group, key=lambda row: str(row["as_of"] or row["period_end"] or ""), reverse=True)
            found += [{**row, **own, "told": "@".join(map(str, _told(row)))} for row in newest]
    return table(found, ("block", "title", "told", *NUMBER_COLUMNS))


def _told(row: Number) -> tuple[Any, ...]:
    return row["place"], row["as_of"] or row["period_end"], row["source"]


def _key(row: Number) -> tuple[Any, ...]:
    return row["measure"], row["period_start"], row["period_end"]


def _contains(row: Number, other: Number) -> bool:
    inside = row["period_start"] <= other["period_start"] and other["period_end"] <= row["period_end"]
    return inside and _key(row) != _key(other)


def _exactly(row: Number) -> str:
    source = "" if row["verified"] else row["source"]
    return pinned(row["indicator"], measure=row["measure"], place=row["place"], **time_pins(row), source=source)


@asked_once
def _bounds(release: Release) -> list[tuple[Selector, Selector]]:
    """(wide, narrow) of every identity that says so between two plain selectors."""
    found = []
    for row in records(release.table("identities")):
        try:
            left, right = parse_selector(row["left"]), parse_selector(row["right"])
        except FormulaError:
            continue
        if row["relation"] in ("<=", ">=") and left.pins.get("place") == right.pins.get("place"):
            found.append((left, right) if row["relation"] == ">=" else (right, left))
    return found


def _chains(links: Sequence[tuple[Selector, Selector]]) -> list[list[Selector]]:
    """Every longest way along the links, each link in at least one of them."""
    narrower: dict[str, list[Selector]] = defaultdict(list)
    for wide, narrow in links:
        narrower[wide.text].append(narrow)
    inner = {narrow.text for _, narrow in links}
    starts = {wide.text: wide for wide, _ in links if wide.text not in inner}
    return [chain for start in starts.values() for chain in _ways(start, narrower)]


def _ways(at: Selector, narrower: Mapping[str, Sequence[Selector]]) -> list[list[Selector]]:
    onward = [way for each in narrower.get(at.text, ()) for way in _ways(each, narrower)]
    return [[at, *way] for way in onward] or [[at]]
