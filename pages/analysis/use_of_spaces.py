"""Fair numbers of how spaces are used: the mean of each weekday and kind of day, rates, how new spaces come into use.

What a rate needs and nobody has published (a day of opening, a floor area) is never put in: the rate is missing and says why.  What
kind of day a day is, is said by the State Council's yearly notice as the package chinesecalendar holds it; a year that the package
does not know is not guessed: its days are of kind ``unknown``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from statistics import median
from typing import Generic, TypeVar

import pandas as pd

from etl.model import Facility, Mark, Number

PER_AREA = 100
"""Square metres that a rate per area speaks of."""
WINDOW, WINDOWS = 30, 6
"""Days of one step after an opening, and how many steps are looked at."""

HOLIDAY, WORKED, WEEKEND, WORKDAY, UNKNOWN = "holiday", "worked", "weekend", "workday", "unknown"
KINDS = (WORKDAY, WEEKEND, WORKED, HOLIDAY, UNKNOWN)
"""Ordinary working days, ordinary weekends, weekends that are worked in exchange, statutory holidays, years nobody has told."""

M_co = TypeVar("M_co", bound=Mark, covariant=True)


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


@dataclass(frozen=True)
class DayUse(Generic[M_co]):
    """The visits of one day; ``week_mean`` is the mean of the seven days that end there, None where one of them is missing."""

    day: dt.date
    kind: KindOfDay
    mark: M_co
    week_mean: Decimal | None


@dataclass(frozen=True)
class MonthUse:
    """A month, its visits and loans, and what is shown of it; ``is_whole`` says whether the logs cover all of its days."""

    mark: Mark
    visits: int
    loans: int
    is_whole: bool


@dataclass(frozen=True)
class WeekdayUse:
    """The mean of one weekday (ISO: 1 to 7)."""

    mark: Mark
    weekday: int


@dataclass(frozen=True)
class HourUse(Generic[M_co]):
    """The visits of one hour of one weekday (ISO: 1 to 7), all weeks together."""

    mark: M_co
    weekday: int
    hour: int


@dataclass(frozen=True)
class KindUse:
    """The mean of ``days`` days of one kind."""

    mark: Mark
    kind: KindOfDay
    days: int


@dataclass(frozen=True)
class SpaceUse:
    """How much one facility was used: visits and loans in the logs, which go from ``log_first`` to ``log_last`` and have a row of it on
    ``days_logged`` days; ``area`` is its published floor area in square metres."""

    facility: Facility
    visits: int
    loans: int
    days_logged: int
    log_first: dt.date
    log_last: dt.date
    area: Number | None = None

    @property
    def days(self) -> int | None:
        """The calendar days from the opening, or the first logged day where that is later, to the last logged one, closed days too."""
        opened = self.facility.opened_on
        if opened is None or opened > self.log_last:
            return None
        return (self.log_last - max(self.log_first, opened)).days + 1

    @property
    def per_day(self) -> Decimal | None:
        """Visits a day; None where no day of opening is published."""
        return Decimal(self.visits) / self.days if self.days else None

    @property
    def per_area(self) -> Decimal | None:
        """Visits a day by 100 square metres; None where no area or no day of opening is published."""
        area = self.area.value if self.area else None
        return PER_AREA * self.per_day / area if self.per_day is not None and area else None

    @property
    def loans_per_100(self) -> Decimal | None:
        """Loans by 100 visits; None without visits."""
        return Decimal(100 * self.loans) / self.visits if self.visits else None

    @property
    def gap(self) -> str:
        """Why a rate is None: ``no_opening``, ``no_area``, or ``""``."""
        return "no_opening" if self.days is None else "no_area" if self.per_area is None else ""


@dataclass(frozen=True)
class RankedSpace:
    """A space and what it is ranked by."""

    mark: Mark
    space: SpaceUse


@dataclass(frozen=True)
class OpeningStep:
    """The days ``first`` to ``last`` after an opening: what ``spaces`` new spaces had of what older ones had, in per cent, the median."""

    first: int
    last: int
    value: Decimal
    spaces: int


@dataclass(frozen=True)
class OpeningUse:
    """A step after an opening and what is shown of it."""

    mark: Mark
    step: OpeningStep


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
    """The mean of each kind of day in the order of KINDS, holidays by name in the order of the calendar; kinds without
    a day have none. Worked weekends are one kind whatever the holiday they are worked for."""
    groups: dict[KindOfDay, list[int]] = {}
    for day in sorted(visits, key=lambda day: (day.month, day.day)):
        kind = kind_of_day(day)
        groups.setdefault(KindOfDay(WORKED) if kind.kind == WORKED else kind, []).append(visits[day])
    ranked = sorted(groups, key=lambda kind: KINDS.index(kind.kind))
    return [Average(kind, len(groups[kind]), Decimal(sum(groups[kind])) / len(groups[kind])) for kind in ranked]


def unknown_years(days: Iterable[dt.date]) -> list[int]:
    """The years among ``days`` whose holidays the package does not know."""
    return sorted({day.year for day in days if kind_of_day(day).kind == UNKNOWN})


def by_weekday(visits: Mapping[dt.date, int]) -> dict[int, tuple[Decimal, int]]:
    """ISO weekday -> the mean of its days and how many there are."""
    groups: dict[int, list[int]] = {}
    for day, value in visits.items():
        groups.setdefault(day.isoweekday(), []).append(value)
    return {weekday: (Decimal(sum(own)) / len(own), len(own)) for weekday, own in sorted(groups.items())}


def ramp_up(daily: pd.DataFrame, opened: Mapping[str, dt.date | None]) -> tuple[OpeningStep, ...]:
    """How spaces opened since the logs began came into use, in six steps of 30 days after opening.

    ``daily`` has facility, day and visits; ``opened`` is facility -> day of opening, None where none is published (such a space counts
    on neither side).  Each new space's visits in a step are divided by what a space open before the logs began had on average on the
    same days, so that season and holidays cancel; those count that have all steps.  No steps where nothing can be compared.
    """
    if daily.empty:
        return ()
    first, last = daily["day"].min(), daily["day"].max()
    visits = daily.pivot_table(index="day", columns="facility", values="visits", aggfunc="sum", fill_value=0)
    days = [first + dt.timedelta(days=at) for at in range((last - first).days + 1)]
    visits = visits.reindex(pd.Index(days), fill_value=0)
    known = {facility: day for facility in visits.columns if (day := opened.get(facility)) is not None}
    old = [facility for facility, day in known.items() if day <= first]
    latest = last - dt.timedelta(days=WINDOW * WINDOWS - 1)
    new = {facility: (day - first).days for facility, day in known.items() if first < day <= latest}
    if not old or not new:
        return ()
    usual = visits[old].mean(axis=1).to_numpy()
    steps = []
    for window in range(WINDOWS):
        shares = []
        for facility, start in new.items():
            span = slice(start + window * WINDOW, start + (window + 1) * WINDOW)
            if base := float(usual[span].sum()):
                shares.append(100 * float(visits[facility].to_numpy()[span].sum()) / base)
        if shares:
            value = Decimal(str(median(shares))).quantize(Decimal("0.1"))
            steps.append(OpeningStep(window * WINDOW + 1, (window + 1) * WINDOW, value, len(shares)))
    return tuple(steps)
