"""Reads one folder of ``sources/``: source.toml, facts.csv, statements.csv and corrections.toml, as people wrote them.

Deliberately left out: whether the words name anything. That is for ``harmonise``, which sees the reference tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from etl.errors import Problem, Where, listing
from etl.handwritten import LINE, parsed_date, parsed_moment, read_rows, read_toml, typed
from etl.release.schema import FACTS, STATEMENTS, TABLES, Table
from etl.rows import Correction, Observation, SourceRow, StatementRow, Written

SOURCE_FILE = "source.toml"
GATE_LOG_MAY = ("logs", "max_quarantined_share", "published")
"""What a gate log may say besides: where its files lie, what share of its rows may be quarantined, and which indicators count the same."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MUST = ("title", "publisher", "kind", "verified")
_MAY = ("published_on", "dated_by", "place", "sha256", "checked_by", "checked_on", "release_at", "note", *GATE_LOG_MAY)
_TEXTS = ("dated_by", "place", "sha256", "checked_by", "note")
WrittenRow = TypeVar("WrittenRow", bound=Written)


@dataclass(frozen=True)
class SourceFolder:
    """One source as entered: ``about`` is what source.toml says of it."""

    name: str
    about: SourceRow
    facts: Sequence[Observation] = ()
    statements: Sequence[StatementRow] = ()
    corrections: Sequence[Correction] = ()


def source_folders(folder: Path) -> list[Path]:
    """The source folders of a city, sorted by name."""
    root = folder / "sources"
    return sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []


def read_source(path: Path) -> tuple[SourceFolder | None, list[Problem]]:
    """The source that stands in ``path`` with everything that is wrong in its files; None when source.toml is unusable."""
    label = f"sources/{path.name}"
    about, problems = _about(path / SOURCE_FILE, f"{label}/{SOURCE_FILE}")
    facts, wrong = _read(path / "facts.csv", f"{label}/facts.csv", FACTS, Observation)
    problems += wrong
    statements, wrong = _read(path / "statements.csv", f"{label}/statements.csv", STATEMENTS, StatementRow)
    problems += wrong
    corrections, wrong = _corrections(path / "corrections.toml", f"{label}/corrections.toml")
    problems += wrong
    if about is None:
        return None, problems
    return SourceFolder(path.name, about, facts, statements, corrections), problems


def _read(path: Path, label: str, table: Table, kind: type[WrittenRow]) -> tuple[list[WrittenRow], list[Problem]]:
    rows, broken = read_rows(path, table, label)
    good, wrong = typed(rows, table, label)
    return list(map(kind.of, good)), broken + wrong


def _about(path: Path, label: str) -> tuple[SourceRow | None, list[Problem]]:
    fields, problems = read_toml(path, label, f"每个来源文件夹都要有 {path.name}")
    if fields is None:
        return None, problems
    problems += [
        Problem("E-105", Where(label, column=name), f"缺少“{name}”", remedy="请补填")
        for name in _MUST
        if name not in fields
    ]
    problems += [
        Problem("E-106", Where(label, column=name), "未识别的项", name, f"{listing(_MUST + _MAY)}之一")
        for name in fields
        if name not in _MUST + _MAY
    ]
    if fields.get("sha256") and not _SHA256.fullmatch(str(fields["sha256"])):
        problems.append(
            Problem("E-110", Where(label, column="sha256"), "格式不对", str(fields["sha256"]), "64位小写十六进制数")
        )
    kinds = TABLES["sources"].choices["kind"]
    if "kind" in fields and fields["kind"] not in kinds:
        problems.append(
            Problem(
                "E-202", Where(label, column="kind"), "不在允许的词里", str(fields["kind"]), f"{listing(kinds)}之一"
            )
        )
    if "verified" in fields and not isinstance(fields["verified"], bool):
        problems.append(
            Problem("E-110", Where(label, column="verified"), "格式不对", str(fields["verified"]), "true 或 false")
        )
    share = fields.get("max_quarantined_share", 0)
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        where = Where(label, column="max_quarantined_share")
        problems.append(Problem("E-110", where, "格式不对", str(share), "0 到 1 之间的数，如 0.01"))
    for name, parse in (("published_on", parsed_date), ("checked_on", parsed_date), ("release_at", parsed_moment)):
        value = fields.get(name)
        try:
            fields[name] = parse(str(value)) if value else None
        except ValueError:
            problems.append(
                Problem("E-110", Where(label, column=name), "日期无效", str(value), "存在的日期，如 2019-03-21")
            )
    if problems:
        return None, problems
    return SourceRow.of(fields | {name: fields.get(name) or "" for name in _TEXTS}), []


_CORRECTION = ("seq", "column", "expect", "value", "reason", "on", "by")


def _corrections(path: Path, label: str) -> tuple[list[Correction], list[Problem]]:
    if not path.exists():
        return [], []
    fields, problems = read_toml(path, label, "")
    good: list[Correction] = []
    for number, correction in enumerate((fields or {}).get("correction", ()), start=1):
        missing = [name for name in _CORRECTION if name not in correction]
        if missing:
            remedy = "每条更正都要写明理由、日期和经手人"
            problems.append(Problem("E-105", Where(label, number), f"更正缺少{listing(missing)}", remedy=remedy))
        else:
            good.append(Correction.of({**correction, LINE: number}))
    return good, problems
