"""Steps of which each is part of the one before: bars from zero, tied by a pale band that narrows from step to step."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from pages.charts.bars import bars_by_place
from pages.charts.palette import palette

HALF_BAR = 0.32
"""Half the thickness of a bar, as a share of the room each step has."""


def funnel(*, marks: pd.DataFrame, dark: bool = False) -> go.Figure:
    """``marks`` from the widest step to the narrowest, as bars_by_place needs them; the bands carry no number of their own."""
    chart = bars_by_place(marks=marks, dark=dark)
    shown = marks.loc[marks["part"] == "shown", "value"]
    lengths = [float(value) for value in shown if value is not None]
    for at, (wide, narrow) in enumerate(pairwise(lengths)):
        top, bottom = at + HALF_BAR, at + 1 - HALF_BAR
        chart.add_scatter(
            name="band", mode="lines", x=[0, wide, narrow, 0], y=[top, top, bottom, bottom], fill="toself", hoverinfo="skip",
            fillcolor=palette(dark=dark).quiet, line={"color": palette(dark=dark).quiet, "width": 0.1},
        )  # fmt: skip
    return chart.update_layout(bargap=1 - 2 * HALF_BAR)
