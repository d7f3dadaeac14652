"""Where the marks of a plotly chart stand on a page: its ranges and tick labels as plotly itself would lay them out."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.charts.svg import LEADING
from pages.charts.template import letters_wide

HEIGHT_PX = 320
BAR_SHARE = 0.64
"""Width of a bar as a share of its slot, where the chart does not say."""

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
    height = float(layout.height or HEIGHT_PX) - float(margin.t or 0) - float(margin.b or 0)
    inner_top = top + float(margin.t or 0)
    return Scale(
        left=inner_left,
        right=right - max(float(margin.r or 0), 8),
        top=inner_top,
        bottom=inner_top + height,
        x_range=_range(layout.xaxis, _reach(chart, "x")),
        y_range=_range(layout.yaxis, _reach(chart, "y")),
        x_ticks=x_ticks,
        y_ticks=y_ticks,
    )


def number(value: Any) -> float:
    """A value of an axis as a number; days count from 1970."""
    if isinstance(value, str | dt.date | pd.Timestamp):
        return (pd.Timestamp(value) - pd.Timestamp(0)) / pd.Timedelta(days=1)
    return float(value)


def plain_lines(label: Any) -> list[str]:
    """The lines of a text written for plotly, as they are read: breaks, tags and entities undone."""
    text = "" if label is None else str(label)
    return [html.unescape(_TAGS.sub("", row)) for row in re.split(r"<br\s*/?>", text)]


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
    rows = [tuple(plain_lines(words)) for words in values(axis.ticktext) or at]
    return Ticks(tuple(at), tuple(rows[: len(at)]))


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
    if bars:
        return min(found) - 0.5, max(found) + 0.5
    return _padded(found)


def _padded(found: Sequence[float] | Iterable[float]) -> tuple[float, float]:
    low, high = min(found), max(found)
    room = (high - low) * 0.06 or 1.0
    return low - room, high + room
