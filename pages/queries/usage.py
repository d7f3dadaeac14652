"""What a screen about use shows: its project without naming it, and its use by day, hour, month and space where gate logs exist.

Which project that is, is data: the charts of charts.csv that stand on the screen name its indicators, and those name the project.
Without such charts it is the project whose facilities have gate logs.  Which indicator says how large a facility is, is data too:
``floor_area`` in denominators.csv names it.  A log's numbers are no observations: they cite the log.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import chain

import pandas as pd

from etl.language import language
from etl.model import Mark, Measure, Number, Qualifier
from etl.release.query_cache import cached_query
from etl.release.schema import COLUMNS
from etl.release.tables import Release
from etl.rules.selectors import split_selectors
from pages.analysis.use_of_spaces import DayUse, HourUse, MonthUse, SpaceUse, kind_of_day
from pages.queries.documents import GATE_LOG, sources
from pages.queries.geography import above, facilities
from pages.queries.numbers import names, numbers_of
from pages.queries.observations import parts_of_projects
from pages.queries.reference import indicators, projects

WEEK = 7
LONGEST = 366
"""So many days one chart shows, the latest ones."""

FLOOR_AREA = "floor_area"
COUNTS = ("visits", "loans", "returns", "cards")
"""What a gate log counts."""


@cached_query
def project_of_screen(release: Release, screen: str) -> str:
    """The project that ``screen`` is about, the whole one where a part is named; ``""`` when no chart of it names an indicator and no
    facility has a gate log."""
    up, measured = {code: project.parent for code, project in projects(release).items()}, indicators(release)
    charts = (row for row in sorted(release.rows("charts"), key=lambda row: row["position"]) if row["screen"] == screen)
    shown = (measured.get(selector.indicator) for row in charts for selector in split_selectors(row["shows"]))
    logged = set(release.table("visits_daily")["facility"])
    with_logs = (facility.project for facility in facilities(release) if facility.facility in logged)
    project = next(chain((each.project for each in shown if each and each.project), with_logs), "")
    return [project, *above(up, project)][-1]


@cached_query
def logged_facilities(release: Release, project: str) -> Mapping[str, str]:
    """Code -> name of the facilities of ``project`` that have a gate log."""
    logged = set(release.table("visits_daily")["facility"])
    parts = facilities(release, projects=parts_of_projects(release).get(project, {project}))
    return {facility.facility: facility.facility_name for facility in parts if facility.facility in logged}


@cached_query
def use_by_space_and_day(release: Release, project: str) -> pd.DataFrame:
    """Grain facility x day of the facilities of ``project``: facility, day and COUNTS, as the logs count them; by facility and day."""
    daily = release.table("visits_daily")
    return daily[daily["facility"].isin(list(logged_facilities(release, project)))].reset_index(drop=True)


@cached_query
def use_by_day(release: Release, project: str, facility: str = "") -> pd.DataFrame:
    """Each day that some log covers: day and COUNTS of one facility, or of all that ``project`` has logs of; oldest first."""
    daily = use_by_space_and_day(release, project)
    wanted = daily[daily["facility"] == facility] if facility else daily
    return wanted.groupby("day", sort=True)[list(COUNTS)].sum().reset_index()


def logged_span(release: Release, facility: str = "") -> tuple[dt.date, dt.date] | None:
    """The first and the last day that the log of a facility, or any log, covers; None without logs."""
    daily = release.table("visits_daily")
    days = (daily[daily["facility"] == facility] if facility else daily)["day"]
    return (days.min(), days.max()) if len(days) else None


@cached_query
def visits_by_day(release: Release, project: str, facility: str = "") -> tuple[DayUse[Mark], ...]:
    """Visits of each of the latest days, of one facility or of all that ``project`` has logs of; oldest first."""
    visits, of_log = daily_visits(release, project, facility), mark_of_log(release, facility)
    found = []
    for day in list(visits)[-LONGEST:]:
        week = [visits.get(day - dt.timedelta(days=back)) for back in range(WEEK)]
        mean = None if None in week else Decimal(sum(filter(None, week))) / WEEK
        mark = replace(of_log, value=Decimal(visits[day]), period_start=day, period_end=day)
        found.append(DayUse(day, kind_of_day(day), mark, mean))
    return tuple(found)


def daily_visits(release: Release, project: str, facility: str = "") -> dict[dt.date, int]:
    """Day -> visits of one facility, or of all that ``project`` has logs of; oldest first."""
    daily = use_by_day(release, project, facility)
    return dict(zip(daily["day"], map(int, daily["visits"]), strict=True))


@cached_query
def use_by_month(release: Release, project: str, facility: str = "") -> tuple[MonthUse, ...]:
    """The visits of each month, oldest first; one that the logs cover in part carries the days they cover as its period."""
    daily = use_by_day(release, project, facility)
    if daily.empty:
        return ()
    of_log, first, last = mark_of_log(release, facility), daily["day"].min(), daily["day"].max()
    months = daily["day"].map(lambda day: day.replace(day=1))
    found = []
    for month, visits, loans in daily.groupby(months)[["visits", "loans"]].sum().itertuples():
        whole = month, month.replace(day=calendar.monthrange(month.year, month.month)[1])
        start, end = max(whole[0], first), min(whole[1], last)
        mark = replace(of_log, value=Decimal(int(visits)), period_start=start, period_end=end)
        found.append(MonthUse(mark, int(visits), int(loans), (start, end) == whole))
    return tuple(found)


@cached_query
def visits_by_hour(release: Release, project: str, facility: str = "") -> tuple[HourUse[Mark], ...]:
    """Visits of each hour of each weekday, all logged weeks together; by weekday and hour."""
    hourly, of_log = release.table("visits_hourly"), mark_of_log(release, facility)
    wanted = hourly[hourly["facility"].isin([facility] if facility else list(logged_facilities(release, project)))]
    sums = wanted.groupby(["weekday", "hour"], sort=True)["visits"].sum().reset_index()
    return tuple(
        HourUse(replace(of_log, value=Decimal(int(visits))), int(weekday), int(hour))
        for weekday, hour, visits in zip(*(sums[name] for name in ("weekday", "hour", "visits")), strict=True)
    )


def mark_of_log(release: Release, facility: str) -> Mark:
    """What every number of a log has in common: its kind, the facility's name, the logs as its source, and as its period the days that
    the log covers, of all logs without a facility."""
    first, last = logged_span(release, facility) or (None, None)
    described = COLUMNS["visits"]
    return Mark(
        measure=Measure.ACTUAL,
        qualifier=Qualifier.EXACT,
        step=Decimal(1),
        verified=True,
        period_start=first,
        period_end=last,
        indicator_name=described.en if language() == "en" else described.zh,
        place_name=names(release, "facilities").get(facility, ""),
        logs=tuple(source.source for source in sources(release).values() if source.kind == GATE_LOG),
    )


def spaces_used(release: Release, project: str) -> tuple[SpaceUse, ...]:
    """The facilities of ``project`` with a log, in the facilities' order, with the span of all logs."""
    span = logged_span(release)
    if span is None:
        return ()
    logs = use_by_space_and_day(release, project).groupby("facility")
    visits, loans = logs["visits"].sum().to_dict(), logs["loans"].sum().to_dict()
    days, called, areas = logs.size().to_dict(), logged_facilities(release, project), _areas(release)
    return tuple(
        SpaceUse(each, int(visits[code]), int(loans[code]), int(days[code]), *span, areas.get(code))
        for each in facilities(release)
        if (code := each.facility) in called
    )


def _areas(release: Release) -> Mapping[str, Number]:
    """Facility -> the latest checked number of its floor area."""
    sizes = [row["indicator"] for row in release.rows("denominators") if row["kind"] == FLOOR_AREA]
    item_of = {row["breakdown"]: row["item"] for row in release.rows("breakdowns")}
    checked = (number for number in numbers_of(release, indicators=sizes) if number.verified and number.value)
    plain = [each for each in checked if (each.measure, each.qualifier) == (Measure.ACTUAL, Qualifier.EXACT)]
    plain.sort(key=lambda number: str(number.as_of or number.period_end or ""))
    return {item_of[number.breakdown]: number for number in plain if number.breakdown in item_of}
