"""Use of spaces from their gate logs: over time, space by space, forecast, and what became of every row; or what would fill the place."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.bars import horizontal_bars
from pages.charts.drawing import Drawing
from pages.charts.form import Build
from pages.charts.forms.bars_by_period import bars_by_period
from pages.charts.usage import heat_of_hours, lines_of_days, weeks_with_forecast
from pages.queries import data_quality, use_patterns
from pages.queries.usage import logged_facilities, use_by_month, visits_by_day, visits_by_hour
from pages.widgets import escaped
from pages.widgets.choose import choose_one, choose_part
from pages.widgets.links import show_link
from pages.widgets.lists import show_checks
from pages.widgets.panel import build_drawing, panel
from pages.widgets.screen import this_screen
from pages.widgets.sections import charts_row, document_link, filters_row, show_empty, show_section
from pages.wording import usage as wording
from pages.wording import use_of_spaces as spaces_wording
from pages.wording.catalog import _
from pages.wording.lists import account_finding, account_table, quarantine_table
from pages.wording.marks import WordedMark

T = TypeVar("T")
TOP = 15
"""So many spaces the chart of the ranking shows."""


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
    with filters_row():
        facilities = logged_facilities(this_screen().release, project)
        return choose_one("facility", _("Facility"), {"": _("all"), **facilities})


def show_trend(project: str, facility: str) -> None:
    """Use by month, day, weekday and hour, on holidays, and loans by visit, of one facility or of all."""
    release = this_screen().release
    unknown = wording.unknown_years_text(use_patterns.years_without_holidays(release, project))
    with charts_row("charts_usage"):
        _show_bars(
            "months",
            use_by_month(release, project, facility),
            (wording.worded_months, wording.months_finding, bars_by_period),
            _("From the logs; a month they cover in part names its days"),
        )
        _show_days(project, facility, unknown)
        _show_bars(
            "weekdays",
            use_patterns.visits_by_weekday(release, project, facility),
            (wording.worded_weekdays, wording.weekdays_finding, horizontal_bars),
            _("Mean of all logged days of that weekday"),
        )
        _show_hours(project, facility)
        note = _(
            "Statutory holidays and weekends worked for them by the State Council's notice; a holiday lasts as long as the notice says"
        )
        _show_bars(
            "kinds",
            use_patterns.visits_by_kind_of_day(release, project, facility),
            (wording.worded_kinds, wording.kinds_finding, horizontal_bars),
            _("; ").join(filter(None, (note, unknown))),
        )
        _show_bars(
            "loans",
            use_patterns.loans_by_month(release, project, facility),
            (wording.worded_loans, wording.loans_finding, bars_by_period),
            _("Books lent by visits, times 100; returns do not count"),
        )


def _show_bars(
    key: str,
    found: Sequence[T],
    form: tuple[Callable[[Sequence[T]], Sequence[WordedMark]], Callable[[Sequence[T]], str], Build],
    note: str,
) -> None:
    """The panel of what a query ``found``, in the words and with the title and the chart of ``form``; none without marks."""
    worded, finding, build = form
    if marks := worded(found):
        panel(key=f"usage_{key}", title=finding(found), marks=marks, note=note, chart=build_drawing(build, marks))


def _show_days(project: str, facility: str, unknown: str) -> None:
    release = this_screen().release
    if days := wording.worded_days(visits_by_day(release, project, facility)):
        note = _("Thin line: each day; bold line: mean of the seven days that end there (computed)")
        marked = _("Dots: statutory holidays; squares: weekends worked for them")
        panel(
            key="usage_days",
            title=wording.days_finding(days),
            marks=tuple(day.mark for day in days),
            chart=_drawn_days(release, project, facility, this_screen().is_dark),
            note=_("; ").join(filter(None, (note, marked, unknown))),
        )


def _show_hours(project: str, facility: str) -> None:
    release = this_screen().release
    if hours := wording.worded_hours(visits_by_hour(release, project, facility)):
        panel(
            key="usage_hours",
            title=wording.hours_finding(hours),
            marks=tuple(hour.mark for hour in hours),
            chart=_drawn_hours(release, project, facility, this_screen().is_dark),
            note=_("Across: hour of the day; the darker, the more visits; an empty hour has no entry in the logs."),
        )


@cached_query
def _drawn_days(release: Release, project: str, facility: str, dark: bool) -> Drawing:
    days = wording.worded_days(visits_by_day(release, project, facility))
    return Drawing.of(lines_of_days(days, mean_name=_("mean of seven days"), dark=dark))


@cached_query
def _drawn_hours(release: Release, project: str, facility: str, dark: bool) -> Drawing:
    hours = wording.worded_hours(visits_by_hour(release, project, facility))
    return Drawing.of(heat_of_hours(hours, weekdays=wording.weekday_names(), dark=dark))


def show_spaces(project: str) -> None:
    """The ranking of the spaces with its rule, the table of all of them, and what came after openings."""
    release = this_screen().release
    order = {place: rank for rank, place in enumerate(release.city.order)}
    facilities = [ranked.space.facility for ranked in use_patterns.spaces_ranked(release, project, "per_day")]
    places = {facility.place: facility.place_name for facility in facilities}
    with filters_row():
        in_order = {place: places[place] for place in sorted(places, key=lambda place: order.get(place, len(order)))}
        place = choose_one("place", _("Place"), {"": _("all"), **in_order})
    by = choose_part("by", _("Order"), spaces_wording.rank_options(), default="per_day")
    ranked = use_patterns.spaces_ranked(release, project, by, place)
    marks = spaces_wording.worded_spaces(ranked, by)
    panel(
        key="usage_spaces",
        title=spaces_wording.spaces_finding(ranked, by),
        marks=marks,
        chart=build_drawing(horizontal_bars, marks[:TOP]),
        note=spaces_wording.spaces_note(ranked, by, TOP),
    )
    if steps := use_patterns.use_after_opening(release, project):
        form = spaces_wording.worded_ramp, spaces_wording.ramp_finding, horizontal_bars
        _show_bars("openings", steps, form, spaces_wording.ramp_note(steps))
    about = _("From the logs of {period}; a rate that needs what is not published stands as —.").format(
        period=spaces_wording.span_text(ranked)
    )
    with escaped.expander(_("All spaces")):
        show_section("spaces", _("All spaces"), spaces_wording.spaces_table(ranked), about=about)


def show_forecast(project: str, facility: str) -> None:
    """What the rest of the year is expected to bring, and how the forecast did on the past; without a test, why there is none."""
    release = this_screen().release
    found = use_patterns.forecast_of(release, project, facility)
    if not found.trials:
        with st.container(key="line_forecast"):
            escaped.heading(_("No forecast"), spaces_wording.untested_text(found))
        return
    with charts_row("charts_forecast"):
        if found.verdict == "shown" and (total := use_patterns.forecast_total(release, project, facility)):
            weeks = spaces_wording.worded_weeks(use_patterns.forecast_weeks(release, project, facility))
            panel(
                key="usage_forecast",
                title=spaces_wording.forecast_finding(total),
                marks=tuple(week.mark for week in weeks),
                note=spaces_wording.forecast_note(),
                chart=_drawn_forecast(release, project, facility, this_screen().is_dark),
            )
        errors = spaces_wording.worded_errors(use_patterns.forecast_errors(release, project, facility))
        panel(
            key="usage_test",
            title=spaces_wording.tested_finding(found),
            note=spaces_wording.tested_note(found),
            marks=errors,
            chart=build_drawing(horizontal_bars, errors),
        )


@cached_query
def _drawn_forecast(release: Release, project: str, facility: str, dark: bool) -> Drawing:
    weeks = spaces_wording.worded_weeks(use_patterns.forecast_weeks(release, project, facility))
    return Drawing.of(weeks_with_forecast(weeks, name=_("forecast"), dark=dark))


def show_log_quality() -> None:
    """The account of the rows, the rows kept apart by reason, the checks of the logs."""
    release = this_screen().release
    if accounts := data_quality.log_accounts(release):
        links = {_("Document"): [document_link(each.source, each.title) for each in accounts]}
        about = _(
            "Rows in = accepted + kept apart + ignored, counted in every build; a build in which they differ publishes nothing."
        )
        show_section("accounts", account_finding(accounts), account_table(accounts), links=links, about=about)
    if apart := data_quality.quarantined_rows(release):
        masked = _(
            "Rows kept apart count nowhere; what stood there is shown with long numbers masked, for they could point at a person."
        )
        show_section("quarantine", _("Rows kept apart, by reason"), quarantine_table(apart), about=masked)
    if checks := data_quality.log_checks(release):
        show_checks(checks)
        show_link(_("All checks"), "sources", {"part": "checks"})
