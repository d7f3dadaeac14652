"""Horizontal bars, which several forms draw: one trace per state, words beside the bars; and bars of places held side by side."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import plotly.graph_objects as go

from pages.charts.palette import LETTERS, Marker, apply_template, bar_paint, letters_wide, wrapped
from pages.wording.literal import in_plotly
from pages.wording.marks import WordedMark

STUB = 0.035  # length of a bar without a number, as a share of the longest: room for its pattern, no claim of a value

ROW_PX, LINE_PX = 38, LETTERS * 1.35
WIDTH, LATIN_WIDTH = 16, 32
"""Letters in one line of a label before the bars, Chinese and Latin: two lines are as high as a row."""

LETTER_PX = 8  # width of a Latin letter beside a bar; a Chinese one is twice as wide
PALE = 0.4  # opacity of the bars of peers
HOVER = "%{customdata}<extra></extra>"
Look = Mapping[str, str | bool | Marker | list[str]]


def horizontal_bars(*, marks: Iterable[WordedMark], dark: bool = False) -> go.Figure:
    """Horizontal bars, one per shown mark in their order from the top.
    A mark without a value gets a stub in its state's pattern and its word; a value of 0 is written out.  No marks give an empty chart."""
    shown = shown_marks(marks)
    chart = go.Figure()
    top = highest(shown)
    for state, places, lengths, look in bars_by_state(shown, range(len(shown)), top, dark=dark):
        chart.add_bar(name=state, orientation="h", y=places, x=lengths, **look)
    chart.update_layout(barmode="overlay")
    chart.update_xaxes(visible=False, range=[0, top])
    rows = list(range(len(shown)))
    names = [wrapped(mark.label, LATIN_WIDTH if mark.label.isascii() else WIDTH) for mark in shown]
    chart.update_yaxes(autorange="reversed", tickmode="array", tickvals=rows, ticktext=names)
    long_bars = [mark for mark in shown if _length(mark, top) > top / 2]
    right = max((LETTER_PX * letters_wide(mark.text) for mark in long_bars), default=0) + 12
    return apply_template(chart, height=ROW_PX * max(len(shown), 1) + 24, dark=dark, right=right)


def bars_by_state(
    shown: Sequence[WordedMark], worded: Container[int], top: float, *, dark: bool
) -> Iterator[tuple[str, list[int], list[float], Look]]:
    """The bars of each state: where they stand among ``shown``, how long they are where the longest is ``top``, and what else their trace
    says; those ``worded`` have their texts beside them."""
    for state in dict.fromkeys(mark.state for mark in shown):
        of_state = [(at, mark) for at, mark in enumerate(shown) if mark.state == state]
        look: Look = {
            "text": [in_plotly(mark.text) if at in worded else "" for at, mark in of_state],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": bar_paint(state, dark=dark).marker,
            "hovertemplate": HOVER,
            "customdata": [hover(mark) for _, mark in of_state],
        }
        yield state, [at for at, _ in of_state], [_length(mark, top) for _, mark in of_state], look


def shown_marks(marks: Iterable[WordedMark]) -> list[WordedMark]:
    """The marks that are drawn as bars."""
    return [mark for mark in marks if mark.part == "shown"]


def highest(marks: Iterable[WordedMark]) -> float:
    """The highest value of ``marks``, by which an axis is scaled; 1 where there is none above 0."""
    return max((float(mark.value) for mark in marks if mark.value is not None), default=1.0) or 1.0


def _length(mark: WordedMark, top: float) -> float:
    return STUB * top if mark.value is None else float(mark.value)


def hover(mark: WordedMark) -> str:
    """What hovering over a mark says."""
    return in_plotly(f"{mark.label} {mark.text}")


def bars_side_by_side(*, marks: Sequence[WordedMark], dark: bool = False) -> go.Figure:
    """Horizontal bars in rows as high as their labels have lines, which carry a year and a name."""
    chart = horizontal_bars(marks=marks, dark=dark)
    row = max(ROW_PX, LINE_PX * max((wrapped(mark.label).count("<br>") + 1 for mark in marks), default=1) + 12)
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
