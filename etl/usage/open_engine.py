"""Opens the engine that ``--engine`` names; its module is imported only then, for Spark is an extra."""

import contextlib
import re
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from etl.errors import Problem, Where
from etl.usage.engine import Engine, EngineFailed

DUCKDB = "duckdb"
FEWEST_MEGABYTES = 700
HOMES = {DUCKDB: "gate_log", "pyspark": "gate_log_spark"}
"""Engine -> folder of its partial results: hashes of cards and the form of the files differ between engines."""

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(MB|GB|M|G)?", re.IGNORECASE)
_SPARK = re.compile(r"spark://[^\s/:]+:\d{1,5}|local\[(\d+|\*)\]")


def megabytes(text: str) -> int:
    """``2GB`` or ``1500MB`` as megabytes; ValueError for anything else and for less than FEWEST_MEGABYTES."""
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    size = int(float(match[1]) * (1000 if (match[2] or "MB").upper().startswith("G") else 1))
    if size < FEWEST_MEGABYTES:
        raise ValueError(text)
    return size


def kind_of(name: str) -> str:
    """The package of the engine that ``--engine`` names; ValueError for none."""
    if name == DUCKDB:
        return DUCKDB
    if _SPARK.fullmatch(name):
        return "pyspark"
    raise ValueError(name)


def version_of(kind: str) -> str:
    """The version of an engine's package, ``""`` where it is not installed."""
    try:
        return metadata.version(kind)
    except metadata.PackageNotFoundError:
        return ""


@contextlib.contextmanager
def open_engine(name: str, memory: int, home: Path) -> Iterator[Engine]:
    """The engine that ``--engine`` names, closed at the end, with a folder to spill to below ``home``; its errors become EngineFailed."""
    with tempfile.TemporaryDirectory(prefix=".spill-", dir=home, ignore_cleanup_errors=True) as spill:
        engine = _engine(name, memory, Path(spill))
        try:
            yield engine
        except Exception as error:
            problem = engine.explained(error)
            if problem:
                raise EngineFailed(problem) from error
            raise
        finally:
            engine.close()


def _engine(name: str, memory: int, spill: Path) -> Engine:
    if kind_of(name) == DUCKDB:
        from etl.usage.engine_duckdb import DuckDB  # noqa: PLC0415 - only the engine that is asked for

        return DuckDB(memory, spill)
    if not version_of("pyspark"):
        remedy = "请在项目文件夹运行 .venv/bin/pip install '.[spark]'，或去掉 --engine 在本机计算"
        raise EngineFailed(Problem("E-606", Where("--engine"), "没有安装 Spark 支持（pyspark）", name, remedy=remedy))
    from etl.usage.engine_spark import Spark  # noqa: PLC0415

    return Spark(name, spill)
