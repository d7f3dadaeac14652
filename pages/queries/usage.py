"""How spaces are used: which project a use screen is about, and its use by day, hour and month where gate logs exist.

Which project that is, is data: the charts of charts.csv that stand on the screen name its indicators, and those name the project.
Without such charts it is the project whose facilities have gate logs.  A log's numbers are no observations: they cite the log.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from etl.language import language
from etl.model import Measure, Qualifier, State
from etl.release.query_cache import cached_query
from etl.release.schema import COLUMNS
from etl.release.tables import Release
from etl.rules.selectors import parse_selector
from pages.queries.chart_marks import MARK_COLUMNS
from pages.queries.citations import GATE_LOG, sources
from pages.queries.facilities import facilities
from pages.queries.geography import above
from pages.queries.numbers import NUMBER_COLUMNS, names, records, split, table
from pages.queries.observations import parts_of_projects
from pages.queries.reference import indicators, projects

WEEK = 7
LONGEST = 366
"""So many days one chart shows, the latest ones."""

COUNTS = ("visits", "loans", "returns", "cards")
"""What a gate log counts."""

USAGE_COLUMNS = (*MARK_COLUMNS, "day", "weekday", "hour", "week_mean")
MONTH_COLUMNS = (*MARK_COLUMNS, *COUNTS, "is_whole")


@cached_query
def project_of_screen(release: Release, screen: str) -> str:
    """The project that ``screen`` is about, the whole one where a part is named; ``""`` when no chart of it names an indicator and no
    facility has a gate log.
    """
    up = {each.project: each.parent for each in projects(release).values()}
    project = _named_by_charts(release, screen) or _logged_project(release)
    return [project, *above(up, project)][-1]


def _named_by_charts(release: Release, screen: str) -> str:
    measured = indicators(release)
    for chart in sorted(records(release.table("charts")), key=lambda row: row["position"]):
        if chart["screen"] == screen:
            for text in split(chart["shows"]):
                found = measured.get(parse_selector(text).indicator)
                if found and found.project:
                    return found.project
    return ""


def _logged_project(release: Release) -> str:
    logged = set(release.table("visits_daily")["facility"])
    return next((each.project for each in facilities(release) if each.facility in logged), "")


@cached_query
def logged_facilities(release: Release, project: str) -> Mapping[str, str]:
    """Code -> name of the facilities of ``project`` that have a gate log."""
    logged = set(release.table("visits_daily")["facility"])
    own = facilities(release, projects=parts_of_projects(release).get(project, {project}))
    return {each.facility: each.facility_name for each in own if each.facility in logged}


@cached_query
def use_by_space_and_day(release: Release, project: str) -> pd.DataFrame:
    """Grain facility x day of the facilities of ``project``: facility, day and COUNTS, as the logs count them; by facility and day."""
    daily = release.table("visits_daily")
    own = daily[daily["facility"].isin(list(logged_facilities(release, project)))]
    return own.reset_index(drop=True)


@cached_query
def use_by_day(release: Release, project: str, facility: str = "") -> pd.DataFrame:
    """Each day that some log covers: day and COUNTS of one facility, or of all that ``project`` has logs of; oldest first."""
    daily = use_by_space_and_day(release, project)
    own = daily[daily["facility"] == facility] if facility else daily
    return own.groupby("day", sort=True)[list(COUNTS)].sum().reset_index()


def logged_span(release: Release, facility: str = "") -> tuple[dt.date, dt.date] | None:
    """The first and the last day that the log of a facility, or any log, covers; None without logs."""
    daily = release.table("visits_daily")
    days = (daily[daily["facility"] == facility] if facility else daily)["day"]
    return (days.min(), days.max()) if len(days) else None


@cached_query
def visits_by_day(release: Release, project: str, facility: str = "") -> pd.DataFrame:
    """Visits of each of the latest days, of one facility or of all that ``project`` has logs of; USAGE_COLUMNS, oldest first.

    ``week_mean`` is the mean of the seven days that end there (None until there are seven, and where a day is missing).
    """
    daily = use_by_day(release, project, facility)
    visits = dict(zip(daily["day"], map(int, daily["visits"]), strict=True))
    same, rows = logged(release, facility), []
    for day in list(visits)[-LONGEST:]:
        week = [visits.get(day - dt.timedelta(days=back)) for back in range(WEEK)]
        mean = None if None in week else Decimal(sum(filter(None, week))) / WEEK
        own = {"value": Decimal(visits[day]), "day": day, "period_start": day, "period_end": day, "week_mean": mean}
        rows.append(same | own)
    return table(rows, USAGE_COLUMNS)


@cached_query
def use_by_month(release: Release, project: str, facility: str = "") -> pd.DataFrame:
    """Each month with COUNTS and the visits as its ``value``; MONTH_COLUMNS, oldest first.

    A month that the logs cover in part carries the days they cover as its period, and ``is_whole`` says no.
    """
    daily = use_by_day(release, project, facility)
    months: dict[dt.date, list[dict[str, Any]]] = {}
    for row in records(daily):
        months.setdefault(row["day"].replace(day=1), []).append(row)
    same, rows = logged(release, facility), []
    for month, days in months.items():
        whole = month, month.replace(day=calendar.monthrange(month.year, month.month)[1])
        covered = (
            days[0]["day"] if month == min(months) else whole[0],
            days[-1]["day"] if month == max(months) else whole[1],
        )
        counts: dict[str, Any] = {name: sum(row[name] for row in days) for name in COUNTS}
        period = {"period_start": covered[0], "period_end": covered[1], "is_whole": covered == whole}
        rows.append(same | counts | period | {"value": Decimal(counts["visits"])})
    return table(rows, MONTH_COLUMNS)


@cached_query
def visits_by_hour(release: Release, project: str, facility: str = "") -> pd.DataFrame:
    """Visits of each hour of each weekday (1 to 7), all logged weeks together; USAGE_COLUMNS, by weekday and hour."""
    wanted = {facility} if facility else set(logged_facilities(release, project))
    visits: dict[tuple[int, int], int] = defaultdict(int)
    for row in records(release.table("visits_hourly")):
        if row["facility"] in wanted:
            visits[row["weekday"], row["hour"]] += int(row["visits"])
    same = logged(release, facility)
    rows = [same | {"value": Decimal(visits[at]), "weekday": at[0], "hour": at[1]} for at in sorted(visits)]
    return table(rows, USAGE_COLUMNS)


def logged(release: Release, facility: str) -> dict[str, Any]:
    """What every number of a log has in common (MARK_COLUMNS): its kind, its unit, the facility's name, the logs as its source, and as its
    period the days that the log covers, of all logs without a facility.
    """
    first, last = logged_span(release, facility) or (None, None)
    described = COLUMNS["visits"]
    logs = [each.source for each in sources(release).values() if each.kind == GATE_LOG]
    return dict.fromkeys(NUMBER_COLUMNS, "") | {
        "part": "shown", "state": State.DONE, "reason": "", "chart": "", "derived": False, "verified": True, "measure": Measure.ACTUAL,
        "qualifier": Qualifier.EXACT, "value_high": None, "step": Decimal(1), "as_of": None,
        "period_start": first, "period_end": last, "indicator_name": described.en if language() == "en" else described.zh,
        "place_name": names(release, "facilities").get(facility, ""), "source": ";".join(logs),
    }  # fmt: skip
