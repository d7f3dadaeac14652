"""What a comparison gives: rows that may stand side by side, a judgement, or the reasons why not.

A reason is a code with the words of the data it speaks of; pages.wording.compared says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from etl.model import Caution, ComparedMark, Number
from etl.rules.interval import Interval, printed


@dataclass(frozen=True)
class Reason:
    """Why something is refused, or told with care: the rule, and the words of the data it speaks of."""

    rule: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """No comparison; every reason that stands against it."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Comparison:
    """Marks that may stand side by side, with what must be said beside them.

    ``is_ranked`` says whether their order is known and means anything; ``carries_year`` that every label needs its year.
    """

    marks: tuple[ComparedMark, ...]
    is_ranked: bool
    carries_year: bool
    limits: tuple[Reason, ...] = ()


class Judgement(StrEnum):
    """What a number is to a standard, what to look at first in front."""

    BELOW = "below"
    NOT_JUDGED = "not_judged"
    MEETS = "meets"


def year_of(number: Number) -> int | None:
    """The year a number speaks of: that of its period's end, or of its day."""
    day = number.last_day or number.period_start
    return day.year if day else None


def interval_of(mark: ComparedMark) -> Interval:
    """Every number that what is printed may stand for."""
    return printed(mark.amount, mark.value_high, mark.qualifier, mark.step, continuous=mark.is_continuous)


def is_never_above(one: Interval, other: Interval) -> bool:
    """Whether no number of ``one`` can be greater than one of ``other``."""
    return one.high is not None and other.low is not None and one.high <= other.low


def valued(marks: Iterable[ComparedMark]) -> list[ComparedMark]:
    """The marks that have a value."""
    return [mark for mark in marks if mark.value is not None]


def forbidden(cautions: Sequence[Caution], kinds: Sequence[str]) -> Iterator[Reason]:
    """A reason for each caution of one of these kinds."""
    for caution in cautions:
        if caution.kind in kinds:
            yield Reason("caution", (caution.name, caution.reason))


def conflicts(numbers: Sequence[Number]) -> Iterator[Reason]:
    """A reason where one of the numbers has another printed version."""
    if tied := tuple(number.place_name for number in numbers if number.conflict):
        yield Reason("conflict", tied)


def units(numbers: Sequence[Number]) -> Iterator[Reason]:
    """A reason where the numbers have several units."""
    found = dict.fromkeys(number.unit_name for number in numbers)
    if len(found) > 1:
        yield Reason("different_unit", tuple(found))


def definitions(numbers: Sequence[Number]) -> Iterator[Reason]:
    """A reason where the numbers are of several indicators, or of several items of a breakdown."""
    names = dict.fromkeys(
        " · ".join(filter(None, (number.indicator_name, number.breakdown_name))) for number in numbers
    )
    if len({(number.indicator, number.breakdown) for number in numbers}) > 1:
        yield Reason("different_definition", tuple(names))
