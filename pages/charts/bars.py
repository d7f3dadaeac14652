"""Horizontal bars, which several forms draw: one trace per state, words beside the bars; and bars of places held side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import plotly.graph_objects as go

from pages.charts.palette import bar_paint
from pages.charts.template import LETTERS, apply_template, letters_wide, wrapped
from pages.wording.literal import in_plotly
from pages.wording.marks import WordedMark

STUB = 0.035
"""Length of a bar without a number, as a share of the longest: room for its pattern, no claim of a value."""

ROW_PX, LINE_PX = 38, LETTERS * 1.35
WIDTH, LATIN_WIDTH = 16, 32
"""Letters in one line of a label before the bars, Chinese and Latin: two lines are as high as a row."""

LETTER_PX = 8
"""Width of a Latin letter beside a bar; a Chinese one is twice as wide."""

PALE = 0.4
"""Opacity of the bars of peers."""


def horizontal_bars(*, marks: Iterable[WordedMark], dark: bool = False) -> go.Figure:
    """Horizontal bars, one per shown mark in their order from the top.

    A mark without a value gets a stub in its state's pattern and its word; a value of 0 is written out.  No marks give an empty chart.
    """
    shown = shown_marks(marks)
    chart = go.Figure()
    top = max((float(mark.value) for mark in shown if mark.value is not None), default=1.0) or 1.0
    for state in dict.fromkeys(mark.state for mark in shown):
        of_state = [(at, mark) for at, mark in enumerate(shown) if mark.state == state]
        chart.add_bar(
            name=state,
            orientation="h",
            y=[at for at, _ in of_state],
            x=[length(mark, top) for _, mark in of_state],
            text=[in_plotly(mark.text) for _, mark in of_state],
            textposition="outside",
            cliponaxis=False,
            marker=bar_paint(state, dark=dark).marker,
            hovertemplate="%{customdata}<extra></extra>",
            customdata=[hover(mark) for _, mark in of_state],
        )
    chart.update_layout(barmode="overlay")
    chart.update_xaxes(visible=False, range=[0, top])
    chart.update_yaxes(
        autorange="reversed",
        tickmode="array",
        tickvals=list(range(len(shown))),
        ticktext=[wrapped(mark.label, LATIN_WIDTH if mark.label.isascii() else WIDTH) for mark in shown],
    )
    return apply_template(chart, height=ROW_PX * max(len(shown), 1) + 24, dark=dark, right=_room_for_texts(shown, top))


def shown_marks(marks: Iterable[WordedMark]) -> list[WordedMark]:
    """The marks that are drawn as bars."""
    return [mark for mark in marks if mark.part == "shown"]


def length(mark: WordedMark, top: float) -> float:
    """How long the bar of a mark is, where the longest is ``top``."""
    return STUB * top if mark.value is None else float(mark.value)


def _room_for_texts(marks: Sequence[WordedMark], top: float) -> int:
    """Pixels right of the bars that the texts beside the longest of them need, whatever the chart's width."""
    long_bars = [mark for mark in marks if length(mark, top) > top / 2]
    return max((LETTER_PX * letters_wide(mark.text) for mark in long_bars), default=0) + 12


def hover(mark: WordedMark) -> str:
    """What hovering over a mark says."""
    return in_plotly(f"{mark.label} {mark.text}")


def bars_side_by_side(*, marks: Sequence[WordedMark], dark: bool = False) -> go.Figure:
    """Horizontal bars in rows as high as their labels have lines, which carry a year and a name."""
    chart = horizontal_bars(marks=marks, dark=dark)
    lines = max((wrapped(mark.label).count("<br>") + 1 for mark in marks), default=1)
    row = max(ROW_PX, LINE_PX * lines + 12)
    return chart.update_layout(height=int(row * max(len(marks), 1)) + 24)


def strip_of_peers(*, marks: Iterable[WordedMark], place: str, dark: bool = False) -> go.Figure:
    """Horizontal bars of which that of ``place`` stands out, its name in bold, the others pale; none does where it has no mark."""
    shown = shown_marks(marks)
    chart = horizontal_bars(marks=shown, dark=dark)
    bold = [at for at, mark in enumerate(shown) if mark.place == place]
    for trace in chart.data:
        trace.marker.opacity = [1 if at in bold else PALE for at in trace.y]
    names = list(chart.layout.yaxis.ticktext or ())
    for at in bold:
        names[at] = f"<b>{names[at]}</b>"
    return chart.update_yaxes(ticktext=names)
