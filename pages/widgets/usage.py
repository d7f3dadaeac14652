"""Use of spaces from their gate logs over time: days, months, weekdays, hours, holidays, loans; or what would fill the place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.bars import horizontal_bars
from pages.charts.drawing import Drawing
from pages.charts.form import Build
from pages.charts.forms.bars_by_period import bars_by_period
from pages.charts.usage import heat_of_hours, lines_of_days
from pages.queries.usage import logged_facilities, use_by_month, visits_by_day, visits_by_hour
from pages.queries.use_patterns import loans_by_month, visits_by_kind_of_day, visits_by_weekday, years_without_holidays
from pages.widgets.choose import choose_one
from pages.widgets.panel import panel
from pages.widgets.screen import this_screen
from pages.widgets.sections import charts_row, filters_row, show_empty
from pages.wording.catalog import _
from pages.wording.marks import WordedMark
from pages.wording.usage import (
    days_finding,
    hours_finding,
    kinds_finding,
    loans_finding,
    months_finding,
    unknown_years_text,
    weekday_names,
    weekdays_finding,
    worded_days,
    worded_hours,
    worded_kinds,
    worded_loans,
    worded_months,
    worded_weekdays,
)

Words = Callable[[Release, str, str], tuple[Sequence[WordedMark], str]]
"""The marks of a project and a facility with their words, and what they say; both empty where there is none."""
T = TypeVar("T")


def _in_words(
    query: Callable[[Release, str, str], Sequence[T]],
    worded: Callable[[Sequence[T]], Sequence[WordedMark]],
    finding: Callable[[Sequence[T]], str],
) -> Words:
    def words(release: Release, project: str, facility: str) -> tuple[Sequence[WordedMark], str]:
        found = query(release, project, facility)
        return worded(found), finding(found) if found else ""

    return words


BARS: Mapping[str, tuple[Words, Build]] = {
    "months": (_in_words(use_by_month, worded_months, months_finding), bars_by_period),
    "weekdays": (_in_words(visits_by_weekday, worded_weekdays, weekdays_finding), horizontal_bars),
    "kinds": (_in_words(visits_by_kind_of_day, worded_kinds, kinds_finding), horizontal_bars),
    "loans": (_in_words(loans_by_month, worded_loans, loans_finding), bars_by_period),
}
"""Display -> the marks with their words, and the chart."""


def show_no_log() -> None:
    """Why there is no use by day or hour and what would fill this."""
    show_empty(
        key="usage",
        title=_("No use by day or hour yet"),
        why=_("No gate log has been handed in, and no document prints visits by month, weekday or hour."),
        fill=_(
            "The gate logs of the spaces fill this: one row for each entry, loan and return, as the machines write them."
        ),
        links={_("What is not published"): "absences"},
    )


def choose_facility(project: str) -> str:
    """One facility with a log, or all of them (``""``)."""
    release = this_screen().release
    with filters_row():
        return choose_one("facility", _("Facility"), {"": _("all"), **logged_facilities(release, project)})


def show_trend(project: str, facility: str) -> None:
    """Use by month, day, weekday and hour, on holidays, and loans by visit, of one facility or of all."""
    release = this_screen().release
    unknown = unknown_years_text(years_without_holidays(release, project))
    with charts_row("charts_usage"):
        _show_bars("months", project, facility, _("From the logs; a month they cover in part names its days"))
        _show_days(project, facility, unknown)
        _show_bars("weekdays", project, facility, _("Mean of all logged days of that weekday"))
        _show_hours(project, facility)
        note = _(
            "Statutory holidays and weekends worked for them by the State Council's notice; a holiday lasts as long as the notice says"
        )
        _show_bars("kinds", project, facility, _("; ").join(filter(None, (note, unknown))))
        _show_bars("loans", project, facility, _("Books lent by visits, times 100; returns do not count"))


def _show_bars(which: str, project: str, facility: str, note: str) -> None:
    release = this_screen().release
    marks, finding = BARS[which][0](release, project, facility)
    if marks:
        drawing = drawn_bars(release, which, project, facility, this_screen().is_dark)
        panel(key=f"usage_{which}", title=finding, marks=marks, note=note, chart=drawing)


def _show_days(project: str, facility: str, unknown: str) -> None:
    release = this_screen().release
    days = worded_days(visits_by_day(release, project, facility))
    if days:
        note = _("Thin line: each day; bold line: mean of the seven days that end there (computed)")
        marked = _("Dots: statutory holidays; squares: weekends worked for them")
        panel(
            key="usage_days",
            title=days_finding(days),
            marks=tuple(day.mark for day in days),
            chart=drawn_days(release, project, facility, this_screen().is_dark),
            note=_("; ").join(filter(None, (note, marked, unknown))),
        )


def _show_hours(project: str, facility: str) -> None:
    release = this_screen().release
    hours = worded_hours(visits_by_hour(release, project, facility))
    if hours:
        panel(
            key="usage_hours",
            title=hours_finding(hours),
            marks=tuple(hour.mark for hour in hours),
            chart=drawn_hours(release, project, facility, this_screen().is_dark),
            note=_("Across: hour of the day; the darker, the more visits; an empty hour has no entry in the logs."),
        )


@cached_query
def drawn_bars(release: Release, which: str, project: str, facility: str, dark: bool) -> Drawing:
    """One of BARS as a chart."""
    words, build = BARS[which]
    return Drawing.of(build(marks=words(release, project, facility)[0], dark=dark))


@cached_query
def drawn_days(release: Release, project: str, facility: str, dark: bool) -> Drawing:
    """The chart by day."""
    days = worded_days(visits_by_day(release, project, facility))
    return Drawing.of(lines_of_days(days, mean_name=_("mean of seven days"), dark=dark))


@cached_query
def drawn_hours(release: Release, project: str, facility: str, dark: bool) -> Drawing:
    """The chart by hour of the week."""
    hours = worded_hours(visits_by_hour(release, project, facility))
    return Drawing.of(heat_of_hours(hours, weekdays=weekday_names(), dark=dark))
