"""How a plan stands: nothing of it is known yet, or something is, or the per cent of it that was published.

A plan is open only while no actual number of the same indicator speaks of its time, in whatever breakdown and at whatever place inside:
where 5 are accepted and 13 basically complete, nobody may write that all 20 are still to be done.  Nor while an identity ties an actual
number of another indicator to it: money spent since January to the budget of the year.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from etl.model import CheckResult, Measure, Number
from etl.release.tables import Release
from pages.queries.data_quality import checks
from pages.queries.geography import parents, place_and_below

OPEN, UNDER_WAY, ENDED = "open_plan", "under_way", ""
PER_CENT = "%"


def plan_states(release: Release, plans: Iterable[Number], known: Iterable[Number], now: dt.date) -> dict[str, str]:
    """Plan's number_id -> OPEN, UNDER_WAY (something is known, and its period goes beyond ``now``, the last day any number speaks of) or ENDED.

    ``known`` are the numbers that may be used: those at the plans' places and in all that lies there, and those an identity ties to them.
    A plan without a last day is ENDED: nobody can say until when it is open.
    """
    done = {number.number_id: number for number in known if number.measure == Measure.ACTUAL and not number.derived}
    wanted = {plan.number_id: plan for plan in plans if plan.measure == Measure.PLAN}
    tied, up = tied_numbers(release, wanted), parents(release)
    below = {place: place_and_below(up, place) for place in {plan.place for plan in wanted.values()}}
    of: dict[tuple[str, str], list[Number]] = defaultdict(list)
    for number in done.values():
        of[number.indicator, number.place].append(number)
    found = {}
    for plan in wanted.values():
        if plan.period_end:
            about = [number for place in below[plan.place] for number in of.get((plan.indicator, place), ())]
            about += [done[other] for other in tied.get(plan.number_id, ()) if other in done]
            is_open = not any(_speaks_of(number, plan.period_start, plan.period_end) for number in about)
            found[plan.number_id] = OPEN if is_open else UNDER_WAY if now < plan.period_end else ENDED
    return found


def tied_numbers(release: Release, number_ids: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Each of these numbers -> all that an identity speaks of together with it."""
    tied: dict[str, tuple[str, ...]] = {}
    for check in checks(release):
        for number_id in check.observation_ids:
            if number_id in number_ids:
                tied[number_id] = (*tied.get(number_id, ()), *check.observation_ids)
    return tied


def _speaks_of(number: Number, first: dt.date | None, last: dt.date) -> bool:
    """Whether a number speaks of some of the days from ``first`` to ``last``: its period, or its day where it has no period."""
    start = number.period_start or (None if number.period_end else number.as_of)
    end = number.last_day
    if end is None and start is None:
        return False
    return (start is None or start <= last) and (end is None or first is None or first <= end)


def published_rates(release: Release, known: Mapping[str, Number]) -> dict[str, str]:
    """Number -> the printed per cent of its plan that an identity ties to it: what was done and what was due, each by its number_id.

    Only where the identity (identities.csv, kind ratio) speaks of one actual number, one plan or target and one printed rate, all among
    ``known``, and holds.
    """
    found: dict[str, str] = {}
    for check in checks(release):
        numbers = [known[number_id] for number_id in check.observation_ids if number_id in known]
        rates = [number for number in numbers if number.unit == PER_CENT and not number.derived]
        others = [number for number in numbers if number not in rates]
        done = [number for number in others if number.measure == Measure.ACTUAL]
        due = [number for number in others if number.measure in (Measure.PLAN, Measure.TARGET)]
        holds = check.kind == "ratio" and check.result is CheckResult.HOLDS
        if holds and len(rates) == len(done) == len(due) == 1:
            found |= {number.number_id: rates[0].number_id for number in (*done, *due)}
    return found
