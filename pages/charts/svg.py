"""Pieces of SVG, every text escaped once, every colour one that office software reads; and where the marks of a plotly chart stand on
a page: its ranges and tick labels as plotly itself would lay them out.
Widths and places are in the page's units, a unit being a CSS pixel."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.charts.fonts import IN_SVG
from pages.charts.palette import letters_wide
from pages.wording.literal import in_xml

LEADING = 1.45  # distance of two lines of text, as a multiple of its size
_RGBA = re.compile(r"rgba\((\d+),\s*(\d+),\s*(\d+),\s*([\d.]+)\)")


def page(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """A whole white picture; ``title`` is what screen readers say."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" '
        f'viewBox="0 0 {_n(width)} {_n(height)}" role="img" font-family="{IN_SVG}"><title>{in_xml(title)}</title>'
        f"{rectangle(0, 0, width, height, fill='#FFFFFF')}{''.join(parts)}</svg>\n"
    )


def rectangle(x: float, y: float, width: float, height: float, *, fill: str, ink: str = "", thick: float = 0) -> str:
    """A box; ``fill`` is a colour or ``url(#pattern)``."""
    box = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
    return f"<rect {box} {_fill(fill)} {_stroke(ink, thick)}/>"


def line(points: Sequence[tuple[float, float]], *, ink: str, thick: float = 1, fill: str = "") -> str:
    """A line through ``points``; with ``fill`` the shape they enclose."""
    shape = "polygon" if fill else "polyline"
    drawn = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return f'<{shape} points="{drawn}" {_fill(fill)} {_stroke(ink, thick)}/>'


def circle(x: float, y: float, radius: float, *, fill: str, ink: str = "", thick: float = 0) -> str:
    """A round mark."""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {_fill(fill)} {_stroke(ink, thick)}/>'


def text(
    rows: Sequence[str], x: float, y: float, *, size: float, ink: str, anchor: str = "start", bold: bool = False
) -> str:
    """Lines of text; ``y`` is the first line's baseline, ``anchor`` start, middle or end."""
    lines = enumerate(map(in_xml, rows))
    spans = "".join(f'<tspan x="{_n(x)}" y="{_n(y + at * size * LEADING)}">{row}</tspan>' for at, row in lines)
    weight = ' font-weight="700"' if bold else ""
    look = f'font-size="{_n(size)}" text-anchor="{anchor}"{weight} {_fill(ink)}'
    return f'<text {look} xml:space="preserve">{spans}</text>'


def pattern(name: str, shape: str, *, ink: str, ground: str, size: float, solidity: float) -> str:
    """The definition of ``url(#name)``: ``.`` dots, ``/`` ``\\`` ``-`` ``|`` hatching."""
    if shape == ".":
        mark = circle(size / 2, size / 2, size * (solidity / 3.1416) ** 0.5, fill=ink)
    else:
        mark = rectangle(0, 0, size * solidity, size, fill=ink)
    turned = {"/": 45, "\\": -45, "-": 90, "x": 45}.get(shape, 0)
    return (
        f'<defs><pattern id="{name}" width="{_n(size)}" height="{_n(size)}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turned})">{rectangle(0, 0, size, size, fill=ground)}{mark}</pattern></defs>'
    )


def _fill(colour: str) -> str:
    return _paint("fill", colour)


def _stroke(colour: str, thick: float) -> str:
    return f'{_paint("stroke", colour)} stroke-width="{_n(thick)}"' if colour and thick else 'stroke="none"'


def _paint(attribute: str, colour: str) -> str:
    """Office software knows no rgba(): the opacity stands apart."""
    clear = _RGBA.fullmatch(colour or "rgba(0,0,0,0)")
    if clear is None:
        return f'{attribute}="{in_xml(colour)}"'
    red, green, blue, opacity = clear.groups()
    if float(opacity) == 0:
        return f'{attribute}="none"'
    return f'{attribute}="#{int(red):02X}{int(green):02X}{int(blue):02X}" {attribute}-opacity="{opacity}"'


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


BAR_SHARE = 0.64  # width of a bar as a share of its slot, where the chart does not say
TICK_PX = 15
_TAGS = re.compile(r"</?(?:b|i|em|strong|span|sup|sub)(?: [^>]*)?>")


@dataclass(frozen=True)
class Ticks:
    """Tick labels: where, and their lines of text."""

    at: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def wide(self) -> float:
        """Width of the widest label."""
        return max((wide(row, TICK_PX) for rows in self.rows for row in rows), default=0)

    @property
    def high(self) -> float:
        """Height of the highest label."""
        return max((len(rows) for rows in self.rows), default=0) * TICK_PX * LEADING


@dataclass(frozen=True)
class Scale:
    """A rectangle of the page and the two ranges it shows; ``x()`` and ``y()`` place a value of the chart in it."""

    left: float
    right: float
    top: float
    bottom: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_ticks: Ticks
    y_ticks: Ticks

    @property
    def end(self) -> float:
        """Where the chart ends, its tick labels included."""
        return self.bottom + (self.x_ticks.high + 10 if self.x_ticks.rows else 0)

    def x(self, value: Any) -> float:
        """Where ``value`` stands from the left."""
        return _between(number(value), self.x_range, self.left, self.right)

    def y(self, value: Any) -> float:
        """Where ``value`` stands from the top."""
        return _between(number(value), self.y_range, self.bottom, self.top)


def scale_of(chart: go.Figure, *, left: float, right: float, top: float) -> Scale:
    """The scale of ``chart`` drawn between ``left`` and ``right``, its top at ``top``, as high as on the screen."""
    layout = chart.layout
    x_ticks, y_ticks = _ticks(layout.xaxis), _ticks(layout.yaxis)
    margin = layout.margin
    inner_left = left + max(float(margin.l or 0), y_ticks.wide + 10 if y_ticks.rows else 0)
    height = float(layout.height or 320) - float(margin.t or 0) - float(margin.b or 0)
    inner_top = top + float(margin.t or 0)
    inner_right, bottom = right - max(float(margin.r or 0), 8), inner_top + height
    x_range, y_range = _range(layout.xaxis, _reach(chart, "x")), _range(layout.yaxis, _reach(chart, "y"))
    return Scale(inner_left, inner_right, inner_top, bottom, x_range, y_range, x_ticks, y_ticks)


def number(value: Any) -> float:
    """A value of an axis as a number; days count from 1970."""
    if isinstance(value, str | dt.date | pd.Timestamp):
        return (pd.Timestamp(value) - pd.Timestamp(0)) / pd.Timedelta(days=1)
    return float(value)


def plain_lines(label: Any) -> list[str]:
    """The lines of a text written for plotly, as they are read: breaks, tags and entities undone."""
    return [html.unescape(_TAGS.sub("", row)) for row in re.split(r"<br\s*/?>", "" if label is None else str(label))]


def wide(text: str, size: float) -> float:
    """Width of a line of text, a Latin letter being about half as wide as it is high."""
    return letters_wide(text) * size * 0.53


def values(given: Any) -> list[Any]:
    """The values of a trace's attribute; none for an attribute that is not set."""
    return [] if given is None else list(given)


def _between(value: float, ends: tuple[float, float], first: float, last: float) -> float:
    low, high = ends
    return first + (last - first) * ((value - low) / (high - low) if high != low else 0.5)


def _ticks(axis: Any) -> Ticks:
    if axis.visible is False or axis.showticklabels is False:
        return Ticks((), ())
    at = [number(value) for value in values(axis.tickvals)]
    return Ticks(tuple(at), tuple([tuple(plain_lines(words)) for words in values(axis.ticktext) or at][: len(at)]))


def _range(axis: Any, reach: tuple[float, float]) -> tuple[float, float]:
    low, high = (number(value) for value in axis.range) if axis.range is not None else reach
    return (high, low) if axis.autorange == "reversed" else (low, high)


def _reach(chart: go.Figure, letter: str) -> tuple[float, float]:
    """The ends of an axis that sets none: from zero along bars, half a slot around them across, a little more than the points."""
    bars = [trace for trace in chart.data if trace.type == "bar"]
    found = [number(value) for trace in chart.data for value in values(trace[letter]) if value is not None]
    if not found:
        return 0.0, 1.0
    if bars and ((bars[0].orientation or "v") == "h") == (letter == "x"):
        return min(0.0, *found), max(found) * 1.02 or 1.0
    room = 0.5 if bars else (max(found) - min(found)) * 0.06 or 1.0
    return min(found) - room, max(found) + room
