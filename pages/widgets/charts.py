"""Charts that data names (rows of charts.csv, or made like them), and one number on the map of the city.

Words, drawing and cautions are each made once and kept.  A map is outlines in a page of their own, or the tile grid, which may be exported.
"""

from collections.abc import Sequence

import streamlit as st

from etl.language import language
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.drawing import Drawing
from pages.charts.form import drawn, finding, form_of, note_of, worded_marks
from pages.charts.map_plotly import exportable_map_of_places
from pages.charts.tiles import tiles_of_places
from pages.gate.map_page import map_address, map_scene, marks_on_map
from pages.queries.boundaries import SMALL, MapRequest, map_credit, request_of
from pages.queries.cautions import cautions_on
from pages.queries.chart_specs import ChartSpec, marks_of
from pages.queries.compared import DAY
from pages.queries.numbers import cited_ids, names
from pages.widgets.panel import panel
from pages.widgets.screen import this_screen
from pages.widgets.sections import charts_row, show_empty
from pages.wording.catalog import _
from pages.wording.compared import series_title
from pages.wording.maps import MapMark, no_outline, without_number
from pages.wording.marks import WordedMark
from pages.wording.titles import named_title

HEIGHT = 560


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


def show_map(indicator: str, measure: str, time: str, *, view: str) -> None:
    """The panel of one series on the map; ``view`` is outlines or tiles. Without any number it says so."""
    release, is_dark = this_screen().release, this_screen().is_dark
    when = {"as_of": time.removeprefix(DAY)} if time.startswith(DAY) else {"period": time}
    request = MapRequest(indicator, measure, **when)
    marks = marks_on_map(release, request)
    title = _title(marks, indicator)
    if not cited_ids(marks):
        why = _("None of the numbers this chart shows has been published.")
        show_empty(key="map", title=title, why=why, links={_("What is not published"): "absences"})
        return
    if view == "outlines":
        with st.container(key="mapframe"):
            st.iframe(_address(release, request, "dark" if is_dark else "light"), height=HEIGHT, alt=title)
    tiles = None if view == "outlines" else _tiles_drawing(release, request, is_dark)
    _show_panel("map", title, marks, tiles, request)


def show_small_map(chart: ChartSpec) -> None:
    """The small map that a row of charts.csv asks for, drawn by plotly; a word why where there is no outline or no number."""
    release, request = this_screen().release, request_of(chart)
    marks = marks_on_map(release, request)
    if not cited_ids(marks) or not map_credit(release).credit:
        show_empty(key=chart.chart, title=chart.title, why=no_outline(), links={_("What is not published"): "absences"})
        return
    drawing = small_drawing(release, request, chart.form, this_screen().is_dark)
    _show_panel(chart.chart, chart.title, marks, drawing, request)


def _show_panel(key: str, title: str, marks: Sequence[MapMark], drawing: Drawing | None, request: MapRequest) -> None:
    release = this_screen().release
    note = without_number(marks)
    panel(
        key=key, title=title, chart=drawing, marks=marks, note=note, exportable=lambda: exportable_map(release, request)
    )


@cached_query
def _tiles_drawing(release: Release, request: MapRequest, dark: bool) -> Drawing:
    return Drawing.of(tiles_of_places(map_scene(release, request, is_dark=dark), release.city.tiles))


@cached_query
def small_drawing(release: Release, request: MapRequest, form: str, dark: bool) -> Drawing:
    """The small map of one series as a chart of ``form``; KeyError for a form that is no map."""
    build = form_of(form).build_map
    if build is None:
        raise KeyError(form)
    return Drawing.of(build(map_scene(release, request, is_dark=dark, detail=SMALL)))


@cached_query
def exportable_map(release: Release, request: MapRequest) -> Drawing:
    """What of the map of one series may be exported."""
    scene, credit = map_scene(release, request, detail=SMALL), map_credit(release)
    return Drawing.of(exportable_map_of_places(scene, release.city.tiles, credit.review_number))


@cached_query
def _address(release: Release, request: MapRequest, theme: str) -> str:
    return map_address(release, request, language=language(), theme=theme)


def _title(marks: Sequence[MapMark], indicator: str) -> str:
    """What the map shows: place, time, kind and indicator of its numbers; the indicator alone where there is none."""
    release = this_screen().release
    first = next((mark for mark in marks if mark.value is not None), None)
    if first is None:
        return names(release, "indicators").get(indicator, indicator)
    city = names(release, "places").get(release.city.place, "")
    return named_title(series_title(first), marks, city)
