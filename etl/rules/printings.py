"""Which of several printings of one number counts: a later source prints the number of a period again, the same or revised.

Every printing stays in the tables, on lists and in searches; what is computed, drawn or said rests on the newest.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import TypeVar

Printing = TypeVar("Printing")
"""An observation, a number, a row of the index."""

_subject: Callable[[object], tuple[object, ...]] = attrgetter(
    "indicator", "place", "period_start", "period_end", "time_as_printed", "breakdown", "measure", "variant"
)
"""What two printings of one number have in common; the day each speaks of may differ."""
_quantity: Callable[[object], tuple[object, ...]] = attrgetter("value", "value_high", "qualifier")
_period: Callable[[object], tuple[dt.date | None, dt.date | None]] = attrgetter("period_start", "period_end")
_standing: Callable[[object], tuple[bool, bool, dt.date | None]] = attrgetter("verified", "embargoed", "published_on")


def newest_printings(rows: Iterable[Printing]) -> list[Printing]:
    """``rows`` without those that a later source prints again for the same period; their order is kept.

    A number that waits for its release takes the place of no public one, an unchecked one of no checked one. Sources of one day
    that disagree both stay, of those that agree the first.  A stock of another day, which has no period, is another number.
    """
    every = list(rows)
    printings: dict[tuple[object, ...], list[Printing]] = {}
    for row in every:
        printings.setdefault(_subject(row), []).append(row)
    kept: set[int] = set()
    for same in printings.values():
        kept |= set(map(id, _newest(same) if len(same) > 1 and any(_period(same[0])) else same))
    return [row for row in every if id(row) in kept]


def _newest(same: Sequence[Printing]) -> Sequence[Printing]:
    last = max(map(_precedence, same))
    newest = [row for row in same if _precedence(row) == last]
    return newest[:1] if len(set(map(_quantity, newest))) == 1 else newest


def _precedence(row: object) -> tuple[bool, bool, dt.date]:
    verified, embargoed, published_on = _standing(row)
    return verified, not embargoed, published_on or dt.date.min
