"""CSV files that people write by hand or in a spreadsheet: read as text, every defect told with its row and column.

Deliberately left out: types and meaning. A cell stays the text that stands in the file, stripped and without what nobody
sees (``invisible``); what it means is for ``typed`` below and for ``harmonise``.
"""

import csv
import datetime as dt
import io
import itertools
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from etl.errors import Problem, Where, listing, nearest, suggestion
from etl.invisible import as_seen
from etl.release.schema import COLUMNS, Table

Row = dict[str, Any]
Cell = str | int | float | bool | Decimal | dt.date | None
"""What stands in one cell; a moment is a date too."""

ENCODINGS = ("utf-8-sig", "gb18030")
LINE = "line"
"""Key under which a row remembers its line in the file; no column is called so."""

LEAVES_OUT = frozenset({"E-101", "E-102", "E-103", "E-104", "E-105", "E-106", "E-107", "E-108", "E-111", "E-112"})
"""Codes of problems for which rows, or the whole of a file, were left out without anybody having read their names."""

_LINES_ABOVE = 20
"""How far down the column names are looked for, where they do not stand in the first line."""

_DATE = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?")
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?")
_FORMULA = re.compile(r"=.|[+@](?!\d+(\.\d+)?$).")
_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "是": True, "否": False, "1": True, "0": False}


def decoded(raw: bytes) -> str:
    """Text of a file saved as UTF-8 (with or without BOM) or by Chinese Excel, as it is seen; raises UnicodeDecodeError otherwise."""
    try:
        return as_seen(raw.decode(ENCODINGS[0]))
    except UnicodeDecodeError:
        return as_seen(raw.decode(ENCODINGS[1]))


def read_rows(path: Path, table: Table, label: str) -> tuple[list[Row], list[Problem]]:
    """Rows of a CSV as text, one dict per row with the columns of ``table`` and ``LINE``, and what is wrong with the file; a row with a
    defect is left out and named. A missing file is an empty table."""
    if not path.exists():
        return [], []
    try:
        text = decoded(path.read_bytes())
    except UnicodeDecodeError as error:
        what = f"不是 UTF-8 也不是 GB18030 编码（第{error.start}字节处）"
        return [], [Problem("E-101", Where(label), what, remedy="请另存为“CSV UTF-8”")]
    if not text.strip():
        return [], [Problem("E-102", Where(label), "文件为空", remedy=f"第一行应为列名：{','.join(table.columns)}")]
    return _rows_of(text, table, label)


def read_toml(path: Path, label: str, remedy: str) -> tuple[Row | None, list[Problem]]:
    """What a TOML file says; None, and a problem, for one that is missing (then with ``remedy``) or cannot be read."""
    try:
        return tomllib.loads(decoded(path.read_bytes())), []
    except FileNotFoundError:
        return None, [Problem("E-112", Where(label), "缺少文件", remedy=remedy)]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [Problem("E-111", Where(label), "TOML 写法有误", str(error), remedy="请检查引号和等号")]


def _rows_of(text: str, table: Table, label: str) -> tuple[list[Row], list[Problem]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        header = [name.strip() for name in next(reader)]
        if wrong := _header_problem(header, reader, table, label):
            return [], [wrong]
        names = [table.column_named(name) for name in header]
        line = reader.line_num + 1
        for cells in reader:
            at, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                found, expected, remedy = str(len(cells)), f"{len(header)}列", "单元格里有逗号或换行时请加引号"
                problems.append(Problem("E-103", Where(label, at), "列数不符", found, expected, remedy))
                continue
            row: Row = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
            formulas = [name for name, cell in row.items() if name != "relation" and _FORMULA.match(cell)]
            for name in formulas:
                where, remedy = Where(label, at, name), "请把公式换成它的结果"
                problems.append(Problem("E-108", where, "单元格里是公式", row[name][:60], "文字或数值", remedy))
            if not formulas:
                rows.append({**row, LINE: at})
    except csv.Error as error:
        where, remedy = Where(label, reader.line_num), "检查这一行的引号是否成对"
        problems.append(Problem("E-104", where, "CSV 格式损坏", str(error), remedy=remedy))
    return rows, problems


def _header_problem(header: Sequence[str], below: Iterator[Sequence[str]], table: Table, label: str) -> Problem | None:
    """All that is wrong with the column names, as one problem; None where every column stands there once, in any order."""
    where, names = Where(label, 1), [table.column_named(name) for name in header]
    if not _are_names(header, table):
        found = listing([name for name in header if name])[:60]
        rows = enumerate(itertools.islice(below, _LINES_ABOVE), start=2)
        at = next((at for at, cells in rows if _are_names(cells, table)), 0)
        remedy = f"列名在第{at}行，请删去它上面的行" if at else f"请在最上面加一行列名：{','.join(table.columns)}"
        return Problem("E-105", where, "第一行不是列名", found, "列名", remedy)
    absent = [name for name in table.columns if name not in names]
    missing = [name for name in absent if name not in table.later]
    extra = [name for name in dict.fromkeys(header) if table.column_named(name) not in table.columns]
    twice = [name for name in dict.fromkeys(header) if names.count(table.column_named(name)) > 1]
    defects = [("E-105", "缺少列", missing), ("E-106", "未识别的列", extra), ("E-107", "列名重复", twice)]
    wrong = [(code, f"{what}{_quoted(names)}") for code, what, names in defects if names]
    if not wrong:
        return None
    what = "，".join(what for _, what in wrong)
    return Problem(wrong[0][0], where, what, remedy="；".join(_header_remedies(absent, missing, extra, twice)))


def _are_names(cells: Sequence[str], table: Table) -> bool:
    """Whether a row is meant as column names: at least half of what stands in it are some."""
    words = [cell.strip() for cell in cells if cell.strip()]
    return bool(words) and 2 * sum(table.column_named(cell) in table.columns for cell in words) >= len(words)


def _header_remedies(
    absent: Sequence[str], missing: Sequence[str], extra: Sequence[str], twice: Sequence[str]
) -> Iterator[str]:
    left, added = list(extra), []
    for name in absent:
        near = nearest(name, left)
        if near:
            left.remove(near)
            yield f"是否把“{near}”改为“{name}”？"
        elif name in missing:
            added.append(name)
    if added:
        yield f"请补上{listing([f'“{name}”（{COLUMNS[name].zh}）' for name in added])}，没有内容就留空"
    if left:
        yield f"请删去或改名{_quoted(left)}"
    if twice:
        yield f"{_quoted(twice)}只留一列"


def _quoted(names: Sequence[str]) -> str:
    return listing([f"“{name}”" for name in names])


def typed(rows: Sequence[Row], table: Table, label: str) -> tuple[list[Row], list[Problem]]:
    """The same rows with dates, decimals, integers and yes/no as values, checked against the columns' closed lists. A row with any
    problem is left out of the result, and every problem of every row is returned."""
    good: list[Row] = []
    problems: list[Problem] = []
    for row in rows:
        values: Row = {LINE: row[LINE]}
        wrong = []
        for name in table.columns:
            cell = row.get(name, "") if name in table.later else row[name]
            values[name], problem = _value(cell, name, table, Where(label, row[LINE], name))
            wrong += [problem] if problem else []
        problems += wrong
        if not wrong:
            good.append(values)
    return good, problems + _duplicates(good, table, label)


def _duplicates(rows: Sequence[Row], table: Table, label: str) -> list[Problem]:
    seen: dict[tuple[Cell, ...], int] = {}
    problems = []
    for row in rows:
        key = tuple(row[name] for name in table.key)
        first = seen.setdefault(key, row[LINE])
        if first != row[LINE]:
            shown = "、".join(str(part) for part in key if part not in ("", None))
            where, what = Where(label, row[LINE], listing(table.key)), f"与第{first}行重复"
            problems.append(Problem("E-203", where, what, shown, "每个键只有一行", "请删去或改正其中一行"))
    return problems


def _value(cell: str, name: str, table: Table, where: Where) -> tuple[Cell, Problem | None]:
    column, choices = COLUMNS[name], table.choices_of(name)
    if not cell:
        if table.requires(name):
            return None, Problem("E-109", where, "不能为空", expected=column.zh, remedy="请补填")
        return ("" if column.kind == "text" else None), None
    if choices and cell not in choices:
        expected, remedy = f"{listing(choices)}之一", suggestion(cell, choices)
        return None, Problem("E-202", where, "不在允许的词里", cell, expected, remedy)
    try:
        return PARSERS[column.kind](cell), None
    except (ValueError, InvalidOperation):
        expected, remedy = EXPECTED.get(column.kind, ("", ""))
        return None, Problem("E-110", where, "格式不对", cell, expected, remedy)


def parsed_date(cell: str) -> dt.date:
    """A day written 2019-03-21, 2019/3/21 or 2019年3月21日; ValueError for anything else, 2018-02-30 included."""
    if not (match := _DATE.fullmatch(cell)) or not 1949 <= int(match[1]) <= 2100:
        raise ValueError(cell)
    return dt.date(*map(int, match.groups()))


def _decimal(cell: str) -> Decimal:
    if not _DECIMAL.fullmatch(cell):
        raise ValueError(cell)
    return Decimal(cell)


def parsed_moment(cell: str) -> dt.datetime:
    """A moment in China Standard Time, written 2026-03-01 or 2026-03-01 09:00; ValueError otherwise."""
    if not (match := _MOMENT.fullmatch(cell)):
        raise ValueError(cell)
    day, hour, minute, second = (part or "0" for part in match.groups())
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(int(hour), int(minute), int(second)))


def _yes_no(cell: str) -> bool:
    if cell.lower() not in _YES_NO:
        raise ValueError(cell)
    return _YES_NO[cell.lower()]


PARSERS: Mapping[str, Callable[[str], Cell]] = {
    "text": str,
    "decimal": _decimal,
    "integer": int,
    "date": parsed_date,
    "moment": parsed_moment,
    "yes_no": _yes_no,
    "float": float,
}
EXPECTED: Mapping[str, tuple[str, str]] = {
    "decimal": ("不带单位的小数，如 1480000", "万、亿请换算成基本单位，逗号和单位请去掉"),
    "integer": ("整数", ""),
    "date": ("存在的日期，如 2019-03-21", "年份应在1949至2100之间"),
    "moment": ("时间，如 2026-03-01 09:00", ""),
    "yes_no": ("yes 或 no", ""),
    "float": ("小数", ""),
}
