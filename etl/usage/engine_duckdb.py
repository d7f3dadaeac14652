"""The embedded engine: DuckDB in memory, limited, spilling to a folder of its own; nothing to install, nothing to start.

What is particular to it: ``file_index`` numbers the files of one reading, and a table made straight from files keeps their order, so
that ``rowid`` is the order of the rows. A join keeps no order.
"""

import contextlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import ibis
import ibis.expr.types as ir

from etl.errors import Problem, Where
from etl.readers.gate_log_file import MEANINGS, Layout
from etl.usage.engine import CannotRead, Columns, Record, small_table

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

OWN_MEGABYTES = 300
"""What Python and its libraries take of the memory that is allowed."""
BYTES_A_ROW = 500
"""Memory that one row of a batch takes at most, in all tables made of it."""


class DuckDB:
    """One connection. ``memory`` in megabytes is for the whole process, ``spill`` is a folder that exists."""

    def __init__(self, memory: int, spill: Path) -> None:
        self.batch_rows = memory * 1_000_000 // BYTES_A_ROW
        self.memory = memory
        self.spill = spill
        self._backend: Backend = ibis.duckdb.connect(
            memory_limit=f"{memory - OWN_MEGABYTES}MB", temp_directory=str(spill), preserve_insertion_order=True
        )
        for name in ("autoinstall_known_extensions", "autoload_known_extensions", "enable_progress_bar"):
            self._backend.raw_sql(f"SET {name}=false")

    def close(self) -> None:
        """Lets go of everything it holds."""
        self._backend.disconnect()

    def explained(self, error: Exception) -> Problem | None:
        """What an error of DuckDB means to the person who started the build; None for an error of ours."""
        if isinstance(error, duckdb.OutOfMemoryException):
            limit, remedy = f"{self.memory}MB", "请放宽 --memory，或腾出磁盘空间后再试"
            return Problem("E-604", Where("--memory"), "内存不够", limit, remedy=remedy)
        if isinstance(error, duckdb.IOException):
            remedy = "请查磁盘空间；若另一次构建正在进行，请稍后再试"
            return Problem("E-605", Where("inbox/gate_log"), "读写缓存失败", str(error)[:120], remedy=remedy)
        return None

    def raw(self, paths: Sequence[Path], layout: Layout, salt: str = "") -> ir.Table:
        """As ``Engine.raw`` says; not read yet."""
        stands = {means: _name(name) for name, means in zip(layout.columns, layout.meanings, strict=True) if means}
        absent = {"n": "1::SMALLINT", "card_id": "NULL::UBIGINT"}
        if "card_id" in stands:
            card = f"{stands['card_id']}::VARCHAR"
            stands["card_id"] = f"CASE WHEN {card} <> '' THEN hash({_text(salt)} || {card}) END"
        chosen = ", ".join(f"{stands.get(means) or absent.get(means, 'NULL')} AS {means}" for means in MEANINGS)
        files = "[" + ", ".join(_text(str(path)) for path in paths) + "]"
        source = f"parquet_scan({files})" if layout.form == "parquet" else f"read_csv({files}, {_csv_options(layout)})"
        self._backend.raw_sql(f'CREATE OR REPLACE VIEW raw AS SELECT file_index AS "at", {chosen} FROM {source}')
        return self._backend.table("raw")

    def keep(self, name: str, rows: ir.Table) -> ir.Table:
        """``rows`` computed now, as a table; one of the same name is dropped."""
        with _read_errors():
            self._backend.raw_sql(f"CREATE OR REPLACE TEMP TABLE {_name(name)} AS {self._exactly(rows)}")
        return self._backend.table(name)

    def table(self, name: str) -> ir.Table:
        """A table that was given or kept."""
        return self._backend.table(name)

    def drop(self, name: str) -> None:
        """Lets go of a kept table."""
        self._backend.raw_sql(f"DROP TABLE IF EXISTS {_name(name)}")

    def numbered(self, kept: ir.Table) -> ir.Table:
        """A kept table with its ``row``, from 0, in the order in which it was made."""
        return kept.mutate(row=kept.rowid())

    def given(self, name: str, columns: Columns) -> ir.Table:
        """A small table of our own."""
        return self._backend.create_table(name, small_table(columns), temp=True, overwrite=True)

    def write(self, rows: ir.Table, path: Path) -> None:
        """Writes ``rows`` as one Parquet file."""
        options = "FORMAT parquet, COMPRESSION lz4, PARQUET_VERSION v2"
        self._backend.raw_sql(f"COPY ({self._exactly(rows)}) TO {_text(str(path))} ({options})")

    def stored(self, name: str, paths: Sequence[Path]) -> ir.Table:
        """The rows of Parquet files written by ``write``, all of the same columns; at least one."""
        files = "[" + ", ".join(_text(str(path)) for path in paths) + "]"
        self._backend.raw_sql(f"CREATE OR REPLACE VIEW {_name(name)} AS SELECT * FROM parquet_scan({files})")
        return self._backend.table(name)

    def records(self, rows: ir.Table, kind: type[Record]) -> list[Record]:
        """``rows`` in their order, each as a ``kind``, whose fields are their columns."""
        columns = [name for name in kind._fields if name in rows.columns]
        found = self._backend.to_pyarrow(rows)
        return [kind(*cells) for cells in zip(*(found[name].to_pylist() for name in columns), strict=True)]

    def _exactly(self, rows: ir.Table) -> str:
        """The query of ``rows`` with the types that the expression says: DuckDB adds whole numbers up to 128 bits and stores them as floats."""
        kinds = {"int64": "BIGINT", "date": "DATE"}
        columns = ", ".join(
            f"{_name(name)}::{kinds[str(kind)]} AS {_name(name)}" if str(kind) in kinds else _name(name)
            for name, kind in rows.schema().items()
        )
        return f"SELECT {columns} FROM ({self._backend.compile(rows)})"

    def check(self, path: Path, layout: Layout) -> None:
        """Reads a whole file for nothing; raises CannotRead where it cannot be."""
        raw = self.raw([path], layout)
        with _read_errors():
            self._backend.to_pyarrow(raw.agg(**{name: raw[name].cast("string").max() for name in MEANINGS}))


@contextlib.contextmanager
def _read_errors() -> Iterator[None]:
    """An error of DuckDB about an unreadable file becomes CannotRead, with the row and the numbers of columns."""
    bad = (duckdb.InvalidInputException, duckdb.IOException, duckdb.ConversionException, duckdb.SerializationException)
    try:
        yield
    except bad as error:
        line = re.search(r"Line: (\d+)", str(error))
        columns = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", str(error))
        found = (int(columns[1]), int(columns[2])) if columns else None
        raise CannotRead(int(line[1]) if line else 0, found) from error


def _csv_options(layout: Layout) -> str:
    columns = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in layout.columns)
    return (
        f"columns={{{columns}}}, header=false, skip=1, auto_detect=false, delim={_text(layout.delimiter)}, "
        f"quote='\"', escape='\"', null_padding=false, strict_mode=true"
    )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
