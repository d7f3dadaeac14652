"""A chart as it leaves the house: one SVG that carries its title, unit, source line, day and notes inside, in light colours.

No browser takes part, so a laptop without one prints too. The drawing is read from the very plotly chart the screen shows,
mark by mark; what plotly can draw and this cannot (maps of tiles, pies, several axes) is refused by ``is_printable``.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.charts.labels import letters_wide
from pages.charts.palette import LIGHT
from pages.charts.scales import Scale, scales
from pages.charts.svg import group, line, pattern, rectangle, text_lines
from pages.charts.traces import DRAWN, annotations, traces

WIDTH = 960
EDGE = 32
TITLE_PX, BODY_PX, SMALL_PX = 24, 15, 13
LEADING = 1.45
"""Distance of two lines of text, as a multiple of its size."""


def is_printable(chart: go.Figure | None) -> bool:
    """Whether every trace of ``chart`` is of a kind drawn here, on one pair of axes."""
    return chart is not None and all(
        trace.type in DRAWN and (trace.xaxis or "x") == "x" and (trace.yaxis or "y") == "y" for trace in chart.data
    )


def printed(chart: go.Figure, *, title: str, above: Sequence[str] = (), below: Sequence[str] = ()) -> str:
    """``chart`` as SVG: ``title`` and the lines ``above`` it (unit), then the chart, then the lines ``below`` (note, source, day).

    Every string is shown as it is. Long lines are wrapped. The page is white and 960 units wide, as high as it needs to be.
    """
    head, y = [], float(EDGE)
    for words, size, ink, weight in [(title, TITLE_PX, LIGHT.ink, 700), *((row, BODY_PX, LIGHT.unknown, 400) for row in above)]:
        rows = folded(words, size)
        head.append(text_lines(rows, EDGE, y + size, size=size, ink=ink, weight=weight, leading=LEADING))
        y += len(rows) * size * LEADING
    drawing, height = _drawing(chart, top=y + 10)
    y += 10 + height + 18
    foot = [line(EDGE, y - 6, WIDTH - EDGE, y - 6, ink=LIGHT.quiet)]
    for words in below:
        rows = folded(words, SMALL_PX)
        foot.append(text_lines(rows, EDGE, y + SMALL_PX + 4, size=SMALL_PX, ink=LIGHT.unknown, leading=LEADING))
        y += len(rows) * SMALL_PX * LEADING
    return _page(y + EDGE, [*head, drawing, *foot], title)


def folded(words: str, size: int) -> list[str]:
    """``words`` over as many lines as the width of the page needs at ``size``; breaks after any Chinese character, or at a space."""
    room = 2 * (WIDTH - 2 * EDGE) / size
    rows: list[str] = []
    for paragraph in words.splitlines():
        row = ""
        for piece in _pieces(paragraph):
            if row and letters_wide(row + piece.rstrip()) > room:
                rows.append(row.rstrip())
                row = piece.lstrip()
            else:
                row += piece
        rows.append(row)
    return rows or [""]


def _pieces(paragraph: str) -> list[str]:
    """Words with the space behind them; a Chinese character is a word, and closing punctuation stays with what it closes."""
    pieces: list[str] = []
    for letter in paragraph:
        stays = letter in "，。；：、）》”！？%" or (letters_wide(letter) == 1 and letter != " " and letter not in "《（“")
        before = pieces[-1] if pieces else ""
        joins = before and (letter == " " or (stays and (letters_wide(before[-1]) == 1 or letter in "，。；：、）》”！？%")))
        if joins and not before.endswith(" "):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _drawing(chart: go.Figure, *, top: float) -> tuple[str, float]:
    """The chart's marks and axes below ``top``, and how high they stand."""
    scale = scales(chart, left=EDGE, right=WIDTH - EDGE, top=top)
    marks = [*traces(chart, scale), *_axes(chart, scale), *annotations(chart, scale)]
    return group(marks), scale.bottom + scale.below - top


def _axes(chart: go.Figure, scale: Scale) -> list[str]:
    size, drawn = BODY_PX, []
    for at, words in scale.y_ticks:
        rows = words.split("\n")
        start = scale.y(at) - (len(rows) - 1) * size * LEADING / 2 + size * 0.36
        drawn.append(text_lines(rows, scale.left - 8, start, size=size, ink=LIGHT.ink, anchor="end", leading=LEADING))
    for at, words in scale.x_ticks:
        drawn.append(
            text_lines(words.split("\n"), scale.x(at), scale.bottom + size + 8, size=size, ink=LIGHT.ink, anchor="middle",
                       leading=LEADING)
        )  # fmt: skip
    if chart.layout.xaxis.showline:
        drawn.append(line(scale.left, scale.bottom, scale.right, scale.bottom, ink=LIGHT.quiet))
    return drawn


def _page(height: float, parts: Sequence[str], title: str) -> str:
    drawn = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}" viewBox="0 0 {WIDTH} {height:.0f}">'
        f"{pattern.title(title)}{pattern.definitions(drawn)}{rectangle(0, 0, WIDTH, height, fill='#FFFFFF')}{drawn}</svg>\n"
    )
