"""etl.usage alone, as a build calls it, and its tables written; ``fresh`` forgets the run before, ``keep`` keeps its cache; on another engine on request."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pandas as pd

from etl.readers.facts import read_source, source_folders
from etl.reference import read_city, read_reference


def main(folder: Path, to: Path, cache: str, engine: str = "duckdb") -> None:
    from etl.usage.counting import count_usage  # noqa: PLC0415 - as a build imports it

    if cache == "fresh":
        shutil.rmtree(folder / "inbox", ignore_errors=True)
    log = next(path for path in source_folders(folder) if path.name.endswith("gate-log"))
    source, _ = read_source(log)
    assert source
    usage, problems = count_usage(
        folder, [source], read_reference(folder)[0], read_city(folder)[0], "2GB", lambda said: None, engine
    )
    assert not problems, problems[:3]
    for name, table in usage.tables.items():
        pd.DataFrame(table).to_parquet(to / f"{name}.parquet")
    sums = map(sum, zip(*(row.counts for row in usage.daily), strict=True))
    print(usage.accounts[0].accepted, *sums, int(sum(row.readers or 0 for row in usage.monthly)))


def wait_for_java() -> None:
    """Spark's work is done in a child process, whose cost counts only once it has been waited for."""
    from pyspark import SparkContext  # noqa: PLC0415

    gateway = SparkContext._gateway
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
    if "pyspark" in sys.modules:
        wait_for_java()
