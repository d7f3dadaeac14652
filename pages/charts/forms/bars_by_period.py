"""Upright bars by period, a target as a mark of its own; the title tells what was done of what was planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import plotly.graph_objects as go

from etl.language import is_chinese
from etl.model import Mark, Measure
from pages.charts.bars import bars_by_state, highest, hover, shown_marks
from pages.charts.form import Form, Numbers, OfficeKind
from pages.charts.palette import apply_template, palette, wrapped
from pages.wording.catalog import _
from pages.wording.dates import time_text
from pages.wording.literal import in_plotly
from pages.wording.marks import WordedMark, mark_text
from pages.wording.numbers import number_text, per_cent_text

UPRIGHT_PX = 280
ROOMY = 8  # so many upright bars have room for a word each
EDGE = 0.08
"""Room beside the first and the last of more bars than that, as a share of all: their words are wider than they are."""


def bars_by_period(*, marks: Sequence[WordedMark], dark: bool = False) -> go.Figure:
    """Upright bars, one per period, actual solid and plan hatched; a target (``part`` beside) is a line across its period."""
    shown = shown_marks(marks)
    chart = go.Figure()
    top, worded = highest(marks), _in_words(shown)
    for state, places, heights, look in bars_by_state(shown, worded, top, dark=dark):
        chart.add_bar(name=state, x=places, y=heights, width=0.5, constraintext="none", **look)
    _add_targets(chart, shown, marks, dark=dark)
    edge = EDGE * len(shown) if len(shown) > ROOMY else 0
    chart.update_layout(barmode="overlay")
    names = [wrapped(shown[at].label) for at in worded]
    reach = [-0.6 - edge, max(len(shown), 1) - 0.25 + edge]
    chart.update_xaxes(tickmode="array", tickvals=worded, ticktext=names, tickangle=0, range=reach)
    chart.update_yaxes(visible=False, range=[0, top * 1.18])
    return apply_template(chart, height=UPRIGHT_PX, dark=dark)


def _in_words(marks: Sequence[WordedMark]) -> list[int]:
    """Which bars have words: all while there is room; of many, the first, the highest, the last - the table has the rest."""
    if len(marks) <= ROOMY:
        return list(range(len(marks)))
    highest = max(range(len(marks)), key=lambda at: marks[at].value or 0)
    far = len(marks) // ROOMY
    return sorted({0, len(marks) - 1} | ({highest} if far < highest < len(marks) - 1 - far else set()))


def _add_targets(chart: go.Figure, shown: Sequence[WordedMark], marks: Iterable[WordedMark], *, dark: bool) -> None:
    slots = {mark.period: at for at, mark in enumerate(shown)}
    for mark in marks:
        at = slots.get(mark.period)
        if mark.value is None or mark.part != "beside" or mark.measure != Measure.TARGET or at is None:
            continue
        height, line = float(mark.value), {"color": palette(dark=dark).unknown, "width": 3}
        look = {"line": line, "hovertemplate": f"{hover(mark)}<extra></extra>", "cliponaxis": False}
        chart.add_scatter(name="target", mode="lines", x=[at - 0.33, at + 0.33], y=[height] * 2, **look)
        text = in_plotly(mark.text)
        chart.add_annotation(x=at + 0.35, y=height, text=text, showarrow=False, xanchor="left", yanchor="middle")


def _against_target(numbers: Numbers) -> str:
    """2018年81个，为目标73个的111.0%（推算）；2019年计划44个 - a share of checked numbers only; what was done beside what was planned."""
    parts = []
    planned = {mark.period for mark in numbers.shown if mark.measure == Measure.PLAN}
    checked = [mark for mark in numbers.beside if mark.measure == Measure.TARGET and mark.verified]
    for mark in numbers.shown:
        target = next((each for each in checked if each.period == mark.period), None)
        is_done = mark.measure == Measure.ACTUAL and mark.verified
        if is_done and target is not None and target.value:
            share, text = per_cent_text(100 * mark.amount / target.value), number_text(target)
            form = _("{period}: {number}, {share} of the target {target} (computed)")
            parts.append(form.format(period=time_text(mark), number=_done(mark), share=share, target=text))
        elif (is_done and mark.period in planned) or mark.measure == Measure.PLAN:
            number = _done(mark) if is_done else mark_text(mark)
            parts.append(_("{period}: {number}").format(period=time_text(mark), number=number))
    return _("; ").join(parts)


def _done(mark: Mark) -> str:
    """An actual number with its indicator's own word for what was done: 建成81个; without a word, the number alone."""
    return f"{mark.done_word}{number_text(mark)}" if is_chinese() else f"{number_text(mark)} {mark.done_word}".strip()


FORM = Form(label=time_text, build=bars_by_period, finding=_against_target, office=OfficeKind.COLUMNS, header="时间")
