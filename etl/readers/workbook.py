"""An Excel file as typed sheets, and as the text of a document with its tables kept.

It is opened in the limited child process (``sealed``, ``stored_cells``); where the table of a sheet stands is found here
(``sheet_table``).  A file whose formulas nobody has computed is refused; everything else that is doubtful is told and stays.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.errors import Problem, Refused, Where, listing, nearest, refused
from etl.readers.office_package import EXCEL, empty, main_part, opened, refuse_old_office
from etl.readers.sealed import sealed
from etl.readers.sheet import Cell, Column, Sheet, StoredCell, StoredSheet, letters
from etl.readers.sheet_table import sheet_table

__all__ = ["Cell", "Column", "LocatedText", "Sheet", "Workbook", "read_workbook", "table_of", "workbook_text"]

MOST_ALIKE = 5
"""Doubts of one kind that are told one by one in the notes on a text."""

_BLANKS = re.compile(r"[\t\r\n\v\f]+")
_DEFAULT_NAME = re.compile(r"(sheet|工作表)\s*\d*", re.IGNORECASE)
_COPY = re.compile(r"(\(\d+\)|-?副本\d*)$")


@dataclass(frozen=True)
class Workbook:
    """One file: its sheets in their order, hidden ones too."""

    name: str
    sheets: tuple[Sheet, ...]

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """What a person must decide before the numbers count, sheet by sheet."""
        return tuple(problem for sheet in self.sheets for problem in sheet.doubts)


@dataclass(frozen=True)
class LocatedText:
    """The text of a workbook, notes on it, and where in the text each cell stands: start, end, ``sheet!cell``."""

    text: str
    notes: tuple[str, ...]
    cells: tuple[tuple[int, int, str], ...]


def read_workbook(raw: bytes, name: str) -> Workbook:
    """The sheets of an .xlsx; raises Refused for a file that is none, is unsafe, torn or too large, or has formulas without results."""
    where = Where(name)
    if not raw:
        raise empty(where)
    refuse_old_office(raw, where)
    if not raw.lstrip().startswith(b"PK"):
        raise refused(
            "E-701", where, "文件内容不是 Excel 工作簿", expected=".xlsx", remedy="请用 Excel 或 WPS 另存为 .xlsx"
        )
    with opened(raw, where) as package:
        if main_part(package, where) != EXCEL:
            raise refused("E-701", where, "文件内容不是 Excel 工作簿", "Word 文件", ".xlsx", "请检查是否选对了文件")
    answer, _ = sealed("xlsx", raw, name)
    stored = _stored_sheets(answer)
    sheets = tuple(sheet_table(sheet, name) for sheet in stored)
    if uncomputed := list(_uncomputed(stored, sheets, name)):
        raise Refused(uncomputed)
    return Workbook(name, sheets)


def table_of(book: Workbook, name: str, columns: Sequence[str]) -> Sheet:
    """The sheet ``name`` with at least these columns; raises Refused with everything that keeps it from being taken as that table."""
    where = Where(book.name)
    found = [sheet for sheet in book.sheets if _plain_name(sheet.name) == _plain_name(name)]
    there = listing([sheet.name for sheet in book.sheets])
    if not found:
        near = nearest(name, [sheet.name for sheet in book.sheets])
        remedy = f"是否“{near}”？请改正工作表的名称" if near else "请检查是否选对了文件"
        raise refused("E-719", where, f"缺少工作表“{name}”", f"现有：{there}", name, remedy)
    if len(found) > 1:
        names = listing([sheet.name for sheet in found])
        raise refused("E-720", where, "重复工作表", names, "一张", "请删去多余的一张")
    sheet = found[0]
    problems = [*sheet.faults, *_missing(sheet, columns, book.name)]
    if problems:
        raise Refused(problems)
    return sheet


def workbook_text(book: Workbook) -> LocatedText:
    """The visible sheets as text: the name of a sheet, then a line for each row, its cells parted by tabs, the levels of a header in one line."""
    writing = _Writing()
    for sheet in book.sheets:
        if not sheet.is_hidden and (sheet.rows or sheet.above or sheet.header):
            writing.sheet(sheet)
    notes = [f"工作表“{sheet.name}”{note}" for sheet in book.sheets if not sheet.is_hidden for note in sheet.notes]
    return LocatedText(writing.text, (*_told(book.doubts), *notes), tuple(writing.cells))


class _Writing:
    """A text being written, with the place of each cell in it."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self.cells: list[tuple[int, int, str]] = []

    @property
    def text(self) -> str:
        """What is written so far."""
        return "\n".join(self._lines)

    def sheet(self, sheet: Sheet) -> None:
        """Writes a sheet, a blank line before all but the first."""
        if self._lines:
            self._line([], sheet.name)
        if not _DEFAULT_NAME.fullmatch(sheet.name.strip()):
            self._line([("", sheet.name)], sheet.name)
        for row in sheet.above:
            self._line([(cell.ref, cell.text) for cell in row if cell.text.strip()], sheet.name)
        if sheet.header:
            self._line([(column.ref, column.name) for column in sheet.header], sheet.name)
        for row in sheet.rows:
            self._line([(cell.ref, cell.text) for cell in row], sheet.name)

    def _line(self, cells: Sequence[tuple[str, str]], sheet: str) -> None:
        parts: list[str] = []
        at = self._length
        for ref, text in cells:
            parts.append(_BLANKS.sub(" ", text).strip())
            if ref and parts[-1]:
                self.cells.append((at, at + len(parts[-1]), f"{sheet}!{ref}"))
            at += len(parts[-1]) + 1
        self._lines.append("\t".join(parts).rstrip("\t"))
        self._length += len(self._lines[-1]) + 1


def _stored_sheets(answer: str) -> list[StoredSheet]:
    return [
        StoredSheet(
            name,
            state,
            tuple(StoredCell(*cell) for cell in cells),
            tuple((top, left, bottom, right) for top, left, bottom, right in merges),
            tuple(rows),
            tuple(columns),
        )
        for name, state, cells, merges, rows, columns in json.loads(answer)
    ]


def _told(doubts: Sequence[Problem]) -> Iterator[str]:
    """Each doubt in a line; of the same kind in one sheet the first few, then how many more there are."""
    told: Counter[tuple[str, str]] = Counter()
    for problem in doubts:
        told[problem.where.sheet, problem.code] += 1
        if told[problem.where.sheet, problem.code] <= MOST_ALIKE:
            yield str(problem).rstrip("。")
    for (sheet, code), count in told.items():
        if count > MOST_ALIKE:
            yield f"{code} 工作表“{sheet}”同类的另有{count - MOST_ALIKE}处"


def _uncomputed(stored: Sequence[StoredSheet], sheets: Sequence[Sheet], file: str) -> Iterator[Problem]:
    for cells, sheet in zip(stored, sheets, strict=True):
        names = {column.letter: column.name for column in sheet.header}
        for cell in cells.cells:
            if cell.kind == "uncomputed":
                letter = letters(cell.column)
                where = Where(file, cell.row, f"{letter} {names.get(letter, '')}".strip(), sheet.name)
                remedy = "请用 Excel 或 WPS 打开，保存后重新上传"
                yield Problem("E-714", where, "公式未计算", cell.formula, "公式和它的结果", remedy)


def _missing(sheet: Sheet, columns: Sequence[str], file: str) -> Iterator[Problem]:
    names = [column.name for column in sheet.header]
    there = {_plain_name(name) for name in names}
    for column in columns if sheet.header else ():
        if _plain_name(column) not in there:
            near = nearest(column, names)
            remedy = f"是否“{near}”？请改正列名" if near else "请补上这一列"
            found = f"现有：{listing(list(filter(None, names)))}"
            yield Problem("E-722", Where(file, sheet=sheet.name), f"缺少列“{column}”", found, remedy=remedy)


def _plain_name(name: str) -> str:
    """A name of a sheet or column as it is compared: widths and blanks do not count, nor the number of a copy."""
    return _COPY.sub("", "".join(unicodedata.normalize("NFKC", name).split()))
