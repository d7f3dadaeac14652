"""The sentences that may be said, in Chinese whatever language the screen is in: a press office quotes them as they stand.
A number is written with its qualifier and its unit, a plan is called one by its template, and nothing is computed here."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.language import CHINESE, in_language
from etl.model import Absence, Measure, Number, PressQuestion, Qualifier, QuotableSentence
from etl.reading.times import kind_of_time
from etl.rules.templates import LETTERS, Slot, SlotValue, filled
from pages.wording.dates import day_text, first_text
from pages.wording.numbers import number_text
from pages.wording.sources import source_text


@dataclass(frozen=True)
class Sentence:
    """One sentence: its text, the numbers in it, the observations they rest on, of which day they speak, and where they stand.
    ``kind`` is fact, derived, conflict or absence; ``citation`` the sources in one line, ``""`` for an absence;
    ``why`` what to mind when saying it, for an absence why there is no number."""

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
def sentences(found: Iterable[QuotableSentence]) -> list[Sentence]:
    """The sentences in words, in their order."""
    return [sentence_text(sentence) for sentence in found]


@in_language(CHINESE)
def sentence_text(found: QuotableSentence) -> Sentence:
    """One sentence in words."""
    numbers = found.numbers
    days = [number.as_of for number in numbers if number.as_of]
    return Sentence(
        sentence=found.sentence,
        project=found.project,
        kind=found.kind,
        text=filled(found.template, slots_of(found.slots)),
        number_ids=found.number_ids,
        observation_ids=tuple(dict.fromkeys(each for number in numbers for each in number.observation_ids)),
        as_of_text=f"截至{day_text(max(days))}" if days else "",
        citation="；".join(dict.fromkeys(map(source_text, found.cited))),
        is_derived=any(number.derived for number in numbers),
        is_conflict=found.is_conflict,
        why=found.why,
    )


@dataclass(frozen=True)
class Question:
    """One question that reporters ask, with the sentences that answer it: a number, all versions of it, or that it is not published."""

    question: str
    text: str
    answers: tuple[Sentence, ...]


@in_language(CHINESE)
def questions(asked: Iterable[PressQuestion], said: Sequence[Sentence]) -> list[Question]:
    """The questions in words, answered from ``said``; one that nothing there answers is left out."""
    known = {sentence.sentence: sentence for sentence in said}
    made = []
    for question in asked:
        if answers := tuple(known[each] for each in question.answers if each in known):
            made.append(Question(question.question, filled(question.template, slots_of(question.slots)), answers))
    return made


def quoted(sentence: Sentence, mark: str = "") -> str:
    """What a copy button copies: the sentence, and below it its source and day; ``mark`` (模拟数据) before both."""
    front = f"【{mark}】" if mark else ""
    source = f"（来源：{sentence.citation}）" if sentence.citation else ""
    return "\n".join(filter(None, [f"{front}{sentence.text}", source]))


def slots_of(slots: Iterable[Sequence[Number | Absence]]) -> dict[str, Slot]:
    """Slot letter -> what its numbers say; an empty slot has no letter, so that no template can fill it with nothing."""
    return {letter: Slot(tuple(map(_slot_value, slot))) for letter, slot in zip(LETTERS, slots, strict=False) if slot}


def _slot_value(said: Number | Absence) -> SlotValue:
    start, end = said.period_start, said.period_end
    if isinstance(said, Absence):
        when, text, amount, subject, as_of, verb = when_text(start, end, None), "", "", missing_name(said), None, ""
    else:
        when, as_of = when_text(start, end, said.as_of, said.time_as_printed), said.as_of
        parts = number_text(said)
        amount = f"{parts.qualifier}{parts.digits}{parts.unit.partition('/')[0]}"
        text = f"{parts.qualifier}{parts.digits}{parts.unit}"
        subject = f"{said.indicator_name}{f'（{said.breakdown_name}）' if said.breakdown_name else ''}"
        verb = "为" if said.qualifier in (Qualifier.EXACT, Qualifier.RANGE) else ""
    return SlotValue(
        text=text,
        amount=amount,
        place=said.place_name,
        indicator=said.indicator_name,
        breakdown=said.breakdown_name,
        subject=subject,
        project=said.project_name,
        when=when,
        period=period_text(start, end) or ("" if when.startswith("截至") else when),
        as_of=day_text(as_of),
        verb=verb,
    )


@in_language(CHINESE)
def when_text(start: dt.date | None, end: dt.date | None, as_of: dt.date | None, words: str = "") -> str:
    """How a sentence about these days begins: 2018年; 截至2019年3月21日, also where the start is known and no end; ``""`` without a day.
    Words for a span without a date stand as they are printed: 连续两年（起止未载，截至2017年11月7日）; such as 今年6月以来 count from the day
    of their document, and a sentence quoted years later says that day instead."""
    if start and end:
        return period_text(start, end)
    last = as_of or end
    until = f"截至{day_text(last)}" if last else period_text(start, end)
    return f"{words}（起止未载，{until}）" if words and kind_of_time(words) == "span" else until


@in_language(CHINESE)
def period_text(start: dt.date | None, end: dt.date | None) -> str:
    """A period in words, without dashes: 2018年, 2017年至2018年, 2026年1月至6月, 2018年6月以来; ``""`` for none."""
    if start is None or end is None:
        return f"{first_text(start)}以来" if start else f"截至{day_text(end)}" if end else ""
    whole_months = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if not whole_months:
        return day_text(start) if start == end else f"{day_text(start)}至{day_text(end)}"
    if (start.month, end.month) == (1, 12):
        return f"{start.year}年" if start.year == end.year else f"{start.year}年至{end.year}年"
    first = f"{start.year}年{start.month}月"
    if (start.year, start.month) == (end.year, end.month):
        return first
    return f"{first}至{end.month}月" if start.year == end.year else f"{first}至{end.year}年{end.month}月"


ACTUAL = "实际"
COUNT = "数"  # how names of counts end; 计划数 and 建成数 say it already
PERSONS = ("人数", "户数")  # names of counts that lose their sense without 数
DIVIDED = ("按", "逐")  # how the items of a breakdown begin that say by what the numbers are divided: 按月, 逐座


def missing_name(absence: Absence) -> str:
    """What is not there: 礼堂计划数, 礼堂建成数, 投诉按月分列的数, 礼堂数中新建的数.
    An actual number is called by the indicator's ``done_word``, or 实际, only where the indicator is also planned (``is_planned``);
    otherwise its name says it."""
    name, item = absence.indicator_name, absence.breakdown_name
    is_division = item.startswith(DIVIDED)
    word = absence.measure.word if absence.measure else ""
    kind = word or ("" if is_division else _actual(absence))
    if item:
        return f"{name}{item}分列的{_counted(kind)}" if is_division else f"{_bare(name)}中{item}的{_counted(kind)}"
    if not kind:
        return name
    return f"{_bare(name)}{_counted(kind)}" if _bare(name) != name and kind != ACTUAL else f"{name}的{_counted(kind)}"


def _actual(absence: Absence) -> str:
    """The word for an actual number: none where there is no plan beside it; 实际 of a part, and where the name holds the own word."""
    if not absence.is_planned:
        return ""
    word = absence.done_word
    return word if word and not absence.breakdown_name and word not in absence.indicator_name else ACTUAL


def _bare(name: str) -> str:
    """The name without 数, where something is left that can stand alone."""
    return name if name.endswith(PERSONS) else name.removesuffix(COUNT)


def _counted(kind: str) -> str:
    return kind if kind == Measure.STANDARD.word else f"{kind}{COUNT}"


def missing_where(absence: Absence) -> str:
    """The place of an absence, of several the first: 东区, 东区等地."""
    first, others, _rest = absence.place_name.partition("、")
    return f"{first}等地" if others else first
