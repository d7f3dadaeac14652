"""Fair numbers of how spaces are used: the mean of each weekday, rates per day and per square metre, how new spaces come into use.

What a rate needs and nobody has published (a day of opening, a floor area) is never put in: the rate is missing and says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Generic, TypeVar

import pandas as pd

from etl.model import Facility, Mark, Number
from pages.analysis.days_off import KindOfDay

PER_AREA = 100
"""Square metres that a rate per area speaks of."""
WINDOW, WINDOWS = 30, 6
"""Days of one step after an opening, and how many steps are looked at."""

M_co = TypeVar("M_co", bound=Mark, covariant=True)


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
    ``days_logged`` days; ``area`` is its published floor area in square metres.
    """

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
        return (
            None if opened is None or opened > self.log_last else (self.log_last - max(self.log_first, opened)).days + 1
        )

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
        if self.days is None:
            return "no_opening"
        return "" if self.per_area is not None else "no_area"


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
