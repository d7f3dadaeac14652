"""Sums, differences, shares, growth and multiples of operands, each with how it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from etl.checking.operands import Operand
from etl.checking.published import PublishedData, PublishedNumber

_AHEAD = ("plan", "target")
_HUNDRED = Decimal(100)


Sign = Literal["+", "-", "÷", "×", "growth"]


@dataclass(frozen=True)
class Result:
    """A value worked out, by which operation, and from what; ``count`` is a divisor that is no number of anybody: 2年."""

    value: Decimal
    sign: Sign
    operands: tuple[Operand, ...]
    count: str = ""

    def told(self, published: PublishedData) -> str:
        """Return how it was made, in words."""
        labels = [*(row.label(published) for row in self.operands), *filter(None, [self.count])]
        if self.sign == "growth":
            return f"({labels[0]} - {labels[1]}) ÷ {labels[1]}"
        return f" {self.sign} ".join(labels)


def together(rows: Sequence[PublishedNumber]) -> PublishedNumber:
    """Return a number that covers the time of all ``rows``, if they cover times."""
    starts = [row.period_start for row in rows if row.period_start]
    ends = [row.period_end for row in rows if row.period_end]
    if len(starts) < len(rows) or len(ends) < len(rows):
        return rows[0]
    return replace(rows[0], period_start=min(starts), period_end=max(ends))


def by_years(top: Operand, one: PublishedNumber) -> Iterator[Result]:
    """Yield the mean of a year where a number covers several whole ones: 两年118个，平均每年59个."""
    if one.is_flow and one.period_start and one.period_end and one.period_end.year > one.period_start.year:
        years = one.period_end.year - one.period_start.year + 1
        yield Result(top.value / years, "÷", (top,), f"{years}年")


def total(rows: Sequence[Operand]) -> Result:
    """Return the sum of ``rows``."""
    return Result(sum((row.value for row in rows), start=Decimal(0)), "+", tuple(rows))


def difference(one: Operand, other: Operand) -> Result:
    """Return the difference, the later or the done one first."""
    one, other = in_order(one, other)
    return Result(one.value - other.value, "-", (one, other))


def percent(one: Operand, other: Operand, *, grown: bool) -> Iterator[Result]:
    """Yield the growth (``grown``), the completion or the share of two numbers in per cent."""
    if one.unit == "%":
        return
    one, other = in_order(one, other)
    if grown and other.value:
        yield Result(
            _HUNDRED * (one.value - other.value) / other.value,
            "growth",
            (one, other),
        )
    if is_completion(one, other):
        if other.value:
            yield Result(_HUNDRED * one.value / other.value, "÷", (one, other))
        return
    small, large = sorted((one, other), key=lambda row: row.value)
    if large.value and not grown:
        yield Result(_HUNDRED * small.value / large.value, "÷", (small, large))


def multiple(one: Operand, other: Operand, around: str) -> Iterator[Result]:
    """Yield how many times one is the other, or (增长1倍) by how many times it grew."""
    one, other = in_order(one, other)
    if not other.value or not one.value:
        return
    if re.search("增长|增加|提高|多|高", around):
        yield Result(one.value / other.value - 1, "growth", (one, other))
        return
    large, small = sorted((one, other), key=lambda row: -row.value)
    yield Result(large.value / small.value, "÷", (large, small))


def is_completion(one: Operand, other: Operand) -> bool:
    """Whether what was done is held against what was aimed at."""
    return bool(one.one and other.one and one.one.measure == "actual" and other.one.measure in ("target", "plan"))


def in_order(one: Operand, other: Operand) -> tuple[Operand, Operand]:
    """Return the one that is held against the other first: the later, the actual; else as they come."""
    a, b = one.one, other.one
    if a and b and a.indicator == b.indicator:
        if a.day and b.day and a.place == b.place and a.day != b.day:
            return (one, other) if a.day > b.day else (other, one)
        if a.measure != b.measure and "actual" in (a.measure, b.measure):
            return (one, other) if a.measure == "actual" else (other, one)
    return one, other


def mixes_plans(result: Result) -> bool:
    """Whether what was done is added to what is only planned."""
    measures = {row.one.measure for row in result.operands if row.one}
    return "actual" in measures and bool(measures & {"plan", "target"})


def mentions_plans(result: Result) -> bool:
    """Whether any operand is planned or aimed at, or was worked out before."""
    return any(row.one is None or row.one.measure in _AHEAD for row in result.operands)
