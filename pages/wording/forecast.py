"""The words of the forecast: what it expects, how it was tested, why it is not shown."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from pages.analysis.forecast import BETTER, LAST_WEEK, MODEL, SAME_DAYS, YEAR_MEAN, Forecast
from pages.wording.catalog import _
from pages.wording.dates import day_text, period_text
from pages.wording.marks import mark_text
from pages.wording.rows import rows_of
from pages.wording.usage import visits_text, worded_rates


def worded_weeks(weeks: pd.DataFrame) -> pd.DataFrame:
    """Weeks with ``label`` and ``text``; what is expected is called a forecast and has its interval."""
    rows = rows_of(weeks)
    labels = [period_text(row["period_start"], row["period_end"]) for row in rows]
    named = weeks.assign(
        label=pd.Series(labels, index=weeks.index, dtype=object),
        unit_name=_("visits"),
        indicator_name=pd.Series([_what(row) for row in rows], index=weeks.index, dtype=object),
    )
    texts = [_text(row) for row in rows_of(named)]
    return named.assign(text=pd.Series(texts, index=weeks.index, dtype=object))


def forecast_finding(total: pd.DataFrame) -> str:
    """What the whole year is expected to bring, with its interval and what of it came already."""
    rows = rows_of(total)
    whole = rows[-1]
    said = _("Forecast for {period}: about {middle} ({low} to {high})").format(
        period=period_text(whole["period_start"], whole["period_end"]), middle=_about(whole["middle"]),
        low=_about(whole["low"]), high=_about(whole["high"]),
    )  # fmt: skip
    if len(rows) < 3:
        return said
    came = _("of these {visits} came by {day}").format(
        visits=visits_text(rows[0]["value"]), day=day_text(rows[0]["day"])
    )
    return _("; ").join([said, came])


def forecast_note() -> str:
    """How to read the chart and how the forecast is made."""
    return _(
        "Solid line: counted in the logs; band and open marks: forecast, no counted number (interval of 90 %). Last year's same weeks by space times "
        "the growth against them, carried forward by exponential smoothing (ETS), times the spaces in use now, none to come; the interval is wide "
        "enough for the largest error in the test."
    )


def worded_errors(errors: pd.DataFrame) -> pd.DataFrame:
    """The mean error of the forecast and of each guess with ``label`` and ``text``."""
    labels = [guess_name(row["guess"]) for row in rows_of(errors)]
    return worded_rates(errors, labels, _("Mean error in the test"), "%")


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
        count=len(found.trials), first=day_text(first), last=day_text(last), days=(found.until - found.last).days,
        share=f"{BETTER:.0%}",
    )  # fmt: skip


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


def _what(row: Mapping[str, Any]) -> str:
    return _("Visits, forecast (90 % interval)") if row["derived"] else str(row["indicator_name"])


def _text(row: Mapping[str, Any]) -> str:
    if not row["derived"]:
        return visits_text(row["value"])
    return _("forecast about {middle}, {interval}").format(middle=_about(row["middle"]), interval=mark_text(row))


def _about(value: Decimal) -> str:
    """Visits with three significant digits: a forecast has no more."""
    step = Decimal(1).scaleb(max(0, value.adjusted() - 2))
    return visits_text(value.quantize(step).quantize(Decimal(1)), step)
