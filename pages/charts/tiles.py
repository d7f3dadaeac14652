"""The tile grid: one labelled tile per place in the layout of city.toml. It shows no boundary, so it may be exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pages.charts.labels import wrapped
from pages.charts.maps_style import RATE, ZERO, shade, swatch
from pages.charts.palette import CLEAR, bar_marker, palette
from pages.charts.template import apply_template

WIDE, HIGH, BAND = 0.94, 0.84, 0.13
"""Of a cell: width and height of its tile, width of the band on its left that carries the pattern."""

CELL_PX, LINE_PX = 92, 19
LEGEND_ROW = 0.5
"""Height of a row of the legend, in cells."""

Legend = Sequence[tuple[str, str]]
Mark = dict[str, Any]


def tiles_of_places(
    *,
    marks: pd.DataFrame,
    tiles: Mapping[str, tuple[int, int]],
    legend: Legend,
    rate: bool = False,
    dark: bool = False,
) -> go.Figure:
    """One tile per row of ``marks`` (pages.wording.maps.map_words) at its (column, row) of ``tiles``, with name and number.

    A place without a tile of its own stands in a row below the others. The band on a tile's left has the pattern of its state,
    and for a rate its shade; the words stand on plain ground. ``legend`` lists (state, words). No marks give an empty chart.
    """
    rows = [{str(name): value for name, value in row.items()} for row in marks.to_dict("records")]
    cells = _cells(rows, tiles)
    columns = 1 + max((column for column, _ in cells.values()), default=0)
    high = 1 + max((row for _, row in cells.values()), default=0)
    chart = go.Figure()
    if rows:
        _add_boxes(chart, rows, cells, dark=dark)
    keys = [(str(row["state"]), ground) for row, ground in zip(rows, _shades(rows, rate=rate, dark=dark), strict=True)]
    for state, ground in dict.fromkeys(keys):
        own = [row for row, key in zip(rows, keys, strict=True) if key == (state, ground)]
        _add_bands(chart, own, cells, state, ground, dark=dark)
    for row in rows:
        column, line = cells[row["place"]]
        text = f"{wrapped(row['label'], 15)}<br><b>{wrapped(row['text'], 16)}</b>"
        chart.add_annotation(x=column + BAND / 2, y=-line, text=text, showarrow=False)
    end = _add_legend(chart, legend, columns, high, dark=dark) if rows else 0.0
    chart.update_layout(barmode="overlay")
    chart.update_xaxes(visible=False, range=[-0.5, columns - 0.5])
    chart.update_yaxes(visible=False, range=[-end - 0.1, 0.5])
    lines = max((note.text.count("<br>") + 1 for note in chart.layout.annotations), default=1)
    return apply_template(chart, height=round(max(CELL_PX, LINE_PX * lines / HIGH + 8) * (end + 0.6)) + 14, dark=dark)


def _cells(rows: Sequence[Mark], tiles: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Place -> (column, row), rows without a tile left out, those without a tile of their own in rows below."""
    there = {row["place"]: tiles[row["place"]] for row in rows if row["place"] in tiles}
    lines = {line: at for at, line in enumerate(sorted({line for _, line in there.values()}))}
    columns = 1 + max((column for column, _ in there.values()), default=min(len(rows), 4) - 1)
    found = {place: (column, lines[line]) for place, (column, line) in there.items()}
    others = [row["place"] for row in rows if row["place"] not in tiles]
    below = {place: (at % columns, len(lines) + at // columns) for at, place in enumerate(others)}
    return {row["place"]: {**found, **below}[row["place"]] for row in rows}


def _shades(rows: Sequence[Mark], *, rate: bool, dark: bool) -> list[str]:
    """The shade of each row's rate; "" for what is not shaded."""
    values = [row["value"] for row in rows if row["value"] is not None]
    return [
        shade(row["value"], min(values), max(values), dark=dark) if rate and row["value"] is not None else ""
        for row in rows
    ]


def _add_boxes(chart: go.Figure, rows: Sequence[Mark], cells: Mapping[str, tuple[int, int]], *, dark: bool) -> None:
    at = [cells[row["place"]] for row in rows]
    chart.add_bar(
        name="tiles", x=[column for column, _ in at], y=[HIGH] * len(at), base=[-line - HIGH / 2 for _, line in at],
        width=WIDE, marker={"color": CLEAR, "line": {"color": palette(dark=dark).unknown, "width": 1}},
        customdata=[row["place"] for row in rows], hovertext=[wrapped(row["hover"], 44) for row in rows],
        hoverinfo="text",
    )  # fmt: skip


def _add_bands(
    chart: go.Figure, own: Sequence[Mark], cells: Mapping[str, tuple[int, int]], state: str, ground: str, *, dark: bool
) -> None:
    at = [cells[row["place"]] for row in own]
    marker = dict(bar_marker(state, dark=dark))
    if ground:
        marker |= {"color": ground, "pattern": {**marker["pattern"], "bgcolor": ground}}
    chart.add_bar(
        name=state, x=[column - (WIDE - BAND) / 2 for column, _ in at], y=[HIGH] * len(at), width=BAND,
        base=[-line - HIGH / 2 for _, line in at], marker=marker, customdata=[row["place"] for row in own],
        hoverinfo="skip",
    )  # fmt: skip


def _add_legend(chart: go.Figure, legend: Legend, columns: int, high: int, *, dark: bool) -> float:
    """A swatch and its words for each state, two cells wide where there is room; returns where it ends, in cells below the top."""
    per_row = max(1, min(2, columns))
    for at, (state, words) in enumerate(legend):
        x = -0.5 + (at % per_row) * columns / per_row
        y = -(high - 0.5) - LEGEND_ROW * (0.55 + at // per_row)
        own = swatch(state, dark=dark)
        plain = {"color": own.ground, "line": {"color": own.edge, "width": 1}}
        marker = plain if state in (ZERO, RATE) else dict(bar_marker(state, dark=dark))
        chart.add_bar(
            name=f"legend {state}", x=[x + 0.09], y=[0.24], base=[y - 0.12], width=0.14, marker=marker, hoverinfo="skip"
        )
        if state == RATE:
            fullest = {"color": swatch(state, dark=dark, highest=True).ground, "line": {"width": 0}}
            chart.add_bar(
                name="legend highest",
                x=[x + 0.125],
                y=[0.24],
                base=[y - 0.12],
                width=0.07,
                marker=fullest,
                hoverinfo="skip",
            )
        if state == ZERO:
            chart.add_annotation(x=x + 0.09, y=y, text="0", showarrow=False)
        chart.add_annotation(x=x + 0.2, y=y, text=wrapped(words, 30), showarrow=False, xanchor="left")
    return high - 0.5 + LEGEND_ROW * (0.3 + -(-len(legend) // per_row))
