"""What the gate logs add up to, as registers and bulletins print it: months exactly, cumulative numbers as lower bounds."""

from __future__ import annotations

from decimal import Decimal

from etl.demo.design import Design, Numbers
from etl.demo.gate_log import Books
from etl.demo.printing import lower_bound
from etl.demo.traffic import ACTIONS

COUNTED = {"visits": ("enter",), "loans": ("borrow", "return"), "cards": ("card_issue",)}
"""What is told, and which actions it adds up."""


def usage_numbers(design: Design, books: Books) -> Numbers:
    """``visits_in@month`` exactly and ``visits@city@month`` as a lower bound of everything to that month's end; loans, cards alike."""
    numbers: Numbers = {}
    first = design.said["gate_log"]["first"]
    by_day = books.sums.sum(axis=0)
    months: dict[str, list[int]] = {}
    for position in range(by_day.shape[0]):
        months.setdefault(f"{first.fromordinal(first.toordinal() + position):%Y-%m}", []).append(position)
    for name, actions in COUNTED.items():
        total = 0
        own = by_day[:, [ACTIONS.index(action) for action in actions]].sum(axis=1)
        for month, positions in months.items():
            in_month = int(own[positions].sum())
            total += in_month
            numbers[f"{name}_in@{month}"] = Decimal(in_month)
            numbers[f"{name}@{design.city}@{month}"] = lower_bound(total)
    return numbers
