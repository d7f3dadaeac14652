"""How a plan stands: nothing of it is known yet, or something is.

A plan is open only while no actual number of the same indicator speaks of its time, in whatever breakdown and at whatever place inside:
where 5 are accepted and 13 basically complete, nobody may write that all 20 are still to be done.  Nor while an identity ties an actual
number of another indicator to it: money spent since January to the budget of the year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from etl.model import Measure
from etl.release.tables import Release
from pages.queries.geography import parents, place_and_below
from pages.queries.numbers import records

OPEN, UNDER_WAY, ENDED = "open_plan", "under_way", ""
Number = Mapping[str, Any]


def plan_states(release: Release, plans: Iterable[Number], known: Iterable[Number]) -> dict[str, str]:
    """Plan's number_id -> OPEN, UNDER_WAY (something is known, and its period goes beyond the last day any number speaks of) or ENDED.

    ``known`` are the numbers that may be used.  A plan without a last day is ENDED: nobody can say until when it is open.
    """
    done = [row for row in known if row["measure"] == Measure.ACTUAL and not row["derived"]]
    tied = _tied(release, {row["number_id"]: row for row in done})
    up, now = parents(release), max(map(_last, done), default=dt.date.min)
    of: dict[tuple[str, str], list[Number]] = {}
    for row in done:
        of.setdefault((row["indicator"], row["place"]), []).append(row)
    found = {}
    for plan in plans:
        if plan["measure"] == Measure.PLAN and plan["period_end"]:
            here = place_and_below(up, plan["place"])
            own = (row for place in here for row in of.get((plan["indicator"], place), ()))
            is_open = not any(_meets(row, plan) for row in (*own, *tied.get(plan["number_id"], ())))
            found[plan["number_id"]] = OPEN if is_open else UNDER_WAY if now < plan["period_end"] else ENDED
    return found


def _tied(release: Release, done: Mapping[str, Number]) -> dict[str, list[Number]]:
    """Number -> the actual numbers that an identity speaks of together with it."""
    found: dict[str, list[Number]] = {}
    for check in records(release.table("checks")):
        parents_of = str(check["parents"] or "").split(";")
        for number in parents_of:
            found.setdefault(number, []).extend(done[each] for each in parents_of if each in done)
    return found


def _meets(row: Number, plan: Number) -> bool:
    """Whether a number speaks of some of the plan's time: its period, or its day where it has no period."""
    start = row["period_start"] or (None if row["period_end"] else row["as_of"])
    end = row["period_end"] or row["as_of"]
    if end is None and start is None:
        return False
    begins_before_the_end = start is None or start <= plan["period_end"]
    return begins_before_the_end and (end is None or plan["period_start"] is None or plan["period_start"] <= end)


def _last(row: Number) -> dt.date:
    day: dt.date | None = row["period_end"] or row["as_of"] or row["period_start"]
    return day or dt.date.min
