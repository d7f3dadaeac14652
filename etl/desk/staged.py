"""What every change to the sources shares: it is staged apart, checked with everything that is there, and undone when it is refused."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etl.build import Built, Tables, build, published
from etl.errors import Refused, Where, refused, unknown
from etl.readers.facts import SourceFolder, read_source, source_folders, withdrawn_folders
from etl.release.publish import current

Progress = Callable[[str], None]


def mute(step: str) -> None:
    """Tells nobody of the progress."""


@dataclass(frozen=True)
class FolderState:
    """What a change starts from: the release in force, the sources, those taken back. Equal when no other hand was at work."""

    release: str | None
    sources: Sequence[Path]
    withdrawn: Sequence[Path]


def folder_state(folder: Path) -> FolderState:
    """The state of the data folder at this moment."""
    return FolderState(current(folder), source_folders(folder), withdrawn_folders(folder))


@contextmanager
def staging_room(folder: Path) -> Iterator[Path]:
    """A new folder below ``inbox/`` to stage a change in; gone afterwards, whatever happens."""
    room = folder / "inbox" / f".staging-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    room.mkdir(parents=True)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def publish_change(
    folder: Path,
    tables: Tables,
    before: FolderState,
    *,
    do: Callable[[], None],
    undo: Callable[[], None],
    progress: Progress = mute,
) -> Built:
    """Publishes ``tables``, which were made with the change, once ``do`` has made it; where the folder has changed since ``before``, builds anew.

    Raises Refused when the tables have problems, and then ``do`` never began; or when the new build has, and then ``undo`` has taken
    the change back.
    """
    if tables.problems:
        raise Refused(tables.problems)
    is_alone = before == folder_state(folder)
    do()
    try:
        return published(folder, tables, progress) if is_alone else build(folder, progress)
    except BaseException:
        undo()
        raise


def source_path(folder: Path, name: str) -> Path:
    """The folder of source ``name``; raises Refused, with the nearest name there is, when there is none."""
    known = {path.name: path for path in source_folders(folder)}
    if name not in known:
        raise Refused([unknown(Where("sources"), "来源", name, known, "sources/")])
    return known[name]


def source_named(folder: Path, name: str) -> SourceFolder:
    """The source ``name`` as it was entered; raises Refused when there is none, or with all that is wrong in its files."""
    source, problems = read_source(source_path(folder, name))
    if source is None or problems:
        raise Refused(problems)
    return source


def required(given: str, what: str, remedy: str) -> str:
    """``given`` without white space around it; raises Refused with ``remedy`` when nothing is left."""
    if not given.strip():
        raise refused("E-406", Where(what), "没有写", remedy=remedy)
    return " ".join(given.split())
