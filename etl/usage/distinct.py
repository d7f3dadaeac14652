"""Distinct readers by month: the one number that does not add up over files, so months that did not change are remembered."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence

from etl.usage import merged
from etl.usage.cache import Cache
from etl.usage.engine import Columns, Engine
from etl.usage.reading import Log, Spaces
from etl.usage.records import Duplicate, FileMonth, Readers
from etl.usage.tables import FACILITY


def readers_by_month(
    counted: Sequence[Log],
    spaces: Spaces,
    scopes: Mapping[str, Sequence[str]],
    twice: Sequence[Duplicate],
    engine: Engine,
    cache: Cache,
) -> dict[tuple[str, str], int]:
    """(month, scope) -> distinct cards; months whose files and duplicates are the same as last time are not counted again."""
    keys = {cache.entries[log.key].number: log.key for log in counted}
    files: dict[dt.date, list[int]] = {}
    for part in engine.records(merged.months(engine.table("settled")), FileMonth):
        files.setdefault(part.month, []).append(part.file)
    lost: dict[dt.date, list[tuple[str, int]]] = {}
    for row in twice:
        lost.setdefault(row.day.replace(day=1), []).append((keys[row.file], row.row))
    keys_of_months = {
        month: _month_key(month, [keys[file] for file in numbers], lost.get(month, []), scopes)
        for month, numbers in files.items()
    }
    wanted = [month for month in sorted(files) if keys_of_months[month] not in cache.readers]
    if wanted:
        numbers = [number for month in wanted for number in files[month]]
        months = [month for month in wanted for _ in files[month]]
        parts = engine.given("wanted", {"file": ("int32", numbers), "month": ("date", months)})
        pairs = [
            (number, scope)
            for number, space in enumerate(spaces.ids)
            for scope in scopes.get(space, ())
            if not scope.startswith(FACILITY)
        ]
        spaces_of_pairs, scopes_of_pairs = [number for number, _ in pairs], [scope for _, scope in pairs]
        columns: Columns = {"space": ("int16", spaces_of_pairs), "whole": ("text", scopes_of_pairs)}
        wholes = engine.given("wholes", columns)
        stored = engine.stored("readers", cache.paths("readers"))
        found: dict[dt.date, dict[str, int]] = {month: {} for month in wanted}
        for count in engine.records(merged.distinct_readers(stored, engine.table("lost"), parts, wholes), Readers):
            scope = count.whole if count.space is None else FACILITY + spaces.ids[count.space]
            found[count.month][scope] = count.readers
        cache.readers |= {keys_of_months[month]: found[month] for month in wanted}
    cache.readers = {key: cache.readers[key] for key in keys_of_months.values()}
    return {
        (str(month), scope): readers
        for month, key in keys_of_months.items()
        for scope, readers in cache.readers[key].items()
    }


def _month_key(
    month: dt.date, files: Sequence[str], lost: Sequence[tuple[str, int]], scopes: Mapping[str, Sequence[str]]
) -> str:
    text = json.dumps([str(month), sorted(files), sorted(lost), scopes], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]
