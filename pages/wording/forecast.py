"""The words of the forecast: what it expects, how it was tested, why it is not shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from etl.model import Mark
from pages.analysis.forecast import BETTER, LAST_WEEK, MODEL, SAME_DAYS, YEAR_MEAN, Forecast, WeekUse, YearTotal
from pages.wording.catalog import _
from pages.wording.dates import day_text, period_text
from pages.wording.marks import WordedMark, mark_text
from pages.wording.usage import visits_text, worded_rates


def worded_weeks(weeks: Iterable[WeekUse[Mark]]) -> tuple[WeekUse[WordedMark], ...]:
    """Weeks with their words; what is expected is called a forecast and has its interval."""
    found = []
    for week in weeks:
        mark, text = replace(week.mark, unit_name=_("visits")), visits_text(week.mark.value or Decimal(0))
        if week.expected:
            mark = replace(mark, indicator_name=_("Visits, forecast (90 % interval)"))
            middle = _about(week.expected.middle)
            text = _("forecast about {middle}, {interval}").format(middle=middle, interval=mark_text(mark))
        label = period_text(mark.period_start, mark.period_end)
        found.append(WeekUse(week.last, WordedMark.of(mark, label=label, text=text), week.expected))
    return tuple(found)


def forecast_finding(total: YearTotal) -> str:
    """What the whole year is expected to bring, with its interval and what of it came already."""
    whole = total.whole
    said = _("Forecast for {period}: about {middle} ({low} to {high})").format(
        period=period_text(whole.first, whole.last),
        middle=_about(whole.middle),
        low=_about(whole.low),
        high=_about(whole.high),
    )
    if total.came is None:
        return said
    came = _("of these {visits} came by {day}").format(
        visits=visits_text(Decimal(total.came)), day=day_text(total.last)
    )
    return _("; ").join([said, came])


def forecast_note() -> str:
    """How to read the chart and how the forecast is made."""
    return _(
        "Solid line: counted in the logs; band and open marks: forecast, no counted number (interval of 90 %). Last year's same weeks by space times "
        "the growth against them, carried forward by exponential smoothing (ETS), times the spaces in use now, none to come; the interval is wide "
        "enough for the largest error in the test."
    )


def worded_errors(errors: Mapping[str, Mark]) -> tuple[WordedMark, ...]:
    """The mean error of the forecast and of each guess with its words."""
    return worded_rates(errors.values(), map(guess_name, errors), _("Mean error in the test"), "%")


def tested_finding(found: Forecast) -> str:
    """What the test says: shown or not, with the errors of the forecast and of the best guess."""
    model, guess = found.errors[MODEL], found.errors[found.best_guess]
    said = _(
        "In {count} tests the forecast was off by {model} on average, the best simple guess ({guess}) by {other}"
    ).format(count=len(found.trials), model=f"{model:.1%}", guess=guess_name(found.best_guess), other=f"{guess:.1%}")
    verdict = _("so the forecast is shown") if found.verdict == "shown" else _("so no forecast is shown")
    return _("{said}: {verdict}").format(said=said, verdict=verdict)


def tested_note(found: Forecast) -> str:
    """The rule of the test."""
    first, last = found.trials[0].day, found.trials[-1].day
    assert found.last is not None
    assert found.until is not None
    return _(
        "From {count} earlier days between {first} and {last}, each with only what was known then, the visits of the {days} days that followed; "
        "the forecast is shown when its mean error is at most {share} of the best simple guess's. The tests overlap."
    ).format(
        count=len(found.trials),
        first=day_text(first),
        last=day_text(last),
        days=(found.until - found.last).days,
        share=f"{BETTER:.0%}",
    )


def untested_text(found: Forecast) -> str:
    """Why there was nothing to test, and so no forecast."""
    if found.verdict == "gaps" and found.missing:
        return _(
            "{count} days are missing in the logs; a gap is not filled by a guess, so there is no forecast."
        ).format(count=found.missing)
    if found.verdict == "gaps":
        return _("There are weeks without any visit, so growth cannot be computed and there is no forecast.")
    return _(
        "The logs are too short to test a forecast: it needs more than a year before the earliest test and as many days after the latest one "
        "as are left of the year. What was not tested is not shown."
    )


def guess_name(guess: str) -> str:
    """The forecast or one simple guess."""
    return {
        MODEL: _("Forecast (ETS)"),
        SAME_DAYS: _("Same days of last year"),
        LAST_WEEK: _("Last week, over and over"),
        YEAR_MEAN: _("Mean of the last year"),
    }[guess]


def _about(value: float) -> str:
    """Visits with three significant digits: a forecast has no more."""
    visits = Decimal(round(value))
    step = Decimal(1).scaleb(max(0, visits.adjusted() - 2))
    return visits_text(visits.quantize(step).quantize(Decimal(1)), step)
