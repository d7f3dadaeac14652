"""The gate logs as planned: their days, reading spaces and patterns, and how many events each space has on each day.

What is fixed whatever the seed stands in city/: the days and the patterns of a year and a day in gate_log/, the reading spaces in the
city's own reference table and register. All days are laid out as one small array before a single event is made, so any size costs the
same here.
"""

import csv
import datetime as dt
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

CITY = Path(__file__).parent / "city"
"""The demonstration city as it is committed: a city's data folder, and what the rest of it is made from."""

ACTIONS = ("enter", "borrow", "return", "card_issue")
SHARES = (0.900, 0.046, 0.041, 0.013)
"""What part of all events each action is."""
WEEK = (0.90, 0.88, 0.92, 0.94, 1.02, 1.36, 1.28)
"""Monday to Sunday, on average 1."""
GROWTH = 0.35
"""How much busier the last day is than the first."""
RAMP_DAYS, RAMP_FROM = 60, 0.55
"""A new space starts at a part of its use and is fully used after so many days."""
ROUGHNESS = 9.0
"""Shape of the day-to-day chance of a space; larger is smoother."""
FREE_DAY = 1.1
"""From this holiday factor on, a day has the hours of a weekend."""

Counts = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
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


@dataclass(frozen=True)
class Traffic:
    """``counts[space, day, action]``: events that really happened. ``hours[day]`` are the weights of the day's 24 hours."""

    counts: Counts
    hours: Weights


def lay_out(plan: LogPlan, events: int, seed: int) -> Traffic:
    """``events`` events laid out over the spaces, days and actions of ``plan``; the same seed and size give the same counts.

    A space has none before it opened.
    """
    chance = np.random.default_rng([seed, 1])
    holiday = _holidays(plan)
    weights = _space_weights(plan) * _day_weights(plan, holiday)
    weights *= chance.gamma(ROUGHNESS, 1 / ROUGHNESS, weights.shape)
    cells = chance.multinomial(events, (weights / weights.sum()).ravel())
    counts = chance.multinomial(cells, np.array(SHARES) / sum(SHARES)).reshape(*weights.shape, len(ACTIONS))
    hours = {kind: np.array([float(row[kind]) for row in plan.hours]) for kind in ("workday", "weekend")}
    free = [day.weekday() >= 5 or factor >= FREE_DAY for day, factor in zip(plan.days, holiday, strict=True)]
    return Traffic(counts.astype(np.int64), np.array([hours["weekend" if is_free else "workday"] for is_free in free]))


def _day_weights(plan: LogPlan, holiday: Weights) -> Weights:
    season = {int(row["month"]): float(row["factor"]) for row in plan.seasons}
    week = np.array([WEEK[day.weekday()] for day in plan.days])
    week[holiday != 1] = 1.0
    month = np.array([season[day.month] for day in plan.days])
    weights: Weights = week * month * holiday * np.linspace(1, 1 + GROWTH, len(plan.days))
    return weights


def _holidays(plan: LogPlan) -> Weights:
    factors = np.ones(len(plan.days))
    for row in plan.holidays:
        start, end = (dt.date.fromisoformat(row[name]) for name in ("first", "last"))
        for position, day in enumerate(plan.days):
            if start <= day <= end:
                factors[position] = float(row["factor"])
    return factors


def _space_weights(plan: LogPlan) -> Weights:
    opened = np.array([(space.opened_on - plan.first).days for space in plan.spaces])
    age = np.arange(len(plan.days))[None, :] - opened[:, None]
    ramp = RAMP_FROM + (1 - RAMP_FROM) * np.clip(age / RAMP_DAYS, 0, 1)
    size = np.array([space.seats for space in plan.spaces], dtype=float)[:, None] ** 0.8
    return np.where(age >= 0, ramp, 0.0) * size
