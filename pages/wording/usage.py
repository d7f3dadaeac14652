"""The words of gate logs: days and hours as labels, visits as text, what the busiest hour is."""

from __future__ import annotations

import pandas as pd

from pages.wording.catalog import Words
from pages.wording.dates import day_text, period_text
from pages.wording.numbers import digits_text
from pages.wording.rows import rows_of


def weekday_names(_: Words) -> tuple[str, ...]:
    """Monday to Sunday."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def worded_days(days: pd.DataFrame, _: Words) -> pd.DataFrame:
    """Visits by day with ``label`` and ``text``."""
    rows = rows_of(days)
    return days.assign(
        label=pd.Series([day_text(row["day"], _) for row in rows], index=days.index, dtype=object),
        text=pd.Series([_visits(row["value"], _) for row in rows], index=days.index, dtype=object),
    )


def worded_hours(hours: pd.DataFrame, _: Words) -> pd.DataFrame:
    """Visits by weekday and hour with ``label`` and ``text``; the label is what the table calls the row, too."""
    names = weekday_names(_)
    labels = [_hour(names[row["weekday"] - 1], row["hour"], _) for row in rows_of(hours)]
    return hours.assign(
        label=pd.Series(labels, index=hours.index, dtype=object),
        breakdown_name=pd.Series(labels, index=hours.index, dtype=object),
        text=pd.Series([_visits(row["value"], _) for row in rows_of(hours)], index=hours.index, dtype=object),
    )


def days_finding(days: pd.DataFrame, _: Words) -> str:
    """From when to when the log goes, and how many visits it holds."""
    rows = rows_of(days)
    total = sum(row["value"] for row in rows)
    period = period_text(rows[0]["day"], rows[-1]["day"], _)
    return _("{period}: {visits} in all ({count} days, computed)").format(
        period=period, visits=_visits(total, _), count=len(rows)
    )


def hours_finding(hours: pd.DataFrame, _: Words) -> str:
    """The busiest hour of the week."""
    busiest = max(rows_of(worded_hours(hours, _)), key=lambda row: row["value"])
    return _("Busiest: {hour}, {visits} in all weeks together").format(hour=busiest["label"], visits=busiest["text"])


def _hour(weekday: str, hour: int, _: Words) -> str:
    return _("{weekday} {hour}:00").format(weekday=weekday, hour=hour)


def _visits(value: object, _: Words) -> str:
    return _("{number} visits").format(number=digits_text(value, None, _))  # type: ignore[arg-type]
