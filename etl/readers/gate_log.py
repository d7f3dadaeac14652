"""The files of a gate log and what each stands for: which days, delivered when, in the place of which other file.

A source of kind ``gate_log`` says in source.toml where its files lie (``logs``: a folder, file or glob, or several; by default the
folder logs/) and may hold a delivery.csv. Without that, a file's day or month is the one in its name, and it counts as delivered
when that was over. Deliberately left out: reading the rows, which is for an engine (``etl.usage``).
"""

import calendar
import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from etl.errors import Problem, Where, suggestion
from etl.handwritten import decoded, parsed_date
from etl.readers.gate_log_file import FORMS, Content, Unreadable
from etl.rows import SourceRow

DELIVERY = "delivery.csv"
LOGS = "logs"
OWN = (DELIVERY, "source.toml", "facts.csv", "statements.csv", "corrections.toml")
SUPERSEDED = "superseded_file"
REDELIVERED = "redelivered_file"

LOOKERS = 2
"""Threads that look at files: hashing and counting leave the interpreter alone."""

_DAY = re.compile(r"(?<!\d)(20\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
_MONTH = re.compile(r"(?<!\d)(20\d{2})[-_.]?(\d{2})(?!\d)")
_PARTS = re.compile(r"year=(\d{4})/month=(\d{1,2})(?:/day=(\d{1,2}))?")


@dataclass(frozen=True)
class LogFile:
    """One file. ``first`` and ``last`` are the days its rows may be of, ``order`` sorts files as they were delivered.

    ``ignored`` says why its rows do not count although it is there: another file replaces it, or has the same bytes. ``stated``
    is how many rows its deliverer says it has.
    """

    name: str
    path: Path
    content: Content
    first: dt.date | None
    last: dt.date | None
    order: tuple[dt.date, str]
    ignored: str = ""
    stated: int | None = None


@dataclass(frozen=True)
class Delivery:
    """One line of delivery.csv; days null where it does not say."""

    line: int
    days: tuple[dt.date, dt.date] | None
    delivered_on: dt.date | None
    replaces: str
    rows: int | None


def read_gate_log(home: Path, about: SourceRow, look: Callable[[Path], Content]) -> tuple[list[LogFile], list[Problem]]:
    """The files of the source in ``home`` in the order of their delivery, and what is wrong with any of them.

    ``look`` tells what a file's bytes are; it may remember. A file that cannot be read is told and left out.
    """
    label = f"sources/{home.name}"
    paths, problems = _found(home, about.logs or LOGS, label)
    deliveries, wrong = _deliveries(home / DELIVERY, f"{label}/{DELIVERY}")
    problems += [*wrong, *_unmet(paths, deliveries, f"{label}/{DELIVERY}")]
    files = []
    with ThreadPoolExecutor(LOOKERS) as pool:
        looked = {name: pool.submit(look, path) for name, path in paths.items()}
    for name, path in paths.items():
        try:
            delivery = next((deliveries[tail] for tail in _tails(name) if tail in deliveries), None)
            files.append(_file(name, path, looked[name].result(), delivery, about.published_on))
        except Unreadable as error:
            where = Where(f"{label}/{name}", error.row)
            problems.append(Problem(error.code, where, error.what, error.found, remedy=error.remedy))
    replaced = {delivery.replaces for delivery in deliveries.values() if delivery.replaces}
    return _settled(sorted(files, key=lambda file: file.order), replaced), problems


def _found(home: Path, patterns: str | Sequence[str], label: str) -> tuple[dict[str, Path], list[Problem]]:
    """Name -> path of every file that the patterns mean, by name; a problem for each pattern that means none."""
    found: dict[str, Path] = {}
    problems = []
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        paths = [path for path in _meant(home, pattern) if path.is_file() and _is_log(path, home)]
        if not paths:
            where, remedy = Where(f"{label}/source.toml", column="logs"), "请把日志放进这个文件夹，或改 logs 一项"
            problems.append(Problem("E-112", where, "没有找到日志文件", pattern, remedy=remedy))
        for path in paths:
            name = (path.relative_to(home) if path.is_relative_to(home) else path).as_posix()
            if path.suffix.lower() in FORMS:
                found[name] = path
            else:
                where, remedy = Where(f"{label}/{name}"), "请解压或另存后再放进来"
                problems.append(Problem("E-113", where, "不认识的文件种类", path.suffix, "、".join(FORMS), remedy))
    return dict(sorted(found.items())), problems


def _is_log(path: Path, home: Path) -> bool:
    """Whether a file is neither one of the source's own nor left by a machine (hidden, _SUCCESS)."""
    return not path.name.startswith((".", "_")) and (path.parent != home or path.name not in OWN)


def _meant(home: Path, pattern: str) -> Iterator[Path]:
    path = home / pattern
    if path.is_dir():
        return path.rglob("*")
    if path.exists():
        return iter([path])
    start = Path(path.anchor) if Path(pattern).is_absolute() else home
    return start.glob(str(path.relative_to(start)))


def _deliveries(path: Path, label: str) -> tuple[dict[str, Delivery], list[Problem]]:
    if not path.exists():
        return {}, []
    found: dict[str, Delivery] = {}
    problems = []
    try:
        rows = list(csv.DictReader(io.StringIO(decoded(path.read_bytes()), newline="")))
    except UnicodeDecodeError:
        return {}, [Problem("E-101", Where(label), "不是 UTF-8 也不是 GB18030 编码", remedy="请另存为“CSV UTF-8”")]
    if rows and "file" not in rows[0]:
        remedy = "列为 file,day,delivered_on,replaces,rows"
        return {}, [Problem("E-105", Where(label, 1), "缺少列“file”", remedy=remedy)]
    for line, row in enumerate(rows, start=2):
        names = ("file", "day", "delivered_on", "replaces", "rows")
        file, day, delivered_on, replaces, count = ((row.get(name) or "").strip() for name in names)
        try:
            days, delivered = _days(day) if day else None, parsed_date(delivered_on) if delivered_on else None
            found[file] = Delivery(line, days, delivered, replaces, int(count) if count else None)
        except ValueError as error:
            expected = "存在的日期，如 2026-03-01"
            problems.append(Problem("E-110", Where(label, line), "日期或行数无效", str(error), expected))
    return found, problems


def _days(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of a day or a month as written; ValueError for anything else."""
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return _month(int(match[1]), int(match[2]))
    day = parsed_date(text)
    return day, day


def _month(year: int, month: int) -> tuple[dt.date, dt.date]:
    first = dt.date(year, month, 1)
    return first, first.replace(day=calendar.monthrange(year, month)[1])


def days_in_name(name: str) -> tuple[dt.date, dt.date] | None:
    """First and last day that a file's name speaks of (2026-03-05, 20260305, 2026-03, year=2026/month=3); None for none."""
    if match := _PARTS.search(name):
        year, month, day = (int(part) if part else 0 for part in match.groups())
        return (dt.date(year, month, day),) * 2 if day else _month(year, month)
    with suppress(ValueError):
        if match := _DAY.search(name):
            return (dt.date(int(match[1]), int(match[3]), int(match[4])),) * 2
        if match := _MONTH.search(name):
            return _month(int(match[1]), int(match[2]))
    return None


def _tails(name: str) -> list[str]:
    """What delivery.csv may call a file, for it may leave out the folders that the file lies in; the whole name first."""
    parts = name.split("/")
    return ["/".join(parts[start:]) for start in range(len(parts))]


def _unmet(paths: Mapping[str, Path], deliveries: Mapping[str, Delivery], label: str) -> Iterator[Problem]:
    """A problem for each delivered file that is not there (unless another replaced it), and for each one replaced that nobody knows."""
    known = {tail for name in paths for tail in _tails(name)}
    replaced = {delivery.replaces for delivery in deliveries.values()}
    for name, delivery in deliveries.items():
        if name not in known | replaced:
            where, remedy = Where(label, delivery.line, "file"), suggestion(name, known) or "请补上这个文件"
            yield Problem("E-112", where, "交付清单里的文件不在", name, remedy=remedy)
        if delivery.replaces and delivery.replaces not in known | set(deliveries):
            yield Problem("E-112", Where(label, delivery.line, "replaces"), "没有这个被替换的文件", delivery.replaces)


def _file(name: str, path: Path, content: Content, delivery: Delivery | None, published_on: dt.date | None) -> LogFile:
    first, last = (delivery and delivery.days) or days_in_name(name) or (None, published_on)
    over = last + dt.timedelta(days=1) if last else dt.date.max
    delivered = (delivery and delivery.delivered_on) or over
    return LogFile(name, path, content, first, last, (delivered, name), stated=delivery.rows if delivery else None)


def _settled(files: Sequence[LogFile], replaced: set[str]) -> list[LogFile]:
    """The same files with those ignored that another one replaces or repeats byte for byte."""
    seen: set[str] = set()
    settled = []
    for file in files:
        is_replaced = not replaced.isdisjoint(_tails(file.name))
        again = REDELIVERED if file.content.sha256 in seen else ""
        settled.append(replace(file, ignored=SUPERSEDED if is_replaced else again))
        seen |= set() if is_replaced else {file.content.sha256}
    return settled
