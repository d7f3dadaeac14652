"""Dates, periods and clock times of a text: where they stand, and which days they name.

Their numerals are no figures, so every way of writing one is here, also those that name no day (周二, 9时许, 近三年).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from etl.reading.numerals import numeral_at


@dataclass(frozen=True)
class Period:
    """A date or period at ``text[start:end]``; ``first`` and ``last`` day are None where they cannot be known."""

    start: int
    end: int
    first: date | None = None
    last: date | None = None


_SYLLABLE = "〇○零一二三四五六七八九"
_YEAR = f"(?<![0-9.])(?:(?:19|20)[0-9]{{2}}(?![0-9])|[一二][{_SYLLABLE}]{{3}})"
_MONTH = "(?<![0-9.])(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "(?<![0-9.])(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
_HOUR = "(?<![0-9.])(?:2[0-4]|1[0-9]|0?[0-9]|二?十[一二三四五六七八九]?|[一二三四五六七八九两])"
_MINUTE = "(?:[0-5]?[0-9]|[一二三四五]?十[一二三四五六七八九]?)"
_TO = "(?:[-—~～－–―]+|至|到)"
_RELATIVE = "(?:今年|去年|明年|前年|后年|本年|当年|上年)"
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
    f"(?:{_YEAR}年|{_RELATIVE}){_MONTH}月{_PART}",
    f"{_MONTH}月(?![龄季亮台饼嫂子]){_PART}",
    f"(?<!为期)(?<!连续){_DAY}日(?!内|以内|之内|[游元常均照志报夜间产用处])(?:{_TO}{_DAY}日)?",
    # years and their parts
    f"{_YEAR}(?:年度?)?(?:{_TO}|、|和|与){_YEAR}年度?",
    f"(?:{_YEAR}年|{_RELATIVE})的?(?:{_SEASON}|前{_COUNT}个月|年?底|年?初|年?末|以来|度|起)?",
    f"{_SEASON}|(?<![0-9.])[0-9]{{2}}年{_MONTH}月|(?<![0-9.])0[0-9]年",
    # spans of time that name a period, not a duration
    f"(?<![将接附时用费达需历经过])近{_A_FEW}(?:来|间|以来|时间)?",
    f"(?:最近|过去|未来|今后|这|头|(?<![提目此之以日午会当眼])前){_A_FEW}(?:来|间|里|以来|时间)?",
    f"(?<![0-9.])(?:{_COUNT}|半)[多余]?年[多余]?(?:来(?!自)|以来|间(?!接)|前|后)",
    f"(?:上|本|{_COUNT})世纪(?:{_COUNT}年代)?(?:初|中叶|末)?|(?<![0-9])[1-9]0年代(?:初|末|中期)?|[一二三四五六七八九]十年代",
    "十[一二三四五]五(?:时期|期间|规划|末|初|以来)?",
    "(?:周|星期|礼拜)[一二三四五六日天](?![年期个岁])|(?:正月|腊月)(?:初?[一二三四五六七八九十]+)?",
)
_ANY = re.compile("|".join(_FORMS))
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
    return (
        [published_on.year]
        if re.search("月|日|季度|半年", printed) and not re.match("近|最近|过去|未来|今后|这|头", printed)
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
