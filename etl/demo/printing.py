"""Numbers as people write them, always in the same way: ``超过#万人次`` and 93470 give 超过9.347万人次."""

from __future__ import annotations

import re
from decimal import Decimal

SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "": Decimal(1)}
_DIGITS = re.compile(r"#(?:\.(?P<decimals>\d))?(?P<scale>[万亿]?)")
RESIDUE, MODULUS = 70, 100


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
    """A number safely below ``total`` to print after 超过.

    It always ends in 70, which no published number of a real city we hold does, so that no seed and no size can bring one of
    those onto a headline card.
    """
    below = total - 1
    return Decimal(below - (below - RESIDUE) % MODULUS if below >= RESIDUE else max(below, 0))
