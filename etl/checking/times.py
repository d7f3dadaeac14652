"""When a number of a draft holds as its sentence says, and whether a published number speaks of that time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from etl.checking.published import PublishedNumber
from etl.reading.layout import Span, within
from etl.reading.numerals import numeral_at
from etl.reading.times import Times, When

Kind = Literal["silent", "now", "until", "period", "years"]
_UNTIL = re.compile("(?:截至|截止到?|到|至|止|迄)$(?!\n)")
_UNTIL_BEHIND = ("止", "为止")
_NOW_ALONE = ("现有", "现已")
_SPAN = re.compile(
    "(?<![0-9])(?P<n>[两二三四五六2-9])年(?:来|间|里|时间)?(?:[^，。；0-9]{0,8}?)(?:共|累计|合计|总|建|完成|新增|投入|改造|实施)"
)
_GROWN_TO = re.compile("(?:增加|增长|提高|上升|扩大|发展|扩展|拓展|增)[到至为]了?(?:超过|突破)?$(?!\n)")
_TOTAL = re.compile("累计|总数|总量|合计|共计|总共|历年")
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


def moment_of(times: Times, at: int, end: int, *, is_planned: bool = False) -> Moment:
    """Return when the number at ``at`` that ends at ``end`` holds, by the likeliest reading that names days or says 目前."""
    parts, text, numbers = times.parts, times.parts.text, times.numbers
    clause, sentence = parts.clause(at), parts.sentence(at)
    total = bool(_TOTAL.search(text, clause.start, at))
    readings = [one for planned in (is_planned, not is_planned) for one in times.readings(at, end, is_planned=planned)]
    told = [one for one in readings if one.is_now or (one.rests_on and one.rests_on.first)]
    found = next((one.rests_on for one in told if not one.is_now), None)
    spans = list(_SPAN.finditer(text, clause.start, at))
    if spans and not (found and spans[-1].end() < found.start):
        numeral = numeral_at(spans[-1].group("n"), 0)
        return Moment("years", here=True, years=int(numeral.value) if numeral else 0, total=True)
    if not found:
        return Moment("now" if told else "silent", here=bool(told), total=total)
    between = within(numbers, Span(found.end, at))
    if between and _GROWN_TO.search(text[max(0, at - 6) : at]):
        return Moment(total=total)
    leads = found.start - sentence.start <= 2 and text.startswith(("，", ","), found.end)
    here = found.start >= sentence.start and (leads or not between)
    now = told[0].rests_on
    if told[0].is_now and now and not (here and text.startswith(_NOW_ALONE, now.start)):
        return Moment("now", here=True, total=total)
    if _UNTIL.search(text[max(0, found.start - 4) : found.start]) or text.startswith(_UNTIL_BEHIND, found.end):
        return Moment("until", None, found.last or found.first, here, total=total)
    days = next((one for one in told if one.rests_on is found), When())
    return Moment("period", days.period_start or found.first, days.period_end or found.last, here, total=total)


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
