"""The outlines of a city's statutory districts as one clean coverage: WGS 84, simplified together, rings oriented, no gaps.

Neighbours are simplified by the edges they share, so that no sliver opens between them and a district inside the hole of
another stays in its hole. Functional zones are never drawn: nobody has published where they lie.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Geometry

from etl.errors import Problem, Where, listing
from etl.frames import SHIFTED, WGS84, Degrees, to_wgs84
from etl.readers.boundary import FOLDER, PLACES, Outlines, read_outlines, supplied_files
from etl.reference import City, Reference, line_of
from etl.rows import BoundaryRow, FacilityRow

FACILITIES = "reference/facilities.csv"
POINT_FRAMES = (*SHIFTED, "EPSG:4490", "EPSG:4326")

STATUTORY = ("city", "district", "county", "county_city")

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

Shapes = Mapping[str, Geometry]
Geometries = npt.NDArray[np.object_]


def boundaries(folder: Path, city: City, reference: Reference) -> tuple[list[BoundaryRow], list[Problem]]:
    """Rows of table ``boundaries``, one per statutory district of the city (city of a province) that has an outline, in the order of places.csv.

    ``geometry`` is WKB in WGS 84 longitude, latitude; exterior rings run counter-clockwise (RFC 7946). A city without coded
    districts has no rows. A made-up city is never drawn with the outlines of real places. Points of facilities are checked too.
    """
    rows, problems = _outlines(folder, city, reference)
    return rows, problems + misplaced(city, reference.rows(FacilityRow))


def _outlines(folder: Path, city: City, reference: Reference) -> tuple[list[BoundaryRow], list[Problem]]:
    parents = {row.place: row.parent for row in reference.places}
    coded = [row for row in reference.places if row.kind in STATUTORY and row.code]
    places = [row for row in coded if city.place in line_of(row.place, parents)[1:]]
    if not places:
        supplied = supplied_files(folder)
        remedy = f"请在 {PLACES} 写明区县的代码和上级，并在 city.toml 写明 place"
        return [], [Problem("E-507", Where(FOLDER), "没有带行政区划代码的区县可画", remedy=remedy)] if supplied else []
    outlines, problems = read_outlines(folder, places, reference.aliases, may_borrow=not city.synthetic)
    if outlines is None:
        return [], problems
    shapes, problems = checked(outlines, city, {row.place: row.name for row in places})
    if problems:
        return [], problems
    rows = [
        vars(outlines) | {"place": place, "geometry": shapely.to_wkb(shape, byte_order=1), "crs": WGS84}
        for place, shape in drawn(shapes, outlines.frame).items()
    ]
    return list(map(BoundaryRow.of, rows)), []


def checked(outlines: Outlines, city: City, names: Mapping[str, str]) -> tuple[Shapes, list[Problem]]:
    """The outlines in degrees (a shifted frame stays shifted), and a problem for each that is no polygon, broken or elsewhere."""
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
        to_degrees = partial(to_wgs84, frame=outlines.frame)
        shapes = {place: shapely.transform(shape, to_degrees) for place, shape in shapes.items()}
    return shapes, _elsewhere(shapes, city, names, where) or _overlaps(shapes, names, where)


def _elsewhere(shapes: Shapes, city: City, names: Mapping[str, str], where: Where) -> list[Problem]:
    west, south, east, north = city.bounds or CHINA
    wide, high = MARGIN * (east - west), MARGIN * (north - south)
    whole = shapely.box(west - wide, south - high, east + wide, north + high)
    outside = [place for place, shape in shapes.items() if not whole.covers(shapely.box(*shape.bounds))]
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
    places, geometry = list(shapes), np.array(list(shapes.values()))
    left, right = shapely.STRtree(geometry).query(geometry, predicate="intersects")
    problems = []
    for first, other in zip(left.tolist(), right.tolist(), strict=True):
        smaller = min(geometry[first].area, geometry[other].area)
        shared = float(geometry[first].intersection(geometry[other]).area / smaller) if first < other else 0
        if shared > OVERLAP:
            what = f"{names[places[first]]}与{names[places[other]]}的边界重叠"
            remedy = "一个区在另一个区之内时，外面的区要留出洞"
            problems.append(Problem("E-510", where, what, f"{100 * shared:.0f}%", remedy=remedy))
    return problems


def drawn(shapes: Shapes, frame: str) -> Shapes:
    """``shapes`` simplified together, in WGS 84, rounded, exterior rings counter-clockwise; small mismatches of edges mended."""
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
    def placed(points: Degrees) -> Degrees:
        return np.round(to_wgs84(points, frame) if frame in SHIFTED else points, DECIMALS)

    oriented: Geometries = shapely.orient_polygons(shapely.transform(geometry, placed), exterior_cw=False)
    return oriented
