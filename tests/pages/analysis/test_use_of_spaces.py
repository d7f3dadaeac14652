"""Rates of spaces never guess what is not published; new spaces are held against what old ones have on the same days."""

import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest

from etl.model import Facility, Number
from pages.analysis.use_of_spaces import SpaceUse, by_weekday, ramp_up

FIRST, LAST = dt.date(2019, 1, 1), dt.date(2019, 12, 31)


def space(opened_on=dt.date(2018, 5, 1), visits=1000, loans=50, area=Decimal(200)):
    hall = Facility("hall", "礼堂", "halls", "礼堂", "east", "东区", "", None, None, "", opened_on, "")
    printed = None if area is None else Number(value=area)
    return SpaceUse(hall, visits, loans, 10, dt.date(2019, 1, 1), dt.date(2019, 1, 10), printed)


def test_a_weekday_is_the_mean_of_its_days():
    visits = {dt.date(2019, 1, 7): 3, dt.date(2019, 1, 14): 6, dt.date(2019, 1, 13): 10}
    assert by_weekday(visits) == {1: (Decimal("4.5"), 2), 7: (Decimal(10), 1)}


def test_a_space_open_before_the_logs_is_divided_by_their_days():
    made = space()
    assert (made.days, made.per_day, made.per_area, made.loans_per_100) == (10, 100, 50, 5)
    assert made.gap == ""


def test_a_space_opened_later_is_divided_by_its_own_days():
    assert space(opened_on=dt.date(2019, 1, 6)).per_day == 200


def test_without_a_day_of_opening_there_is_no_rate_by_day_nor_by_area():
    made = space(opened_on=None)
    assert (made.days, made.per_day, made.per_area, made.gap) == (None, None, None, "no_opening")
    assert made.loans_per_100 == 5


def test_without_an_area_only_the_rate_by_area_is_missing():
    made = space(area=None)
    assert (made.per_day, made.per_area, made.gap) == (100, None, "no_area")


def test_without_visits_there_are_no_loans_by_visit():
    assert space(visits=0, loans=3).loans_per_100 is None


def daily(**levels):
    """``levels`` are facility -> (first day, visits a day as a function of the day's number since then)."""
    rows = [
        {"facility": facility, "day": start + dt.timedelta(days=at), "visits": level(at)}
        for facility, (start, level) in levels.items()
        for at in range((LAST - start).days + 1)
    ]
    return pd.DataFrame(rows)


def season(at):
    return 100 if at % 60 < 30 else 300


@pytest.fixture
def opened():
    return {"old": dt.date(2018, 1, 1), "new": FIRST + dt.timedelta(days=30), "late": LAST, "unknown": None}


def test_a_new_space_that_follows_the_season_stands_still_against_the_old_ones(opened):
    start = opened["new"]
    logs = daily(old=(FIRST, season), new=(start, lambda at: season(at + 30) // 2))
    steps = ramp_up(logs, opened)
    assert [step.value for step in steps] == [50] * 6
    assert [(step.first, step.last) for step in steps][:2] == [(1, 30), (31, 60)]
    assert {step.spaces for step in steps} == {1}


def test_a_new_space_that_comes_into_use_slowly_rises(opened):
    start = opened["new"]
    logs = daily(old=(FIRST, lambda _at: 100), new=(start, lambda at: 20 if at < 30 else 80))
    assert [step.value for step in ramp_up(logs, opened)] == [20, 80, 80, 80, 80, 80]


def test_spaces_without_a_day_of_opening_or_enough_days_count_on_neither_side(opened):
    start = opened["new"]
    plain = daily(old=(FIRST, lambda _at: 100), new=(start, lambda _at: 50))
    more = daily(
        old=(FIRST, lambda _at: 100),
        new=(start, lambda _at: 50),
        late=(LAST, lambda _at: 9000),
        unknown=(FIRST, lambda _at: 9000),
    )
    assert ramp_up(more, opened) == ramp_up(plain, opened) != ()


def test_without_old_or_new_spaces_nothing_is_compared(opened):
    assert ramp_up(daily(old=(FIRST, season)), opened) == ()
    assert ramp_up(daily(new=(opened["new"], season)), opened) == ()
    assert ramp_up(pd.DataFrame([], columns=["facility", "day", "visits"]), opened) == ()
