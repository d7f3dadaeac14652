"""Upright bars by period, a target as a mark of its own; the title tells what was done of what was planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from etl.language import is_chinese
from etl.model import Measure
from pages.charts.bars import hover, length, shown_rows
from pages.charts.form import Form, Marks, OfficeKind
from pages.charts.labels import wrapped
from pages.charts.palette import bar_marker, palette
from pages.charts.template import apply_template
from pages.wording.catalog import _
from pages.wording.literal import in_plotly
from pages.wording.marks import Mark, mark_text, same_period
from pages.wording.numbers import number_text, per_cent_text
from pages.wording.times import time_text

UPRIGHT_PX = 280
ROOMY = 8
"""So many upright bars have room for a word each."""


def bars_by_period(*, marks: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Upright bars, one per period, actual solid and plan hatched; a target (``part`` beside) is a line across its period.

    ``marks`` needs part, state, measure, value, label, text, period_start and period_end.
    """
    rows = shown_rows(marks)
    chart = go.Figure()
    top = max((float(row["value"]) for row in _valued(marks)), default=1.0) or 1.0
    for state in dict.fromkeys(row["state"] for row in rows):
        own = [(at, row) for at, row in enumerate(rows) if row["state"] == state]
        chart.add_bar(
            name=state,
            x=[at for at, row in own],
            y=[length(row, top) for at, row in own],
            width=0.5,
            text=[in_plotly(row["text"]) if at in _told(rows) else "" for at, row in own],
            textposition="outside",
            cliponaxis=False,
            constraintext="none",
            marker=dict(bar_marker(state, dark=dark)),
            hovertemplate="%{customdata}<extra></extra>",
            customdata=[hover(row) for at, row in own],
        )
    _add_targets(chart, rows, marks, dark=dark)
    chart.update_layout(barmode="overlay")
    told = _told(rows)
    chart.update_xaxes(
        tickmode="array", tickvals=told, ticktext=[wrapped(rows[at]["label"]) for at in told], tickangle=0,
        range=[-0.6 - _edge(rows), max(len(rows), 1) - 0.25 + _edge(rows)],
    )  # fmt: skip
    chart.update_yaxes(visible=False, range=[0, top * 1.18])
    return apply_template(chart, height=UPRIGHT_PX, dark=dark)


def _told(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Which bars are told in words: all while there is room; of many, the first, the highest, the last - the table has the rest."""
    if len(rows) <= ROOMY:
        return list(range(len(rows)))
    highest = max(range(len(rows)), key=lambda at: rows[at]["value"] or 0)
    far = len(rows) // ROOMY
    return sorted({0, len(rows) - 1} | ({highest} if far < highest < len(rows) - 1 - far else set()))


def _edge(rows: Sequence[Mapping[str, Any]]) -> float:
    """Room beside the first and the last of many bars, in bars: their words are wider than they are."""
    return 0.08 * len(rows) if len(rows) > ROOMY else 0


def _add_targets(chart: go.Figure, rows: Sequence[Mapping[str, Any]], marks: pd.DataFrame, *, dark: bool) -> None:
    periods = {(row["period_start"], row["period_end"]): at for at, row in enumerate(rows)}
    for row in _valued(marks):
        at = periods.get((row["period_start"], row["period_end"]))
        if row["part"] != "beside" or row["measure"] != Measure.TARGET or at is None:
            continue
        ink = palette(dark=dark).unknown
        chart.add_scatter(
            name="target", mode="lines", x=[at - 0.33, at + 0.33], y=[float(row["value"])] * 2,
            line={"color": ink, "width": 3}, hovertemplate=f"{hover(row)}<extra></extra>", cliponaxis=False,
        )  # fmt: skip
        chart.add_annotation(
            x=at + 0.35,
            y=float(row["value"]),
            text=in_plotly(row["text"]),
            showarrow=False,
            xanchor="left",
            yanchor="middle",
        )


def _valued(marks: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): value for name, value in row.items()}
        for row in marks.to_dict("records")
        if row["value"] is not None
    ]


def _against_target(marks: Marks) -> str:
    """2018年81个，为目标73个的111.0%（推算）；2019年计划44个 - a share of checked numbers only; what was done beside what was planned."""
    parts = []
    planned = [row for row in marks.shown if row["measure"] == Measure.PLAN]
    checked = [row for row in marks.beside if row["measure"] == Measure.TARGET and row["verified"]]
    for row in marks.shown:
        target = next((each for each in checked if same_period(row, each)), None)
        if target is not None and row["measure"] == Measure.ACTUAL and row["verified"] and target["value"]:
            share = per_cent_text(100 * row["value"] / target["value"])
            parts.append(
                _("{period}: {number}, {share} of the target {target} (computed)").format(
                    period=time_text(row), number=_done(row), share=share, target=number_text(target)
                )
            )
        elif row["measure"] == Measure.ACTUAL and row["verified"] and any(same_period(row, each) for each in planned):
            parts.append(_("{period}: {number}").format(period=time_text(row), number=_done(row)))
        elif row["measure"] == Measure.PLAN:
            parts.append(_("{period}: {number}").format(period=time_text(row), number=mark_text(row)))
    return _("; ").join(parts)


def _done(row: Mark) -> str:
    """An actual number with its indicator's own word for what was done: 建成81个; without a word, the number alone."""
    word = str(row.get("done_word") or "")
    return f"{word}{number_text(row)}" if is_chinese() else f"{number_text(row)} {word}".strip()


FORM = Form(label=time_text, build=bars_by_period, finding=_against_target, office=OfficeKind.COLUMNS, header="时间")
