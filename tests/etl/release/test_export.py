import csv
import json
import re
from decimal import Decimal

import frictionless
import pytest

from etl.build import build
from etl.release.export import cell_text, export
from etl.release.schema import COLUMNS, TABLES
from etl.release.tables import LAPTOP, now, open_release


@pytest.fixture
def exported(city, tmp_path):
    city.reference["places"][1]["name"] = "=cmd|' /C calc'!A0"
    city.fact(2)["place"] = "east"
    with pytest.raises(Exception, match="E-108"):
        build(city.write())
    city.reference["places"][1]["name"] = "-东岸区"
    build(city.write())
    export(open_release(LAPTOP, now(), folder=city.path), tmp_path / "out")
    return tmp_path / "out"


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_each_table_is_a_csv_that_chinese_excel_opens(exported):
    raw = (exported / "observations.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    first = rows(exported / "observations.csv")[0]
    assert (first["value"], first["as_printed"], first["period_start"], first["value_high"]) == (
        "12",
        "12个",
        "2018-01-01",
        "",
    )


def test_the_datapackage_describes_every_column_of_every_file(exported):
    package = json.loads((exported / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert fields == list(TABLES[resource["name"]].columns)
        assert all(field["description"] == COLUMNS[field["name"]].en for field in resource["schema"]["fields"])
        with (exported / resource["path"]).open(encoding="utf-8-sig") as file:
            assert next(csv.reader(file)) == fields


def test_text_that_a_spreadsheet_would_run_is_made_inert(exported):
    assert rows(exported / "places.csv")[1]["name"] == "'-东岸区"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("-5.50"), "-5.50"),
        (Decimal("1E+3"), "1000"),
        (None, ""),
        (float("nan"), ""),
        (True, "true"),
        ("@SUM", "'@SUM"),
        (3, "3"),
    ],
)
def test_a_cell_is_exact_and_plain(value, text):
    assert cell_text(value) == text


@pytest.mark.parametrize("made_up", [False, True])
def test_frictionless_accepts_relations_moments_and_a_made_up_city(made_up, city, tmp_path):
    city.city += "synthetic = true\n" if made_up else ""
    city.reference["places"][1]["name"] = "-东岸区"
    city.fact(2).update(place="east", release_at="2019-03-01 09:30")
    build(city.write())
    export(open_release(LAPTOP, now(), folder=city.path), tmp_path / "out")
    assert {row["relation"] for row in rows(tmp_path / "out" / "identities.csv")} == {"="}
    assert "2019-03-01T09:30:00" in {row["release_at"] for row in rows(tmp_path / "out" / "observations.csv")}
    report = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert report.valid, report.to_summary()
    assert len(report.tasks) == len(list((tmp_path / "out").glob("*.csv")))


GUARDED = {
    "=": "=", "<=": "<=", "-": "-", "东岸区": "东岸区", "'90年代": "'90年代", "": "", "=1+1": "'=1+1", "-东岸区": "'-东岸区",
    "\tx": "'\tx", "=\n1": "'=\n1", "'=1+1": "''=1+1", "''-1": "'''-1",
}  # fmt: skip


def test_the_formula_guard_can_be_taken_off_as_the_datapackage_says(exported):
    guard = json.loads((exported / "datapackage.json").read_text("utf-8"))["formulaGuard"]
    for text, written in GUARDED.items():
        assert cell_text(text) == written
        assert re.sub(guard["undo"], "", written) == text


def test_a_synthetic_city_says_so_in_every_row(city, tmp_path):
    city.city += "synthetic = true\n"
    build(city.write())
    export(open_release(LAPTOP, now(), folder=city.path), tmp_path / "out")
    for path in (tmp_path / "out").glob("*.csv"):
        for row in rows(path):
            assert row["模拟数据"] == "模拟数据"


def test_numbers_printed_in_passing_are_not_exported(city, tmp_path):
    city.facts["2018-12-31-city-halls"].append(
        {**city.fact(2), "seq": 7, "as_printed": "63个", "value": "63", "role": "incidental"}
    )
    build(city.write())
    export(open_release(LAPTOP, now(), folder=city.path), tmp_path / "out")
    assert "63个" not in (tmp_path / "out" / "figures.csv").read_text("utf-8-sig")
    assert len(rows(tmp_path / "out" / "figures.csv")) == 6
