"""Small maps: outlines as filled polygons on plain axes, which needs no tiles, no projection and no request.
Places without an outline stand as labelled tiles in a strip beside the map. A map on a screen is drawn on the second pair of axes, so
that pages.charts.to_svg refuses to export it; what may be exported is :func:`exportable_map_of_places`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from etl.model import LonLat, Outline
from pages.charts.map_scene import RATE, ZERO, Scene, Symbol, swatch
from pages.charts.palette import CLEAR, Paint, apply_template, palette, wrapped
from pages.charts.tiles import Cells, tiles_of_places
from pages.wording.literal import in_plotly
from pages.wording.maps import MapMark

SPAN = 4000  # units along the longer side of a map: small whole numbers travel as two bytes each

STRIP, GAP, ROW, CREDIT_ROW = 1300, 220, 300, 175
"""Units: width of the strip beside the map, space between, height of a row of the legend and of the credit."""

HEIGHT, PRINTED_PX, TOUCH_PX = 430, 880, 30
SMALL_LETTERS, CREDIT_LETTERS, LABEL_LETTERS, STRIP_LETTERS, HOVER_LETTERS = 12, 40, 12, 19, 44
SCREEN_AXES, PRINTED_AXES = "2", ""
NAMES_PER_ROW = 2
UNSEEN = 0.01  # pixels: the width of a line that is there for its fill alone (0 is taken for "not said")

Box = tuple[float, float, float, float]
Spot = tuple[float, float]
Path = npt.NDArray[np.int16]


class Plane:
    """Longitude and latitude laid flat: x to the east, y to the north, both from the south-west corner, in units."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        points = [point for outline in outlines for part in outline.parts for ring in part for point in ring]
        ground = np.array(points or [(0.0, 0.0)])
        self.corner = ground.min(axis=0)
        (west, south), (east, north) = self.corner, ground.max(axis=0)
        shrink = math.cos(math.radians((south + north) / 2))
        unit = SPAN / max((east - west) * shrink, north - south, 1e-9)
        self.scale = (shrink * unit, unit)
        self.width, self.height = (east - west) * shrink * unit, (north - south) * unit

    def place(self, points: Sequence[LonLat]) -> Path:
        """Where ``points`` stand, in whole units."""
        units: Path = np.round((np.asarray(points) - self.corner) * self.scale).astype(np.int16)
        return units


def map_of_places(scene: Scene) -> go.Figure:
    """The map of one number; choosing a mark gives its place as ``customdata``. No marks and no outlines give an empty chart."""
    # first, because it gives every annotation one font
    chart = apply_template(go.Figure(), height=HEIGHT, dark=scene.dark)
    box = _draw(chart, scene, SCREEN_AXES)
    axis = {"visible": False, "fixedrange": True, "constrain": "domain"}
    chart.update_layout(
        xaxis2={**axis, "range": [box[0], box[2]], "anchor": "y2"},
        yaxis2={**axis, "range": [box[1], box[3]], "anchor": "x2", "scaleanchor": "x2", "constraintoward": "top"},
        clickmode="event+select",
    )
    return chart


def exportable_map_of_places(scene: Scene, tiles: Cells, review_number: str) -> go.Figure:
    """What of a map may be exported: the map with its 审图号 printed on it, or the tile grid where there is none.
    Without a review number the law counts any boundary map as unreviewed (地图审核管理规定, 2018, art. 5 and 6), a grid of equal tiles
    not."""
    if not review_number or not scene.outlines:
        return tiles_of_places(scene, tiles)
    chart = apply_template(go.Figure(), height=HEIGHT, dark=scene.dark)
    left, low, right, high = _draw(chart, scene, PRINTED_AXES)
    chart.update_layout(height=round(PRINTED_PX * (high - low) / (right - left)))
    chart.update_xaxes(visible=False, range=[left, right])
    chart.update_yaxes(visible=False, range=[low, high])
    return chart


def _draw(chart: go.Figure, scene: Scene, axes: str) -> Box:
    """Draws everything on one pair of axes and returns the box it needs."""
    pen, plane = _Pen(chart, axes, scene), Plane(scene.outlines)
    for outline, mark in scene.drawn:
        pen.polygon(outline, mark, plane)
    right, high = plane.width, plane.height or SPAN / 2
    if scene.beside:
        left = plane.width + GAP if scene.drawn else 0
        pen.strip(left, high)
        right = left + STRIP
    for outline, mark in scene.drawn:
        x, y = plane.place([outline.label])[0].tolist()
        if symbol := scene.symbol(mark):
            pen.symbol(mark, symbol, (x, y))
        else:
            pen.label(mark, (x, y))
    return 0.0, pen.foot(pen.legend(right) if scene.marks else 0.0), max(right, 1.0), high + 60


class _Pen:
    """Draws pieces of a map on one pair of axes of a chart."""

    def __init__(self, chart: go.Figure, axes: str, scene: Scene) -> None:
        self.chart, self.scene = chart, scene
        self.colours = palette(dark=scene.dark)
        self.on = {"xaxis": f"x{axes}", "yaxis": f"y{axes}"}
        self.by = {"xref": f"x{axes}", "yref": f"y{axes}", "showarrow": False}

    def polygon(self, outline: Outline, mark: MapMark, plane: Plane) -> None:
        rings = [plane.place(ring) for part in outline.parts for ring in part]
        paint, is_plain = self.scene.paint(mark), len(rings) == 1
        # one closed path: out from the first ring's start and back, so that holes stay holes
        path = np.concatenate([piece for ring in rings for piece in (ring, rings[0][:1])])
        self._shape(path, paint, name=outline.place, hover=mark.hover, edge=is_plain)
        for ring in [] if is_plain else rings:
            self._line(ring, paint.edge)

    def strip(self, left: float, height: float) -> None:
        """Labelled tiles one below the other, as high as the map allows."""
        self._words(wrapped(self.scene.strip, 20), left, height + 40, xanchor="left", yanchor="top", size=SMALL_LETTERS)
        head = 260 if self.scene.strip else 0
        step = min(900.0, (height - head) / len(self.scene.beside))
        for row, mark in enumerate(self.scene.beside):
            top, paint = height - head - row * step, self.scene.paint(mark)
            corners = ((left, top), (left + STRIP, top), (left + STRIP, top - step + 70), (left, top - step + 70))
            frame = Paint(CLEAR, "", CLEAR, paint.edge)
            self._shape(_ring(corners), frame, name=mark.place, hover=mark.hover)
            self._shape(_ring(_band(corners)), paint, name=f"{mark.place} ")
            middle = (left + STRIP * 0.58, top - (step - 70) / 2)
            text = f"{wrapped(mark.label, STRIP_LETTERS)}<br>{in_plotly(mark.text)}"
            self._words(text, *middle, size=SMALL_LETTERS - 1)
            self._touch(mark, middle)

    def symbol(self, mark: MapMark, symbol: Symbol, spot: Spot) -> None:
        """A symbol as large as the count, with the number in it where that fits, and the place's label below."""
        fill, line = symbol.fill or self._ground(1.0), {"color": self.colours.done, "width": 1.6}
        self._marker(mark, spot, opacity=1, size=2 * symbol.radius, color=fill, line=line)
        ink = self._ground(1.0) if symbol.is_solid else self.colours.ink
        self._words(f"<b>{symbol.inside}</b>", *spot, color=ink)
        label = wrapped(mark.label, LABEL_LETTERS)
        words = label if symbol.inside else f"{label}<br><b>{in_plotly(mark.text)}</b>"
        self._words(words, *spot, yanchor="top", yshift=-symbol.radius - 2, bgcolor=self._ground(0.78))

    def label(self, mark: MapMark, spot: Spot) -> None:
        """A place's name and its rate or its state."""
        self._touch(mark, spot)
        text = f"{wrapped(mark.label, LABEL_LETTERS)}<br><b>{in_plotly(mark.text)}</b>"
        self._words(text, *spot, bgcolor=self._ground(0.78))

    def legend(self, right: float) -> float:
        """A swatch and its words for each state, two in a row, below the map; returns where they end."""
        low, dark = 0.0, self.scene.dark
        for entry, (state, words) in enumerate(self.scene.legend):
            left, top = (entry % NAMES_PER_ROW) * right / NAMES_PER_ROW, -120 - (entry // NAMES_PER_ROW) * ROW
            corners = ((left, top), (left + 260, top), (left + 260, top - 210), (left, top - 210))
            self._shape(_ring(corners), swatch(state, dark=dark), name=f"legend {state}")
            if state == RATE:
                half = ((left + 130, top), *corners[1:3], (left + 130, top - 210))
                self._shape(_ring(half), swatch(state, dark=dark, highest=True), name="legend highest")
            if state == ZERO:
                self._words("0", left + 130, top - 105, size=SMALL_LETTERS)
            self._words(in_plotly(words), left + 310, top - 105, xanchor="left", size=SMALL_LETTERS)
            low = top - 210
        return low

    def foot(self, low: float) -> float:
        """The credit below the legend, with 审图号 or 内部参考; returns where it ends."""
        if not (lines := wrapped(self.scene.credit, CREDIT_LETTERS)):
            return low
        left = {"xanchor": "left", "yanchor": "top", "align": "left"}
        self._words(lines, 0, low - 90, size=SMALL_LETTERS, color=self.colours.unknown, **left)
        return low - 90 - CREDIT_ROW * (lines.count("<br>") + 1)

    def _shape(self, path: Path, paint: Paint, *, name: str, hover: str = "", edge: bool = True) -> None:
        dots, width = paint.plotly_pattern if paint.pattern else None, 1.2 if edge else UNSEEN
        fill = {"fill": "toself", "fillcolor": paint.ground, "fillpattern": dots, "hoveron": "fills"}
        told = {"text": wrapped(hover, HOVER_LETTERS) or None, "hoverinfo": "text" if hover else "skip"}
        self._line(path, paint.edge, width, name=name, **fill, **told)

    def _line(self, path: Path, ink: str, width: float = 1.2, **look: Any) -> None:
        line = {"color": ink, "width": width}
        at = {"x": path[:, 0], "y": path[:, 1], **self.on}
        self.chart.add_scatter(mode="lines", line=line, cliponaxis=False, **at, **{"hoverinfo": "skip", **look})

    def _touch(self, mark: MapMark, spot: Spot) -> None:
        """An unseen mark to choose a place by that has no symbol."""
        self._marker(mark, spot, opacity=0, size=TOUCH_PX, color=CLEAR, line={"width": 0})

    def _marker(self, mark: MapMark, spot: Spot, *, opacity: int, **marker: Any) -> None:
        at = {"x": [spot[0]], "y": [spot[1]], "customdata": [mark.place], **self.on}
        look = {"marker": marker | {"opacity": opacity}, "cliponaxis": False if opacity else None}
        chosen = {state: {"marker": {"opacity": opacity}} for state in ("selected", "unselected")}
        told = {"name": f"{mark.place}  ", "text": wrapped(mark.hover, HOVER_LETTERS), "hoverinfo": "text"}
        self.chart.add_scatter(mode="markers", **told, **at, **look, **chosen)

    def _words(self, text: str, x: float, y: float, *, size: int = 13, color: str = "", **more: Any) -> None:
        if text:
            font = {"size": size, "color": color or self.colours.ink}
            self.chart.add_annotation(**{**self.by, "x": x, "y": y, "text": text, "font": font, "borderpad": 1, **more})

    def _ground(self, opacity: float) -> str:
        ground = "15,23,34" if self.scene.dark else "255,255,255"
        return f"rgba({ground},{opacity:g})"


def _ring(corners: Sequence[Spot]) -> Path:
    return np.round(np.array([*corners, corners[0]])).astype(np.int16)


def _band(corners: Sequence[Spot]) -> Sequence[Spot]:
    """The left sixth of a tile, where its pattern stands so that the words beside it can be read."""
    (left, top), (right, _), (_, low), _ = corners
    edge = left + (right - left) * 0.16
    return (left, top), (edge, top), (edge, low), (left, low)
