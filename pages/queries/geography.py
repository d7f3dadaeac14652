"""Which place lies in which: what is above one, what is below it, and places as a list to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import names, records

INDENT = "　"
"""One full-width space: a browser keeps it in a list of options."""
GROUP = "group"
"""The kind of places that a document names together."""


@cached_query
def parents(release: Release) -> Mapping[str, str]:
    """Place -> the place one level up, ``""`` at the top."""
    return {row["place"]: row["parent"] for row in records(release.table("places"))}


def above(up: Mapping[str, str], place: str) -> list[str]:
    """The places above ``place``, the nearest first; ``up`` is what parents() gives."""
    found: list[str] = []
    at = up.get(place, "")
    while at and at not in found:
        found.append(at)
        at = up.get(at, "")
    return found


def place_and_below(up: Mapping[str, str], place: str) -> list[str]:
    """``place`` and every place below it, in the order of the places table."""
    return [each for each in up if each == place or place in above(up, each)]


@cached_query
def place_options(release: Release) -> Mapping[str, str]:
    """Code -> name of every place below the city, in administrative order, each followed by what lies in it; then the places
    of elsewhere that have numbers of their own.  Names are indented by level.
    """
    up, called = parents(release), names(release, "places")
    city = release.city.place
    inside = [city, *_in_order(up, city, release.city.order)] if city in up else []
    spoken_of = set(release.table("observations")["place"])
    elsewhere = [place for place in up if place in spoken_of and place not in inside]
    depth = {place: len(above(up, place)) - len(above(up, city)) for place in inside}
    return {place: INDENT * depth.get(place, 0) + called[place] for place in [*inside, *elsewhere]}


def _in_order(up: Mapping[str, str], place: str, order: Sequence[str]) -> list[str]:
    below = [each for each, parent in up.items() if parent == place]
    ranked = sorted(below, key=lambda each: order.index(each) if each in order else len(order))
    return [each for child in ranked for each in (child, *_in_order(up, child, order))]


@cached_query
def about_place(release: Release, place: str) -> Mapping[str, Any]:
    """The row of ``place`` with names: ``name``, ``lineage`` (code -> name, the nearest first, in the city up to the city), ``parts``, ``located_in_name``,
    ``aliases`` (rows of place_aliases); places named together are no part; empty when there is no such place.
    """
    row = next((row for row in records(release.table("places")) if row["place"] == place), None)
    if row is None:
        return {}
    up, called = parents(release), names(release, "places")
    together = {each["place"] for each in records(release.table("places")) if each["kind"] == GROUP}
    line = above(up, place)
    line = line[: line.index(release.city.place) + 1] if release.city.place in line else line
    aliases = [each for each in records(release.table("place_aliases")) if each["place"] == place]
    return row | {
        "name": called[place],
        "lineage": {each: called.get(each, each) for each in line},
        "parts": {each: called[each] for each, parent in up.items() if parent == place and each not in together},
        "located_in_name": called.get(row["located_in"], row["located_in"]),
        "aliases": [each for each in aliases if each["alias"] != called[place]],
    }
