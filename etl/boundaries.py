"""The outlines of a city's statutory districts as one clean coverage: WGS 84, simplified together, rings oriented, no gaps.

Neighbours are simplified by the edges they share, so that no sliver opens between them and a district inside the hole of
another stays in its hole. Functional zones are never drawn: nobody has published where they lie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from etl.errors import Problem, Where, listing
from etl.frames import SHIFTED, WGS84, Degrees, to_wgs84
from etl.readers.boundary import FOLDER, PLACES, Outlines, read_outlines, supplied_files
from etl.reference import City, Reference, line_of
from etl.rows import BoundaryRow, FacilityRow, PlaceRow

if TYPE_CHECKING:
    from shapely import Geometry

FACILITIES = "reference/facilities.csv"
POINT_FRAMES = (*SHIFTED, "EPSG:4490", "EPSG:4326")

STATUTORY = ("district", "county", "county_city")

DETAIL = (800, 3200)
"""An edge may move by the city's width over this: what a map of 800 px cannot show is left out; finer if that breaks a ring."""

DECIMALS = 5
"""Of a degree, about a metre: finer than any of these sources."""

MEND = 0.0001
"""Edges of neighbours within this many degrees, about 10 m, are meant to be one."""

CHINA = (73.0, 3.0, 136.0, 54.0)
MARGIN = 0.1
"""How far an outline may reach past city.toml's rough bounds, as a share of their width and height."""

OVERLAP = 0.01
"""Share of the smaller neighbour that may lie in both: more is a mistake, less is mended."""

Shapes = Mapping[str, "Geometry"]
Geometries = npt.NDArray[np.object_]


def boundaries(folder: Path, city: City, reference: Reference) -> tuple[list[BoundaryRow], list[Problem]]:
    """Rows of table ``boundaries``, one per statutory district of the city that has an outline, in the order of places.csv.

    ``geometry`` is WKB in WGS 84 longitude, latitude; exterior rings run counter-clockwise (RFC 7946). A city without coded
    districts has no rows. A made-up city is never drawn with the outlines of real places. Points of facilities are checked too.
    """
    rows, problems = _outlines(folder, city, reference)
    return rows, problems + misplaced(city, reference.rows(FacilityRow))


def _outlines(folder: Path, city: City, reference: Reference) -> tuple[list[BoundaryRow], list[Problem]]:
    places = statutory_places(city, reference.places)
    if not places:
        supplied = supplied_files(folder)
        remedy = f"请在 {PLACES} 写明区县的代码和上级，并在 city.toml 写明 place"
        return [], [Problem("E-507", Where(FOLDER), "没有带行政区划代码的区县可画", remedy=remedy)] if supplied else []
    outlines, problems = read_outlines(folder, places, reference.aliases, may_borrow=not city.synthetic)
    if outlines is None:
        return [], problems
    names = {row.place: row.name for row in places}
    shapes, problems = checked(outlines, city, names)
    if problems:
        return [], problems
    return [_row(place, shape, outlines) for place, shape in drawn(shapes, outlines.frame).items()], []


def statutory_places(city: City, places: Sequence[PlaceRow]) -> list[PlaceRow]:
    """The districts, counties and county-level cities below the city that have an administrative code."""
    parents = {row.place: row.parent for row in places}
    return [
        row for row in places if row.kind in STATUTORY and row.code and city.place in line_of(row.place, parents)[1:]
    ]


def _row(place: str, shape: Geometry, outlines: Outlines) -> BoundaryRow:
    import shapely  # noqa: PLC0415 - only where there are outlines

    return BoundaryRow(
        place=place,
        geometry=shapely.to_wkb(shape, byte_order=1),
        crs=WGS84,
        credit=outlines.credit,
        credit_en=outlines.credit_en,
        licence=outlines.licence,
        review_number=outlines.review_number,
    )


def checked(outlines: Outlines, city: City, names: Mapping[str, str]) -> tuple[Shapes, list[Problem]]:
    """The outlines in degrees (a shifted frame stays shifted), and a problem for each that is no polygon, broken or elsewhere."""
    import shapely  # noqa: PLC0415

    where = Where(outlines.label)
    problems = []
    for place, shape in outlines.shapes.items():
        if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
            kind = "空" if shape is None or shape.is_empty else shape.geom_type
            problems.append(Problem("E-508", where, f"{names[place]}的边界不是面", kind, "Polygon 或 MultiPolygon"))
        elif not shapely.is_valid(shape):
            what, remedy = f"{names[place]}的边界环无效", "请在 GIS 软件中修复几何后重新导出"
            problems.append(Problem("E-508", where, what, shapely.is_valid_reason(shape), remedy=remedy))
    if problems:
        return {}, problems
    shapes: Shapes = {place: shapely.force_2d(shape) for place, shape in outlines.shapes.items()}
    if outlines.frame not in SHIFTED:
        shapes = moved(shapes, outlines.frame)
    return shapes, _elsewhere(shapes, city, names, where) or _overlaps(shapes, names, where)


def _elsewhere(shapes: Shapes, city: City, names: Mapping[str, str], where: Where) -> list[Problem]:
    west, south, east, north = city.bounds or CHINA
    wide, high = MARGIN * (east - west), MARGIN * (north - south)
    low, top = np.array([west - wide, south - high]), np.array([east + wide, north + high])
    outside = [
        place
        for place, shape in shapes.items()
        if not (np.all(np.array(shape.bounds[:2]) >= low) and np.all(np.array(shape.bounds[2:]) <= top))
    ]
    if not outside:
        return []
    found = "、".join(f"{edge:.2f}" for edge in shapes[outside[0]].bounds)
    remedy = "请核对 crs 是否写对、经纬度是否颠倒，或 city.toml 的 bounds"
    expected = f"经度{west}至{east}、纬度{south}至{north}之内"
    what = f"边界不在{city.name or '本市'}范围: {listing([names[place] for place in outside])}"
    return [Problem("E-509", where, what, found, expected, remedy)]


def misplaced(city: City, facilities: Sequence[FacilityRow]) -> list[Problem]:
    """A problem for each facility whose point is half there, of an undeclared frame, or outside the city's rough bounds."""
    problems = []
    for row in facilities:
        lon, lat, where = row.lon, row.lat, Where(FACILITIES, row.line, "lon")
        if lon is None and lat is None:
            continue
        if lon is None or lat is None:
            problems.append(Problem("E-109", where, "经纬度要么都写，要么都不写", row.name))
            continue
        if row.crs not in POINT_FRAMES:
            where, remedy = where.at("crs"), "GCJ-02 与 WGS 84 相差100至700米，坐标系须写明"
            expected = f"{listing(POINT_FRAMES)}之一"
            problems.append(Problem("E-505", where, "坐标系未写明或不能识别", row.crs, expected, remedy))
        west, south, east, north = city.bounds or CHINA
        if not (west <= lon <= east and south <= lat <= north):
            remedy = "经纬度是否颠倒？" if west <= lat <= east and south <= lon <= north else "请核对坐标和坐标系"
            what = f"坐标不在{city.name or '本市'}范围"
            problems.append(Problem("E-511", where, what, f"{lon}, {lat}", remedy=remedy))
    return problems


def _overlaps(shapes: Shapes, names: Mapping[str, str], where: Where) -> list[Problem]:
    import shapely  # noqa: PLC0415

    places, geometry = list(shapes), np.array(list(shapes.values()))
    left, right = shapely.STRtree(geometry).query(geometry, predicate="intersects")
    pairs = [(first, other) for first, other in zip(left.tolist(), right.tolist(), strict=True) if first < other]
    problems = []
    for first, other in pairs:
        smaller = min(geometry[first].area, geometry[other].area)
        shared = float(geometry[first].intersection(geometry[other]).area / smaller)
        if shared > OVERLAP:
            what = f"{names[places[first]]}与{names[places[other]]}的边界重叠"
            remedy = "一个区在另一个区之内时，外面的区要留出洞"
            problems.append(Problem("E-510", where, what, f"{100 * shared:.0f}%", remedy=remedy))
    return problems


def drawn(shapes: Shapes, frame: str) -> Shapes:
    """``shapes`` simplified together, in WGS 84, rounded, exterior rings counter-clockwise; small mismatches of edges mended."""
    import shapely  # noqa: PLC0415

    geometry = np.array(list(shapes.values()))
    if not shapely.coverage_is_valid(geometry, gap_width=MEND):
        geometry = shapely.coverage_clean(geometry, snapping_distance=MEND, gap_width=MEND)
    west, south, east, north = shapely.total_bounds(geometry)
    for detail in DETAIL:
        found = _finished(shapely.coverage_simplify(geometry, max(east - west, north - south) / detail), frame)
        if shapely.is_valid(found).all() and shapely.coverage_is_valid(found):
            return dict(zip(shapes, found, strict=True))
    return dict(zip(shapes, _finished(geometry, frame), strict=True))


def _finished(geometry: Geometries, frame: str) -> Geometries:
    import shapely  # noqa: PLC0415

    def placed(points: Degrees) -> Degrees:
        return np.round(to_wgs84(points, frame) if frame in SHIFTED else points, DECIMALS)

    oriented: Geometries = shapely.orient_polygons(shapely.transform(geometry, placed), exterior_cw=False)
    return oriented


def moved(shapes: Shapes, frame: str) -> Shapes:
    """The same shapes with every vertex taken from ``frame`` to WGS 84."""
    import shapely  # noqa: PLC0415

    return {place: shapely.transform(shape, lambda points: to_wgs84(points, frame)) for place, shape in shapes.items()}
