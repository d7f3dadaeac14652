"""Applies corrections.toml: a correction is data with a reason, and an ``expect`` that fails once the source repairs itself."""

from __future__ import annotations

from etl.errors import Problem, Where
from etl.handwritten import PARSERS
from etl.readers.facts import SourceFolder
from etl.release.schema import COLUMNS, FACTS
from etl.rows import Correction, Observation

CORRECTABLE = tuple(name for name in FACTS.columns if name not in ("seq", "as_printed", "locator"))


def corrected(source: SourceFolder) -> tuple[list[Observation], list[Problem]]:
    """The facts of ``source`` with its corrections applied; each touched row says so in ``corrected`` (old -> new, reason)."""
    rows = {row.seq: row for row in source.facts}
    problems = []
    for correction in source.corrections:
        where = Where(f"sources/{source.name}/corrections.toml", correction.line, str(correction.column))
        row = _applied(rows.get(correction.seq), correction, where)
        if isinstance(row, Problem):
            problems.append(row)
        else:
            rows[row.seq] = row
    return list(rows.values()), problems


def _applied(row: Observation | None, correction: Correction, where: Where) -> Observation | Problem:
    column, expect, value = correction.column, str(correction.expect), str(correction.value)
    if row is None:
        return Problem("E-205", where, "要更正的数不存在", str(correction.seq), "facts.csv 中的一个序号")
    if column not in CORRECTABLE:
        return Problem("E-205", where, "这一列不能更正", column, "、".join(CORRECTABLE))
    found = getattr(row, column)
    text = "" if found is None else str(found)
    if text != expect:
        remedy = "来源可能已自行改正，请核对后删去这条更正"
        return Problem("E-206", where, "原值已不是更正所针对的值", text, f"“{expect}”", remedy)
    try:
        cell = PARSERS[COLUMNS[column].kind](value)
    except (ValueError, ArithmeticError):
        return Problem("E-110", where, "格式不对", value, COLUMNS[column].zh)
    why = f"{column} 原为“{expect}”，更正为“{value}”：{correction.reason}（{correction.by}，{correction.on}）"
    return Observation.of(row.cells() | {column: cell, "corrected": ";".join(filter(None, [row.corrected, why]))})
