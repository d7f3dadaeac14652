"""What is fixed about the gate logs whatever the seed: their days, their reading spaces, and the patterns of a year and a day.

All of it stands in city/: the days and patterns in gate_log/, the reading spaces in the city's own reference table and register.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CITY = Path(__file__).parent / "city"
"""The demonstration city as it is committed: a city's data folder, and what the rest of it is made from."""

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Space:
    """One reading space."""

    facility: str
    opened_on: dt.date
    seats: int


@dataclass(frozen=True)
class LogPlan:
    """The fixed part of the gate logs.

    One file a day from ``first`` to ``last``, as CSV before ``parquet_from`` and as Parquet from then on; the file of ``late`` was
    delivered late, the one of ``corrected`` short and corrected afterwards. ``hours``, ``seasons`` and ``holidays`` are the tables of
    gate_log/.
    """

    source: str
    first: dt.date
    last: dt.date
    parquet_from: dt.date
    late: dt.date
    corrected: dt.date
    spaces: Sequence[Space]
    hours: Rows
    seasons: Rows
    holidays: Rows

    @property
    def days(self) -> Sequence[dt.date]:
        """Each day from ``first`` to ``last``."""
        return [self.first + dt.timedelta(days=position) for position in range((self.last - self.first).days + 1)]


def read_log_plan() -> LogPlan:
    """The plan as it stands in city/."""
    home = CITY / "gate_log"
    settings = tomllib.loads((home / "gate_log.toml").read_text("utf-8"))
    hours, seasons, holidays = (
        rows_of((home / f"{name}.csv").read_text("utf-8")) for name in ("hours", "seasons", "holidays")
    )
    spaces = _spaces(**settings["spaces"])
    return LogPlan(**settings["log"], spaces=spaces, hours=hours, seasons=seasons, holidays=holidays)


def _spaces(register: str, indicator: str, dimension: str) -> Sequence[Space]:
    """The facilities whose seats - ``indicator`` by ``dimension`` - the source ``register`` tells, in the order of facilities.csv."""
    facts = rows_of((CITY / "sources" / register / "facts.csv").read_text("utf-8"))
    seats = {fact["breakdown"]: int(fact["value"]) for fact in facts if fact["indicator"] == indicator}
    return [
        Space(row["facility"], dt.date.fromisoformat(row["opened_on"]), seats[f"{dimension}:{row['facility']}"])
        for row in rows_of((CITY / "reference" / "facilities.csv").read_text("utf-8"))
        if f"{dimension}:{row['facility']}" in seats
    ]


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV, every cell as text."""
    return list(csv.DictReader(io.StringIO(text, newline="")))
