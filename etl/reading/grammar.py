"""Where the quantities of compact text are: numeral, unit and qualifier put together.

It reads what a string says and judges nothing: 2018年 is 2018 年 here, 一站 is 1 without a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.reading.lexicon import UnitWord, any_of, unit_words, words
from etl.reading.numerals import DIGITS, MORE, TENS, VAGUE, Numeral, numeral_at
from etl.reading.qualifiers import LONGEST, qualifier_after, qualifier_before
from etl.reading.shares import share_at

ORDINAL = "ordinal"
"""The unit of 第一名 and 首个: a place in an order, never an amount."""

_ONE = Decimal(1)
_PERCENT = unit_words()["%"]


@dataclass(frozen=True)
class Reading:
    """A quantity in compact text.

    It stands at ``[start:end]`` with its qualifiers; the numeral begins at ``core``, the unit at ``unit_at``. ``word`` is the
    unit as printed and ``numeral`` the numeral, None for ordinals and shares in words.
    """

    value: Decimal
    value_high: Decimal | None
    step: Decimal
    unit: str
    qualifier: str
    start: int
    core: int
    unit_at: int
    end: int
    word: UnitWord | None = None
    numeral: Numeral | None = None


_START = re.compile(
    rf"第[0-9{''.join(DIGITS)}十百千]|首[个座家批次届部条所只例名]|[0-9{''.join(DIGITS)}十拾{''.join(TENS)}{VAGUE}]|"
    "百分|千分之|万分之|全覆盖|过半|半|(?<=[近超逾破过到足约])[百千万亿]|[百千万亿](?=[多余])"
)
_UNIT = re.compile(any_of(unit_words()))
_NOT_A_UNIT = re.compile(any_of(words("noun")))
_LATIN = re.compile("[A-Za-z]")
_PER = re.compile("/" + any_of([*unit_words(), *words("per")]) + "(?![A-Za-z])")
_HALF_OF = re.compile("半(?:(?=年|天|小时|日|公里)|个(?=小时|月|学期|学年|工作日))")
_UNIT_MIDDLE = re.compile("个(?P<how>半|多)(?=小时|月|星期|学期|季度|工作日)")
_AND_A_HALF = re.compile("半(?![年天小个月日公径夜数山])")
_PRICED = re.compile("钱|一[晚天月斤间次碗年]|[/每]")
_PRICE = re.compile("[费价钱租薪]|[收花挣赚卖](?!入)")
_UP_TO = re.compile(r"(?:[-~～—－–―]|至|到)(?![-—])")
_PART_OF_A_WORD = re.compile("[队入退行]伍|[大登内着水海]陆")
"""Words that end in a formal numeral."""
_WORDS_TOO = tuple("零〇○拾壹贰叁肆伍陆柒捌玖")
_IMPLIED = re.compile(f"(?P<noun>{any_of(words('implied'))})[^，。；、0-9]{{0,6}}$(?!\n)")
_IMPLIED_BEHIND = re.compile(f"[一-鿿]{{0,6}}?(?P<noun>{any_of(words('implied_behind'))})")
_PLACES_COUNTED = re.compile("(?:[县区市乡镇村](?:（[市区县乡镇街道、]{1,6}）|[区县镇])|街道)(?![一-鿿]{0,2}[0-9])")
_AND = re.compile("和(?=[0-9])|、(?=[0-9.]+个?(?:百分点|千分点|%|‰))|(?<=个)[、和](?=[0-9.]+个[百千]分点)")
_FROM = re.compile("[从由自][^，。；、：！？]{0,14}$")
_MINUS = re.compile(r"(?:^|[为是达至到率长速比降幅：:，,（(\t ])[-−－–]$")
_GREAT = re.compile("大(?=[一-鿿])")


def readings(text: str) -> Iterator[Reading]:
    """Yield every quantity of compact ``text`` in reading order."""
    index = 0
    while found := _START.search(text, index):
        reading, index = _reading_at(text, found.start(), index)
        if reading:
            yield reading


def _reading_at(text: str, at: int, free_from: int) -> tuple[Reading | None, int]:
    """Return the quantity whose numeral begins at ``at``, and where to look for the next one."""
    if text[at] in "第首":
        return _ordinal_at(text, at)
    if _PART_OF_A_WORD.match(text, max(0, at - 1)):
        return None, at + 1
    found = _share_reading(text, at) or _half_reading(text, at)
    if not found:
        bare_scale = text[at] in "百千万亿"
        numeral = numeral_at(text, at, bare_scale=bare_scale)
        if not numeral:
            return None, at + 1
        if numeral.vague:
            return None, numeral.end
        found = _range_reading(text, numeral) or _counted(text, numeral)
        if not found.unit and (bare_scale or text[at : numeral.end] in _WORDS_TOO):
            return None, numeral.end
    found = _qualified(text, found, free_from)
    return found, found.end


def _ordinal_at(text: str, at: int) -> tuple[Reading | None, int]:
    if text[at] == "首":
        return Reading(_ONE, None, _ONE, ORDINAL, "exact", at, at, at + 1, at + 2), at + 2
    numeral = numeral_at(text, at + 1, bare_scale=True)
    if not numeral or numeral.vague:
        return None, at + 1
    link = _UP_TO.match(text, numeral.end)
    upper = numeral_at(text, link.end()) if link and link.end() < len(text) else None
    at_end = upper.end if upper else numeral.end
    unit = _UNIT.match(text, at_end)
    end = unit.end() if unit else at_end
    return Reading(numeral.value, numeral.high, numeral.step, ORDINAL, "exact", at, at, at_end, end), end


def _share_reading(text: str, at: int) -> Reading | None:
    share = share_at(text, at)
    if not share:
        return None
    said = share.qualifier or ("exact" if share.high is None else "range")
    return Reading(share.value, share.high, share.step, _PERCENT.unit, said, at, at, share.end, share.end, _PERCENT)


def _half_reading(text: str, at: int) -> Reading | None:
    half = _HALF_OF.match(text, at)
    place_in_time = "大小多" if half and text.startswith("小时", half.end()) else "上下前后大小多东西南北"
    if not half or (at and text[at - 1] in place_in_time):
        return None
    word, end = _divided_unit_at(text, half.end())
    return Reading(Decimal("0.5"), None, Decimal("0.5"), word.unit, "exact", at, at, half.end(), end, word)


def _divided_unit_at(text: str, at: int) -> tuple[UnitWord, int]:
    """Return the unit behind 半个 or 个多, where 个月 and 个季度 have lost their 个."""
    cut = max(
        (word for word in unit_words() if word[0] == "个" and word[1:] and text.startswith(word[1:], at)),
        key=len,
        default="",
    )
    found = _UNIT.match(text, at)
    word = cut or (found.group() if found else "")
    return unit_words()[word], at + len(word) - bool(cut)


def _counted(text: str, numeral: Numeral) -> Reading:
    """Return ``numeral`` with 多 / 余 and the unit behind it, whatever there is of both."""
    more, at = numeral.more, numeral.end
    is_last = text[at : at + 1] not in tuple("来+") or at + 1 == len(text) or _unit_at(text, at + 1)[0] is not None
    if not more and text[at : at + 1] and text[at] in MORE and is_last:
        more, at = True, at + 1
    middle = _UNIT_MIDDLE.match(text, at)
    add = Decimal(0)
    word: UnitWord | None
    if middle:
        more, add = more or middle.group("how") == "多", Decimal("0.5") if middle.group("how") == "半" else add
        word, end = _divided_unit_at(text, middle.end())
    else:
        word, end = _unit_at(text, at)
    if not word and numeral.scaled:
        word = _implied_unit(text, numeral.start, at)
    if not more and not numeral.chinese and (not word or word.word == "个"):
        shared = _shared_unit_at(text, end)
        word = shared or word
    if word and word.word == "块" and _is_a_price(text, numeral.start, end):
        word = unit_words()["块钱"]
    if word and word.kind == "time" and _AND_A_HALF.match(text, end):
        add, end = Decimal("0.5"), end + 1
    return _reading(text, numeral, word, at, end, more=more, add=add)


def _implied_unit(text: str, start: int, end: int) -> UnitWord | None:
    """Return the unit that a noun before or behind a number implies: 总投资3.2亿, 就诊人次1.7万, 30万农村人口."""
    before = _IMPLIED.search(text, max(0, start - LONGEST), start)
    behind = None if before else _IMPLIED_BEHIND.match(text, end)
    kind, noun = ("implied", before) if before else ("implied_behind", behind)
    return unit_words()[words(kind)[noun["noun"]]] if noun else None


def _is_a_price(text: str, start: int, end: int) -> bool:
    """Tell whether 块 is money: 三百来块一晚, 过渡费每月18块; 17块光伏板 are pieces."""
    clause = re.split("[，。；：！？\n]", text[max(0, start - LONGEST) : start])[-1]
    ends = not "一" <= text[end : end + 1] <= "鿿"
    return bool(_PRICED.match(text, end)) or (ends and _PRICE.search(clause) is not None)


def _shared_unit_at(text: str, at: int) -> UnitWord | None:
    """Return the unit a number shares with the next one: 2和3个百分点, 3.1个、2.4个百分点."""
    link = _AND.match(text, at)
    other = numeral_at(text, link.end()) if link else None
    return _unit_at(text, other.end)[0] if other and not other.vague else None


def _reading(
    text: str,
    numeral: Numeral,
    word: UnitWord | None,
    at: int,
    end: int,
    *,
    more: bool = False,
    add: Decimal = Decimal(0),
) -> Reading:
    factor = word.factor if word else _ONE
    per = _PER.match(text, end) if word else None
    unit = word.unit if word else ""
    if per:
        second = per.group()[1:]
        unit, end = f"{unit}/{unit_words()[second].unit if second in unit_words() else second}", per.end()
    high = None if numeral.high is None else numeral.high * factor
    return Reading(
        value=(numeral.value + add) * factor,
        value_high=high,
        step=(Decimal("0.5") if add else numeral.step) * factor,
        unit=unit,
        qualifier="range" if high is not None else "more_than" if more else "exact",
        start=numeral.start,
        core=numeral.start,
        unit_at=at,
        end=end,
        word=word,
        numeral=numeral,
    )


def in_unit(reading: Reading, printed: str) -> Reading:
    """Return a bare number in the unit that its table gives: 3 in 万元, 600 in 元/月/人; unchanged where ``printed`` is no unit."""
    scale = re.match("[十百千万亿]*", printed)
    at = scale.end() if scale and printed not in unit_words() else 0
    found = _UNIT.match(printed, at)
    if not found:
        return reading
    word = unit_words()[found.group()]
    scaled = numeral_at(printed, 0, bare_scale=True) if at else None
    factor = word.factor * (scaled.value if scaled else _ONE)
    high = None if reading.value_high is None else reading.value_high * factor
    unit = word.unit + printed[found.end() :]
    return replace(
        reading, value=reading.value * factor, value_high=high, step=reading.step * factor, unit=unit, word=word
    )


def _unit_at(text: str, at: int) -> tuple[UnitWord | None, int]:
    """Return the unit that begins at ``text[at]`` and where it ends; 6大板块 has the unit 个 and ends behind 大."""
    found = _UNIT.match(text, at)
    if found:
        cut_off = _LATIN.match(found.group()[-1]) and _LATIN.match(text, found.end())
        noun = _NOT_A_UNIT.match(text, at)
        if not cut_off and not (noun and noun.end() > found.end() - (len(found.group()) > 1)):
            return unit_words()[found.group()], found.end()
    if _GREAT.match(text, at):
        return unit_words()["个"], at + 1
    return unit_words()["个"] if _PLACES_COUNTED.match(text, at) else None, at


def _range_reading(text: str, low: Numeral) -> Reading | None:
    """Read 1-2栋, 3至5个, 80万至100万元, 2-3万元, 6000-2万人, 20-15个 as printed; growth from one number to another (从35个到50个) is no range."""
    first_unit, at = _unit_at(text, low.end)
    link = _UP_TO.match(text, at)
    if not link or link.end() == len(text) or low.high is not None or low.more:
        return None
    high = numeral_at(text, link.end())
    if not high or high.vague or high.high is not None:
        return None
    if link.group() in "至到" and _FROM.search(text, max(0, low.start - LONGEST), low.start):
        return None
    word, end = _unit_at(text, high.end)
    if first_unit and (not word or first_unit.unit != word.unit):
        return None
    mantissa = numeral_at(text[high.start : high.end].rstrip("万亿"), 0) if high.scaled and not low.scaled else None
    inherited = high.value / mantissa.value if mantissa and mantissa.value and not first_unit else _ONE
    if low.value * inherited >= high.value:
        inherited = _ONE
    is_upside_down = low.value >= high.value and link.group() not in "至到" and word is not None and word.strong
    if (low.value >= high.value and not is_upside_down) or (
        _UP_TO.match(text, end) and text[end + 1 : end + 2].isdigit()
    ):
        return None
    ends = replace(low, value=low.value * inherited, high=high.value, step=min(low.step * inherited, high.step))
    return _reading(text, ends, word, high.end, end)


def _qualified(text: str, found: Reading, free_from: int) -> Reading:
    """Return ``found`` with the qualifier before or behind it; the one before wins, a range stays a range."""
    before, start = qualifier_before(text, found.core)
    if start < free_from:
        before, start = "", found.core
    if not before and _MINUS.search(text, max(0, found.core - 2), found.core):
        found, start = replace(found, value=-found.value), found.core - 1
    kind = found.word.kind if found.word else ""
    after, end = qualifier_after(text, found.end, kind)
    said = found.qualifier if found.qualifier == "range" else before or after or found.qualifier
    return replace(found, qualifier=said, start=start, end=end)
