"""Rows of the tables that screens read: spaces get their ids back, days become months of spaces, districts and the city."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import add

from etl.handwritten import Row
from etl.reference import City, Reference, line_of
from etl.usage.reading import Spaces
from etl.usage.rows import COUNTS

FEWEST_READERS = 5
"""Below, a count of readers could point at one person and is suppressed."""
FACILITY, PLACE = "facility:", "place:"


def placed(rows: Sequence[Row], spaces: Spaces) -> list[Row]:
    """The same rows with the facility's id in the place of its number; in the same order, for numbers follow the ids."""
    return [{**row, "facility": spaces.ids[row["space"]]} for row in rows]


def scopes_of(reference: Reference, city: City) -> dict[str, list[str]]:
    """Facility -> the wholes it counts towards: itself, its district (the part of the city it lies in) and the city."""
    parents = {row["place"]: row["parent"] for row in reference.tables["places"]}
    scopes = {}
    for row in reference.tables["facilities"]:
        chain = line_of(row["place"], parents)
        top = chain.index(city.place) if city.place in chain else len(chain) - 1
        scopes[row["facility"]] = [
            FACILITY + row["facility"],
            *(PLACE + place for place in chain[max(top - 1, 0) : top + 1]),
        ]
    return scopes


def monthly(
    daily: Sequence[Row], readers: Mapping[tuple[str, str], int], scopes: Mapping[str, Sequence[str]]
) -> list[Row]:
    """Rows of visits_monthly: grain facility x month, and place x month with facility "". Ordered by place, facility, month.

    ``readers`` are distinct cards by (first day of the month, scope); fewer than FEWEST_READERS are not told.
    """
    sums: dict[tuple[str, int, int], list[int]] = {}
    for (facility, year, month), added in _by_month(daily).items():
        for scope in scopes[facility]:
            total = sums.setdefault((scope, year, month), [0] * len(COUNTS))
            total[:] = map(add, total, added)
    homes = {facility: wholes[1].removeprefix(PLACE) if len(wholes) > 1 else "" for facility, wholes in scopes.items()}
    rows = []
    for (scope, year, month), total in sums.items():
        first = dt.date(year, month, 1)
        counts = dict(zip(COUNTS, total, strict=True))
        rows.append(_month(scope, first, counts, readers.get((str(first), scope), 0), homes))
    return sorted(rows, key=lambda row: (row["place"], row["facility"], row["period_start"]))


def _by_month(daily: Sequence[Row]) -> dict[tuple[str, int, int], list[int]]:
    sums: dict[tuple[str, int, int], list[int]] = {}
    for row in daily:
        day = row["day"]
        counts = sums.setdefault((row["facility"], day.year, day.month), [0] * len(COUNTS))
        for position, name in enumerate(COUNTS):
            counts[position] += row[name]
    return sums


def _month(scope: str, month: dt.date, sums: Mapping[str, int], readers: int, homes: Mapping[str, str]) -> Row:
    facility = scope.removeprefix(FACILITY) if scope.startswith(FACILITY) else ""
    return {
        "place": homes[facility] if facility else scope.removeprefix(PLACE),
        "facility": facility,
        "period_start": month,
        "period_end": month.replace(day=calendar.monthrange(month.year, month.month)[1]),
        **sums,
        "readers": Decimal(readers) if readers >= FEWEST_READERS else None,
    }
