"""What kind of day a day is in China, by the State Council's yearly notice as the package chinesecalendar holds it.

A year that the package does not know is not guessed: its days are of kind ``unknown``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

HOLIDAY, WORKED, WEEKEND, WORKDAY, UNKNOWN = "holiday", "worked", "weekend", "workday", "unknown"
KINDS = (WORKDAY, WEEKEND, WORKED, HOLIDAY, UNKNOWN)
"""Ordinary working days, ordinary weekends, weekends that are worked in exchange, statutory holidays, years nobody has told."""


@dataclass(frozen=True)
class KindOfDay:
    """``kind`` is one of KINDS; a holiday, and a weekend worked for one, has the holiday's name in both languages."""

    kind: str
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class Average:
    """The mean of ``days`` days of one kind, a holiday by its name."""

    kind: KindOfDay
    days: int
    mean: Decimal


@lru_cache(maxsize=8000)
def kind_of_day(day: dt.date) -> KindOfDay:
    """What kind of day ``day`` is; a holiday lasts as long as the notice says, weekends in it included."""
    import chinese_calendar  # noqa: PLC0415 - only pages with a log ask

    try:
        is_off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return KindOfDay(UNKNOWN)
    if name is None:
        return KindOfDay(WEEKEND if is_off else WORKDAY)
    holiday = chinese_calendar.Holiday(name)
    return KindOfDay(HOLIDAY if is_off else WORKED, holiday.chinese, holiday.value)


def averages(visits: Mapping[dt.date, int]) -> list[Average]:
    """The mean of each kind of day in the order of KINDS, holidays by name in the order of the calendar; kinds without a day have none.

    Worked weekends are one kind whatever the holiday they are worked for.
    """
    groups: dict[KindOfDay, list[int]] = {}
    for day in sorted(visits, key=lambda day: (day.month, day.day)):
        kind = kind_of_day(day)
        groups.setdefault(KindOfDay(WORKED) if kind.kind == WORKED else kind, []).append(visits[day])
    ranked = sorted(groups, key=lambda kind: KINDS.index(kind.kind))
    return [Average(kind, len(groups[kind]), Decimal(sum(groups[kind])) / len(groups[kind])) for kind in ranked]


def unknown_years(days: Iterable[dt.date]) -> list[int]:
    """The years among ``days`` whose holidays the package does not know."""
    return sorted({day.year for day in days if kind_of_day(day).kind == UNKNOWN})
