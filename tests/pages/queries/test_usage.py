"""Visits by day and hour from gate logs; which project a use screen is about is data."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from pages.queries.documents import citations_of
from pages.queries.usage import (
    logged_facilities,
    logged_span,
    project_of_screen,
    use_by_day,
    use_by_month,
    visits_by_day,
    visits_by_hour,
)

FIRST = dt.date(2019, 1, 1)


@pytest.fixture
def release(rich, release_of, stand_in):
    real = release_of(rich)
    days = [FIRST + dt.timedelta(days=at) for at in range(9) if at != 7]
    sources = pd.concat(
        [real.table("sources"), real.table("sources").head(1).assign(source="gates", kind="gate_log", title="门禁")]
    )
    return stand_in(
        real,
        {
            "visits_daily": pd.DataFrame(
                [
                    {"facility": "old_hall", "day": day, "visits": 10 + at, "loans": 0, "returns": 0, "cards": 0}
                    for at, day in enumerate(days)
                ]
                + [{"facility": "elsewhere", "day": FIRST, "visits": 1000, "loans": 0, "returns": 0, "cards": 0}]
            ),
            "visits_hourly": pd.DataFrame(
                [
                    {"facility": "old_hall", "weekday": 2, "hour": 9, "visits": 4},
                    {"facility": "old_hall", "weekday": 1, "hour": 20, "visits": 7},
                ]
            ),
            "sources": sources,
        },
    )


def test_the_charts_of_a_screen_name_its_project(xuchang, release_of):
    assert project_of_screen(release_of(xuchang), "reading") == "reading_spaces"
    assert project_of_screen(release_of(xuchang), "no_such_screen") == ""


def test_a_part_named_by_a_chart_stands_for_the_whole(rich, release_of, stand_in):
    real = release_of(rich)
    charts, indicators = real.table("charts").head(1).assign(screen="use", shows="seats"), real.table("indicators")
    part = indicators.assign(project=["hall_works" if each == "seats" else "" for each in indicators["indicator"]])
    assert project_of_screen(stand_in(real, {"charts": charts, "indicators": part}), "use") == "halls"


def test_without_charts_it_is_the_project_whose_facilities_have_logs(release, rich, release_of):
    assert project_of_screen(release_of(rich), "reading") == ""
    assert project_of_screen(release, "reading") == "halls"
    assert logged_facilities(release, "halls") == {"old_hall": "老礼堂"}


def test_days_add_up_the_facilities_of_the_project_and_a_missing_day_breaks_the_mean(release):
    rows = visits_by_day(release, "halls")
    assert [row.mark.value for row in rows] == [Decimal(10 + at) for at in range(8)]
    means = {row.day: row.week_mean for row in rows}
    assert means[FIRST + dt.timedelta(days=6)] == 13
    assert [day for day, mean in means.items() if mean is not None] == [FIRST + dt.timedelta(days=6)]


def test_hours_are_sorted_by_weekday(release):
    rows = visits_by_hour(release, "halls", "old_hall")
    assert [(row.weekday, row.hour, row.mark.value) for row in rows] == [(1, 20, 7), (2, 9, 4)]


def test_a_number_of_a_log_cites_the_log_and_a_bulletin_is_none(release):
    marks = [row.mark for row in visits_by_day(release, "halls")]
    assert [each.source for each in citations_of(release, marks)] == ["gates"]
    assert citations_of(release, [replace(mark, logs=("2018-12-31-halls",)) for mark in marks]) == ()


def test_a_month_the_logs_cover_in_part_carries_the_days_they_cover(release):
    (month,) = use_by_month(release, "halls")
    assert (month.mark.period_start, month.mark.period_end) == (FIRST, dt.date(2019, 1, 9))
    assert not month.is_whole
    assert (month.mark.value, month.visits) == (Decimal(108), 108)


def test_a_whole_month_between_two_others_is_whole(release, stand_in):
    days = [dt.date(2019, 1, 20) + dt.timedelta(days=at) for at in range(60)]
    rows = [{"facility": "old_hall", "day": day, "visits": 1, "loans": 2, "returns": 0, "cards": 0} for day in days]
    months = use_by_month(stand_in(release, {"visits_daily": pd.DataFrame(rows)}), "halls")
    assert [month.is_whole for month in months] == [False, True, False]
    assert [month.mark.value for month in months] == [12, 28, 20]
    assert [month.loans for month in months] == [24, 56, 40]


def test_the_span_is_that_of_all_logs(release):
    assert logged_span(release) == (FIRST, dt.date(2019, 1, 9))


def test_without_logs_there_is_nothing(rich, empty, release_of):
    for folder in (rich, empty):
        assert visits_by_day(release_of(folder), "halls") == ()
        assert visits_by_hour(release_of(folder), "halls") == ()
        assert logged_facilities(release_of(folder), "halls") == {}
        assert use_by_day(release_of(folder), "halls").empty
        assert use_by_month(release_of(folder), "halls") == ()
        assert logged_span(release_of(folder)) is None
