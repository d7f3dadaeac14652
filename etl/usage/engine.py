"""What an engine must offer to run the Ibis expressions of this package, and the way to open one.

The expressions know no engine. An engine reads files, keeps tables and writes partial results; each stands in a module of its own
that is imported only when it is asked for: ``engine_duckdb`` on this machine, ``engine_spark`` on a cluster.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

from etl.errors import Problem, Where
from etl.readers.gate_log_file import Layout

if TYPE_CHECKING:
    import ibis.expr.types as ir

DUCKDB = "duckdb"
FEWEST_MEGABYTES = 700
HOMES = {DUCKDB: "gate_log", "pyspark": "gate_log_spark"}
"""Engine -> folder of its partial results: hashes of cards and the form of the files differ between engines."""

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(MB|GB|M|G)?", re.IGNORECASE)
_SPARK = re.compile(r"spark://[^\s/:]+:\d{1,5}|local\[(\d+|\*)\]")
_TYPES = {
    "int8": pa.int8(),
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "date": pa.date32(),
    "text": pa.string(),
}


class CannotRead(Exception):
    """The engine cannot read a file; ``row`` is where it gave up, 0 when it does not say; ``columns`` are expected and found."""

    def __init__(self, row: int, columns: tuple[int, int] | None) -> None:
        super().__init__(row)
        self.row, self.columns = row, columns


class EngineFailed(Exception):
    """The engine is missing, out of reach, or out of memory or disk; ``problem`` says which and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Engine(Protocol):
    """One connection to an engine. Tables it makes live until it is closed."""

    batch_rows: int
    spill: Path

    def raw(self, paths: Sequence[Path], layout: Layout, salt: str = "") -> ir.Table:
        """The rows of files of one layout: ``at`` is the position of the file, the rest are MEANINGS as they stand there.

        Only ``card_id`` is not what stands there but its hash with ``salt``, null for none: no card number leaves this reading.
        """

    def keep(self, name: str, rows: ir.Table) -> ir.Table:
        """``rows`` computed now, as a table; one of the same name is dropped."""

    def table(self, name: str) -> ir.Table:
        """A table that was given or kept."""

    def drop(self, name: str) -> None:
        """Lets go of a kept table."""

    def numbered(self, kept: ir.Table) -> ir.Table:
        """A table kept of ``typed`` rows with their ``row``: rows of one file have consecutive numbers in the order of the file."""

    def given(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> ir.Table:
        """A small table of our own: column -> (kind of ``small_table``, values)."""

    def write(self, rows: ir.Table, path: Path) -> None:
        """Writes ``rows`` at ``path``, for ``stored``."""

    def stored(self, name: str, paths: Sequence[Path]) -> ir.Table:
        """The rows of what ``write`` wrote, all of the same columns; at least one path."""

    def records(self, rows: ir.Table) -> list[dict[str, Any]]:
        """``rows`` as Python values, in their order."""

    def check(self, path: Path, layout: Layout) -> None:
        """Reads a whole file for nothing; raises CannotRead where it cannot be."""

    def explained(self, error: Exception) -> Problem | None:
        """What an error of this engine means to the person who started the build; None for an error of ours."""

    def close(self) -> None:
        """Lets go of everything it holds."""


def megabytes(text: str) -> int:
    """``2GB`` or ``1500MB`` as megabytes; ValueError for anything else and for less than FEWEST_MEGABYTES."""
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    size = int(float(match[1]) * (1000 if (match[2] or "MB").upper().startswith("G") else 1))
    if size < FEWEST_MEGABYTES:
        raise ValueError(text)
    return size


def kind_of(said: str) -> str:
    """Which engine ``--engine`` means: the name of the package that is it. ValueError for none."""
    if said == DUCKDB:
        return DUCKDB
    if _SPARK.fullmatch(said):
        return "pyspark"
    raise ValueError(said)


def version_of(kind: str) -> str:
    """The version of an engine's package, ``""`` where it is not installed."""
    try:
        return metadata.version(kind)
    except metadata.PackageNotFoundError:
        return ""


def small_table(columns: Mapping[str, tuple[str, Sequence[Any]]]) -> pa.Table:
    """An Arrow table of column -> (int8, int16, int32, int64, date or text; values)."""
    return pa.table({column: pa.array(values, _TYPES[kind]) for column, (kind, values) in columns.items()})


@contextlib.contextmanager
def opened(said: str, memory: int, home: Path) -> Iterator[Engine]:
    """The engine that ``--engine`` names, closed at the end, with a folder to spill to below ``home``; its errors become EngineFailed."""
    with tempfile.TemporaryDirectory(prefix=".spill-", dir=home, ignore_cleanup_errors=True) as spill:
        engine = _engine(said, memory, Path(spill))
        try:
            yield engine
        except Exception as error:
            problem = engine.explained(error)
            if problem:
                raise EngineFailed(problem) from error
            raise
        finally:
            engine.close()


def _engine(said: str, memory: int, spill: Path) -> Engine:
    if kind_of(said) == DUCKDB:
        from etl.usage.engine_duckdb import DuckDB  # noqa: PLC0415 - only the engine that is asked for

        return DuckDB(memory, spill)
    if not version_of("pyspark"):
        remedy = "请在项目文件夹运行 .venv/bin/pip install '.[spark]'，或去掉 --engine 在本机计算"
        raise EngineFailed(Problem("E-606", Where("--engine"), "没有安装 Spark 支持（pyspark）", said, remedy=remedy))
    from etl.usage.engine_spark import Spark  # noqa: PLC0415

    return Spark(said, spill)
