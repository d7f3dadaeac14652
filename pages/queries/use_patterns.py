"""The marks of what is computed from gate logs (pages.analysis): weekdays, holidays, loans, rates of spaces, openings, the forecast.

Every one is marked computed and cites the log; one that is divided by a printed number cites that number's source too.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from etl.model import Qualifier, State
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.analysis.days_off import averages, unknown_years
from pages.analysis.forecast import MODEL, Forecast, Span, year_end_forecast
from pages.analysis.use_of_spaces import by_weekday, ramp_up, rates
from pages.queries.chart_marks import MARK_COLUMNS
from pages.queries.numbers import records, table
from pages.queries.spaces import SPACE_COLUMNS, spaces_used
from pages.queries.usage import logged, use_by_day, use_by_month, use_by_space_and_day

WEEKDAY_COLUMNS = (*MARK_COLUMNS, "weekday", "days")
KIND_COLUMNS = (*MARK_COLUMNS, "kind", "name", "name_en", "days")
RANKED_COLUMNS = tuple(
    dict.fromkeys((*MARK_COLUMNS, *SPACE_COLUMNS, "days", "per_day", "per_area", "loans_per_100", "gap"))
)
RAMP_COLUMNS = (*MARK_COLUMNS, "first", "last", "spaces")
WEEK_COLUMNS = (*MARK_COLUMNS, "day", "low", "middle", "high")
ERROR_COLUMNS = (*MARK_COLUMNS, "guess")
RANKS = ("per_day", "per_area", "loans_per_100", "visits")
"""What the spaces can be ranked by."""

WEEKS_BACK = 52
COMPUTED: dict[str, Any] = {"derived": True, "measure": "", "step": Decimal("0.1")}


@cached_query
def visits_by_weekday(release: Release, project: str, facility: str = "") -> pd.DataFrame:
    """The mean of each weekday's visits over all logged days; WEEKDAY_COLUMNS, Monday first."""
    same = logged(release, facility) | COMPUTED
    means = by_weekday(_visits(release, project, facility))
    rows = [
        same | {"value": _tidy(mean), "weekday": weekday, "days": days, "formula": "mean(visits) by weekday"}
        for weekday, (mean, days) in means.items()
    ]
    return table(rows, WEEKDAY_COLUMNS)


@cached_query
def visits_by_kind_of_day(release: Release, project: str, facility: str = "") -> pd.DataFrame:
    """The mean of ordinary working days, ordinary weekends, worked weekends and each statutory holiday; KIND_COLUMNS."""
    same = logged(release, facility) | COMPUTED
    rows = [
        same | {
            "value": _tidy(own.mean), "kind": own.kind.kind, "name": own.kind.name, "name_en": own.kind.name_en, "days": own.days,
            "formula": "mean(visits) by kind of day",
        }
        for own in averages(_visits(release, project, facility))
    ]  # fmt: skip
    return table(rows, KIND_COLUMNS)


@cached_query
def years_without_holidays(release: Release, project: str) -> tuple[int, ...]:
    """The logged years whose holidays nobody has told the calendar yet."""
    return tuple(unknown_years(use_by_day(release, project)["day"]))


@cached_query
def loans_by_month(release: Release, project: str, facility: str = "") -> pd.DataFrame:
    """Loans by 100 visits in each month; pages.queries.usage.MONTH_COLUMNS; a month without visits has none."""
    months = use_by_month(release, project, facility)
    rows = [
        row
        | COMPUTED
        | {"value": _tidy(Decimal(100 * row["loans"]) / row["visits"]), "formula": "100 * loans / visits"}
        for row in records(months)
        if row["visits"]
    ]
    return table(rows, months.columns)


@cached_query
def spaces_ranked(release: Release, project: str, by: str, place: str = "") -> pd.DataFrame:
    """The spaces (those of ``place`` where one is given) by ``by`` (RANKS), the largest first, those without a value last; RANKED_COLUMNS."""
    same = logged(release, "")
    rows = []
    for row in records(rates(spaces_used(release, project))):
        value = None if row[by] is None else _tidy(Decimal(row[by]))
        computed = {} if by == "visits" else COMPUTED
        cited = {"observation_ids": row["area_id"] if by == "per_area" and value is not None else ""}
        state = {"state": State.DONE if value is not None else State.NOT_PUBLISHED}
        if place in ("", row["place"]):
            rows.append(same | row | computed | cited | state | {"value": value, "formula": by})
    return table(sorted(rows, key=lambda row: (row["value"] is None, -(row["value"] or 0))), RANKED_COLUMNS)


@cached_query
def use_after_opening(release: Release, project: str) -> pd.DataFrame:
    """How new spaces came into use (pages.analysis.use_of_spaces.ramp_up), in per cent; RAMP_COLUMNS."""
    spaces = records(spaces_used(release, project))
    opened = {row["facility"]: row["opened_on"] for row in spaces}
    steps = records(ramp_up(use_by_space_and_day(release, project), opened))
    same = logged(release, "") | COMPUTED | {"unit": "%", "unit_name": "%"}
    rows = [same | {name: row[name] for name in ("value", "first", "last", "spaces")} for row in steps]
    return table(rows, RAMP_COLUMNS)


@cached_query
def forecast_of(release: Release, project: str, facility: str = "") -> Forecast:
    """The forecast to the end of the year with its test (pages.analysis.forecast)."""
    daily = use_by_space_and_day(release, project)
    own = daily[(daily["visits"] > 0) & ((daily["facility"] == facility) | (not facility))]
    spaces = dict.fromkeys(daily["day"], 0) | own.groupby("day")["facility"].nunique().to_dict()
    return year_end_forecast(_visits(release, project, facility), spaces)


@cached_query
def forecast_weeks(release: Release, project: str, facility: str = "") -> pd.DataFrame:
    """The last 52 weeks as they came (``measure`` actual) and the weeks expected (computed, value to value_high); WEEK_COLUMNS.

    Weeks are seven days counted back from the last logged one and onwards from it; no row where no forecast is shown.
    """
    found, visits = forecast_of(release, project, facility), _visits(release, project, facility)
    if found.rest is None or found.last is None:
        return table([], WEEK_COLUMNS)
    same, rows = logged(release, facility), []
    for back in range(WEEKS_BACK - 1, -1, -1):
        last = found.last - dt.timedelta(days=7 * back)
        days = [last - dt.timedelta(days=at) for at in range(7)]
        came = Decimal(sum(visits.get(day, 0) for day in days))
        rows.append(same | {"value": came, "day": last, "period_start": days[-1], "period_end": last})
    return table([*rows, *(same | _expected(span) for span in found.weeks)], WEEK_COLUMNS)


@cached_query
def forecast_total(release: Release, project: str, facility: str = "") -> pd.DataFrame:
    """Three rows: what came of the year so far, what is expected of the rest, and both together; WEEK_COLUMNS, none without a forecast."""
    found = forecast_of(release, project, facility)
    if found.rest is None or found.last is None:
        return table([], WEEK_COLUMNS)
    begin = dt.date(found.rest.last.year, 1, 1)
    known = {day: own for day, own in _visits(release, project, facility).items() if day >= begin}
    came, rest, same = sum(known.values()), found.rest, logged(release, facility)
    whole = Span(min(known, default=rest.first), rest.last, came + rest.low, came + rest.middle, came + rest.high)
    rows = [same | _expected(rest), same | _expected(whole)]
    if known:
        period = {"value": Decimal(came), "day": found.last, "period_start": min(known), "period_end": found.last}
        rows.insert(0, same | period)
    return table(rows, WEEK_COLUMNS)


@cached_query
def forecast_errors(release: Release, project: str, facility: str = "") -> pd.DataFrame:
    """The mean error of the forecast and of each simple guess in the test, in per cent; ERROR_COLUMNS, the forecast first."""
    found = forecast_of(release, project, facility)
    same = logged(release, facility) | COMPUTED | {"unit": "%", "unit_name": "%"}
    rows = [
        same | {
            "value": Decimal(str(100 * error)).quantize(Decimal("0.1"), ROUND_HALF_UP), "guess": guess,
            "state": State.DONE if guess == MODEL else State.STANDARD, "formula": "mean(|said - came| / came)",
        }
        for guess, error in found.errors.items()
    ]  # fmt: skip
    return table(rows, ERROR_COLUMNS)


def _expected(span: Span) -> dict[str, Any]:
    low, middle, high = (Decimal(round(each)) for each in (span.low, span.middle, span.high))
    return COMPUTED | {
        "value": low, "value_high": high, "qualifier": Qualifier.RANGE, "low": low, "middle": middle, "high": high, "day": span.last,
        "period_start": span.first, "period_end": span.last, "state": State.PLANNED, "step": Decimal(1), "formula": "ETS",
    }  # fmt: skip


def _tidy(value: Decimal) -> Decimal:
    """A computed number with two decimals: nobody reads more, and a download should not hold more."""
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return rounded if rounded != rounded.to_integral_value() else rounded.quantize(Decimal(1))


def _visits(release: Release, project: str, facility: str) -> dict[dt.date, int]:
    daily = use_by_day(release, project, facility)
    return dict(zip(daily["day"], map(int, daily["visits"]), strict=True))
