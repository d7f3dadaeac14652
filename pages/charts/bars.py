"""Bars: by place, by breakdown, by period.  One mark per state, words beside the bars, targets as a mark of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from etl.model import Measure
from pages.charts.labels import letters_wide, wrapped
from pages.charts.palette import bar_marker, palette
from pages.charts.template import apply_template
from pages.wording.literal import in_plotly

STUB = 0.035
"""Length of a bar without a number, as a share of the longest: room for its pattern, no claim of a value."""

ROW_PX = 38
UPRIGHT_PX = 280
WIDTH, LATIN_WIDTH = 16, 32
"""Letters in one line of a label before the bars, Chinese and Latin: two lines are as high as a row."""

LETTER_PX = 8
"""Width of a Latin letter beside a bar; a Chinese one is twice as wide."""


def bars_by_place(*, marks: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Horizontal bars, one per row of ``marks`` in their order from the top (see pages.queries.charted.marks_of).

    ``marks`` needs part, state, value, label and text; only ``part`` shown is drawn.  A row without a value gets a stub in
    its state's pattern and its word; a value of 0 is written out.  No rows give an empty chart.
    """
    rows = _shown(marks)
    chart = go.Figure()
    top = max((float(row["value"]) for row in rows if row["value"] is not None), default=1.0) or 1.0
    for state in dict.fromkeys(row["state"] for row in rows):
        own = [(at, row) for at, row in enumerate(rows) if row["state"] == state]
        chart.add_bar(
            name=state,
            orientation="h",
            y=[at for at, _ in own],
            x=[_length(row, top) for _, row in own],
            text=[in_plotly(row["text"]) for _, row in own],
            textposition="outside",
            cliponaxis=False,
            marker=dict(bar_marker(state, dark=dark)),
            hovertemplate="%{customdata}<extra></extra>",
            customdata=[_hover(row) for _, row in own],
        )
    chart.update_layout(barmode="overlay")
    chart.update_xaxes(visible=False, range=[0, top])
    chart.update_yaxes(
        autorange="reversed",
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=[wrapped(row["label"], LATIN_WIDTH if row["label"].isascii() else WIDTH) for row in rows],
    )
    return apply_template(chart, height=ROW_PX * max(len(rows), 1) + 24, dark=dark, right=_room_for_texts(rows, top))


def bars_by_breakdown(*, marks: pd.DataFrame, dark: bool = False) -> go.Figure:
    """The same bars, one per value of a breakdown."""
    return bars_by_place(marks=marks, dark=dark)


def bars_by_period(*, marks: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Upright bars, one per period, actual solid and plan hatched; a target (``part`` beside) is a line across its period.

    ``marks`` needs part, state, measure, value, label, text, period_start and period_end.
    """
    rows = _shown(marks)
    chart = go.Figure()
    top = max((float(row["value"]) for row in _valued(marks)), default=1.0) or 1.0
    for state in dict.fromkeys(row["state"] for row in rows):
        own = [(at, row) for at, row in enumerate(rows) if row["state"] == state]
        chart.add_bar(
            name=state,
            x=[at for at, _ in own],
            y=[_length(row, top) for _, row in own],
            width=0.5,
            text=[in_plotly(row["text"]) if at in _told(rows) else "" for at, row in own],
            textposition="outside",
            cliponaxis=False,
            constraintext="none",
            marker=dict(bar_marker(state, dark=dark)),
            hovertemplate="%{customdata}<extra></extra>",
            customdata=[_hover(row) for _, row in own],
        )
    _add_targets(chart, rows, marks, dark=dark)
    chart.update_layout(barmode="overlay")
    told = _told(rows)
    chart.update_xaxes(
        tickmode="array", tickvals=told, ticktext=[wrapped(rows[at]["label"]) for at in told], tickangle=0,
        range=[-0.6 - _edge(rows), max(len(rows), 1) - 0.25 + _edge(rows)],
    )  # fmt: skip
    chart.update_yaxes(visible=False, range=[0, top * 1.18])
    return apply_template(chart, height=UPRIGHT_PX, dark=dark)


def _told(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Which bars are told in words: all while there is room; of many, the first, the highest, the last - the table has the rest."""
    if len(rows) <= ROOMY:
        return list(range(len(rows)))
    highest = max(range(len(rows)), key=lambda at: rows[at]["value"] or 0)
    far = len(rows) // ROOMY
    return sorted({0, len(rows) - 1} | ({highest} if far < highest < len(rows) - 1 - far else set()))


def _edge(rows: Sequence[Mapping[str, Any]]) -> float:
    """Room beside the first and the last of many bars, in bars: their words are wider than they are."""
    return 0.08 * len(rows) if len(rows) > ROOMY else 0


def _add_targets(chart: go.Figure, rows: Sequence[Mapping[str, Any]], marks: pd.DataFrame, *, dark: bool) -> None:
    periods = {(row["period_start"], row["period_end"]): at for at, row in enumerate(rows)}
    for row in _valued(marks):
        at = periods.get((row["period_start"], row["period_end"]))
        if row["part"] != "beside" or row["measure"] != Measure.TARGET or at is None:
            continue
        ink = palette(dark=dark).unknown
        chart.add_scatter(
            name="target", mode="lines", x=[at - 0.33, at + 0.33], y=[float(row["value"])] * 2,
            line={"color": ink, "width": 3}, hovertemplate=f"{_hover(row)}<extra></extra>", cliponaxis=False,
        )  # fmt: skip
        chart.add_annotation(
            x=at + 0.35,
            y=float(row["value"]),
            text=in_plotly(row["text"]),
            showarrow=False,
            xanchor="left",
            yanchor="middle",
        )


ROOMY = 8
"""So many upright bars have room for a word each."""


def _shown(marks: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): value for name, value in row.items()} for row in marks.to_dict("records") if row["part"] == "shown"
    ]


def _valued(marks: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): value for name, value in row.items()}
        for row in marks.to_dict("records")
        if row["value"] is not None
    ]


def _length(row: Mapping[str, Any], top: float) -> float:
    return float(row["value"]) if row["value"] is not None else STUB * top


def _room_for_texts(rows: Sequence[Mapping[str, Any]], top: float) -> int:
    """Pixels right of the bars that the texts beside the longest of them need, whatever the chart's width."""
    long_bars = [row for row in rows if _length(row, top) > top / 2]
    return max((LETTER_PX * letters_wide(row["text"]) for row in long_bars), default=0) + 12


def _hover(row: Mapping[str, Any]) -> str:
    return in_plotly(f"{row['label']} {row['text']}")
