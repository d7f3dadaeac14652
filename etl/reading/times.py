"""When a number holds: the period it covers and the day it speaks of, as far as the text says so.

A day is told only where it is printed or follows by counting; a time without days (近年来, 2025年6月以来) keeps its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

from etl.reading.dates import CLOSING, LONGEST_MONTH, Period
from etl.reading.layout import Layout, Span, within
from etl.reading.lexicon import any_of, words
from etl.reading.sections import Sections

_SINCE = re.compile("(?:[^，。；：、（）0-9\n]{0,12}?以来|至今|起(?![步草点诉义重火居飞用码]))")
_NAMES_NO_DAY = re.compile("年(?!级|夜|味|货|会)|世纪|个月|季度|十[一二三四五]五|月|日")
_WITHOUT_WORDS = ("截至", "现有", "现已", "至今", "迄今")
_LONG = "近[几些]?年来?|多年来|历年来?|长期以来|一直以来|连续[0-9一二三四五六七八九十两几多]+(?:个月|年)|自?[^，。；：、（）0-9\n]{2,14}以来"
_AT_PRESENT = "目前"
"""The one word for now that a closing day in the title does not move (已, 现已)."""
_TELLS_PROGRESS = re.compile("进[展度]|完成情况|落实情况")
_LOOKS_BACK = re.compile("进[展度]|完成|落实|总结|成效|成就|情况|回顾|公报|通报|报告|账")
_BEFORE_A_RIVAL = re.compile("(?:[比较与同]|相当于|高于|低于|多于|少于)$(?!\n)")
_MAYBE_BEFORE_A_RIVAL = re.compile("(?:超过|是|为)$(?!\n)")
_YEAR_BEFORE = ("上年", "上一年", "前一年", "上月")
_BEHIND_A_RIVAL = ("同期", "末", "相比")
_MULTIPLIED = re.compile("末?[^，。0-9]{0,4}(?:的?[0-9.]+(?:多|余)?倍|[多少]了?[0-9]|增|减|提高|下降|翻)")
_OF_A_RIVAL = re.compile("[底末初]?的?[^，。；、0-9增减多少高低翻提下升降超持]{0,14}")
_IS_A_RATIO = re.compile("[约近超逾]{0,2}过?[0-9.两三四五六七八九十]+(?:多|余)?(?:倍|%|个?百分点)|百分之")
_CHANGED_BY = re.compile("(?:增|降|长|减|升|提高)[^，。；0-9]{0,3}$(?!\n)")
_IN_ORDER = re.compile("[^。；]{0,12}?(?:分别|依次)")
_OF_A_PLAN = re.compile("(?:目标|任务|计划)")
_MADE_A_PLAN = re.compile("计划|确定|下达|部署|提出|制定|定下|安排|既定")
_DEADLINE = re.compile("之?前|以前")
_DEADLINES = re.compile("时限|期限|完成时间|时间节点")
_OF_A_PART = re.compile("月|季|半年")
_BY = re.compile("(?<!截)[到至]$(?!\n)")
_OPENS = re.compile("(?:其中|另外|同时|此外|据统计)?，?(?:截至|截止到?|在|自|从|到|至)?")
_EVENT = re.compile(
    "讯|揭牌|挂牌|开幕|透露|获悉|消息|报道|表示|介绍|了解到|"
    "(?:召开|举行|启动|出台|印发|发布|公布|成立|奠基|剪彩|考察|调研|签约|视察|通报|下发)(?![^，。；的]{0,8}[0-9])"
)
_FOUNDED = re.compile("(?:成立|创办|创建|始建|设立|组建)(?:于|的|以来|，|。)")
_FOUNDED_IN = re.compile("(?:成立|创办|创建|建|设立|组建)于$(?!\n)")
_LEAD_STANDS_IN = 5
_FARTHEST = 20
"""How many dates before a number may date it."""


@dataclass(frozen=True)
class When:
    """First and last day of the period a number covers, and the day a stock speaks of; None where the text is silent.

    ``as_printed`` are the words for a time of which the text prints no day; ``rests_on`` where it is printed, None for a text that is
    silent; without a first day that is a word for now (目前) or one without days.
    """

    period_start: date | None = None
    period_end: date | None = None
    as_of: date | None = None
    as_printed: str = ""
    rests_on: Period | None = field(default=None, compare=False)
    is_now: bool = False


@dataclass(frozen=True)
class _Dated:
    """A date that may date numbers behind it up to ``until``; ``opens`` says that its sentence begins with it.

    ``is_rival`` dates only the number right behind it, ``is_aim`` (全年目标) only what is planned, ``closes`` (截至) only what is done.
    """

    period: Period
    until: int
    opens: bool = False
    is_rival: bool = False
    is_aim: bool = False
    closes: bool = False

    @property
    def start(self) -> int:
        return self.period.start


@dataclass(frozen=True)
class Times:
    """The dates of one text, ready to be asked when a number holds; ``numbers`` are the positions of all its numbers."""

    parts: Layout
    sections: Sections
    periods: tuple[Period, ...]
    published_on: date | None
    numbers: Sequence[int] = ()

    def of(self, at: int, end: int = 0, *, is_planned: bool = False) -> When:
        """Return the first of the readings."""
        return next(self.readings(at, end, is_planned=is_planned))

    def readings(self, at: int, end: int = 0, *, is_planned: bool = False) -> Iterator[When]:
        """Yield when the number at ``at`` that ends at ``end`` may hold, the likeliest first; what is planned closes with no day of counting.

        Asked are a time in brackets or with 在 behind it in its clause, the header of its column, words of its sentence that name no day,
        the dates of its paragraph before it, the headings above, the nearest first, a deadline in its row, and the day of publication.
        """
        above = self._above(at, is_planned=is_planned)
        dated = [*self._behind(at, end), *self._headers(at), *self._before(at, above, is_planned=is_planned)]
        vague = self._vague_before(at)
        if vague and not (dated and dated[0].start >= vague.start):
            yield from self._now_behind(vague.end, at)
            yield self._in_words(vague.start, vague.end, vague)
        closing = None if is_planned else next((one for one in above if one.closes), None)
        if closing and _is_closed_by([*dated, *above][0], closing):
            is_now = _AT_PRESENT in self.parts.text[self.parts.sentence(at).start : at]
            yield When(as_of=self.published_on if is_now else closing.period.last, rests_on=closing.period)
        for one in dated:
            yield from self._said(one.period, at, is_planned=is_planned)
        if not is_planned:
            yield from self._now_behind(self.parts.sentence(at).start, at)
        for one in above:
            ends = When(as_of=one.period.last, rests_on=one.period)
            yield from [ends] if one.closes else self._said(one.period, at, is_planned=is_planned)
        for one in [*self._deadline_in_row(at), *self._in_lead(at)] if is_planned else ():
            yield from self._said(one.period, at, is_planned=True)
        yield When(as_of=self.published_on)

    def is_ahead(self, at: int) -> bool:
        """Tell whether the sentence has named a day after publication before ``at``: 到2025年，覆盖率达到90%."""
        told = self._in_line(Span(self.parts.sentence(at).start, at))[-1:]
        return any(self.published_on and one.period.first and one.period.first > self.published_on for one in told)

    def compared_with(self, start: int, end: int) -> Period | None:
        """Return the last period between ``start`` and ``end`` that a number is compared with: 比2017年, 2017年的3倍; 上年 is none."""
        there = self._dated[self._index(start) : self._index(end)]
        named = [one.period for one in there if one.is_rival and one.period.end <= end]
        text = self.parts.text
        return next((one for one in reversed(named) if text[one.start : one.end] not in _YEAR_BEFORE), None)

    def named_in(self, span: Span) -> list[Period]:
        """Return the dates and periods that begin in ``span`` and name a day."""
        return [one.period for one in self._dated[self._index(span.start) : self._index(span.end)]]

    def _index(self, at: int) -> int:
        return bisect_left(self._dated, at, key=lambda one: one.start)

    def _in_line(self, line: Span) -> list[_Dated]:
        return [one for one in self._dated[self._index(line.start) : self._index(line.end)] if not one.is_rival]

    def _behind(self, at: int, end: int) -> list[_Dated]:
        """Return the time behind a number, and before the next: 5个社区在2018年3月已通过验收, 12个（1—9月）, 44个，在今明两年完成."""
        text, clause = self.parts.text, self.parts.clause(at)
        found = list(self._dated[self._index(at) : self._index(at) + 1])
        for one in found:
            if end and re.fullmatch("[（(](?:截至|截止到?)?", text[end : one.start]):
                return found
            is_near = one.start in clause or clause.end == one.start - 1
            if not is_near or text[one.start - 1] not in "在于" or within(self.numbers, Span(at + 1, one.start)):
                return []
        return found

    def _headers(self, at: int) -> list[_Dated]:
        """Return the times that the headers of a table name for a cell: 2021年完成, 1—9月."""
        cell = self.parts.cell(at)
        return [one for line in reversed(cell.headers if cell else ()) for one in self._in_line(line)]

    def _deadline_in_row(self, at: int) -> list[_Dated]:
        """Return the deadline that a cell further right sets for the plan of its row."""
        if not self.parts.cell(at):
            return []
        named = self._in_line(Span(at, self.parts.paragraph(at).end))
        columns = [(one, self.parts.cell(one.start)) for one in named]
        return [one for one, cell in columns if cell and self._names(_DEADLINES, cell.headers)]

    def _in_lead(self, at: int) -> list[_Dated]:
        """Return the running or coming year that the lead of an announcement names, before ``at``."""
        ends = (*self.parts.paragraphs, len(self.parts.text))[:_LEAD_STANDS_IN][-1]
        named = self._in_line(Span(0, min(ends, at)))
        return [one for one in named if one.period.is_year and self._is_later(one.period)]

    def _names(self, what: re.Pattern[str], lines: Sequence[Span]) -> bool:
        return any(what.search(self.parts.text, line.start, line.end) for line in lines)

    def _before(self, at: int, above: Sequence[_Dated], *, is_planned: bool) -> list[_Dated]:
        """Return the dates of the paragraph before ``at`` that may date it, the last first.

        One inside an earlier sentence comes behind a longer time that holds for all of it: 2018年，…。其中，3月启动5个。共投入3亿元.
        """
        index, paragraph = self._index(at), self.parts.paragraph(at)
        found = [
            one
            for one in reversed(self._dated[max(0, index - _FARTHEST) : index])
            if one.start in paragraph and self._reaches(one, at, is_planned=is_planned)
        ]
        if found and not found[0].opens and found[0].start < self.parts.sentence(at).start:
            longer = [one for one in [*found[1:], *above] if _is_part_of(found[0].period, one.period)]
            return [] if longer and longer[0] in above else sorted(found, key=lambda one: one not in longer)
        return found

    def _reaches(self, one: _Dated, at: int, *, is_planned: bool) -> bool:
        if at >= one.until or (one.is_rival and _IS_A_RATIO.match(self.parts.text, at)):
            return False
        if one.is_rival or not is_planned:
            return one.is_rival or not (one.is_aim or self._is_to_come(one.period))
        last, today = one.period.last, self.published_on
        is_past = one.start < self.parts.sentence(at).start and last is not None and today is not None and last < today
        return not one.closes and not is_past

    @cached_property
    def _dated(self) -> tuple[_Dated, ...]:
        return tuple(self._role(one) for one in self.periods if one.first)

    def _role(self, one: Period) -> _Dated:
        """Return what a date may date."""
        text, sentence = self.parts.text, self.parts.sentence(one.start)
        before, printed = text[max(0, one.start - 4) : one.start], text[one.start : one.end]
        opens = _OPENS.fullmatch(text, sentence.start, one.start) is not None
        is_multiplied = _MAYBE_BEFORE_A_RIVAL.search(before) and _MULTIPLIED.match(text, one.end)
        if is_multiplied or _BEFORE_A_RIVAL.search(before) or text.startswith(_BEHIND_A_RIVAL, one.end):
            own = _OF_A_RIVAL.match(text, one.end)
            return _Dated(one, own.end() + 1 if own else one.end, is_rival=True)
        closes = bool(CLOSING.search(before) or text.startswith(("止", "为止"), one.end)) and not self._is_later(one)
        if not closes and self._dates_nothing(one, printed, before):
            return _Dated(one, one.end)
        until = self._until(one, before, opens=opens, closes=closes)
        is_event = one.is_short and not closes and not before.endswith("据") and not _is_an_end(text, one)
        if is_event and (event := _EVENT.search(text, one.end, min(until, sentence.end))):
            until = event.start()
        is_aim = printed == "全年" and _OF_A_PLAN.match(text, one.end) is not None
        return _Dated(one, until, opens, is_aim=is_aim, closes=closes)

    def _until(self, one: Period, before: str, *, opens: bool, closes: bool) -> int:
        """Return how far a date reaches: a deadline to the semicolon, one in brackets to their end, a single day through its sentence."""
        text, clause, sentence = self.parts.text, self.parts.clause(one.start), self.parts.sentence(one.start)
        if self._is_later(one) and (_BY.search(before) or _DEADLINE.match(text, one.end)):
            if not self.parts.cell(one.start):
                return sentence.end if opens else self.parts.segment(one.start).end
        elif (opened := text.rfind("（", clause.start, one.start)) >= 0:
            closed = text.find("）", opened, sentence.end)
            if closed < 0 or closed >= one.end:
                return closed if closed >= 0 else sentence.end
        elif before.endswith(("在", "于")) and within(self.numbers, Span(clause.start, one.start)):
            return clause.end
        elif one.first == one.last and not closes and not _is_an_end(text, one):
            return sentence.end
        return self.parts.paragraph(one.start).end

    def _dates_nothing(self, one: Period, printed: str, before: str) -> bool:
        """Whether it is the day a text prints for itself, a founding year (成立于2002年), or when a plan was made (年初计划)."""
        text = self.parts.text
        is_own = one.first == one.last == self.published_on and printed[:4].isdecimal()
        is_of_a_plan = printed.endswith("初") and _MADE_A_PLAN.match(text, one.end)
        return bool(is_own or is_of_a_plan or _FOUNDED_IN.search(before) or _FOUNDED.match(text, one.end))

    def _is_later(self, period: Period) -> bool:
        return bool(self.published_on and period.last and period.last > self.published_on)

    def _is_to_come(self, period: Period) -> bool:
        """Whether nothing of it can have happened when the text was published: a later day, or a deadline within the running month."""
        if not self.published_on or not period.first or not self._is_later(period):
            return False
        return period.first > self.published_on or (self.parts.text.startswith("前", period.end) and period.is_month)

    def _above(self, at: int, *, is_planned: bool) -> list[_Dated]:
        """Return the times of the headings above, the nearest first; what is planned for a part of a year says so itself."""
        lines = self.sections.above(at)
        told = (self._planned_under(line, at) if is_planned else self._done_under(line) for line in lines)
        return [one for one in told if one]

    def _planned_under(self, line: Span, at: int) -> _Dated | None:
        """Return the year of a heading; that of a part of a year for what a table of progress sets for the whole."""
        cell = self.parts.cell(at)
        is_of_the_year = cell is not None and not self._names(_OF_A_PART, cell.headers)
        named = self._in_line(line)
        years = [one for one in named if one.period.is_year]
        if years:
            return max(years, key=lambda one: one.period.first or date.min)
        for one in named:
            if one.period.last and ((is_of_the_year and one.period.is_long) or self._is_closing(one, line)):
                year = one.period.last.year
                return _Dated(Period(one.start, one.period.end, date(year, 1, 1), date(year, 12, 31)), one.until)
        return None

    def _done_under(self, line: Span) -> _Dated | None:
        """Return the closing day of a heading, or its period, if that is over within a month or the heading looks back."""
        named = self._in_line(line)
        closing = [one for one in named if self._is_closing(one, line)]
        if closing:
            return _Dated(closing[0].period, closing[0].until, closes=True)
        today, looks_back = self.published_on, self._names(_LOOKS_BACK, [line])
        for one in named:
            runs_on = today and one.period.last and one.period.last - today > LONGEST_MONTH
            if one.period.is_long and (looks_back or not runs_on):
                return one
        return None

    def _is_closing(self, one: _Dated, line: Span) -> bool:
        """Whether what stands below counts until then: 进度表（截至10月31日）, 9月份进展; it is over when the text is published."""
        is_of_a_month = one.period.is_month and self._names(_TELLS_PROGRESS, [line])
        return one.closes or (is_of_a_month and not self._is_later(one.period))

    def _said(self, nearest: Period, at: int, *, is_planned: bool) -> Iterator[When]:
        """Yield what ``nearest`` says of the number at ``at``, and before it a word for now behind it."""
        text, first, last = self.parts.text, nearest.first, nearest.last
        since = _SINCE.match(text, nearest.end)
        is_open = last is None or (since and (since.end() <= at or nearest.start > at))
        if nearest.start < at and (is_open or not is_planned):
            yield from self._now_behind(max(nearest.end, self.parts.paragraph(at).start), at)
        if is_open or last is None or first is None:
            yield self._in_words(nearest.start, since.end() if since else nearest.end, nearest)
            return
        is_over, beside = not self._is_later(nearest), self._beside(nearest)
        if is_over and self._is_until(nearest):
            covered = beside.first if beside else None
            yield When(covered, last if covered else None, last, rests_on=nearest)
        elif not is_planned and beside and beside.last and first <= beside.last < last and self._is_until(beside):
            yield When(first, beside.last, beside.last, rests_on=nearest)
        elif is_over and _is_an_end(text, nearest):
            is_change = _CHANGED_BY.search(text[max(0, at - 6) : at]) and _IS_A_RATIO.match(text, at)
            if is_change and last.month == 12:
                yield When(date(last.year, 1, 1), last, self.published_on, rests_on=nearest)
            yield When(as_of=last, rests_on=nearest)
        else:
            year = self._in_order(nearest, at)
            days = (date(year, 1, 1), date(year, 12, 31)) if year else (first, last)
            yield When(*days, self.published_on, rests_on=nearest)

    def _is_until(self, one: Period) -> bool:
        before = self.parts.text[max(0, one.start - 3) : one.start]
        return bool(CLOSING.search(before) or before.endswith(("到", "止")))

    def _beside(self, period: Period) -> Period | None:
        """Return the date before ``period`` where no number stands between them, in one sentence: 今年截至9月底, 截至9月底，今年."""
        index = self._index(period.start)
        found = self._dated[index - 1].period if index else None
        is_here = found and found.start >= self.parts.sentence(period.start).start
        return (
            found if found and is_here and not re.search("[0-9]", self.parts.text[found.end : period.start]) else None
        )

    def _in_order(self, period: Period, at: int) -> int:
        """Return the year whose turn it is: 2017年、2018年分别建成37个、81个."""
        mark = _IN_ORDER.match(self.parts.text, period.end, max(at, period.end))
        if not mark or not period.first or not period.last or period.first.year == period.last.year:
            return 0
        years = period.last.year - period.first.year
        turn = in_turn(self.parts, mark.end(), at, self.numbers, abs(years) + 1)
        if at not in turn or len(turn) != abs(years) + 1:
            return 0
        return period.first.year + turn.index(at) * (1 if years > 0 else -1)

    def _in_words(self, start: int, end: int, rests_on: Period) -> When:
        text = self.parts.text
        told = text[start - 1 if text[start - 1 : start] in ("自", "从") else start : end]
        former = _words_of("former").fullmatch(told)
        return When(as_of=None if former else self.published_on, as_printed=told, rests_on=rests_on)

    def _now_behind(self, start: int, at: int) -> Iterator[When]:
        """Yield the day of publication where the text says 目前 behind ``start``, in the sentence of the number or before."""
        found = list(_words_of("now").finditer(self.parts.text, start, max(start, at)))
        for word in found[-1:]:
            told = "" if word.group().startswith(_WITHOUT_WORDS) else word.group()
            yield When(as_of=self.published_on, as_printed=told, rests_on=Period(*word.span()), is_now=True)

    @cached_property
    def _vague(self) -> tuple[Period, ...]:
        """The words for a time that names no day, in reading order; none of them holds a date."""
        text = self.parts.text
        undated = [one for one in self.periods if not one.first and _NAMES_NO_DAY.search(text, one.start, one.end)]
        found = [Period(*match.span()) for match in _vague_words().finditer(text)]
        return tuple(sorted([*undated, *filter(self._is_alone, found)], key=lambda one: one.start))

    def _is_alone(self, one: Period) -> bool:
        index = bisect_left(self.periods, one.end, key=lambda period: period.start)
        return not index or self.periods[index - 1].end <= one.start

    def _vague_before(self, at: int) -> Period | None:
        """Return the last words for a time without days: those of the sentence that begin a clause, or of the clause itself."""
        sentence, clause = self.parts.sentence(at), self.parts.clause(at)
        last = bisect_left(self._vague, at, key=lambda one: one.start)
        for one in reversed(self._vague[max(0, last - _FARTHEST) : last]):
            begins = one.start - self.parts.clause(one.start).start <= 1
            if one.start in sentence and one.end <= at and (begins or one.start in clause):
                return one
        return None


def in_turn(parts: Layout, start: int, at: int, numbers: Sequence[int], wanted: int = 0) -> Sequence[int]:
    """Return the numbers behind 分别 that take turns: those of the clause, or of all up to a semicolon where so many are wanted."""
    near = within(numbers, Span(start, parts.clause(at).end))
    is_enough = len(near) > 1 and (not wanted or len(near) == wanted)
    return near if is_enough else within(numbers, Span(start, parts.segment(at).end))


def _is_closed_by(first: _Dated, closing: _Dated) -> bool:
    """Whether a number has no time but the closing day of the heading, or one of a year that was not over by then."""
    told, closed = first.period, closing.period.last
    is_within = closed and told.first and told.last and told.is_year and told.first <= closed < told.last
    return first is closing or bool(is_within)


def _is_an_end(text: str, period: Period) -> bool:
    return text[period.end - 1] in "底末" and not re.search("[至到—-]", text[period.start : period.end])


def _is_part_of(part: Period, whole: Period) -> bool:
    if not (part.first and part.last and whole.first and whole.last):
        return False
    return whole.first <= part.first and part.last <= whole.last and part.length < whole.length


@cache
def _words_of(kind: str) -> re.Pattern[str]:
    """The words of class ``time`` that are of this kind (kind_of_time)."""
    return re.compile(any_of(word for word, its in words("time").items() if its == kind))


@cache
def _vague_words() -> re.Pattern[str]:
    return re.compile(f"{_words_of('former').pattern}|{_LONG}")


@cache
def kind_of_time(told: str) -> str:
    """Return what words without a date speak of: ``now`` (目前), ``since`` (自专项行动开展以来), ``former`` (以前), else ``span`` (连续两年).

    The first word of class ``time`` in ``told`` decides: 目前（今年年初全面普查） speaks of now.
    """
    found = [(told.find(word), kind) for word, kind in words("time").items() if word in told]
    return min(found)[1] if found else "span"
