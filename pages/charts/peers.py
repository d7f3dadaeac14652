"""One place among its peers: the same bars, the others pale, its own name in bold."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from pages.charts.bars import horizontal_bars

PALE = 0.4


def strip_of_peers(*, marks: pd.DataFrame, place: str, dark: bool = False) -> go.Figure:
    """``marks`` as horizontal_bars needs them (and ``place``); the row of ``place`` stands out, none does when it has no row."""
    chart = horizontal_bars(marks=marks, dark=dark)
    shown = marks.loc[marks["part"] == "shown", "place"]
    own = [at for at, each in enumerate(shown) if each == place]
    for trace in chart.data:
        trace.marker.opacity = [1 if at in own else PALE for at in trace.y]
    names = list(chart.layout.yaxis.ticktext or ())
    for at in own:
        names[at] = f"<b>{names[at]}</b>"
    return chart.update_yaxes(ticktext=names)
