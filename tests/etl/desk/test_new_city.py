"""A new city's folder: its districts by code, every table empty, ready to build."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest
import shapely
from typer.testing import CliRunner

from etl.__main__ import app
from etl.build import build
from etl.desk.new_city import new_city, tiled
from etl.errors import Refused
from etl.release.schema import REFERENCE
from etl.release.tables import LAPTOP, now, open_release

ROOT = Path(__file__).resolve().parents[3]
CODES = {"新乡市": ("4107", 12), "嘉兴": ("330400", 7)}
"""Cities of two provinces: code as given, number of districts."""


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=CODES)
def made(request, tmp_path_factory):
    code, count = CODES[request.param]
    return new_city(request.param, code, tmp_path_factory.mktemp("new") / "city", like=ROOT / "data"), count


def test_it_builds_and_draws_its_districts_at_once(made):
    folder, count = made
    built = build(folder)
    release = open_release(LAPTOP, now(), folder=folder)
    assert release.id == built.release
    outlines = release.table("boundaries")
    assert len(outlines) == count
    shapes = [shapely.from_wkb(outline) for outline in outlines["geometry"]]
    assert shapely.coverage_is_valid(shapes)
    west, south, east, north = release.city.bounds
    assert shapely.box(west, south, east, north).covers(shapely.union_all(shapes))
    assert not release.synthetic


def test_nothing_is_in_its_tables_but_places_units_and_outlines(made):
    built = build(made[0])
    filled = {name for name, frame in built.tables.frames.items() if len(frame)}
    assert filled == {"places", "units", "boundaries", "sentences"}


def test_every_table_is_there_with_its_header(made):
    for name, table in REFERENCE.items():
        header = (made[0] / "reference" / f"{name}.csv").read_text("utf-8").splitlines()[0]
        assert header == ",".join(table.columns), name
    assert (made[0] / "sources").is_dir()


def test_its_units_are_those_of_the_other_city_and_every_one_the_reader_knows(made):
    units, own = rows(made[0], "units"), rows(ROOT / "data", "units")
    assert units[: len(own)] == own
    with (ROOT / "etl/reading/units.csv").open(encoding="utf-8", newline="") as file:
        read = {row["unit"] for row in csv.DictReader(file)}
    assert read <= {row[key] for row in units for key in ("unit", "name")}
    told = {row["unit"]: (row["name"], row["continuous"]) for row in units}
    assert (told["所"], told["批次"], told["公里"], told["‰"]) == (
        ("所", "no"),
        ("批次", "no"),
        ("公里", "yes"),
        ("‰", "yes"),
    )
    assert len({row["name"] for row in units}) == len(units)


@pytest.mark.parametrize(
    ("name", "code", "kinds", "parts"),
    [
        ("浙江省", "33", ["country", "province"], 11),
        ("浙江", "330000", ["country", "province"], 11),
        ("苍南县", "330327", ["country", "province", "city", "county"], 0),
        ("海淀区", "110108", ["country", "city", "district"], 0),
    ],
)
def test_a_province_has_its_cities_a_county_stands_below_its_city(tmp_path, name, code, kinds, parts):
    folder = new_city(name, code, tmp_path / "city", like=ROOT / "data")
    places = rows(folder, "places")
    above, below = places[: len(kinds)], places[len(kinds) :]
    assert [row["kind"] for row in above] == kinds
    assert [row["parent"] for row in above] == ["", *(row["place"] for row in above[:-1])]
    assert above[-1]["name"] == {"浙江": "浙江省"}.get(name, name)
    assert [(row["kind"], row["parent"]) for row in below] == [("city", above[-1]["place"])] * parts
    assert tomllib.loads((folder / "city.toml").read_text("utf-8"))["place"] == above[-1]["place"]
    assert len(build(folder).tables.frames["boundaries"]) == parts


def test_every_district_has_a_tile_a_place_in_the_order_and_a_parent(made):
    folder, count = made
    said = tomllib.loads((folder / "city.toml").read_text("utf-8"))
    places = {row["place"]: row for row in rows(folder, "places")}
    districts = [place for place, row in places.items() if row["parent"] == said["place"]]
    assert len(districts) == count
    assert said["order"] == districts
    assert set(said["tiles"]) == set(districts)
    assert len({tuple(tile) for tile in said["tiles"].values()}) == count
    assert {places[place]["kind"] for place in districts} <= {"district", "county", "county_city"}
    assert places[said["place"]]["code"] == said["code"]


def test_names_shared_by_a_city_and_its_county_get_ids_of_their_own(tmp_path):
    folder = new_city("新乡市", "4107", tmp_path / "city", like=ROOT / "data")
    named = {row["name"]: row["place"] for row in rows(folder, "places")}
    assert named["新乡市"] == "xinxiang"
    assert named["新乡县"] == "xinxiang_xian"
    assert named["长垣市"] == "changyuan"


def test_an_autonomous_place_keeps_its_own_name(tmp_path):
    folder = new_city("恩施土家族苗族自治州", "4228", tmp_path / "city", like=ROOT / "data")
    ids = {row["name"]: row["place"] for row in rows(folder, "places")}
    assert ids["恩施土家族苗族自治州"] == "enshi"
    assert ids["恩施市"] == "enshi_shi"


@pytest.mark.parametrize("code", ["1101", "11"])
def test_a_municipality_stands_directly_below_the_country(tmp_path, code):
    folder = new_city("北京市", code, tmp_path / "city", like=ROOT / "data")
    places = rows(folder, "places")
    assert [row["parent"] for row in places[:3]] == ["", "china", "beijing"]


def test_a_city_without_districts_is_a_city_all_the_same(tmp_path):
    folder = new_city("东莞市", "4419", tmp_path / "city", like=ROOT / "data")
    assert len(build(folder).tables.frames["boundaries"]) == 0


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("新乡市", "9907", "没有这个城市；发现“9907”；应为四位或六位的地级市代码，如 4107；是否新乡市（410700）？"),
        ("新乡市", "4199", "同省的有郑州市（410100）"),
        ("新乡市", "4106", "410600是鹤壁市的代码；发现“新乡市”；应为鹤壁市；是否新乡市（410700）？"),
        ("新乡市", "", "没有这个城市"),
        ("甲县", "99", "省用两位代码（41），区县用六位（410721）"),
        ("新乡县", "410727", "410727是封丘县的代码；发现“新乡县”；应为封丘县；是否新乡县（410721）？"),
        ("河南", "42", "420000是湖北省的代码；发现“河南”；应为湖北省；是否河南省（410000）"),
        ("新乡市", "四一〇七", "没有这个城市"),
    ],
)
def test_a_code_that_is_not_the_city_s_is_refused(tmp_path, name, code, message):
    with pytest.raises(Refused, match="E-404") as refused:
        new_city(name, code, tmp_path / "city", like=ROOT / "data")
    assert message in str(refused.value)
    assert not (tmp_path / "city").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(Refused, match="文件夹已存在且不是空的"):
        new_city("新乡市", "4107", tmp_path, like=ROOT / "data")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_command_prints_the_folder_and_what_to_do_next(tmp_path):
    to = tmp_path / "city"
    done = CliRunner().invoke(app, ["new-city", "新乡市", "--code", "4107", "--to", str(to)])
    assert done.exit_code == 0
    assert str(to) in done.stdout
    assert f"python -m etl build --data {to}" in done.output.replace("\n", " ")
    again = CliRunner().invoke(app, ["new-city", "新乡市", "--code", "4107", "--to", str(to)])
    assert again.exit_code == 2


def test_tiles_keep_north_above_south_and_west_before_east():
    corners = {"nw": (113.0, 35.0), "ne": (114.0, 35.0), "sw": (113.0, 34.0), "se": (114.0, 34.0)}
    assert tiled(corners) == {"nw": (0, 0), "ne": (1, 0), "sw": (0, 1), "se": (1, 1)}
    assert tiled({}) == {}
    assert tiled({"only": (113.0, 34.0)}) == {"only": (0, 0)}
