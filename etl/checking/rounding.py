"""Whether a number told fits a number known: the same, rounded as a draft may round, with another qualifier, or another number.

A draft may round to two or more significant digits and to tenths in 成; after 超过 and 不少于 it may round down only, after
近 and 不到 up only. A computed number need only have the printed digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

Fit = Literal["same", "rounded", "qualifier", "other"]
FLOORS = ("more_than", "at_least")
CEILINGS = ("less_than", "up_to")
_TENTH = Decimal(10)
_WEAKER = {("at_least", "more_than"), ("more_than", "at_least"), ("up_to", "less_than")}
_TOLD_IN_PARTS = re.compile("分之|/")
_PARTS_SLACK = Decimal(2)
_JUST_BELOW = re.compile("近")


@dataclass(frozen=True)
class PrintedNumber:
    """A number as a draft tells it: ``step`` is the size of its last printed digit."""

    value: Decimal
    value_high: Decimal | None
    step: Decimal
    unit: str
    qualifier: str
    as_printed: str


def fit(
    told: PrintedNumber,
    value: Decimal,
    value_high: Decimal | None,
    qualifier: str,
    *,
    derived: bool = False,
    coarse: bool = False,
) -> Fit:
    """Return how ``told`` fits the known ``value`` with its ``qualifier``; ``coarse`` says that it was itself printed rounded."""
    if (told.value, told.value_high) == (value, value_high):
        same = told.qualifier == qualifier or (told.qualifier, qualifier) in _WEAKER
        rough = coarse or derived or not value % _TENTH
        same = same or (rough and (told.qualifier, qualifier) == ("approx", "exact"))
        return "same" if same or (derived and qualifier == "approx") else "qualifier"
    if told.value_high is not None or value_high is not None:
        between = value_high is not None and value <= told.value <= value_high
        return "rounded" if between and told.qualifier == "approx" else "other"
    if told.unit != "%" and not value / 2 <= told.value <= value * 2:
        return "other"
    if derived and qualifier == "approx":
        qualifier = "exact"
    return _rounded(told, value, qualifier, derived=derived)


def within_rounding(told: PrintedNumber) -> tuple[float, float]:
    """Return between which values any number with one end lies that :func:`fit` takes for more than another number."""
    slack = max(told.step, last_digit(told.value), _TENTH if told.unit == "%" else told.step)
    return float(told.value - slack), float(told.value + slack)


def _rounded(told: PrintedNumber, value: Decimal, qualifier: str, *, derived: bool) -> Fit:
    ways = _directions(told.qualifier, qualifier)
    if any(_is_rounded(told, value, way, derived=derived) for way in ways):
        return "rounded"
    return "qualifier" if _is_rounded(told, value, ROUND_HALF_UP, derived=derived) and not ways else "other"


def _directions(told: str, known: str) -> tuple[str, ...]:
    """Return the ways of rounding that leave a true sentence; none where the qualifiers contradict each other."""
    if told in FLOORS:
        return (ROUND_FLOOR,) if known in ("exact", *FLOORS) else ()
    if told in CEILINGS:
        return (ROUND_CEILING,) if known in ("exact", *CEILINGS) else ()
    if told == "approx":
        return (ROUND_HALF_UP,) if known in ("exact", "approx") else ()
    return (ROUND_HALF_UP,) if known == "exact" else ()


def _is_rounded(told: PrintedNumber, value: Decimal, way: str, *, derived: bool) -> bool:
    if told.unit == "%" and _TOLD_IN_PARTS.search(told.as_printed):
        off = value - told.value
        return {ROUND_FLOOR: off > 0, ROUND_CEILING: off < 0}.get(way, True) and abs(off) <= _PARTS_SLACK
    if told.unit == "%" and told.step == _TENTH and way == ROUND_CEILING and _JUST_BELOW.search(told.as_printed):
        return value < told.value and _to(value, _TENTH, ROUND_HALF_UP) == told.value
    if derived or (told.unit == "%" and told.step == _TENTH):
        steps = {told.step} if told.qualifier == "exact" else {told.step, last_digit(told.value)}
        return any(_to(value, step, way) == told.value for step in steps)
    steps = {told.step, last_digit(told.value)}
    return any(told.value / step >= 10 and _to(value, step, way) == told.value for step in steps if step >= told.step)


def _to(value: Decimal, step: Decimal, way: str) -> Decimal:
    return (value / step).quantize(Decimal(1), rounding=way) * step


def last_digit(value: Decimal) -> Decimal:
    """Return the size of the last digit of ``value`` that is not zero: 100 for 1500, 0.1 for 27.7; 1 for zero."""
    if not value:
        return Decimal(1)
    sign, digits, exponent = value.normalize().as_tuple()
    del sign, digits
    return Decimal(1).scaleb(int(exponent))
