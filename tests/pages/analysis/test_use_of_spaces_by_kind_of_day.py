"""What kind of day a day is, by the State Council's notices; a year nobody has told is not guessed."""

import datetime as dt
from decimal import Decimal

import pytest

from pages.analysis.use_of_spaces import averages, kind_of_day, unknown_years


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        (dt.date(2019, 2, 5), "holiday", "春节"),
        (dt.date(2019, 2, 9), "holiday", "春节"),  # a Saturday inside the holiday
        (dt.date(2019, 2, 2), "worked", "春节"),
        (dt.date(2019, 2, 23), "weekend", ""),
        (dt.date(2019, 2, 20), "workday", ""),
        (dt.date(2090, 10, 1), "unknown", ""),
        (dt.date(1990, 10, 1), "unknown", ""),
    ],
)
def test_a_day_is_of_the_kind_the_notice_says(day, kind, name):
    found = kind_of_day(day)
    assert (found.kind, found.name) == (kind, name)
    assert bool(found.name_en) == bool(name)


def test_averages_come_in_the_order_of_kinds_and_holidays_by_name():
    visits = {
        dt.date(2019, 10, 1): 50, dt.date(2019, 10, 2): 70, dt.date(2019, 5, 1): 90, dt.date(2019, 2, 2): 30,
        dt.date(2019, 9, 29): 34, dt.date(2019, 2, 20): 10, dt.date(2019, 2, 21): 13, dt.date(2019, 2, 23): 20,
    }  # fmt: skip
    told = [(one.kind.kind, one.kind.name, one.days, one.mean) for one in averages(visits)]
    assert told == [
        ("workday", "", 2, Decimal("11.5")),
        ("weekend", "", 1, Decimal(20)),
        ("worked", "", 2, Decimal(32)),
        ("holiday", "劳动节", 1, Decimal(90)),
        ("holiday", "国庆节", 2, Decimal(60)),
    ]


def test_a_year_nobody_has_told_is_named():
    assert unknown_years([dt.date(2019, 1, 1), dt.date(2090, 1, 1), dt.date(2090, 1, 2)]) == [2090]
    assert [one.kind.kind for one in averages({dt.date(2090, 10, 1): 5})] == ["unknown"]
