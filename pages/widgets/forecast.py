"""The forecast to the end of the year with its test; where the test is lost or cannot be made, only what the test says."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.bars import bars_by_breakdown
from pages.charts.drawing import Drawing
from pages.charts.usage import weeks_with_forecast
from pages.queries.use_patterns import forecast_errors, forecast_of, forecast_total, forecast_weeks
from pages.widgets import escaped
from pages.widgets.layout import charts_row
from pages.widgets.panel import panel
from pages.widgets.theme import is_dark
from pages.wording.catalog import Words, words
from pages.wording.forecast import (
    forecast_finding,
    forecast_note,
    tested_finding,
    tested_note,
    untested_text,
    worded_errors,
    worded_weeks,
)

WEEK = dt.timedelta(days=6)
"""From the first to the last day of a whole week; the days that are left of the year are in the table alone."""


def show_forecast(project: str, facility: str, *, release: Release, _: Words) -> None:
    """What the rest of the year is expected to bring, and how the forecast did on the past; without a test, why there is none."""
    found = forecast_of(release, project, facility)
    if not found.trials:
        with st.container(key="line_forecast"):
            escaped.heading(_("No forecast"), untested_text(found, _))
        return
    with charts_row("charts_forecast"):
        if found.verdict == "shown":
            _show_weeks(project, facility, release=release, _=_)
        panel(
            key="usage_test", title=tested_finding(found, _), release=release, _=_, note=tested_note(found, _),
            marks=worded_errors(forecast_errors(release, project, facility, lang=_.lang), _),
            chart=drawn_errors(release, project, facility, _.lang, is_dark()),
        )  # fmt: skip


def _show_weeks(project: str, facility: str, *, release: Release, _: Words) -> None:
    total = forecast_total(release, project, facility, lang=_.lang)
    weeks = forecast_weeks(release, project, facility, lang=_.lang)
    panel(
        key="usage_forecast", title=forecast_finding(total, _), marks=worded_weeks(weeks, _), release=release, _=_, note=forecast_note(_),
        chart=drawn_forecast(release, project, facility, _.lang, is_dark()),
    )  # fmt: skip


@cached_query
def drawn_forecast(release: Release, project: str, facility: str, lang: str, dark: bool) -> Drawing:
    """The weeks that came and those expected as a chart."""
    _ = words(lang)
    weeks = worded_weeks(forecast_weeks(release, project, facility, lang=lang), _)
    is_expected, is_whole = weeks["derived"], weeks["period_end"] - weeks["period_start"] == WEEK
    return Drawing.of(
        weeks_with_forecast(
            came=weeks[~is_expected], expected=weeks[is_expected & is_whole], name=_("forecast"), dark=dark
        )
    )


@cached_query
def drawn_errors(release: Release, project: str, facility: str, lang: str, dark: bool) -> Drawing:
    """The errors of the forecast and of the guesses as a chart."""
    return Drawing.of(
        bars_by_breakdown(
            marks=worded_errors(forecast_errors(release, project, facility, lang=lang), words(lang)), dark=dark
        )
    )
