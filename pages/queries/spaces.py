"""The spaces that have a gate log: how much each was used, since when it is open, and how large it is as far as published.

Which indicator says how large a facility is, is data: ``floor_area`` in denominators.csv names it, and a number of it belongs to a
facility where its breakdown's item is the facility's code.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from etl.model import Measure, Qualifier
from etl.release.tables import Release
from pages.queries.facilities import facilities
from pages.queries.numbers import numbers_frame, records, table
from pages.queries.usage import COUNTS, logged_facilities, logged_span, use_by_space_and_day

FLOOR_AREA = "floor_area"
SPACE_COLUMNS = (
    "facility", "facility_name", "place", "place_name", "opened_on", "log_first", "log_last", "days_logged", *COUNTS, "area", "area_id",
)  # fmt: skip


def spaces_used(release: Release, project: str) -> pd.DataFrame:
    """Grain: one facility of ``project`` with a log, in the facilities' order; SPACE_COLUMNS.

    ``log_first`` and ``log_last`` are the span of all logs, ``days_logged`` the days with a row; ``area`` (square metres) and
    ``opened_on`` are None where nothing is published.
    """
    span = logged_span(release)
    if span is None:
        return table([], SPACE_COLUMNS)
    daily = use_by_space_and_day(release, project)
    sums = daily.groupby("facility")[list(COUNTS)].sum().to_dict("index")
    many = daily.groupby("facility").size().to_dict()
    called, areas = logged_facilities(release, project), _areas(release)
    rows = []
    for each in facilities(release):
        if each.facility in called:
            area = areas.get(each.facility, {"value": None, "number_id": ""})
            counts = {name: int(sums[each.facility][name]) for name in COUNTS}
            rows.append(
                vars(each) | counts | {
                    "log_first": span[0], "log_last": span[1], "days_logged": int(many[each.facility]),
                    "area": area["value"], "area_id": area["number_id"],
                }
            )  # fmt: skip
    return table(rows, SPACE_COLUMNS)


def _areas(release: Release) -> dict[str, dict[str, Any]]:
    """Facility -> the latest checked number of its floor area."""
    sizes = [row["indicator"] for row in records(release.table("denominators")) if row["kind"] == FLOOR_AREA]
    item_of = {row["breakdown"]: row["item"] for row in records(release.table("breakdowns"))}
    every = sorted(records(numbers_frame(release)), key=lambda row: str(row["as_of"] or row["period_end"] or ""))
    return {
        item_of[row["breakdown"]]: row
        for row in every
        if row["indicator"] in sizes and row["breakdown"] in item_of and row["verified"] and row["measure"] == Measure.ACTUAL
        and row["qualifier"] == Qualifier.EXACT and row["value"]
    }  # fmt: skip
