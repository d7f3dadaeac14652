"""Makes a source of a document: its numbers as facts.csv, checked against everything that is there, published or not at all.

The folder is staged outside ``sources/`` and moves there only when a build with it passes, so that no defect of a new document
ever stands in the way of the data that are already there.  A number that cannot be entered yet is set aside in waiting.csv; where
none can, nothing is written.
"""

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from etl.build import Tables, make_tables, published
from etl.desk.attach import keep
from etl.desk.enterable import describe_problem, enterable
from etl.desk.indicator_proposals import accepted, with_accepted, write_vocabulary
from etl.desk.new_source import checked_name, source_toml, write_rows
from etl.desk.proposed import QUESTIONS, proposed, with_repeats
from etl.desk.staged import FolderState, Progress, folder_state, mute, publish_change, required, staging_room
from etl.errors import Problem, Refused, Where, refused
from etl.readers.facts import read_source, source_folders
from etl.reference import read_city, read_reference
from etl.release.schema import FACTS, STATEMENTS, WAITING
from etl.release.tables import Release, now, open_release
from etl.rows import ProposedNumber

Rows = Sequence[ProposedNumber]
LONGEST_TITLE = 60
HOW_TO_PROPOSE = (
    "缺的指标可由原文拟定：python -m etl propose 文件 --published-on 发布日期 > 拟定.csv，"
    "核对并填好方向后，用 adopt --accept-proposed 拟定.csv 录入"
)
NO_PUBLISHER = "请写印在原文上的发布单位：--publisher 单位名称；原文没有印，就写 --publisher 报名未印"


@dataclass(frozen=True)
class About:
    """What a person says of a document; ``checked_by`` only when that person held every number against it.

    Without a title the first line of the text stands for it, without a place the city, without a day the one in the source's name.
    A publisher must be named.
    """

    title: str = ""
    publisher: str = ""
    place: str = ""
    published_on: dt.date | None = None
    checked_by: str = ""


@dataclass(frozen=True)
class Adopted:
    """What became of a document: its folder, how many numbers were entered, which wait and for what, the release in force."""

    source: str
    path: Path
    entered: int
    pending_rows: Rows
    release: str
    is_new: bool
    is_checked: bool = False


@dataclass(frozen=True)
class _StagedSource:
    """A document as a source in a staging room: its rows, the tables made with it, the data folder's state before.

    ``vocabulary`` holds the reference tables it was made with, ``changed_tables`` those of the data folder that differ, as they were.
    """

    path: Path
    entered: Rows
    pending_rows: Rows
    tables: Tables
    before: FolderState
    vocabulary: Path
    changed_tables: Mapping[Path, bytes]


def adopt(
    folder: Path,
    name: str,
    raw: bytes,
    text: str,
    about: About,
    *,
    rows: Rows | None = None,
    proposals: Path | None = None,
    progress: Progress = mute,
) -> Adopted:
    """Writes, checks and publishes the source ``name`` of a document with these bytes and this text.

    ``rows`` are those a person chose (etl.desk.proposed); without them every number that was read.  ``proposals`` is a table of proposed
    indicators that a person completed: they and their units come into the reference tables with the source.  Raises Refused, and then leaves no trace, when the name is taken, the publisher is not named, no number can be entered, or a build with the source
    would be refused.
    """
    with _staged_source(folder, name, raw, text, about, rows=rows, proposals=proposals, progress=progress) as staged:
        keep(folder, raw, text)
        home = folder / "sources" / name

        def move_in() -> None:
            home.parent.mkdir(exist_ok=True)
            try:
                staged.path.rename(home)
            except OSError as error:
                raise refused("E-403", Where("sources"), "来源已存在", name, remedy="请换一个主题名") from error
            for path, before in staged.changed_tables.items():
                if path.read_bytes() != before:
                    home.rename(staged.path)
                    raise refused("E-403", Where(f"reference/{path.name}"), "录入时这张表被改动", remedy="请再录入一次")
            for path in staged.changed_tables:
                shutil.copyfile(staged.vocabulary / path.name, path)

        def move_out() -> None:
            home.rename(staged.path)
            for path, before in staged.changed_tables.items():
                path.write_bytes(before)

        built = publish_change(folder, staged.tables, staged.before, do=move_in, undo=move_out, progress=progress)
    count, is_checked = len(staged.entered), bool(about.checked_by.strip())
    return Adopted(name, home, count, staged.pending_rows, built.release, built.is_new, is_checked)


@contextmanager
def previewed(release: Release, name: str, raw: bytes, text: str, about: About, *, rows: Rows) -> Iterator[Release]:
    """What ``release`` would become if the chosen ``rows`` of a document were entered, for the same reader at the same moment.

    It can be read while it lasts.  Raises Refused as ``adopt`` would; the data folder stays as it is.
    """
    with (
        _staged_source(release.folder, name, raw, text, about, rows=rows, progress=mute) as staged,
        staging_room(release.folder) as room,
    ):
        made = published(room, staged.tables, mute)
        yield open_release(release.who, release.moment, made.release, folder=room)


@contextmanager
def _staged_source(
    folder: Path,
    name: str,
    raw: bytes,
    text: str,
    about: About,
    *,
    rows: Rows | None,
    proposals: Path | None = None,
    progress: Progress,
) -> Iterator[_StagedSource]:
    """The source of a document, written and checked in a staging room; nothing of the data folder has changed."""
    day = checked_name(folder, name)
    publisher = required(about.publisher, "发布单位", NO_PUBLISHER)
    digest = hashlib.sha256(raw).hexdigest()
    _refuse_known(folder, digest)
    before = folder_state(folder)
    city, published_on = read_city(folder)[0], about.published_on or day
    described = source_toml(
        about.title.strip() or first_line(text),
        publisher,
        published_on,
        about.place.strip() or city.place,
        digest,
        dated_by="录入时填写",
        checked_by=about.checked_by.strip(),
        checked_on=now().date(),
    )
    with staging_room(folder) as room:
        path = room / name
        path.mkdir()
        path.joinpath("source.toml").write_text(described, "utf-8")
        source, problems = read_source(path)
        if source is None:
            raise Refused(problems)
        reference, _ = read_reference(folder)
        wanted = proposed(text, reference, published_on, city.name) if rows is None else with_repeats(rows)
        vocabulary = folder
        if proposals:
            vocabulary, indicators = room / "vocabulary", accepted(proposals, reference)
            wanted = with_accepted(wanted, indicators, proposals.name)
            write_vocabulary(folder, vocabulary, indicators, name)
            reference, _ = read_reference(vocabulary)
        sorted_rows = enterable(wanted, source, folder, reference)
        tables, entered, pending = _checked(folder, path, vocabulary, *sorted_rows, progress)
        _refuse_nothing(entered, pending)
        own = {path: path.read_bytes() for path in (folder / "reference").glob("*.csv")}
        staged = vocabulary / "reference"
        changed = {table: raw for table, raw in own.items() if staged.joinpath(table.name).read_bytes() != raw}
        yield _StagedSource(path, entered, pending, tables, before, staged, changed)


def _refuse_known(folder: Path, digest: str) -> None:
    """Raises Refused for a document whose very bytes a source was entered from: its numbers would all stand twice."""
    for path in source_folders(folder):
        source, _ = read_source(path)
        if source and source.about.sha256 == digest:
            remedy = "要改正其中的数，请写这个来源的 corrections.toml；要整篇撤回，请用 python -m etl withdraw"
            raise refused("E-405", Where("sources"), "这份文件已经录入", path.name, "还没有录入的文件", remedy)


def _refuse_nothing(entered: Rows, pending: Rows) -> None:
    """Raises Refused, with what each number lacks, where none can be entered."""
    if entered:
        return
    remedy = "什么也没有写，什么也没有发布；请按下面各条补齐，再录入一次" if pending else "什么也没有写，什么也没有发布"
    if lacks_indicators(pending):
        remedy = f"{remedy}；{HOW_TO_PROPOSE}"
    nothing = Problem("E-407", Where("全文"), "没有一个数可以录入", remedy=remedy)
    lacking = [  # padded, so that problems sort as the document reads
        Problem("E-407", Where(f"第{row.seq:>2}个数“{row.as_printed}”"), row.missing) for row in pending
    ]
    raise Refused([nothing, *lacking])


def lacks_indicators(pending: Rows) -> bool:
    """Whether some of the numbers that wait lack an indicator."""
    return any(QUESTIONS["indicator"] in row.missing for row in pending)


def first_line(text: str) -> str:
    """The first line with words in it, short enough for a title."""
    lines = (line.strip("#*　 \t") for line in text.splitlines())
    return next((line for line in lines if line), "")[:LONGEST_TITLE]


def _checked(
    folder: Path,
    staged: Path,
    vocabulary: Path,
    entered: list[ProposedNumber],
    pending: list[ProposedNumber],
    progress: Progress,
) -> tuple[Tables, list[ProposedNumber], list[ProposedNumber]]:
    """The tables with the staged source; a row that only a build finds fault with joins those that wait."""
    while True:
        write_rows(staged / "facts.csv", FACTS, [row.cells() for row in entered])
        write_rows(staged / "statements.csv", STATEMENTS)
        if pending:
            write_rows(staged / "waiting.csv", WAITING, [row.cells() for row in pending])
        tables = make_tables(folder, [*source_folders(folder), staged], progress, vocabulary=vocabulary)
        if not tables.problems:
            return tables, entered, pending
        label = f"sources/{staged.name}/facts.csv"
        faults = {
            problem.where.row: describe_problem(problem)
            for problem in tables.problems
            if problem.where.file == label and problem.where.row > 1
        }
        if not faults:
            raise Refused(tables.problems)
        pending += [replace(row, missing=faults[at]) for at, row in enumerate(entered, start=2) if at in faults]
        entered = with_repeats([row for at, row in enumerate(entered, start=2) if at not in faults])
