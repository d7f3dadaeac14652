"""Numbers counted from the gate logs, and the texts of the city with them filled in.

Everything else that a source of the city prints is committed in city/; only these numbers follow from the seed and the size of the logs.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from itertools import groupby

from etl.demo.gate_log import LogTotals
from etl.demo.traffic import ACTIONS

COUNTED = {"visits": ("enter",), "loans": ("borrow", "return"), "cards": ("card_issue",)}
"""What is counted, and the actions it adds up."""
ENDINGS = ((10_000, 700, 1000), (170, 70, 100))
"""From this size on, a lower bound ends so: 53.97万, 8870. No number that a real city we hold has published does."""
TEN_THOUSAND = Decimal(10_000)
_SLOT = re.compile(r"\{\{([^{}]+)\}\}")


def counted_numbers(totals: LogTotals, first: dt.date) -> dict[str, str]:
    """Name -> digits, for each thing counted and each month from ``first`` on.

    ``visits in 2024-07`` is exact; ``visits to 2024-07`` is a lower bound of everything up to the month's end, in base units, and
    ``visits to 2024-07 in 万`` the same in 万.
    """
    numbers: dict[str, str] = {}
    months = [f"{first + dt.timedelta(days=position):%Y-%m}" for position in range(totals.sums.shape[1])]
    for name, actions in COUNTED.items():
        by_day = totals.sums[:, :, [ACTIONS.index(action) for action in actions]].sum(axis=(0, 2))
        total = 0
        for month, positions in groupby(range(len(months)), months.__getitem__):
            in_month = int(by_day[list(positions)].sum())
            total += in_month
            bound = lower_bound(total)
            numbers[f"{name} in {month}"] = str(in_month)
            numbers[f"{name} to {month}"] = str(bound)
            numbers[f"{name} to {month} in 万"] = f"{bound / TEN_THOUSAND}万"
    return numbers


def lower_bound(total: int) -> int:
    """A number safely below ``total`` to print after 超过, at most two decimals in 万.

    It ends as ENDINGS says, so that no seed and no size can bring a real city's number onto a headline card. Totals below
    171 get no such bound: 0.
    """
    for least, ending, step in ENDINGS:
        bound = (total - 1 - ending) // step * step + ending
        if bound >= least:
            return bound
    return 0


def filled(text: str, numbers: dict[str, str]) -> str:
    """``text`` with each ``{{name}}`` replaced by the number of that name; KeyError for a name there is none of."""
    return _SLOT.sub(lambda slot: numbers[slot[1]], text)
