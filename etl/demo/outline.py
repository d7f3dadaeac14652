"""The outline of the made-up city: polygons put together from shared border lines, so that neighbours never gap or overlap.

A border line is a few points; :func:`swayed` breaks it up until it looks like a border, always the same way. A place is a
list of rings of border lines; its first ring is its hull, further ones are holes in which other places lie.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from etl.demo.design import Arc, Design, Face

Point = tuple[float, float]
Ring = list[Point]

WEST, SOUTH = 119.32, 38.56
DEGREES_PER_STEP = (0.0085, 0.0078)
"""Degrees of longitude and latitude for one step of the drawing grid."""
DETAIL = 4
"""How often a border line is halved."""
DEGREES_DIGITS = 5


def outlines(design: Design, *, statutory: bool = False) -> dict[str, Any]:
    """Place -> shapely polygon in degrees: the land it administers, or its ``statutory`` outline, zones within included."""
    import shapely  # noqa: PLC0415 - only the demonstration city draws

    lines = {arc.name: [degrees(point) for point in swayed(arc)] for arc in design.arcs}
    rings: dict[str, list[Ring]] = {}
    for face in design.faces:
        if not (statutory and face.administered_only):
            rings.setdefault(face.place, []).append(_joined(face, lines))
    polygons = {place: shapely.Polygon(hull, holes) for place, (hull, *holes) in rings.items()}
    return {place: shapely.orient_polygons(polygon, exterior_cw=False) for place, polygon in polygons.items()}


def degrees(point: Point) -> Point:
    """Longitude and latitude of a point of the drawing grid."""
    return (
        round(WEST + point[0] * DEGREES_PER_STEP[0], DEGREES_DIGITS),
        round(SOUTH + point[1] * DEGREES_PER_STEP[1], DEGREES_DIGITS),
    )


def swayed(arc: Arc) -> Ring:
    """The border line with every stretch halved DETAIL times, each new point moved aside by up to ``sway`` of its stretch."""
    chance = random.Random(arc.name)
    line = list(arc.points)
    for _ in range(DETAIL):
        line = [point for start, end in pairwise(line) for point in (start, _between(start, end, arc, chance))]
        line.append(arc.points[-1])
    return line


def _between(start: Point, end: Point, arc: Arc, chance: random.Random) -> Point:
    aside = chance.uniform(-arc.sway, arc.sway)
    return (
        (start[0] + end[0]) / 2 - aside * (end[1] - start[1]),
        (start[1] + end[1]) / 2 + aside * (end[0] - start[0]),
    )


def _joined(face: Face, lines: Mapping[str, Ring]) -> Ring:
    ring: Ring = []
    for name in face.arcs:
        line = lines[name.removeprefix("-")]
        ring += (line[::-1] if name.startswith("-") else line)[1 if ring else 0 :]
    return ring


def area_km2(polygon: Any) -> float:
    """Area of a polygon in degrees, on the ellipsoid."""
    from pyproj import Geod  # noqa: PLC0415

    return abs(float(Geod(ellps="GRS80").geometry_area_perimeter(polygon)[0])) / 1e6


def geojson(polygons: Mapping[str, Any], places: Mapping[str, Mapping[str, str]]) -> str:
    """A FeatureCollection, one feature per line, with the properties ``place``, ``name`` and ``code``."""
    lines = ",\n".join(_feature(places[place], polygon) for place, polygon in polygons.items())
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def _feature(place: Mapping[str, str], polygon: Any) -> str:
    rings = [polygon.exterior, *polygon.interiors]
    coordinates = [[list(point) for point in ring.coords] for ring in rings]
    properties = {name: place[name] for name in ("place", "name", "code")}
    geometry = {"type": "Polygon", "coordinates": coordinates}
    said = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def scattered(
    polygon: Any, anchor: Point, spread: float, many: int, chance: random.Random
) -> Sequence[tuple[float, float]]:
    """``many`` points inside ``polygon``, thicker near ``anchor``, rounded to five decimals of a degree."""
    import shapely  # noqa: PLC0415

    shapely.prepare(polygon)
    found: list[tuple[float, float]] = []
    while len(found) < many:
        point = degrees((chance.gauss(anchor[0], spread), chance.gauss(anchor[1], spread)))
        if shapely.contains_xy(polygon, *point):
            found.append(point)
    return found
