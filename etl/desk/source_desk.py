"""What a steward does with a source: marks it as checked, number after number, or takes it back as a whole, with a reason.

Who confirmed which number is kept in checked.csv beside facts.csv, with the row as it stood then: what is changed afterwards has to
be confirmed anew.  The last confirmation writes ``verified = true``, who and when into source.toml and publishes.

What is taken back leaves every table; that it was there and why it is not stays: the folder moves to ``withdrawn/<source>/<n>/``, beside a
withdrawn.toml; the attached document stays where it is, so that the same document can be adopted again.
"""

import csv
import datetime as dt
import re
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.attached import Document, read_document
from etl.build import make_tables
from etl.desk.new_source import checked_lines, quoted, write_rows
from etl.desk.staged import (
    Progress,
    folder_state,
    mute,
    publish_change,
    required,
    source_named,
    source_path,
    staging_room,
)
from etl.errors import Problem, Refused, Where, refused
from etl.handwritten import LINE, Row, decoded, read_rows
from etl.readers import facts
from etl.release.schema import CHECKED, FACTS

CHECKED_FILE = "checked.csv"
AROUND = 40
"""Characters shown on each side of a number."""

_VERIFIED = re.compile(r"^\s*verified\s*=.*$", re.MULTILINE)
_CHECKED = re.compile(r"^\s*checked_(?:by|on)\s*=.*\n?", re.MULTILINE)


@dataclass(frozen=True)
class NumberToCheck:
    """A number as it was entered (``row``, cells as text) with the words around it in its document; ``checked_by`` who confirmed it.

    ``printed`` is what stands in the document where it should be, "" where its position is no position in a text.
    """

    row: Row
    before: str
    printed: str
    behind: str
    checked_by: str

    @property
    def seq(self) -> int:
        """Its number in the source."""
        return int(self.row["seq"])

    @property
    def differs(self) -> bool:
        """Whether the document prints something else at its position."""
        return bool(self.printed) and _plain(self.printed) != _plain(self.row["as_printed"])


@dataclass(frozen=True)
class Verified:
    """How many numbers of a source are confirmed, which are not yet, and the release in force once none is left."""

    source: str
    confirmed: int
    left: Sequence[int]
    release: str = ""


def numbers_to_check(folder: Path, name: str) -> list[NumberToCheck]:
    """The numbers of source ``name`` in reading order with the text around each.

    Raises Refused when there is no such source or its document is not attached here.
    """
    source, path = source_named(folder, name), folder / "sources" / name
    rows = sorted(read_rows(path / "facts.csv", FACTS, "")[0], key=lambda row: int(row["seq"]))
    numbers = [(int(row["seq"]), row["as_printed"], row["locator"]) for row in rows]
    document = read_document(folder, source.about.sha256, name, numbers)
    if not document:
        remedy = f"请先收下原文：python -m etl attach {name} 文件"
        raise refused("E-408", Where(f"sources/{name}"), "原文不在这台机器上，无法逐数核对", remedy=remedy)
    confirmed = _confirmed(path, rows)
    return [_number(row, document, confirmed.get(row["seq"], "")) for row in rows]


def verify_source(
    folder: Path, name: str, seqs: Collection[int], *, by: str, on: dt.date, progress: Progress = mute
) -> Verified:
    """Remembers that ``by`` held the numbers ``seqs`` against the document; with the last one the source is published as verified.

    Raises Refused, and then nothing has changed, when nobody is named, a number is unknown or prints something else, or a build with
    the source as verified would be refused.
    """
    who = required(by, "核对人", "请写是谁核对的：--by 姓名")
    path, numbers = folder / "sources" / name, numbers_to_check(folder, name)
    _refuse_wrong(name, numbers, seqs)
    confirmed = {number.seq: number.checked_by or (who if number.seq in seqs else "") for number in numbers}
    left = [seq for seq, checked_by in confirmed.items() if not checked_by]
    before = folder_state(folder)
    with staging_room(folder) as room:
        staged = room / name
        shutil.copytree(path, staged)
        write_rows(staged / CHECKED_FILE, CHECKED, _checked_rows(path, numbers, confirmed, on))
        if left:
            staged.joinpath(CHECKED_FILE).replace(path / CHECKED_FILE)
            return Verified(name, len(numbers) - len(left), left)
        people = "、".join(dict.fromkeys(confirmed.values())) or who
        _mark_verified(staged / facts.SOURCE_FILE, people, on)
        others = [source for source in facts.source_folders(folder) if source != path]
        tables = make_tables(folder, sorted([*others, staged], key=lambda source: source.name), progress)
        changed = [path / CHECKED_FILE, path / facts.SOURCE_FILE]
        old = {file: file.read_bytes() for file in changed if file.exists()}

        def put_in_place() -> None:
            for file in changed:
                staged.joinpath(file.name).replace(file)

        def put_back() -> None:
            for file in changed:
                file.write_bytes(old[file]) if file in old else file.unlink(missing_ok=True)

        built = publish_change(folder, tables, before, do=put_in_place, undo=put_back, progress=progress)
    return Verified(name, len(numbers), [], built.release)


def _number(row: Row, document: Document, checked_by: str) -> NumberToCheck:
    text, (start, end) = document.text, document.spans.get(int(row["seq"]), (0, 0))
    before, behind = (text[max(0, start - AROUND) : start], text[end : end + AROUND]) if end else ("", "")
    return NumberToCheck(row, " ".join(before.split()), text[start:end], " ".join(behind.split()), checked_by)


def _plain(text: str) -> str:
    return "".join(text.split())


def _confirmed(path: Path, rows: Sequence[Row]) -> dict[str, str]:
    """Sequence number -> who confirmed it, of the rows that have not changed since."""
    now_there = {row["seq"]: [row.get(name, "") for name in FACTS.columns] for row in rows}
    return {
        row["seq"]: row["checked_by"]
        for row in _read_checked(path)
        if now_there.get(row["seq"]) == [row.get(name, "") for name in FACTS.columns]
    }


def _read_checked(path: Path) -> list[dict[str, str]]:
    try:
        with path.joinpath(CHECKED_FILE).open(encoding="utf-8-sig", newline="") as file:
            return [row for row in csv.DictReader(file) if row.get("seq") and row.get("checked_by")]
    except FileNotFoundError:
        return []


def _checked_rows(path: Path, numbers: Sequence[NumberToCheck], confirmed: Mapping[int, str], on: dt.date) -> list[Row]:
    before = {row["seq"]: row.get("checked_on", "") for row in _read_checked(path)}
    days = {
        number.seq: before.get(number.row["seq"], "") if number.checked_by else on.isoformat() for number in numbers
    }
    return [
        number.row | {"checked_by": confirmed[number.seq], "checked_on": days[number.seq]}
        for number in numbers
        if confirmed[number.seq]
    ]


def _refuse_wrong(name: str, numbers: Sequence[NumberToCheck], seqs: Collection[int]) -> None:
    known = {number.seq: number for number in numbers}
    label = f"sources/{name}/facts.csv"
    problems = [
        Problem("E-409", Where(label), "没有这个序号的数", str(seq), f"1—{max(known, default=0)}中的一个")
        for seq in seqs
        if seq not in known
    ]
    what, remedy = "原文在这个位置印的不是这个数", "请先改正 facts.csv 中的位置或写法，再核对"
    for number in (known[seq] for seq in seqs if seq in known and known[seq].differs):
        where, expected = Where(label, number.row[LINE], "locator"), f"“{number.row['as_printed']}”"
        problems.append(Problem("E-409", where, what, number.printed, expected, remedy))
    if problems:
        raise Refused(problems)


def _mark_verified(path: Path, by: str, on: dt.date) -> None:
    """Writes into source.toml that it is verified, by whom and when; everything else stays as people wrote it."""
    text = _CHECKED.sub("", decoded(path.read_bytes()))
    lines = "\n".join(["verified = true", *checked_lines(by, on)])
    path.write_text(_VERIFIED.sub(lambda _: lines, text, count=1), "utf-8")


@dataclass(frozen=True)
class Withdrawn:
    """What was taken back: the source, where its folder lies now, how many numbers it had, the release in force."""

    source: str
    path: Path
    numbers: int
    release: str


def withdraw(folder: Path, name: str, *, by: str, reason: str, at: dt.datetime, progress: Progress = mute) -> Withdrawn:
    """Moves the source ``name`` out of ``sources/`` and publishes the tables without it.

    Raises Refused, and then nothing has changed, when there is no such source, nobody or no reason is named, or a build without it
    would be refused (a row of a reference table names one of its numbers).
    """
    who = required(by, "撤回人", "请写是谁撤回的：--by 姓名")
    why = required(reason, "撤回理由", "请写为什么撤回：--reason 理由；它会一直留在历史里")
    home = source_path(folder, name)
    source, problems = facts.read_source(home)
    if source is None:
        raise Refused(problems)
    before = folder_state(folder)
    earlier = [int(path.name) for path in facts.withdrawn_folders(folder) if path.parent.name == name]
    number = max(earlier, default=0) + 1
    target, record = folder / facts.WITHDRAWN / name / str(number), home / facts.WITHDRAWN_FILE
    words = _record(source, who, why, at)
    with staging_room(folder) as room:
        staged = room / name / str(number)
        staged.mkdir(parents=True)
        staged.joinpath(facts.WITHDRAWN_FILE).write_text(words, "utf-8")
        others = [path for path in facts.source_folders(folder) if path != home]
        tables = make_tables(folder, others, progress, withdrawn=[*facts.withdrawn_folders(folder), staged])

    def move() -> None:
        record.write_text(words, "utf-8")
        target.parent.mkdir(parents=True, exist_ok=True)
        home.rename(target)

    def move_back() -> None:
        target.rename(home)
        record.unlink()
        for empty in (target.parent, target.parent.parent):
            if not any(empty.iterdir()):
                empty.rmdir()

    built = publish_change(folder, tables, before, do=move, undo=move_back, progress=progress)
    return Withdrawn(name, target, len(source.facts), built.release)


def _record(source: facts.SourceFolder, by: str, reason: str, at: dt.datetime) -> str:
    about = source.about
    texts = {"title": about.title, "publisher": about.publisher, "withdrawn_by": by, "reason": reason}
    lines = [f"{name} = {quoted(str(text))}" for name, text in texts.items()]
    lines += [f"numbers = {len(source.facts)}", f'withdrawn_at = "{at:%Y-%m-%d %H:%M:%S}"']
    lines += [f"published_on = {about.published_on.isoformat()}"] if about.published_on else []
    lines += [f'release_at = "{about.release_at:%Y-%m-%d %H:%M:%S}"'] if about.release_at else []
    return "\n".join([*lines, ""])
