"""Applies corrections.toml: a correction is data with a reason, and an ``expect`` that fails once the source repairs itself."""

from __future__ import annotations

from etl.errors import Problem, Where
from etl.handwritten import PARSERS, Row
from etl.readers.facts import SourceFolder
from etl.release.schema import COLUMNS, FACTS

CORRECTABLE = tuple(name for name in FACTS.columns if name not in ("seq", "as_printed", "locator"))


def corrected(source: SourceFolder) -> tuple[list[Row], list[Problem]]:
    """The facts of ``source`` with its corrections applied; each touched row says so in ``corrected`` (old -> new, reason)."""
    rows = {row["seq"]: {**row, "corrected": ""} for row in source.facts}
    problems = []
    for number, correction in enumerate(source.corrections, start=1):
        where = Where(f"sources/{source.name}/corrections.toml", number, str(correction["column"]))
        problem = _apply(rows.get(correction["seq"]), correction, where)
        problems += [problem] if problem else []
    return list(rows.values()), problems


def _apply(row: Row | None, correction: Row, where: Where) -> Problem | None:
    column, expect = correction["column"], correction["expect"]
    if row is None:
        return Problem("E-205", where, "要更正的数不存在", str(correction["seq"]), "facts.csv 中的一个序号")
    if column not in CORRECTABLE:
        return Problem("E-205", where, "这一列不能更正", column, "、".join(CORRECTABLE))
    if _as_text(row[column]) != str(expect):
        remedy = "来源可能已自行改正，请核对后删去这条更正"
        return Problem("E-206", where, "原值已不是更正所针对的值", _as_text(row[column]), f"“{expect}”", remedy)
    try:
        row[column] = PARSERS[COLUMNS[column].kind](str(correction["value"]))
    except (ValueError, ArithmeticError):
        return Problem("E-110", where, "格式不对", str(correction["value"]), COLUMNS[column].zh)
    change = f"{column} 原为“{expect}”，更正为“{correction['value']}”"
    why = f"：{correction['reason']}（{correction['by']}，{correction['on']}）"
    row["corrected"] = ";".join(filter(None, [row["corrected"], change + why]))
    return None


def _as_text(value: object) -> str:
    return "" if value is None else str(value)
