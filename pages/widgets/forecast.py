"""The forecast to the end of the year with its test; where the test is lost or cannot be made, only what the test says."""

from __future__ import annotations

import streamlit as st

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.bars import horizontal_bars
from pages.charts.drawing import Drawing
from pages.charts.usage import weeks_with_forecast
from pages.queries.use_patterns import forecast_errors, forecast_of, forecast_total, forecast_weeks
from pages.widgets import escaped
from pages.widgets.panel import panel
from pages.widgets.screen import this_screen
from pages.widgets.sections import charts_row
from pages.wording.catalog import _
from pages.wording.forecast import (
    forecast_finding,
    forecast_note,
    tested_finding,
    tested_note,
    untested_text,
    worded_errors,
    worded_weeks,
)


def show_forecast(project: str, facility: str) -> None:
    """What the rest of the year is expected to bring, and how the forecast did on the past; without a test, why there is none."""
    release = this_screen().release
    found = forecast_of(release, project, facility)
    if not found.trials:
        with st.container(key="line_forecast"):
            escaped.heading(_("No forecast"), untested_text(found))
        return
    with charts_row("charts_forecast"):
        if found.verdict == "shown":
            _show_weeks(project, facility)
        panel(
            key="usage_test",
            title=tested_finding(found),
            note=tested_note(found),
            marks=worded_errors(forecast_errors(release, project, facility)),
            chart=drawn_errors(release, project, facility, this_screen().is_dark),
        )


def _show_weeks(project: str, facility: str) -> None:
    release = this_screen().release
    if total := forecast_total(release, project, facility):
        weeks = worded_weeks(forecast_weeks(release, project, facility))
        panel(
            key="usage_forecast",
            title=forecast_finding(total),
            marks=tuple(week.mark for week in weeks),
            note=forecast_note(),
            chart=drawn_forecast(release, project, facility, this_screen().is_dark),
        )


@cached_query
def drawn_forecast(release: Release, project: str, facility: str, dark: bool) -> Drawing:
    """The weeks that came and those expected as a chart."""
    weeks = worded_weeks(forecast_weeks(release, project, facility))
    return Drawing.of(weeks_with_forecast(weeks, name=_("forecast"), dark=dark))


@cached_query
def drawn_errors(release: Release, project: str, facility: str, dark: bool) -> Drawing:
    """The errors of the forecast and of the guesses as a chart."""
    return Drawing.of(horizontal_bars(marks=worded_errors(forecast_errors(release, project, facility)), dark=dark))
