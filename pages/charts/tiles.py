"""The tile grid: one labelled tile per place in the layout of city.toml. It shows no boundary, so it may be exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from pages.charts.map_scene import RATE, ZERO, Scene, swatch
from pages.charts.palette import CLEAR, Marker, apply_template, bar_paint, palette, wrapped
from pages.wording.maps import Legend, MapMark

WIDE, HIGH, BAND = 0.94, 0.84, 0.13
"""Of a cell: width and height of its tile, width of the band on its left that carries the pattern."""

CELL_PX, LINE_PX = 92, 19
LEGEND_ROW = 0.5  # height of a row of the legend, in cells
Cells = Mapping[str, tuple[int, int]]  # place -> (column, row)


def tiles_of_places(scene: Scene, tiles: Cells) -> go.Figure:
    """One tile per mark at its (column, row) of ``tiles``, with name and number; no marks give an empty chart.
    A place without a tile of its own stands in a row below the others. The band on a tile's left has the pattern of its state,
    and for a rate its shade; the words stand on plain ground."""
    cells = _cells([mark.place for mark in scene.marks], tiles)
    columns = 1 + max((column for column, _ in cells.values()), default=0)
    high = 1 + max((row for _, row in cells.values()), default=0)
    chart = go.Figure()
    if scene.marks:
        frame: Marker = {"color": CLEAR, "line": {"color": palette(dark=scene.dark).unknown, "width": 1}}
        hovers = {"hovertext": [wrapped(mark.hover, 44) for mark in scene.marks], "hoverinfo": "text"}
        chart.add_bar(name="tiles", width=WIDE, marker=frame, **_boxes(scene.marks, cells), **hovers)
    bands: dict[tuple[str, str], list[MapMark]] = {}
    for mark in scene.marks:
        bands.setdefault((str(mark.state), scene.shade(mark)), []).append(mark)
    for (state, ground), marks in bands.items():
        paint, boxes = bar_paint(state, dark=scene.dark), _boxes(marks, cells, (WIDE - BAND) / 2)
        shade: Marker = {"color": ground, "pattern": {**paint.plotly_pattern, "bgcolor": ground}} if ground else {}
        chart.add_bar(name=state, width=BAND, marker=paint.marker | shade, hoverinfo="skip", **boxes)
    for mark in scene.marks:
        column, line = cells[mark.place]
        text = f"{wrapped(mark.label, 15)}<br><b>{wrapped(mark.text, 16)}</b>"
        chart.add_annotation(x=column + BAND / 2, y=-line, text=text, showarrow=False)
    end = _add_legend(chart, scene.legend, columns, high, dark=scene.dark) if scene.marks else 0.0
    chart.update_layout(barmode="overlay")
    chart.update_xaxes(visible=False, range=[-0.5, columns - 0.5])
    chart.update_yaxes(visible=False, range=[-end - 0.1, 0.5])
    lines = max((note.text.count("<br>") + 1 for note in chart.layout.annotations), default=1)
    height = round(max(CELL_PX, LINE_PX * lines / HIGH + 8) * (end + 0.6)) + 14
    return apply_template(chart, height=height, dark=scene.dark)


def _cells(places: Sequence[str], tiles: Cells) -> Cells:
    """The cell of each place, rows without a tile left out, those without a tile of their own in rows below."""
    there = {place: tiles[place] for place in places if place in tiles}
    lines = {line: rank for rank, line in enumerate(sorted({line for _, line in there.values()}))}
    columns = 1 + max((column for column, _ in there.values()), default=min(len(places), 4) - 1)
    others = [place for place in places if place not in tiles]
    below = {place: (rank % columns, len(lines) + rank // columns) for rank, place in enumerate(others)}
    return {place: (column, lines[line]) for place, (column, line) in there.items()} | below


def _boxes(marks: Sequence[MapMark], cells: Cells, left: float = 0) -> dict[str, list[float] | list[str]]:
    """The boxes of ``marks``, moved to the ``left``."""
    spots = [cells[mark.place] for mark in marks]
    high = {"y": [HIGH] * len(spots), "base": [-line - HIGH / 2 for _, line in spots]}
    return {"x": [column - left for column, _ in spots], "customdata": [mark.place for mark in marks], **high}


def _add_legend(chart: go.Figure, legend: Legend, columns: int, high: int, *, dark: bool) -> float:
    """A swatch and its words for each state, two cells wide where there is room; returns where it ends, in cells below the top."""
    per_row = max(1, min(2, columns))
    for entry, (state, words) in enumerate(legend):
        x = -0.5 + (entry % per_row) * columns / per_row
        y = -(high - 0.5) - LEGEND_ROW * (0.55 + entry // per_row)
        paint = swatch(state, dark=dark)
        plain: Marker = {"color": paint.ground, "line": {"color": paint.edge, "width": 1}}
        marker = plain if state in (ZERO, RATE) else bar_paint(state, dark=dark).marker
        bar = {"y": [0.24], "base": [y - 0.12], "hoverinfo": "skip"}
        chart.add_bar(name=f"legend {state}", x=[x + 0.09], width=0.14, marker=marker, **bar)
        if state == RATE:
            fullest = {"color": swatch(state, dark=dark, highest=True).ground, "line": {"width": 0}}
            chart.add_bar(name="legend highest", x=[x + 0.125], width=0.07, marker=fullest, **bar)
        if state == ZERO:
            chart.add_annotation(x=x + 0.09, y=y, text="0", showarrow=False)
        chart.add_annotation(x=x + 0.2, y=y, text=wrapped(words, 30), showarrow=False, xanchor="left")
    return high - 0.5 + LEGEND_ROW * (0.3 + -(-len(legend) // per_row))
