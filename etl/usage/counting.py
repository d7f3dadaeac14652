"""Gate logs to tables: what is new is read, everything in force is added up, every row is accounted for.

The one function that the pipeline calls is ``count_usage``; cities without a gate log never import this module, nor an engine.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import ibis

from etl.errors import Problem, Where
from etl.readers import gate_log, gate_log_file
from etl.readers.facts import SourceFolder
from etl.readers.gate_log import read_gate_log
from etl.reference import City, Reference
from etl.release.publish import sha256
from etl.usage import merged
from etl.usage.account import accounts
from etl.usage.cache import Cache, Seen
from etl.usage.engine import Engine, EngineFailed
from etl.usage.open_engine import DUCKDB, FEWEST_MEGABYTES, HOMES, kind_of, megabytes, open_engine, version_of
from etl.usage.partials import PARTIALS
from etl.usage.reading import Log, Progress, Spaces, read_logs, spaces_of
from etl.usage.reconciled import Usage, days_between
from etl.usage.records import DayVisits, Duplicate, FileFault, FileRows, HourVisits
from etl.usage.tables import Scopes, monthly, placed, readers_by_month, scopes_of


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
    cache, spaces = Cache(folder, HOMES[kind]), spaces_of(reference)
    progress("核对日志文件")
    logs, problems = _logs(folder, sources, cache, _context(spaces, kind))
    counted = [log for log in logs if not log.file.ignored]
    spans = [(log.file.first, log.file.last) for log in counted]
    days = frozenset(day for first, last in spans if first and last for day in days_between(first, last))
    usage = Usage(sources, hashes={log.file.path: log.file.content.sha256 for log in logs}, days=days)
    try:
        progress("启动引擎")
        with open_engine(engine, allowed, cache.home) as running:
            wrong = _until_known(counted, spaces, running, cache, progress)
            if not wrong and counted:
                progress("汇总日志")
                usage = _merged(usage, logs, spaces, scopes_of(reference, city), running, cache)
                wrong += usage.problems()
            _tidy(running, cache)
    except EngineFailed as error:
        return Usage(), [*problems, error.problem]
    return usage, problems + wrong


def _logs(folder: Path, sources: Sequence[SourceFolder], cache: Cache, context: str) -> tuple[list[Log], list[Problem]]:
    """The files with the key of their partial results: whatever changes those changes the key."""
    seen = Seen(cache)
    logs, problems = list[Log](), list[Problem]()
    for source in sorted(sources, key=lambda source: source.name):
        if source.about.release_at:
            where = Where(f"sources/{source.name}/source.toml", column="release_at")
            problems.append(Problem("E-114", where, "门禁日志不能定时公开", remedy="请到公开之日再放入日志"))
        files, wrong = read_gate_log(folder / "sources" / source.name, source.about, seen.look)
        for file in files:
            text = json.dumps([context, file.content.sha256, str(file.first), str(file.last)])
            logs.append(Log(source.name, file, hashlib.sha256(text.encode()).hexdigest()))
        problems += wrong
    seen.save()
    return logs, problems


def _context(spaces: Spaces, kind: str) -> str:
    own = [Path(gate_log.__file__), Path(gate_log_file.__file__), gate_log_file.WORDS]
    hashes = [sha256(path) for path in [*sorted(Path(__file__).parent.glob("*.py")), *own]]
    days = [str(day) for day in spaces.opened_on]
    versions = [kind, version_of(kind), ibis.__version__]
    return hashlib.sha256(json.dumps([hashes, list(spaces.words.items()), days, versions]).encode()).hexdigest()


def _until_known(
    counted: Sequence[Log], spaces: Spaces, engine: Engine, cache: Cache, progress: Progress
) -> list[Problem]:
    """Reads what is not cached; a second time where a file lost an id to one that came later than it was first read. Files that no
    longer count are forgotten first, so that the same rows under a new key are not taken for duplicates of the old ones."""
    cache.entries = {log.key: cache.entries[log.key] for log in counted if log.key in cache.entries}
    problems = read_logs(counted, spaces, engine, cache, progress)
    while not problems and (unknown := _unknown_losers(counted, engine, cache)):
        cache.entries = {key: entry for key, entry in cache.entries.items() if entry.number not in unknown}
        problems = read_logs(counted, spaces, engine, cache, progress)
    return problems


def _unknown_losers(counted: Sequence[Log], engine: Engine, cache: Cache) -> set[int]:
    if not counted:
        return set()
    ordered = sorted(counted, key=lambda log: (log.file.order, log.source))
    numbers = [cache.entries[log.key].number for log in ordered]
    live = engine.given("live", {"file": ("int32", numbers), "position": ("int32", range(len(numbers)))})
    ranked = merged.occurrences(engine.stored("claims", cache.paths("claims")), live)
    lost = engine.keep("lost", merged.losers(ranked))
    missing = lost.filter(lost.row.isnull()).select("file").distinct()
    return {row.file for row in engine.records(missing, FileRows)}


def _merged(usage: Usage, logs: Sequence[Log], spaces: Spaces, scopes: Scopes, engine: Engine, cache: Cache) -> Usage:
    live, lost = engine.table("live"), engine.table("lost")
    cells = engine.keep("settled", merged.settled(engine.stored("cells", cache.paths("cells")), lost, live))
    faults = engine.records(merged.faults(engine.stored("faults", cache.paths("faults")), live), FileFault)
    twice = engine.records(lost.select(*Duplicate._fields).order_by("file", "row"), Duplicate)
    good = {row.file: row.rows for row in engine.records(merged.by_file(cells), FileRows)}
    daily = placed(engine.records(merged.daily(cells), DayVisits), spaces)
    hourly = placed(engine.records(merged.hourly(cells), HourVisits), spaces)
    counted = [log for log in logs if not log.file.ignored]
    months = monthly(daily, readers_by_month(counted, spaces, scopes, twice, engine, cache), scopes)
    told = accounts(logs, cache, good, faults, twice)
    return replace(usage, daily=daily, hourly=hourly, monthly=months, accounts=told)


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
