"""Charts that data names (rows of charts.csv, or made like them): words, drawing and cautions, each made once and kept."""

from __future__ import annotations

from collections.abc import Sequence

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.drawing import Drawing
from pages.charts.form import drawn, finding, form_of, note_of, worded_marks
from pages.queries.cautions import cautions_on
from pages.queries.chart_specs import ChartSpec, marks_of
from pages.queries.numbers import cited_ids
from pages.widgets.maps import show_small_map
from pages.widgets.panel import panel
from pages.widgets.screen import this_screen
from pages.widgets.sections import charts_row, show_empty
from pages.wording.catalog import _
from pages.wording.marks import WordedMark


def show_charts(charts: Sequence[ChartSpec]) -> None:
    """Every chart, two beside each other where there is room."""
    if charts:
        with charts_row(count=len(charts)):
            for chart in charts:
                show = show_small_map if form_of(chart.form).build_map else _show_chart
                show(chart)


def _show_chart(chart: ChartSpec) -> None:
    """One chart with its finding as the title and what must not be done with its numbers below; without a number, why."""
    release = this_screen().release
    title, note = title_and_note(release, chart)
    if title:
        marks, chart_drawn = marks_in_words(release, chart), drawing(release, chart, this_screen().is_dark)
        panel(key=chart.chart, title=title, chart=chart_drawn, marks=marks, note=note, about=chart.where)
    else:
        why = _("None of the numbers this chart shows has been published.")
        show_empty(key=chart.chart, title=chart.title, why=why, links={_("What is not published"): "absences"})


@cached_query
def title_and_note(release: Release, chart: ChartSpec) -> tuple[str, str]:
    """The finding that is a chart's title and the note below it; both empty where none of its numbers was published."""
    marks = marks_in_words(release, chart)
    ids = cited_ids(marks_of(release, chart))
    if not ids:
        return "", ""
    note = _("; ").join([note_of(marks, chart.form, chart.note), *(each.name for each in cautions_on(release, ids))])
    return finding(marks, chart.form, chart.title), note


@cached_query
def marks_in_words(release: Release, chart: ChartSpec) -> tuple[WordedMark, ...]:
    """The marks of a chart with their labels and texts."""
    return worded_marks(marks_of(release, chart), chart.form)


@cached_query
def drawing(release: Release, chart: ChartSpec, dark: bool) -> Drawing:
    """The chart itself."""
    return Drawing.of(drawn(form=chart.form, marks=marks_in_words(release, chart), dark=dark))
