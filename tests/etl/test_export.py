import csv
import json
from decimal import Decimal

import pytest

from etl.build import build
from etl.export import cell_text, export
from etl.schema import COLUMNS, TABLES
from etl.tables import LAPTOP, now, open_release


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


def test_a_synthetic_city_says_so_in_every_row(city, tmp_path):
    city.city += "synthetic = true\n"
    build(city.write())
    export(open_release(LAPTOP, now(), folder=city.path), tmp_path / "out")
    for path in (tmp_path / "out").glob("*.csv"):
        for row in rows(path):
            assert row["模拟数据"] == "模拟数据"


def test_numbers_printed_in_passing_do_not_leave_the_house(city, tmp_path):
    city.facts["2018-12-31-city-halls"].append(
        {**city.fact(2), "seq": 7, "as_printed": "63个", "value": "63", "role": "incidental"}
    )
    build(city.write())
    export(open_release(LAPTOP, now(), folder=city.path), tmp_path / "out")
    assert "63个" not in (tmp_path / "out" / "figures.csv").read_text("utf-8-sig")
    assert len(rows(tmp_path / "out" / "figures.csv")) == 6
