"""Makes a source of a document: its numbers as facts.csv, checked against everything that is there, published or not at all.

The folder is staged outside ``sources/`` and moves there only when a build with it passes, so that no defect of a new document
ever stands in the way of the data that are already there.  A number that cannot be entered yet is set aside in waiting.csv.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.build import Built, Tables, build, make_tables, published
from etl.desk.attach import keep
from etl.desk.enterable import enterable, said
from etl.desk.new_source import checked_name, source_toml, write_rows
from etl.desk.proposed import proposed, with_repeats
from etl.errors import Problem, Refused, Where
from etl.handwritten import Row
from etl.publish import current
from etl.readers.facts import read_source, source_folders
from etl.reference import read_city, read_reference
from etl.schema import FACTS, STATEMENTS, WAITING

Progress = Callable[[str], None]
UNNAMED = "未注明"
LONGEST_TITLE = 60


@dataclass(frozen=True)
class About:
    """What a person says of a document; ``verified`` only when they held every number against it.

    Without a title the first line of the text stands for it, without a place the city, without a day the one in the source's name.
    """

    title: str = ""
    publisher: str = ""
    place: str = ""
    published_on: dt.date | None = None
    verified: bool = False


@dataclass(frozen=True)
class Adopted:
    """What became of a document: its folder, how many numbers were entered, which wait and for what, the release in force."""

    source: str
    path: Path
    entered: int
    waiting: Sequence[Row]
    release: str
    is_new: bool


def adopt(
    folder: Path,
    name: str,
    raw: bytes,
    text: str,
    about: About,
    *,
    rows: Sequence[Row] | None = None,
    progress: Progress = lambda step: None,
) -> Adopted:
    """Writes, checks and publishes the source ``name`` of a document with these bytes and this text.

    ``rows`` are the rows of facts.csv a person chose (etl.desk.proposed); without them every number that was read.  Raises Refused,
    and then leaves no trace, when the name is taken or a build with the source would be refused.
    """
    day = checked_name(folder, name)
    _refuse_known(folder, raw)
    room = folder / "inbox" / f".adopting-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    staged = room / name
    before = current(folder), source_folders(folder)
    try:
        staged.mkdir(parents=True)
        staged.joinpath("source.toml").write_text(_toml(folder, raw, text, about, day), "utf-8")
        entered, waiting = _chosen(folder, staged, text, rows, about.published_on or day)
        tables, entered, waiting = _checked(folder, staged, entered, waiting, progress)
        keep(folder, raw, text)
        is_alone = before == (current(folder), source_folders(folder))
        built = _published(folder, staged, tables if is_alone else None, progress)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return Adopted(name, folder / "sources" / name, len(entered), waiting, built.release, built.is_new)


def _refuse_known(folder: Path, raw: bytes) -> None:
    """Raises Refused for a document whose very bytes a source was entered from: its numbers would all stand twice."""
    digest = hashlib.sha256(raw).hexdigest()
    for path in source_folders(folder):
        source, _ = read_source(path)
        if source and source.about["sha256"] == digest:
            remedy = "要改正其中的数，请写这个来源的 corrections.toml"
            raise Refused(
                [Problem("E-405", Where("sources"), "这份文件已经录入", path.name, "还没有录入的文件", remedy)]
            )


def _toml(folder: Path, raw: bytes, text: str, about: About, day: dt.date) -> str:
    return source_toml(
        about.title.strip() or first_line(text),
        about.publisher.strip() or UNNAMED,
        about.published_on or day,
        about.place.strip() or read_city(folder)[0].place,
        hashlib.sha256(raw).hexdigest(),
        dated_by="录入时填写",
        verified=about.verified,
    )


def first_line(text: str) -> str:
    """The first line with words in it, short enough for a title."""
    lines = (line.strip("#*　 \t") for line in text.splitlines())
    return next((line for line in lines if line), "")[:LONGEST_TITLE]


def _chosen(
    folder: Path, staged: Path, text: str, rows: Sequence[Row] | None, day: dt.date
) -> tuple[list[Row], list[Row]]:
    reference, _ = read_reference(folder)
    source, problems = read_source(staged)
    if source is None:
        raise Refused(problems)
    wanted = proposed(text, reference, day) if rows is None else with_repeats(rows)
    return enterable(wanted, source, folder, reference)


def _checked(
    folder: Path, staged: Path, entered: list[Row], waiting: list[Row], progress: Progress
) -> tuple[Tables, list[Row], list[Row]]:
    """The tables with the staged source; a row that only a build finds fault with joins those that wait."""
    while True:
        _write(staged, entered, waiting)
        tables = make_tables(folder, [*source_folders(folder), staged], progress)
        if not tables.problems:
            return tables, entered, waiting
        label = f"sources/{staged.name}/facts.csv"
        faults = {p.where.row: said(p) for p in tables.problems if p.where.file == label and p.where.row > 1}
        if not faults:
            raise Refused(tables.problems)
        waiting = [
            *waiting,
            *(row | {"missing": faults[at]} for at, row in enumerate(entered, start=2) if at in faults),
        ]
        entered = with_repeats([row for at, row in enumerate(entered, start=2) if at not in faults])


def _write(staged: Path, entered: Sequence[Row], waiting: Sequence[Row]) -> None:
    write_rows(staged / "facts.csv", FACTS, entered)
    write_rows(staged / "statements.csv", STATEMENTS)
    if waiting:
        write_rows(staged / "waiting.csv", WAITING, waiting)


def _published(folder: Path, staged: Path, tables: Tables | None, progress: Progress) -> Built:
    """Moves the source into place and publishes the ``tables`` made with it; without them (another hand was at work) builds anew.

    What is refused then moves out again.
    """
    home = folder / "sources" / staged.name
    home.parent.mkdir(exist_ok=True)
    try:
        staged.rename(home)
    except OSError as error:
        raise Refused(
            [Problem("E-403", Where("sources"), "来源已存在", staged.name, remedy="请换一个主题名")]
        ) from error
    try:
        return published(folder, tables, progress) if tables else build(folder, progress)
    except BaseException:
        home.rename(staged)
        raise
