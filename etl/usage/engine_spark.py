"""The engine for what outgrew one machine: an existing Apache Spark cluster, which runs the same Ibis expressions.

This process is only the driver; executors need Java and Spark, no Python. Every table that is kept lies in the spill folder as Parquet, so the
data folder must be storage that all nodes see under the same path - and a worker that dies takes nothing with it. What is particular
here: a CSV is read by one task from its start to its end (``multiLine``), which is what numbers its rows, and a Parquet has a row
index of its own; many files are read at once.
"""

from __future__ import annotations

import csv
import itertools
import os
import re
import shutil
import socket
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import ibis
import ibis.expr.types as ir
import pyarrow.parquet as pq
import pyspark
from ibis.backends.pyspark.datatypes import PySparkType
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - everybody's name for it

from etl.errors import Problem, Where
from etl.readers.gate_log_file import MEANINGS, Layout
from etl.usage.engine import CannotRead, Columns, EngineFailed, Record, small_table

if TYPE_CHECKING:
    from ibis.backends.pyspark import Backend

SCHEME = "^file:/+"
SECONDS_TO_ANSWER = 5
SECONDS_TO_START = 120
"""How long a cluster may take to give us a first executor: it may be busy with others."""
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.csv.parser.columnPruning.enabled": "false",
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    "spark.sql.parquet.compression.codec": "lz4",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
"""What the expressions rely on. Memory, cores and shuffling are the cluster's: spark-defaults.conf."""
ROWS_AT_ONCE = 500_000_000


class Spark:
    """One session. ``master`` is spark://host:port, or local[n] to try it on this machine; ``spill`` lies on shared storage."""

    batch_rows = ROWS_AT_ONCE

    def __init__(self, master: str, spill: Path) -> None:
        self.master, self.spill = master, spill.resolve()
        self._made = itertools.count()
        self._homes: dict[str, Path] = {}
        self._session = _session(master)
        self._backend: Backend = ibis.pyspark.connect(self._session)

    def close(self) -> None:
        """Lets go of everything it holds; the cluster's executors are free again."""
        self._session.stop()

    def explained(self, error: Exception) -> Problem | None:
        """What an error of Spark means to the person who started the build; None for an error of ours."""
        if isinstance(error, PySparkException | Py4JError | ConnectionError):
            remedy = "请查集群的日志；各节点须能以同一路径读写数据文件夹。上一次发布没有变动"
            return Problem("E-609", Where("--engine"), "集群上的计算没有完成", _first_line(error), remedy=remedy)
        return None

    def raw(self, paths: Sequence[Path], layout: Layout, salt: str = "") -> ir.Table:
        """As ``Engine.raw`` says, and ``row``: rows of one file have consecutive numbers."""
        files = [path.resolve() for path in paths]
        frame = self._read(files, layout)
        stands = {means: f"`{name}`" for name, means in zip(layout.columns, layout.meanings, strict=True) if means}
        chosen = [_stands(means, stands.get(means), layout, salt).alias(means) for means in MEANINGS]
        row = F.col("_metadata.row_index") if layout.form == "parquet" else F.monotonically_increasing_id()
        path = F.regexp_replace("_metadata.file_path", SCHEME, "/")
        rows = frame.select(path.alias("path"), row.alias("row"), *chosen)
        named = self._frame(self._given("paths", _named(frame, files)))
        rows.join(F.broadcast(named), "path").drop("path").createOrReplaceTempView("raw")
        return self._backend.table("raw")

    def _read(self, paths: Sequence[Path], layout: Layout) -> DataFrame:
        found = [re.sub(r"([\\{}\[\]*?])", r"\\\1", str(path)) for path in paths]
        reader = self._session.read.option("recursiveFileLookup", "true")
        if layout.form == "parquet":
            return reader.parquet(*found)
        columns = ", ".join(f"`{name}` STRING" for name in layout.columns)
        options = {
            "sep": layout.delimiter,
            "quote": '"',
            "escape": '"',
            "header": "true",
            "multiLine": "true",
            "mode": "FAILFAST",
        }
        return reader.options(**options).schema(columns).csv(found)

    def keep(self, name: str, rows: ir.Table) -> ir.Table:
        """``rows`` computed now, as a table; one of the same name is dropped."""
        home = self.spill / f"{name}-{next(self._made)}.parquet"
        try:
            self.write(rows, home)
        except (PySparkException, Py4JError) as error:
            if "MALFORMED" in str(error):
                raise CannotRead(0, None) from error
            raise
        return self._put(name, home)

    def table(self, name: str) -> ir.Table:
        """A table that was given or kept."""
        return self._backend.table(name)

    def drop(self, name: str) -> None:
        """Lets go of a kept table."""
        self._session.catalog.dropTempView(name)
        home = self._homes.pop(name, None)
        if home:
            shutil.rmtree(home, ignore_errors=True)

    def numbered(self, kept: ir.Table) -> ir.Table:
        """A kept table of rows: they brought their ``row`` with them."""
        return kept

    def given(self, name: str, columns: Columns) -> ir.Table:
        """A small table of our own."""
        return self._put(name, self._given(name, columns))

    def _given(self, name: str, columns: Columns) -> Path:
        home = self.spill / f"{name}-{next(self._made)}.parquet"
        pq.write_table(small_table(columns), home)
        return home

    def write(self, rows: ir.Table, path: Path) -> None:
        """Writes ``rows`` as a folder of Parquet files."""
        self._exactly(rows).write.parquet(str(path.resolve()))

    def stored(self, name: str, paths: Sequence[Path]) -> ir.Table:
        """The rows of folders written by ``write``, all of the same columns; at least one."""
        self._frame(*paths).createOrReplaceTempView(name)
        return self._backend.table(name)

    def records(self, rows: ir.Table, kind: type[Record]) -> list[Record]:
        """``rows`` in their order, each as a ``kind``, whose fields are their columns."""
        columns = [name for name in kind._fields if name in rows.columns]
        return [kind(*row) for row in self._exactly(rows).select(*columns).collect()]

    def _exactly(self, rows: ir.Table) -> DataFrame:
        """The query of ``rows`` with the types that the expression says: Spark makes small numbers and months wider than they are."""
        columns = [
            F.col(f"`{name}`").cast(PySparkType.from_ibis(kind)).alias(name) for name, kind in rows.schema().items()
        ]
        return self._session.sql(self._backend.compile(rows)).select(*columns)

    def check(self, path: Path, layout: Layout) -> None:
        """Reads a whole file for nothing; raises CannotRead where it cannot be. A CSV is read here, which tells the row."""
        if layout.form == "csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = csv.reader(file, delimiter=layout.delimiter)
                for cells in rows:
                    if cells and len(cells) != len(layout.names):
                        raise CannotRead(rows.line_num, (len(layout.names), len(cells)))
        else:
            self.drop("checked")
            self.keep("checked", self.raw([path], layout))

    def _put(self, name: str, home: Path) -> ir.Table:
        self.drop(name)
        self._homes[name] = home
        return self.stored(name, [home])

    def _frame(self, *paths: Path) -> DataFrame:
        return self._session.read.parquet(*(str(path.resolve()) for path in paths))


def _stands(means: str, name: str | None, layout: Layout, salt: str) -> Column:
    if name is None:
        return (
            F.lit(1).cast("smallint")
            if means == "n"
            else F.lit(None).cast("bigint" if means == "card_id" else "string")
        )
    stands = F.col(name)
    if means == "card_id":
        card = stands.cast("string")
        return F.when(card != "", F.xxhash64(F.concat(F.lit(salt), card)))
    if layout.form == "parquet" and layout.types[layout.meanings.index(means)] == "timestamp[ns]":
        return F.timestamp_micros(F.floor(stands / 1000).cast("bigint"))
    return stands


def _named(frame: DataFrame, paths: Sequence[Path]) -> Columns:
    """The name that Spark gives each file, without its scheme (which it writes in two ways), and the position of the file in ``paths``."""
    position = {str(path): at for at, path in enumerate(paths)}
    names = [re.sub(SCHEME, "/", uri) for uri in frame.inputFiles()]
    return {"path": ("text", names), "at": ("int32", [position[unquote(name)] for name in names])}


def _session(master: str) -> SparkSession:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if not java:
        remedy = "请安装 Java 17（如 apt-get install openjdk-17-jre-headless），或去掉 --engine 在本机计算"
        raise EngineFailed(Problem("E-607", Where("--engine"), "没有找到 Java", expected="Java 17", remedy=remedy))
    if master.startswith("spark://"):
        _answering(master)
    builder = SparkSession.builder.master(master).appName("livelihood gate logs")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, Py4JError, RuntimeError) as error:
        remedy = f"请核对 Java 为 17、集群的 Spark 为 {pyspark.__version__}"
        raise EngineFailed(
            Problem("E-607", Where("--engine"), "Spark 启动不了", _first_line(error), remedy=remedy)
        ) from error
    if master.startswith("spark://"):
        _with_workers(session, master)
    return session


def _answering(master: str) -> None:
    host, port = master.removeprefix("spark://").rsplit(":", 1)
    try:
        socket.create_connection((host, int(port)), SECONDS_TO_ANSWER).close()
    except (OSError, OverflowError) as error:
        remedy = "请核对地址，并确认集群的 master 已启动、防火墙放行"
        raise EngineFailed(Problem("E-608", Where("--engine"), "连不上 Spark 集群", master, remedy=remedy)) from error


def _with_workers(session: SparkSession, master: str) -> None:
    executors = session.sparkContext._jsc.sc().getExecutorMemoryStatus
    for _ in range(SECONDS_TO_START * 10):
        if executors().size() > 1:
            return
        time.sleep(0.1)
    session.stop()
    remedy = "请确认 worker 已启动且有空闲的核和内存"
    raise EngineFailed(Problem("E-608", Where("--engine"), "Spark 集群没有给出可用的计算节点", master, remedy=remedy))


def _first_line(error: Exception) -> str:
    lines = [line for line in str(error).strip().splitlines() if not line.startswith("An error occurred while calling")]
    return lines[0].lstrip(": ")[:160] if lines else type(error).__name__
