"""One template for every chart: bars from zero, quiet grid, room for direct labels, fonts left to the theme."""

from __future__ import annotations

import plotly.graph_objects as go

from pages.charts.palette import CLEAR, palette

MODEBAR = {"displayModeBar": False, "displaylogo": False, "responsive": True}
"""The plotly ``config`` of every chart: no tool bar, nothing fetched, nothing sent."""


def template(*, dark: bool) -> go.layout.Template:
    """The layout all charts share.  Text has no colour of its own, so it follows the theme."""
    quiet = palette(dark=dark).quiet
    axis = {"showgrid": False, "zeroline": False, "automargin": True, "title": {"text": ""}, "fixedrange": True}
    return go.layout.Template(
        layout={
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "margin": {"l": 4, "r": 8, "t": 8, "b": 8},
            "bargap": 0.36,
            "showlegend": False,
            "hoverlabel": {"align": "left"},
            "font": {"size": 14},
            "xaxis": axis,
            "yaxis": axis | {"gridcolor": quiet},
            "dragmode": False,
        }
    )
