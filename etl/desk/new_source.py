"""Makes the folder of a new source with its empty tables, so that a person has only numbers left to enter."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import re
from pathlib import Path

from etl.errors import Problem, Refused, Where
from etl.schema import FACTS, STATEMENTS, Table

NAME = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)+")


def new_source(folder: Path, name: str, *, title: str, publisher: str, place: str, document: Path | None) -> Path:
    """The new folder ``sources/<date>-<publisher>-<topic>``; the document's SHA-256 is entered when it is given.

    Raises Refused for a name of another shape or one that is taken.
    """
    where = Where("sources")
    if not NAME.fullmatch(name):
        raise Refused(
            [Problem("E-110", where, "来源名称格式不对", name, "日期-发布者-主题，如 2019-03-21-xuchang-reading")]
        )
    day = _day(name, where)
    path = folder / "sources" / name
    if path.exists():
        raise Refused([Problem("E-403", where, "来源已存在", name, remedy="请换一个主题名")])
    digest = hashlib.sha256(document.read_bytes()).hexdigest() if document else ""
    path.mkdir(parents=True)
    path.joinpath("source.toml").write_text(_about(title, publisher, day, place, digest), "utf-8")
    _write_header(path / "facts.csv", FACTS)
    _write_header(path / "statements.csv", STATEMENTS)
    return path


def _day(name: str, where: Where) -> dt.date:
    try:
        return dt.date.fromisoformat(name[:10])
    except ValueError as error:
        raise Refused([Problem("E-110", where, "日期无效", name[:10], "存在的日期，如 2019-03-21")]) from error


def _about(title: str, publisher: str, day: dt.date, place: str, digest: str) -> str:
    texts = {"title": title, "publisher": publisher}
    lines = [f"{name} = {_quoted(text)}" for name, text in texts.items()]
    lines += [f"published_on = {day.isoformat()}", 'dated_by = ""', f"place = {_quoted(place)}", f'sha256 = "{digest}"']
    return "\n".join([*lines, 'kind = "bulletin"', "verified = false", ""])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _write_header(path: Path, table: Table) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(table.columns)
