"""How a space is used: visits by day with their weekly mean, visits by hour of the week, weeks that came and weeks that are expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from pages.analysis.forecast import WeekUse
from pages.analysis.use_of_spaces import DayUse, HourUse
from pages.charts.bars import HOVER, hover
from pages.charts.palette import apply_template, palette
from pages.wording.literal import in_plotly
from pages.wording.marks import WordedMark

DAY_MARKS = {"holiday": "circle", "worked": "square-open"}
"""Kind of day (pages.analysis.use_of_spaces) -> its mark on the line of days; ordinary days have none."""
TICK_EVERY = 3
WEEK = dt.timedelta(days=6)  # from the first to the last day of a whole week


def lines_of_days(days: Sequence[DayUse[WordedMark]], *, mean_name: str, dark: bool = False) -> go.Figure:
    """Visits of each day as a quiet line, the mean of the seven days that end there as a bold one named ``mean_name``.
    ``days`` come oldest first; holidays and worked weekends are marked, a day that is missing breaks the lines.  No days give an empty
    chart."""
    colours, chart = palette(dark=dark), go.Figure()
    if days:
        every = list(pd.date_range(days[0].day, days[-1].day))
        known = {pd.Timestamp(day.day): day for day in days}
        found = [known.get(day) for day in every]
        lines = {"mode": "lines", "x": every, "connectgaps": False}
        visits = _told([day.mark if day else None for day in found])
        chart.add_scatter(name="day", line={"color": colours.tint, "width": 1.5}, **visits, **lines)
        means = [None if day is None or day.week_mean is None else float(day.week_mean) for day in found]
        chart.add_scatter(name="week", y=means, hoverinfo="skip", line={"color": colours.done, "width": 3}, **lines)
        for kind, symbol in DAY_MARKS.items():
            ink = colours.done if kind == "holiday" else colours.unknown
            marker = {"symbol": symbol, "size": 7, "color": ink, "line": {"color": ink, "width": 1.5}}
            if of_kind := [day for day in days if day.kind.kind == kind]:
                visits = _told([day.mark for day in of_kind])
                chart.add_scatter(name=kind, mode="markers", x=[day.day for day in of_kind], marker=marker, **visits)
        known_means = [(day, mean) for day, mean in zip(every, means, strict=True) if mean is not None]
        for day, mean in known_means[-1:]:
            place = {"xanchor": "right", "yanchor": "bottom", "yshift": 8}
            chart.add_annotation(x=day, y=mean, text=in_plotly(mean_name), showarrow=False, **place)
    return _over_time(chart, 280, dark=dark)


def weeks_with_forecast(weeks: Sequence[WeekUse[WordedMark]], *, name: str, dark: bool = False) -> go.Figure:
    """Weeks that came as a solid line; weeks that are expected as a band from low to high with an open line in its middle, named ``name``.
    ``weeks`` come oldest first; days that are no whole week are left out.  A gap parts what was counted from what is computed."""
    colours, chart = palette(dark=dark), go.Figure()
    past = [week for week in weeks if week.expected is None]
    ahead = [(week, week.expected) for week in weeks if week.expected and week.last - week.expected.first == WEEK]
    if ahead:
        days = [week.last for week, _ in ahead]
        high = [float(round(span.high)) for _, span in ahead]
        low = [float(round(span.low)) for _, span in ahead]
        band = {"fill": "toself", "fillcolor": colours.tint, "line": {"color": colours.tint, "width": 0}}
        around, edge = [*days, *reversed(days)], [*high, *reversed(low)]
        chart.add_scatter(name="band", mode="lines", x=around, y=edge, hoverinfo="skip", **band)
        line = {"color": colours.done, "width": 1.5}
        marker = {"symbol": "circle-open", "size": 6, "color": colours.done, "line": line}
        expected = {**_told([week.mark for week, _ in ahead]), "y": [float(round(span.middle)) for _, span in ahead]}
        chart.add_scatter(name="expected", mode="markers", x=days, marker=marker, **expected)
        place = {"xanchor": "center", "yanchor": "bottom", "yshift": 4}
        chart.add_annotation(x=days[len(days) // 2], y=max(high), text=in_plotly(name), showarrow=False, **place)
    if past:
        visits, line = _told([week.mark for week in past]), {"color": colours.done, "width": 2.5}
        chart.add_scatter(name="came", mode="lines", x=[week.last for week in past], line=line, **visits)
    return _over_time(chart, 300, dark=dark)


def heat_of_hours(hours: Sequence[HourUse[WordedMark]], *, weekdays: Sequence[str], dark: bool = False) -> go.Figure:
    """Visits of each hour (across) of each weekday (down, Monday first, named by ``weekdays``), the darker the more; others stay empty."""
    colours, chart = palette(dark=dark), go.Figure()
    known = {(hour.weekday, hour.hour): hour.mark for hour in hours}
    across = sorted({hour.hour for hour in hours})
    rows = list(range(len(weekdays)))
    if known:
        lines = [_told([known.get((weekday + 1, hour)) for hour in across]) for weekday in rows]
        cells = {"z": [line["y"] for line in lines], "customdata": [line["customdata"] for line in lines]}
        look = {"colorscale": [[0, colours.tint], [1, colours.done]], "zmin": 0, "showscale": False}
        chart.add_heatmap(x=across, y=rows, xgap=1, ygap=1, hovertemplate=HOVER, **cells, **look)
    chart.update_yaxes(autorange="reversed", tickmode="array", tickvals=rows, ticktext=list(map(in_plotly, weekdays)))
    chart.update_xaxes(tickmode="array", tickvals=[hour for hour in across if hour % TICK_EVERY == 0], showgrid=False)
    return apply_template(chart, height=34 * len(weekdays) + 40, dark=dark)


def _over_time(chart: go.Figure, height: int, *, dark: bool) -> go.Figure:
    chart.update_xaxes(tickformat="%Y-%m")
    chart.update_yaxes(rangemode="tozero", showgrid=True, nticks=5, tickformat="d")
    return apply_template(chart, height=height, dark=dark)


def _told(marks: Sequence[WordedMark | None]) -> dict[str, str | list[float | None] | list[str]]:
    """How high each mark stands and what hovering over it says; nothing for one that is missing."""
    heights = [float(mark.value or 0) if mark else None for mark in marks]
    return {"y": heights, "customdata": [hover(mark) if mark else "" for mark in marks], "hovertemplate": HOVER}
