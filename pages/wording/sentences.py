"""The sentences that may be said, in Chinese whatever language the screen is in: a press office quotes them as they stand.

A number is written with its qualifier and its unit, a plan is called one by its template, and nothing is computed here.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from etl.language import CHINESE, in_language
from etl.model import Qualifier
from etl.reading.times import kind_of_time
from etl.rules.templates import Slot, SlotValue, filled
from pages.wording.dates import day_text
from pages.wording.missing import missing_name
from pages.wording.numbers import number_text
from pages.wording.rows import rows_of
from pages.wording.sources import source_text

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Sentence:
    """One sentence: its text, the numbers in it, the observations they rest on, of which day they speak, and where they stand.

    ``kind`` is fact, derived, conflict or absence; ``citation`` the sources in one line, ``""`` for an absence;
    ``why`` what to mind when saying it, for an absence why there is no number.
    """

    sentence: str
    project: str
    kind: str
    text: str
    number_ids: tuple[str, ...]
    observation_ids: tuple[str, ...]
    as_of_text: str
    citation: str
    is_derived: bool
    is_conflict: bool
    why: str = ""

    @property
    def is_general(self) -> bool:
        """Whether it is in general words, for want of a row of its own."""
        return ":" in self.sentence


@in_language(CHINESE)
def sentences(rows: pd.DataFrame) -> list[Sentence]:
    """The sentences of the rows of pages.queries.quotable_numbers, in their order; no rows, no sentences."""
    groups: dict[str, list[Row]] = {}
    for row in rows_of(rows):
        groups.setdefault(str(row["sentence"]), []).append(row)
    return [_sentence(own) for own in groups.values()]


@dataclass(frozen=True)
class Question:
    """One question that reporters ask, with the sentences that answer it: a number, all versions of it, or that it is not published."""

    question: str
    text: str
    answers: tuple[Sentence, ...]


@in_language(CHINESE)
def questions(rows: pd.DataFrame, said: Sequence[Sentence]) -> list[Question]:
    """The questions of the rows of pages.queries.press_questions, answered from ``said``; one that nothing there answers is left out."""
    known = {one.sentence: one for one in said}
    groups: dict[str, list[Row]] = {}
    for row in rows_of(rows):
        groups.setdefault(str(row["sentence"]), []).append(row)
    made = []
    for name, own in groups.items():
        ids = dict.fromkeys(each for row in own for each in row["answers"])
        answers = tuple(known[each] for each in ids if each in known)
        made += [Question(name, filled(str(own[0]["template"]), slots_of(own)), answers)] if answers else []
    return made


def quoted(sentence: Sentence, mark: str = "") -> str:
    """What a copy button copies: the sentence, and below it its source and day; ``mark`` (模拟数据) before both."""
    front = f"【{mark}】" if mark else ""
    source = f"（来源：{sentence.citation}）" if sentence.citation else ""
    return "\n".join(filter(None, [f"{front}{sentence.text}", source]))


def _sentence(rows: Sequence[Row]) -> Sentence:
    first = rows[0]
    observed = [each for row in rows for each in str(row["observation_ids"] or "").split(";")]
    days = [row["as_of"] for row in rows if row["as_of"]]
    return Sentence(
        sentence=str(first["sentence"]),
        project=str(first["project"]),
        kind=str(first["kind"]),
        text=filled(str(first["template"]), slots_of(rows)),
        number_ids=tuple(dict.fromkeys(str(row["number_id"]) for row in rows if row["number_id"])),
        observation_ids=tuple(dict.fromkeys(filter(None, observed))),
        as_of_text=f"截至{day_text(max(days))}" if days else "",
        citation="；".join(dict.fromkeys(source_text(each) for row in rows for each in row["cited"])),
        is_derived=any(row["derived"] for row in rows),
        is_conflict=any(row["conflict"] for row in rows),
        why=str(first["why"]),
    )


def slots_of(rows: Sequence[Row]) -> dict[str, Slot]:
    """Slot letter -> what its numbers say."""
    parts = dict.fromkeys(str(row["part"]) for row in rows)
    return {part: Slot(tuple(_told(row) for row in rows if row["part"] == part)) for part in parts}


def _told(row: Row) -> SlotValue:
    text, amount = _number(row) if row["number_id"] else ("", "")
    start, end, as_of = (row[name] or None for name in ("period_start", "period_end", "as_of"))
    when = when_text(start, end, as_of, str(row["time_as_printed"] or ""))
    return SlotValue(
        text=text,
        amount=amount,
        place=str(row["place_name"]),
        indicator=str(row["indicator_name"]),
        breakdown=str(row["breakdown_name"]),
        subject=_subject(row),
        project=str(row["project_name"]),
        when=when,
        period=period_text(start, end) or ("" if when.startswith("截至") else when),
        as_of=day_text(as_of),
        verb="为" if row["qualifier"] in (Qualifier.EXACT, Qualifier.RANGE) else "",
    )


def _number(row: Row) -> tuple[str, str]:
    parts = number_text(row)
    front = f"{parts.qualifier}{parts.digits}"
    return f"{front}{parts.unit}", f"{front}{parts.unit.partition('/')[0]}"


def _subject(row: Row) -> str:
    if not row["number_id"]:
        return missing_name(row["absence"])
    group = f"（{row['breakdown_name']}）" if row["breakdown_name"] else ""
    return f"{row['indicator_name']}{group}"


@in_language(CHINESE)
def when_text(start: dt.date | None, end: dt.date | None, as_of: dt.date | None, words: str = "") -> str:
    """How a sentence about these days begins: 2018年; 截至2019年3月21日, also where the start is known and no end; ``""`` without a day.

    Words for a span without a date stand as they are printed: 连续两年（起止未载，截至2017年11月7日）; such as 今年6月以来 count from the day
    of their document, and a sentence quoted years later says that day instead.
    """
    if start and end:
        return period_text(start, end)
    last = as_of or end
    until = f"截至{day_text(last)}" if last else period_text(start, end)
    return f"{words}（起止未载，{until}）" if words and kind_of_time(words) == "span" else until


@in_language(CHINESE)
def period_text(start: dt.date | None, end: dt.date | None) -> str:
    """A period in words, without dashes: 2018年, 2017年至2018年, 2026年1月至6月, 2018年6月以来; ``""`` for none."""
    if start is None or end is None:
        return f"{_from(start)}以来" if start else f"截至{day_text(end)}" if end else ""
    whole_months = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if not whole_months:
        return day_text(start) if start == end else f"{day_text(start)}至{day_text(end)}"
    if (start.month, end.month) == (1, 12):
        return f"{start.year}年" if start.year == end.year else f"{start.year}年至{end.year}年"
    first = f"{start.year}年{start.month}月"
    if (start.year, start.month) == (end.year, end.month):
        return first
    return f"{first}至{end.month}月" if start.year == end.year else f"{first}至{end.year}年{end.month}月"


def _from(start: dt.date) -> str:
    if start.day != 1:
        return day_text(start)
    return f"{start.year}年" if start.month == 1 else f"{start.year}年{start.month}月"
