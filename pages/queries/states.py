"""The states a place can be in for one number: a value, 不在计划, 未公布, 不适用 - or a gap nobody has declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from etl.rules.selectors import Selector, named, period_of
from pages.queries.numbers import records

STATE_OF_MEASURE: Mapping[str, str] = {
    "actual": "done",
    "plan": "planned",
    "target": "target",
    "standard": "standard",
    "": "done",
}
UNDECLARED = "undeclared"
"""Neither observed nor declared absent: a mistake in the data, shown as such and refused by a test on shipped data."""

STATE_ORDER = (
    "done",
    "planned",
    "target",
    "standard",
    "not_in_plan",
    "not_applicable",
    "not_published",
    "not_in_sources",
    UNDECLARED,
)


def absences_of(
    absences: pd.DataFrame, places: pd.DataFrame, asked: Selector, wanted: Sequence[str]
) -> dict[str, Mapping[str, Any]]:
    """Place -> the declared absence of what ``asked`` names there, for each of the ``wanted`` places that has one."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in records(absences):
        if _speaks_of(row, asked):
            for place in named(places, row["place"]):
                if place in wanted:
                    found.setdefault(place, row)
    return found


def absence_at(
    absences: Sequence[Mapping[str, Any]], places: pd.DataFrame, asked: Selector, place: str, breakdown: str
) -> Mapping[str, Any] | None:
    """The declared absence of one item of a breakdown at ``place``, of what ``asked`` names otherwise; None when nobody declared it."""
    for row in absences:
        if row["breakdown"] == breakdown and _speaks_of(row, asked, breakdown) and place in named(places, row["place"]):
            return row
    return None


def _speaks_of(row: Mapping[str, Any], asked: Selector, breakdown: str = "") -> bool:
    if row["indicator"] != asked.indicator or row["measure"] not in ("", asked.pins.get("measure", row["measure"])):
        return False
    if row["breakdown"] not in ("", breakdown or asked.pins.get("breakdown", "")):
        return False
    period = "" if asked.is_relative else asked.pins.get("period", "")
    start, end = period_of(period) if period else (None, None)
    return _overlap(row["period_start"], row["period_end"], start, end)


def _overlap(
    start: dt.date | None, end: dt.date | None, other_start: dt.date | None, other_end: dt.date | None
) -> bool:
    begins_before = start is None or other_end is None or start <= other_end
    return begins_before and (end is None or other_start is None or other_start <= end)
