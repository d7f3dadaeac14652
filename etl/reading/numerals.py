"""Numerals without their units: digits, Chinese numerals and mixtures of both, as exact decimals.

``numeral_at`` reads the longest numeral that begins at one position of compact text. It knows nothing of units,
qualifiers or dates. Amounts nobody could check (几十, 数百, 十几, 三五) are read as vague, so that no part of them is taken
for a number.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from decimal import Decimal

_ZEROS = "零〇○"
DIGITS = {
    **dict.fromkeys(_ZEROS, 0),
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "两": 2,
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
SCALES = {
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "亿": 10**8,
}  # fmt: skip
TENS = {"廿": 20, "卅": 30, "卌": 40}
MORE = "多余来+"
VAGUE = "几数若"

_ARABIC = re.compile(r"[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_POINT = re.compile(f"点([{''.join(DIGITS)}]+)(?![十百千拾佰仟半刻])")
_NOT_A_SCALE = re.compile(r"千(?=[瓦伏克兆赫])|[百千万](?=分之)")
_ONE = Decimal(1)


@dataclass(frozen=True)
class Numeral:
    """A numeral at ``text[start:end]``: ``value`` (to ``high`` for 五六百), ``step`` of its last digit.

    ``more`` says 多, 余 or 来 stands inside or behind it (3万余); ``vague`` that it is no number one could check; ``chinese``
    that no digit 0-9 is in it; ``scaled`` that 万 or 亿 is.
    """

    value: Decimal
    high: Decimal | None
    step: Decimal
    start: int
    end: int
    more: bool = False
    vague: bool = False
    chinese: bool = False
    scaled: bool = False


@dataclass(frozen=True)
class _Token:
    """A digit or digits (``number``), or a scale word (``scale``)."""

    number: Decimal | None = None
    step: Decimal = _ONE
    scale: int = 0
    syllable: bool = False


def numeral_at(text: str, start: int, *, bare_scale: bool = False) -> Numeral | None:
    """Return the numeral that begins at ``text[start]``, or None.

    ``bare_scale`` lets a scale word stand for one of it (百余, 近千), which is right only beside a qualifier.
    """
    if text[start] in VAGUE:
        return _vague_at(text, start)
    tokens, end, more, vague = _tokens(text, start)
    if not tokens or (tokens[0].scale > 10 and not bare_scale):
        return None
    low, high = _apart(tokens)
    if low is None:
        return Numeral(Decimal(0), None, _ONE, start, end, vague=True, chinese=True)
    value, step = _worth(low)
    return Numeral(
        value=value,
        high=_worth(high)[0] if high else None,
        step=step,
        start=start,
        end=end,
        more=more,
        vague=vague,
        chinese=not re.search("[0-9]", text[start:end]),
        scaled=any(token.scale >= 10**4 for token in tokens),
    )


def _vague_at(text: str, start: int) -> Numeral | None:
    found = re.compile("(?:好?几|数|若干)[十百千万亿]*").match(text, start)
    return Numeral(Decimal(0), None, _ONE, start, found.end(), vague=True, chinese=True) if found else None


def _tokens(text: str, start: int) -> tuple[list[_Token], int, bool, bool]:
    """Return the tokens of the numeral, where it ends, whether 多 / 余 stands in it, whether 几 does."""
    tokens: list[_Token] = []
    index, more = start, False
    while index < len(text):
        char = text[index]
        arabic = _ARABIC.match(text, index)
        if arabic:
            if tokens and not tokens[-1].scale:
                break
            value = Decimal(re.sub("[,，]", "", arabic.group()))
            tokens.append(_Token(number=value, step=Decimal(1).scaleb(int(value.as_tuple().exponent))))
            index = arabic.end()
        elif char in DIGITS:
            if tokens and tokens[-1].number is not None and not tokens[-1].syllable:
                break
            tokens.append(_Token(number=Decimal(DIGITS[char]), syllable=True))
            index += 1
        elif char in TENS:
            tokens += [_Token(number=Decimal(TENS[char] // 10), syllable=True), _Token(scale=10)]
            index += 1
        elif char in SCALES and not _NOT_A_SCALE.match(text, index):
            tokens.append(_Token(scale=SCALES[char]))
            index += 1
        elif char in MORE and tokens and not more and text[index + 1 : index + 2] in ("万", "亿", "百", "千"):
            more = True
            index += 1
        elif (
            char == "点"
            and tokens
            and (tokens[-1].syllable or tokens[-1].scale)
            and (point := _POINT.match(text, index))
        ):
            tokens = [*tokens[:-1], *_with_decimals(tokens[-1], point.group(1))]
            index = point.end()
        elif char == "几" and tokens and tokens[-1].scale:
            return tokens, index + 1, False, True
        else:
            break
    return tokens, index, more, False


def _with_decimals(last: _Token, decimals: str) -> list[_Token]:
    """Return the last token of the whole part with its decimals, as one syllable: 五十[四] + 点一 -> 4.1."""
    fraction = Decimal("0." + "".join(str(DIGITS[char]) for char in decimals))
    step = Decimal(1).scaleb(-len(decimals))
    if last.scale:
        return [last, _Token(number=fraction, step=step, syllable=True)]
    return [_Token(number=(last.number or Decimal(0)) + fraction, step=step, syllable=True)]


def _apart(tokens: list[_Token]) -> tuple[list[_Token] | None, list[_Token] | None]:
    """Return the tokens of the lower and of the upper end; no lower end where syllables make no number."""
    doubled = [
        index
        for index, (left, right) in enumerate(itertools.pairwise(tokens))
        if left.syllable and right.syllable and left.number != 0
    ]
    if not doubled:
        return _one_by_one(tokens), None
    if all(token.syllable for token in tokens) and (len(tokens) > 2 or any(token.number == 0 for token in tokens)):
        return _one_by_one(tokens), None
    first, second = tokens[doubled[0]].number, tokens[doubled[0] + 1].number
    if len(doubled) > 1 or first is None or second is None or second - first != 1:
        return None, None
    at = doubled[0]
    return tokens[: at + 1] + tokens[at + 2 :], tokens[:at] + tokens[at + 1 :]


def _one_by_one(tokens: list[_Token]) -> list[_Token]:
    """Return digits read out one by one (二〇一九) as one number; other numerals as they are."""
    if len(tokens) < 2 or not all(token.syllable for token in tokens):
        return tokens
    return [_Token(number=Decimal("".join(str(token.number) for token in tokens)), syllable=True)]


def _worth(tokens: list[_Token]) -> tuple[Decimal, Decimal]:
    """Return value and step. 万 and 亿 multiply all below them, so 1.2万亿 and 2亿5千万 come out alike."""
    grand = total = section = Decimal(0)
    pending: Decimal | None = None
    step, scale_before = _ONE, 0
    for token in tokens:
        if token.number is not None:
            pending, step = token.number, token.step
            continue
        here = Decimal(token.scale)
        below = total + section + (pending or 0)
        below = _ONE if pending is None and not below else below
        if token.scale < 10**4:
            section += (_ONE if pending is None else pending) * here
        elif token.scale == 10**4:
            total = below * here
            section = Decimal(0)
        else:
            grand = (grand + below) * here
            total = section = Decimal(0)
        step = step * here if pending is not None or scale_before else here
        pending, scale_before = None, token.scale
    if pending is None:
        return grand + total + section, step
    if scale_before >= 100 and tokens[-1].syllable and tokens[-2].scale and pending == int(pending):
        implied = Decimal(scale_before) / 10
        return grand + total + section + pending * implied, step * implied
    return grand + total + section + pending, step
