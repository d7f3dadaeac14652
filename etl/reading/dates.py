"""Dates, periods and clock times of a text: where they stand, and which days they name.

Their numerals are no figures, so every way of writing one is here, also those that name no day (周二, 9时许, 近三年).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from etl.reading.layout import Layout
from etl.reading.lexicon import any_of, words
from etl.reading.numerals import numeral_at
from etl.reading.sections import Sections

LONGEST_MONTH = timedelta(days=31)
_SHORTEST_MONTH = timedelta(days=27)
_YEAR_LONG = timedelta(days=364)


@dataclass(frozen=True)
class Period:
    """A date or period at ``text[start:end]``; ``first`` and ``last`` day are None where they cannot be known."""

    start: int
    end: int
    first: date | None = None
    last: date | None = None

    @property
    def length(self) -> timedelta:
        """How long it is; an open one is as long as a year."""
        return self.last - self.first if self.first and self.last else _YEAR_LONG

    @property
    def is_year(self) -> bool:
        """Whether it is a year or longer, and not open."""
        return self.last is not None and self.length >= _YEAR_LONG

    @property
    def is_long(self) -> bool:
        """Whether it is a month or longer."""
        return self.length >= _SHORTEST_MONTH

    @property
    def is_short(self) -> bool:
        """Whether it is a month or shorter."""
        return self.length < LONGEST_MONTH

    @property
    def is_month(self) -> bool:
        """Whether it is one month."""
        return self.is_short and self.is_long and self.first is not None and self.first.day == 1


_SYLLABLE = "〇○零一二三四五六七八九"
_YEAR = f"(?<![0-9.])(?:(?:19|20)[0-9]{{2}}(?![0-9])|[一二][{_SYLLABLE}]{{3}})"
_MONTH = "(?<![0-9.])(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "(?<![0-9.])(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
_HOUR = "(?<![0-9.])(?:2[0-4]|1[0-9]|0?[0-9]|二?十[一二三四五六七八九]?|[一二三四五六七八九两])"
_MINUTE = "(?:[0-5]?[0-9]|[一二三四五]?十[一二三四五六七八九]?)"
_TO = "(?:[-—~～－–―]+|至|到)"
_RELATIVE = "(?:今年|去年|明年|(?<![以目之情])前年(?!均)|(?<![以成产用营达运之])后年(?!均)|本年|当年|上年)"
_SEASON = f"(?:上半年|下半年|前[三两]季度|第?[一1]{_TO}第?[二三四2-4]季度|第?[一二三四1-4]季度)末?"
_COUNT = "(?:[0-9一二三四五六七八九十两几数]{1,4})"
_PART = "(?:份|底|初|末|[中上下]旬|中下旬)?"
_WHEN = "(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|当晚|晚间|深夜|早|晚)"
_POINT = f"{_HOUR}点(?:半|整|钟|许|{_MINUTE}分)?"
_A_FEW = f"{_COUNT}[多余]?(?:年|个月|天|周|个季度)[多余]?"

_FORMS = (
    # clock times
    r"(?<![0-9:：])(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9])",
    f"{_HOUR}时(?:{_MINUTE}分|整|半)?(?:许|左右)?(?![间代期段效光令尚常空长速])",
    f"{_WHEN}{_POINT}|{_HOUR}点(?:半|整|钟|许|{_MINUTE}分)|{_POINT}{_TO}{_WHEN}?{_POINT}",
    # days and months
    f"{_YEAR}[./](?:1[0-2]|0?[1-9]){_TO}(?:1[0-2]|0?[1-9])月{_PART}",
    f"{_YEAR}[-./](?:1[0-2]|0?[1-9])[-./](?:3[01]|[12][0-9]|0?[1-9])(?![0-9])",
    f"(?:{_YEAR}年|{_RELATIVE})?{_MONTH}月{_DAY}日?{_TO}(?:{_YEAR}年)?(?:{_MONTH}月)?{_DAY}日",
    f"(?:{_YEAR}年|{_RELATIVE})?{_MONTH}月{_DAY}日",
    f"(?:{_YEAR}年|{_RELATIVE})?{_MONTH}月?{_PART}{_TO}(?:{_YEAR}年|{_RELATIVE})?{_MONTH}月{_PART}",
    f"(?:{_YEAR}年|{_RELATIVE})?{_MONTH}月(?:、|和|与|及){_MONTH}月{_PART}",
    f"(?:{_YEAR}年|{_RELATIVE}){_MONTH}月{_PART}",
    f"{_MONTH}月(?![龄季亮台饼嫂子]){_PART}",
    f"(?<!为期)(?<!连续){_DAY}日(?!内|以内|之内|[游元常均照志报夜间产用处])(?:{_TO}{_DAY}日)?",
    # years and their parts
    f"{_YEAR}(?:年度?)?(?:{_TO}|、|和|与){_YEAR}(?:年度?|学年)",
    f"(?:{_YEAR}年|{_RELATIVE})的?(?:{_SEASON}|前{_COUNT}个月|年?底|年?初|年?末|以来|度|起)?",
    f"{_SEASON}|(?<![0-9.])[0-9]{{2}}年{_MONTH}月|(?<![0-9.])0[0-9]年",
    f"今明两年|(?<![占达到成超比])全年(?!龄|级|无休|不休|开放|营业|[0-9])|(?<![0-9{_SYLLABLE}十两几半])年[底末](?![0-9])",
    # spans of time that name a period, not a duration
    f"(?<![将接附时用费达需历经过])近{_A_FEW}(?:来|间|以来|时间)?",
    f"(?:最近|过去|未来|今后|这|头|(?<![提目此之以日午会当眼])前){_A_FEW}(?:来|间|里|以来|时间)?",
    f"(?<![0-9.])(?:{_COUNT}|半)[多余]?年[多余]?(?:来(?!自)|以来|间(?!接)|前|后)",
    f"(?:上|本|{_COUNT})世纪(?:{_COUNT}年代)?(?:初|中叶|末)?|(?<![0-9])[1-9]0年代(?:初|末|中期)?|[一二三四五六七八九]十年代",
    "十[一二三四五]五(?:时期|期间|规划|末|初|以来)?",
    "(?:周|星期|礼拜)[一二三四五六日天](?![年期个岁])|(?:正月|腊月)(?:初?[一二三四五六七八九十]+)?",
)
_ANY = re.compile("|".join(_FORMS))
_WRITTEN = re.compile("(?:19|20)[0-9]{2}")
_THAT_YEAR = re.compile("^(?:当年|同年|该年)")
_TELLS_A_YEAR = re.compile("(?:19|20)[0-9]{2}|[今去明前]年")
_RUNNING = re.compile("(?:本年|当年)累计")
_THIS_YEAR = re.compile("今年|本年")
_BARE = re.compile(
    "全年|年[底末]|[0-9一二三四五六七八九十]+[月、—~-]|[上下]半年|[前第一二三四1-4]+[一二三四1-4两三]?季度"
)
CLOSING = re.compile("(?:截至|截止到?)$(?!\n)")
_BY = re.compile("(?<!截)[到至]$(?!\n)")
_HALF_A_YEAR = timedelta(days=183)
_LOOKING_BACK = 2
"""Until which month a text looks back on the year before."""
_NEAR = 20
"""How many dates before another may lend it their year."""
_NUMBER = f"(?:[0-9]+|[{_SYLLABLE}十廿]+)"
_YEARS_OFF = {"今": 0, "本": 0, "当": 0, "去": -1, "上": -1, "前": -2, "明": 1, "后": 2}
_QUARTERS = {"一": 1, "1": 1, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}


def periods(text: str, published_on: date | None) -> list[Period]:
    """Return the dates, periods and clock times of compact ``text`` in reading order; they do not overlap.

    今年, or a day printed without its year, take it from ``published_on``; without that they name no day.
    """
    found = []
    for match in _ANY.finditer(text):
        first, last = _days(match.group(), published_on)
        found.append(Period(match.start(), match.end(), first, last))
    return found


def dates_of(parts: Layout, sections: Sections, published_on: date | None) -> tuple[Period, ...]:
    """Return the dates of a text in reading order, those without a year put into the one meant.

    3月 behind 2018年 in its sentence, or below a heading of 2018, is March of 2018; 当年 is the year named last; 今年 in a sentence
    that gives its full date is the year of that date. In January and February 12月份, 四季度 and 全年 are of the year before, and
    截至 never points ahead; 12月底前 and 全年计划 are of the running year. 本年累计 behind 2024年1月 names no other time.
    """
    found: list[Period] = []
    for one in periods(parts.text, published_on):
        if _RUNNING.match(parts.text, one.start) and _is_dated(parts, found, one):
            continue
        year = _year_meant(parts, sections, found, one) or _year_before(parts.text, one, published_on)
        printed = _THAT_YEAR.sub("本年", parts.text[one.start : one.end])
        first, last = _days(printed, date(year, 12, 31)) if year else (one.first, one.last)
        found.append(replace(one, first=first, last=last))
    return tuple(found)


def _year_meant(parts: Layout, sections: Sections, before: Sequence[Period], one: Period) -> int:
    """Return the year that what was named before, or a heading, lends to a date; 0 for none."""
    printed, sentence, paragraph = (
        parts.text[one.start : one.end],
        parts.sentence(one.start),
        parts.paragraph(one.start),
    )
    near = [other for other in before[-_NEAR:] if other.first and other.start in paragraph]
    written = [other for other in near if _WRITTEN.match(parts.text, other.start)]
    if _THAT_YEAR.match(printed):
        return _year_of(written)
    if _THIS_YEAR.match(printed):
        return _year_of([other for other in written if other.start in sentence and other.first == other.last])
    if not _BARE.match(printed):
        return 0
    if printed == "全年":
        told = [other for other in near if other.first and other.last and other.first.year == other.last.year]
    else:
        told = [other for other in near if other.start in sentence and _TELLS_A_YEAR.match(parts.text, other.start)]
    return _year_of(told) or sections.year_above(one.start)


def _year_before(text: str, one: Period, today: date | None) -> int:
    """Return the last year for what is printed without one and cannot be of this: a later month told in January, 截至 a later day."""
    if not (today and one.first and one.last and _BARE.match(text, one.start)):
        return 0
    if CLOSING.search(text[max(0, one.start - 3) : one.start]):
        return today.year - 1 if one.last - today > LONGEST_MONTH else 0
    is_ahead = _BY.search(text[max(0, one.start - 2) : one.start]) or _ahead().match(text, one.end)
    begins = one.last if text.startswith("全年", one.start) else one.first
    is_told = today.month <= _LOOKING_BACK and not is_ahead and begins - today >= _HALF_A_YEAR
    return today.year - 1 if is_told else 0


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(f"前|[，的]?{any_of(words('plan'))}|[，的]?(?:将|要|力争|目标|任务)")


def _is_dated(parts: Layout, before: Sequence[Period], one: Period) -> bool:
    """Whether the sentence has named a written time before."""
    near = [other for other in before[-_NEAR:] if other.first and other.start in parts.sentence(one.start)]
    return any(_WRITTEN.match(parts.text, other.start) for other in near)


def _year_of(named: Sequence[Period]) -> int:
    return named[-1].first.year if named and named[-1].first else 0


def _days(printed: str, published_on: date | None) -> tuple[date | None, date | None]:
    """Return the first and last day that ``printed`` names; the last is None for an open end (2005年起)."""
    figures = re.fullmatch("([0-9]{4})[-./]([0-9]+)[-./]([0-9]+)", printed)
    if figures:
        return _day(*map(int, figures.groups())), _day(*map(int, figures.groups()))
    years = _years(printed, published_on)
    months = _listed(printed, "月")
    days = _listed(printed, "日")
    if not years or re.search("[时点:：世代周星拜]|十.五", printed):
        return None, None
    if days:
        months = months or ([published_on.month] if published_on else [])
        return (_day(years[0], months[0], days[0]), _day(years[-1], months[-1], days[-1])) if months else (None, None)
    if months:
        return _day(years[0], months[0], 1), _month_end(years[-1], months[-1])
    return _part_of_year(printed, years)


def _part_of_year(printed: str, years: list[int]) -> tuple[date | None, date | None]:
    first, last = years[0], years[-1]
    if quarter := re.search(f"(前|[一1]{_TO})?第?([一二三四1-4两])季度", printed):
        number = 2 if quarter.group(2) == "两" else _QUARTERS[quarter.group(2)]
        return date(first, 1 if quarter.group(1) else number * 3 - 2, 1), _month_end(first, number * 3)
    if "上半年" in printed or "下半年" in printed:
        return (date(first, 1, 1), date(first, 6, 30)) if "上" in printed else (date(first, 7, 1), date(first, 12, 31))
    if counted := re.search(f"前({_NUMBER})个月", printed):
        months = min(_integer(counted.group(1)), 12)
        return date(first, 1, 1), _month_end(first, months)
    if printed.endswith(("底", "末")):
        return date(last, 12, 31), date(last, 12, 31)
    if printed.endswith("初"):
        return date(first, 1, 1), date(first, 3, 31)
    return date(first, 1, 1), None if printed.endswith(("以来", "起")) else date(last, 12, 31)


def _years(printed: str, published_on: date | None) -> list[int]:
    named = re.findall(f"({_YEAR})|([今去明前后本当上])年", printed)
    if any(off for _, off in named) and not published_on:
        return []
    if named:
        today = published_on.year if published_on else 0
        return [_integer(year) if year else today + _YEARS_OFF[off] for year, off in named]
    if not published_on:
        return []
    if printed == "今明两年":
        return [published_on.year, published_on.year + 1]
    return (
        [published_on.year]
        if re.search("月|日|季度|半年|全年|^年", printed) and not re.match("近|最近|过去|未来|今后|这|头", printed)
        else []
    )


def _listed(printed: str, sign: str) -> list[int]:
    """Return the numbers before ``sign``, with the one that shares it: 1 and 6 of 1—6月."""
    found = []
    for match in re.finditer(f"(?:({_NUMBER}){_TO})?({_NUMBER}){sign}", printed):
        found += [_integer(number) for number in match.groups() if number]
    return found


def _integer(printed: str) -> int:
    numeral = numeral_at(printed, 0)
    return int(numeral.value) if numeral else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date | None:
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None
