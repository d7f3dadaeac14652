"""When a number of a draft holds, and how surely the draft says so: in its sentence, earlier in its paragraph, or not at all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from etl.checking.published import PublishedNumber
from etl.reading.dates import Period
from etl.reading.layout import Layout, Span, within
from etl.reading.numerals import numeral_at

Kind = Literal["silent", "now", "until", "period", "years"]
_UNTIL = re.compile("(?:截至|截止到?|到|至|止|迄)$(?!\n)")
_UNTIL_BEHIND = re.compile("止|为止")
_NOW = re.compile("截至目前|截止目前|到目前|目前|截至发稿|眼下|现有|现已|如今|迄今|至今|现在")
_NOW_ALONE = re.compile("现有|现已")
_COMPARED_BEFORE = re.compile("(?:相?比|较|同|高于|低于|超过|多于|少于|是|为|相当于)$(?!\n)")
_COMPARED_BEHIND = re.compile(
    "同期|相比|末?[^，。0-9]{0,4}(?:的?[0-9.]+(?:多|余)?倍|多了?[0-9]|少了?[0-9]|增|减|提高|下降|翻)"
)
_SPAN = re.compile(
    "(?<![0-9])(?P<n>[两二三四五六2-9])年(?:来|间|里|时间)?(?:[^，。；0-9]{0,8}?)(?:共|累计|合计|总|建|完成|新增|投入|改造|实施)"
)
_OF_THEN = re.compile("[底末初]?的?[^，。；、0-9增减多少高低翻提下升降超]{0,14}")
_RATIO = re.compile("[约近超逾]{0,2}过?[0-9.两三四五六七八九十]+(?:多|余)?(?:倍|%)|百分之")
_GROWN_TO = re.compile("(?:增加|增长|提高|上升|扩大|发展|扩展|拓展|增)[到至为]了?(?:超过|突破)?$(?!\n)")
_SAME_YEAR = ("当年", "本年", "同年")
_RELATIVE = ("上年", "上一年", "前一年", "上月")
_TOTAL = re.compile("累计|总数|总量|合计|共计|总共|历年")
_IN_ORDER = re.compile("分别|依次")
_NEAR = timedelta(days=5)
_MONTH = timedelta(days=31)


@dataclass(frozen=True)
class Moment:
    """``first`` and ``last`` day told; ``kind`` says how; ``here`` that it stands in the sentence, before any other number.

    ``years`` is the length of a span told without its years (两年共), ``total`` that the clause speaks of a running total.
    """

    kind: Kind = "silent"
    first: date | None = None
    last: date | None = None
    here: bool = False
    years: int = 0
    total: bool = False


def moment_of(parts: Layout, periods: Sequence[Period], at: int, numbers: Sequence[int]) -> Moment:
    """Return when the number at ``at`` holds; ``numbers`` are the positions of all numbers, for 2017年、2018年分别."""
    text, clause = parts.text, parts.clause(at)
    total = bool(_TOTAL.search(text, clause.start, at))
    spans = list(_SPAN.finditer(text, clause.start, at))
    behind = _behind(text, periods, at, clause)
    if behind and within(numbers, Span(at + 1, behind.start)):
        behind = None
    found = behind or _before(parts, periods, at)
    if spans and not (found and found.first and spans[-1].end() < found.start):
        return Moment("years", here=True, years=_length(spans[-1].group("n")), total=True)
    if not found or not found.first:
        now = _NOW.search(text, parts.sentence(at).start, at)
        return Moment("now" if now else "silent", here=bool(now), total=total)
    first = bisect_left(numbers, found.end)
    if _GROWN_TO.search(text[max(0, at - 6) : at]) and within(numbers, Span(found.end, at)):
        return Moment("silent", total=total)
    sentence = parts.sentence(at)
    leads = found.start - sentence.start <= 2 and text[found.end : found.end + 1] in ("，", ",")
    alone = found.start > at or first == len(numbers) or numbers[first] >= at
    here = found.start >= sentence.start and (alone or leads)
    later = _NOW.search(text, found.end, at) if found.start < at else None
    if later and not (here and _NOW_ALONE.match(later.group())):
        return Moment("now", here=True, total=total)
    if _UNTIL.search(text[max(0, found.start - 4) : found.start]) or _UNTIL_BEHIND.match(text, found.end):
        return Moment("until", None, found.last or found.first, here, total=total)
    own = _in_order(parts, found, at, numbers)
    if own:
        return Moment("period", date(own, 1, 1), date(own, 12, 31), here=True)
    return Moment("period", found.first, found.last, here, total=total)


def compared_with(text: str, periods: Sequence[Period], start: int, end: int) -> Period | None:
    """Return the last period between ``start`` and ``end`` that a number is compared with: 比2017年, 2017年的."""
    first, last = (bisect_left(periods, edge, key=lambda one: one.start) for edge in (start, end))
    there = [one for one in periods[first:last] if one.first and one.end <= end]
    there = [one for one in there if text[one.start : one.end] not in _RELATIVE]
    return next((one for one in reversed(there) if _is_compared(text, one)), None)


def _behind(text: str, periods: Sequence[Period], at: int, clause: Span) -> Period | None:
    first = bisect_right(periods, at, key=lambda one: one.start)
    last = bisect_left(periods, clause.end, key=lambda one: one.start)
    named = [one for one in periods[first:last] if one.first]
    return named[0] if named and text[named[0].start - 1] in "在于" else None


def _before(parts: Layout, periods: Sequence[Period], at: int) -> Period | None:
    paragraph = parts.paragraph(at)
    start, end = (bisect_left(periods, edge, key=lambda one: one.start) for edge in (paragraph.start, at))
    is_ratio = bool(_RATIO.match(parts.text, at))
    for index in range(end - 1, start - 1, -1):
        one = periods[index]
        if parts.text[one.start : one.end] in _SAME_YEAR and any(other.first for other in periods[start:index]):
            continue
        then = not is_ratio and _OF_THEN.fullmatch(parts.text, one.end, at)
        if one.first and (then or not _is_compared(parts.text, one)):
            return one
    return None


def _is_compared(text: str, period: Period) -> bool:
    before = text[max(0, period.start - 4) : period.start]
    if before.endswith(("比", "较", "与", "相当于", "高于", "低于", "多于", "少于")):
        return True
    return bool(_COMPARED_BEFORE.search(before) and _COMPARED_BEHIND.match(text, period.end)) or text.startswith(
        ("同期", "相比"), period.end
    )


def _in_order(parts: Layout, period: Period, at: int, numbers: Sequence[int]) -> int:
    """Return the year whose turn it is: 2017年、2018年分别建成37个、81个."""
    mark = _IN_ORDER.search(parts.text, period.end, at)
    if not mark or not period.first or not period.last or mark.start() - period.end > 12:
        return 0
    step = 1 if period.last.year >= period.first.year else -1
    years = abs(period.last.year - period.first.year) + 1
    turn = in_turn(parts, mark.end(), at, numbers, years)
    return period.first.year + step * turn.index(at) if years > 1 and at in turn and len(turn) == years else 0


def in_turn(parts: Layout, start: int, at: int, numbers: Sequence[int], wanted: int = 0) -> list[int]:
    """Return the numbers behind 分别 that take turns: those of the clause, or of all up to a semicolon where so many are wanted."""
    near = list(within(numbers, Span(start, parts.clause(at).end)))
    far = list(within(numbers, Span(start, parts.segment(at).end)))
    return far if len(near) < 2 or (wanted and len(near) != wanted) else near


def _length(printed: str) -> int:
    numeral = numeral_at(printed, 0)
    return int(numeral.value) if numeral else 0


def agreement(moment: Moment, one: PublishedNumber, *, alone: bool) -> int:
    """Return 2 where ``one`` speaks of the told time, 1 where it may, 0 where it does not.

    ``alone`` says that its series holds no other time, so that a time carried from an earlier sentence proves nothing.
    """
    if moment.kind in ("silent", "now"):
        return 2
    if one.is_flow:
        return _flow(moment, one)
    return _stock(moment, one, alone=alone)


def _flow(moment: Moment, one: PublishedNumber) -> int:
    assert one.period_start and one.period_end
    if moment.kind == "years":
        return 2 if one.period_end.year - one.period_start.year + 1 == moment.years else 0
    if moment.kind == "until":
        assert moment.last
        if moment.last == one.period_end:
            return 2
        ahead = one.measure != "actual" and one.period_start <= moment.last
        reached = bool(one.breakdown) and one.period_end <= moment.last and one.period_end.year == moment.last.year
        return 1 if ahead or reached or timedelta(0) <= moment.last - one.period_end <= 32 * _NEAR else 0
    assert moment.first
    last = moment.last or moment.first
    if (moment.first, moment.last) == (one.period_start, one.period_end):
        return 2
    if moment.total and moment.last == one.period_end and one.period_start < moment.first:
        return 1
    if moment.last is None:
        return int(moment.first <= one.period_end)
    if one.period_start <= moment.first and last <= one.period_end and not moment.here:
        return 1
    if moment.first == moment.last:
        return 1 if moment.first >= one.period_start and not moment.here else _on_a_day(moment.first, one)
    if moment.first <= one.period_start and one.period_end <= last:
        short = one.period_end - one.period_start <= _MONTH and last.year == moment.first.year
        return 1 if short and one.breakdown else 0
    return 0


def _on_a_day(day: date, one: PublishedNumber) -> int:
    """Tell whether ``day`` may be the day on which the number was told: within its period, or soon after."""
    assert one.period_start and one.period_end
    return int(one.period_start <= day <= one.period_end + 72 * _NEAR)


def _stock(moment: Moment, one: PublishedNumber, *, alone: bool) -> int:
    day = one.day
    if day is None or moment.kind == "years":
        return 1
    if moment.kind == "until":
        assert moment.last
        off = abs(moment.last - day)
        return 2 if not off else 1 if off <= _MONTH or (alone and not moment.here) else 0
    assert moment.first
    last = moment.last or date.max - _NEAR
    start = day if one.running else min(one.period_start or day, day)
    if moment.first - _NEAR <= day and start <= last + (_NEAR if start == day else timedelta(0)):
        return 2
    if moment.first == moment.last and (moment.first + timedelta(1)).day == 1 and abs(moment.first - day) <= _MONTH:
        return 1
    if one.measure == "standard" and abs(moment.first.year - day.year) <= 1:
        return 1
    later = moment.first > day and one.measure in ("standard", "plan")
    return 1 if later or (alone and not moment.here) else 0
