"""One template for every chart: bars from zero, quiet grid, room for direct labels, letters large enough for a projector, long labels wrapped."""

from __future__ import annotations

import textwrap
import unicodedata

import plotly.graph_objects as go

from pages.charts.palette import CLEAR, palette
from pages.wording.literal import in_plotly

MODEBAR = {"displayModeBar": False, "displaylogo": False, "responsive": True}
"""The plotly ``config`` of every chart: no tool bar, nothing fetched, nothing sent."""


LETTERS = 14
"""Size of every text in a chart, in pixels."""


def template(*, dark: bool) -> go.layout.Template:
    """The layout all charts share; the font's family is the theme's."""
    quiet = palette(dark=dark).quiet
    axis = {"showgrid": False, "zeroline": False, "automargin": True, "fixedrange": True}
    return go.layout.Template(
        layout={
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "bargap": 0.36,
            "showlegend": False,
            "hoverlabel": {"align": "left"},
            "xaxis": axis,
            "yaxis": axis | {"gridcolor": quiet},
            "dragmode": False,
        }
    )


def apply_template(chart: go.Figure, *, height: int, dark: bool, right: int = 8) -> go.Figure:
    """``chart`` in the template, with what Streamlit's own theme would otherwise override: letters, ink, margins."""
    letters = {"size": LETTERS, "color": palette(dark=dark).ink}
    chart.update_layout(
        template=template(dark=dark), height=height, font=letters, margin={"l": 4, "r": right, "t": 10, "b": 4}
    )
    chart.update_xaxes(tickfont=letters)
    chart.update_yaxes(tickfont=letters)
    chart.update_annotations(font=letters)
    chart.update_traces(textfont=letters, selector={"type": "bar"})
    return chart


def wrapped(text: str, width: int = 22) -> str:
    """A long label over several lines, shown as it is."""
    lines = [piece for line in text.splitlines() for piece in textwrap.wrap(line, width)]
    return "<br>".join(map(in_plotly, lines))


def letters_wide(text: str) -> int:
    """Width of a label in Latin letters; a Chinese character counts as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
