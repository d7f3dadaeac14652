"""How fast the demonstration city is made: whole process, wall and CPU seconds, peak memory, size on disk.

    python bench/demo.py [--events 1500000 15000000] [--runs 3]

Runs alternate over the sizes; what is told are medians, one line a size. The reach for 1.5 million events is 20 s.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EVENTS = (150_000, 1_500_000)


@dataclass(frozen=True)
class Run:
    """One run of the command."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    disk_mb: float


def run(events: int, home: Path) -> Run:
    """Makes the city once in a fresh folder below ``home``."""
    folder = home / f"{events}-{time.monotonic_ns()}"
    command = [sys.executable, "-m", "etl", "demo", "--to", str(folder), "--seed", "1", "--events", str(events)]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the command failed: {' '.join(command)}")
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    shutil.rmtree(folder)
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, disk / 1e6)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--events", type=int, nargs="+", default=list(EVENTS))
    asked.add_argument("--runs", type=int, default=3)
    said = asked.parse_args()
    runs: dict[int, list[Run]] = {events: [] for events in said.events}
    with tempfile.TemporaryDirectory() as home:
        for number in range(said.runs):
            for events in said.events:
                print(f"run {number + 1} of {said.runs}: {events} events", file=sys.stderr)
                runs[events].append(run(events, Path(home)))
    print(f"{'events':>12}  {'wall s':>8}  {'cpu s':>8}  {'peak MB':>8}  {'disk MB':>8}  {'events/s':>10}")
    for events, done in runs.items():
        wall, cpu, peak, disk = (
            statistics.median(getattr(one, name) for one in done) for name in ("wall_s", "cpu_s", "peak_mb", "disk_mb")
        )
        print(f"{events:>12}  {wall:>8.2f}  {cpu:>8.2f}  {peak:>8.0f}  {disk:>8.1f}  {events / wall:>10.0f}")


if __name__ == "__main__":
    main()
