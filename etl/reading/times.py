"""When a number holds: the period it covers and the day it speaks of, as far as the text says so.

A day is told only where it is printed or follows by counting; a time without days (近年来, 2025年6月以来) keeps its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import pairwise

from etl.reading.compact import PARAGRAPH
from etl.reading.dates import Period
from etl.reading.layout import Layout, Span
from etl.reading.lexicon import any_of, words

_CLOSED_BY = "截至|截止到?"
_UNTIL = re.compile(f"{_CLOSED_BY}|到$|止")
_CLOSED = re.compile(f"(?:{_CLOSED_BY})$(?!\n)")
_SINCE = re.compile("(?:[^，。；：、（）0-9\n]{0,12}?以来|至今|起(?![步草点诉义重火居飞用码]))")
_FROM = ("自", "从")
_WHOLE_YEAR = re.compile("(?<![占为达到成超])全年")
_NAMES_NO_DAY = re.compile("年(?!级|夜|味|货|会)|世纪|个月|季度|十[一二三四五]五|月|日")
_WITHOUT_WORDS = ("截至", "现有", "现已", "至今", "迄今")
_LONG = "近[几些]?年来?|多年来|历年来?|长期以来|一直以来|连续[0-9一二三四五六七八九十两几多]+(?:个月|年)|自?[^，。；：、（）0-9\n]{2,14}以来"
_LONGEST_HEADING = 45
_ENDS_A_SENTENCE = "。！？；，"
_TITLE_STANDS_IN = 3
_LEAST_OF_A_PERIOD = timedelta(days=27)
_ALMOST_A_YEAR = timedelta(days=364)
_LONGEST_MONTH = timedelta(days=31)
_HALF_A_YEAR = timedelta(days=183)
_LOOKING_BACK = 2
"""Until which month a text looks back on the year before."""
_NAMES_A_YEAR = re.compile("年|[0-9]{4}")
_BY = re.compile("(?<!截)[到至]$(?!\n)")
_AT_PRESENT = "目前"
"""The one word for now that a closing day in the title does not move (已, 现已)."""
_PROGRESS = re.compile("进[展度]|完成情况|落实情况")


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
class Times:
    """The periods of one text, ready to be asked when a number holds."""

    parts: Layout
    periods: tuple[Period, ...]
    published_on: date | None

    def of(self, at: int, end: int = 0, *, is_actual: bool = True) -> When:
        """Return the time of the number at ``at`` that ends at ``end``; what is planned closes with no day of counting.

        Asked are a time in brackets or with 在 behind it in its clause, words of its sentence that name no day, the last date of its
        paragraph before it, the heading of its section, the title.
        """
        nearest = self._behind(at, end) or (self._past(at) if is_actual else self._before(at))
        vague = self._vague_before(at)
        if vague and (not nearest or nearest.start < vague.start):
            return self._now_behind(vague.end, at) or self._in_words(vague.start, vague.end)
        if is_actual and self._is_closed_by_title(nearest, at):
            is_now = _AT_PRESENT in self.parts.text[self.parts.sentence(at).start : at]
            return When(as_of=self.published_on if is_now else self._closed_on)
        if not nearest:
            above = self._above(at, is_actual=is_actual)
            return self._now_behind(self.parts.sentence(at).start, at) or (
                self._said(above, at, is_actual=is_actual) if above else When(as_of=self.published_on)
            )
        return self._said(nearest, at, is_actual=is_actual)

    def is_ahead(self, at: int) -> bool:
        """Tell whether the sentence has named a day after publication before ``at``: 到2025年，覆盖率达到90%."""
        nearest = self._before(at)
        if not nearest or not nearest.first or nearest.start < self.parts.sentence(at).start:
            return False
        told = self._as_of_last_year(nearest)
        return bool(self.published_on and told.first and told.first > self.published_on)

    def _said(self, nearest: Period, at: int, *, is_actual: bool) -> When:
        """Return what ``nearest`` says of the number at ``at``."""
        text = self.parts.text
        since = _SINCE.match(text, nearest.end)
        if nearest.last is None or (since and since.end() <= at) or (since and nearest.start > at):
            return self._now_behind(nearest.end, at) or self._in_words(
                nearest.start, since.end() if since else nearest.end
            )
        if not nearest.first:
            return self._in_words(nearest.start, nearest.end)
        ahead = self.published_on and nearest.last > self.published_on
        if not ahead and _UNTIL.search(text[max(0, nearest.start - 3) : nearest.start]):
            covered = self._before(nearest.start)
            if not covered or covered.start < self.parts.sentence(at).start or not covered.first:
                return When(as_of=nearest.last)
            return When(covered.first, nearest.last, nearest.last)
        if nearest.start < at and (now := self._now_behind(nearest.end, at)):
            return now
        if is_actual and (closed := self._closed_before(nearest)):
            return When(nearest.first, closed, closed)
        if _is_an_end(text, nearest) and not ahead:
            return When(as_of=nearest.last)
        if nearest.end < at and _WHOLE_YEAR.search(text, nearest.end, at) and nearest.first.year == nearest.last.year:
            year = nearest.first.year
            return When(date(year, 1, 1), date(year, 12, 31), self.published_on)
        return When(nearest.first, nearest.last, self.published_on)

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

    def _closed_before(self, period: Period) -> date | None:
        """Return the day on which the counting of ``period`` closed: 截至9月底，今年接待."""
        before = self._before(period.start)
        if not before or before.start < self.parts.sentence(period.start).start or not before.last:
            return None
        if not _CLOSED.search(self.parts.text[max(0, before.start - 3) : before.start]):
            return None
        between = self.parts.text[before.end : period.start]
        if re.search("[0-9]", between) or not period.first or not period.last:
            return None
        return before.last if period.first <= before.last < period.last else None

    @cached_property
    def _named(self) -> tuple[Period, ...]:
        return tuple(one for one in self.periods if one.first and not _is_compared(self.parts.text, one))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(one.start for one in self._named)

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
        here = self.parts.sentence(at)
        before = [one for one in self._vague if one.start >= here.start and one.end <= at]
        return before[-1] if before else None

    def _before(self, at: int) -> Period | None:
        index = bisect_left(self._starts, at)
        return self._named[index - 1] if index and self._starts[index - 1] in self.parts.paragraph(at) else None

    def _past(self, at: int) -> Period | None:
        """Return the last date of the paragraph before ``at`` that is not still to come, as what has happened has none that is."""
        index, paragraph = bisect_left(self._starts, at), self.parts.paragraph(at)
        while index and (period := self._named[index - 1]).start in paragraph:
            past = self._as_of_last_year(period)
            if not self._is_to_come(past):
                return past
            index -= 1
        return None

    def _is_to_come(self, period: Period) -> bool:
        """Whether nothing of it can have happened when the text was published: a later day, or a deadline within the running month."""
        today, first, last = self.published_on, period.first, period.last
        if not (today and first and last and last > today):
            return False
        return first > today or (self.parts.text.startswith("前", period.end) and _is_a_month(period))

    def _as_of_last_year(self, period: Period) -> Period:
        """Return ``period`` a year before where it is a much later month without a year, told in January or February: 12月份.

        A deadline (到6月底, 12月底前) is of the running year.
        """
        today, first, last, text = self.published_on, period.first, period.last, self.parts.text
        if not (today and first and last and today.month <= _LOOKING_BACK and first - today >= _HALF_A_YEAR):
            return period
        is_deadline = text.startswith("前", period.end) or _BY.search(text[max(0, period.start - 2) : period.start])
        if is_deadline or first.year != today.year or _NAMES_A_YEAR.search(text[period.start : period.end]):
            return period
        return replace(period, first=_a_year_before(first), last=_a_year_before(last))

    @cached_property
    def _closing(self) -> Period | None:
        """What a text counts by, as its title says: 进度表（截至10月31日）, 9月份进展; it is over when the text is published."""
        for start, end in list(pairwise((*self.parts.paragraphs, len(self.parts.text))))[:_TITLE_STANDS_IN]:
            line = Span(start, end)
            for period in self._named if self._is_heading(line) else ():
                closed = _CLOSED.search(self.parts.text[max(0, period.start - 3) : period.start])
                is_of_a_month = _PROGRESS.search(self.parts.text, start, end) and _is_a_month(period)
                told = self._as_of_last_year(period)
                is_over = told.last and not (self.published_on and told.last > self.published_on)
                if period.start in line and is_over and (closed or is_of_a_month):
                    return told
        return None

    @property
    def _closed_on(self) -> date | None:
        return self._closing.last if self._closing else None

    def _is_closed_by_title(self, nearest: Period | None, at: int) -> bool:
        """Whether a number has no time but that of the title: none at all, no heading's, or a year that was not over on the closing day."""
        closing, closed = self._closing, self._closed_on
        if not closing or not closed or at <= closing.end:
            return False
        if nearest is None:
            above = self._above(at, is_actual=True)
            return above is None or above.start <= closing.start
        return bool(nearest.first and nearest.last and _is_a_year(nearest) and nearest.first <= closed < nearest.last)

    def _behind(self, at: int, end: int) -> Period | None:
        """Return the time behind a number: 5个社区在2018年3月已通过验收, 12个（1—9月）."""
        text = self.parts.text
        index = bisect_left(self._starts, at)
        if index == len(self._named) or self._starts[index] not in self.parts.clause(at):
            return None
        found = self._named[index]
        if end and re.fullmatch(f"[（(](?:{_CLOSED_BY})?", text[end : found.start]):
            return found
        return found if text[found.start - 1] in "在于" else None

    def _above(self, at: int, *, is_actual: bool) -> Period | None:
        """Return the period of the heading above, or of the title; what is planned for a part of a year says so itself."""
        above = bisect_right(self._headings, at, key=lambda line: line.end)
        title_ends = self.parts.paragraphs[_TITLE_STANDS_IN : _TITLE_STANDS_IN + 1] or (at,)
        titles = [line for line in self._headings[: min(above, _TITLE_STANDS_IN)] if line.end <= title_ends[0]]
        for line in [*self._headings[max(0, above - 1) : above], *titles]:
            for period in self._named[bisect_left(self._starts, line.start) : bisect_left(self._starts, line.end)]:
                if _is_a_period(self.parts.text, period):
                    return period if is_actual or _is_a_year(period) else None
        return None

    @cached_property
    def _headings(self) -> tuple[Span, ...]:
        """The lines that are headings, but for the last line of the text."""
        lines = (Span(start, end) for start, end in pairwise(self.parts.paragraphs))
        return tuple(line for line in lines if self._is_heading(line))

    def _is_heading(self, line: Span) -> bool:
        printed = self.parts.text[line.start : line.end].strip(PARAGRAPH)
        return 0 < len(printed) <= _LONGEST_HEADING and not any(mark in printed for mark in _ENDS_A_SENTENCE)


def _is_an_end(text: str, period: Period) -> bool:
    return text[period.end - 1] in "底末" and not re.search("[至到—-]", text[period.start : period.end])


def _is_a_period(text: str, period: Period) -> bool:
    """Tell whether a heading names the time of its numbers: a month or more, or the day until which they count."""
    until = bool(_CLOSED.search(text[max(0, period.start - 3) : period.start]))
    return until or not period.last or bool(period.first and period.last - period.first >= _LEAST_OF_A_PERIOD)


def _is_a_month(period: Period) -> bool:
    first, last = period.first, period.last
    return bool(first and last and first.day == 1 and _LEAST_OF_A_PERIOD <= last - first < _LONGEST_MONTH)


def _a_year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, monthrange(day.year - 1, day.month)[1]))


def _is_a_year(period: Period) -> bool:
    return bool(period.first and period.last and period.last - period.first >= _ALMOST_A_YEAR)


def _is_compared(text: str, period: Period) -> bool:
    """Tell whether the period is only what another is compared with: 比上年, 较去年同期."""
    return text[period.start - 1 : period.start] in tuple("比较与同") or text.startswith(
        ("同期", "末", "相比"), period.end
    )


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
