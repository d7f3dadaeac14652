"""Outlines of districts, their marks for one number, and points of facilities: what a map is drawn from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from etl.frames import WGS84, to_wgs84
from etl.language import in_words
from etl.model import Axis, Citation, Facility, LonLat, MapCredit, Mark, Outline
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.chart_specs import ChartSpec, marks_along, pinned
from pages.queries.documents import citations
from pages.queries.geography import facilities
from pages.queries.numbers import cited_ids
from pages.queries.reference import indicators

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SMALL = 400
"""A small map shows no more of a city's width than this many steps."""

TRIED = 32
"""Points tried along each side of a place when its label looks for room."""

APART = 0.2
"""Share of the city's width that two labels keep apart where a place has room for it."""


@dataclass(frozen=True)
class MapRequest:
    """The number of a map: its indicator, and its measure, period and day as in selectors, "" for any."""

    indicator: str
    measure: str = ""
    period: str = ""
    as_of: str = ""


def outlines(release: Release, *, detail: int = 0) -> tuple[Outline, ...]:
    """The places that have an outline, the largest hull first, so that an enclave is painted after what surrounds it.
    ``detail`` leaves out what is smaller than the city's width over it (0: nothing)."""
    rows = release.rows("boundaries")
    if not rows:
        return ()
    import shapely  # noqa: PLC0415 - only where there are outlines

    shapes = shapely.from_wkb([row["geometry"] for row in rows])
    if detail:
        west, south, east, north = shapely.total_bounds(shapes)
        shapes = shapely.coverage_simplify(shapes, max(east - west, north - south) / detail)
    labels = _label_points(shapes)
    found = []
    for position, (row, shape) in enumerate(zip(rows, shapes, strict=True)):
        parts = shapely.get_parts(shape)
        rings = (tuple(tuple(ring.coords) for ring in (part.exterior, *part.interiors)) for part in parts)
        hull = sum(shapely.Polygon(part.exterior).area for part in parts)
        found.append(Outline(row["place"], tuple(rings), labels[position], hull))
    return tuple(sorted(found, key=lambda outline: -outline.hull))


def _label_points(shapes: npt.NDArray[np.object_]) -> dict[int, LonLat]:
    """Where the label of each shape stands, by its position: the smallest place chooses first, the next keep away from it."""
    import numpy as np  # noqa: PLC0415 - only where there are outlines
    import shapely  # noqa: PLC0415

    edges = shapely.total_bounds(shapes)
    apart = APART * max(edges[2] - edges[0], edges[3] - edges[1])
    found: dict[int, LonLat] = {}
    for position in np.argsort(shapely.area(shapes)).tolist():
        west, south, east, north = shapes[position].bounds
        grid = np.meshgrid(np.linspace(west, east, TRIED), np.linspace(south, north, TRIED))
        tried = np.column_stack([side.ravel() for side in grid])
        inside = tried[shapely.contains_xy(shapes[position], tried)]
        if not len(inside):
            found[position] = shapes[position].representative_point().coords[0]
            continue
        room = shapely.distance(shapely.points(inside), shapes[position].boundary)
        for other in found.values():
            room = room * np.minimum(1, np.hypot(*(inside - other).T) / apart) ** 1.5
        lon, lat = inside[int(np.argmax(room))]
        found[position] = (float(lon), float(lat))
    return found


@cached_query
def map_credit(release: Release) -> MapCredit:
    """Whose outlines these are, in the language in force."""
    row = next(iter(release.rows("boundaries")), None)
    return MapCredit(in_words(row, "credit"), row["licence"], row["review_number"]) if row else MapCredit()


def map_marks(release: Release, request: MapRequest) -> tuple[Mark, ...]:
    """One mark per part of the city, in administrative order: the value, or the state that says why there is none.

    Where several numbers match, the one with the latest day stands. No place of the city gives no mark. Raises FormulaError for a
    request that is no selector.
    """
    if not release.city.place:
        return ()
    place = f"parts:{release.city.place}"
    shows = pinned(request.indicator, place=place, measure=request.measure, period=request.period, as_of=request.as_of)
    latest: dict[str, Mark] = {}
    for mark in marks_along(release, Axis.PLACE, [shows]):
        before = latest.setdefault(mark.place, mark)
        latest[mark.place] = max(before, mark, key=lambda each: each.as_of or each.period_end or dt.date.min)
    order = {place: rank for rank, place in enumerate(release.city.order)}
    return tuple(sorted(latest.values(), key=lambda mark: order.get(mark.place, len(order))))


def request_of(chart: ChartSpec) -> MapRequest:
    """What a chart with the form of a map asks of map_marks: its selector's indicator, measure, period and day."""
    (selector,) = chart.shows
    pins = {name: selector.pins[name] for name in ("measure", "period", "as_of") if name in selector.pins}
    return MapRequest(selector.indicator, **pins)


def mark_sources(release: Release, marks: Sequence[Mark]) -> Mapping[str, tuple[Citation, ...]]:
    """Place -> the sources of its number, with its own day, only for places that have one."""
    cited, found = citations(release, cited_ids(marks)), {}
    for mark in marks:
        if ids := set(mark.observation_ids):
            own = (each for each in cited if not ids.isdisjoint(each.observation_ids))
            found[mark.place] = tuple(replace(each, as_of=mark.as_of) for each in own)
    return found


def is_rate(release: Release, indicator: str) -> bool:
    """Whether the indicator is a ratio: only ratios may be shown by shading, counts grow with the place."""
    found = indicators(release).get(indicator)
    return found is not None and found.kind == "ratio"


def points(release: Release) -> tuple[Facility, ...]:
    """The facilities whose point is known, in WGS 84, in the order of facilities.csv."""
    import numpy as np  # noqa: PLC0415 - only where there are points

    found = []
    for facility in facilities(release):
        if facility.has_point:
            lon, lat = to_wgs84(np.array([[facility.lon, facility.lat]]), facility.crs)[0]
            found.append(replace(facility, lon=float(lon), lat=float(lat), crs=WGS84))
    return tuple(found)
