"""The words of gate logs: days, months, weekdays, hours and holidays as labels, visits as text, what the busiest hour is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from etl.language import is_chinese
from pages.analysis.days_off import HOLIDAY, UNKNOWN, WEEKEND, WORKDAY, WORKED, kind_of_day
from pages.wording.catalog import _, listed
from pages.wording.dates import day_text, period_text
from pages.wording.marks import mark_text
from pages.wording.numbers import digits_text
from pages.wording.rows import rows_of


def weekday_names() -> tuple[str, ...]:
    """Monday to Sunday."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def reading_parts() -> Mapping[str, str]:
    """The parts of the reading screen of a city with gate logs: code in the link -> name."""
    return {
        "overview": _("In short"),
        "trend": _("Over time"),
        "forecast": _("Forecast"),
        "spaces": _("Space by space"),
        "quality": _("Quality of the logs"),
        "notes": _("Definitions and gaps"),
    }


def worded_days(days: pd.DataFrame) -> pd.DataFrame:
    """Visits by day with ``label`` (a holiday with its name), ``text`` and ``day_kind`` (pages.analysis.days_off)."""
    rows = rows_of(days)
    kinds = [kind_of_day(row["day"]).kind for row in rows]
    return days.assign(
        label=_column([_day(row) for row in rows], days),
        text=_column([visits_text(row["value"]) for row in rows], days),
        day_kind=_column(kinds, days),
    )


def worded_hours(hours: pd.DataFrame) -> pd.DataFrame:
    """Visits by weekday and hour with ``label`` and ``text``; the label is what the table calls the row, too."""
    names = weekday_names()
    labels = [_hour(names[row["weekday"] - 1], row["hour"]) for row in rows_of(hours)]
    return hours.assign(
        label=_column(labels, hours),
        breakdown_name=_column(labels, hours),
        text=_column([visits_text(row["value"]) for row in rows_of(hours)], hours),
    )


def worded_months(months: pd.DataFrame) -> pd.DataFrame:
    """Visits by month with ``label`` and ``text``; a month that the logs cover in part names its days."""
    rows = rows_of(months)
    labels = [period_text(row["period_start"], row["period_end"]) for row in rows]
    return months.assign(
        label=_column(labels, months), text=_column([visits_text(row["value"]) for row in rows], months)
    )


def worded_loans(months: pd.DataFrame) -> pd.DataFrame:
    """Loans by 100 visits by month with ``label`` and ``text``."""
    labels = [period_text(row["period_start"], row["period_end"]) for row in rows_of(months)]
    return worded_rates(months, labels, _("Loans per 100 visits"), _("loans")).assign(breakdown_name="")


def worded_weekdays(weekdays: pd.DataFrame) -> pd.DataFrame:
    """The mean of each weekday with ``label`` and ``text``."""
    labels = [weekday_names()[row["weekday"] - 1] for row in rows_of(weekdays)]
    return worded_rates(weekdays, labels, _("Visits a day, mean"), _("visits"), is_daily=True)


def worded_kinds(kinds: pd.DataFrame) -> pd.DataFrame:
    """The mean of each kind of day with ``label`` (holidays by name, with how many days) and ``text``."""
    labels = [_("{kind} ({count} days)").format(kind=_kind(row), count=row["days"]) for row in rows_of(kinds)]
    return worded_rates(kinds, labels, _("Visits a day, mean"), _("visits"), is_daily=True)


def worded_rates(
    marks: pd.DataFrame, labels: Sequence[str], what: str, unit: str, *, is_daily: bool = False
) -> pd.DataFrame:
    """Computed ``marks`` with what they measure, their unit, and ``labels`` as what a chart and its table call each row.

    A mean per day (``is_daily``) says so beside each number: 日均120人次 is no 120人次.
    """
    named = marks.assign(
        indicator_name=what, unit_name=unit, label=_column(labels, marks), breakdown_name=_column(labels, marks)
    )
    texts = [mark_text(row) for row in rows_of(named)]
    return named.assign(
        text=_column([_("{number} a day, mean").format(number=text) if is_daily else text for text in texts], marks)
    )


def days_finding(days: pd.DataFrame) -> str:
    """From when to when the log goes, and how many visits it holds."""
    rows = rows_of(days)
    total = sum(row["value"] for row in rows)
    period = period_text(rows[0]["day"], rows[-1]["day"])
    return _("{period}: {visits} in all ({count} days, computed)").format(
        period=period, visits=visits_text(total), count=len(rows)
    )


def months_finding(months: pd.DataFrame) -> str:
    """The month with the most visits."""
    busiest = max(rows_of(worded_months(months)), key=lambda row: row["value"])
    return _("Most visits in a month: {month}, {visits}").format(month=busiest["label"], visits=busiest["text"])


def weekdays_finding(weekdays: pd.DataFrame) -> str:
    """The weekday with the most and the one with the fewest visits."""
    ranked = sorted(rows_of(worded_weekdays(weekdays)), key=lambda row: row["value"])
    return _("Busiest weekday: {most}; quietest: {least}").format(most=ranked[-1]["label"], least=ranked[0]["label"])


def kinds_finding(kinds: pd.DataFrame) -> str:
    """All statutory holidays together against ordinary working days, and how far apart the holidays lie."""
    rows = rows_of(kinds)
    holidays, ordinary = _mean(rows, HOLIDAY), _mean(rows, WORKDAY)
    if holidays is None or ordinary is None:
        return _("Visits by kind of day")
    return _("A statutory holiday has {holiday} a day, an ordinary working day {ordinary} (computed)").format(
        holiday=visits_text(holidays.quantize(Decimal(1))), ordinary=visits_text(ordinary.quantize(Decimal(1)))
    )


def loans_finding(months: pd.DataFrame) -> str:
    """Loans by 100 visits over all months."""
    rows = rows_of(months)
    visits, loans = (sum(row[name] for row in rows) for name in ("visits", "loans"))
    return _("{loans} loans per 100 visits over all months (computed)").format(loans=f"{100 * loans / visits:.1f}")


def hours_finding(hours: pd.DataFrame) -> str:
    """The busiest hour of the week."""
    busiest = max(rows_of(worded_hours(hours)), key=lambda row: row["value"])
    return _("Busiest: {hour}, {visits} in all weeks together").format(hour=busiest["label"], visits=busiest["text"])


def unknown_years_text(years: Sequence[int]) -> str:
    """Which years have no holidays here because nobody has told them yet; nothing where all are known."""
    if not years:
        return ""
    joined = listed(map(str, years))
    return _("The holidays of {years} are not known to the calendar in use: its days are not sorted").format(
        years=joined
    )


def visits_text(value: Decimal, step: Decimal | None = None) -> str:
    """A number of visits in words, in 万 where ``step`` (its last counted digit) allows."""
    return _("{number} visits").format(number=digits_text(value, step))


def _mean(rows: Sequence[Mapping[str, Any]], kind: str) -> Any:
    own = [row for row in rows if row["kind"] == kind]
    days = sum(row["days"] for row in own)
    return sum(row["value"] * row["days"] for row in own) / days if days else None


def _kind(row: Mapping[str, Any]) -> str:
    named = str(row["name"] if is_chinese() else row["name_en"])
    return {
        WORKDAY: _("Ordinary working day"),
        WEEKEND: _("Ordinary weekend"),
        WORKED: _("Worked weekend"),
        UNKNOWN: _("Holidays not known"),
    }.get(row["kind"], named)


def _day(row: Mapping[str, Any]) -> str:
    kind = kind_of_day(row["day"])
    holiday = kind.name if is_chinese() else kind.name_en
    told = {HOLIDAY: holiday, WORKED: _("worked weekend")}.get(kind.kind, "")
    return f"{day_text(row['day'])} {told}".strip()


def _hour(weekday: str, hour: int) -> str:
    return _("{weekday} {hour}:00").format(weekday=weekday, hour=hour)


def _column(values: Sequence[Any], rows: pd.DataFrame) -> pd.Series:
    return pd.Series(list(values), index=rows.index, dtype=object)
