"""A chart's title names its indicator, its place and its time, whatever it finds: two charts that differ in one of them differ in title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from etl.language import is_chinese
from pages.wording.catalog import _
from pages.wording.dates import day_text, period_text
from pages.wording.rows import rows_of
from pages.wording.times import as_of_text, time_text

Mark = Mapping[str, Any]
COUNT = "数"
"""How names of counts end; a title that says 礼堂 names the indicator 礼堂数."""


def named_title(said: str, marks: pd.DataFrame, about: str) -> str:
    """``said`` with what it does not name of its own marks: indicator, place, time.

    ``about`` is the place of a chart over several places, where ``said`` names none of them.  Marks without a value leave it as it is.
    """
    rows = shown_numbers(marks)
    if not rows:
        return said
    place, indicator, when = _place(rows_of(marks), rows, said, about), _indicator(rows, said), _time(rows, said)
    if when and not (place or indicator):
        return _("{title} ({period})").format(title=said, period=when)
    front = [piece for piece in (when, place, indicator) if piece]
    joined = "".join(front) if is_chinese() else ", ".join(front)
    return _("{title}: {items}").format(title=joined, items=said) if front else said


def shown_numbers(marks: pd.DataFrame) -> list[dict[str, Any]]:
    """The marks that a chart shows and that are numbers; those beside them where it shows none."""
    valued = [row for row in rows_of(marks) if row["value"] is not None]
    return [row for row in valued if row.get("part", "shown") == "shown"] or valued


def undated(marks: pd.DataFrame) -> list[str]:
    """The labels of the numbers that a chart shows without a day, a period or the words printed for one."""
    return [
        str(row.get("label") or row["indicator_name"]) for row in shown_numbers(marks)
        if not (time_text(row) or row.get("day") or row.get("time_as_printed"))
    ]  # fmt: skip


def _place(every: Sequence[Mark], rows: Sequence[Mark], said: str, about: str) -> str:
    """The place that ``said`` does not name; a place whose number is missing is a place of the chart too."""
    if any(name in said for name in (*_named_places(every), about) if name):
        return ""
    places = _named_places(rows)
    return next(iter(places)) if len(places) == 1 else about


def _named_places(rows: Sequence[Mark]) -> set[str]:
    return {str(name) for row in rows for name in (row["place_name"], row.get("place_short")) if name}


def _indicator(rows: Sequence[Mark], said: str) -> str:
    names = list(dict.fromkeys(str(row["indicator_name"]) for row in rows))
    return "" if any(name.removesuffix(COUNT).lower() in said.lower() for name in names) else names[0]


def _is_dated(rows: Sequence[Mark], said: str) -> bool:
    """Whether ``said`` has the day of one of these numbers (截至2019年3月21日), or of several each its own year (甲市2018年，乙市2012年)."""
    days = [row["as_of"] or row["period_end"] for row in rows if row["as_of"] or row["period_end"]]
    years = {str(day.year) for day in days}
    last = [
        row["as_of"] or row["period_end"]
        for row in rows
        if not row["period_start"] or row["as_of"] in (None, row["period_end"])
    ]
    return any(day_text(day) in said for day in filter(None, last)) or (
        len(years) > 1 and all(year in said for year in years)
    )


def _time(rows: Sequence[Mark], said: str) -> str:
    times = dict.fromkeys(filter(None, (time_text(row) for row in rows)))
    if any(each in said for each in times) or _is_dated(rows, said):
        return ""
    if len(times) <= 1:
        return next(iter(times), "")
    starts, ends = ([row[name] for row in rows] for name in ("period_start", "period_end"))
    if all(starts) and all(ends):
        return period_text(min(starts), max(ends))
    return as_of_text(max(rows, key=lambda row: str(row["as_of"] or row["period_end"] or "")))
