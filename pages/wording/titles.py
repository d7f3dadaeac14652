"""A chart's title names its indicator, its place and its time, whatever it finds: two charts that differ in one of them differ in title.
Titles and notes of reference data are templates, filled from what is shown: no typed number outlives the number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar

from etl.language import is_chinese
from etl.model import Mark, Measure, Number
from etl.rules.templates import SEPARATOR, Slot, SlotValue, filled
from pages.wording.catalog import _
from pages.wording.dates import as_of_text, day_text, period_text, time_text
from pages.wording.marks import WordedMark
from pages.wording.numbers import number_text

M = TypeVar("M", bound=Mark)

COUNT = "数"  # how names of counts end; a title that says 礼堂 names the indicator 礼堂数


def named_title(title: str, marks: Sequence[Mark], about: str) -> str:
    """``title`` with what it does not name of its own marks: indicator, place, time.
    ``about`` is the place of a chart over several places, where ``title`` names none of them.  Marks without a value leave it as it is."""
    numbers = shown_numbers(marks)
    if not numbers:
        return title
    place, when = _place(marks, numbers, title, about), _time(numbers, title)
    names = [number.indicator_name for number in numbers]
    is_named = any(name.removesuffix(COUNT).lower() in title.lower() for name in names)
    indicator = "" if is_named else names[0]
    if when and not (place or indicator):
        return _("{title} ({period})").format(title=title, period=when)
    front = [piece for piece in (when, place, indicator) if piece]
    joined = "".join(front) if is_chinese() else ", ".join(front)
    return _("{title}: {items}").format(title=joined, items=title) if front else title


def shown_numbers(marks: Iterable[M]) -> list[M]:
    """The marks that a chart shows and that are numbers; those beside them where it shows none."""
    valued = [mark for mark in marks if mark.value is not None]
    return [mark for mark in valued if mark.part == "shown"] or valued


def undated(marks: Iterable[WordedMark]) -> list[str]:
    """The labels of the numbers that a chart shows without a day, a period or the words printed for one."""
    return [mark.label or mark.indicator_name for mark in shown_numbers(marks) if not time_text(mark)]


def _place(marks: Iterable[Number], numbers: Iterable[Number], title: str, about: str) -> str:
    """The place that ``title`` does not name; a place whose number is missing is a place of the chart too."""
    if any(name in title for name in (*_named_places(marks), about) if name):
        return ""
    places = _named_places(numbers)
    return next(iter(places)) if len(places) == 1 else about


def _named_places(numbers: Iterable[Number]) -> set[str]:
    return {name for number in numbers for name in (number.place_name, number.place_short) if name}


def _is_dated(numbers: Iterable[Number], title: str) -> bool:
    """Whether ``title`` has the day of one of these numbers (截至2019年3月21日), or of several each its own year (甲市2018年，乙市2012年)."""
    days = [(number, day) for number in numbers if (day := _day(number))]
    years = {str(day.year) for _number, day in days}
    last = (day for number, day in days if not number.period_start or number.as_of in (None, number.period_end))
    return any(day_text(day) in title for day in last) or (len(years) > 1 and all(year in title for year in years))


def _day(number: Number) -> dt.date | None:
    return number.as_of or number.period_end


def _time(numbers: Sequence[Number], title: str) -> str:
    times = dict.fromkeys(filter(None, map(time_text, numbers)))
    if any(text in title for text in times) or _is_dated(numbers, title):
        return ""
    if len(times) <= 1:
        return next(iter(times), "")
    starts = [number.period_start for number in numbers if number.period_start]
    ends = [number.period_end for number in numbers if number.period_end]
    if len(starts) == len(ends) == len(numbers):
        return period_text(min(starts), max(ends))
    return as_of_text(max(numbers, key=lambda number: str(_day(number) or "")))


def title_of(template: str, shown: Sequence[Number], beside: Sequence[Number] = ()) -> str:
    """``template`` filled from the numbers shown and those they are compared with (etl.rules.sentences); a text without slots stays as it is."""
    if "{" not in template:
        return template
    numbers = {"shown": shown, "beside": beside}
    numbers |= {measure: [number for number in shown if number.measure == measure] for measure in Measure}
    text = filled(template, {name: Slot(tuple(map(_slot_value, held))) for name, held in numbers.items()})
    return text if is_chinese() else text.replace(SEPARATOR, ", ")


def _slot_value(number: Number) -> SlotValue:
    return SlotValue(
        text=str(number_text(number)),
        place=number.place_name,
        indicator=number.indicator_name,
        breakdown=number.breakdown_name,
        when=time_text(number),
        period=time_text(number) if number.period_start or number.period_end else "",
        as_of=day_text(number.as_of) if as_of_text(number) else "",
    )
