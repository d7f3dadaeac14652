"""Rows of the tables that screens read: spaces get their ids back, days become months of spaces, districts and the city."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from etl.reference import City, Reference, line_of
from etl.rows import FacilityRow
from etl.usage.reading import Spaces
from etl.usage.records import Counts, DayVisits, HourVisits, MonthVisits

FEWEST_READERS = 5
"""Below, a count of readers could point at one person and is suppressed."""
FACILITY, PLACE = "facility:", "place:"
Visits = TypeVar("Visits", DayVisits, HourVisits)


def placed(rows: Sequence[Visits], spaces: Spaces) -> list[Visits]:
    """The same rows with the facility's id; in the same order, for numbers follow the ids."""
    return [row._replace(facility=spaces.ids[row.space]) for row in rows]


def scopes_of(reference: Reference, city: City) -> dict[str, list[str]]:
    """Facility -> the wholes it counts towards: itself, its district (the part of the city it lies in) and the city."""
    parents = {row.place: row.parent for row in reference.places}
    scopes = {}
    for row in reference.rows(FacilityRow):
        chain = line_of(row.place, parents)
        top = chain.index(city.place) if city.place in chain else len(chain) - 1
        scopes[row.facility] = [
            FACILITY + row.facility,
            *(PLACE + place for place in chain[max(top - 1, 0) : top + 1]),
        ]
    return scopes


Sums = dict[tuple[str, dt.date], Counts]


def monthly(
    daily: Sequence[DayVisits], readers: Mapping[tuple[str, str], int], scopes: Mapping[str, Sequence[str]]
) -> list[MonthVisits]:
    """Rows of visits_monthly: grain facility x month, and place x month with facility "". Ordered by place, facility, month.

    ``readers`` are distinct cards by (first day of the month, scope); fewer than FEWEST_READERS are not told.
    """
    by_facility: Sums = {}
    for row in daily:
        _add(by_facility, (row.facility, row.day.replace(day=1)), row.counts)
    sums: Sums = {}
    for (facility, month), counts in by_facility.items():
        for scope in scopes[facility]:
            _add(sums, (scope, month), counts)
    homes = {facility: wholes[1].removeprefix(PLACE) if len(wholes) > 1 else "" for facility, wholes in scopes.items()}
    rows = []
    for (scope, month), counts in sums.items():
        facility = scope.removeprefix(FACILITY) if scope.startswith(FACILITY) else ""
        place = homes[facility] if facility else scope.removeprefix(PLACE)
        last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        told = readers.get((str(month), scope), 0)
        rows.append(
            MonthVisits(place, facility, month, last, *counts, Decimal(told) if told >= FEWEST_READERS else None)
        )
    return sorted(rows, key=lambda row: (row.place, row.facility, row.period_start))


def _add(sums: Sums, key: tuple[str, dt.date], added: Counts) -> None:
    visits, loans, returns, cards = sums.get(key, (0, 0, 0, 0))
    sums[key] = visits + added[0], loans + added[1], returns + added[2], cards + added[3]
