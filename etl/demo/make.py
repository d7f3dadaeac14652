"""Makes 示范市 in a folder: a city that exercises every screen and can never be mistaken for a real one.

Its tables, texts and layouts are committed in city/ and copied; made are only the gate logs, the workbooks, and what follows from
the logs: the numbers counted in them, wherever a source prints one. So the seed and the size vary the logs and those numbers, and the
same seed and size give the same bytes. Deliberately left out: building the tables - ``python -m etl build`` does that, as for any city.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.demo.gate_log import LogTotals, expected_account, write_logs
from etl.demo.log_plan import CITY, LogPlan, lay_out, read_log_plan
from etl.demo.sources import counted_numbers, write_drafts, write_returns, write_sources
from etl.demo.target import Target, csv_text
from etl.errors import Problem, Refused, Where

EVENTS = 600_000
"""About twenty visits a day in each space: enough for every pattern to show, made in two seconds."""
FEWEST_EVENTS = 30_000
"""Below, reader cards would be too few to print a lower bound of that no real city has published."""
COPIED = ("city.toml", "reference/*.csv", "boundaries/*", "expected/*.json")
"""What of city/ is written as it stands."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Made:
    """What was written: how many files, and how many rows of gate logs."""

    files: int
    rows: int


def make(folder: Path, seed: int, events: int = EVENTS, progress: Progress = lambda what, done, total: None) -> Made:
    """Writes the city into ``folder``; raises Refused when that holds anything that is not a made-up city, or for fewer than FEWEST_EVENTS."""
    if events < FEWEST_EVENTS:
        raise Refused([Problem("E-602", Where("--events"), "条数太少", str(events), f"不少于{FEWEST_EVENTS}")])
    target = Target(folder)
    plan = read_log_plan()
    totals = _write_gate_logs(target, plan, seed, events, progress)
    progress("文稿、台账、参照表", totals.rows_in, totals.rows_in)
    for pattern in COPIED:
        for path in CITY.glob(pattern):
            target.bytes(path.read_bytes(), *path.relative_to(CITY).parts)
    numbers = counted_numbers(totals, plan.first)
    write_sources(target, numbers)
    write_drafts(target, numbers)
    write_returns(target)
    target.finish({"seed": seed, "events": events, "synthetic": True})
    return Made(len(target.written), totals.rows_in)


def _write_gate_logs(target: Target, plan: LogPlan, seed: int, events: int, progress: Progress) -> LogTotals:
    home = target.subfolder("sources", plan.source, "logs")
    traffic = lay_out(plan, events, seed)
    totals = write_logs(home, traffic, plan, seed, lambda done: progress("门禁日志", done, events))
    for delivery in totals.deliveries:
        target.note(home / delivery.file)
    deliveries = [vars(delivery) for delivery in totals.deliveries]
    target.text(csv_text(list(deliveries[0]), deliveries), "sources", plan.source, "delivery.csv")
    target.json(expected_account(totals, plan), "expected", "gate_log.json")
    return totals
