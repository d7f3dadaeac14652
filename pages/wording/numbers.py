"""A number as people print it: qualifier, digits in 万/亿 with the source's own precision, unit, 推算 where computed.
Nothing here computes: values come from the tables, and the printed precision (``step``) decides how many digits stand.
A lower bound keeps its word wherever it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from etl.language import is_chinese
from etl.model import Measure, Number, Qualifier
from pages.wording.catalog import _
from pages.wording.states import measure_names

TEN_THOUSAND = Decimal(10_000)
HUNDRED_MILLION = Decimal(100_000_000)
MILLION = Decimal(1_000_000)
SIGNIFICANT = 4
PER_CENT = "%"
RANK = "ordinal"  # the unit of a place in an order: 第1名, not one of anything


@dataclass(frozen=True)
class NumberText:
    """One number in the parts a card sets in different sizes; ``str()`` joins them."""

    qualifier: str
    digits: str
    unit: str
    derived: str = ""
    spaced: bool = False

    def __str__(self) -> str:
        """The whole number in one line, 推算 in brackets behind it."""
        gap = " " if self.spaced else ""
        unit_gap = "" if not self.unit or self.unit.startswith(PER_CENT) else gap
        front = f"{self.qualifier}{gap}" if self.qualifier else ""
        back = "" if not self.derived else f" ({self.derived})" if self.spaced else f"（{self.derived}）"
        return f"{front}{self.digits}{unit_gap}{self.unit}{back}"


def number_text(number: Number) -> NumberText:
    """The parts of one number that has a value."""
    if number.value is None:
        raise ValueError("a number without a value has no text")
    if number.unit == RANK:
        return NumberText(_("rank"), f"{number.value:f}", "名" if is_chinese() else "", spaced=not is_chinese())
    digits, scale = _scaled(number.value, number.step, number.unit, number.derived)
    if number.value_high is not None:
        low, low_scale = digits, scale
        high, scale = _scaled(number.value_high, number.step, number.unit, number.derived)
        digits = _("{low} to {high}").format(low=low if low_scale == scale else f"{low}{low_scale}", high=high)
    return NumberText(
        qualifier=qualifier_word(number.qualifier, number.unit),
        digits=digits,
        unit=f"{scale}{number.unit_name}" if is_chinese() else f"{scale} {number.unit_name}".strip(),
        derived=_("computed") if number.derived else "",
        spaced=not is_chinese(),
    )


def qualifier_word(qualifier: str, unit: str) -> str:
    """What stands before the digits; nothing for an exact number or a printed range."""
    least = _("no lower than") if unit == PER_CENT else _("no fewer than")
    words: Mapping[str, str] = {
        Qualifier.MORE_THAN: _("more than"),
        Qualifier.AT_LEAST: least,
        Qualifier.LESS_THAN: _("nearly"),
        Qualifier.UP_TO: _("no more than"),
        Qualifier.APPROX: _("about"),
    }
    return words.get(qualifier, "")


def digits_text(value: Decimal, step: Decimal | None, *, unit: str = "", derived: bool = False) -> str:
    """Digits and scale without unit: ``148万``, ``14.23万``, ``1.37亿``, ``149597``, ``54.1``."""
    digits, scale = _scaled(value, step, unit, derived)
    return f"{digits}{scale}" if is_chinese() else f"{digits} {scale}".strip()


def per_cent_text(share: Decimal) -> str:
    """A share as per cent with one decimal: ``81.8%``."""
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def embargo_text(number: Number) -> str:
    """What stands behind a number that may not be told yet; nothing for all others."""
    return _(" (embargoed)") if number.embargoed else ""


def measure_word(measure: str) -> str:
    """What kind of number it is; nothing for an actual one, which needs no word."""
    return "" if measure in ("", Measure.ACTUAL) else measure_names()[measure]


def _scaled(value: Decimal, step: Decimal | None, unit: str, derived: bool) -> tuple[str, str]:
    """Digits and the largest scale in which they read with two decimals at most."""
    own_step = Decimal(1).scaleb(min(0, int(value.normalize().as_tuple().exponent)))
    precision = _derived_step(value, step, unit) if derived else step or own_step
    for size, word in ({HUNDRED_MILLION: "亿", TEN_THOUSAND: "万"} if is_chinese() else {MILLION: "million"}).items():
        if abs(value) >= size and precision >= size / 100:
            return _digits(value / size, precision / size), word
    return _digits(value, precision), ""


def _digits(value: Decimal, precision: Decimal) -> str:
    rounded = value.quantize(Decimal(1).scaleb(min(0, precision.adjusted())), ROUND_HALF_UP)
    return f"{rounded:f}" if is_chinese() else f"{rounded:,f}"


def _derived_step(value: Decimal, step: Decimal | None, unit: str) -> Decimal:
    """Per cent keep one decimal; a whole number stays whole; the rest keeps four significant digits, never finer than ``step``."""
    if unit == PER_CENT:
        return Decimal("0.1")
    if value == value.to_integral_value() and abs(value) < 100 * TEN_THOUSAND:
        return Decimal(1)
    return max(Decimal(1).scaleb(value.adjusted() - SIGNIFICANT + 1), step or Decimal(0))
