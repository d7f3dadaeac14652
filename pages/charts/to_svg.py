"""A chart as it is exported: one SVG with its title, unit, source line, day and notes inside, on white, in light colours.
No browser takes part, so a laptop without one prints too.  The drawing is read from the very plotly chart that the screen
shows, mark by mark; what plotly can draw and this cannot is refused by ``is_printable``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

import plotly.graph_objects as go

from pages.charts import svg
from pages.charts.palette import DARK, LIGHT

WIDTH = 960
EDGE = 32
TITLE_PX, LINE_PX, FOOT_PX = 23, 15, 13
CLOSING = "，。；：、）》”！？%…"
OPENING = "（《“"


def is_printable(chart: go.Figure | None) -> bool:
    """Whether every trace of ``chart`` is of a kind drawn here, on one pair of axes, and no shapes lie over them."""
    if chart is None or chart.layout.shapes:
        return False
    return all(trace.type in DRAWN and (trace.xaxis or "x", trace.yaxis or "y") == ("x", "y") for trace in chart.data)


def to_svg(chart: go.Figure, *, title: str, above: Sequence[str] = (), below: Sequence[str] = ()) -> str:
    """``chart`` as SVG: the title, the lines ``above`` the chart, the chart, the lines ``below`` it.
    Every string is shown as it is, wrapped where it is longer than the page is wide (960 units); the page is as high as that
    needs."""
    parts, y = _block([title], EDGE - 8, size=TITLE_PX, ink=LIGHT.ink, bold=True)
    more, y = _block(above, y + 2, size=LINE_PX, ink=LIGHT.unknown)
    scale = svg.scale_of(chart, left=EDGE, right=WIDTH - EDGE, top=y + 12)
    foot, end = _block(below, scale.end + 26, size=FOOT_PX, ink=LIGHT.unknown)
    rule = svg.line([(EDGE, scale.end + 18), (WIDTH - EDGE, scale.end + 18)], ink=LIGHT.quiet)
    drawn = [*svg_elements(chart, scale), *_axes(chart, scale)]
    return svg.page(WIDTH, round(end + EDGE - 8), title, [*parts, *more, *drawn, rule, *foot])


def folded(words: str, size: float, room: float = WIDTH - 2 * EDGE) -> list[str]:
    """``words`` over as many lines as ``room`` needs: broken at a space or beside a Chinese character, never before 。or after （."""
    rows = [""]
    for piece in _pieces(words):
        if rows[-1] and svg.wide((rows[-1] + piece).rstrip(), size) > room:
            rows.append("")
        rows[-1] += piece
    return [row.strip() for row in rows]


def _pieces(words: str) -> list[str]:
    pieces = [""]
    for letter in " ".join(words.split()):
        before = pieces[-1][-1:]
        is_latin = letter.isascii() and before.isascii() and before != " "
        if before == "" or letter in CLOSING or letter == " " or before in OPENING or is_latin:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _block(lines: Sequence[str], y: float, *, size: float, ink: str, bold: bool = False) -> tuple[list[str], float]:
    """Lines of text from ``y`` down, and where they end."""
    drawn = []
    for words in filter(None, lines):
        rows = folded(words, size)
        drawn.append(svg.text(rows, EDGE, y + size, size=size, ink=ink, bold=bold))
        y += len(rows) * size * svg.LEADING
    return drawn, y


def _axes(chart: go.Figure, scale: svg.Scale) -> list[str]:
    drawn = []
    for at, rows in zip(scale.y_ticks.at, scale.y_ticks.rows, strict=True):
        first = scale.y(at) - (len(rows) - 1) * svg.TICK_PX * svg.LEADING / 2 + svg.TICK_PX * 0.36
        drawn.append(svg.text(rows, scale.left - 10, first, size=svg.TICK_PX, ink=LIGHT.ink, anchor="end"))
    below = scale.bottom + svg.TICK_PX + 8
    for at, rows in zip(scale.x_ticks.at, scale.x_ticks.rows, strict=True):
        drawn.append(svg.text(rows, scale.x(at), below, size=svg.TICK_PX, ink=LIGHT.ink, anchor="middle"))
    if chart.layout.xaxis.showline:
        drawn.append(svg.line([(scale.left, scale.bottom), (scale.right, scale.bottom)], ink=LIGHT.quiet))
    return drawn


_LIGHT_OF: Mapping[str, str] = {getattr(DARK, each.name).lower(): getattr(LIGHT, each.name) for each in fields(LIGHT)}


def svg_elements(chart: go.Figure, scale: svg.Scale) -> Iterator[str]:
    """Every trace of ``chart`` in its order, then its annotations, placed by its axes; KeyError for a kind of trace nobody drew."""
    for at, trace in enumerate(chart.data):
        if trace.visible is not False:
            yield from DRAWN[trace.type](trace, scale, f"p{at}")
    for note in chart.layout.annotations or ():
        yield from _annotation(note, scale)


def in_light(colour: Any, otherwise: str = "") -> str:
    """The light theme's colour for one of the dark theme's; any other colour as it is."""
    named = str(colour or otherwise)
    return _LIGHT_OF.get(named.lower(), named)


def _bars(trace: go.Bar, scale: svg.Scale, name: str) -> Iterator[str]:
    lies = trace.orientation == "h"
    slots, lengths = svg.values(trace.y if lies else trace.x), svg.values(trace.x if lies else trace.y)
    marker = trace.marker
    fill = in_light(marker.color, LIGHT.done)
    look = marker.pattern
    if look is not None and look.shape:
        ink, ground = in_light(look.fgcolor, LIGHT.done), in_light(look.bgcolor or marker.color)
        size, solidity = float(look.size or 8), float(look.solidity or 0.3)
        yield svg.pattern(name, str(look.shape), ink=ink, ground=ground, size=size, solidity=solidity)
        fill = f"url(#{name})"
    ink, thick = in_light(marker.line.color), float(marker.line.width or 0)
    bases = _each(trace.base, len(slots), 0)
    texts = _each(trace.text, len(slots), "")
    widths = _each(trace.width, len(slots), svg.BAR_SHARE)
    for slot, length, base, words, share in zip(slots, lengths, bases, texts, widths, strict=True):
        if length is None:
            continue
        half, ends = float(share) / 2, (float(base), float(base) + float(length))
        across, along = (scale.y, scale.x) if lies else (scale.x, scale.y)
        first, last = sorted((across(svg.number(slot) - half), across(svg.number(slot) + half)))
        low, high = sorted((along(ends[0]), along(ends[1])))
        box = (low, first, high - low, last - first) if lies else (first, low, last - first, high - low)
        yield svg.rectangle(*box, fill=fill, ink=ink, thick=thick)
        middle = (first + last) / 2
        rows = svg.plain_lines(words)
        if any(rows) and lies:
            yield _words(rows, along(ends[1]) + 6, middle, anchor="start")
        elif any(rows):
            yield _words(rows, middle, low - 6 - len(rows) * svg.TICK_PX * svg.LEADING / 2, anchor="middle")


def _points(trace: go.Scatter, scale: svg.Scale, _name: str) -> Iterator[str]:
    given = zip(svg.values(trace.x), svg.values(trace.y), strict=True)
    at = [(scale.x(x), scale.y(y)) for x, y in given if x is not None and y is not None]
    mode = str(trace.mode or ("lines" if len(at) > 1 else "markers"))
    if "lines" in mode and at:
        fill = in_light(trace.fillcolor) if trace.fill == "toself" else ""
        yield svg.line(at, ink=in_light(trace.line.color, LIGHT.done), thick=float(trace.line.width or 2), fill=fill)
    if "markers" in mode:
        sizes, colours = _each(trace.marker.size, len(at), 10), _each(trace.marker.color, len(at), LIGHT.done)
        symbol = str(trace.marker.symbol or "circle")
        for (x, y), size, colour in zip(at, sizes, colours, strict=True):
            yield _mark(symbol, x, y, float(size) / 2, in_light(colour), trace.marker.line)
    if "text" in mode:
        for (x, y), words in zip(at, _each(trace.text, len(at), ""), strict=True):
            yield _words(svg.plain_lines(words), x, y, anchor="middle")


DRAWN: Mapping[str, Callable[[go.Bar | go.Scatter, svg.Scale, str], Iterator[str]]] = {"bar": _bars, "scatter": _points}
"""Kind of plotly trace -> how it is drawn here."""


def _mark(symbol: str, x: float, y: float, radius: float, colour: str, edge: go.scatter.marker.Line) -> str:
    is_open = symbol.endswith("-open")
    ink, thick = (colour, 2.5) if is_open else (in_light(edge.color), float(edge.width or 0))
    fill = "#FFFFFF" if is_open else colour
    if not symbol.startswith("square"):
        return svg.circle(x, y, radius, fill=fill, ink=ink, thick=thick)
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return svg.line([(x + dx * radius, y + dy * radius) for dx, dy in corners], ink=ink, thick=thick, fill=fill)


def _annotation(note: go.layout.Annotation, scale: svg.Scale) -> Iterator[str]:
    x, y = scale.x(note.x), scale.y(note.y)
    tail = (x + float(note.ax or 0), y + float(note.ay or 0))
    if note.showarrow is not False:
        yield from _arrow((x, y), tail, note)
        x, y = tail
    rows = svg.plain_lines(note.text)
    if not any(rows):
        return
    high = len(rows) * svg.TICK_PX * svg.LEADING
    middle = y - float(note.yshift or 0) + {"top": high / 2, "bottom": -high / 2}.get(str(note.yanchor), 0)
    anchor = {"left": "start", "right": "end"}.get(str(note.xanchor), "middle")
    yield _words(rows, x + float(note.xshift or 0), middle, anchor=anchor, ink=in_light(note.font.color, LIGHT.ink))


def _arrow(head: tuple[float, float], tail: tuple[float, float], note: go.layout.Annotation) -> Iterator[str]:
    long = ((tail[0] - head[0]) ** 2 + (tail[1] - head[1]) ** 2) ** 0.5
    if not long:
        return
    step = ((tail[0] - head[0]) / long, (tail[1] - head[1]) / long)
    start = (head[0] + step[0] * float(note.standoff or 0), head[1] + step[1] * float(note.standoff or 0))
    ink = in_light(note.arrowcolor, LIGHT.ink)
    at, to = (tail, step) if "start" in str(note.arrowside or "end") else (start, (-step[0], -step[1]))
    yield svg.line([start, tail], ink=ink, thick=float(note.arrowwidth or 2))
    yield svg.line(
        [
            (at[0] + to[0] * 5, at[1] + to[1] * 5),
            (at[0] - to[0] * 5 - to[1] * 5, at[1] - to[1] * 5 + to[0] * 5),
            (at[0] - to[0] * 5 + to[1] * 5, at[1] - to[1] * 5 - to[0] * 5),
        ],
        ink=ink, thick=0, fill=ink,
    )  # fmt: skip


def _words(rows: list[str], x: float, middle: float, *, anchor: str, ink: str = LIGHT.ink) -> str:
    """Lines of text around the height ``middle``."""
    first = middle - (len(rows) - 1) * svg.TICK_PX * svg.LEADING / 2 + svg.TICK_PX * 0.36
    return svg.text(rows, x, first, size=svg.TICK_PX, ink=ink, anchor=anchor)


def _each(given: Any, count: int, otherwise: Any) -> list[Any]:
    """One value for each mark from an attribute that holds one for all, one for each, or none."""
    if given is None:
        return [otherwise] * count
    if isinstance(given, str) or not hasattr(given, "__len__"):
        return [given] * count
    return [otherwise if each is None else each for each in given]
