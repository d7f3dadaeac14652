"""How many events each reading space has on each day: the week, the season, holidays, openings, sizes, growth and chance.

The whole two years are laid out as one small array before a single event is made, so any size costs the same here, and
bulletins can print totals that the logs will bear out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from etl.demo.cast import Space
from etl.demo.design import Design

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


@dataclass(frozen=True)
class Traffic:
    """``counts[space, day, action]``: events that really happened. ``hours[day]`` are the weights of the day's 24 hours."""

    first: dt.date
    counts: Counts
    hours: Weights

    def day(self, position: int) -> dt.date:
        """The day at ``position``."""
        return self.first + dt.timedelta(days=position)

    @property
    def days(self) -> int:
        """How many days there are."""
        return int(self.counts.shape[1])


def lay_out(design: Design, spaces: Sequence[Space], first: dt.date, events: int, seed: int) -> Traffic:
    """``events`` events from ``first`` to the design's last day, laid out over spaces, days and actions.

    A space has none before it opened. The same seed and size give the same counts.
    """
    chance = np.random.default_rng([seed, 1])
    days = (design.data_to - first).days + 1
    calendar = [first + dt.timedelta(days=position) for position in range(days)]
    holiday = _holidays(design, calendar)
    weights = _space_weights(spaces, first, days) * _day_weights(design, calendar, holiday)
    weights *= chance.gamma(ROUGHNESS, 1 / ROUGHNESS, weights.shape)
    cells = chance.multinomial(events, (weights / weights.sum()).ravel())
    counts = chance.multinomial(cells, np.array(SHARES) / sum(SHARES)).reshape(len(spaces), days, len(ACTIONS))
    return Traffic(first, counts.astype(np.int64), _hours(design, calendar, holiday))


def _day_weights(design: Design, calendar: Sequence[dt.date], holiday: Weights) -> Weights:
    season = {int(row["month"]): float(row["factor"]) for row in design.tables["seasons"]}
    week = np.array([WEEK[day.weekday()] for day in calendar])
    week[holiday != 1] = 1.0
    month = np.array([season[day.month] for day in calendar])
    weights: Weights = week * month * holiday * np.linspace(1, 1 + GROWTH, len(calendar))
    return weights


def _holidays(design: Design, calendar: Sequence[dt.date]) -> Weights:
    factors = np.ones(len(calendar))
    for row in design.tables["holidays"]:
        start, end = (dt.date.fromisoformat(row[name]) for name in ("first", "last"))
        for position, day in enumerate(calendar):
            if start <= day <= end:
                factors[position] = float(row["factor"])
    return factors


def _space_weights(spaces: Sequence[Space], first: dt.date, days: int) -> Weights:
    opened = np.array([(space.opened_on - first).days for space in spaces])
    age = np.arange(days)[None, :] - opened[:, None]
    ramp = RAMP_FROM + (1 - RAMP_FROM) * np.clip(age / RAMP_DAYS, 0, 1)
    size = np.array([space.seats for space in spaces], dtype=float)[:, None] ** 0.8
    return np.where(age >= 0, ramp, 0.0) * size


def _hours(design: Design, calendar: Sequence[dt.date], holiday: Weights) -> Weights:
    table = {kind: np.array([float(row[kind]) for row in design.tables["hours"]]) for kind in ("workday", "weekend")}
    free = [day.weekday() >= 5 or factor >= FREE_DAY for day, factor in zip(calendar, holiday, strict=True)]
    return np.array([table["weekend" if is_free else "workday"] for is_free in free])
