"""What a cell of a workbook shows: its number or day as its number format prints it.

Only formats that print one decimal number are followed, with what they print around it; for a fraction, an exponent or a
number broken up by letters the stored value itself is shown, so that nothing is scaled by a guess.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

_QUOTED = re.compile(r'"([^"]*)"|[\\!](.)')
_UNSEEN = re.compile(r"\[[^\]]*\]|_.|\*.")
_DIGITS = re.compile(r"[#0?,]*(?:\.[#0?]*)?")
_MARK = "\ue000"
"""Stands for a character that a format prints as it is, while its digits are looked for."""


def exact(value: float) -> Decimal:
    """A stored number as people typed it: 15 digits are all that a workbook keeps."""
    return Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))


def shown_number(value: Decimal, number_format: str) -> str:
    """``value`` as its format shows it: 0.541 as 54.1%, 118 as 118个; a minus stands before it however the format tells it."""
    literals: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        literals.append(found[1] if found[1] is not None else found[2])
        return _MARK

    pattern = _UNSEEN.sub("", _QUOTED.sub(put_aside, number_format)).split(";")[0]
    digits = next((found for found in _DIGITS.finditer(pattern) if set(found.group()) & set("#0?")), None)
    before, behind = (pattern[: digits.start()], pattern[digits.end() :]) if digits else ("", "")
    if digits is None or set(before + behind) & set("#0?/eE@"):
        return _plain(value)
    aside = iter(literals)
    prefix, suffix = (
        "".join(next(aside) if letter == _MARK else letter for letter in part).strip() for part in (before, behind)
    )
    scaled = value * 100 if "%" in pattern else value
    return f"{'-' if value < 0 else ''}{prefix}{_rounded(abs(scaled), digits.group())}{suffix}"


def _rounded(value: Decimal, digits: str) -> str:
    whole, _, fraction = digits.partition(".")
    scale = len(whole) - len(whole.rstrip(",")) if not fraction else 0
    value = (value / Decimal(1000) ** scale).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
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
        return str(value)
    letters = _UNSEEN.sub("", _QUOTED.sub("", number_format)).lower()
    day = f"{value.year}年{value.month}月"
    if "d" in letters or "y" not in letters:
        day += f"{value.day}日"
    has_time = isinstance(value, dt.datetime) and "h" in letters
    return f"{day} {value:%H:%M}" if has_time else day
