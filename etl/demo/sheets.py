"""Workbooks as bytes, the same every time: no clock, no user name, no formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

Cell = str | int | Decimal | dt.date | None
NEVER = dt.datetime(2026, 1, 1)
COLUMN_WIDTH = 14


@dataclass(frozen=True)
class Merge:
    """A merged range, counted from 0: its text stands in ``rows`` of the sheet at its upper left."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells from A1 on, None for an empty one, and which ranges are merged."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: Sequence[Merge] = field(default_factory=tuple)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx with these sheets."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"created": NEVER})
        centred = book.add_format({"align": "center", "valign": "vcenter", "border": 1, "bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.set_column(0, max(map(len, sheet.rows)) - 1, COLUMN_WIDTH)
            for merge in sheet.merges:
                text = _plain(sheet.rows[merge.first_row][merge.first_column])
                page.merge_range(merge.first_row, merge.first_column, merge.last_row, merge.last_column, text, centred)
            starts = {(merge.first_row, merge.first_column) for merge in sheet.merges}
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    if cell is not None and (row, column) not in starts:
                        page.write(row, column, _plain(cell))
    return made.getvalue()


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return str(cell) if isinstance(cell, dt.date) else cell


def cell_name(row: int, column: int) -> str:
    """``C7`` for row 6, column 2 counted from 0."""
    return str(xl_rowcol_to_cell(row, column))
