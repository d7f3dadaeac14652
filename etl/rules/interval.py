"""What a printed number leaves open, as an interval of exact decimals, and arithmetic on such intervals.

A count printed in full is a point. A measured quantity, or a number printed in 万 or 亿 stands for everything that rounds
to it. 超过148万 is everything above; 90%以上 everything from 90 on. Reconciliation compares intervals, never digits, so a
tolerance is never chosen: it follows from how the numbers were printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from etl.model import Qualifier

ZERO, INFINITE = Decimal(0), Decimal("Infinity")
APPROX_SHARE = Decimal("0.05")
"""约 is taken to mean within 5 %, or within one printed step where that is wider."""


@dataclass(frozen=True)
class Interval:
    """All numbers from ``low`` to ``high``; None is unbounded; ``*_open`` leaves the end itself out."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it holds exactly one number."""
        return self.low is not None and self.low == self.high

    @property
    def half_width(self) -> Decimal | None:
        """Half its width, None when unbounded."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return self.can_be_below(other) and other.can_be_below(self)

    def can_be_below(self, other: Interval) -> bool:
        """Whether a number of this one may be less than or equal to one of ``other``."""
        if self.low is None or other.high is None:
            return True
        return self.low < other.high or (self.low == other.high and not (self.low_open or other.high_open))

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            _sum(self.low, other.low),
            _sum(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Interval:
        low, high = (None if end is None else -end for end in (self.high, self.low))
        return Interval(low, high, self.high_open, self.low_open)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        ends = []
        for (x, x_open), (y, y_open) in product(_ends(self), _ends(other)):
            value = ZERO if ZERO in (x, y) else x * y
            ends.append((value, (x_open or y_open) and value != ZERO))
        low, low_open = min(ends)
        high, high_open = max(ends, key=lambda end: (end[0], not end[1]))
        return Interval(
            None if low.is_infinite() else low,
            None if high.is_infinite() else high,
            low_open and low.is_finite(),
            high_open and high.is_finite(),
        )

    def __truediv__(self, other: Interval) -> Interval:
        """Quotient; ZeroDivisionError when ``other`` is zero or may be on either side of it."""
        if other.is_point and other.low == ZERO:
            raise ZeroDivisionError
        return self * _inverse(other)


def point(value: Decimal) -> Interval:
    """Exactly ``value``."""
    return Interval(value, value)


def printed(
    value: Decimal, value_high: Decimal | None, qualifier: str, step: Decimal | None, *, continuous: bool
) -> Interval:
    """The interval a printed number stands for. ``step`` is the size of its last printed digit in base units; ``continuous`` says
    that its unit is measured (m2, 元, %), not counted. A counted number printed to the last unit is a point."""
    rounded = step is not None and (continuous or step > 1)
    half = step / 2 if rounded and step is not None else ZERO
    match qualifier:
        case Qualifier.MORE_THAN:
            return Interval(value, None, low_open=True)
        case Qualifier.AT_LEAST:
            return Interval(value, None)
        case Qualifier.LESS_THAN:
            return Interval(None, value, high_open=True)
        case Qualifier.UP_TO:
            return Interval(None, value)
        case Qualifier.APPROX:
            slack = max(step or ZERO, abs(value) * APPROX_SHARE)
            return Interval(value - slack, value + slack)
        case Qualifier.RANGE:
            return Interval(value - half, (value if value_high is None else value_high) + half)
        case _:
            return Interval(value - half, value + half)


def qualifier_of(interval: Interval, nominal: Decimal, step: Decimal) -> Qualifier:
    """The qualifier a computed number must carry so that it claims no more than its operands did: a bound stays one only where it is the
    number told; approx says that their printing leaves more open than the last digit told (``step``)."""
    if interval.high is None and interval.low == nominal:
        return Qualifier.MORE_THAN if interval.low_open else Qualifier.AT_LEAST
    if interval.low is None and interval.high == nominal:
        return Qualifier.LESS_THAN if interval.high_open else Qualifier.UP_TO
    width = interval.half_width
    return Qualifier.EXACT if width is not None and width <= step else Qualifier.APPROX


def _sum(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a + b


def _ends(interval: Interval) -> tuple[tuple[Decimal, bool], tuple[Decimal, bool]]:
    low = (-INFINITE, True) if interval.low is None else (interval.low, interval.low_open)
    high = (INFINITE, True) if interval.high is None else (interval.high, interval.high_open)
    return low, high


def _inverse(interval: Interval) -> Interval:
    low, high = interval.low, interval.high
    if (low is None or low < ZERO) and (high is None or high > ZERO):
        raise ZeroDivisionError
    least = ZERO if low is not None and low >= ZERO else None
    return Interval(
        (1 / high if high else None) if high is not None else least,
        1 / low if low else None,
        interval.high_open or high is None,
        interval.low_open,
    )
