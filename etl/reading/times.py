"""When a number holds: the period it covers and the day it speaks of, as far as the text says so.

A day is told only where it is printed or follows by counting; a time without days (近年来, 2025年6月以来) keeps its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from etl.reading.dates import Period
from etl.reading.layout import Layout, Span
from etl.reading.lexicon import any_of, words
from etl.reading.sections import Sections

_CLOSED_BY = "截至|截止到?"
_CLOSED = re.compile(f"(?:{_CLOSED_BY})$(?!\n)")
_UNTIL = re.compile(f"{_CLOSED_BY}|到$|止")
_SINCE = re.compile("(?:[^，。；：、（）0-9\n]{0,12}?以来|至今|起(?![步草点诉义重火居飞用码]))")
_FROM = ("自", "从")
_NAMES_NO_DAY = re.compile("年(?!级|夜|味|货|会)|世纪|个月|季度|十[一二三四五]五|月|日")
_WITHOUT_WORDS = ("截至", "现有", "现已", "至今", "迄今")
_LONG = "近[几些]?年来?|多年来|历年来?|长期以来|一直以来|连续[0-9一二三四五六七八九十两几多]+(?:个月|年)|自?[^，。；：、（）0-9\n]{2,14}以来"
_LEAST_OF_A_PERIOD = timedelta(days=27)
_ALMOST_A_YEAR = timedelta(days=364)
_LONGEST_MONTH = timedelta(days=31)
_AT_PRESENT = "目前"
"""The one word for now that a closing day in the title does not move (已, 现已)."""
_TELLS_PROGRESS = re.compile("进[展度]|完成情况|落实情况")
_LOOKS_BACK = re.compile("进[展度]|完成|落实|总结|成效|成就|情况|回顾|公报|通报|报告|账")
_BEFORE_A_RIVAL = ("比", "较", "与", "同")
_BEHIND_A_RIVAL = ("同期", "末", "相比")
_OF_A_RIVAL = re.compile("[底末初]?的?[^，。；、0-9增减多少高低翻提下升降超持]{0,14}")
_IS_A_RATIO = re.compile("[约近超逾]{0,2}过?[0-9.两三四五六七八九十]+(?:多|余)?(?:倍|%)|百分之|[0-9.]+个?百分点")
_CHANGED_BY = re.compile("(?:增|降|长|减|升|提高)[^，。；0-9]{0,3}$(?!\n)")
_OF_A_PLAN = re.compile("(?:目标|任务|计划)")
_DEADLINES = re.compile("时限|期限|完成时间|时间节点")
_OF_A_PART = re.compile("月|季|半年")
_DEADLINE = re.compile("之?前|以前")
_EVENT = re.compile(
    "讯|揭牌|挂牌|开幕|透露|获悉|消息|报道|表示|介绍|了解到|"
    "(?:召开|举行|启动|出台|印发|发布|公布|成立|奠基|剪彩|考察|调研|签约|视察|通报|下发)(?![^，。；的]{0,8}[0-9])"
)
_MADE_A_PLAN = re.compile("计划|确定|下达|部署|提出|制定|定下|安排|既定")
_OPENS = re.compile("(?:其中|另外|同时|此外|据统计)?，?(?:截至|截止到?|在|自|从|到|至)?")
_BY = re.compile("(?<!截)[到至]$(?!\n)")
_FOUNDED = re.compile("(?:成立|创办|创建|始建|设立|组建)(?:于|的|以来|，|。)")
_FOUNDED_IN = re.compile("(?:成立|创办|创建|建|设立|组建)于$(?!\n)")
_FARTHEST = 20
"""How many dates before a number may date it."""


@dataclass(frozen=True)
class When:
    """First and last day of the period a number covers, and the day a stock speaks of; None where the text is silent.

    ``as_printed`` are the words for a time of which the text prints no day.
    """

    period_start: date | None = None
    period_end: date | None = None
    as_of: date | None = None
    as_printed: str = ""


@dataclass(frozen=True)
class _Dated:
    """A date that may date numbers behind it up to ``until``; ``opens`` says that its sentence begins with it.

    ``is_rival`` dates only the number right behind it, ``is_aim`` (全年目标) and ``is_deadline`` only what is planned, ``closes`` (截至)
    only what is done.
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
    """The dates of one text, ready to be asked when a number holds."""

    parts: Layout
    sections: Sections
    periods: tuple[Period, ...]
    published_on: date | None
    numbers: Sequence[int] = ()

    def of(self, at: int, end: int = 0, *, is_planned: bool = False) -> When:
        """Return the first of the readings."""
        return next(self.readings(at, end, is_planned=is_planned))

    def readings(self, at: int, end: int = 0, *, is_planned: bool = False) -> Iterator[When]:
        """Return when the number at ``at`` that ends at ``end`` may hold, the likeliest first; what is planned closes with no day of counting.

        Asked are a time in brackets or with 在 behind it in its clause, words of its sentence that name no day, the dates of its
        paragraph before it, the headings above, the nearest first, and the day of publication.
        """
        above = self._above(at, is_planned=is_planned)
        dated = [*self._behind(at, end), *self._headers(at), *self._before(at, above, is_planned=is_planned)]
        vague = self._vague_before(at)
        if vague and not (dated and dated[0].start >= vague.start):
            yield self._now_behind(vague.end, at) or self._in_words(vague.start, vague.end)
        closing = None if is_planned else next((one for one in above if one.closes), None)
        if closing and _is_closed_by([*dated, *above][0], closing):
            is_now = _AT_PRESENT in self.parts.text[self.parts.sentence(at).start : at]
            yield When(as_of=self.published_on if is_now else closing.period.last)
        for one in dated:
            yield self._said(one.period, at, is_planned=is_planned)
        if not is_planned and (now := self._now_behind(self.parts.sentence(at).start, at)):
            yield now
        for one in [*above, *(self._deadline_in_row(at) if is_planned else ())]:
            yield When(as_of=one.period.last) if one.closes else self._said(one.period, at, is_planned=is_planned)
        yield When(as_of=self.published_on)

    def is_ahead(self, at: int) -> bool:
        """Tell whether the sentence has named a day after publication before ``at``: 到2025年，覆盖率达到90%."""
        first = bisect_left(self._dated, self.parts.sentence(at).start, key=lambda one: one.start)
        named = [one for one in self._dated[first : self._index(at)] if not one.is_rival]
        told = named[-1].period.first if named else None
        return bool(self.published_on and told and told > self.published_on)

    def _index(self, at: int) -> int:
        return bisect_left(self._dated, at, key=lambda one: one.start)

    def _behind(self, at: int, end: int) -> list[_Dated]:
        """Return the time behind a number, and before the next: 5个社区在2018年3月已通过验收, 12个（1—9月）, 44个，在今明两年完成."""
        text, index = self.parts.text, self._index(at)
        if index == len(self._dated):
            return []
        found = self._dated[index]
        is_bracketed = end and re.fullmatch(f"[（(](?:{_CLOSED_BY})?", text[end : found.start])
        if not is_bracketed and (text[found.start - 1] not in "在于" or self._holds_a_number(at + 1, found.start)):
            return []
        clause = self.parts.clause(at)
        is_near = found.start in clause or clause.end == found.start - 1
        return [found] if is_near else []

    def _headers(self, at: int) -> list[_Dated]:
        """Return the times that the headers of a table name for a cell: 2021年完成, 1—9月."""
        cell = self.parts.cell(at)
        return [one for line in reversed(cell.headers if cell else ()) for one in self._in_line(line)]

    def _deadline_in_row(self, at: int) -> list[_Dated]:
        """Return the deadline that a cell further right sets for the plan of its row."""
        row = self.parts.paragraph(at)
        if not self.parts.cell(at):
            return []
        return [one for one in self._in_line(Span(at, row.end)) if self._is_in_a_column_of_deadlines(one.start)]

    def _is_in_a_column_of_deadlines(self, at: int) -> bool:
        cell = self.parts.cell(at)
        return any(_DEADLINES.search(self.parts.text, one.start, one.end) for one in (cell.headers if cell else ()))

    def _holds_a_number(self, start: int, end: int) -> bool:
        index = bisect_left(self.numbers, start)
        return index < len(self.numbers) and self.numbers[index] < end

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
        if at >= one.until:
            return False
        if one.is_rival:
            return not _IS_A_RATIO.match(self.parts.text, at)
        if (
            is_planned
            and one.start < self.parts.sentence(at).start
            and one.period.last
            and self.published_on
            and one.period.last < self.published_on
        ):
            return False
        return not one.closes if is_planned else not one.is_aim and not self._is_to_come(one.period)

    @cached_property
    def _dated(self) -> tuple[_Dated, ...]:
        return tuple(self._role(one) for one in self.periods if one.first)

    def _role(self, one: Period) -> _Dated:
        """Return what a date may date."""
        text, sentence = self.parts.text, self.parts.sentence(one.start)
        before, printed = text[max(0, one.start - 4) : one.start], text[one.start : one.end]
        opens = _OPENS.fullmatch(text, sentence.start, one.start) is not None
        if before.endswith(_BEFORE_A_RIVAL) or text.startswith(_BEHIND_A_RIVAL, one.end):
            own = _OF_A_RIVAL.match(text, one.end)
            return _Dated(one, own.end() + 1 if own else one.end, is_rival=True)
        is_day = one.first == one.last and not _is_an_end(text, one)
        closes = bool(_CLOSED.search(before) or text.startswith(("止", "为止"), one.end)) and not self._is_later(one)
        if self._dates_nothing(one, printed, before, closes=closes):
            return _Dated(one, one.end)
        until = self.parts.paragraph(one.start).end
        if self._is_later(one) and (_BY.search(before) or _DEADLINE.match(text, one.end)):
            is_in_a_table = self.parts.cell(one.start) is not None
            until = until if is_in_a_table else sentence.end if opens else self.parts.segment(one.start).end
        elif (opened := text.rfind("（", self.parts.clause(one.start).start, one.start)) >= 0:
            closed = text.find("）", opened, sentence.end)
            until = closed if closed >= one.end else until if closed >= 0 else sentence.end
        elif before.endswith(("在", "于")) and self._holds_a_number(self.parts.clause(one.start).start, one.start):
            until = self.parts.clause(one.start).end
        elif is_day and not closes:
            until = sentence.end
        if _is_short(one) and not closes and (event := _EVENT.search(text, one.end, min(until, sentence.end))):
            until = event.start()
        is_aim = printed == "全年" and _OF_A_PLAN.match(text, one.end) is not None
        return _Dated(one, until, opens, is_aim=is_aim, closes=closes)

    def _dates_nothing(self, one: Period, printed: str, before: str, *, closes: bool) -> bool:
        """Whether it is the day a text prints for itself, a founding year (成立于2002年), or when a plan was made (年初计划)."""
        text = self.parts.text
        if one.first == one.last == self.published_on and not closes and re.match("[0-9]{4}", printed):
            return True
        if printed.endswith("初") and _MADE_A_PLAN.match(text, one.end):
            return True
        return bool(_FOUNDED_IN.search(before) or _FOUNDED.match(text, one.end))

    def _is_later(self, period: Period) -> bool:
        return bool(self.published_on and period.last and period.last > self.published_on)

    def _is_to_come(self, period: Period) -> bool:
        """Whether nothing of it can have happened when the text was published: a later day, or a deadline within the running month."""
        today, first = self.published_on, period.first
        if not today or not first or not self._is_later(period):
            return False
        return first > today or (self.parts.text.startswith("前", period.end) and _is_a_month(period))

    def _above(self, at: int, *, is_planned: bool) -> list[_Dated]:
        """Return the times of the headings above, the nearest first; what is planned for a part of a year says so itself."""
        found = []
        for line in self.sections.above(at):
            told = self._planned_under(line, at) if is_planned else self._done_under(line)
            found += [told] if told else []
        return found

    def _in_line(self, line: Span) -> Sequence[_Dated]:
        return [one for one in self._dated[self._index(line.start) : self._index(line.end)] if not one.is_rival]

    def _planned_under(self, line: Span, at: int) -> _Dated | None:
        """Return the year of a heading; that of a part of a year for what a table of progress sets for the whole."""
        cell = self.parts.cell(at)
        is_of_the_year = cell and not any(
            _OF_A_PART.search(self.parts.text, one.start, one.end) for one in cell.headers
        )
        for one in self._in_line(line):
            if _is_a_year(one.period):
                return one
            is_dated = is_of_the_year and _is_a_period(one.period)
            if one.period.last and (is_dated or self._is_closing(one, line)):
                year = one.period.last.year
                return _Dated(Period(one.start, one.period.end, date(year, 1, 1), date(year, 12, 31)), one.until)
        return None

    def _done_under(self, line: Span) -> _Dated | None:
        named = self._in_line(line)
        for one in named:
            if self._is_closing(one, line):
                return _Dated(one.period, one.until, closes=True)
        looks_back = _LOOKS_BACK.search(self.parts.text, line.start, line.end)
        told = [one for one in named if _is_a_period(one.period) and (looks_back or not self._runs_on(one.period))]
        return told[0] if told else None

    def _runs_on(self, period: Period) -> bool:
        """Whether it goes on for more than a month after publication, so that nothing is done in all of it."""
        return bool(self.published_on and period.last and period.last - self.published_on > _LONGEST_MONTH)

    def _is_closing(self, one: _Dated, line: Span) -> bool:
        """Whether what stands below counts until then: 进度表（截至10月31日）, 9月份进展; it is over when the text is published."""
        is_of_a_month = _is_a_month(one.period) and _TELLS_PROGRESS.search(self.parts.text, line.start, line.end)
        return one.closes or bool(is_of_a_month and not self._is_later(one.period))

    def _said(self, nearest: Period, at: int, *, is_planned: bool) -> When:
        """Return what ``nearest`` says of the number at ``at``."""
        text = self.parts.text
        since = _SINCE.match(text, nearest.end)
        if nearest.last is None or (since and since.end() <= at) or (since and nearest.start > at):
            return self._now_behind(nearest.end, at) or self._in_words(
                nearest.start, since.end() if since else nearest.end
            )
        assert nearest.first
        ahead = self._is_later(nearest)
        if not ahead and _UNTIL.search(text[max(0, nearest.start - 3) : nearest.start]):
            covered = self._beside(nearest, self._index(nearest.start) - 1)
            return When(covered.first if covered else None, nearest.last if covered else None, nearest.last)
        here = max(nearest.end, self.parts.paragraph(at).start)
        if nearest.start < at and not is_planned and (now := self._now_behind(here, at)):
            return now
        before = self._beside(nearest, self._index(nearest.start) - 1)
        if (
            not is_planned
            and before
            and before.last
            and nearest.first <= before.last < nearest.last
            and _CLOSED.search(text[max(0, before.start - 3) : before.start])
        ):
            return When(nearest.first, before.last, before.last)
        if _is_an_end(text, nearest) and not ahead:
            if (
                _CHANGED_BY.search(text[max(0, at - 6) : at])
                and _IS_A_RATIO.match(text, at)
                and nearest.first.month == 12
            ):
                return When(date(nearest.last.year, 1, 1), nearest.last, self.published_on)
            return When(as_of=nearest.last)
        return When(nearest.first, nearest.last, self.published_on)

    def _beside(self, period: Period, index: int) -> Period | None:
        """Return the date ``index`` where no number stands between it and ``period``, in one sentence: 今年截至9月底, 截至9月底，今年."""
        if index < 0:
            return None
        found = self._dated[index].period
        is_here = found.start >= self.parts.sentence(period.start).start
        return found if is_here and not re.search("[0-9]", self.parts.text[found.end : period.start]) else None

    def _in_words(self, start: int, end: int) -> When:
        text = self.parts.text
        told = text[start - 1 if text[start - 1 : start] in _FROM else start : end]
        former = _words_of("former").fullmatch(told)
        return When(as_of=None if former else self.published_on, as_printed=told)

    def _now_behind(self, start: int, at: int) -> When | None:
        """Return the day of publication where the text says 目前 behind ``start``, in the sentence of the number or before."""
        found = _words_of("now").findall(self.parts.text, start, max(start, at))
        if not found:
            return None
        return When(as_of=self.published_on, as_printed="" if found[-1].startswith(_WITHOUT_WORDS) else found[-1])

    @cached_property
    def _vague(self) -> tuple[Span, ...]:
        """The words for a time that names no day, in reading order; none of them holds a date."""
        undated = [
            Span(one.start, one.end)
            for one in self.periods
            if not one.first and _NAMES_NO_DAY.search(self.parts.text[one.start : one.end])
        ]
        found = [Span(*match.span()) for match in _vague_words().finditer(self.parts.text)]
        alone = [
            one for one in found if not any(named.start < one.end and one.start < named.end for named in self.periods)
        ]
        return tuple(sorted([*undated, *alone], key=lambda span: span.start))

    def _vague_before(self, at: int) -> Span | None:
        """Return the last words for a time without days: those of the sentence that begin a clause, or of the clause itself."""
        here, clause = self.parts.sentence(at), self.parts.clause(at)
        last = bisect_left(self._vague, at, key=lambda span: span.start)
        for one in reversed(self._vague[max(0, last - _FARTHEST) : last]):
            if one.start < here.start:
                return None
            begins = one.start - self.parts.clause(one.start).start <= 1
            if one.end <= at and (begins or one.start in clause):
                return one
        return None


def _is_closed_by(first: _Dated, closing: _Dated) -> bool:
    """Whether a number has no time but the closing day of the heading, or one of a year that was not over by then."""
    told, closed = first.period, closing.period.last
    if first is closing:
        return True
    return bool(closed and told.first and told.last and _is_a_year(told) and told.first <= closed < told.last)


def _is_an_end(text: str, period: Period) -> bool:
    return text[period.end - 1] in "底末" and not re.search("[至到—-]", text[period.start : period.end])


def _days_of(period: Period) -> timedelta:
    """Return how long it is, for an open one a year."""
    return period.last - period.first if period.first and period.last else _ALMOST_A_YEAR


def _is_a_period(period: Period) -> bool:
    """Tell whether a heading names the time of its numbers: a month or more."""
    return _days_of(period) >= _LEAST_OF_A_PERIOD


def _is_short(period: Period) -> bool:
    return _days_of(period) < _LONGEST_MONTH


def _is_a_month(period: Period) -> bool:
    return bool(period.first and period.first.day == 1 and _is_short(period) and _is_a_period(period))


def _is_a_year(period: Period) -> bool:
    return period.last is not None and _days_of(period) >= _ALMOST_A_YEAR


def _is_part_of(part: Period, whole: Period) -> bool:
    if not (part.first and part.last and whole.first and whole.last):
        return False
    return whole.first <= part.first and part.last <= whole.last and _days_of(part) < _days_of(whole)


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
