"""Whether a number meets a standard, asked only where the standard is its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from etl.model import Caution, Measure, Qualifier
from etl.rules.interval import point
from pages.analysis.comparison import APART
from pages.analysis.reasons import (
    Judgement,
    Reason,
    Refusal,
    Row,
    definitions,
    forbidden,
    interval_of,
    is_never_above,
    units,
)


def judged(number: Row, standard: Row, *, cautions: Sequence[Caution]) -> Judgement | Refusal:
    """Whether ``number`` meets ``standard``, asked only where the standard is its own.

    ``standard`` carries scope, valid_from and valid_to beside the columns of a number; ``number`` carries ``within``, the places
    it lies in, itself first.  It must be of the same unit and definition, inside the scope, and of a day at which the standard was
    in force; a standard whose years are not printed judges nobody.
    """
    found = [
        *units([number, standard]), *definitions([number, standard]), *_out_of_force(number, standard),
        *forbidden(cautions, (*APART, "different_year", "misleading")),
    ]  # fmt: skip
    if standard["scope"] not in number["within"]:
        found.append(Reason("out_of_scope", (str(standard["scope_name"]),)))
    if standard["value"] is None:
        found.append(Reason("standard_not_published"))
    if number["measure"] != Measure.ACTUAL:
        found.append(Reason("not_actual"))
    if number["polarity"] not in ("up", "down"):
        found.append(Reason("no_direction"))
    if found:
        return Refusal(tuple(found))
    if number["qualifier"] == Qualifier.EXACT and number["value"] == standard["value"]:
        return Judgement.MEETS
    floor, own = point(standard["value"]), interval_of(number)
    low, high = (own, floor) if number["polarity"] == "down" else (floor, own)
    if is_never_above(low, high):
        return Judgement.MEETS
    return Judgement.BELOW if is_never_above(high, low) else Refusal((Reason("undecided"),))


def _out_of_force(number: Row, standard: Row) -> Iterator[Reason]:
    first, last = standard["valid_from"] or None, standard["valid_to"] or None
    if first is None and last is None:
        yield Reason("standard_undated")
        return
    start = number["period_start"] or number["period_end"] or number["as_of"]
    end = number["period_end"] or number["as_of"] or start
    if start is None or (first and start < first) or (last and end > last):
        yield Reason("not_in_force", (_years(first, last),))


def _years(first: dt.date | None, last: dt.date | None) -> str:
    return "-".join(dict.fromkeys(str(day.year) for day in (first, last) if day))
