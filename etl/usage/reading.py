"""Reads the files that were not read before, batch by batch in the order of delivery, and keeps each file's partial results."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ibis.expr.types as ir

from etl.errors import Problem, Where
from etl.readers.gate_log import LogFile
from etl.readers.gate_log_file import Layout, words
from etl.reference import Reference
from etl.rows import FacilityRow
from etl.usage import partials
from etl.usage.cache import Cache, Entry
from etl.usage.engine import CannotRead, Columns, Engine
from etl.usage.records import BatchFile, IdSpan
from etl.usage.rows import ACTIONS, staged, typed

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Log:
    """A file of one source, with the key its partial results are kept under."""

    source: str
    file: LogFile
    key: str

    @property
    def where(self) -> Where:
        """Where it stands, for messages."""
        return Where(f"sources/{self.source}/{self.file.name}")


@dataclass(frozen=True)
class Spaces:
    """The facilities in the order of their ids: a number, the words each is called by in logs, and the day it opened."""

    ids: tuple[str, ...]
    words: Mapping[str, int]
    opened_on: Sequence[dt.date | None]


def spaces_of(reference: Reference) -> Spaces:
    """Every facility; it is called by its id and, where no other has the same, by its name."""
    rows = sorted(reference.rows(FacilityRow), key=lambda row: row.facility)
    times = Counter(row.name for row in rows)
    called = {row.name: number for number, row in enumerate(rows) if times[row.name] == 1}
    called |= {row.facility: number for number, row in enumerate(rows)}
    return Spaces(tuple(row.facility for row in rows), called, [row.opened_on for row in rows])


def read_logs(logs: Sequence[Log], spaces: Spaces, engine: Engine, cache: Cache, progress: Progress) -> list[Problem]:
    """Adds to ``cache`` what it does not hold yet of ``logs``; a problem for each file that the engine cannot read."""
    wanted = {log.key: log for log in logs if log.key not in cache.entries}
    if not wanted:
        return []
    actions, numbers = words("action"), list(spaces.words.values())
    codes = [ACTIONS.index(means) + 1 for means in actions.values()]
    engine.given("actions", {"word": ("text", list(actions)), "code": ("int8", codes)})
    opened_on = [spaces.opened_on[number] for number in numbers]
    columns: Columns = {"space": ("int16", numbers), "opened_on": ("date", opened_on)}
    engine.given("spaces", {"word": ("text", list(spaces.words)), **columns})
    total, done, start = sum(log.file.content.rows for log in wanted.values()), 0, time.monotonic()
    problems = []
    for batch in batches(list(wanted.values()), engine.batch_rows):
        progress(_progress_text(done, total, time.monotonic() - start))
        try:
            _read_batch(batch, engine, cache)
        except CannotRead as error:
            problems += _culprits(batch, engine, error)
        done += sum(log.file.content.rows for log in batch)
    progress(_progress_text(done, total, time.monotonic() - start))
    return problems


def _progress_text(done: int, total: int, seconds: float) -> str:
    speed = f"，每秒 {done / seconds:,.0f} 行" if done else ""
    return f"读取日志 {done:,}/{total:,} 行{speed}"


def batches(logs: Sequence[Log], most_rows: int) -> Iterator[list[Log]]:
    """``logs`` in pieces of one layout and encoding and at most ``most_rows`` rows, or one file; in the order of delivery."""
    groups: dict[tuple[Layout, bool], list[Log]] = {}
    for log in sorted(logs, key=lambda log: (log.file.order, log.source)):
        groups.setdefault((log.file.content.layout, _needs_recoding(log.file)), []).append(log)
    for group in groups.values():
        batch: list[Log] = []
        rows = 0
        for log in group:
            if batch and rows + log.file.content.rows > most_rows:
                yield batch
                batch, rows = [], 0
            batch.append(log)
            rows += log.file.content.rows
        yield batch


def _needs_recoding(file: LogFile) -> bool:
    return file.content.encoding not in ("", "utf-8-sig")


def _read_batch(batch: Sequence[Log], engine: Engine, cache: Cache) -> None:
    layout = batch[0].file.content.layout
    recoded = [path for log in batch if _needs_recoding(log.file) for path in [_recoded(log, engine.spill)]]
    raw = engine.raw(recoded or [log.file.path for log in batch], layout, cache.salt)
    rows = engine.numbered(engine.keep("typed", typed(raw)))
    counted = rows.group_by("at").agg(before=rows.row.min(), rows=rows.count())
    found = {file.at: file for file in engine.records(counted, BatchFile)}
    for path in recoded:
        path.unlink()
    numbers = [cache.number() for _ in batch]
    header = 1 if layout.form == "csv" else 0
    columns: Columns = {
        "at": ("int32", range(len(batch))),
        "file": ("int32", numbers),
        "first": ("date", [log.file.first for log in batch]),
        "last": ("date", [log.file.last for log in batch]),
        "before": ("int64", [found[at].before - 1 - header if at in found else 0 for at in range(len(batch))]),
    }
    tables = engine.given("files", columns), engine.table("spaces"), engine.table("actions")
    ready = engine.keep("staged", staged(rows, *tables))
    engine.drop("typed")
    shard = cache.shard()
    for name, kept in _partials(ready, engine, cache).items():
        engine.write(kept, shard / f"{name}.parquet")
    engine.drop("staged")
    for at, (log, number) in enumerate(zip(batch, numbers, strict=True)):
        cache.entries[log.key] = Entry(number, shard.name, found[at].rows if at in found else 0)


def _partials(ready: ir.Table, engine: Engine, cache: Cache) -> dict[str, ir.Table]:
    made = {name: getattr(partials, name)(ready) for name in ("cells", "faults", "readers", "ids", "texts")}
    earlier = {
        name: engine.stored(f"earlier_{name}", paths) if (paths := cache.paths(name)) else made[name].limit(0)
        for name in ("ids", "texts")
    }
    (span,) = engine.records(partials.span(made["ids"]), IdSpan)
    near = earlier["ids"].filter(earlier["ids"].id.between(span.low or 0, span.high or 0))
    return made | {"claims": partials.claims(ready, near, earlier["texts"])}


def _recoded(log: Log, home: Path) -> Path:
    """A copy of the file in UTF-8, which is all the engine reads."""
    path = home / f"{log.file.content.sha256}.csv"
    with (
        log.file.path.open(encoding=log.file.content.encoding, newline="") as old,
        path.open("w", encoding="utf-8", newline="") as new,
    ):
        while text := old.read(1 << 20):
            new.write(text)
    return path


def _culprits(batch: Sequence[Log], engine: Engine, error: CannotRead) -> list[Problem]:
    """A problem for each file of a batch that cannot be read; for all of them together where none can be blamed alone."""
    problems = []
    for log in batch:
        path = _recoded(log, engine.spill) if _needs_recoding(log.file) else log.file.path
        try:
            engine.check(path, log.file.content.layout)
        except CannotRead as found:
            problems.append(_unreadable(log, found))
    return problems or [_unreadable(batch[0], error)]


def _unreadable(log: Log, error: CannotRead) -> Problem:
    where, remedy = replace(log.where, row=error.row), "请重新导出；单元格里有逗号或引号时请加引号"
    if error.columns:
        expected, found = error.columns
        return Problem("E-103", where, "列数不符", str(found), f"{expected}列", remedy)
    return Problem("E-104", where, "文件损坏，读不下去", remedy=remedy)
