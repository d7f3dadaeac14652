"""Workbooks of the city, laid out in TOML: the registers that are sources, and returns as clerks really hand them in.

The bytes are the same every time: no clock, no user name, no formula. A register's layout holds its words; its numbers come from
the source's facts.csv, each at the cell its locator names.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from etl.demo.log_plan import CITY
from etl.demo.target import Target

Cell = str | int | float
"""Empty text is an empty cell."""
CREATED = datetime(2026, 1, 1)
COLUMN_WIDTH = 14
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells from A1 on; a merged range (``A1:F1``) shows the text of its upper left cell."""

    name: str
    rows: list[list[Cell]]
    merges: Sequence[str] = ()


@dataclass(frozen=True)
class Workbook:
    """One file as it is handed in; with an ``encoding`` it is a CSV of its only sheet, otherwise an .xlsx."""

    file: str
    sheets: Sequence[Sheet]
    encoding: str = ""

    def content(self) -> bytes:
        """The bytes of the file."""
        return _csv(self.sheets[0], self.encoding) if self.encoding else _xlsx(self.sheets)


def read_workbook(path: Path) -> Workbook:
    """The workbook that a file of city/workbooks or city/handed_in lays out."""
    layout = tomllib.loads(path.read_text("utf-8"))
    sheets = [Sheet(sheet["name"], sheet["rows"], sheet.get("merges", ())) for sheet in layout["sheet"]]
    return Workbook(layout["file"], sheets, layout.get("encoding", ""))


def enter_facts(book: Workbook, facts: Sequence[Mapping[str, str]]) -> None:
    """Puts the digits each fact prints into the cell that its locator (``sheet!B3``) names."""
    sheets = {sheet.name: sheet.rows for sheet in book.sheets}
    for fact in facts:
        name, _, cell = fact["locator"].partition("!")
        row, column = xl_cell_to_rowcol(cell)
        cells = sheets[name][row]
        cells += [""] * (column + 1 - len(cells))
        cells[column] = float(_DIGITS.findall(fact["as_printed"])[0])


def write_returns(target: Target) -> None:
    """Writes handed_in/*: what district clerks hand in, with title rows, merged headings and totals among the rows."""
    for path in sorted((CITY / "handed_in").glob("*.toml")):
        book = read_workbook(path)
        target.bytes(book.content(), "handed_in", book.file)


def _csv(sheet: Sheet, encoding: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(sheet.rows)
    return text.getvalue().encode(encoding)


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": CREATED})
        centred = book.add_format({"align": "center", "valign": "vcenter", "border": 1, "bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.set_column(0, max(map(len, sheet.rows)) - 1, COLUMN_WIDTH)
            corners = {xl_cell_to_rowcol(merge.partition(":")[0]): merge for merge in sheet.merges}
            for (row, column), merge in corners.items():
                page.merge_range(merge, sheet.rows[row][column], centred)
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    if cell != "" and (row, column) not in corners:
                        page.write(row, column, cell)
    return content.getvalue()
