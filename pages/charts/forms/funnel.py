"""Steps of which each is part of the one before: bars from zero, tied by a pale band that narrows from step to step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

import plotly.graph_objects as go

from etl.model import Mark, Qualifier
from pages.charts.bars import horizontal_bars, shown_marks
from pages.charts.form import Form, Numbers
from pages.charts.palette import palette
from pages.wording.catalog import _, run_on
from pages.wording.marks import WordedMark, mark_texts
from pages.wording.numbers import per_cent_text

HALF_BAR = 0.32  # half the thickness of a bar, as a share of the room each step has


def funnel(*, marks: Sequence[WordedMark], dark: bool = False) -> go.Figure:
    """``marks`` from the widest step to the narrowest, as horizontal_bars draws them; the bands carry no number of their own."""
    chart = horizontal_bars(marks=marks, dark=dark)
    lengths = [float(mark.value) for mark in shown_marks(marks) if mark.value is not None]
    for at, (wide, narrow) in enumerate(pairwise(lengths)):
        top, bottom = at + HALF_BAR, at + 1 - HALF_BAR
        chart.add_scatter(
            name="band", mode="lines", x=[0, wide, narrow, 0], y=[top, top, bottom, bottom], fill="toself", hoverinfo="skip",
            fillcolor=palette(dark=dark).quiet, line={"color": palette(dark=dark).quiet, "width": 0.1},
        )  # fmt: skip
    return chart.update_layout(bargap=1 - 2 * HALF_BAR)


def _step_texts(steps: Sequence[Mark]) -> list[str]:
    """The steps of a funnel, each but the first with its share of the step before, computed here and marked so; of exact numbers only."""
    texts = mark_texts(steps)
    for at, (before, step) in enumerate(pairwise(steps), start=1):
        is_exact = before.qualifier == step.qualifier == Qualifier.EXACT
        if before.value and step.value is not None and is_exact:
            share = per_cent_text(100 * step.value / before.value)
            texts[at] += _(" ({share} of the step before, computed)").format(share=share)
    return texts


def _steps(numbers: Numbers) -> str:
    """接待358起 → 受理259起（为上一步的72.3%，推算）→ …"""
    shown = numbers.shown
    where = "" if len({mark.place for mark in shown}) > 1 else shown[0].place_name
    steps = " → ".join(run_on(mark.indicator_name, text) for mark, text in zip(shown, _step_texts(shown), strict=True))
    return _("{title}: {items}").format(title=where, items=steps) if where else steps


FORM = Form(label=attrgetter("indicator_name"), build=funnel, texts=_step_texts, finding=_steps, header="环节")
