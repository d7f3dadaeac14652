"""Bars of places held side by side, with room for labels that carry a year and a name."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.charts.bars import ROW_PX, horizontal_bars
from pages.charts.labels import wrapped
from pages.charts.template import LETTERS
from pages.wording.marks import WordedMark

LINE_PX = LETTERS * 1.35


def bars_side_by_side(*, marks: Sequence[WordedMark], dark: bool = False) -> go.Figure:
    """The bars of ``marks`` (see horizontal_bars) with rows as high as their labels have lines."""
    chart = horizontal_bars(marks=marks, dark=dark)
    lines = max((wrapped(mark.label).count("<br>") + 1 for mark in marks), default=1)
    row = max(ROW_PX, LINE_PX * lines + 12)
    return chart.update_layout(height=int(row * max(len(marks), 1)) + 24)
