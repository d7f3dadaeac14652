"""One place among its peers: the same bars, the others pale, its own name in bold."""

from __future__ import annotations

from collections.abc import Iterable

import plotly.graph_objects as go

from pages.charts.bars import horizontal_bars, shown_marks
from pages.wording.marks import WordedMark

PALE = 0.4


def strip_of_peers(*, marks: Iterable[WordedMark], place: str, dark: bool = False) -> go.Figure:
    """``marks`` as horizontal_bars draws them; the bar of ``place`` stands out, none does where it has no mark."""
    shown = shown_marks(marks)
    chart = horizontal_bars(marks=shown, dark=dark)
    bold = [at for at, mark in enumerate(shown) if mark.place == place]
    for trace in chart.data:
        trace.marker.opacity = [1 if at in bold else PALE for at in trace.y]
    names = list(chart.layout.yaxis.ticktext or ())
    for at in bold:
        names[at] = f"<b>{names[at]}</b>"
    return chart.update_yaxes(ticktext=names)
