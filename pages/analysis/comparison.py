"""Whether numbers may stand side by side, and whether one meets a standard: their marks, a judgement, or the reasons why not.

Structure decides first (unit, definition, kind, time, whose place), then what a person wrote down in cautions.csv.  Nothing
here knows a place or an indicator.  A reason is a code with the words of the data it speaks of; pages.wording.compared says it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from operator import attrgetter

from etl.model import Caution, ComparedMark, Measure, Number, Qualifier, Standard
from etl.rules.interval import Interval, point, printed

SAME_LENGTH = 3
"""Days by which two periods of one length differ: months have 28 to 31, years 365 or 366."""

APART = ("do_not_compare", "different_definition")
"""Kinds of caution that keep two numbers out of one chart; the other kinds concern what is computed from them."""

UNRANKED = ("no_direction", "order_unknown", "different_level", "own_definitions")
"""Limits that leave no order worth showing."""


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
    """Marks that may stand side by side, with what must be said beside them. ``is_ranked`` says whether their order is
    known and means anything; ``carries_year`` that every label needs its year."""

    marks: tuple[ComparedMark, ...]
    is_ranked: bool
    carries_year: bool
    limits: tuple[Reason, ...] = ()


class Judgement(StrEnum):
    """What a number is to a standard, what to look at first in front."""

    BELOW = "below"
    NOT_JUDGED = "not_judged"
    MEETS = "meets"


def side_by_side(marks: Sequence[ComparedMark], *, cautions: Sequence[Caution]) -> Comparison | Refusal:
    """``marks`` as they are, when they are of one unit, definition, kind and time, and no caution keeps two of them apart.

    There is one mark per place; those without a value are kept and never compared.  ``cautions`` are those in which numbers of the marks
    meet.  Numbers of places with different parents (a peer city) may speak of different years when each carries its own, and of
    different indicators where a caution of the kind different_year ties them.  Fewer than two values are a refusal.
    """
    numbers = valued(marks)
    has_peers = len({number.parent for number in numbers}) > 1
    ties_years = any(caution.kind == "different_year" for caution in cautions)
    found = [
        *_too_few(marks, numbers),
        *conflicts(numbers),
        *_several("different_unit", (number.unit_name for number in numbers)),
        *_several("different_measure", (str(number.measure) for number in numbers)),
        *(() if ties_years else _definitions(numbers)),
        *_times(numbers, has_peers=has_peers),
        *forbidden(cautions, APART),
    ]
    if found:
        return Refusal(tuple(found))
    with_care = (Reason("with_care", (each.name, each.reason)) for each in cautions if each.kind not in APART)
    limits = (*_limits(numbers, has_peers=has_peers), *with_care)
    return Comparison(tuple(marks), not any(limit.rule in UNRANKED for limit in limits), has_peers, limits)


def arranged(comparison: Comparison, *, by_value: bool) -> tuple[ComparedMark, ...]:
    """The marks largest first, those without a value behind; in administrative order (``rank``) where that is asked for, or where
    the order of the values is not known or means nothing."""
    marks = sorted(comparison.marks, key=lambda mark: mark.rank)
    if by_value and comparison.is_ranked:
        marks.sort(key=lambda mark: (mark.value is None, -(mark.value or 0)))
    return tuple(marks)


def judged(
    number: ComparedMark, standard: Standard, *, within: Collection[str], cautions: Sequence[Caution]
) -> Judgement | Refusal:
    """Whether ``number``, which lies in the places ``within``, meets ``standard``, asked only where the standard is its own.

    It must be of the same unit and definition, inside the scope, and of a day at which the standard was in force; a standard whose
    years are not printed judges nobody.
    """
    floor = standard.number
    both = [number, floor] if floor else [number]
    found = [
        *_several("different_unit", (each.unit_name for each in both)),
        *_definitions(both),
        *_out_of_force(number, standard),
        *forbidden(cautions, (*APART, "different_year", "misleading")),
    ]
    if standard.scope not in within:
        found.append(Reason("out_of_scope", (standard.scope_name,)))
    if floor is None or floor.value is None:
        found.append(Reason("standard_not_published"))
    if number.measure != Measure.ACTUAL:
        found.append(Reason("not_actual"))
    if number.polarity not in ("up", "down"):
        found.append(Reason("no_direction"))
    if found or floor is None:
        return Refusal(tuple(found))
    due, own = point(floor.amount), interval_of(number)
    low, high = (own, due) if number.polarity == "down" else (due, own)
    is_equal = number.qualifier == Qualifier.EXACT and number.value == floor.value
    if is_equal or _is_never_above(low, high):
        return Judgement.MEETS
    return Judgement.BELOW if _is_never_above(high, low) else Refusal((Reason("undecided"),))


def year_of(number: Number) -> int | None:
    """The year a number speaks of: that of its period's end, or of its day."""
    day = number.last_day or number.period_start
    return day.year if day else None


def interval_of(mark: ComparedMark) -> Interval:
    """Every number that what is printed may stand for."""
    return printed(mark.amount, mark.value_high, mark.qualifier, mark.step, continuous=mark.is_continuous)


def valued(marks: Iterable[ComparedMark]) -> list[ComparedMark]:
    """The marks that have a value."""
    return [mark for mark in marks if mark.value is not None]


def forbidden(cautions: Sequence[Caution], kinds: Sequence[str]) -> Iterator[Reason]:
    """A reason for each caution of one of these kinds."""
    return (Reason("caution", (caution.name, caution.reason)) for caution in cautions if caution.kind in kinds)


def conflicts(numbers: Sequence[Number]) -> Iterator[Reason]:
    """A reason where one of the numbers has another printed version."""
    if tied := tuple(number.place_name for number in numbers if number.conflict):
        yield Reason("conflict", tied)


def _several(rule: str, words: Iterable[str]) -> Iterator[Reason]:
    """A reason where the words are not all the same."""
    told = tuple(dict.fromkeys(words))
    if len(told) > 1:
        yield Reason(rule, told)


def _definitions(numbers: Sequence[Number]) -> Iterator[Reason]:
    """A reason where the numbers are of several indicators, or of several items of a breakdown."""
    names = (" · ".join(filter(None, (number.indicator_name, number.breakdown_name))) for number in numbers)
    if len({(number.indicator, number.breakdown) for number in numbers}) > 1:
        yield Reason("different_definition", tuple(dict.fromkeys(names)))


def _too_few(marks: Sequence[ComparedMark], numbers: Sequence[ComparedMark]) -> Iterator[Reason]:
    if not numbers:
        yield Reason("nothing_published", tuple(dict.fromkeys(mark.reason for mark in marks if mark.reason)))
    elif len(numbers) == 1:
        yield Reason("only_one", (numbers[0].place_name,))


def _times(numbers: Sequence[ComparedMark], *, has_peers: bool) -> Iterator[Reason]:
    lengths = {
        (number.period_end - number.period_start).days
        for number in numbers
        if number.indicator_kind == "flow" and number.period_start and number.period_end
    }
    if lengths and max(lengths) - min(lengths) > SAME_LENGTH:
        yield Reason("different_length")
    undated = tuple(number.place_name for number in numbers if year_of(number) is None)
    if has_peers and undated:
        yield Reason("no_year", undated)
    if not has_peers:
        yield from _several("different_period", map(str, sorted(filter(None, map(year_of, numbers)))))


def _limits(numbers: Sequence[ComparedMark], *, has_peers: bool) -> Iterator[Reason]:
    if any(number.polarity == "none" for number in numbers):
        yield Reason("no_direction")
    if open_ended := tuple(number.place_name for number in numbers if number.qualifier != Qualifier.EXACT):
        yield Reason("bounds", open_ended)
    if any(_order_is_open(*pair) for pair in combinations(numbers, 2)):
        yield Reason("order_unknown")
    if has_peers and len({number.place_kind for number in numbers}) > 1:
        yield Reason("different_level")
    if len({number.indicator for number in numbers}) > 1:
        yield Reason("own_definitions")
    if len({number.as_of for number in numbers if number.as_of}) > 1 and not has_peers:
        yield Reason("different_days")


def _order_is_open(one: ComparedMark, other: ComparedMark) -> bool:
    """Whether what the printing leaves open could turn the order of two different numbers round."""
    if one.value == other.value:
        return not (one.qualifier == other.qualifier == Qualifier.EXACT)
    small, large = sorted((one, other), key=attrgetter("amount"))
    return not _is_never_above(interval_of(small), interval_of(large))


def _is_never_above(one: Interval, other: Interval) -> bool:
    """Whether no number of ``one`` can be greater than one of ``other``."""
    return one.high is not None and other.low is not None and one.high <= other.low


def _out_of_force(number: ComparedMark, standard: Standard) -> Iterator[Reason]:
    first, last = standard.valid_from, standard.valid_to
    if first is None and last is None:
        yield Reason("standard_undated")
        return
    start = number.period_start or number.last_day
    end = number.last_day or start
    if start is None or (first and start < first) or (last and end and end > last):
        years = dict.fromkeys(str(day.year) for day in (first, last) if day)
        yield Reason("not_in_force", ("-".join(years),))
