"""Days and periods as text: 2019年3月21日, 2018年, 2017—2018年; and when a number speaks of, where no date is printed in its document's words."""

from __future__ import annotations

import calendar
import datetime as dt

from etl.language import is_chinese
from etl.model import Number
from etl.reading.times import kind_of_time
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
    text = day_text(day)
    return text.replace("年", "年\n") if is_chinese() else "\n".join(text.rsplit(" ", 1))


def period_text(start: dt.date | None, end: dt.date | None) -> str:
    """A period as briefly as its ends allow: a year, years, a month, a day, or both ends; ``""`` for none.
    An open one begins as documents print it, with a year or a month: 2005年起, for its first day is nobody's word."""
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return _("from {day}").format(day=first_text(start)) if start else _("until {day}").format(day=day_text(end))
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return _years(start.year, end.year)
    if start.day == 1 and end == start.replace(day=calendar.monthrange(start.year, start.month)[1]):
        return _month(start)
    if start == end:
        return day_text(start)
    return _("{start} to {end}").format(start=day_text(start), end=day_text(end))


def _years(first: int, last: int) -> str:
    if first == last:
        return f"{first}年" if is_chinese() else str(first)
    return f"{first}—{last}年" if is_chinese() else f"{first}–{last}"


def first_text(start: dt.date) -> str:
    """The first day of an open period as documents print it: 2005年, 2018年6月, or the day."""
    if start.day != 1:
        return day_text(start)
    return _years(start.year, start.year) if start.month == 1 else _month(start)


def _month(day: dt.date) -> str:
    return f"{day.year}年{day.month}月" if is_chinese() else f"{calendar.month_name[day.month]} {day.year}"


def time_text(number: Number) -> str:
    """The period a number covers; else its document's words for the time, with what they leave open; else the day it speaks of."""
    return period_text(number.period_start, number.period_end) or open_time_text(number) or as_of_text(number)


def open_time_text(number: Number) -> str:
    """The document's own words for a time without a date: 连续两年（起止未载）; ``""`` where it prints a date.
    Words that count from the day of the document (目前, 今年6月以来) are never without that day."""
    words = number.time_as_printed
    if not words:
        return ""
    form = {
        "now": _("{words}, {as_of}"),
        "since": _("{words} (first day not printed; {as_of})"),
        "former": _("{words} (date not printed)"),
    }.get(kind_of_time(words), _("{words} (first and last day not printed)"))
    return form.format(words=words if is_chinese() else f"“{words}”", as_of=as_of_text(number))


def span_text(number: Number) -> str:
    """The period, or the words for a span without dates (连续两年): what a total covers, where the day beside it does not say so."""
    period = period_text(number.period_start, number.period_end)
    is_span = kind_of_time(number.time_as_printed) == "span"
    return period or (open_time_text(number) if is_span else "")


def day_of(number: Number) -> dt.date | None:
    """The last day a number speaks of: the day it stood at, but of a period that was over by then the period's last day."""
    return min(filter(None, (number.as_of, number.period_end)), default=None)


def as_of_text(number: Number) -> str:
    """截至2019年3月21日; nothing without a day."""
    day = number.as_of
    return _("as of {day}").format(day=day_text(day)) if day else ""
