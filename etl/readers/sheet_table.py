"""The table of one sheet: where its header stands, what its columns are called, its rows with merged cells filled down.

Whatever could be misread is told: ``faults`` keep a sheet from being taken as a table, ``doubts`` are for a person to decide,
``notes`` say what was read in another way than it stands.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate

from etl.errors import Problem, Where, listing
from etl.readers.sheet import Cell, CellValue, Column, Merge, Sheet, StoredCell, StoredSheet, letters, number_of

MOST_LEVELS = 3
_ABOVE = 20
"""A header stands in one of this many first rows."""
_UNIT = re.compile(r"单位\s*[:：]\s*([^\s）)；;]+)")
_OTHER_UNITS = re.compile(r"[\u4e00-\u9fff]单位\s*[:：]\s*\S*")
_LABEL = re.compile("[:：]")
_YEAR = re.compile(r"(19|20)\d\d")
_EXTERNAL = re.compile(r"\[[^\]]+\][^!'\"]*'?!")
_SUM = re.compile(r"=SUM\(\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)\)")
_WIDE = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()} | {ord("．"): "."}
)
_NUMBER = re.compile(r"'?([+-]?(?:[1-9]\d{0,2}(?:[,，]\d{3})+|0|[1-9]\d{0,14})(?:\.\d+)?)")


def sheet_table(stored: StoredSheet, file: str) -> Sheet:
    """The table of a sheet as it is stored; ``file`` is what messages call the file."""
    return _Reading(stored, file).sheet()


class _Reading:
    """A sheet being read: its cells by place, what is merged over each of them, and what was found on the way.

    ``last`` is the last row of the header and ``names`` what it calls the columns, once it is found.
    """

    def __init__(self, stored: StoredSheet, file: str) -> None:
        self.stored = stored
        self.where = Where(file, sheet=stored.name)
        self.cells: Mapping[tuple[int, int], StoredCell] = {(cell.row, cell.column): cell for cell in stored.cells}
        self.merges: Mapping[tuple[int, int], Merge] = {
            (row, column): merge
            for merge in stored.merges
            for row in range(merge[0], merge[2] + 1)
            for column in range(merge[1], merge[3] + 1)
        }
        self.rows = sorted({cell.row for cell in stored.cells})
        self.columns = sorted({cell.column for cell in stored.cells})
        self.counted: Counter[str] = Counter()
        self.last = 0
        self.names: dict[int, str] = {}
        numbers: defaultdict[int, list[StoredCell]] = defaultdict(list)
        for cell in stored.cells:
            if cell.kind == "number":
                numbers[cell.column].append(cell)
        self._sums = {column: _Sums(cells) for column, cells in numbers.items()}

    def sheet(self) -> Sheet:
        """What is read of it."""
        first, last = self._header_rows()
        self.last = last
        header = tuple(self._header(first, last)) if last else ()
        self.names = {number_of(column.letter): column.name for column in header}
        columns = sorted({*self.columns, *self.names})
        above = tuple(self._cells_of(row, columns, is_data=False) for row in self.rows if row < first)
        rows = tuple(self._cells_of(row, columns, is_data=bool(last)) for row in self.rows if row > last)
        faults, doubts = tuple(self._faults(header, first, last)), tuple(self._doubts(last))
        return Sheet(
            self.stored.name, self.stored.state, above, _unit(above), header, rows, faults, doubts, tuple(self._notes())
        )

    def _header_rows(self) -> tuple[int, int]:
        """The first and last row of the header; 0, 0 without one."""
        for row in self.rows[:_ABOVE]:
            if self._is_header(row):
                last = row
                while last - row < MOST_LEVELS and (lower := self._lower_level(row, last)) > last:
                    last = lower
                return row, last
        return 0, 0

    def _is_header(self, row: int) -> bool:
        """Whether a row names columns: texts or years side by side over half of the sheet, none of them a label with its value."""
        shown = [cell.shown.strip() for cell in self.stored.cells if cell.row == row]
        covered = {column for column in self.columns if self._corner(row, column)}
        if len(shown) < 2 or 2 * len(covered) < len(self.columns):
            return False
        if any(_UNIT.search(text) for text in shown) or all(_LABEL.search(text) for text in shown):
            return False
        return all(self._names_a_column(cell) for cell in self.stored.cells if cell.row == row)

    def _names_a_column(self, cell: StoredCell | None) -> bool:
        if cell is None:
            return False
        text = cell.shown.strip().translate(_WIDE)
        return bool(_YEAR.fullmatch(text)) or (cell.kind == "text" and not _NUMBER.fullmatch(text))

    def _lower_level(self, first: int, last: int) -> int:
        """The last row of a header that goes at least to ``last``: what is merged in it tells of further levels."""
        merges = {
            merge
            for column in self.columns
            for row in range(first, last + 1)
            if (merge := self.merges.get((row, column)))
        }
        lowest = max([last, *(merge[2] for merge in merges if merge[2] - first < MOST_LEVELS)])
        if lowest > last:
            return lowest
        groups = [merge for merge in merges if merge[0] == merge[2] == last and merge[3] > merge[1]]
        below = [self.cells.get((last + 1, column)) for merge in groups for column in range(merge[1], merge[3] + 1)]
        return last + 1 if below and all(map(self._names_a_column, filter(None, below))) and any(below) else last

    def _corner(self, row: int, column: int) -> StoredCell | None:
        """The cell that shows at a place: itself, or the upper left one of what is merged over it."""
        merge = self.merges.get((row, column))
        return self.cells.get((merge[0], merge[1]) if merge else (row, column))

    def _header(self, first: int, last: int) -> Iterator[Column]:
        for column in self.columns:
            levels = [cell for row in range(first, last + 1) if (cell := self._corner(row, column))]
            names = dict.fromkeys(" ".join(cell.shown.split()) for cell in levels)
            yield Column(letters(column), " ".join(names), f"{letters(column)}{levels[-1].row if levels else last}")

    def _cells_of(self, row: int, columns: Sequence[int], *, is_data: bool) -> tuple[Cell, ...]:
        return tuple(self._cell(row, column, is_data=is_data) for column in columns)

    def _cell(self, row: int, column: int, *, is_data: bool) -> Cell:
        ref = f"{letters(column)}{row}"
        stored, merge = self.cells.get((row, column)), self.merges.get((row, column))
        is_covered = merge is not None and (row, column) != merge[:2]
        if is_covered and merge:
            is_filled = is_data and column == merge[1] and merge[0] > self.last
            stored = self.cells.get(merge[:2]) if is_filled else None
            if stored and stored.kind != "text":
                self.counted["合并的单元格里是数、日期或公式，只记在第一行：{}处"] += 1
                stored = None
            if stored:
                self.counted["合并的单元格已逐行填上：{}格"] += 1
        if stored is None:
            return Cell(ref, None, "")
        corner = f"{letters(stored.column)}{stored.row}" if is_covered else ""
        return Cell(ref, self._value(stored), stored.shown, stored.formula, corner)

    def _value(self, cell: StoredCell) -> CellValue:
        if cell.kind == "number":
            return Decimal(cell.value)
        if cell.kind == "day":
            return dt.datetime.fromisoformat(cell.value) if "T" in cell.value else dt.date.fromisoformat(cell.value)
        if cell.kind == "truth":
            return cell.value == "TRUE"
        if cell.kind != "text":
            return None
        text = cell.value.strip()
        folded = text.translate(_WIDE)
        if folded != text:
            self.counted["全角数字或字母已折成半角：{}格"] += 1
        if number := _NUMBER.fullmatch(folded):
            self.counted["以文本保存的数：{}格"] += 1
            return Decimal(number[1].replace(",", "").replace("，", ""))
        return folded

    def _at(self, cell: StoredCell) -> Where:
        return Where(
            self.where.file,
            cell.row,
            f"{letters(cell.column)} {self.names.get(cell.column, '')}".strip(),
            self.where.sheet,
        )

    def _faults(self, header: Sequence[Column], first: int, last: int) -> Iterator[Problem]:
        if not header:
            if self.rows:
                yield Problem(
                    "E-721",
                    self.where,
                    "没有找到表头",
                    expected="一行列名，列名之下是数",
                    remedy="请在数的上面写一行列名",
                )
            return
        deepest = max((merge[2] for (row, _), merge in self.merges.items() if first <= row <= last), default=last)
        if deepest - first >= MOST_LEVELS:
            yield Problem(
                "E-721",
                self.where,
                "表头层数太多",
                f"第{first}—{deepest}行",
                f"不超过{MOST_LEVELS}层",
                "请把表头改成一行",
            )
        named: defaultdict[str, list[Column]] = defaultdict(list)
        for column in header:
            named[column.name].append(column)
        for name, columns in named.items():
            if name and len(columns) > 1:
                found, merge = listing([f"{column.letter}列" for column in columns]), self._merged_over(last, columns)
                what, remedy = f"列名重复“{name}”", "请给每一列不同的名称"
                if merge:
                    what, remedy = f"表头的合并单元格“{name}”之下没有各列的名称", "请取消合并，给每一列写上名称"
                yield Problem("E-721" if merge else "E-723", self.where, what, merge or found, remedy=remedy)

    def _merged_over(self, row: int, columns: Sequence[Column]) -> str:
        """The merged range that lies over all of these columns in the last row of the header, ``""`` without one."""
        found = {self.merges.get((row, number_of(column.letter))) for column in columns}
        merge = found.pop() if len(found) == 1 else None
        return f"{letters(merge[1])}{merge[0]}:{letters(merge[3])}{merge[2]}" if merge else ""

    def _doubts(self, last: int) -> Iterator[Problem]:
        if self.stored.state != "visible":
            remedy = "请确认是否导入：取消隐藏后重新保存，或删去这张表"
            yield Problem("E-718", self.where, "存在隐藏工作表，是否导入", self.stored.name, remedy=remedy)
        for column, name in self.names.items():
            if not name and any(cell.column == column and cell.row > last for cell in self.stored.cells):
                yield Problem(
                    "E-724", self.where.at(letters(column)), "这一列有内容而没有列名", remedy="请写上列名，或删去这一列"
                )
        for cell in self.stored.cells:
            yield from self._doubts_of(cell)

    def _doubts_of(self, cell: StoredCell) -> Iterator[Problem]:
        corner = self._corner(cell.row, cell.column)
        if corner is not cell and (corner is None or corner.shown != cell.shown):
            yield Problem(
                "E-725",
                self._at(cell),
                "合并的单元格之下另有内容，页面上看不见",
                cell.shown,
                remedy="请取消合并，核对后重新保存",
            )
        if cell.kind == "error":
            yield Problem("E-715", self._at(cell), "错误值", cell.shown, "一个数", "请改正公式或填上数")
        if _EXTERNAL.search(cell.formula):
            yield Problem(
                "E-716",
                self._at(cell),
                "单元格引用外部文件",
                cell.formula,
                "填在本文件里的数",
                "请复制后选择性粘贴为数值",
            )
        elif cell.formula and cell.kind == "number":
            yield from self._total(cell)

    def _total(self, cell: StoredCell) -> Iterator[Problem]:
        """What is wrong with a cell that adds up others; one that is right, and any other formula, is counted."""
        found = _SUM.fullmatch(cell.formula.upper().replace(" ", ""))
        if not found:
            self.counted["公式取保存时算出的数：{}格"] += 1
            return
        left, top, right, bottom = number_of(found[1]), int(found[2]), number_of(found[3]), int(found[4])
        total = Decimal(cell.value)
        added = sum((self._sums[at].between(top, bottom) for at in self._sums if left <= at <= right), Decimal())
        if abs(total - added) > abs(total) * Decimal("1e-12"):
            what = f"合计{total.normalize():f}，明细之和{added.normalize():f}，差{abs(total - added).normalize():f}"
            remedy = "请重新计算后保存，或核对明细"
            yield Problem("E-717", self._at(cell), "合计行与明细不符", what, cell.formula, remedy)
        else:
            self.counted["认出合计公式，与明细相符：{}格"] += 1

    def _notes(self) -> Iterator[str]:
        for what, hidden in (("行", self.stored.hidden_rows), ("列", self.stored.hidden_columns)):
            if hidden:
                yield f"有隐藏的{what}（{len(hidden)}{what}），已读取"
        yield from (what.format(count) for what, count in self.counted.items())


class _Sums:
    """The numbers of one column, added up from the top, so that any stretch of rows is a difference."""

    def __init__(self, numbers: Sequence[StoredCell]) -> None:
        self._rows = [cell.row for cell in numbers]
        self._sums = list(accumulate((Decimal(cell.value) for cell in numbers), initial=Decimal()))

    def between(self, first: int, last: int) -> Decimal:
        """The sum of the numbers from row ``first`` to row ``last``."""
        return self._sums[bisect_right(self._rows, last)] - self._sums[bisect_left(self._rows, first)]


def _unit(above: Sequence[Sequence[Cell]]) -> str:
    """The unit that a line above the table tells; that of 填报单位 is none."""
    texts = (_OTHER_UNITS.sub("", cell.text) for row in above for cell in row)
    return next((found[1] for text in texts if (found := _UNIT.search(text))), "")
