"""Makes the folder of a new source with its empty tables, so that a person has only numbers left to enter."""

import csv
import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from etl.errors import Where, refused
from etl.handwritten import Row
from etl.release.schema import FACTS, STATEMENTS, Table

NAME = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)+")


def new_source(folder: Path, name: str, *, title: str, publisher: str, place: str, document: Path | None) -> Path:
    """The new folder ``sources/<date>-<publisher>-<topic>``; the document's SHA-256 is entered when it is given.

    Raises Refused for a name of another shape or one that is taken.
    """
    day = checked_name(folder, name)
    path = folder / "sources" / name
    digest = hashlib.sha256(document.read_bytes()).hexdigest() if document else ""
    path.mkdir(parents=True)
    path.joinpath("source.toml").write_text(source_toml(title, publisher, day, place, digest), "utf-8")
    write_rows(path / "facts.csv", FACTS)
    write_rows(path / "statements.csv", STATEMENTS)
    return path


def checked_name(folder: Path, name: str) -> dt.date:
    """The day a source's name begins with; raises Refused for a name of another shape or one that ``folder`` has already."""
    where = Where("sources")
    if not NAME.fullmatch(name):
        raise refused("E-110", where, "来源名称格式不对", name, "日期-发布者-主题，如 2019-03-21-xuchang-reading")
    try:
        day = dt.date.fromisoformat(name[:10])
    except ValueError as error:
        raise refused("E-110", where, "日期无效", name[:10], "存在的日期，如 2019-03-21") from error
    if (folder / "sources" / name).exists():
        raise refused("E-403", where, "来源已存在", name, remedy="请换一个主题名")
    return day


def source_toml(
    title: str,
    publisher: str,
    day: dt.date,
    place: str,
    digest: str,
    *,
    dated_by: str = "",
    checked_by: str = "",
    checked_on: dt.date | None = None,
) -> str:
    """The source.toml of a bulletin; the texts may hold anything. It counts as verified when it says who checked it."""
    lines = [f"title = {quoted(title)}", f"publisher = {quoted(publisher)}", f"published_on = {day.isoformat()}"]
    lines += [f"dated_by = {quoted(dated_by)}", f"place = {quoted(place)}"]
    lines += [f'sha256 = "{digest}"', 'kind = "bulletin"', f"verified = {str(bool(checked_by)).lower()}"]
    return "\n".join([*lines, *checked_lines(checked_by, checked_on), ""])


def checked_lines(checked_by: str, checked_on: dt.date | None) -> list[str]:
    """The lines of source.toml that say who held every number against the document, and when; none without anybody."""
    if not checked_by or not checked_on:
        return []
    return [f"checked_by = {quoted(checked_by)}", f"checked_on = {checked_on.isoformat()}"]


def quoted(text: str) -> str:
    """``text`` as a string of TOML, on one line."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def write_rows(path: Path, table: Table, rows: Sequence[Row] = ()) -> None:
    """A table people write as CSV: its header and ``rows``, cells as text, what a row lacks left empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
