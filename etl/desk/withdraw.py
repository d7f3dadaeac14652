"""Takes a source back as a whole, with a reason: its numbers leave every table, that it was there and why it is not stays.

The folder moves to ``withdrawn/<source>/<n>/``, beside a withdrawn.toml; the attached document stays where it is, so that the same
document can be adopted again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from etl.build import make_tables
from etl.desk.new_source import quoted
from etl.desk.staged import Progress, folder_state, publish_change, required, source_path, staging_room
from etl.errors import Refused
from etl.readers.facts import WITHDRAWN, WITHDRAWN_FILE, SourceFolder, read_source, source_folders, withdrawn_folders


@dataclass(frozen=True)
class Withdrawn:
    """What was taken back: the source, where its folder lies now, how many numbers it had, the release in force."""

    source: str
    path: Path
    numbers: int
    release: str


def withdraw(
    folder: Path, name: str, *, by: str, reason: str, at: dt.datetime, progress: Progress = lambda step: None
) -> Withdrawn:
    """Moves the source ``name`` out of ``sources/`` and publishes the tables without it.

    Raises Refused, and then nothing has changed, when there is no such source, nobody or no reason is named, or a build without it
    would be refused (a row of a reference table names one of its numbers).
    """
    who = required(by, "撤回人", "请写是谁撤回的：--by 姓名")
    why = required(reason, "撤回理由", "请写为什么撤回：--reason 理由；它会一直留在历史里")
    home = source_path(folder, name)
    source, problems = read_source(home)
    if source is None:
        raise Refused(problems)
    before = folder_state(folder)
    earlier = [int(path.name) for path in withdrawn_folders(folder) if path.parent.name == name]
    number = max(earlier, default=0) + 1
    target, record = folder / WITHDRAWN / name / str(number), home / WITHDRAWN_FILE
    words = _record(source, who, why, at)
    with staging_room(folder) as room:
        staged = room / name / str(number)
        staged.mkdir(parents=True)
        staged.joinpath(WITHDRAWN_FILE).write_text(words, "utf-8")
        others = [path for path in source_folders(folder) if path != home]
        tables = make_tables(folder, others, progress, withdrawn=[*withdrawn_folders(folder), staged])

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


def _record(source: SourceFolder, by: str, reason: str, at: dt.datetime) -> str:
    about = source.about
    texts = {"title": about.title, "publisher": about.publisher, "withdrawn_by": by, "reason": reason}
    lines = [f"{name} = {quoted(str(text))}" for name, text in texts.items()]
    lines += [f"numbers = {len(source.facts)}", f'withdrawn_at = "{at:%Y-%m-%d %H:%M:%S}"']
    lines += [f"published_on = {about.published_on.isoformat()}"] if about.published_on else []
    lines += [f'release_at = "{about.release_at:%Y-%m-%d %H:%M:%S}"'] if about.release_at else []
    return "\n".join([*lines, ""])
