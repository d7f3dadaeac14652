"""Gate logs to tables: what is new is read, everything in force is added up, every row is accounted for.

The one function that the pipeline calls is ``count_usage``; cities without a gate log never import this module, nor an engine.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import ibis

from etl.errors import Problem, Where
from etl.readers import gate_log, gate_log_file
from etl.readers.facts import SourceFolder
from etl.readers.gate_log import LogFile, read_gate_log
from etl.reference import City, Reference
from etl.release.publish import sha256
from etl.rows import CheckRow
from etl.rules.formula import Operands
from etl.usage import merged
from etl.usage.account import Account, accounts
from etl.usage.cache import Cache, Seen
from etl.usage.distinct import readers_by_month
from etl.usage.engine import Columns, Engine, EngineFailed
from etl.usage.open_engine import DUCKDB, FEWEST_MEGABYTES, HOMES, kind_of, megabytes, open_engine, version_of
from etl.usage.partials import PARTIALS
from etl.usage.reading import Log, Progress, Spaces, read_logs, spaces_of
from etl.usage.reconciled import Visits, reconcile
from etl.usage.records import (
    DayVisits,
    Duplicate,
    FileFault,
    FileNumber,
    FileRows,
    HourVisits,
    MonthVisits,
    QuarantineRow,
)
from etl.usage.tables import monthly, placed, scopes_of

MOST_QUARANTINED = Decimal("0.01")
"""Share of the rows of a log above which a build is refused, where its source.toml says nothing."""


@dataclass(frozen=True)
class Usage:
    """What gate logs come to: rows of the tables, what became of the rows of each source, and the hashes of all log files."""

    sources: Sequence[SourceFolder] = ()
    daily: Sequence[DayVisits] = ()
    hourly: Sequence[HourVisits] = ()
    monthly: Sequence[MonthVisits] = ()
    accounts: Sequence[Account] = ()
    hashes: Mapping[Path, str] = field(default_factory=dict)
    days: frozenset[dt.date] = frozenset()

    @property
    def tables(self) -> Mapping[str, Sequence[NamedTuple]]:
        """The rows by table of the release."""
        return {
            "visits_daily": self.daily,
            "visits_hourly": self.hourly,
            "visits_monthly": self.monthly,
            "quarantine": self.quarantine,
        }

    @property
    def quarantine(self) -> list[QuarantineRow]:
        """The reasons for which rows are not counted, by source and file."""
        return [row for account in self.accounts for row in account.quarantine]

    def checks(self, reference: Reference, operands: Operands) -> tuple[list[CheckRow], list[Problem]]:
        """Rows of ``checks`` about these logs."""
        visits = Visits(self.daily, self.hourly, self.monthly, self.days)
        return reconcile(self.sources, self.accounts, visits, reference, operands)


def count_usage(
    folder: Path,
    sources: Sequence[SourceFolder],
    reference: Reference,
    city: City,
    memory: str,
    progress: Progress,
    engine: str = DUCKDB,
) -> tuple[Usage, list[Problem]]:
    """Tables visits_daily, visits_hourly, visits_monthly and quarantine from every source of kind gate_log, and what is wrong.

    ``memory`` is what DuckDB on this machine may take; ``engine`` is ``duckdb``, or spark://host:port for a cluster. The tables are the same.
    """
    try:
        allowed = megabytes(memory)
    except ValueError:
        where = Where("--memory")
        return Usage(), [Problem("E-603", where, "内存上限看不懂或太小", memory, f"如 2GB，不少于{FEWEST_MEGABYTES}MB")]
    try:
        kind = kind_of(engine)
    except ValueError:
        return Usage(), [Problem("E-606", Where("--engine"), "不认识的引擎", engine, "duckdb 或 spark://主机:7077")]
    cache = Cache(folder, HOMES[kind])
    logs, problems = _logs(folder, sources, cache, progress)
    spaces = spaces_of(reference)
    keyed = _keyed(logs, spaces, kind)
    counted = [log for log in keyed if not log.file.ignored]
    try:
        progress("启动引擎")
        with open_engine(engine, allowed, cache.home) as running:
            usage, wrong = _counted(keyed, counted, sources, reference, city, spaces, cache, running, progress)
    except EngineFailed as error:
        return Usage(), [*problems, error.problem]
    return usage, problems + wrong


def _counted(
    keyed: Sequence[Log],
    counted: Sequence[Log],
    sources: Sequence[SourceFolder],
    reference: Reference,
    city: City,
    spaces: Spaces,
    cache: Cache,
    engine: Engine,
    progress: Progress,
) -> tuple[Usage, list[Problem]]:
    hashes = {log.file.path: log.file.content.sha256 for log in keyed}
    usage = Usage(sources, hashes=hashes, days=_days(counted))
    wrong = _until_known(counted, spaces, engine, cache, progress)
    if not wrong and counted:
        progress("汇总日志")
        usage = _merged(keyed, counted, reference, city, spaces, engine, cache, usage)
        most = {source.name: _most(source) for source in sources}
        for account in usage.accounts:
            wrong += [*account.problems(), *account.too_many(most[account.source])]
    _tidy(engine, cache)
    return usage, wrong


def _most(source: SourceFolder) -> Decimal:
    share = source.about.max_quarantined_share
    return MOST_QUARANTINED if share is None else Decimal(str(share))


def _days(counted: Sequence[Log]) -> frozenset[dt.date]:
    """The days that some file covers."""
    spans = [(log.file.first, log.file.last) for log in counted]
    return frozenset(
        first + dt.timedelta(days=number)
        for first, last in spans
        if first and last
        for number in range((last - first).days + 1)
    )


def _logs(
    folder: Path, sources: Sequence[SourceFolder], cache: Cache, progress: Progress
) -> tuple[list[tuple[SourceFolder, LogFile]], list[Problem]]:
    progress("核对日志文件")
    seen = Seen(cache)
    found: list[tuple[SourceFolder, LogFile]] = []
    problems = []
    for source in sorted(sources, key=lambda source: source.name):
        home = folder / "sources" / source.name
        if source.about.release_at:
            where = Where(f"sources/{source.name}/source.toml", column="release_at")
            problems.append(Problem("E-114", where, "门禁日志不能定时公开", remedy="请到公开之日再放入日志"))
        files, wrong = read_gate_log(home, source.about, seen.look)
        found += [(source, file) for file in files]
        problems += wrong
    seen.save()
    return found, problems


def _keyed(logs: Sequence[tuple[SourceFolder, LogFile]], spaces: Spaces, kind: str) -> list[Log]:
    """The files with the key of their partial results: whatever changes those changes the key."""
    context = _context(spaces, kind)
    keyed = []
    for source, file in logs:
        text = json.dumps([context, file.content.sha256, str(file.first), str(file.last)])
        keyed.append(Log(source.name, file, hashlib.sha256(text.encode()).hexdigest()))
    return keyed


def _context(spaces: Spaces, kind: str) -> str:
    code = [
        *sorted(Path(__file__).parent.glob("*.py")),
        Path(gate_log.__file__),
        Path(gate_log_file.__file__),
        gate_log_file.WORDS,
    ]
    hashes = [sha256(path) for path in code]
    days = [str(day) for day in spaces.opened_on]
    versions = [kind, version_of(kind), ibis.__version__]
    return hashlib.sha256(json.dumps([hashes, list(spaces.words.items()), days, versions]).encode()).hexdigest()


def _until_known(
    counted: Sequence[Log], spaces: Spaces, engine: Engine, cache: Cache, progress: Progress
) -> list[Problem]:
    """Reads what is not cached; a second time where a file lost an id to one that came later than it was first read.

    Files that no longer count are forgotten first, so that the same rows under a new key are not taken for duplicates of the old ones.
    """
    cache.forget_all_but(log.key for log in counted)
    problems = read_logs(counted, spaces, engine, cache, progress)
    while not problems and (unknown := _unknown_losers(counted, engine, cache)):
        cache.entries = {key: entry for key, entry in cache.entries.items() if entry.number not in unknown}
        problems = read_logs(counted, spaces, engine, cache, progress)
    return problems


def _unknown_losers(counted: Sequence[Log], engine: Engine, cache: Cache) -> set[int]:
    if not counted:
        return set()
    engine.given("live", _live(counted, cache))
    ranked = merged.occurrences(engine.stored("claims", cache.paths("claims")), engine.table("live"))
    lost = engine.keep("lost", merged.losers(ranked))
    missing = lost.filter(lost.row.isnull()).select("file").distinct()
    return {row.file for row in engine.records(missing, FileNumber)}


def _live(counted: Sequence[Log], cache: Cache) -> Columns:
    ordered = sorted(counted, key=lambda log: (log.file.order, log.source))
    return {
        "file": ("int32", [cache.entries[log.key].number for log in ordered]),
        "position": ("int32", list(range(len(ordered)))),
    }


def _merged(
    logs: Sequence[Log],
    counted: Sequence[Log],
    reference: Reference,
    city: City,
    spaces: Spaces,
    engine: Engine,
    cache: Cache,
    usage: Usage,
) -> Usage:
    live, lost = engine.table("live"), engine.table("lost")
    cells = engine.keep("settled", merged.settled(engine.stored("cells", cache.paths("cells")), lost, live))
    faults = engine.records(merged.faults(engine.stored("faults", cache.paths("faults")), live), FileFault)
    twice = engine.records(lost.select(*Duplicate._fields).order_by("file", "row"), Duplicate)
    good = {row.file: row.rows for row in engine.records(merged.by_file(cells), FileRows)}
    daily = placed(engine.records(merged.daily(cells), DayVisits), spaces)
    scopes = scopes_of(reference, city)
    readers = readers_by_month(counted, spaces, scopes, twice, engine, cache)
    return replace(
        usage,
        daily=daily,
        hourly=placed(engine.records(merged.hourly(cells), HourVisits), spaces),
        monthly=monthly(daily, readers, scopes),
        accounts=accounts(logs, cache, good, faults, twice),
    )


def _tidy(engine: Engine, cache: Cache) -> None:
    """Puts small shards together, so that a year of single days stays quick."""
    small = set(cache.small())
    if small:
        numbers = [entry.number for entry in cache.entries.values() if entry.shard in small]
        kept = engine.given("kept", {"file": ("int32", numbers)})
        shard = cache.shard()
        for name in PARTIALS:
            rows = engine.stored("together", [cache.home / folder / f"{name}.parquet" for folder in sorted(small)])
            chosen = rows if name == "claims" else rows.semi_join(kept, "file")
            engine.write(chosen, shard / f"{name}.parquet")
        cache.entries = {
            key: replace(entry, shard=shard.name) if entry.shard in small else entry
            for key, entry in cache.entries.items()
        }
    cache.save()
