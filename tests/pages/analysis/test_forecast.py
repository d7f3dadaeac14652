"""The forecast is shown where it beats every simple guess on the past, and only there: break its input and the verdict changes."""

import datetime as dt
import math
from itertools import pairwise

import numpy as np
import pytest

from pages.analysis.forecast import MODEL, YEAR, year_end_forecast

FIRST, DAYS = dt.date(2017, 1, 2), 2 * YEAR + 60


def log(level, days=DAYS):
    """Day -> visits, ``level`` being a function of the day's number."""
    return {FIRST + dt.timedelta(days=at): round(level(at)) for at in range(days)}


def seasonal(at):
    week = 1.4 if at % 7 >= 5 else 0.9
    return 1000 * week * (1 + 0.5 * math.sin(2 * math.pi * at / YEAR)) * 1.2 ** (at / YEAR)


def forecast(visits, spaces=None):
    return year_end_forecast(visits, spaces or dict.fromkeys(visits, 10))


@pytest.fixture(scope="module")
def season():
    return forecast(log(seasonal))


def noise(at):
    return float(np.random.default_rng([7, at]).normal(1000, 150))


def wandering():
    steps = np.random.default_rng(11).normal(0, 0.06, DAYS).cumsum()
    return log(lambda at: 1000 * math.exp(steps[at]))


def test_a_strong_season_with_growth_is_forecast_and_shown(season):
    assert season.verdict == "shown"
    assert season.errors[MODEL] < 0.05
    assert season.errors[MODEL] <= 0.9 * season.errors[season.best_guess]
    assert season.until == dt.date(2019, 12, 31)


def test_the_forecast_of_a_known_course_lies_near_what_comes(season):
    came = sum(seasonal(at) for at in range(DAYS, (season.until - FIRST).days + 1))
    assert season.rest.low < came < season.rest.high
    assert abs(season.rest.middle - came) < 0.1 * came


def test_pure_noise_is_not_forecast_though_it_was_tested():
    found = forecast(log(noise))
    assert found.verdict == "not_better"
    assert found.trials
    assert found.rest is None
    assert not found.weeks


def test_a_course_that_wanders_is_not_forecast():
    assert forecast(wandering()).verdict == "not_better"


def test_breaking_the_season_changes_the_verdict(season):
    broken = log(seasonal)
    half = list(broken)[YEAR:]
    order = np.random.default_rng(3).permutation(len(half))
    broken |= {day: broken[half[at]] for day, at in zip(half, order, strict=True)}
    assert season.verdict == "shown"
    assert forecast(broken).verdict != "shown"


def test_the_interval_holds_the_largest_error_of_the_test(season):
    worst = max(one.error(MODEL) for one in season.trials)
    for span in (*season.weeks, season.rest):
        assert span.low <= span.middle * (1 - worst) + 1e-6
        assert span.high >= span.middle * (1 + worst) - 1e-6


def test_the_weeks_follow_each_other_to_the_last_day_of_the_year(season):
    days = [(span.first, span.last) for span in season.weeks]
    assert days[0][0] == season.last + dt.timedelta(days=1)
    assert days[-1][1] == season.until
    assert all(after[0] - before[1] == dt.timedelta(days=1) for before, after in pairwise(days))


def test_each_test_knows_only_what_came_before_it(season):
    changed = log(seasonal)
    last = season.trials[0].day
    later = {day: value * (3 if day > last else 1) for day, value in changed.items()}
    again = forecast(later)
    said, before = again.trials[0].said, season.trials[0].said
    assert said[MODEL] == pytest.approx(before[MODEL])
    assert {**said, MODEL: 0} == {**before, MODEL: 0}
    assert again.trials[0].actual > season.trials[0].actual


def test_new_spaces_do_not_look_like_growth():
    spaces = {day: 10 if at < YEAR else 20 for at, day in enumerate(log(seasonal))}
    visits = {day: round(value * spaces[day] / 10) for day, value in log(seasonal).items()}
    found = forecast(visits, spaces)
    assert found.verdict == "shown"
    assert found.errors[MODEL] < 0.05


def test_the_same_days_give_the_same_forecast(season):
    assert forecast(log(seasonal)) == season


@pytest.mark.parametrize("days", [0, 1, 300, YEAR + 100])
def test_a_short_log_is_not_tested_and_not_forecast(days):
    found = forecast(log(seasonal, days))
    assert (found.verdict, found.trials, found.rest) == ("too_short", (), None)


def test_a_missing_day_is_told_and_not_filled():
    visits = log(seasonal)
    del visits[FIRST + dt.timedelta(days=100)]
    found = forecast(visits)
    assert (found.verdict, found.missing) == ("gaps", 1)


def test_a_week_without_visits_has_no_growth():
    visits = log(seasonal)
    for at in range(100, 115):
        visits[FIRST + dt.timedelta(days=at)] = 0
    assert forecast(visits).verdict == "gaps"


def test_a_log_that_ends_with_the_year_looks_at_the_next_one():
    visits = {day: value for day, value in log(seasonal, 3 * 365).items() if day <= dt.date(2019, 12, 31)}
    found = forecast(visits)
    assert (found.last, found.until) == (dt.date(2019, 12, 31), dt.date(2020, 12, 31))
    assert found.weeks[-1].last == found.until
