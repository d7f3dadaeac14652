"""Registers and returns as workbooks: every fact stands in the cell its locator names; returns hold what is said of them."""

import json
import re
import unicodedata
from decimal import Decimal

import openpyxl
import pytest

from etl.demo.sources import Sheet, Workbook, enter_facts


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
        assert row["value"].item() == Decimal(said["completed"])


PLAN_AND_COMPLETED = {
    "kehu": ("Sheet1!C14", "Sheet1!E14"),
    "huanxiu": ("月报!C5", "月报!I5"),
    "lumang": ("进度!C3", "进度!D3"),
    "yanlai": ("汇总!C10", "汇总!D10"),
}
"""Cells of each return that is a workbook."""


def test_what_a_return_is_said_to_hold_stands_in_it(demo, expected):
    books = {said["place"]: (name, said) for name, said in expected.items() if name.endswith(".xlsx")}
    assert set(books) == set(PLAN_AND_COMPLETED)
    for place, (name, said) in books.items():
        found = cells(demo / "handed_in" / name)
        printed = [unicodedata.normalize("NFKC", str(found[cell])) for cell in PLAN_AND_COMPLETED[place]]
        assert [text.removesuffix("个") for text in printed] == [said["plan"], said["completed"]], name


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
    book = Workbook("台账.xlsx", [Sheet("表", [["=1+1", 2.5], ["", 3]])])
    assert book.content() == book.content()
    assert b"<f>" not in book.content()


def test_a_fact_goes_to_the_cell_it_names_and_leaves_the_cells_before_it_empty():
    book = Workbook("台账.xlsx", [Sheet("表", [["地区", "2024年", "2025年（万元）"], ["甲区"]])])
    enter_facts(book, [{"locator": "表!C2", "as_printed": "2611.5万元"}])
    assert book.sheets[0].rows[1] == ["甲区", "", 2611.5]
