"""What a cell of a workbook shows: its number or day as its number format prints it.

Only formats that print one decimal number are followed, with what they print around it; for a fraction, an exponent or a
number broken up by letters the stored value itself is shown, so that nothing is scaled by a guess.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[<>=][^\]]*\]|(?P<unseen>\[[^\]]*\]|_.|\*.)'
    r"|(?P<digits>[#0?,]*[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+)|(?P<printed>[-+%()¥$€ :])|."
)
_LETTERS = re.compile(r'"[^"]*"|[\\!].|\[[^\]]*\]|_.|\*.')
"""What of a format is none of the letters that stand for parts of a day."""
_PRECISION = Context(prec=400)
"""Room for the largest number a workbook can store with all decimals a format can ask for."""


def exact(value: float) -> Decimal:
    """A stored number as people typed it: 15 digits are all that a workbook keeps."""
    return Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))


def shown_number(value: Decimal, number_format: str) -> str:
    """``value`` as its format shows it: 0.541 as 54.1%, 118 as 118个; a minus stands before it however the format tells it."""
    parts = _parts(number_format)
    if parts is None:
        return _plain(value)
    prefix, digits, suffix = parts
    scaled = value * 100 if "%" in prefix + suffix else value
    return f"{'-' if value < 0 else ''}{prefix}{_rounded(abs(scaled), digits)}{suffix}"


@lru_cache(maxsize=1000)
def _parts(number_format: str) -> tuple[str, str, str] | None:
    """What a format prints before its digits, the digits, what it prints behind them; None for one that is not followed."""
    digits = ""
    around = ["", ""]
    for token in _TOKEN.finditer(number_format.partition(";")[0]):
        if token["digits"] and not digits:
            digits = token["digits"]
            continue
        printed = next(
            (text for text in token.group("quoted", "escaped", "currency", "printed") if text is not None), None
        )
        if printed is None and token["unseen"] is None:
            return None
        around[bool(digits)] += printed or ""
    return (around[0].strip(), digits, around[1].strip()) if digits else None


def _rounded(value: Decimal, digits: str) -> str:
    whole, _, fraction = digits.partition(".")
    scale = len(whole) - len(whole.rstrip(",")) if not fraction else 0
    value = (value / Decimal(1000) ** scale).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP, _PRECISION)
    text = format(value, ",f" if "," in whole.rstrip(",") else "f")
    before, _, behind = text.partition(".")
    behind = behind[: fraction.count("0")] + behind[fraction.count("0") :].rstrip("0")
    return before.zfill(whole.count("0")) + (f".{behind}" if behind else "")


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown_day(value: dt.date | dt.time | dt.timedelta, number_format: str) -> str:
    """A day as Chinese texts print it, no more of it than its format shows; a time as hours and minutes."""
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.timedelta):
        hours, rest = divmod(round(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02}"
    letters = _LETTERS.sub("", number_format).lower()
    day = f"{value.year}年{value.month}月"
    if "d" in letters or "y" not in letters:
        day += f"{value.day}日"
    has_time = isinstance(value, dt.datetime) and "h" in letters
    return f"{day} {value:%H:%M}" if has_time else day
