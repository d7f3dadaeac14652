"""One look for every chart: one palette, one pattern per state for every bar, point, tile and map, one template - bars from zero, quiet
grid, room for direct labels, letters large enough for a projector, long labels wrapped.
Solid is done, a blue diagonal hatch is planned, pale is a standard, grey dots are 未公布, a plain outline is 不在计划. Colour is never alone:
the pattern or a word says it too. Two inks per colour because the screens have a light and a dark theme."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass

import plotly.graph_objects as go

from etl.model import State
from pages.wording.literal import in_plotly

CLEAR = "rgba(0,0,0,0)"


@dataclass(frozen=True)
class Palette:
    """The few colours of one theme: what is done, what is planned, what is unknown."""

    done: str
    planned: str
    tint: str
    unknown: str
    quiet: str
    ink: str


LIGHT = Palette("#1F4E8C", "#1F4E8C", "#C9DAF0", "#6B7684", "#D5DCE6", "#16202E")
DARK = Palette("#8DB4EA", "#8DB4EA", "#2A4468", "#A7B3C2", "#32435A", "#E8EDF4")


def palette(*, dark: bool) -> Palette:
    """The colours of the theme in force."""
    return DARK if dark else LIGHT


Pattern = dict[str, str | float]
Marker = dict[str, str | float | Pattern]


@dataclass(frozen=True)
class Paint:
    """A fill: ``pattern`` is ``""`` for plain, ``/`` for hatched, ``.`` for dotted in ``ink`` on ``ground``."""

    ground: str
    pattern: str
    ink: str
    edge: str
    size: int = 7
    solidity: float = 0.28
    width: float = 1.2

    @property
    def plotly_pattern(self) -> Pattern:
        """The plotly ``pattern``."""
        if not self.pattern:
            return {"shape": ""}
        look: Pattern = {"fgcolor": self.ink, "bgcolor": self.ground, "size": self.size, "solidity": self.solidity}
        return {"shape": self.pattern, **look, "fillmode": "replace"}

    @property
    def marker(self) -> Marker:
        """The plotly ``marker`` of a bar."""
        line: Pattern = {"color": self.edge, "width": self.width}
        return {"color": self.ground, "line": line, "pattern": self.plotly_pattern}


def bar_paint(state: str, *, dark: bool) -> Paint:
    """The fill of a bar in one state."""
    colours = palette(dark=dark)
    return {
        State.DONE: Paint(colours.done, "", colours.done, colours.done),
        State.PLANNED: Paint(colours.tint, "/", colours.planned, colours.done),
        **dict.fromkeys((State.TARGET, State.STANDARD), Paint(colours.tint, "", colours.done, colours.done)),
        State.NOT_IN_PLAN: Paint(CLEAR, "", colours.unknown, colours.unknown, width=1),
        **dict.fromkeys(
            (State.NOT_APPLICABLE, State.NOT_PUBLISHED, State.NOT_IN_SOURCES, State.UNDECLARED),
            Paint(CLEAR, ".", colours.unknown, colours.unknown, 6, 0.35, width=1),
        ),
    }[State(state)]


def point_marker(*, is_bound: bool, is_checked: bool, dark: bool) -> Marker:
    """The plotly ``marker`` of a dated point: open for a bound, grey for a source nobody has checked."""
    colours = palette(dark=dark)
    ink = colours.done if is_checked else colours.unknown
    line: Pattern = {"color": ink, "width": 2.5}
    return {"size": 12, "symbol": "circle-open" if is_bound else "circle", "color": ink, "line": line}


MODEBAR = {"displayModeBar": False, "displaylogo": False, "responsive": True}
"""The plotly ``config`` of every chart: no tool bar, nothing fetched, nothing sent."""


LETTERS = 14  # size of every text in a chart, in pixels


def apply_template(chart: go.Figure, *, height: int, dark: bool, right: int = 8) -> go.Figure:
    """``chart`` in the layout all charts share, with what Streamlit's own theme would otherwise override: letters, ink, margins; the
    font's family is the theme's."""
    colours, margin = palette(dark=dark), {"l": 4, "r": right, "t": 10, "b": 4}
    letters = {"size": LETTERS, "color": colours.ink}
    axis = {"showgrid": False, "zeroline": False, "automargin": True, "fixedrange": True}
    shared = {
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "bargap": 0.36,
        "showlegend": False,
        "hoverlabel": {"align": "left"},
        "xaxis": axis,
        "yaxis": axis | {"gridcolor": colours.quiet},
        "dragmode": False,
    }
    template = go.layout.Template(layout=shared)
    chart.update_layout(template=template, height=height, font=letters, margin=margin)
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
