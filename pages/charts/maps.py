"""Small maps: outlines as filled polygons on plain axes, which needs no tiles, no projection and no request.

Counts are symbols, only rates are shaded. Places without an outline stand as labelled tiles in a strip beside the map, never at
an invented point. A map on a screen is drawn on the second pair of axes, so that pages.charts.to_svg refuses to take it out of
the house; what may leave is :func:`exported`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from etl.model import State
from pages.charts.labels import wrapped
from pages.charts.maps_style import RATE, ZERO, Paint, digits, paint, radius, shade, swatch
from pages.charts.palette import CLEAR, palette
from pages.charts.template import apply_template
from pages.charts.tiles import tiles_of_places
from pages.wording.literal import in_plotly

SPAN = 4000
"""Units along the longer side of a map: small whole numbers travel as two bytes each."""

STRIP, GAP, ROW, CREDIT_ROW = 1300, 220, 300, 175
"""Units: width of the strip beside the map, space between, height of a row of the legend and of the credit."""

HEIGHT = 430
PRINTED_PX = 880
SMALL_LETTERS = 12
SCREEN_AXES, PRINTED_AXES = "2", ""
NAMES_PER_ROW = 2
CREDIT_LETTERS = 40
LABEL_LETTERS, STRIP_LETTERS = 12, 19
UNSEEN = 0.01
"""Pixels: the width of a line that is there for its fill alone (0 is taken for "not said")."""
HOVER_LETTERS = 44
TOUCH_PX = 30

Legend = Sequence[tuple[str, str]]
Box = tuple[float, float, float, float]
Mark = Mapping[str, Any]


@dataclass(frozen=True)
class Plane:
    """Longitude and latitude laid flat: x to the east, y to the north, both from the south-west corner, in units."""

    west: float
    south: float
    width: float
    height: float
    place: Callable[[Sequence[tuple[float, float]]], np.ndarray[Any, np.dtype[np.int16]]]


def map_of_places(
    *,
    marks: pd.DataFrame,
    outlines: pd.DataFrame,
    legend: Legend,
    strip: str = "",
    credit: str = "",
    rate: bool = False,
    dark: bool = False,
) -> go.Figure:
    """The map of one number: ``marks`` (pages.wording.maps.map_words) painted on ``outlines`` (pages.queries.boundaries).

    ``legend`` lists (state, words); ``strip`` heads the tiles of the places without an outline; ``credit`` (with 审图号 or
    内部参考) stands below them. ``rate`` shades by value, otherwise values are symbols. Choosing a mark gives its place as
    ``customdata``. No marks and no outlines give an empty chart.
    """
    chart = apply_template(go.Figure(), height=HEIGHT, dark=dark)  # first, because it gives every annotation one font
    box = _draw(chart, marks, outlines, legend, (strip, credit), SCREEN_AXES, rate=rate, dark=dark)
    axis = {"visible": False, "fixedrange": True, "constrain": "domain"}
    chart.update_layout(
        xaxis2={**axis, "range": [box[0], box[2]], "anchor": "y2"},
        yaxis2={**axis, "range": [box[1], box[3]], "anchor": "x2", "scaleanchor": "x2", "constraintoward": "top"},
        clickmode="event+select",
    )
    return chart


def exported(
    *,
    marks: pd.DataFrame,
    outlines: pd.DataFrame,
    tiles: Mapping[str, tuple[int, int]],
    legend: Legend,
    strip: str = "",
    credit: str = "",
    review_number: str = "",
    rate: bool = False,
) -> go.Figure:
    """What of a map may be exported: the map with its 审图号 printed on it, or the tile grid where there is none.

    Without a review number the law counts any boundary map as unreviewed (地图审核管理规定, 2018, art. 5 and 6), a grid of equal tiles
    not.
    """
    if not review_number or outlines.empty:
        return tiles_of_places(marks=marks, tiles=tiles, legend=legend, rate=rate)
    chart = apply_template(go.Figure(), height=HEIGHT, dark=False)
    left, low, right, high = _draw(chart, marks, outlines, legend, (strip, credit), PRINTED_AXES, rate=rate)
    chart.update_layout(height=round(PRINTED_PX * (high - low) / (right - left)))
    chart.update_xaxes(visible=False, range=[left, right])
    chart.update_yaxes(visible=False, range=[low, high])
    return chart


def _draw(
    chart: go.Figure,
    marks: pd.DataFrame,
    outlines: pd.DataFrame,
    legend: Legend,
    words: tuple[str, str],
    axes: str,
    *,
    rate: bool,
    dark: bool = False,
) -> Box:
    """Draws everything on one pair of axes and returns the box it needs."""
    rows = [{str(name): value for name, value in row.items()} for row in marks.to_dict("records")]
    by_place = {row["place"]: row for row in rows}
    places = outlines.to_dict("records")
    pen = _Pen(chart, axes, dark, _fills(rows, rate=rate, dark=dark))
    plane = _plane(places)
    for outline in places:
        if outline["place"] in by_place:
            pen.polygon(outline, by_place[outline["place"]], plane)
    drawn = [outline for outline in places if outline["place"] in by_place]
    beside = [row for row in rows if row["place"] not in {outline["place"] for outline in drawn}]
    right = plane.width
    if beside:
        left = plane.width + GAP if drawn else 0
        pen.strip(beside, words[0], left, plane.height or SPAN / 2)
        right = left + STRIP
    highest = max((row["value"] for row in rows if row["value"] is not None), default=Decimal(0))
    for outline in drawn:
        row, (x, y) = by_place[outline["place"]], plane.place([outline["label"]])[0].tolist()
        if row["value"] is None or rate:
            pen.label(row, (x, y))
        else:
            pen.symbol(row, (x, y), highest)
    low = pen.legend(legend, right) if rows else 0.0
    low = pen.foot(words[1], low)
    return 0.0, low, max(right, 1.0), (plane.height or SPAN / 2) + 60


def _fills(rows: Sequence[Mark], *, rate: bool, dark: bool) -> Callable[[Mark], Paint]:
    values = [row["value"] for row in rows if row["value"] is not None]

    def fill(row: Mark) -> Paint:
        own = paint(str(row["state"]), dark=dark)
        if not rate or row["value"] is None:
            return own
        ground = shade(row["value"], min(values), max(values), dark=dark)
        return Paint(ground, own.pattern, own.ink, own.edge, own.size, own.solidity)

    return fill


def _plane(places: Sequence[Mapping[Any, Any]]) -> Plane:
    points = np.array([point for row in places for part in row["parts"] for ring in part for point in ring])
    if not len(points):
        return Plane(0, 0, 0, 0, lambda ring: np.empty((0, 2), np.int16))
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    shrink = math.cos(math.radians((south + north) / 2))
    unit = SPAN / max((east - west) * shrink, north - south, 1e-9)

    def place(ring: Sequence[tuple[float, float]]) -> np.ndarray[Any, np.dtype[np.int16]]:
        flat = (np.asarray(ring) - (west, south)) * (shrink * unit, unit)
        units: np.ndarray[Any, np.dtype[np.int16]] = np.round(flat).astype(np.int16)
        return units

    return Plane(west, south, (east - west) * shrink * unit, (north - south) * unit, place)


class _Pen:
    """Draws pieces of a map on one pair of axes of a chart."""

    def __init__(self, chart: go.Figure, axes: str, dark: bool, fill: Callable[[Mark], Paint]) -> None:
        self.chart, self.dark, self.fill = chart, dark, fill
        self.colours = palette(dark=dark)
        self.on = {"xaxis": f"x{axes}", "yaxis": f"y{axes}"}
        self.by = {"xref": f"x{axes}", "yref": f"y{axes}", "showarrow": False}

    def polygon(self, outline: Mapping[Any, Any], row: Mark, plane: Plane) -> None:
        rings = [plane.place(ring) for part in outline["parts"] for ring in part]
        filled = np.concatenate(list(_one_path(rings)))
        is_plain = len(rings) == 1
        self._shape(filled, self.fill(row), name=str(row["place"]), hover=str(row["hover"]), edge=is_plain)
        for ring in [] if is_plain else rings:
            self._line(ring, self.fill(row).edge)

    def strip(self, rows: Sequence[Mark], title: str, left: float, height: float) -> None:
        """Labelled tiles one below the other, as high as the map allows."""
        self._words(wrapped(title, 20), left, height + 40, xanchor="left", yanchor="top", size=SMALL_LETTERS)
        head = 260 if title else 0
        step = min(900.0, (height - head) / len(rows))
        for at, row in enumerate(rows):
            top = height - head - at * step
            corners = ((left, top), (left + STRIP, top), (left + STRIP, top - step + 70), (left, top - step + 70))
            own = Paint(CLEAR, "", CLEAR, self.fill(row).edge)
            self._shape(_ring(corners), own, name=str(row["place"]), hover=str(row["hover"]))
            self._shape(_ring(_band(corners)), self.fill(row), name=f"{row['place']} ")
            middle = (left + STRIP * 0.58, top - (step - 70) / 2)
            text = f"{wrapped(row['label'], STRIP_LETTERS)}<br>{in_plotly(row['text'])}"
            self._words(text, *middle, size=SMALL_LETTERS - 1)
            self._touch(row, middle)

    def symbol(self, row: Mark, at: tuple[float, float], highest: Decimal) -> None:
        """A symbol as large as the count, with the number in it where that fits, and the place's label below."""
        value, inside = row["value"], digits(row["value"], str(row["qualifier"]))
        size = max(radius(value, highest), 4.0 + 4.5 * len(inside))
        is_done = row["state"] == State.DONE and bool(value)
        fill = self.colours.done if is_done else self.colours.tint if value else self._ground(1.0)
        self.chart.add_scatter(
            **self.on, name=f"{row['place']}  ", mode="markers", x=[at[0]], y=[at[1]], customdata=[row["place"]],
            marker={"size": 2 * size, "color": fill, "line": {"color": self.colours.done, "width": 1.6}, "opacity": 1},
            text=wrapped(row["hover"], HOVER_LETTERS), hoverinfo="text", cliponaxis=False,
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
        )  # fmt: skip
        self._words(f"<b>{inside}</b>", *at, color=self._ground(1.0) if is_done else self.colours.ink)
        label = wrapped(row["label"], LABEL_LETTERS)
        words = label if inside else f"{label}<br><b>{in_plotly(row['text'])}</b>"
        self._words(words, *at, yanchor="top", yshift=-size - 2, bgcolor=self._ground(0.78))

    def label(self, row: Mark, at: tuple[float, float]) -> None:
        """A place's name and its rate or its state."""
        self._touch(row, at)
        text = f"{wrapped(row['label'], LABEL_LETTERS)}<br><b>{in_plotly(row['text'])}</b>"
        self._words(text, *at, bgcolor=self._ground(0.78))

    def legend(self, legend: Legend, right: float) -> float:
        """A swatch and its words for each state, two in a row, below the map; returns where they end."""
        low = 0.0
        for at, (state, words) in enumerate(legend):
            left, top = (at % NAMES_PER_ROW) * right / NAMES_PER_ROW, -120 - (at // NAMES_PER_ROW) * ROW
            corners = ((left, top), (left + 260, top), (left + 260, top - 210), (left, top - 210))
            self._shape(_ring(corners), swatch(state, dark=self.dark), name=f"legend {state}")
            if state == RATE:
                half = ((left + 130, top), *corners[1:3], (left + 130, top - 210))
                self._shape(_ring(half), swatch(state, dark=self.dark, highest=True), name="legend highest")
            if state == ZERO:
                self._words("0", left + 130, top - 105, size=SMALL_LETTERS)
            self._words(in_plotly(words), left + 310, top - 105, xanchor="left", size=SMALL_LETTERS)
            low = top - 210
        return low

    def foot(self, credit: str, low: float) -> float:
        """The credit below the legend, with 审图号 or 内部参考; returns where it ends."""
        lines = wrapped(credit, CREDIT_LETTERS)
        if not lines:
            return low
        left = {"xanchor": "left", "yanchor": "top", "align": "left"}
        self._words(lines, 0, low - 90, size=SMALL_LETTERS, color=self.colours.unknown, **left)
        return low - 90 - CREDIT_ROW * (lines.count("<br>") + 1)

    def _shape(self, path: Any, own: Paint, *, name: str, hover: str = "", edge: bool = True) -> None:
        pattern = {
            "shape": own.pattern, "fgcolor": own.ink, "bgcolor": own.ground, "size": own.size, "solidity": own.solidity,
            "fillmode": "replace",
        }  # fmt: skip
        self.chart.add_scatter(
            **self.on, name=name, mode="lines", x=path[:, 0], y=path[:, 1], fill="toself", fillcolor=own.ground,
            fillpattern=pattern if own.pattern else None, line={"color": own.edge, "width": 1.2 if edge else UNSEEN},
            hoveron="fills", hoverinfo="text" if hover else "skip", text=wrapped(hover, HOVER_LETTERS) or None, cliponaxis=False,
        )  # fmt: skip

    def _line(self, ring: Any, ink: str) -> None:
        line = {"color": ink, "width": 1.2}
        self.chart.add_scatter(
            **self.on, mode="lines", x=ring[:, 0], y=ring[:, 1], line=line, hoverinfo="skip", cliponaxis=False
        )

    def _touch(self, row: Mark, at: tuple[float, float]) -> None:
        """An unseen mark to choose a place by that has no symbol."""
        unseen = {"marker": {"opacity": 0}}
        self.chart.add_scatter(
            **self.on, name=f"{row['place']}  ", mode="markers", x=[at[0]], y=[at[1]], customdata=[row["place"]],
            marker={"size": TOUCH_PX, "color": CLEAR, "opacity": 0, "line": {"width": 0}}, text=wrapped(row["hover"], HOVER_LETTERS),
            hoverinfo="text", selected=unseen, unselected=unseen,
        )  # fmt: skip

    def _words(self, text: str, x: float, y: float, *, size: int = 13, color: str = "", **more: Any) -> None:
        if text:
            font = {"size": size, "color": color or self.colours.ink}
            self.chart.add_annotation(**{**self.by, "x": x, "y": y, "text": text, "font": font, "borderpad": 1, **more})

    def _ground(self, opacity: float) -> str:
        ground = "15,23,34" if self.dark else "255,255,255"
        return f"rgba({ground},{opacity:g})"


def _one_path(rings: Sequence[Any]) -> Iterator[Any]:
    """All rings of a place as one closed path: out from the first ring's start and back, so that holes stay holes."""
    start = rings[0][:1]
    for ring in rings:
        yield ring
        yield start


def _ring(corners: Sequence[tuple[float, float]]) -> np.ndarray[Any, np.dtype[np.int16]]:
    return np.round(np.array([*corners, corners[0]])).astype(np.int16)


def _band(corners: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    """The left sixth of a tile, where its pattern stands so that the words beside it can be read."""
    (left, top), (right, _), (_, low), _ = corners
    edge = left + (right - left) * 0.16
    return (left, top), (edge, top), (edge, low), (left, low)
