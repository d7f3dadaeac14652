"""A chart as it is exported: one SVG with its title, unit, source line, day and notes inside, on white, in light colours.

No browser takes part, so a laptop without one prints too.  The drawing is read from the very plotly chart that the screen
shows, mark by mark; what plotly can draw and this cannot is refused by ``is_printable``.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.charts.palette import LIGHT
from pages.charts.scales import TICK_PX, Scale, scale_of, wide
from pages.charts.svg import LEADING, line, page, text
from pages.charts.svg_elements import DRAWN, svg_elements

WIDTH = 960
EDGE = 32
TITLE_PX, LINE_PX, FOOT_PX = 23, 15, 13
CLOSING = "，。；：、）》”！？%…"
OPENING = "（《“"


def is_printable(chart: go.Figure | None) -> bool:
    """Whether every trace of ``chart`` is of a kind drawn here, on one pair of axes."""
    return chart is not None and all(
        trace.type in DRAWN and (trace.xaxis or "x") == "x" and (trace.yaxis or "y") == "y" for trace in chart.data
    )


def to_svg(chart: go.Figure, *, title: str, above: Sequence[str] = (), below: Sequence[str] = ()) -> str:
    """``chart`` as SVG: the title, the lines ``above`` the chart, the chart, the lines ``below`` it.

    Every string is shown as it is, wrapped where it is longer than the page is wide (960 units); the page is as high as that
    needs.
    """
    parts, y = _block([title], EDGE - 8, size=TITLE_PX, ink=LIGHT.ink, bold=True)
    more, y = _block(above, y + 2, size=LINE_PX, ink=LIGHT.unknown)
    scale = scale_of(chart, left=EDGE, right=WIDTH - EDGE, top=y + 12)
    foot, end = _block(below, scale.end + 26, size=FOOT_PX, ink=LIGHT.unknown)
    rule = line([(EDGE, scale.end + 18), (WIDTH - EDGE, scale.end + 18)], ink=LIGHT.quiet)
    return page(
        WIDTH,
        round(end + EDGE - 8),
        title,
        [*parts, *more, *svg_elements(chart, scale), *_axes(chart, scale), rule, *foot],
    )


def folded(words: str, size: float, room: float = WIDTH - 2 * EDGE) -> list[str]:
    """``words`` over as many lines as ``room`` needs: broken at a space or beside a Chinese character, never before 。or after （."""
    rows = [""]
    for piece in _pieces(words):
        if rows[-1] and wide((rows[-1] + piece).rstrip(), size) > room:
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
        drawn.append(text(rows, EDGE, y + size, size=size, ink=ink, bold=bold))
        y += len(rows) * size * LEADING
    return drawn, y


def _axes(chart: go.Figure, scale: Scale) -> list[str]:
    drawn = []
    for at, rows in zip(scale.y_ticks.at, scale.y_ticks.rows, strict=True):
        first = scale.y(at) - (len(rows) - 1) * TICK_PX * LEADING / 2 + TICK_PX * 0.36
        drawn.append(text(rows, scale.left - 10, first, size=TICK_PX, ink=LIGHT.ink, anchor="end"))
    for at, rows in zip(scale.x_ticks.at, scale.x_ticks.rows, strict=True):
        drawn.append(text(rows, scale.x(at), scale.bottom + TICK_PX + 8, size=TICK_PX, ink=LIGHT.ink, anchor="middle"))
    if chart.layout.xaxis.showline:
        drawn.append(line([(scale.left, scale.bottom), (scale.right, scale.bottom)], ink=LIGHT.quiet))
    return drawn
