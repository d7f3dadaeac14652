"""What is computed from numbers that stand side by side: their share of a whole, and how many they are per 10,000 people.

Both are 推算, and both are refused where they would say more than was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from etl.model import Caution, Check, CheckResult, ComparedMark, Number, Qualifier, State
from etl.rules.interval import point, qualifier_of
from pages.analysis.comparison import (
    Comparison,
    Reason,
    Refusal,
    conflicts,
    forbidden,
    interval_of,
    side_by_side,
    valued,
    year_of,
)

PERSON = "人"
PER_PEOPLE, PER_PEOPLE_UNIT = Decimal(10_000), "/万人"
PLACES = Decimal("0.000001")
PER_CENT = "%"
SHARE_STEP = Decimal("0.1")
SIGNIFICANT = 2
"""Digits behind the first that a number per head keeps."""

ZONE = "functional_zone"
COUNTED = ("stock", "flow", "cumulative")
CENSUS_LAG = 1
"""Years by which a population may be older than the number it divides: the figure at the end of last year is the usual one."""


def shares(
    marks: Sequence[ComparedMark],
    *,
    total: ComparedMark | None,
    checks: Sequence[Check],
    cautions: Sequence[Caution],
    computed: Iterable[Number],
) -> Comparison | Refusal:
    """Each mark as per cent of ``total``, 推算 - only where the marks that have a value make up the whole of it.

    They do where a check of exactly these numbers holds, or where exact numbers add up to the exact total.  A share the release
    itself computed (one of ``computed``) stands under its own id, any other under the id of its part.
    """
    beside, numbers = side_by_side(marks, cautions=cautions), valued(marks)
    found = _not_counted(beside, numbers, cautions, "do_not_add")
    found += list(_not_whole(numbers, total, checks)) if not found else []
    if found or isinstance(beside, Refusal) or total is None:
        return Refusal(tuple(found))
    own = {frozenset(number.observation_ids): number for number in computed if number.unit == PER_CENT}
    made = (_share(mark, total, own) if mark.value is not None else mark for mark in marks)
    return replace(beside, marks=tuple(made))


def per_head(
    marks: Sequence[ComparedMark],
    *,
    populations: Sequence[ComparedMark],
    whole: ComparedMark | None,
    cautions: Sequence[Caution],
) -> Comparison | Refusal:
    """Each mark per 10,000 people of that very place, 推算 - only with a population that has a source and a year.

    ``populations`` are the marks of the population indicator for the same places, ``whole`` that of the place they are parts of.
    A functional zone is carved out of statutory districts, so beside them it stands only where the populations show that nobody is
    counted twice.  Marks without a population keep no value and say why.
    """
    beside, numbers = side_by_side(marks, cautions=cautions), valued(marks)
    people = {mark.place: mark for mark in valued(populations)}
    found = _not_counted(beside, numbers, cautions, "misleading")
    found += [*_without_people(numbers, populations, people), *_zones(numbers, populations, people, whole)]
    if found or isinstance(beside, Refusal):
        return Refusal(tuple(dict.fromkeys(found)))
    why = {mark.place: mark.reason for mark in populations}
    made = [
        mark if mark.value is None else _ratio(mark, people.get(mark.place), why.get(mark.place, "")) for mark in marks
    ]
    again = side_by_side(made, cautions=cautions)
    return again if isinstance(again, Refusal) else replace(again, carries_year=beside.carries_year)


def _not_counted(
    beside: Comparison | Refusal, numbers: Sequence[ComparedMark], cautions: Sequence[Caution], kind: str
) -> list[Reason]:
    """What stands against any ratio: against the comparison, the kind of number, and each caution of this kind."""
    found = [*(beside.reasons if isinstance(beside, Refusal) else ())]
    if any(number.indicator_kind not in COUNTED or not number.is_summed for number in numbers):
        found.append(Reason("not_a_count"))
    return [*found, *forbidden(cautions, (kind,))]


def _not_whole(
    numbers: Sequence[ComparedMark], total: ComparedMark | None, checks: Sequence[Check]
) -> Iterator[Reason]:
    if total is None or not total.value:
        yield Reason("no_total")
        return
    yield from conflicts([total])
    ids = {number.number_id for number in (*numbers, total)}
    results = {check.result for check in checks if check.kind == "sum" and set(check.observation_ids) == ids}
    added = sum((number.amount for number in numbers), start=Decimal(0))
    is_equal = added == total.value and all(number.qualifier == Qualifier.EXACT for number in numbers)
    if CheckResult.VIOLATED in results:
        yield Reason("sum_violated", (str(added), str(total.value), total.unit_name))
    elif total.qualifier != Qualifier.EXACT or not (is_equal or CheckResult.HOLDS in results):
        yield Reason("not_exhausted", (str(added), str(total.value), total.unit_name))


def _divided(mark: ComparedMark, by: ComparedMark, times: Decimal, value: Decimal, step: Decimal) -> ComparedMark:
    """``mark`` with ``value``, which is so many times its own divided by that of ``by``: computed from both."""
    interval = point(times) * interval_of(mark) / interval_of(by)
    return replace(
        mark,
        observation_ids=(*mark.observation_ids, *by.observation_ids),
        derived=True,
        value=value.quantize(PLACES),
        value_high=None,
        step=step,
        formula=f"{times} * {mark.number_id} / {by.number_id}",
        qualifier=qualifier_of(interval, value, step),
        printed=mark,
    )


def _share(mark: ComparedMark, total: ComparedMark, own: Mapping[frozenset[str], Number]) -> ComparedMark:
    value = (100 * mark.amount / total.amount).quantize(PLACES)
    made = replace(_divided(mark, total, Decimal(100), value, SHARE_STEP), unit=PER_CENT, unit_name=PER_CENT)
    given = own.get(frozenset(made.observation_ids))
    return replace(made, number_id=given.number_id, formula=given.formula) if given else made


def _without_people(
    numbers: Sequence[ComparedMark], asked: Sequence[ComparedMark], people: Mapping[str, ComparedMark]
) -> Iterator[Reason]:
    if not asked:
        yield Reason("no_population_indicator")
    elif not any(number.place in people for number in numbers):
        why = dict.fromkeys(mark.reason for mark in asked if mark.reason)
        yield Reason("no_population", (asked[0].indicator_name, *why))
    checked = (mark.indicator_kind == "stock" and mark.unit == PERSON and mark.verified for mark in people.values())
    if not all(checked) or any(mark.amount <= 0 for mark in people.values()):
        yield Reason("not_a_population")
    for number in numbers:
        if population := people.get(number.place):
            of, counted = year_of(number), year_of(population)
            if of is None or counted is None or not 0 <= of - counted <= CENSUS_LAG:
                yield Reason("population_year", (number.place_name, str(counted or "?"), str(of or "?")))


def _zones(
    numbers: Sequence[ComparedMark],
    asked: Sequence[ComparedMark],
    people: Mapping[str, ComparedMark],
    whole: ComparedMark | None,
) -> Iterator[Reason]:
    """Beside districts a zone is fair only where nobody is counted twice: what is known adds up to the whole, or to less of it
    while somewhere a population is missing."""
    zones = [number.place_name for number in numbers if number.place_kind == ZONE]
    if not zones or len(zones) == len(numbers) or not people:
        return
    counted, of_all = sum(mark.amount for mark in people.values()), whole.value if whole else None
    if of_all is None or not (counted < of_all if len(people) < len(asked) else counted == of_all):
        yield Reason("zone_population", tuple(zones))


def _ratio(mark: ComparedMark, people: ComparedMark | None, why: str) -> ComparedMark:
    if people is None:
        return replace(
            mark, number_id="", observation_ids=(), as_printed="", value=None, state=State.NOT_PUBLISHED, reason=why
        )
    value = PER_PEOPLE * mark.amount / people.amount
    step = Decimal(1).scaleb(value.adjusted() - SIGNIFICANT) if value else Decimal(1)
    made = _divided(mark, people, PER_PEOPLE, value, step)
    return replace(made, unit=f"{mark.unit}{PER_PEOPLE_UNIT}", population=people)
