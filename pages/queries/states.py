"""The states a place can be in for one number: a value, 不在计划, 未公布, 不适用 - or a gap nobody has declared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from etl.model import Measure, State
from etl.release.index import AbsenceRow
from etl.rules.selectors import Selector, named, period_of

STATE_OF_MEASURE: Mapping[str, State] = {"": State.DONE, **{measure: measure.state for measure in Measure}}


def absences_of(
    absences: Iterable[AbsenceRow], places: pd.DataFrame, asked: Selector, wanted: Collection[str], breakdown: str = ""
) -> dict[str, AbsenceRow]:
    """Place -> the declared absence of what ``asked`` names there, for each of the ``wanted`` places that has one.

    With ``breakdown`` only an absence of just that item counts.
    """
    found: dict[str, AbsenceRow] = {}
    for row in absences:
        if _speaks_of(row, asked, breakdown) and breakdown in ("", row.breakdown):
            for place in named(places, row.place):
                if place in wanted:
                    found.setdefault(place, row)
    return found


def _speaks_of(row: AbsenceRow, asked: Selector, breakdown: str = "") -> bool:
    if row.indicator != asked.indicator or row.measure not in ("", asked.pins.get("measure", row.measure)):
        return False
    if row.breakdown not in ("", breakdown or asked.pins.get("breakdown", "")):
        return False
    period = "" if asked.is_relative else asked.pins.get("period", "")
    start, end = period_of(period) if period else (None, None)
    first, last = row.period_start, row.period_end
    return (first is None or end is None or first <= end) and (last is None or start is None or start <= last)
