"""Whole builds on the cluster: the tables of DuckDB, whatever the files look like, and also when a worker dies on the way."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from etl.demo.make import make
from etl.readers.facts import read_source, source_folders
from etl.reference import read_city, read_reference
from etl.usage import engine_spark
from etl.usage.counting import Usage, count_usage
from etl.usage.engine import EngineFailed
from etl.usage.open_engine import open_engine

from ..etl.conftest import CityFolder  # noqa: TID252
from ..etl.usage.conftest import Gates, event  # noqa: TID252


def count(folder: Path, engine: str, heard: list[str] | None = None) -> Usage:
    (log,) = (path for path in source_folders(folder) if "gate" in path.name)
    source, city, reference = read_source(log)[0], read_city(folder)[0], read_reference(folder)[0]
    assert source
    say = [].append if heard is None else heard.append
    usage, problems = count_usage(folder, [source], reference, city, "1GB", say, engine)
    assert not problems, [str(problem) for problem in problems]
    return usage


def test_a_worker_killed_in_mid_job_changes_nothing_in_the_tables(cluster, tmp_path):
    folder = tmp_path / "city"
    make(folder, 4, 60_000)
    seen: list[tuple[int, int]] = []
    killer = threading.Thread(target=kill_in_mid_job, args=(cluster, seen))
    killer.start()
    usage = count(folder, cluster.master)
    killer.join()
    cluster.add_a_worker()
    ((done, tasks),) = seen
    assert 0 < done < tasks
    books = json.loads((folder / "expected" / "gate_log.json").read_text("utf-8"))
    (account,) = usage.accounts
    assert (account.rows_in, account.accepted) == (books["rows_in"], books["accepted"])
    assert dict(account.quarantined) == books["quarantined"]
    ours = count(folder, "duckdb")
    for name, rows in ours.tables.items():
        assert usage.tables[name] == rows, name


def kill_in_mid_job(cluster: Any, seen: list[tuple[int, int]]) -> None:
    """Kills a worker as soon as some tasks of a stage are done and some are not; ``seen`` gets how many, and of how many."""
    from pyspark import SparkContext

    for _ in range(6000):
        context = SparkContext._active_spark_context
        tracker = context.statusTracker() if getattr(context, "_jsc", None) else None
        for stage in tracker.getActiveStageIds() if tracker else ():
            info = tracker.getStageInfo(stage)
            if info and 0 < info.numCompletedTasks < info.numTasks - 2:
                cluster.kill_a_worker()
                seen.append((info.numCompletedTasks, info.numTasks))
                return
        time.sleep(0.02)


@pytest.fixture
def gates(tmp_path: Path) -> Gates:
    return Gates(CityFolder(tmp_path / "city"))


def test_files_of_every_kind_and_name_give_the_tables_of_duckdb_and_are_read_once(cluster, gates):
    gates.about(max_quarantined_share="1")
    days = [f"2026-01-{day:02}" for day in range(5, 11)]
    rows = [[event(100 * at + n, day, card_id=f"K90000{n}", n=n + 1) for n in range(8)] for at, day in enumerate(days)]
    gates.csv(
        f"{days[0]} 东区 [一]%20.csv", [*rows[0], event("x-1", n=9), event("x-1"), event("", n=3), event(9, n="many")]
    )
    worded = [(*row[:2], "甲书房", *row[3:], "备注", "一行\n又一行") for row in rows[1]]
    header = ("流水号", "时间", "空间编号", "卡号", "动作", "数量", "备注", "备注")
    gates.csv(f"b/year=2026/{days[1]}.csv", worded, header, "gb18030")
    gates.csv(
        f"{days[2]}.csv", [row[:3] + row[4:5] for row in rows[2]], ("event_id", "ts", "space_id", "action"), "utf-8-sig"
    )
    text, whole = pa.string(), pa.int64()
    for day, unit in ((3, "us"), (4, "ns")):
        timed = [(row[0], pa.scalar(row[1]).cast(pa.timestamp("us")).as_py(), *row[2:]) for row in rows[day]]
        gates.parquet(f"{days[day]}.parquet", timed, [whole, pa.timestamp(unit), text, text, text, pa.int16()])
    path = gates.csv(f"{days[5]}.csv", [*rows[5], event(100, days[5]), event(101, days[5], card_id="K900001")])
    path.write_bytes(path.read_bytes() + b"\n\n")
    ours = count(gates.folder, "duckdb")
    assert ours.accounts[0].quarantined["duplicate_id"] == 3
    heard: list[str] = []
    assert count(gates.folder, cluster.master, heard).tables == ours.tables
    assert any(said.startswith("读取日志 0/") for said in heard)
    gates.csv("2026-01-04.csv", [event(100, "2026-01-04", n=7)])
    heard.clear()
    theirs = count(gates.folder, cluster.master, heard)
    assert theirs.tables == count(gates.folder, "duckdb").tables
    assert [said for said in heard if said.startswith("读取日志 0/")] == ["读取日志 0/1 行"]
    kept = (gates.folder / "inbox" / "gate_log_spark").rglob("*")
    assert not [path for path in kept if path.is_file() and b"K90000" in path.read_bytes()]


def test_what_is_missing_is_told_in_chinese(spark_environment, tmp_path, monkeypatch):
    assert told("spark://127.0.0.1:9", tmp_path).startswith("E-608 --engine：连不上 Spark 集群")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert told("local[1]", tmp_path).startswith("E-607 --engine：没有找到 Java")


def told(master: str, home: Path) -> str:
    with pytest.raises(EngineFailed) as failed, open_engine(master, 1000, home):
        pass
    return str(failed.value.problem)


def test_a_cluster_without_workers_is_told(monkeypatch):
    class Idle:
        """A session whose only executor is its driver."""

        def __getattr__(self, name: str) -> Any:
            return self

        def __call__(self) -> Any:
            return self

        def size(self) -> int:
            return 1

    monkeypatch.setattr(engine_spark, "SECONDS_TO_START", 0)
    with pytest.raises(EngineFailed, match="没有给出可用的计算节点"):
        engine_spark._with_workers(Idle(), "spark://127.0.0.1:7077")
