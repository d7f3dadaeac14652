"""Selectors that follow the numbers: ``{as_of=latest}`` becomes the day of the newest number that is there for the one who asks.

The words, as ``period=`` (times with both ends) or ``as_of=``:

- ``latest``: the newest; over several places the newest that at least half of them have;
- ``latest_year``, ``latest_years``: the newest period of one whole year, of several; ``years``: each whole year;
- ``same``: the time of the first selector of the row; ``previous``: the newest before it; ``within``: each shorter period inside it.

Which numbers are there was decided at the door. A word that finds nothing gives an empty selector, which names nothing.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence

import pandas as pd

from etl.model import PlaceTime
from etl.rules.selectors import NONE, Selector, named, selector_of

Time = tuple[dt.date | None, dt.date | None]
Times = Callable[[Selector], Sequence[PlaceTime]]
"""A selector -> each place and time of the numbers it names, the first number's first."""


def resolved(selectors: Sequence[Selector], times: Times, places: pd.DataFrame) -> list[tuple[Selector, ...]]:
    """For each selector the one itself, or for a relative one those with the times it stands for (maybe none); same order. The
    first selector is what ``same``, ``within`` and ``previous`` relate to."""
    made: list[tuple[Selector, ...]] = []
    first: PlaceTime | None = None
    has_first = False
    for asked in selectors:
        made.append(_resolved(asked, times, places, first) if asked.is_relative else (asked,))
        if not has_first and made[-1]:
            has_first, first = True, next(iter(times(made[-1][0])), None)
    return made


def _resolved(asked: Selector, times_of: Times, places: pd.DataFrame, first: PlaceTime | None) -> tuple[Selector, ...]:
    key = "as_of" if asked.pins.get("as_of", "") in ("latest", "same", "previous") else "period"
    timeless = {name: value for name, value in asked.pins.items() if name not in ("period", "as_of")}
    rows = times_of(selector_of(asked.indicator, timeless))
    times = [_time(row, key) for row in rows]
    held = [(time, row.place) for time, row in zip(times, rows, strict=True) if time[1]]
    base = None if first is None else _time(first, key)
    wanted = _wanted(asked.pins[key], held, len(named(places, asked.pins.get("place", ""))), base)
    return tuple(selector_of(asked.indicator, timeless | _pins(time, key, rows, times)) for time in wanted)


def _time(row: PlaceTime, key: str) -> Time:
    return (None, row.as_of) if key == "as_of" else (row.period_start, row.period_start and row.period_end)


def _wanted(word: str, held: Sequence[tuple[Time, str]], places: int, base: Time | None) -> list[Time]:
    every = sorted({time for time, _ in held}, key=_order)
    years = [time for time in every if _years(time) == 1]
    match word:
        case "latest":
            return _shared(held, every, places)
        case "latest_year":
            return _shared(held, years, places)
        case "latest_years":
            return [time for time in every if _years(time) > 1][-1:]
        case "years":
            return years
    if base is None:
        return []
    if word == "same":
        return [base] if base in every else []
    if word == "previous":
        return [time for time in every if _order(time) < _order(base) and not _overlaps(time, base)][-1:]
    start, end = base
    return [(a, b) for a, b in every if a and b and start and end and start <= a and b <= end and (a, b) != base]


def _shared(held: Sequence[tuple[Time, str]], times: Sequence[Time], places: int) -> list[Time]:
    """The newest of ``times`` that at least half of the places have; where none has, the one that most have."""
    having = Counter(time for time, _place in set(held))
    half = [time for time in times if 2 * having[time] >= places]
    return half[-1:] or sorted(times, key=lambda time: (having[time], _order(time)))[-1:]


def _order(time: Time) -> tuple[dt.date, dt.date]:
    return time[1] or dt.date.min, time[0] or dt.date.min


def _years(time: Time) -> int:
    """How many whole years a period covers; 0 for any other time."""
    start, end = time
    is_whole = start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return end.year - start.year + 1 if start and end and is_whole else 0


def _overlaps(time: Time, base: Time) -> bool:
    return bool(time[0] and base[0] and time[1] and time[1] >= base[0] and time[0] <= (base[1] or time[0]))


def _pins(time: Time, key: str, rows: Sequence[PlaceTime], times: Sequence[Time]) -> dict[str, str]:
    """The pins of one time, as 2019, 2017/2018, 2019-01-01/2019-03-31; of several printings of one place's number for it the newest."""
    if key == "as_of":
        return {"as_of": str(time[1])}
    years = "/".join(dict.fromkeys(str(day.year) for day in time if day))
    period = {"period": years if _years(time) else f"{time[0]}/{time[1]}"}
    days = {row.as_of for row, each in zip(rows, times, strict=True) if each == time}
    if len({row.place for row in rows}) > 1 or len(days) < 2:
        return period
    return period | {"as_of": str(max((day for day in days if day), default=NONE))}
