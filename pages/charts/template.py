"""One template for every chart: bars from zero, quiet grid, room for direct labels, letters large enough for a projector."""

from __future__ import annotations

import plotly.graph_objects as go

from pages.charts.palette import CLEAR, palette

MODEBAR = {"displayModeBar": False, "displaylogo": False, "responsive": True}
"""The plotly ``config`` of every chart: no tool bar, nothing fetched, nothing sent."""


LETTERS = 14
"""Size of every text in a chart, in pixels."""


def template(*, dark: bool) -> go.layout.Template:
    """The layout all charts share; the font's family is the theme's."""
    quiet, ink = palette(dark=dark).quiet, palette(dark=dark).ink
    axis = {"showgrid": False, "zeroline": False, "automargin": True, "title": {"text": ""}, "fixedrange": True}
    letters = {"size": LETTERS, "color": ink}
    return go.layout.Template(
        layout={
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "margin": {"l": 4, "r": 8, "t": 8, "b": 8},
            "bargap": 0.36,
            "showlegend": False,
            "hoverlabel": {"align": "left"},
            "font": letters,
            "annotationdefaults": {"font": letters},
            "xaxis": axis | {"tickfont": letters},
            "yaxis": axis | {"gridcolor": quiet, "tickfont": letters},
            "dragmode": False,
        }
    )
