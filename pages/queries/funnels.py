"""Funnels: steps of which identities say that each is part of the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from etl.errors import FormulaError
from etl.model import Number
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import Selector, parse_selector
from pages.queries.chart_specs import ChartSpec, Named, day_of, exactly


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
