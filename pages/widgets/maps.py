"""One number on the map of the city: outlines in a page of their own, or the tile grid, which may be exported."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from etl.language import language
from etl.model import Number
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.drawing import Drawing
from pages.charts.maps import exported, map_of_places
from pages.charts.tiles import tiles_of_places
from pages.gate.map_page import map_address
from pages.queries.boundaries import SMALL, asked_by, is_rate, map_credit, map_marks, mark_sources, outlines
from pages.queries.chart_specs import ChartSpec
from pages.queries.compared import DAY
from pages.queries.numbers import cited_ids, from_frame, names, records
from pages.widgets.empty import show_empty
from pages.widgets.panel import panel
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.compared import series_title
from pages.wording.maps import credit_text, legend_of, map_words, no_outline, strip_title, without_number
from pages.wording.marks import worded_from_frame
from pages.wording.titles import named_title

HEIGHT = 560


def show_map(indicator: str, measure: str, time: str, *, view: str) -> None:
    """The panel of one series on the map; ``view`` is outlines or tiles. Without any number it says so."""
    release = this_screen().release
    asked = {"indicator": indicator, "measure": measure, **_time(time)}
    marks = marks_on_map(release, tuple(asked.items()))
    title = _title(marks, indicator)
    if not cited_ids(from_frame(marks)):
        show_empty(
            key="map", title=title, why=_("None of the numbers this chart shows has been published."),
            links={_("What is not published"): "absences"},
        )  # fmt: skip
        return
    if view == "outlines":
        theme = "dark" if this_screen().is_dark else "light"
        src = _address(release, tuple(asked.items()), theme)
        with st.container(key="mapframe"):
            st.iframe(src, height=HEIGHT, alt=title)
    tiles = None if view == "outlines" else tiles_drawing(release, tuple(asked.items()), this_screen().is_dark)
    panel(
        key="map", title=title, chart=tiles, marks=worded_from_frame(marks), note=without_number(marks), exportable=lambda: exportable_map(release, tuple(asked.items())))  # fmt: skip


def show_small_map(chart: ChartSpec) -> None:
    """The small map that a row of charts.csv asks for, drawn by plotly; a word why where there is no outline or no number."""
    release = this_screen().release
    asked = tuple(asked_by(chart).items())
    marks = marks_on_map(release, asked)
    if not cited_ids(from_frame(marks)) or map_credit(release)["credit"] == "":
        show_empty(key=chart.chart, title=chart.title, why=no_outline(), links={_("What is not published"): "absences"})
        return
    panel(
        key=chart.chart, title=chart.title, chart=small_drawing(release, asked, this_screen().is_dark),
        marks=worded_from_frame(marks), note=without_number(marks), exportable=lambda: exportable_map(release, asked))  # fmt: skip


Asked = tuple[tuple[str, str], ...]


@cached_query
def marks_on_map(release: Release, asked: Asked) -> pd.DataFrame:
    """The marks of one series over the parts of the city, with their words."""
    marks = map_marks(release, **dict(asked))
    return map_words(marks, mark_sources(release, marks))


@cached_query
def tiles_drawing(release: Release, asked: Asked, dark: bool) -> Drawing:
    """The tile grid of one series."""
    marks, rate = marks_on_map(release, asked), is_rate(release, dict(asked)["indicator"])
    legend = legend_of(marks, rate=rate)
    return Drawing.of(tiles_of_places(marks=marks, tiles=release.city.tiles, legend=legend, rate=rate, dark=dark))


@cached_query
def small_drawing(release: Release, asked: Asked, dark: bool) -> Drawing:
    """The small map of one series."""
    marks = marks_on_map(release, asked)
    rate = is_rate(release, dict(asked)["indicator"])
    return Drawing.of(map_of_places(
        marks=marks, outlines=outlines(release, detail=SMALL), legend=legend_of(marks, rate=rate),
        strip=strip_title(), credit=credit_text(map_credit(release)), rate=rate, dark=dark,
    ))  # fmt: skip


@cached_query
def exportable_map(release: Release, asked: Asked) -> Drawing:
    """What of the map of one series may be exported."""
    marks = marks_on_map(release, asked)
    rate, credit = is_rate(release, dict(asked)["indicator"]), map_credit(release)
    return Drawing.of(exported(
        marks=marks, outlines=outlines(release, detail=SMALL), tiles=release.city.tiles,
        legend=legend_of(marks, rate=rate), strip=strip_title(), credit=credit_text(credit),
        review_number=str(credit["review_number"]), rate=rate,
    ))  # fmt: skip


@cached_query
def _address(release: Release, asked: Asked, theme: str) -> str:
    return map_address(release, **dict(asked), language=language(), theme=theme)


def _time(code: str) -> dict[str, str]:
    return {"as_of": code.removeprefix(DAY)} if code.startswith(DAY) else {"period": code}


def _title(marks: pd.DataFrame, indicator: str) -> str:
    """What the map shows: place, time, kind and indicator of its numbers; the indicator alone where there is none."""
    release = this_screen().release
    valued = [row for row in records(marks) if row["value"] is not None]
    if not valued:
        return str(names(release, "indicators").get(indicator, indicator))
    city = names(release, "places").get(release.city.place, "")
    return named_title(series_title(Number.from_row(valued[0])), worded_from_frame(marks), city)
