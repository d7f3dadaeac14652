"""Gate logs to tables, side by side: ours, DuckDB's SQL written by hand, pandas; whole processes, alternating, medians.

    .venv/bin/python bench/gate_logs.py 1500000 15000000 [150000000] [--runs 5] [--without pandas] [--also spark] [--home FOLDER]

Each makes the demonstration city of that size (all files as CSV, some 55 bytes a row; 150 M rows take 9 GB) below a temporary folder, or
below --home, where the next run finds it; checks that all of them count the same; and prints wall and CPU seconds, peak memory, and the
ratios. ``day`` is ours once more with one day added to all the others. ``spark`` is ours with --engine local[2] (the extra [spark]).
"""

from __future__ import annotations

import csv
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import pyarrow.csv
import pyarrow.parquet as pq
import typer

HOME = Path(__file__).parent
sys.path.insert(0, str(HOME.parent))

from etl.demo.make import make  # noqa: E402

RIVALS = HOME / "gate_logs_rivals"
FRESH, KEEP = "fresh", "keep"
WAYS = {"ours": ("by_us.py", FRESH), "duckdb": ("by_duckdb.py",), "pandas": ("by_pandas.py",)}
EXTRA = {"spark": ("by_us.py", FRESH, "local[2]")}


MADE = ".made"
JVM = "--driver-memory 4g pyspark-shell"


class Cost(NamedTuple):
    wall: float
    cpu: float
    peak_mb: float


def all_csv(folder: Path) -> Path:
    """Rewrites the Parquet files of the city's log as CSV, and delivery.csv with them; returns the folder of the log."""
    source = next((folder / "sources").glob("*gate-log"))
    for path in (source / "logs").glob("*.parquet"):
        options = pyarrow.csv.WriteOptions(quoting_style="none", quoting_header="none")
        pyarrow.csv.write_csv(pq.read_table(path), path.with_suffix(".csv"), options)
        path.unlink()
    told = (source / "delivery.csv").read_text("utf-8").replace(".parquet", ".csv")
    (source / "delivery.csv").write_text(told, "utf-8")
    return source


def run(script: str, folder: Path, *more: str) -> tuple[Cost, str]:
    """Cost and output of one whole process."""
    with tempfile.TemporaryDirectory() as to, tempfile.TemporaryFile("w+") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, str(RIVALS / script), str(folder), to, *more],
            stdout=out, env=os.environ | {"PYTHONPATH": f"{HOME.parent}:{RIVALS}", "PYSPARK_SUBMIT_ARGS": JVM},
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise typer.Exit(process.returncode)
        out.seek(0)
        return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000), out.read().strip()


def last_day(source: Path) -> tuple[Path, str]:
    """The last file of the log and its line in delivery.csv."""
    with (source / "delivery.csv").open(encoding="utf-8") as file:
        plain = [row for row in csv.DictReader(file) if not row["replaces"]]
    name = max(row["file"] for row in plain)
    return source / "logs" / name, name


def one_day_more(folder: Path, source: Path) -> Cost:
    """Cost of a build after the last day was added to a log of which all other days are in the cache, as an earlier run left it."""
    path, name = last_day(source)
    aside, told = path.rename(source / "aside"), (source / "delivery.csv").read_text("utf-8")
    lines = [line for line in told.splitlines(keepends=True) if not line.startswith(f"{name},")]
    (source / "delivery.csv").write_text("".join(lines), "utf-8")
    run("by_us.py", folder, KEEP)
    aside.rename(path)
    (source / "delivery.csv").write_text(told, "utf-8")
    time.sleep(3)
    return run("by_us.py", folder, KEEP)[0]


def main(
    sizes: list[int],
    runs: int = 5,
    without: list[str] | None = None,
    also: list[str] | None = None,
    home: Path | None = None,
) -> None:
    """Measures each size and prints a table."""
    ways = {name: way for name, way in WAYS.items() if name not in (without or [])}
    ways |= {name: EXTRA[name] for name in also or []}
    for events in sizes:
        made = Path(tempfile.mkdtemp(prefix="gate-logs-"))
        try:
            folder = (home or made) / f"city-{events}"
            if not (folder / MADE).exists():
                make(folder, 1, events)
                all_csv(folder)
                (folder / MADE).touch()
            source = next((folder / "sources").glob("*gate-log"))
            costs: dict[str, list[Cost]] = {name: [] for name in ways}
            said: dict[str, str] = {}
            for _ in range(runs):
                for name, way in ways.items():
                    cost, said[name] = run(way[0], folder, *way[1:])
                    costs[name].append(cost)
            days = [one_day_more(folder, source) for _ in range(min(runs, 5))]
            report(events, costs | {"day": days}, said)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def report(events: int, costs: dict[str, list[Cost]], said: dict[str, str]) -> None:
    print(f"\n{events:,} events; load {os.getloadavg()[0]:.1f}; counted alike: {len(set(said.values())) == 1}")
    if len(set(said.values())) > 1:
        print(said)
    middle = {name: Cost(*map(statistics.median, zip(*found, strict=True))) for name, found in costs.items()}
    for name, cost in middle.items():
        ratios = [a / b for a, b in zip(cost, middle["ours"], strict=True)]
        shown = "  ".join(f"{ratio:.2f}" for ratio in ratios)
        told = f"wall {cost.wall:7.2f} s  CPU {cost.cpu:7.2f} s  peak {cost.peak_mb:6.0f} MB"
        print(
            f"{name:8} {told}  {1e6 * cost.wall / events:6.3f} us/row  n={len(costs[name])}  to ours: {shown}",
            flush=True,
        )


if __name__ == "__main__":
    typer.run(main)
