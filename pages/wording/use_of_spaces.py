"""The words of how single spaces are used - what they are ranked by, why one has no rate, how new ones come into use - and of the
forecast: what it expects, how it was tested, why it is not shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from etl.model import Mark
from pages.analysis.forecast import BETTER, LAST_WEEK, MODEL, SAME_DAYS, YEAR_MEAN, Forecast, WeekUse, YearTotal
from pages.analysis.use_of_spaces import OpeningUse, RankedSpace, SpaceUse
from pages.wording.catalog import _
from pages.wording.dates import day_text, period_text
from pages.wording.marks import WordedMark, mark_text
from pages.wording.numbers import digits_text
from pages.wording.usage import visits_text, worded_rates

DAILY = ("per_day", "per_area")  # what is a mean per day among what spaces are ranked by


def rank_options() -> Mapping[str, str]:
    """What the spaces can be ranked by (pages.queries.use_patterns.RANKS) -> its name."""
    return {
        "per_day": _("Visits a day"),
        "per_area": _("A day, per 100 m²"),
        "loans_per_100": _("Loans per 100 visits"),
        "visits": _("All visits"),
    }


def worded_spaces(spaces: Sequence[RankedSpace], by: str) -> tuple[WordedMark, ...]:
    """Ranked spaces with their words; a space without a rate says what is not published of it."""
    unit = _("loans") if by == "loans_per_100" else _("visits")
    labels = [ranked.space.facility.facility_name for ranked in spaces]
    worded = worded_rates((ranked.mark for ranked in spaces), labels, rank_options()[by], unit, is_daily=by in DAILY)
    gaps = [_gap(ranked.space) for ranked in spaces]
    each = zip(worded, gaps, strict=True)
    return tuple(replace(mark, reason=gap, text=gap) if mark.value is None else mark for mark, gap in each)


def spaces_finding(spaces: Sequence[RankedSpace], by: str) -> str:
    """Which space comes first, and how far the last one with a number lies behind."""
    marks = [mark for mark in worded_spaces(spaces, by) if mark.value is not None]
    if not marks:
        return _("No space has what this rate needs")
    first, last = marks[0], marks[-1]
    told = _("{name}: most, {first}; {other}: least, {last}")
    return told.format(name=first.label, first=first.text, other=last.label, last=last.text)


def spaces_note(spaces: Sequence[RankedSpace], by: str, shown: int) -> str:
    """The rule of the rate, how many spaces have none and why, how many of them the chart shows."""
    rules = {
        "per_day": _("Visits by the calendar days since the opening, or since the logs began; closed days count"),
        "per_area": _("Visits a day by the published floor area of the space, times 100"),
        "loans_per_100": _("Books lent by visits, times 100; returns do not count"),
        "visits": _("All visits in the logs; spaces opened later have had less time"),
    }
    gaps = [_gap(ranked.space) for ranked in spaces if ranked.mark.value is None]
    told = [_("{count} spaces: {gap}").format(count=gaps.count(gap), gap=gap) for gap in dict.fromkeys(gaps)]
    more = [_("the first {shown} of {count}, all in the table").format(shown=shown, count=len(spaces))]
    return _("; ").join([rules[by], *told, *(more if len(spaces) > shown else [])])


def spaces_table(spaces: Sequence[RankedSpace]) -> pd.DataFrame:
    """One row per space: since when it is open, its size, its days and rates; what is not published says so."""
    missing = _("not published")
    return pd.DataFrame(
        {
            _("Facility"): space.facility.facility_name,
            _("Place"): space.facility.place_name,
            _("Opened"): day_text(space.facility.opened_on) or missing,
            _("Floor area (m²)"): digits_text(space.area.value, None)
            if space.area and space.area.value is not None
            else missing,
            _("Days with entries"): str(space.days_logged),
            _("All visits"): digits_text(Decimal(space.visits), None),
            _("Visits a day"): _rate(space.per_day),
            _("A day, per 100 m²"): _rate(space.per_area),
            _("Loans per 100 visits"): _rate(space.loans_per_100),
        }
        for space in (ranked.space for ranked in spaces)
    )


def worded_ramp(steps: Sequence[OpeningUse]) -> tuple[WordedMark, ...]:
    """The steps after an opening with their words."""
    label = _("Days {first} to {last} after opening")
    labels = [label.format(first=use.step.first, last=use.step.last) for use in steps]
    marks = (use.mark for use in steps)
    return worded_rates(marks, labels, _("Share of what older spaces have on the same days"), "%")


def ramp_finding(steps: Sequence[OpeningUse]) -> str:
    """Where new spaces start and where they are after the last step."""
    marks = worded_ramp(steps)
    told = _("New spaces start at {first} of what older ones have and reach {last} after {days} days")
    return told.format(first=marks[0].text, last=marks[-1].text, days=steps[-1].step.last)


def ramp_note(steps: Sequence[OpeningUse]) -> str:
    """The rule of the measure and how many spaces it rests on."""
    return _(
        "Each space opened since the logs began, by what a space open before then had on average on the same days, so that season and "
        "holidays cancel; median of {count} spaces with 180 days. Sizes differ and are not evened out; the link is no proof of a cause."
    ).format(count=steps[0].step.spaces)


def span_text(spaces: Sequence[RankedSpace]) -> str:
    """From when to when the logs go."""
    return period_text(spaces[0].space.log_first, spaces[0].space.log_last) if spaces else ""


def _rate(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def _gap(space: SpaceUse) -> str:
    gaps = {"no_opening": _("no day of opening published"), "no_area": _("no floor area published")}
    return gaps.get(space.gap, _("no visits"))


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
    low, middle, high = map(_about, (whole.low, whole.middle, whole.high))
    said = _("Forecast for {period}: about {middle} ({low} to {high})")
    told = [said.format(period=period_text(whole.first, whole.last), middle=middle, low=low, high=high)]
    if total.came is not None:
        came, day = visits_text(Decimal(total.came)), day_text(total.last)
        told.append(_("of these {visits} came by {day}").format(visits=came, day=day))
    return _("; ").join(told)


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
    first, last = day_text(found.trials[0].day), day_text(found.trials[-1].day)
    assert found.last is not None
    assert found.until is not None
    return _(
        "From {count} earlier days between {first} and {last}, each with only what was known then, the visits of the {days} days that followed; "
        "the forecast is shown when its mean error is at most {share} of the best simple guess's. The tests overlap."
    ).format(
        count=len(found.trials), first=first, last=last, days=(found.until - found.last).days, share=f"{BETTER:.0%}"
    )


def untested_text(found: Forecast) -> str:
    """Why there was nothing to test, and so no forecast."""
    if found.verdict == "gaps" and found.missing:
        told = _("{count} days are missing in the logs; a gap is not filled by a guess, so there is no forecast.")
        return told.format(count=found.missing)
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
