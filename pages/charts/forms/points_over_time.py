"""Dated points.  A lower bound is an open mark with an arrow upwards: the truth lies above it, and no line is drawn between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from etl.model import Qualifier
from pages.charts.form import Form, Marks, OfficeKind
from pages.charts.labels import wrapped
from pages.charts.palette import palette, point_marker
from pages.charts.template import apply_template
from pages.wording.catalog import _
from pages.wording.dates import stacked_day
from pages.wording.literal import in_plotly
from pages.wording.marks import Mark
from pages.wording.numbers import PER_CENT, embargo_text, number_text
from pages.wording.times import as_of_text, day_of, time_text

ARROWS = {Qualifier.MORE_THAN: -34, Qualifier.AT_LEAST: -34, Qualifier.LESS_THAN: 34, Qualifier.UP_TO: 34}
"""Qualifier -> length of the arrow in pixels, negative upwards."""


HEIGHT_PX = 230
TICKS = 5
MOST_TEXTS = 12
"""With more points than this their texts stand on each other: those of the days on the axis stay, the others are told on hovering."""

LOW = 0.3
"""Below this share of the highest point a label has no room between point and axis."""


def points_over_time(*, marks: pd.DataFrame, dark: bool = False) -> go.Figure:
    """One point per row of ``marks`` that has a value and a day; needs value, qualifier, verified, as_of, period_end, label, text.

    Two points give no trend, so no line joins them.  Sources nobody has checked are grey and say so in their text.
    """
    chart = go.Figure()
    rows = [
        {str(name): cell for name, cell in row.items()} for row in marks.to_dict("records")
        if row["value"] is not None and (row["as_of"] or row["period_end"])
    ]  # fmt: skip
    top = max((float(row["value"]) for row in rows), default=1.0) or 1.0
    told = rows if len(rows) <= MOST_TEXTS else few(rows)
    for row in rows:
        day = day_of(row)
        marker = point_marker(is_bound=row["qualifier"] in ARROWS, is_checked=bool(row["verified"]), dark=dark)
        chart.add_scatter(
            name=str(row["qualifier"]), mode="markers", x=[day], y=[float(row["value"])], marker=dict(marker),
            hovertemplate=f"{wrapped(row['label'])}<br>{in_plotly(row['text'])}<extra></extra>", cliponaxis=False,
        )  # fmt: skip
        if row["qualifier"] in ARROWS:
            chart.add_annotation(
                x=day, y=float(row["value"]), ax=0, ay=ARROWS[row["qualifier"]], text="", showarrow=True, arrowside="start",
                startarrowhead=2, arrowhead=0, arrowwidth=2, startstandoff=0, standoff=7, arrowcolor=marker["color"],
            )  # fmt: skip
        if row in told:
            chart.add_annotation(
                x=day, y=float(row["value"]), text=wrapped(row["text"]), showarrow=False, **_beside(row, top)
            )
    chart.update_yaxes(visible=False, range=[0, top * 1.35])
    chart.update_xaxes(
        showline=True, linecolor=palette(dark=dark).quiet, tickmode="array",
        tickvals=[day_of(row) for row in few(rows)], ticktext=[wrapped(row["label"]) for row in few(rows)],
        tickangle=0,
    )  # fmt: skip
    if rows:
        days = sorted(pd.Timestamp(str(day_of(row))) for row in rows)
        margin = max((days[-1] - days[0]) * 0.5, pd.Timedelta(days=60))
        chart.update_xaxes(range=[days[0] - margin, days[-1] + margin])
    return apply_template(chart, height=HEIGHT_PX, dark=dark)


def few(rows: Sequence[dict[Any, Any]]) -> list[dict[Any, Any]]:
    """At most TICKS of ``rows``, the first and the last among them, evenly chosen: as many days as an axis has room for."""
    if len(rows) <= TICKS:
        return list(rows)
    return [rows[round(at * (len(rows) - 1) / (TICKS - 1))] for at in range(TICKS)]


def _beside(row: Mapping[Any, Any], top: float) -> dict[str, Any]:
    """Where a point's text stands: above it, unless an arrow goes there; then below, or at its side close to the axis."""
    if ARROWS.get(row["qualifier"], 1) > 0:
        return {"xanchor": "center", "yanchor": "bottom", "yshift": 9}
    if float(row["value"]) < LOW * top:
        return {"xanchor": "left", "yanchor": "middle", "xshift": 10}
    return {"xanchor": "center", "yanchor": "top", "yshift": -10}


def _label(mark: Mark) -> str:
    return stacked_day(day_of(mark) if mark["as_of"] else None) or time_text(mark)


def _latest_point(marks: Marks) -> str:
    """截至2019年3月21日，甲市累计接待超过148万人次 - the latest checked point only."""
    checked = [row for row in marks.shown if row["verified"]]
    if not checked:
        return ""
    last = checked[-1]
    return _("{when}, {place}: {indicator} {number}").format(
        when=_when(last), place=last["place_name"], indicator=last["indicator_name"],
        number=f"{number_text(last)}{embargo_text(last)}",
    )  # fmt: skip


def _when(row: Mark) -> str:
    """The day a number stood at; its period where it is a rate or where that day is only its document's."""
    is_over = row["period_end"] and (row["unit"] == PER_CENT or (row["as_of"] and row["as_of"] > row["period_end"]))
    return time_text(row) if is_over else as_of_text(row) or time_text(row)


def _note(shown: Sequence[Mark]) -> str:
    has_lower_bound = {Qualifier.MORE_THAN, Qualifier.AT_LEAST} & {row["qualifier"] for row in shown}
    return _("open mark with arrow = lower bound, no line between points") if has_lower_bound else ""


FORM = Form(
    label=_label, build=points_over_time, finding=_latest_point, note=_note, office=OfficeKind.POINTS, header="时间"
)
