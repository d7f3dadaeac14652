"""The marks of what is computed from gate logs (pages.analysis): weekdays, holidays, loans, rates of spaces, openings, the forecast.

Every one is marked computed and cites the log; one that is divided by a printed number cites that number's source too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from etl.model import Mark, Qualifier, State
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.analysis import use_of_spaces
from pages.analysis.forecast import MODEL, Forecast, Span, WeekUse, YearTotal, year_end_forecast
from pages.queries.usage import daily_visits, mark_of_log, spaces_used, use_by_day, use_by_month, use_by_space_and_day

RANKS: Mapping[str, Callable[[use_of_spaces.SpaceUse], Decimal | None]] = {
    "per_day": lambda space: space.per_day,
    "per_area": lambda space: space.per_area,
    "loans_per_100": lambda space: space.loans_per_100,
    "visits": lambda space: Decimal(space.visits),
}
"""What the spaces can be ranked by."""

WEEKS_BACK = 52


@cached_query
def visits_by_weekday(release: Release, project: str, facility: str = "") -> tuple[use_of_spaces.WeekdayUse, ...]:
    """The mean of each weekday's visits over all logged days, Monday first."""
    mark = _computed(release, facility, "mean(visits) by weekday")
    means = use_of_spaces.by_weekday(daily_visits(release, project, facility))
    return tuple(
        use_of_spaces.WeekdayUse(replace(mark, value=_tidy(mean)), weekday) for weekday, (mean, _days) in means.items()
    )


@cached_query
def visits_by_kind_of_day(release: Release, project: str, facility: str = "") -> tuple[use_of_spaces.KindUse, ...]:
    """The mean of ordinary working days, ordinary weekends, worked weekends and each statutory holiday."""
    mark = _computed(release, facility, "mean(visits) by kind of day")
    means = use_of_spaces.averages(daily_visits(release, project, facility))
    return tuple(use_of_spaces.KindUse(replace(mark, value=_tidy(each.mean)), each.kind, each.days) for each in means)


@cached_query
def years_without_holidays(release: Release, project: str) -> tuple[int, ...]:
    """The logged years whose holidays nobody has told the calendar yet."""
    return tuple(use_of_spaces.unknown_years(use_by_day(release, project)["day"]))


@cached_query
def loans_by_month(release: Release, project: str, facility: str = "") -> tuple[use_of_spaces.MonthUse, ...]:
    """Loans by 100 visits in each month; a month without visits has none."""
    computed, found = _computed(release, facility, "100 * loans / visits"), []
    for month in use_by_month(release, project, facility):
        if month.visits:
            share, mark = _tidy(Decimal(100 * month.loans) / month.visits), month.mark
            mark = replace(computed, value=share, period_start=mark.period_start, period_end=mark.period_end)
            found.append(replace(month, mark=mark))
    return tuple(found)


@cached_query
def spaces_ranked(release: Release, project: str, by: str, place: str = "") -> tuple[use_of_spaces.RankedSpace, ...]:
    """The spaces (those of ``place`` where one is given) by ``by`` (RANKS), the largest first, those without a value last."""
    of_log = mark_of_log(release, "") if by == "visits" else _computed(release, "", by)
    found = []
    for space in spaces_used(release, project):
        value, where = RANKS[by](space), space.facility
        cited = (space.area.number_id,) if by == "per_area" and value is not None and space.area else ()
        mark = replace(
            of_log,
            value=None if value is None else _tidy(value),
            state=State.NOT_PUBLISHED if value is None else State.DONE,
            formula=by,
            place=where.place,
            place_name=where.place_name,
            observation_ids=cited,
        )
        if place in ("", where.place):
            found.append(use_of_spaces.RankedSpace(mark, space))
    return tuple(sorted(found, key=lambda ranked: (ranked.mark.value is None, -(ranked.mark.value or 0))))


@cached_query
def use_after_opening(release: Release, project: str) -> tuple[use_of_spaces.OpeningUse, ...]:
    """How new spaces came into use (pages.analysis.use_of_spaces.ramp_up), in per cent."""
    opened = {space.facility.facility: space.facility.opened_on for space in spaces_used(release, project)}
    mark = replace(_computed(release, ""), unit="%", unit_name="%")
    steps = use_of_spaces.ramp_up(use_by_space_and_day(release, project), opened)
    return tuple(use_of_spaces.OpeningUse(replace(mark, value=step.value), step) for step in steps)


@cached_query
def forecast_of(release: Release, project: str, facility: str = "") -> Forecast:
    """The forecast to the end of the year with its test (pages.analysis.forecast)."""
    daily = use_by_space_and_day(release, project)
    used = daily[(daily["visits"] > 0) & ((daily["facility"] == facility) | (not facility))]
    spaces = dict.fromkeys(daily["day"], 0) | used.groupby("day")["facility"].nunique().to_dict()
    return year_end_forecast(daily_visits(release, project, facility), spaces)


@cached_query
def forecast_weeks(release: Release, project: str, facility: str = "") -> tuple[WeekUse[Mark], ...]:
    """The last 52 weeks as they came and the weeks expected (computed, value to value_high); none where no forecast is
    shown. Weeks are seven days counted back from the last logged one and onwards from it."""
    found, visits = forecast_of(release, project, facility), daily_visits(release, project, facility)
    if found.last is None:
        return ()
    of_log, weeks = mark_of_log(release, facility), []
    for back in range(WEEKS_BACK - 1, -1, -1) if found.rest else ():
        last = found.last - dt.timedelta(days=7 * back)
        days = [last - dt.timedelta(days=at) for at in range(7)]
        came = Decimal(sum(visits.get(day, 0) for day in days))
        weeks.append(WeekUse(last, replace(of_log, value=came, period_start=days[-1], period_end=last)))
    expected = replace(
        _computed(release, facility, "ETS"), qualifier=Qualifier.RANGE, state=State.PLANNED, step=Decimal(1)
    )
    for span in found.weeks:
        low, high = Decimal(round(span.low)), Decimal(round(span.high))
        mark = replace(expected, value=low, value_high=high, period_start=span.first, period_end=span.last)
        weeks.append(WeekUse(span.last, mark, span))
    return tuple(weeks)


def forecast_total(release: Release, project: str, facility: str = "") -> YearTotal | None:
    """What came of the year so far with what is expected of the rest; None without a forecast."""
    found = forecast_of(release, project, facility)
    if found.rest is None or found.last is None:
        return None
    rest, begin = found.rest, dt.date(found.rest.last.year, 1, 1)
    known = {day: visits for day, visits in daily_visits(release, project, facility).items() if day >= begin}
    came = sum(known.values())
    whole = Span(min(known, default=rest.first), rest.last, came + rest.low, came + rest.middle, came + rest.high)
    return YearTotal(whole, found.last, came if known else None)


@cached_query
def forecast_errors(release: Release, project: str, facility: str = "") -> Mapping[str, Mark]:
    """The mean error of the forecast (pages.analysis.forecast.MODEL), which stands first, and of each simple guess, in per cent."""
    mark, made = replace(_computed(release, facility, "mean(|said - came| / came)"), unit="%", unit_name="%"), {}
    for guess, error in forecast_of(release, project, facility).errors.items():
        value = Decimal(str(100 * error)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        made[guess] = replace(mark, value=value, state=State.DONE if guess == MODEL else State.STANDARD)
    return made


def _computed(release: Release, facility: str, formula: str = "") -> Mark:
    return replace(mark_of_log(release, facility), derived=True, measure="", step=Decimal("0.1"), formula=formula)


def _tidy(value: Decimal) -> Decimal:
    """A computed number with two decimals: nobody reads more, and a download should not hold more."""
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return rounded if rounded != rounded.to_integral_value() else rounded.quantize(Decimal(1))
