"""One grammar for quantities in Chinese: numeral, unit and qualifier, as exact decimals in base units.

It reads what a string says and judges nothing: 2018年 is 2018 年 here, 一站 is 1 without a unit. What of that is a figure of
a bulletin is decided in ``etl.reading.bulletin``. Vague amounts (几十个, 数百名) are no quantities.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.reading.compact import Compact, compact
from etl.reading.grammar import Reading, readings


class NotAQuantity(ValueError):
    """The text is not exactly one quantity."""

    def __init__(self, text: str, found: int) -> None:
        shown = text if len(text) <= 40 else text[:40] + "…"
        what = f"读出了 {found} 个数量" if found else "没有读出数量"
        super().__init__(f"“{shown}”中{what}，应当恰好有一个，例如“148万人次”“3600多册”“80%以上”。")


@dataclass(frozen=True)
class Quantity:
    """One quantity at ``[start:end]`` of the text it was read from.

    ``value`` is in base units (148万 -> 1480000, 54.1% -> 54.1 with unit %) and the lower end of a range, ``value_high`` the
    upper end, None without one; ``unit`` as tables name it, ``""`` where none is printed; ``step`` the size of the last
    printed digit in base units (148万 -> 10000; a fraction in words: one per cent, 成 and 一半: ten).
    """

    value: Decimal
    value_high: Decimal | None
    unit: str
    qualifier: str
    step: Decimal
    start: int
    end: int
    as_printed: str


def quantities(text: str) -> list[Quantity]:
    """Return every quantity of ``text`` in reading order."""
    narrowed = compact(text)
    return [as_quantity(reading, narrowed) for reading in readings(narrowed.text)]


def read_quantity(text: str) -> Quantity:
    """Return the one quantity of ``text``; raises ``NotAQuantity`` if there is none, or more than one."""
    found = quantities(text)
    if len(found) != 1:
        raise NotAQuantity(text, len(found))
    return found[0]


def as_quantity(reading: Reading, narrowed: Compact) -> Quantity:
    """Return ``reading`` at its place in the source text."""
    start, end = narrowed.span(reading.start, reading.end)
    return Quantity(
        value=plain(reading.value),
        value_high=None if reading.value_high is None else plain(reading.value_high),
        unit=reading.unit,
        qualifier=reading.qualifier,
        step=plain(reading.step),
        start=start,
        end=end,
        as_printed=narrowed.printed(reading.start, reading.end),
    )


def plain(value: Decimal) -> Decimal:
    """Return ``value`` without trailing zeros and without an exponent: 142300.00 -> 142300."""
    digits = format(value, "f")
    return Decimal(digits.rstrip("0").rstrip(".") if "." in digits else digits)
