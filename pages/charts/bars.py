"""Horizontal bars, which several forms draw: one trace per state, words beside the bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.charts.labels import letters_wide, wrapped
from pages.charts.palette import bar_marker
from pages.charts.template import apply_template
from pages.wording.literal import in_plotly

STUB = 0.035
"""Length of a bar without a number, as a share of the longest: room for its pattern, no claim of a value."""

ROW_PX = 38
WIDTH, LATIN_WIDTH = 16, 32
"""Letters in one line of a label before the bars, Chinese and Latin: two lines are as high as a row."""

LETTER_PX = 8
"""Width of a Latin letter beside a bar; a Chinese one is twice as wide."""


def horizontal_bars(*, marks: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Horizontal bars, one per row of ``marks`` in their order from the top (see pages.queries.chart_marks.marks_of).

    ``marks`` needs part, state, value, label and text; only ``part`` shown is drawn.  A row without a value gets a stub in
    its state's pattern and its word; a value of 0 is written out.  No rows give an empty chart.
    """
    rows = shown_rows(marks)
    chart = go.Figure()
    top = max((float(row["value"]) for row in rows if row["value"] is not None), default=1.0) or 1.0
    for state in dict.fromkeys(row["state"] for row in rows):
        own = [(at, row) for at, row in enumerate(rows) if row["state"] == state]
        chart.add_bar(
            name=state,
            orientation="h",
            y=[at for at, _ in own],
            x=[length(row, top) for _, row in own],
            text=[in_plotly(row["text"]) for _, row in own],
            textposition="outside",
            cliponaxis=False,
            marker=dict(bar_marker(state, dark=dark)),
            hovertemplate="%{customdata}<extra></extra>",
            customdata=[hover(row) for _, row in own],
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


def shown_rows(marks: pd.DataFrame) -> list[dict[str, Any]]:
    """The marks that are drawn as bars."""
    return [
        {str(name): value for name, value in row.items()} for row in marks.to_dict("records") if row["part"] == "shown"
    ]


def length(row: Mapping[str, Any], top: float) -> float:
    """How long the bar of a mark is, where the longest is ``top``."""
    return float(row["value"]) if row["value"] is not None else STUB * top


def _room_for_texts(rows: Sequence[Mapping[str, Any]], top: float) -> int:
    """Pixels right of the bars that the texts beside the longest of them need, whatever the chart's width."""
    long_bars = [row for row in rows if length(row, top) > top / 2]
    return max((LETTER_PX * letters_wide(row["text"]) for row in long_bars), default=0) + 12


def hover(row: Mapping[str, Any]) -> str:
    """What hovering over a mark says."""
    return in_plotly(f"{row['label']} {row['text']}")
