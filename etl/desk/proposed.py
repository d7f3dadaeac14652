"""The numbers of a document as they are proposed: what the reader found, and what a number lacks before it can be entered.

Nothing is guessed that was not read: a number without a place or an indicator keeps an empty cell and waits for a person.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from etl.extract import SURE, candidates, number
from etl.harmonise import INTERPRETED, LONGEST_KEYWORD
from etl.model import Measure
from etl.reading.bulletin import Candidate
from etl.reading.quantity import NotAQuantity, read_quantity
from etl.reference import Reference
from etl.release.schema import SUBJECT_COLUMNS
from etl.rows import ProposedNumber

_key = attrgetter(*SUBJECT_COLUMNS, "time_as_printed")
_value = attrgetter("value", "value_high", "unit", "qualifier")
QUESTIONS = {
    "indicator": "缺指标：这是什么数？",
    "place": "缺地区：这是哪里的数？",
    "time": "缺时期：这是哪一段时间的数？请填起止日期；原文没有日期就照抄原文的说法",
}
"""What a number may lack, in the words in which a person is asked for it."""
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z“”]+")
_NEAR = 24
_BEFORE = 8


def proposed(text: str, reference: Reference, published_on: dt.date, city: str = "") -> list[ProposedNumber]:
    """Each number of ``text``, in reading order with ``seq`` from 1.

    ``city`` is the name of the data's own city, of which a text speaks that names no place.  A number without a time of its own speaks
    of the day of publication; what happened over a time (a flow) then still lacks that time.
    """
    found = candidates(text, reference, published_on=published_on, city=city)
    return with_repeats([_row(seq, number, text, reference, published_on) for seq, number in enumerate(found, start=1)])


def _row(seq: int, candidate: Candidate, text: str, reference: Reference, published_on: dt.date) -> ProposedNumber:
    indicator = reference.ids["indicators"].get(candidate.indicator, {})
    day = candidate.period_end or candidate.as_of or published_on
    return ProposedNumber(
        str(seq),
        candidate.as_printed,
        keyword(text, candidate.start, candidate.end),
        f"char:{candidate.start}-{candidate.end}",
        number(candidate.value),
        "" if candidate.value_high is None else number(candidate.value_high),
        candidate.unit,
        candidate.qualifier,
        candidate.measure,
        str(indicator.get("project", "")),
        candidate.indicator,
        reference.place_named(candidate.place, day) or candidate.place,
        _iso(candidate.period_start),
        _iso(candidate.period_end),
        _iso(candidate.as_of),
        candidate.time_as_printed,
        read_by(candidate.as_printed, candidate.value, candidate.value_high, candidate.qualifier),
        confidence=candidate.confidence,
    )


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def keyword(text: str, start: int, end: int) -> str:
    """The words right before and behind a number, at most 16 characters in all."""
    before = _WORDS.findall("".join(text[max(0, start - _NEAR) : start].split()))
    behind = _WORDS.match("".join(text[end : end + _NEAR].split()))
    last = before[-1][-_BEFORE:] if before else ""
    return (last + (behind.group() if behind else ""))[:LONGEST_KEYWORD]


def read_by(as_printed: str, value: object, value_high: object, qualifier: str) -> str:
    """``numeral`` where the printed characters alone say the number, else ``interpreted`` and why."""
    with suppress(NotAQuantity):
        read = read_quantity(as_printed)
        if (read.value, read.value_high) == (value, value_high):
            return "numeral" if read.qualifier == qualifier else f"{INTERPRETED}: 限定词不与数相连"
    return f"{INTERPRETED}: 由上下文读出"


def with_repeats(rows: Sequence[ProposedNumber]) -> list[ProposedNumber]:
    """The rows with each number that is printed again marked as a repeat of the first; told by what it speaks of and its value."""
    first: dict[tuple[str, ...], ProposedNumber] = {}
    found = []
    for row in rows:
        if row.indicator and row.place and row.role != "incidental":
            before = first.setdefault(_key(row), row)
            repeats = before.seq if before is not row and _value(before) == _value(row) else ""
            found.append(replace(row, role="repeat" if repeats else "observation", repeats=repeats))
        else:
            found.append(row)
    return found


def missing(row: ProposedNumber, before: Sequence[ProposedNumber], kinds: Mapping[str, str]) -> Iterator[str]:
    """What ``row`` lacks before it can be entered, in words; ``before`` are the rows that were entered ahead of it.

    ``kinds`` are the kinds of the indicators: what happened over a time (a flow) needs that time, a day of counting will not do.
    """
    if row.confidence < SURE:
        is_upside_down = row.value_high and Decimal(row.value_high) < Decimal(row.value)
        reason = "区间上下限颠倒" if is_upside_down else "把握不大，可能不是统计数"
        yield reason if row.unit else "没有单位：表头、栏目和题注都没有写"
    if row.role != "observation":
        return
    lacks = lacking(row, kinds)
    yield from (question for what, question in QUESTIONS.items() if what in lacks)
    for other in before:
        if other.role == "observation" and row.indicator and _key(other) == _key(row):
            yield f"与第{other.seq}个数（{other.as_printed}）所说的是同一件事，数值不同：请补分组、时期，或改指标"


def lacking(row: ProposedNumber, kinds: Mapping[str, str]) -> list[str]:
    """Which of QUESTIONS a row that is no repeat leaves open.

    What happened over a time (a flow, but for a standard) needs that time: the day of counting does not say it.
    """
    is_flow = kinds.get(row.indicator) == "flow" and row.measure != Measure.STANDARD
    has_period = row.period_start or row.period_end or row.time_as_printed
    answered = {"indicator": row.indicator, "place": row.place, "time": has_period or (row.as_of and not is_flow)}
    return [what for what in QUESTIONS if not answered[what]]


def kinds_of(reference: Reference) -> dict[str, str]:
    """Indicator -> its kind."""
    return {key: str(row["kind"]) for key, row in reference.ids["indicators"].items()}
