"""Use of spaces from their gate logs: by day and by hour, or what would fill the place where they would stand."""

from __future__ import annotations

import plotly.graph_objects as go

from etl.tables import Release
from pages.charts.usage import heat_of_hours, lines_of_days
from pages.queries.usage import logged_facilities, visits_by_day, visits_by_hour
from pages.widgets.cache import cached, cached_chart
from pages.widgets.choose import choose_one
from pages.widgets.empty import show_empty
from pages.widgets.layout import charts_row
from pages.widgets.panel import panel
from pages.widgets.theme import is_dark
from pages.wording.catalog import Words, words
from pages.wording.usage import days_finding, hours_finding, weekday_names, worded_days, worded_hours


def show_usage(project: str, *, release: Release, _: Words) -> None:
    """Visits by day and by hour of the week, of one facility or of all; without logs, why there are none and what would fill this."""
    facilities = cached(release, logged_facilities, project, lang=_.lang)
    if not facilities:
        show_empty(
            key="usage",
            title=_("No use by day or hour yet"),
            why=_("No gate log has been handed in, and no document prints visits by month, weekday or hour."),
            fill=_(
                "The gate logs of the spaces fill this: one row for each entry, loan and return, as the machines write them."
            ),
            links={_("What is not published"): "absences"},
        )
        return
    facility = choose_one("facility", _("Facility"), {"": _("all"), **facilities})
    with charts_row("charts_usage"):
        _show_days(project, facility, release=release, _=_)
        _show_hours(project, facility, release=release, _=_)


def _show_days(project: str, facility: str, *, release: Release, _: Words) -> None:
    days = worded_days(cached(release, visits_by_day, project, facility, lang=_.lang), _)
    if len(days):
        panel(
            key="usage_days", title=days_finding(days, _), marks=days, release=release, _=_,
            chart=cached_chart(release, drawn_days, project, facility, _.lang, is_dark()),
            note=_("Thin line: each day; bold line: mean of the seven days that end there (computed)."),
        )  # fmt: skip


def _show_hours(project: str, facility: str, *, release: Release, _: Words) -> None:
    hours = worded_hours(cached(release, visits_by_hour, project, facility, lang=_.lang), _)
    if len(hours):
        panel(
            key="usage_hours", title=hours_finding(hours, _), marks=hours, release=release, _=_,
            chart=cached_chart(release, drawn_hours, project, facility, _.lang, is_dark()),
            note=_("Across: hour of the day; the darker, the more visits; an empty hour has no entry in the logs."),
        )  # fmt: skip


def drawn_days(release: Release, project: str, facility: str, lang: str, dark: bool) -> go.Figure:
    """The chart by day."""
    _ = words(lang)
    days = worded_days(visits_by_day(release, project, facility, lang=lang), _)
    return lines_of_days(marks=days, mean_name=_("mean of seven days"), dark=dark)


def drawn_hours(release: Release, project: str, facility: str, lang: str, dark: bool) -> go.Figure:
    """The chart by hour of the week."""
    _ = words(lang)
    hours = worded_hours(visits_by_hour(release, project, facility, lang=lang), _)
    return heat_of_hours(marks=hours, weekdays=weekday_names(_), dark=dark)
