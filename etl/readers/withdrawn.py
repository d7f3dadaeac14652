"""Reads what was taken back: ``withdrawn/<source>/<n>/``, the folder a source had with a withdrawn.toml that says who, when and why.

Its numbers are in no table; that it once was there, and why it is no more, is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from etl.errors import Problem, Where
from etl.handwritten import PARSERS, Cell
from etl.release.schema import COLUMNS, TABLES
from etl.rows import WithdrawnRow

WITHDRAWN = "withdrawn"
WITHDRAWN_FILE = "withdrawn.toml"


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
