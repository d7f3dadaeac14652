"""What is wrong in the gate logs, and how often: every reason a row can be quarantined for, each in rows with no second fault.

A defective row is a good one but for the one thing that is wrong with it, so that any reader must give it the same reason.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.demo.log_plan import LogPlan, Space, Traffic

REASONS = (
    "bad_timestamp",
    "unknown_space",
    "unknown_action",
    "n_out_of_range",
    "before_opening",
    "in_future",
    "clock_jump",
    "duplicate_id",
)
SHARE = 0.0004
"""Of all events, for each reason; together well below the one per cent at which a log is refused."""
FEWEST = 3
MOST_AT_ONCE = 20
"""The largest n a row may have: people through a gate at once, books in one loan."""

BAD_TIMES = ("2025-02-30 10:15:00", "0000-00-00 00:00:00", "2025/13/07 8:61", "昨天下午", "")
BAD_ACTIONS = ("exit", "renew", "test", "unlock")
BAD_NUMBERS = (0, -1, MOST_AT_ONCE + 1, 9999)
BAD_SPACES = ("reading_999", "unknown", "{}_2", "")
FUTURE_YEAR = 2099
JUMP_DAYS = (30, 90)
"""How far back a gate's clock falls."""


@dataclass(frozen=True)
class Defect:
    """One defective row of a day file. ``ts`` and ``space`` are what stands in it; ``twin`` tells a duplicate's kind."""

    reason: str
    ts: str
    space: str
    action: str = "enter"
    n: int = 1
    twin: str = ""


def plant_defects(traffic: Traffic, plan: LogPlan, seed: int) -> list[list[tuple[str, str]]]:
    """For each day the (reason, twin) pairs to plant in its file; each reason at least FEWEST times, on days where it can be.

    A duplicate's twin is ``same`` (in its own file) or ``before`` (in the file of the day before).
    """
    chance = np.random.default_rng([seed, 2])
    busy = traffic.counts.sum(axis=(0, 2)) > 0
    busy[[plan.days.index(plan.late), plan.days.index(plan.corrected)]] = False
    after_busy = np.zeros_like(busy)
    after_busy[1:] = busy[:-1]
    last_opening = max((space.opened_on - plan.first).days for space in plan.spaces)
    usual = np.flatnonzero(busy)
    days_for = {"before_opening": usual[usual < last_opening]}
    planted: list[list[tuple[str, str]]] = [[] for _ in plan.days]
    times = max(FEWEST, round(int(traffic.counts.sum()) * SHARE))
    for reason in REASONS[:-1]:
        for day in chance.choice(days_for.get(reason, usual), times):
            planted[day].append((reason, ""))
    for twin, days in (("same", usual), ("before", np.flatnonzero(busy & after_busy))):
        for day in chance.choice(days, times):
            planted[day].append(("duplicate_id", twin))
    return planted


def defects_of(
    day: dt.date, planted: Sequence[tuple[str, str]], plan: LogPlan, chance: np.random.Generator
) -> list[Defect]:
    """The defective rows of one day file, in the order of ``planted``."""
    old = [space for space in plan.spaces if space.opened_on <= plan.first - dt.timedelta(days=max(JUMP_DAYS))]
    closed = [space for space in plan.spaces if space.opened_on > day]
    return [_defect(reason, twin, day, old, closed, chance) for reason, twin in planted]


def _defect(
    reason: str, twin: str, day: dt.date, old: Sequence[Space], closed: Sequence[Space], chance: np.random.Generator
) -> Defect:
    def one_of(choices: Sequence[str]) -> str:
        return choices[int(chance.integers(len(choices)))]

    time = str(dt.timedelta(seconds=int(chance.integers(8 * 3600, 20 * 3600)))).rjust(8, "0")
    ts, space = f"{day} {time}", old[int(chance.integers(len(old)))].facility
    match reason:
        case "bad_timestamp":
            return Defect(reason, one_of(BAD_TIMES), space)
        case "unknown_space":
            return Defect(reason, ts, one_of(BAD_SPACES).format(space))
        case "unknown_action":
            return Defect(reason, ts, space, action=one_of(BAD_ACTIONS))
        case "n_out_of_range":
            return Defect(reason, ts, space, n=BAD_NUMBERS[int(chance.integers(len(BAD_NUMBERS)))])
        case "before_opening":
            return Defect(reason, ts, closed[int(chance.integers(len(closed)))].facility)
        case "in_future":
            return Defect(reason, f"{FUTURE_YEAR}-{day:%m}-15 {time}", space)
        case "clock_jump":
            return Defect(reason, f"{day - dt.timedelta(days=int(chance.integers(*JUMP_DAYS)))} {time}", space)
    return Defect(reason, ts, space, twin=twin)
