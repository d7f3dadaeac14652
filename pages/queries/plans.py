"""What was planned: what is behind it, what passed its target, what is still open.  A briefing chooses numbers by these rules.

A number is held against two things only: the target printed for the same indicator, place and period, and the node of the plan
curve (plans.csv) that was due on the very day it speaks of.  Bounds and ranges are never judged, nor is a place without a plan.
That a target was passed *for the first time* is said only where every earlier period is known, target and result.

A plan is open only while no actual number of the same indicator speaks of its time, in whatever breakdown and at whatever place inside:
where 5 are accepted and 13 basically complete, nobody may write that all 20 are still to be done.  Nor while an identity ties an actual
number of another indicator to it: money spent since January to the budget of the year.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from etl.model import CheckResult, Measure, Number, Period, Qualifier
from etl.release.tables import Release
from etl.rules.selectors import named
from pages.queries.data_quality import checks
from pages.queries.geography import above, organisations, parents, place_and_below
from pages.queries.numbers import names
from pages.queries.reference import indicators, projects

BEHIND, OVER_TARGET, FIRST_OVER = "behind", "over_target", "first_over"
OPEN, UNDER_WAY, ENDED = "open_plan", "under_way", ""
PER_CENT = "%"
TARGET, NODE = Measure.TARGET, "node"

ANSWERS = ("government", "zone_committee")
"""Kinds of organisation that answer for a place."""


@dataclass(frozen=True, slots=True)
class PlanVariance:
    """A number that is behind or over what it is held against.

    ``against`` is target or node, ``against_id`` the number or the plan, ``planned`` its value, ``due_on`` its day; ``responsible`` is who
    answers for the place, else who leads the project.
    """

    number: Number
    against: str
    against_id: str
    planned: Decimal
    due_on: dt.date | None
    rule: str = BEHIND
    responsible: str = ""
    responsible_name: str = ""
    lead_name: str = ""

    @property
    def share_pct(self) -> Decimal:
        """What is done in per cent of what was planned."""
        return 100 * self.number.amount / self.planned


def lagging(release: Release, numbers: Iterable[Number], *, known: Iterable[Number] = ()) -> tuple[PlanVariance, ...]:
    """What is behind, the widest gap first, then what is over its target.

    Of each indicator at each place only the latest number counts, and only indicators that are better when larger.  ``known`` are
    all numbers that may be used, of whatever year and place: what a first time is judged by.  The rule is first_over where every
    earlier period of the same length is known and none passed its target, else over_target.
    """
    rising = {indicator.indicator for indicator in indicators(release).values() if indicator.polarity == "up"}
    plain = [number for number in numbers if number.indicator in rising and _is_plain(number)]
    judged = [*_against_targets(plain), *_against_nodes(release, plain)]
    judged.sort(key=lambda found: found.number.last_day or dt.date.min)
    latest = {(found.number.indicator, found.number.place, found.against): found for found in judged}.values()
    behind = [found for found in latest if found.number.amount < found.planned]
    passed = [found for found in latest if found.against == TARGET and found.number.amount > found.planned]
    is_first = partial(_is_first, release, known=tuple(known) or plain)
    over = [replace(found, rule=FIRST_OVER if is_first(found.number) else OVER_TARGET) for found in passed]
    behind.sort(key=lambda found: (found.share_pct, found.number.place))
    called, leads, answers = names(release, "organisations"), lead_of(release), answering(release)
    made = []
    for each in [*behind, *over]:
        lead = leads.get(each.number.project, "")
        responsible = answers.get(each.number.place, lead)
        name, lead_name = called.get(responsible, ""), called.get(lead, "")
        made.append(replace(each, responsible=responsible, responsible_name=name, lead_name=lead_name))
    return tuple(made)


def _is_plain(number: Number) -> bool:
    """Whether a number can be judged: printed, whole, uncontested, exact."""
    return not (number.derived or number.breakdown or number.conflict) and number.qualifier == Qualifier.EXACT


def _against_targets(numbers: Sequence[Number]) -> Iterator[PlanVariance]:
    targets = {_key(number): number for number in numbers if number.measure == Measure.TARGET}
    for number in numbers:
        target = targets.get(_key(number)) if number.measure == Measure.ACTUAL else None
        if target and target.value:
            yield PlanVariance(number, TARGET, target.number_id, target.value, number.period_end)


def _against_nodes(release: Release, numbers: Sequence[Number]) -> Iterator[PlanVariance]:
    due = {(row["indicator"], row["place"], row["due_on"]): row for row in release.rows("plans")}
    for number in numbers:
        node = due.get((number.indicator, number.place, number.as_of)) if number.measure == Measure.ACTUAL else None
        if node and node["unit"] == number.unit and node["value"]:
            yield PlanVariance(number, NODE, node["plan"], node["value"], number.as_of)


def _is_first(release: Release, number: Number, known: Sequence[Number]) -> bool:
    """Whether the same thing passed its target in no earlier period, and that is known: there are earlier periods of this length,
    without a hole between them, and each has an exact target and an exact number that is no larger."""
    own = [other for other in known if (other.indicator, other.place) == (number.indicator, number.place)]
    places, start = release.table("places"), number.period_start
    absences = [each for each in release.index.absences_of(indicators=[number.indicator]) if not each.breakdown]
    here = [each for each in absences if number.place in named(places, each.place)]
    earlier = sorted(
        (period.start, period.end)
        for period in {*(Period(each.period_start, each.period_end) for each in here), *(each.period for each in own)}
        if period.start and period.end and start and period.end < start and period.months == number.period.months
    )
    if not earlier or not start:
        return False
    starts = [*(first for first, _last in earlier[1:]), start]
    judged = {found.number.period: found for found in _against_targets([*filter(_is_plain, own)])}
    past = [judged.get(Period(*period)) for period in earlier]
    is_unbroken = all((after - last).days == 1 for (_first, last), after in zip(earlier, starts, strict=True))
    return is_unbroken and all(found and found.number.amount <= found.planned for found in past)


def lead_of(release: Release) -> dict[str, str]:
    """Project -> its lead organisation, or that of what it is part of."""
    every = projects(release)
    up = {code: project.parent for code, project in every.items()}
    lines = {code: [code, *above(up, code)] for code in every}
    return {
        code: next((lead for each in line if each in every and (lead := every[each].lead)), "")
        for code, line in lines.items()
    }


def answering(release: Release) -> dict[str, str]:
    """Place -> the organisation that answers for it; only places below the city have one."""
    below = (each for each in reversed(organisations(release)) if each.place != release.city.place)
    return {each.place: each.organisation for each in below if each.kind in ANSWERS}


def _key(number: Number) -> tuple[str, str, Period]:
    return number.indicator, number.place, number.period


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
