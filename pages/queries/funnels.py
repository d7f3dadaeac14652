"""Funnels: steps of which identities say that each is part of the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pandas as pd

from etl.errors import FormulaError
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import Selector, matcher, parse_selector
from pages.queries.chart_specs import ALLOWED_COLUMNS, Chart, Named, chart_row, day_of, exactly
from pages.queries.numbers import records, table


def funnels(release: Release, numbers: pd.DataFrame) -> pd.DataFrame:
    """Chains of indicators of which each bounds the next (identities with <= or >=), counted in one unit at one place, widest first.

    Only what flows or adds up makes a funnel, and only steps that an identity ties: chains that none joins stay apart.  Only chains
    of which every step is among ``numbers``; ALLOWED_COLUMNS, by the indicators' order.
    """
    named, rows = Named(release), [row for row in records(numbers) if not row["derived"]]
    places = release.table("places")
    links = [(wide, narrow) for wide, narrow in _bounds(release) if named.flows_alike(wide.indicator, narrow.indicator)]
    charts: list[Chart] = []
    for chain in _chains(links):
        steps = [[row for row in rows if matcher(each, places)(row)] for each in chain]
        days = set.intersection(*({day_of(row) for row in step} for step in steps))
        if days:
            latest = max(days, key=str)
            own = [next(row for row in step if day_of(row) == latest) for step in steps]
            chart = chart_row("funnel", named, own[0], map(exactly, own), drawn="funnel")
            charts.append(chart | {"note": ""})
    ranked = sorted(charts, key=lambda chart: named.position(chart["indicator"]))
    return table([chart | {"position": at} for at, chart in enumerate(ranked, start=1)], ALLOWED_COLUMNS)


@cached_query
def _bounds(release: Release) -> tuple[tuple[Selector, Selector], ...]:
    """(wide, narrow) of every identity that says so between two plain selectors."""
    found = []
    for row in records(release.table("identities")):
        try:
            left, right = parse_selector(row["left"]), parse_selector(row["right"])
        except FormulaError:
            continue
        if row["relation"] in ("<=", ">=") and left.pins.get("place") == right.pins.get("place"):
            found.append((left, right) if row["relation"] == ">=" else (right, left))
    return tuple(found)


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
