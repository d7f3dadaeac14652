"""A sheet of a workbook: its cells as they are stored, the typed rows that are read of them, and how columns are lettered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from etl.errors import Problem

CellValue = Decimal | dt.date | bool | str | None
"""Number, day (with a time where one is stored), truth or text; None for what is empty, and for a formula's error."""


Merge = tuple[int, int, int, int]


class StoredCell(NamedTuple):
    """One cell: ``kind`` is number, day, text, truth, error or uncomputed (a formula whose result nobody saved); ``value`` its exact text."""

    row: int
    column: int
    kind: str
    value: str
    shown: str
    formula: str = ""


class StoredSheet(NamedTuple):
    """One sheet: its cells by row and column; merges as first row, first column, last row, last column; hidden rows and columns that hold cells."""

    name: str
    state: str
    cells: tuple[StoredCell, ...]
    merges: tuple[Merge, ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]


@dataclass(frozen=True)
class Cell:
    """One cell: its exact value, the text it shows, its formula, and the corner of the merged range it was filled from."""

    ref: str
    value: CellValue
    text: str
    formula: str = ""
    filled_from: str = ""


@dataclass(frozen=True)
class Column:
    """One column: its letter, the name its header gives it on all levels, and the lowest cell of that header."""

    letter: str
    name: str
    ref: str


@dataclass(frozen=True)
class Sheet:
    """One sheet: what stands above the table, its unit, its columns, its rows with a cell for each column.

    Without a header all rows are rows, and ``header`` is empty.
    """

    name: str
    state: str
    above: tuple[tuple[Cell, ...], ...]
    unit: str
    header: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    faults: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether nobody sees the sheet who opens the file."""
        return self.state != "visible"


def letters(column: int) -> str:
    """The letters of a column, counted from 1."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def number_of(column: str) -> int:
    """The number of the column with these letters."""
    found = 0
    for letter in column:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found
