"""Numbers as people write them, always in the same way: ``超过#万人次`` and 93470 give 超过9.347万人次."""

from __future__ import annotations

import re
from decimal import Decimal

SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "": Decimal(1)}
_DIGITS = re.compile(r"#(?:\.(?P<decimals>\d))?(?P<scale>[万亿]?)")
ENDINGS = ((10_000, 700, 1000), (170, 70, 100))
"""From this size on, a lower bound ends so: 53.97万, 8870. No number that a real city we hold has published does."""


def printed(pattern: str, value: Decimal) -> str:
    """``pattern`` with its ``#`` replaced by ``value`` in the scale written after it; ``#.1`` keeps one decimal.

    A pattern without ``#`` is the whole text.
    """
    match = _DIGITS.search(pattern)
    if not match:
        return pattern
    scaled = value / SCALES[match["scale"]]
    digits = f"{scaled:.{match['decimals']}f}" if match["decimals"] else plain(scaled)
    return pattern[: match.start()] + digits + match["scale"] + pattern[match.end() :]


def scale_of(pattern: str) -> Decimal:
    """What one unit of a number printed by ``pattern`` is worth: 10000 for ``#万元``."""
    match = _DIGITS.search(pattern)
    return SCALES[match["scale"]] if match else Decimal(1)


def plain(value: Decimal) -> str:
    """The decimal without exponent and trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def lower_bound(total: int) -> Decimal:
    """A number safely below ``total`` to print after 超过, at most two decimals in 万.

    It ends as ENDINGS says, so that no seed and no size can bring a real city's number onto a headline card. Totals below
    171 get no such bound: 0.
    """
    for least, ending, step in ENDINGS:
        bound = (total - 1 - ending) // step * step + ending
        if bound >= least:
            return Decimal(bound)
    return Decimal(0)
