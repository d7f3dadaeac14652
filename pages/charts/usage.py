"""How a space is used: visits by day with their weekly mean, visits by hour of the week, weeks that came and weeks that are expected."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from pages.charts.palette import palette
from pages.charts.template import apply_template
from pages.wording.literal import in_plotly

DAYS_PX = 280
HOUR_PX = 34
HOURS_IN_A_DAY = range(24)
WEEKS_PX = 300
DAY_MARKS = {"holiday": "circle", "worked": "square-open"}
"""Kind of day (pages.analysis.days_off) -> its mark on the line of days; ordinary days have none."""
TICK_EVERY = 3


def lines_of_days(*, marks: pd.DataFrame, mean_name: str, dark: bool = False) -> go.Figure:
    """Visits of each day as a quiet line, the mean of the seven days that end there as a bold one named ``mean_name``.

    ``marks`` has day, value, week_mean and text, oldest first (pages.queries.usage.visits_by_day), and ``day_kind`` where holidays and
    worked weekends are to be marked; a day that is missing breaks the lines.  No rows give an empty chart.
    """
    colours, chart = palette(dark=dark), go.Figure()
    rows = marks.to_dict("records")
    if rows:
        days = pd.date_range(rows[0]["day"], rows[-1]["day"])
        known = {pd.Timestamp(row["day"]): row for row in rows}
        hover = "%{customdata}<extra></extra>"
        chart.add_scatter(
            name="day", mode="lines", x=list(days), y=[float(known[day]["value"]) if day in known else None for day in days],
            customdata=[in_plotly(f"{known[day]['label']} {known[day]['text']}") if day in known else "" for day in days],
            hovertemplate=hover, line={"color": colours.tint, "width": 1.5}, connectgaps=False,
        )  # fmt: skip
        means = [known[day]["week_mean"] if day in known else None for day in days]
        chart.add_scatter(
            name="week", mode="lines", x=list(days), y=[None if mean is None else float(mean) for mean in means],
            hoverinfo="skip", line={"color": colours.done, "width": 3}, connectgaps=False,
        )  # fmt: skip
        for kind, symbol in DAY_MARKS.items():
            own = [row for row in rows if row.get("day_kind") == kind]
            ink = colours.done if kind == "holiday" else colours.unknown
            if own:
                chart.add_scatter(
                    name=kind, mode="markers", x=[row["day"] for row in own], y=[float(row["value"]) for row in own],
                    customdata=[in_plotly(f"{row['label']} {row['text']}") for row in own], hovertemplate=hover,
                    marker={"symbol": symbol, "size": 7, "color": ink, "line": {"color": ink, "width": 1.5}},
                )  # fmt: skip
        _name_the_mean(chart, list(days), means, mean_name)
    chart.update_xaxes(tickformat="%Y-%m")
    chart.update_yaxes(rangemode="tozero", showgrid=True, nticks=5, tickformat="d")
    return apply_template(chart, height=DAYS_PX, dark=dark)


def _name_the_mean(chart: go.Figure, days: Sequence[pd.Timestamp], means: Sequence[float | None], name: str) -> None:
    known = [(day, float(mean)) for day, mean in zip(days, means, strict=True) if mean is not None]
    if known:
        day, mean = known[-1]
        chart.add_annotation(
            x=day, y=mean, text=in_plotly(name), showarrow=False, xanchor="right", yanchor="bottom", yshift=8
        )


def weeks_with_forecast(*, came: pd.DataFrame, expected: pd.DataFrame, name: str, dark: bool = False) -> go.Figure:
    """Weeks that came as a solid line; weeks that are expected as a band from low to high with an open line in its middle, named ``name``.

    ``came`` has day (the week's last), value, label and text; ``expected`` day, low, middle, high, label and text, both oldest first.  A gap
    parts what was counted from what is computed.
    """
    colours, chart = palette(dark=dark), go.Figure()
    hover = "%{customdata}<extra></extra>"
    past, ahead = came.to_dict("records"), expected.to_dict("records")
    if ahead:
        days = [row["day"] for row in ahead]
        edge = [float(row["high"]) for row in ahead] + [float(row["low"]) for row in reversed(ahead)]
        chart.add_scatter(
            name="band", mode="lines", x=[*days, *reversed(days)], y=edge, fill="toself", fillcolor=colours.tint,
            line={"color": colours.tint, "width": 0}, hoverinfo="skip",
        )  # fmt: skip
        chart.add_scatter(
            name="expected", mode="markers", x=days, y=[float(row["middle"]) for row in ahead], hovertemplate=hover,
            customdata=[in_plotly(f"{row['label']} {row['text']}") for row in ahead],
            marker={"symbol": "circle-open", "size": 6, "color": colours.done, "line": {"color": colours.done, "width": 1.5}},
        )  # fmt: skip
        chart.add_annotation(
            x=days[len(days) // 2], y=max(float(row["high"]) for row in ahead), text=in_plotly(name), showarrow=False,
            xanchor="center", yanchor="bottom", yshift=4,
        )  # fmt: skip
    if past:
        chart.add_scatter(
            name="came", mode="lines", x=[row["day"] for row in past], y=[float(row["value"]) for row in past],
            customdata=[in_plotly(f"{row['label']} {row['text']}") for row in past], hovertemplate=hover,
            line={"color": colours.done, "width": 2.5},
        )  # fmt: skip
    chart.update_xaxes(tickformat="%Y-%m")
    chart.update_yaxes(rangemode="tozero", showgrid=True, nticks=5, tickformat="d")
    return apply_template(chart, height=WEEKS_PX, dark=dark)


def heat_of_hours(*, marks: pd.DataFrame, weekdays: Sequence[str], dark: bool = False) -> go.Figure:
    """Visits of each hour (across) of each weekday (down, Monday first, named by ``weekdays``), the darker the more.

    ``marks`` has weekday (1 to 7), hour, value and text (pages.queries.usage.visits_by_hour); an hour without a row stays empty.
    """
    colours, chart = palette(dark=dark), go.Figure()
    known = {(row["weekday"], row["hour"]): row for row in marks.to_dict("records")}
    hours = [hour for hour in HOURS_IN_A_DAY if any(at[1] == hour for at in known)]
    if known:
        rows = [[known.get((weekday, hour)) for hour in hours] for weekday in range(1, len(weekdays) + 1)]
        chart.add_heatmap(
            x=hours, y=list(range(len(weekdays))), xgap=1, ygap=1,
            z=[[None if row is None else float(row["value"]) for row in line] for line in rows],
            customdata=[["" if row is None else in_plotly(f"{row['label']} {row['text']}") for row in line] for line in rows],
            hovertemplate="%{customdata}<extra></extra>", colorscale=[[0, colours.tint], [1, colours.done]],
            zmin=0, showscale=False,
        )  # fmt: skip
    chart.update_yaxes(
        autorange="reversed", tickmode="array", tickvals=list(range(len(weekdays))), ticktext=list(map(in_plotly, weekdays))
    )  # fmt: skip
    chart.update_xaxes(tickmode="array", tickvals=[hour for hour in hours if hour % TICK_EVERY == 0], showgrid=False)
    return apply_template(chart, height=HOUR_PX * len(weekdays) + 40, dark=dark)
