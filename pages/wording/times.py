"""When a number speaks of: its period, the day it stood at, or the words its document has where it prints no date."""

from __future__ import annotations

import datetime as dt

from etl.language import is_chinese
from etl.model import Number
from etl.reading.times import kind_of_time
from pages.wording.catalog import _
from pages.wording.dates import day_text, period_text


def time_text(number: Number) -> str:
    """The period a number covers; else its document's words for the time, with what they leave open; else the day it speaks of."""
    period = period_text(number.period_start, number.period_end)
    return period or open_time_text(number) or as_of_text(number)


def open_time_text(number: Number) -> str:
    """The document's own words for a time without a date: 连续两年（起止未载）; ``""`` where it prints a date.

    Words that count from the day of the document (目前, 今年6月以来) are never without that day.
    """
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
    days = [day for day in (number.as_of, number.period_end) if day]
    return min(days, default=None)


def as_of_text(number: Number) -> str:
    """截至2019年3月21日; nothing without a day."""
    day = number.as_of
    return _("as of {day}").format(day=day_text(day)) if day else ""
