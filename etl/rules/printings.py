"""Which of several printings of one number counts: a later source prints the number of a period again, the same or revised.

Every printing stays in the tables, on lists and in searches; what is computed, drawn or said rests on the newest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

Number = TypeVar("Number")
"""A row of a table, or a typed number."""

_SAME = ("indicator", "place", "period_start", "period_end", "time_as_printed", "breakdown", "measure", "variant")
"""What two printings of one number have in common; the day each speaks of may differ."""
_PRINTED = ("value", "value_high", "qualifier")


def newest_printings(rows: Iterable[Number]) -> list[Number]:
    """``rows`` without those that a later source prints again for the same period; their order is kept.

    A number that waits for its release takes the place of no public one, an unchecked one of no checked one. Sources of one day
    that disagree both stay, of those that agree the first.
    """
    every = list(rows)
    printings: dict[tuple[Any, ...], list[Number]] = {}
    for row in every:
        printings.setdefault(tuple(_cell(row, name) or "" for name in _SAME), []).append(row)
    kept: set[int] = set()
    for same in printings.values():
        kept |= set(map(id, same if _is_of_a_day(same[0]) else _newest(same)))
    return [row for row in every if id(row) in kept]


def _newest(same: list[Number]) -> list[Number]:
    last = max(map(_precedence, same))
    newest = [row for row in same if _precedence(row) == last]
    agree = len({tuple(_cell(row, name) for name in _PRINTED) for row in newest}) == 1
    return newest[:1] if agree else newest


def _precedence(row: object) -> tuple[bool, bool, dt.date]:
    is_public = not (_cell(row, "release_at") or _cell(row, "embargoed"))
    return bool(_cell(row, "verified")), is_public, _cell(row, "published_on") or dt.date.min


def _is_of_a_day(row: object) -> bool:
    """Whether it speaks of a day alone: a stock of another day is another number."""
    return not (_cell(row, "period_start") or _cell(row, "period_end"))


def _cell(row: object, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)
