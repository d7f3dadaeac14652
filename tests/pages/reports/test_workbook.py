"""A workbook holds what it was given: text as text, numbers as numbers, days as days."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from pages.reports.workbook import LONGEST, Sheet, shown, workbook


def cell_of(value):
    frame = pd.DataFrame({"列": pd.Series([value], dtype=object)})
    return openpyxl.load_workbook(io.BytesIO(workbook([Sheet("表", frame)])))["表"]["A2"]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("54.1"), 54.1),
        (Decimal(1480000), 1480000),
        (Decimal("-5.50"), -5.5),
        (3, 3),
        (True, True),
        (None, None),
        (float("nan"), None),
        (dt.date(2019, 3, 21), dt.datetime(2019, 3, 21)),
        ("=1+1", "=1+1"),
        ("+86", "+86"),
        ("@SUM(A1)", "@SUM(A1)"),
        ("http://example.org", "http://example.org"),
        ("0012", "0012"),
        ("<img onerror>", "<img onerror>"),
        (Decimal("1234567890.123456789"), "1234567890.123456789"),
    ],
)
def test_a_cell_keeps_its_value_and_kind(value, kept):
    cell = cell_of(value)
    assert cell.value == kept
    assert cell.data_type != "f"
    assert cell.hyperlink is None


def test_text_too_long_for_a_cell_ends_with_an_ellipsis():
    assert cell_of("字" * 40_000).value == "字" * (LONGEST - 1) + "…"


def test_an_empty_table_still_has_its_headings():
    frame = pd.DataFrame({"甲": [], "乙": []})
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([Sheet("表", frame, ("题", "注"))])))["表"]
    assert [cell.value for cell in sheet[4]] == ["甲", "乙"]
    assert sheet["A1"].value == "题"
    assert sheet.freeze_panes == "A5"


def test_a_sheet_prints_landscape_one_page_wide():
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([Sheet("表", pd.DataFrame({"甲": [1]}))], heading="模拟数据")))[
        "表"
    ]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.oddHeader.center.text == "模拟数据"


@pytest.mark.parametrize(
    ("cell", "value", "written"),
    [
        (Decimal("54.10"), 54.1, "0.00"), (Decimal(1480000), 1480000, "0"), (123456789012, 123456789012, "0"), (0.25, 0.25, "0.00"),
        (shown(Decimal("54.1"), "54.10%"), 54.1, "0.00"), (shown(Decimal("40.4321"), "约40.4%（推算）"), 40.4321, "0.0"),
        (shown(Decimal(36000), "超过3.6万人次"), 36000, "0"), (shown(Decimal(54), "54.0%"), 54, "0.0"),
    ],
)  # fmt: skip
def test_a_number_is_a_number_and_shows_the_decimals_that_were_printed(cell, value, written):
    found = cell_of(cell)
    assert (found.data_type, found.value, found.number_format) == ("n", value, written)
