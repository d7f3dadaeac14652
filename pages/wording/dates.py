"""Days and periods as text: 2019年3月21日, 2018年, 2017—2018年."""

from __future__ import annotations

import calendar
import datetime as dt

from etl.language import is_chinese
from pages.wording.catalog import _


def day_text(day: dt.date | None) -> str:
    """One day without leading zeros; ``""`` for no day."""
    if day is None:
        return ""
    if is_chinese():
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def stacked_day(day: dt.date | None) -> str:
    """One day on two lines, for an axis: the year, and the day in it."""
    if day is None:
        return ""
    if is_chinese():
        return f"{day.year}年\n{day.month}月{day.day}日"
    return f"{day.day} {calendar.month_name[day.month]}\n{day.year}"


def period_text(start: dt.date | None, end: dt.date | None) -> str:
    """A period as briefly as its ends allow: a year, years, a month, a day, or both ends; ``""`` for none.

    An open one begins as documents print it, with a year or a month: 2005年起, for its first day is nobody's word.
    """
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return _("from {day}").format(day=_first_text(start)) if start else _("until {day}").format(day=day_text(end))
    if _is_whole_years(start, end):
        return _years(start.year, end.year)
    if start.day == 1 and (start.year, start.month) == (end.year, end.month) and end.day == _last_day(end):
        return _month(start)
    if start == end:
        return day_text(start)
    return _("{start} to {end}").format(start=day_text(start), end=day_text(end))


def _years(first: int, last: int) -> str:
    if first == last:
        return f"{first}年" if is_chinese() else str(first)
    return f"{first}—{last}年" if is_chinese() else f"{first}–{last}"


def _first_text(start: dt.date) -> str:
    if start.day != 1:
        return day_text(start)
    return _years(start.year, start.year) if start.month == 1 else _month(start)


def _month(day: dt.date) -> str:
    return f"{day.year}年{day.month}月" if is_chinese() else f"{calendar.month_name[day.month]} {day.year}"


def _is_whole_years(start: dt.date, end: dt.date) -> bool:
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)


def _last_day(day: dt.date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
