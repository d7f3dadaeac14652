"""Dated points.  A lower bound is an open mark with an arrow upwards: the truth lies above it, and no line is drawn between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import pandas as pd
import plotly.graph_objects as go

from etl.model import Mark, Qualifier
from pages.charts.bars import highest
from pages.charts.form import Form, Numbers, OfficeKind
from pages.charts.palette import apply_template, palette, point_marker, wrapped
from pages.wording.catalog import _
from pages.wording.dates import as_of_text, day_of, stacked_day, time_text
from pages.wording.literal import in_plotly
from pages.wording.marks import WordedMark
from pages.wording.numbers import PER_CENT, embargo_text, number_text

T = TypeVar("T")

UP, DOWN = (Qualifier.MORE_THAN, Qualifier.AT_LEAST), (Qualifier.LESS_THAN, Qualifier.UP_TO)
ARROWS: Mapping[str, int] = {**dict.fromkeys(UP, -34), **dict.fromkeys(DOWN, 34)}
"""Qualifier of a bound -> length of the arrow in pixels, negative upwards."""

HEIGHT_PX = 230
TICKS = 5
MOST_TEXTS = 12
"""With more points than this their texts stand on each other: those of the days on the axis stay, the others are told on hovering."""

LOW = 0.3  # below this share of the highest point a label has no room between point and axis


def points_over_time(*, marks: Iterable[WordedMark], dark: bool = False) -> go.Figure:
    """One point per mark that has a value and a day.
    Two points give no trend, so no line joins them.  Sources nobody has checked are grey and say so in their text."""
    chart = go.Figure()
    points = [(day, mark) for mark in marks if mark.value is not None and (day := day_of(mark))]
    top = highest(mark for _, mark in points)
    ticks = few(points)
    for day, mark in points:
        height, is_bound = float(mark.amount), mark.qualifier in ARROWS
        marker = point_marker(is_bound=is_bound, is_checked=mark.verified, dark=dark)
        look = {"hovertemplate": f"{wrapped(mark.label)}<br>{in_plotly(mark.text)}<extra></extra>", "cliponaxis": False}
        chart.add_scatter(name=mark.qualifier, mode="markers", x=[day], y=[height], marker=dict(marker), **look)
        if is_bound:
            chart.add_annotation(
                x=day, y=height, ax=0, ay=ARROWS[mark.qualifier], text="", showarrow=True, arrowside="start",
                startarrowhead=2, arrowhead=0, arrowwidth=2, startstandoff=0, standoff=7, arrowcolor=marker["color"],
            )  # fmt: skip
        if len(points) <= MOST_TEXTS or (day, mark) in ticks:
            chart.add_annotation(x=day, y=height, text=wrapped(mark.text), showarrow=False, **_beside(mark, top))
    chart.update_yaxes(visible=False, range=[0, top * 1.35])
    names = {"tickvals": [day for day, _ in ticks], "ticktext": [wrapped(mark.label) for _, mark in ticks]}
    chart.update_xaxes(showline=True, linecolor=palette(dark=dark).quiet, tickmode="array", **names, tickangle=0)
    if points:
        days = sorted(pd.Timestamp(str(day)) for day, _ in points)
        margin = max((days[-1] - days[0]) * 0.5, pd.Timedelta(days=60))
        chart.update_xaxes(range=[days[0] - margin, days[-1] + margin])
    return apply_template(chart, height=HEIGHT_PX, dark=dark)


def few(points: Sequence[T]) -> list[T]:
    """At most TICKS of ``points``, the first and the last among them, evenly chosen: as many days as an axis has room for."""
    if len(points) <= TICKS:
        return list(points)
    return [points[round(at * (len(points) - 1) / (TICKS - 1))] for at in range(TICKS)]


def _beside(mark: Mark, top: float) -> dict[str, str | int]:
    """Where a point's text stands: above it, unless an arrow goes there; then below, or at its side close to the axis."""
    if ARROWS.get(mark.qualifier, 1) > 0:
        return {"xanchor": "center", "yanchor": "bottom", "yshift": 9}
    if float(mark.amount) < LOW * top:
        return {"xanchor": "left", "yanchor": "middle", "xshift": 10}
    return {"xanchor": "center", "yanchor": "top", "yshift": -10}


def _label(mark: Mark) -> str:
    return stacked_day(day_of(mark) if mark.as_of else None) or time_text(mark)


def _latest_point(numbers: Numbers) -> str:
    """截至2019年3月21日，甲市累计接待超过148万人次 - the latest checked point only."""
    last = next((mark for mark in reversed(numbers.shown) if mark.verified), None)
    if last is None:
        return ""
    number, told = f"{number_text(last)}{embargo_text(last)}", _("{when}, {place}: {indicator} {number}")
    return told.format(when=_when(last), place=last.place_name, indicator=last.indicator_name, number=number)


def _when(mark: Mark) -> str:
    """The day a number stood at; its period where it is a rate or where that day is only its document's."""
    end, day = mark.period_end, mark.as_of
    is_over = end and (mark.unit == PER_CENT or (day and day > end))
    return time_text(mark) if is_over else as_of_text(mark) or time_text(mark)


def _note(shown: Sequence[Mark]) -> str:
    is_bound = any(mark.qualifier in UP for mark in shown)
    return _("open mark with arrow = lower bound, no line between points") if is_bound else ""


POINTS = OfficeKind.POINTS
FORM = Form(label=_label, build=points_over_time, finding=_latest_point, note=_note, office=POINTS, header="时间")
