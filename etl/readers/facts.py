"""Reads one folder of ``sources/``: source.toml, facts.csv, statements.csv and corrections.toml, as people wrote them.

What was taken back lies in ``withdrawn/<source>/<n>/``, the folder a source had with a withdrawn.toml that says who, when and why: its
numbers are in no table; that it once was there, and why it is no more, is.  Deliberately left out: whether the words name anything.
That is for ``harmonise``, which sees the reference tables.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from etl.errors import Problem, Where, listing
from etl.handwritten import LINE, PARSERS, Cell, parsed_date, parsed_moment, read_rows, read_toml, typed
from etl.release.schema import COLUMNS, FACTS, STATEMENTS, TABLES, Table
from etl.rows import Correction, Observation, SourceRow, StatementRow, WithdrawnRow, Written

SOURCE_FILE = "source.toml"
WITHDRAWN = "withdrawn"
WITHDRAWN_FILE = "withdrawn.toml"
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
    facts, of_facts = _read(path / "facts.csv", f"{label}/facts.csv", FACTS, Observation)
    statements, of_statements = _read(path / "statements.csv", f"{label}/statements.csv", STATEMENTS, StatementRow)
    corrections, of_corrections = _corrections(path / "corrections.toml", f"{label}/corrections.toml")
    problems += [*of_facts, *of_statements, *of_corrections]
    return SourceFolder(path.name, about, facts, statements, corrections) if about else None, problems


def _read(path: Path, label: str, table: Table, kind: type[WrittenRow]) -> tuple[list[WrittenRow], list[Problem]]:
    rows, broken = read_rows(path, table, label)
    good, wrong = typed(rows, table, label)
    return list(map(kind.of, good)), broken + wrong


def _about(path: Path, label: str) -> tuple[SourceRow | None, list[Problem]]:
    fields, problems = read_toml(path, label, f"每个来源文件夹都要有 {path.name}")
    if fields is None:
        return None, problems

    def refuse(code: str, name: str, what: str, expected: str = "", remedy: str = "") -> None:
        found = "" if name not in fields else name if code == "E-106" else str(fields[name])
        problems.append(Problem(code, Where(label, column=name), what, found, expected, remedy))

    for name in (name for name in _MUST if name not in fields):
        refuse("E-105", name, f"缺少“{name}”", remedy="请补填")
    for name in (name for name in fields if name not in _MUST + _MAY):
        refuse("E-106", name, "未识别的项", f"{listing(_MUST + _MAY)}之一")
    if fields.get("sha256") and not _SHA256.fullmatch(str(fields["sha256"])):
        refuse("E-110", "sha256", "格式不对", "64位小写十六进制数")
    kinds = TABLES["sources"].choices["kind"]
    if fields.get("kind", kinds[0]) not in kinds:
        refuse("E-202", "kind", "不在允许的词里", f"{listing(kinds)}之一")
    if not isinstance(fields.get("verified", True), bool):
        refuse("E-110", "verified", "格式不对", "true 或 false")
    share = fields.get("max_quarantined_share", 0)
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        refuse("E-110", "max_quarantined_share", "格式不对", "0 到 1 之间的数，如 0.01")
    for name, parse in (("published_on", parsed_date), ("checked_on", parsed_date), ("release_at", parsed_moment)):
        try:
            fields[name] = parse(str(fields[name])) if fields.get(name) else None
        except ValueError:
            refuse("E-110", name, "日期无效", "存在的日期，如 2019-03-21")
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


def withdrawn_folders(folder: Path) -> list[Path]:
    """The folders of what was taken back, by source and in the order in which it was."""
    found = (path for path in (folder / WITHDRAWN).glob("*/*") if path.is_dir() and path.name.isdigit())
    return sorted(found, key=lambda path: (path.parent.name, int(path.name)))


def read_withdrawn(paths: Sequence[Path]) -> tuple[list[WithdrawnRow], list[Problem]]:
    """One row of table ``withdrawn`` per folder, and what is wrong with the others."""
    rows, problems, columns = [], [], TABLES[WITHDRAWN].columns
    for path in paths:
        label = f"{WITHDRAWN}/{path.parent.name}/{path.name}/{WITHDRAWN_FILE}"
        try:
            record = tomllib.loads(path.joinpath(WITHDRAWN_FILE).read_text("utf-8"))
            record |= {"source": path.parent.name, "withdrawal": path.name}
            rows.append(WithdrawnRow.of({name: _cell(str(record.get(name, "")), name) for name in columns}))
        except (OSError, ValueError, KeyError) as error:
            remedy = "请从备份恢复这个文件；它记着谁在何时为何撤回"
            problems.append(Problem("E-111", Where(label), "撤回记录读不出", str(error), remedy=remedy))
    return rows, problems


def _cell(value: str, name: str) -> Cell:
    if not value:
        if TABLES[WITHDRAWN].requires(name):
            raise KeyError(name)
        return None if COLUMNS[name].kind in ("date", "moment") else ""
    return PARSERS[COLUMNS[name].kind](value)
