"""Which place lies in which, what stands there (facilities, organisations), and places as a list to choose from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from etl.model import Alias, Facility, Organisation, Place, RelatedPlace
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import names

INDENT = "　"
"""One full-width space: a browser keeps it in a list of options."""
GROUP = "group"
"""The kind of places that a document names together."""


@cached_query
def places(release: Release) -> Mapping[str, Place]:
    """Id -> place, in the table's order."""
    called = names(release, "places")
    return {row["place"]: Place.of(row | {"name": called[row["place"]]}) for row in release.rows("places")}


@cached_query
def parents(release: Release) -> Mapping[str, str]:
    """Place -> the place one level up, ``""`` at the top."""
    return {code: place.parent for code, place in places(release).items()}


def facilities(
    release: Release, *, projects: Collection[str] | None = None, places: Collection[str] | None = None
) -> tuple[Facility, ...]:
    """The facilities of these projects, at these places (None for any), in their table's order."""
    return tuple(
        facility
        for facility in _facilities(release)
        if (projects is None or facility.project in projects) and (places is None or facility.place in places)
    )


@cached_query
def _facilities(release: Release) -> tuple[Facility, ...]:
    called, of, where = (names(release, table) for table in ("facilities", "projects", "places"))
    found = []
    for row in release.rows("facilities"):
        project, place = row["project"], row["place"]
        more = {"project_name": of.get(project, project), "place_name": where.get(place, place)}
        found.append(Facility.of(row | more | {"facility_name": called[row["facility"]]}))
    return tuple(found)


@cached_query
def organisations(release: Release) -> tuple[Organisation, ...]:
    """All organisations, in their table's order."""
    called = names(release, "organisations")
    rows = release.rows("organisations")
    return tuple(Organisation.of(row | {"name": called[row["organisation"]]}) for row in rows)


def above(up: Mapping[str, str], place: str) -> list[str]:
    """The places above ``place``, the nearest first; ``up`` is what parents() gives."""
    found: list[str] = []
    parent = up.get(place, "")
    while parent and parent not in found:
        found.append(parent)
        parent = up.get(parent, "")
    return found


def place_and_below(up: Mapping[str, str], place: str) -> list[str]:
    """``place`` and every place below it, in the order of the places table."""
    return [code for code in up if code == place or place in above(up, code)]


@cached_query
def place_options(release: Release) -> Mapping[str, str]:
    """Code -> name of every place below the city, in administrative order, each followed by what lies in it; then the places
    of elsewhere that have numbers of their own.  Names are indented by level."""
    up, called, city = parents(release), names(release, "places"), release.city.place
    inside = [city, *_in_order(up, city, release.city.order)] if city in up else []
    spoken_of = set(release.table("observations")["place"])
    elsewhere = [place for place in up if place in spoken_of and place not in inside]
    depth = {place: len(above(up, place)) - len(above(up, city)) for place in inside}
    return {place: INDENT * depth.get(place, 0) + called[place] for place in [*inside, *elsewhere]}


def _in_order(up: Mapping[str, str], place: str, order: Sequence[str]) -> list[str]:
    below = [child for child, parent in up.items() if parent == place]
    ranked = sorted(below, key=lambda child: order.index(child) if child in order else len(order))
    return [code for child in ranked for code in (child, *_in_order(up, child, order))]


@cached_query
def about_place(release: Release, place: str) -> RelatedPlace:
    """``place`` with what it lies in, in the city up to the city, and what lies in it; places named together are no
    part. KeyError when there is no such place."""
    about, called = places(release)[place], names(release, "places")
    line = above(parents(release), place)
    line = line[: line.index(release.city.place) + 1] if release.city.place in line else line
    aliases = (Alias.of(row) for row in release.rows("place_aliases") if row["place"] == place)
    parts = (part for part in places(release).values() if part.parent == place and part.kind != GROUP)
    return RelatedPlace(
        **about.cells(),
        lineage={code: called.get(code, code) for code in line},
        parts={part.place: part.name for part in parts},
        located_in_name=called.get(about.located_in, about.located_in),
        aliases=tuple(alias for alias in aliases if alias.alias != about.name),
    )
