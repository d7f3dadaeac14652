"""Charts that data names (rows of charts.csv, or rows made like them): words, drawing and cautions, each made once and kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.drawing import Drawing
from pages.charts.form import drawn, finding, form_of, note_of, worded_marks
from pages.queries.cautions import cautions_on
from pages.queries.chart_marks import marks_of
from pages.queries.numbers import cited_ids, from_frame, records
from pages.widgets.empty import show_empty
from pages.widgets.layout import charts_row
from pages.widgets.maps import show_small_map
from pages.widgets.panel import panel
from pages.widgets.screen import this_screen
from pages.wording.catalog import _

Chart = tuple[tuple[str, Any], ...]
"""A row of charts_of as pairs: what a kept answer is found by."""


def show_charts(charts: pd.DataFrame) -> None:
    """Every chart of a table of charts (pages.queries.chart_marks.CHART_COLUMNS), two beside each other where there is room."""
    if len(charts):
        with charts_row(count=len(charts)):
            for chart in records(charts):
                show = show_chart if form_of(chart["form"]).build else show_small_map
                show(chart)


def show_chart(chart: Mapping[str, Any]) -> None:
    """One chart with its finding as the title and what must not be done with its numbers below; without a number, why."""
    release = this_screen().release
    row = tuple(chart.items())
    title, note = told_of(release, row)
    if not title:
        show_empty(
            key=chart["chart"],
            title=chart["title"],
            why=_("None of the numbers this chart shows has been published."),
            links={_("What is not published"): "absences"},
        )
        return
    panel(
        key=chart["chart"],
        title=title,
        chart=drawing(release, row, this_screen().is_dark),
        marks=marks_in_words(release, row),
        note=note,
        about=str(chart.get("where") or ""),
    )


@cached_query
def told_of(release: Release, chart: Chart) -> tuple[str, str]:
    """The finding that is a chart's title and the note below it; both empty where none of its numbers was published."""
    row, marks = dict(chart), marks_in_words(release, chart)
    ids = cited_ids(from_frame(marks))
    if not ids:
        return "", ""
    cautions = cautions_on(release, tuple(ids))
    return finding(marks, row), _("; ").join([note_of(marks, row), *(caution.name for caution in cautions)])


@cached_query
def marks_in_words(release: Release, chart: Chart) -> pd.DataFrame:
    """The marks of a chart with their labels and texts."""
    row = dict(chart)
    return worded_marks(marks_of(release, row), row["form"])


@cached_query
def drawing(release: Release, chart: Chart, dark: bool) -> Drawing:
    """The chart itself."""
    return Drawing.of(drawn(form=dict(chart)["form"], marks=marks_in_words(release, chart), dark=dark))
