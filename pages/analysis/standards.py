"""Whether a number meets a standard, asked only where the standard is its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from etl.model import Caution, ComparedMark, Measure, Qualifier, Standard
from etl.rules.interval import point
from pages.analysis.comparison import APART
from pages.analysis.reasons import (
    Judgement,
    Reason,
    Refusal,
    definitions,
    forbidden,
    interval_of,
    is_never_above,
    units,
)


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
        *units(both),
        *definitions(both),
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
    if number.qualifier == Qualifier.EXACT and number.value == floor.value:
        return Judgement.MEETS
    due, own = point(floor.amount), interval_of(number)
    low, high = (own, due) if number.polarity == "down" else (due, own)
    if is_never_above(low, high):
        return Judgement.MEETS
    return Judgement.BELOW if is_never_above(high, low) else Refusal((Reason("undecided"),))


def _out_of_force(number: ComparedMark, standard: Standard) -> Iterator[Reason]:
    first, last = standard.valid_from, standard.valid_to
    if first is None and last is None:
        yield Reason("standard_undated")
        return
    start = number.period_start or number.last_day
    end = number.last_day or start
    if start is None or (first and start < first) or (last and end and end > last):
        yield Reason("not_in_force", (_years(first, last),))


def _years(first: dt.date | None, last: dt.date | None) -> str:
    return "-".join(dict.fromkeys(str(day.year) for day in (first, last) if day))
