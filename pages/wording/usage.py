"""The words of gate logs: days, months, weekdays, hours and holidays as labels, visits as text, what the busiest hour is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from etl.language import is_chinese
from etl.model import Mark
from pages.analysis.use_of_spaces import (
    HOLIDAY,
    UNKNOWN,
    WEEKEND,
    WORKDAY,
    WORKED,
    DayUse,
    HourUse,
    KindOfDay,
    KindUse,
    MonthUse,
    WeekdayUse,
)
from pages.wording.catalog import _, listed
from pages.wording.dates import day_text, period_text
from pages.wording.marks import WordedMark, mark_text
from pages.wording.numbers import digits_text


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


def worded_days(days: Iterable[DayUse[Mark]]) -> tuple[DayUse[WordedMark], ...]:
    """Visits by day with their words; a holiday is labelled with its name."""
    return tuple(DayUse(day.day, day.kind, _in_visits(day.mark, _day(day)), day.week_mean) for day in days)


def worded_hours(hours: Iterable[HourUse[Mark]]) -> tuple[HourUse[WordedMark], ...]:
    """Visits by weekday and hour with their words; the label is what the table calls the row, too."""
    found = []
    for hour in hours:
        label = _("{weekday} {hour}:00").format(weekday=weekday_names()[hour.weekday - 1], hour=hour.hour)
        found.append(HourUse(_in_visits(replace(hour.mark, breakdown_name=label), label), hour.weekday, hour.hour))
    return tuple(found)


def worded_months(months: Iterable[MonthUse]) -> tuple[WordedMark, ...]:
    """Visits by month with their words; a month that the logs cover in part names its days."""
    return tuple(_in_visits(month.mark, _month(month)) for month in months)


def worded_loans(months: Sequence[MonthUse]) -> tuple[WordedMark, ...]:
    """Loans by 100 visits by month with their words."""
    labels = [_month(month) for month in months]
    rates = worded_rates((month.mark for month in months), labels, _("Loans per 100 visits"), _("loans"))
    return tuple(replace(rate, breakdown_name="") for rate in rates)


def worded_weekdays(weekdays: Sequence[WeekdayUse]) -> tuple[WordedMark, ...]:
    """The mean of each weekday with its words."""
    labels = [weekday_names()[weekday.weekday - 1] for weekday in weekdays]
    marks = (weekday.mark for weekday in weekdays)
    return worded_rates(marks, labels, _("Visits a day, mean"), _("visits"), is_daily=True)


def worded_kinds(kinds: Sequence[KindUse]) -> tuple[WordedMark, ...]:
    """The mean of each kind of day with its words: holidays by name, with how many days."""
    labels = [_("{kind} ({count} days)").format(kind=_kind(use.kind), count=use.days) for use in kinds]
    return worded_rates((use.mark for use in kinds), labels, _("Visits a day, mean"), _("visits"), is_daily=True)


def worded_rates(
    marks: Iterable[Mark], labels: Iterable[str], what: str, unit: str, *, is_daily: bool = False
) -> tuple[WordedMark, ...]:
    """Computed ``marks`` with what they measure, their unit, and ``labels`` as what a chart and its table call each row.
    A mean per day (``is_daily``) says so beside each number: 日均120人次 is no 120人次."""
    found = []
    for mark, label in zip(marks, labels, strict=True):
        named = replace(mark, indicator_name=what, unit_name=unit, breakdown_name=label)
        text = mark_text(named)
        daily = _("{number} a day, mean").format(number=text) if is_daily else text
        found.append(WordedMark.of(named, label=label, text=daily))
    return tuple(found)


def days_finding(days: Sequence[DayUse[Mark]]) -> str:
    """From when to when the log goes, and how many visits it holds."""
    total = sum((day.mark.value or Decimal(0) for day in days), Decimal(0))
    period, told = period_text(days[0].day, days[-1].day), _("{period}: {visits} in all ({count} days, computed)")
    return told.format(period=period, visits=visits_text(total), count=len(days))


def months_finding(months: Iterable[MonthUse]) -> str:
    """The month with the most visits."""
    busiest = max(worded_months(months), key=lambda mark: mark.value or 0)
    return _("Most visits in a month: {month}, {visits}").format(month=busiest.label, visits=busiest.text)


def weekdays_finding(weekdays: Sequence[WeekdayUse]) -> str:
    """The weekday with the most and the one with the fewest visits."""
    ranked = sorted(worded_weekdays(weekdays), key=lambda mark: mark.value or 0)
    return _("Busiest weekday: {most}; quietest: {least}").format(most=ranked[-1].label, least=ranked[0].label)


def kinds_finding(kinds: Sequence[KindUse]) -> str:
    """All statutory holidays together against ordinary working days, and how far apart the holidays lie."""
    holidays, ordinary = _mean(kinds, HOLIDAY), _mean(kinds, WORKDAY)
    if holidays is None or ordinary is None:
        return _("Visits by kind of day")
    return _("A statutory holiday has {holiday} a day, an ordinary working day {ordinary} (computed)").format(
        holiday=visits_text(holidays.quantize(Decimal(1))), ordinary=visits_text(ordinary.quantize(Decimal(1)))
    )


def loans_finding(months: Sequence[MonthUse]) -> str:
    """Loans by 100 visits over all months."""
    visits, loans = sum(month.visits for month in months), sum(month.loans for month in months)
    return _("{loans} loans per 100 visits over all months (computed)").format(loans=f"{100 * loans / visits:.1f}")


def hours_finding(hours: Iterable[HourUse[Mark]]) -> str:
    """The busiest hour of the week."""
    busiest = max((hour.mark for hour in worded_hours(hours)), key=lambda mark: mark.value or 0)
    return _("Busiest: {hour}, {visits} in all weeks together").format(hour=busiest.label, visits=busiest.text)


def unknown_years_text(years: Sequence[int]) -> str:
    """Which years have no holidays here because nobody has told them yet; nothing where all are known."""
    if not years:
        return ""
    unknown = _("The holidays of {years} are not known to the calendar in use: its days are not sorted")
    return unknown.format(years=listed(map(str, years)))


def visits_text(value: Decimal, step: Decimal | None = None) -> str:
    """A number of visits in words, in 万 where ``step`` (its last counted digit) allows."""
    return _("{number} visits").format(number=digits_text(value, step))


def _in_visits(mark: Mark, label: str) -> WordedMark:
    return WordedMark.of(mark, label=label, text=visits_text(mark.value or Decimal(0)))


def _mean(kinds: Iterable[KindUse], kind: str) -> Decimal | None:
    of_kind = [use for use in kinds if use.kind.kind == kind]
    days = sum(use.days for use in of_kind)
    return sum(((use.mark.value or Decimal(0)) * use.days for use in of_kind), Decimal(0)) / days if days else None


def _kind(kind: KindOfDay) -> str:
    return {
        WORKDAY: _("Ordinary working day"),
        WEEKEND: _("Ordinary weekend"),
        WORKED: _("Worked weekend"),
        UNKNOWN: _("Holidays not known"),
    }.get(kind.kind, kind.name if is_chinese() else kind.name_en)


def _day(day: DayUse[Mark]) -> str:
    holiday = day.kind.name if is_chinese() else day.kind.name_en
    told = {HOLIDAY: holiday, WORKED: _("worked weekend")}.get(day.kind.kind, "")
    return f"{day_text(day.day)} {told}".strip()


def _month(month: MonthUse) -> str:
    return period_text(month.mark.period_start, month.mark.period_end)
