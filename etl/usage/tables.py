"""Rows of the tables that screens read: spaces get their ids back, days become months of spaces, districts and the city.

Distinct readers are the one number that does not add up over files, so months that did not change are remembered.
"""

import calendar
import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from etl.reference import City, Reference, line_of
from etl.rows import FacilityRow
from etl.usage import merged
from etl.usage.cache import Cache
from etl.usage.engine import Engine
from etl.usage.reading import Log, Spaces
from etl.usage.records import Counts, DayVisits, Duplicate, FileMonth, HourVisits, MonthVisits, Readers

FEWEST_READERS = 5
"""Below, a count of readers could point at one person and is suppressed."""
FACILITY, PLACE = "facility:", "place:"
Visits = TypeVar("Visits", DayVisits, HourVisits)
Scopes = Mapping[str, Sequence[str]]
"""Facility -> the wholes it counts towards: itself, its district (the part of the city it lies in) and the city."""
Sums = dict[tuple[str, dt.date], Counts]


def placed(rows: Sequence[Visits], spaces: Spaces) -> list[Visits]:
    """The same rows with the facility's id; in the same order, for numbers follow the ids."""
    return [row._replace(facility=spaces.ids[row.space]) for row in rows]


def scopes_of(reference: Reference, city: City) -> Scopes:
    """The wholes of every facility."""
    parents = {row.place: row.parent for row in reference.places}
    scopes = {}
    for row in reference.rows(FacilityRow):
        chain = line_of(row.place, parents)
        top = chain.index(city.place) if city.place in chain else len(chain) - 1
        scopes[row.facility] = [FACILITY + row.facility, *(PLACE + place for place in chain[max(top - 1, 0) : top + 1])]
    return scopes


def readers_by_month(
    counted: Sequence[Log], spaces: Spaces, scopes: Scopes, twice: Sequence[Duplicate], engine: Engine, cache: Cache
) -> dict[tuple[str, str], int]:
    """(month, scope) -> distinct cards; months whose files and duplicates are the same as last time are not counted again."""
    keys = {cache.entries[log.key].number: log.key for log in counted}
    files, lost = defaultdict[dt.date, list[int]](list), defaultdict[dt.date, list[tuple[str, int]]](list)
    for part in engine.records(merged.months(engine.table("settled")), FileMonth):
        files[part.month].append(part.file)
    for row in twice:
        lost[row.day.replace(day=1)].append((keys[row.file], row.row))
    keys_of_months = {}
    for month, numbers in files.items():
        parts = [str(month), sorted(keys[file] for file in numbers), sorted(lost[month]), scopes]
        keys_of_months[month] = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:24]
    if wanted := [month for month in sorted(files) if keys_of_months[month] not in cache.readers]:
        counts = _distinct_readers({month: files[month] for month in wanted}, spaces, scopes, engine, cache)
        cache.readers |= {keys_of_months[month]: counts[month] for month in wanted}
    cache.readers = {key: cache.readers[key] for key in keys_of_months.values()}
    return {
        (str(month), scope): readers
        for month, key in keys_of_months.items()
        for scope, readers in cache.readers[key].items()
    }


def _distinct_readers(
    files: Mapping[dt.date, Sequence[int]], spaces: Spaces, scopes: Scopes, engine: Engine, cache: Cache
) -> dict[dt.date, dict[str, int]]:
    parts = [(number, month) for month, numbers in files.items() for number in numbers]
    numbers, months = [number for number, _ in parts], [month for _, month in parts]
    wanted = engine.given("wanted", {"file": ("int32", numbers), "month": ("date", months)})
    wholes = [(at, scope) for at, space in enumerate(spaces.ids) for scope in scopes.get(space, ())]
    pairs = [(at, scope) for at, scope in wholes if not scope.startswith(FACILITY)]
    places, names = [at for at, _ in pairs], [scope for _, scope in pairs]
    belongs = engine.given("wholes", {"space": ("int16", places), "whole": ("text", names)})
    stored = engine.stored("readers", cache.paths("readers"))
    found: dict[dt.date, dict[str, int]] = {month: {} for month in files}
    for count in engine.records(merged.distinct_readers(stored, engine.table("lost"), wanted, belongs), Readers):
        scope = count.whole if count.space is None else FACILITY + spaces.ids[count.space]
        found[count.month][scope] = count.readers
    return found


def monthly(daily: Sequence[DayVisits], readers: Mapping[tuple[str, str], int], scopes: Scopes) -> list[MonthVisits]:
    """Rows of visits_monthly: grain facility x month, and place x month with facility "". Ordered by place, facility, month.
    ``readers`` are distinct cards by (first day of the month, scope); fewer than FEWEST_READERS are not told."""
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
        cards = Decimal(told) if told >= FEWEST_READERS else None
        rows.append(MonthVisits(place, facility, month, last, *counts, cards))
    return sorted(rows, key=lambda row: (row.place, row.facility, row.period_start))


def _add(sums: Sums, key: tuple[str, dt.date], added: Counts) -> None:
    visits, loans, returns, cards = sums.get(key, (0, 0, 0, 0))
    sums[key] = visits + added[0], loans + added[1], returns + added[2], cards + added[3]
