"""What is behind what was planned, and what passed its target: numbers that a briefing chooses by rule.

A number is held against two things only: the target printed for the same indicator, place and period, and the node of the plan
curve (plans.csv) that was due on the very day it speaks of.  Bounds and ranges are never judged, nor is a place without a plan.
That a target was passed *for the first time* is said only where every earlier period is known, target and result.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.model import Measure, Number, Period, Qualifier
from etl.release.tables import Release
from etl.rules.selectors import named
from pages.queries.facilities import organisations
from pages.queries.numbers import names
from pages.queries.reference import indicators, projects

BEHIND, OVER_TARGET, FIRST_OVER = "behind", "over_target", "first_over"
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
    latest = {
        (found.number.indicator, found.number.place, found.against): found
        for found in sorted(judged, key=lambda found: found.number.last_day or dt.date.min)
    }.values()
    behind = [found for found in latest if found.number.amount < found.planned]
    every = tuple(known) or plain
    over = [
        replace(found, rule=FIRST_OVER if _is_first(release, found.number, every) else OVER_TARGET)
        for found in latest
        if found.against == TARGET and found.number.amount > found.planned
    ]
    behind.sort(key=lambda found: (found.share_pct, found.number.place))
    called, leads, answers = names(release, "organisations"), lead_of(release), answering(release)

    def answered(found: PlanVariance) -> PlanVariance:
        lead = leads.get(found.number.project, "")
        responsible = answers.get(found.number.place, lead)
        return replace(
            found, responsible=responsible, responsible_name=called.get(responsible, ""), lead_name=called.get(lead, "")
        )

    return tuple(map(answered, [*behind, *over]))


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
    without a hole between them, and each has an exact target and an exact number that is no larger.
    """
    own = [other for other in known if (other.indicator, other.place) == (number.indicator, number.place)]
    places, start = release.table("places"), number.period_start
    absences = release.index.absences_of(indicators=[number.indicator])
    missing = [
        Period(absence.period_start, absence.period_end)
        for absence in absences
        if not absence.breakdown and number.place in named(places, absence.place)
    ]
    earlier = sorted(
        (period.start, period.end)
        for period in {*missing, *(other.period for other in own)}
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

    def lead(project: str, seen: frozenset[str] = frozenset()) -> str:
        if project not in every or project in seen:
            return ""
        return every[project].lead or lead(every[project].parent, seen | {project})

    return {project: lead(project) for project in every}


def answering(release: Release) -> dict[str, str]:
    """Place -> the organisation that answers for it; only places below the city have one."""
    return {
        organisation.place: organisation.organisation
        for organisation in reversed(organisations(release))
        if organisation.kind in ANSWERS and organisation.place != release.city.place
    }


def _key(number: Number) -> tuple[str, str, Period]:
    return number.indicator, number.place, number.period
