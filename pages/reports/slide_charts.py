"""Native charts on slides: bars, columns or dated points that PowerPoint and WPS can restyle and whose data they can edit."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum import chart as chart_enums
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.text.text import _Paragraph, _Run
from pptx.util import Length, Pt
from xlsxwriter import Workbook

from etl.model import State
from pages.charts.form import OfficeKind
from pages.charts.palette import LIGHT
from pages.reports.series import Native, Series

FONT = "微软雅黑"
CHART_TYPES = {
    OfficeKind.BARS: chart_enums.XL_CHART_TYPE.BAR_CLUSTERED,
    OfficeKind.COLUMNS: chart_enums.XL_CHART_TYPE.COLUMN_CLUSTERED,
    OfficeKind.POINTS: chart_enums.XL_CHART_TYPE.LINE_MARKERS,
}


def add_chart(slide: Any, drawn: Native, place: tuple[Length, Length, Length, Length]) -> Any:
    """The native chart of ``drawn`` on ``slide``; ``place`` is left, top, width, height.  Gives back its frame."""
    plain: Any = _PlainData  # python-pptx is half typed
    data = plain()
    data.categories = drawn.categories
    for series in drawn.series:
        data.add_series(series.name, series.values, series.number_format or "General")
    frame = slide.shapes.add_chart(CHART_TYPES[drawn.kind], *place, data)
    _dress(frame.chart, drawn.kind, drawn.series)
    return frame


class _PlainData(CategoryChartData):
    """Chart data whose workbook holds text as text: a name that begins with = is no formula there."""

    @property
    def _workbook_writer(self) -> Any:
        writer: Any = _PlainWriter
        return writer(self)


class _PlainWriter(CategoryWorkbookWriter):
    @contextmanager
    def _open_worksheet(self, file: io.BytesIO) -> Iterator[tuple[Any, Any]]:
        with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
            yield book, book.add_worksheet()


def _dress(chart: Chart, kind: OfficeKind, series: Sequence[Series]) -> None:
    chart.font.size, chart.font.name = Pt(14), FONT
    chart.has_title = False
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = chart_enums.XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    chart.category_axis.format.line.color.rgb = colour_of(LIGHT.quiet[1:])
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.tick_label_position = chart_enums.XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.reverse_order = kind == OfficeKind.BARS
    plot = chart.plots[0]
    if kind != OfficeKind.POINTS:
        plot.gap_width, plot.overlap = 60, 100
    for drawn, told in zip(plot.series, series, strict=True):
        _paint(drawn, kind, told)
        _label(drawn, kind, told)


def _paint(drawn: Any, kind: OfficeKind, told: Series) -> None:
    if kind == OfficeKind.POINTS:
        drawn.format.line.fill.background()
        drawn.smooth = False
        drawn.marker.style, drawn.marker.size = chart_enums.XL_MARKER_STYLE.CIRCLE, 10
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = colour_of(told.colour)
        return
    fill = drawn.format.fill
    drawn.format.line.color.rgb = colour_of(LIGHT.done[1:])
    if told.state == State.PLANNED:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = (colour_of(each[1:]) for each in (LIGHT.planned, LIGHT.tint))
    else:
        fill.solid()
        fill.fore_color.rgb = colour_of(told.colour)


def _label(drawn: Any, kind: OfficeKind, told: Series) -> None:
    where = (
        chart_enums.XL_LABEL_POSITION.ABOVE if kind == OfficeKind.POINTS else chart_enums.XL_LABEL_POSITION.OUTSIDE_END
    )
    labels = drawn.data_labels
    labels.show_value, labels.position = True, where
    labels.font.size = Pt(14)
    if told.number_format:
        labels.number_format, labels.number_format_is_linked = told.number_format, False
        return
    for at, text in enumerate(told.labels):
        if text:
            label = drawn.points[at].data_label
            label.position = where
            write_text(label.text_frame.paragraphs[0], text, 14)


def colour_of(name: str) -> Any:
    """RRGGBB as python-pptx wants it."""
    colour: Any = RGBColor
    return colour(*bytes.fromhex(name))


def write_text(paragraph: _Paragraph, text: str, size: float) -> None:
    """A run of text in a paragraph."""
    run = paragraph.add_run()
    run.text = text
    set_font(run, size)


def set_font(run: _Run, size: float) -> None:
    """Size, and the Chinese letters' font, which python-pptx does not set."""
    run.font.size, run.font.name = Pt(size), FONT
    about = run.font._element
    chinese = about.find(qn("a:ea"))
    if chinese is None:
        chinese = about.makeelement(qn("a:ea"), {})
        about.find(qn("a:latin")).addnext(chinese)
    chinese.set("typeface", FONT)
    about.set("lang", "zh-CN")
