"""Shares of a whole written in words: 百分之五十四点一, 五分之三, 1/3, 八成五, 一半, 全覆盖 - all as per cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from etl.reading.numerals import DIGITS, numeral_at

_HUNDRED = Decimal(100)
_WHOLE = re.compile("百分之?百(?!分)|全覆盖")
_HALF = re.compile("(?<![大小上下前后多])(?P<over>过半数?(?!年|个|天|小时))|(?:一半|半数)")
_UP_TO = re.compile("[至到](?:百分之)?(?=[0-9一二三四五六七八九十])(?![0-9一二三四五六七八九十]+[年月日个])")
_PARTS = re.compile("分之")
_OF = {"百": _HUNDRED, "千": Decimal(1000), "万": Decimal(10000)}
_TENTHS = re.compile(
    f"成(半|[{''.join(DIGITS)}0-9](?![个座名家人万亿]))?(?![立为功果员效熟本都品语分年人套片型绩长了份就交])"
)
_SLASHED = re.compile("(?<![0-9/.])([1-9])/([2-9]|10)(?![0-9/.]|[A-Za-z])")
_SIX_PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class Share:
    """A share in per cent that ends before ``text[end]``; ``high`` of a range; ``qualifier`` what the word itself says, if anything."""

    value: Decimal
    high: Decimal | None
    step: Decimal
    qualifier: str
    end: int


def share_at(text: str, start: int) -> Share | None:
    """Return the share in words that begins at ``text[start]``, or None."""
    if whole := _WHOLE.match(text, start):
        return Share(_HUNDRED, None, Decimal(1), "", whole.end())
    if half := _HALF.match(text, start):
        return Share(Decimal(50), None, Decimal(10), "more_than" if half.group("over") else "approx", half.end())
    if (slashed := _SLASHED.match(text, start)) and int(slashed.group(1)) < int(slashed.group(2)):
        value = Decimal(slashed.group(1)) * _HUNDRED / Decimal(slashed.group(2))
        return Share(value.quantize(_SIX_PLACES), None, Decimal(1), "", slashed.end())
    return _fraction_at(text, start) or _tenths_at(text, start)


def _fraction_at(text: str, start: int) -> Share | None:
    """Read 百分之.., 千分之.. with the digits as printed, other fractions to six places of a per cent."""
    lower = numeral_at(text, start)
    at = lower.end if lower else start + 1
    parts = _PARTS.match(text, at)
    if not parts or parts.end() >= len(text):
        return None
    upper = numeral_at(text, parts.end())
    whole = lower.value if lower else _OF.get(text[start])
    if not upper or upper.vague or not whole:
        return None
    if lower:
        return Share((upper.value * _HUNDRED / whole).quantize(_SIX_PLACES), None, Decimal(1), "", upper.end)
    factor = _HUNDRED / whole
    link = _UP_TO.match(text, upper.end)
    top = numeral_at(text, link.end()) if link and upper.high is None else None
    if top and not top.vague and top.high is None and top.value > upper.value:
        return Share(upper.value * factor, top.value * factor, upper.step * factor, "", top.end)
    high = None if upper.high is None else upper.high * factor
    return Share(upper.value * factor, high, upper.step * factor, "", upper.end)


def _tenths_at(text: str, start: int) -> Share | None:
    """Read 八成五 as 85 and 七八成 as 70 to 80."""
    numeral = numeral_at(text, start)
    if not numeral or numeral.vague or not 0 < numeral.value <= 10 or numeral.value % 1:
        return None
    tenths = _TENTHS.match(text, numeral.end)
    if not tenths:
        return None
    digit = tenths.group(1)
    more = Decimal(5 if digit == "半" else DIGITS.get(digit) or int(digit)) if digit else Decimal(0)
    high = None if numeral.high is None else numeral.high * 10
    return Share(numeral.value * 10 + more, high, Decimal(1 if digit else 10), "", tenths.end())
