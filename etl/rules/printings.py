"""Which of several printings of one number counts: a later source prints the number of a period again, the same or revised.

Every printing stays in the tables, on lists and in searches; what is computed, drawn or said rests on the newest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

Number = TypeVar("Number", bound=Mapping[str, Any])

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
        printings.setdefault(tuple(row[name] or "" for name in _SAME), []).append(row)
    kept: set[int] = set()
    for same in printings.values():
        kept |= set(map(id, same if _is_of_a_day(same[0]) else _newest(same)))
    return [row for row in every if id(row) in kept]


def _newest(same: list[Number]) -> list[Number]:
    last = max(map(_precedence, same))
    newest = [row for row in same if _precedence(row) == last]
    agree = len({tuple(row[name] for name in _PRINTED) for row in newest}) == 1
    return newest[:1] if agree else newest


def _precedence(row: Mapping[str, Any]) -> tuple[bool, bool, dt.date]:
    return bool(row["verified"]), not row.get("release_at"), row["published_on"] or dt.date.min


def _is_of_a_day(row: Mapping[str, Any]) -> bool:
    """Whether it speaks of a day alone: a stock of another day is another number."""
    return not (row["period_start"] or row["period_end"])
