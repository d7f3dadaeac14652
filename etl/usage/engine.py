"""What an engine must offer to run the Ibis expressions of this package, and the errors it raises.

The expressions know no engine. An engine reads files, keeps tables and writes partial results: ``engine_duckdb`` on this machine,
``engine_spark`` on a cluster. ``open_engine`` chooses one.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import ibis.expr.types as ir
import pyarrow as pa

from etl.errors import Problem
from etl.readers.gate_log_file import Layout

Record = TypeVar("Record", bound=NamedTuple)
Columns = Mapping[str, tuple[str, Sequence[str | int | dt.date | None]]]
"""Column -> (int8, int16, int32, int64, date or text; values)."""


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
        """The rows of files of one layout: ``at`` is the position of the file, the rest are MEANINGS as they stand there. Only
        ``card_id`` is not what stands there but its hash with ``salt``, null for none: no card number leaves this reading."""

    def keep(self, name: str, rows: ir.Table) -> ir.Table:
        """``rows`` computed now, as a table; one of the same name is dropped."""

    def table(self, name: str) -> ir.Table:
        """A table that was given or kept."""

    def drop(self, name: str) -> None:
        """Lets go of a kept table."""

    def numbered(self, kept: ir.Table) -> ir.Table:
        """A table kept of ``typed`` rows with their ``row``: rows of one file have consecutive numbers in the order of the file."""

    def given(self, name: str, columns: Columns) -> ir.Table:
        """A small table of our own."""

    def write(self, rows: ir.Table, path: Path) -> None:
        """Writes ``rows`` at ``path``, for ``stored``."""

    def stored(self, name: str, paths: Sequence[Path]) -> ir.Table:
        """The rows of what ``write`` wrote, all of the same columns; at least one path."""

    def records(self, rows: ir.Table, kind: type[Record]) -> list[Record]:
        """``rows`` in their order, each as a ``kind``, whose fields are their columns."""

    def check(self, path: Path, layout: Layout) -> None:
        """Reads a whole file for nothing; raises CannotRead where it cannot be."""

    def explained(self, error: Exception) -> Problem | None:
        """What an error of this engine means to the person who started the build; None for an error of ours."""

    def close(self) -> None:
        """Lets go of everything it holds."""


def small_table(columns: Columns) -> pa.Table:
    """``columns`` as an Arrow table."""
    named = {"date": "date32", "text": "string"}
    return pa.table({name: pa.array(values, named.get(kind, kind)) for name, (kind, values) in columns.items()})
