"""The dates of a draft, those without a year of their own put into the year their sentence speaks of.

当年 is the year named last; 3月 behind 2018年 is March of 2018; 今年 in a sentence that gives its full date (2018年12月22日) is the year
of that date. All else is read from the day the draft was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from etl.reading.dates import Period, periods
from etl.reading.layout import Layout

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_THAT_YEAR = re.compile("当年|同年|该年")
_THIS_YEAR = re.compile("今年|本年")
_BARE = re.compile("(?:年?底|年末|[0-9一二三四五六七八九十]+月|上半年|下半年|[一二三四1-4第]+季度)")


def dated(parts: Layout, written_on: date | None) -> tuple[Period, ...]:
    """Return the dates and periods of a draft in reading order."""
    found: list[Period] = []
    for one in periods(parts.text, written_on):
        year = _year_meant(parts, found, one)
        found.append(_put_in(parts.text, one, year) if year else one)
    return tuple(found)


def _year_meant(parts: Layout, before: Sequence[Period], one: Period) -> int:
    printed = parts.text[one.start : one.end]
    named = [other for other in before if other.start in parts.paragraph(one.start) and _is_written(parts, other)]
    here = [other for other in named if other.start in parts.sentence(one.start)]
    if _THAT_YEAR.match(printed):
        return _year_of(named)
    if _THIS_YEAR.match(printed):
        return _year_of([other for other in here if other.first == other.last])
    return _year_of(here[-1:]) if _BARE.match(printed) else 0


def _is_written(parts: Layout, one: Period) -> bool:
    return bool(one.first and _YEAR.match(parts.text, one.start))


def _year_of(named: Sequence[Period]) -> int:
    return named[-1].first.year if named and named[-1].first else 0


def _put_in(text: str, one: Period, year: int) -> Period:
    printed = re.sub("^(?:该年|同年|本年)", "当年", text[one.start : one.end])
    again = periods(printed, date(year, 12, 31))
    return replace(one, first=again[0].first, last=again[0].last) if again else one
