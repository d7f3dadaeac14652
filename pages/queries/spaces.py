"""The spaces that have a gate log: how much each was used, since when it is open, and how large it is as far as published.

Which indicator says how large a facility is, is data: ``floor_area`` in denominators.csv names it, and a number of it belongs to a
facility where its breakdown's item is the facility's code.
"""

from __future__ import annotations

from collections.abc import Mapping

from etl.model import Measure, Number, Qualifier
from etl.release.tables import Release
from pages.analysis.use_of_spaces import SpaceUse
from pages.queries.facilities import facilities
from pages.queries.numbers import numbers_of
from pages.queries.usage import logged_facilities, logged_span, use_by_space_and_day

FLOOR_AREA = "floor_area"


def spaces_used(release: Release, project: str) -> tuple[SpaceUse, ...]:
    """The facilities of ``project`` with a log, in the facilities' order, with the span of all logs."""
    span = logged_span(release)
    if span is None:
        return ()
    logs = use_by_space_and_day(release, project).groupby("facility")
    visits, loans = logs["visits"].sum().to_dict(), logs["loans"].sum().to_dict()
    days, called, areas = logs.size().to_dict(), logged_facilities(release, project), _areas(release)
    return tuple(
        SpaceUse(
            facility,
            int(visits[facility.facility]),
            int(loans[facility.facility]),
            int(days[facility.facility]),
            *span,
            areas.get(facility.facility),
        )
        for facility in facilities(release)
        if facility.facility in called
    )


def _areas(release: Release) -> Mapping[str, Number]:
    """Facility -> the latest checked number of its floor area."""
    sizes = [row["indicator"] for row in release.rows("denominators") if row["kind"] == FLOOR_AREA]
    item_of = {row["breakdown"]: row["item"] for row in release.rows("breakdowns")}
    printed = numbers_of(release, indicators=sizes)
    return {
        item_of[number.breakdown]: number
        for number in sorted(printed, key=lambda number: str(number.as_of or number.period_end or ""))
        if number.breakdown in item_of
        and number.verified
        and number.measure == Measure.ACTUAL
        and number.qualifier == Qualifier.EXACT
        and number.value
    }
