"""The chart of each form: those that charts.csv may name, and the funnel, which identities make."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import plotly.graph_objects as go

from pages.charts.bars import bars_by_breakdown, bars_by_period, bars_by_place
from pages.charts.funnel import funnel
from pages.charts.points import points_over_time

FORMS: Mapping[str, Callable[..., go.Figure]] = {
    "bars_by_place": bars_by_place,
    "bars_by_period": bars_by_period,
    "points_over_time": points_over_time,
    "bars_by_breakdown": bars_by_breakdown,
    "funnel": funnel,
}


def drawn(*, form: str, marks: pd.DataFrame, dark: bool = False) -> go.Figure:
    """``marks`` with their words (pages.wording.marks.worded) as a chart of ``form``; KeyError for a form nobody drew."""
    return FORMS[form](marks=marks, dark=dark)
