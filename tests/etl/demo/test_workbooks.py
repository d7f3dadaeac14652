"""Registers and returns as workbooks: every fact stands in the cell its locator names; returns hold what is said of them."""

import json
import re
from decimal import Decimal

import openpyxl
import pytest

from etl.demo.printing import plain
from etl.demo.sheets import Sheet, workbook


def cells(path) -> dict[str, object]:
    book = openpyxl.load_workbook(path)
    return {f"{page.title}!{cell.coordinate}": cell.value for page in book for row in page.iter_rows() for cell in row}


def test_every_fact_of_a_workbook_stands_in_its_cell(demo, release):
    observations = release.table("observations")
    books = list(demo.glob("sources/*/*.xlsx"))
    assert len(books) == 5
    for path in books:
        found = cells(path)
        for row in observations[observations["source"] == path.parent.name].to_dict("records"):
            digits = re.search(r"[\d.]+", row["as_printed"])
            assert digits is not None
            assert Decimal(str(found[row["locator"]])) == Decimal(digits[0]), row["observation_id"]


def test_every_workbook_says_that_it_is_synthetic(demo):
    for path in (*demo.glob("sources/*/*.xlsx"), *demo.glob("handed_in/*.xlsx")):
        book = openpyxl.load_workbook(path)
        assert any("模拟数据" in str(page["A1"].value) for page in book), path.name


def test_a_number_nobody_reported_leaves_its_cell_empty(demo):
    found = cells(next(demo.glob("sources/*monthly-returns/*.xlsx")))
    rows = {str(value): name for name, value in found.items() if name.startswith("2026年累计!A")}
    row = rows["榭澜高新技术产业园区"].removeprefix("2026年累计!A")
    assert [found[f"2026年累计!{column}{row}"] for column in "BCDEFG"] == [0, 0, 1, None, None, None]


@pytest.fixture(scope="module")
def expected(demo):
    return json.loads((demo / "expected" / "handed_in.json").read_text("utf-8"))


def test_every_return_is_described(demo, expected):
    assert {path.name for path in demo.glob("handed_in/*")} == set(expected)
    assert len(expected) == 5


def test_returns_hold_the_numbers_of_the_city(release, expected):
    observations = release.table("observations").query("indicator == 'communities_to_date'")
    for said in expected.values():
        row = observations[
            (observations["place"] == said["place"]) & (observations["as_of"].astype(str) == said["as_of"])
        ]
        assert plain(row["value"].item()) == said["completed"]


def test_clerks_merge_their_headings_and_add_totals(demo):
    books = [openpyxl.load_workbook(path) for path in sorted(demo.glob("handed_in/*.xlsx"))]
    assert all(any(page.merged_cells.ranges for page in book) for book in books)
    texts = {str(cell.value) for book in books for page in book for row in page.iter_rows() for cell in row}
    assert {"合计", "小计", "８个", "—", "万元"} <= texts


def test_one_return_is_a_gb18030_csv(demo):
    raw = next(demo.glob("handed_in/*.csv")).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert "规范化社区,个,9,4" in raw.decode("gb18030")


def test_a_workbook_is_the_same_every_time_and_holds_no_formula():
    sheet = Sheet("表", [["=1+1", Decimal("2.5")], [None, 3]])
    assert workbook([sheet]) == workbook([sheet])
    assert b"<f>" not in workbook([sheet])
