"""Spaces with a log: their use, their day of opening and their floor area, each only as far as published."""

import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest

from etl.model import State
from pages.queries.documents import citations_of
from pages.queries.usage import spaces_used
from pages.queries.use_patterns import spaces_ranked, use_after_opening, visits_by_weekday

DAYS = [dt.date(2019, 1, 1) + dt.timedelta(days=at) for at in range(10)]


@pytest.fixture
def release(rich, release_of, stand_in):
    real = release_of(rich)
    hall = real.table("facilities").iloc[0].to_dict()
    halls = [
        hall | {"opened_on": dt.date(2018, 1, 1)},
        hall | {"facility": "new_hall", "name": "新礼堂", "name_en": "New hall"},
    ]
    areas = real.table("observations").iloc[[0, 0]].assign(
        observation_id=["2018-12-31-halls#1", "2018-12-31-halls#8"], source="2018-12-31-halls", indicator="seats", breakdown=["rooms:big", "rooms:small"],
        value=[Decimal(50), Decimal(999)], measure="actual", qualifier="exact", verified=[True, False],
    )  # fmt: skip
    return stand_in(
        real,
        {
            "facilities": pd.DataFrame(halls, dtype=object),
            "visits_daily": pd.DataFrame(
                [
                    {"facility": each, "day": day, "visits": visits, "loans": 1, "returns": 0, "cards": 0}
                    for each, visits in (("old_hall", 20), ("new_hall", 70))
                    for day in DAYS
                ]
            ),
            "denominators": pd.DataFrame([{"kind": "floor_area", "indicator": "seats", "note": ""}]),
            "breakdowns": real.table("breakdowns").assign(
                item=[{"rooms:big": "old_hall", "rooms:small": "new_hall"}.get(each, "") for each in real.table("breakdowns")["breakdown"]]
            ),
            "observations": areas,
            "derived": real.table("derived").head(0),
            "sources": pd.concat([real.table("sources"), real.table("sources").head(1).assign(source="gates", kind="gate_log")]),
        },
    )  # fmt: skip


def test_a_space_has_its_use_its_opening_and_its_checked_area(release):
    old, new = spaces_used(release, "halls")
    assert (old.visits, old.loans, old.days_logged, old.facility.opened_on) == (200, 10, 10, dt.date(2018, 1, 1))
    assert (old.area.value, old.area.number_id) == (50, "2018-12-31-halls#1")
    assert (new.area, new.facility.opened_on) == (None, None)


def test_spaces_without_what_a_rate_needs_come_last_and_say_why(release):
    ranked = spaces_ranked(release, "halls", "per_day")
    assert [row.space.facility.facility for row in ranked] == ["old_hall", "new_hall"]
    assert [row.mark.value for row in ranked] == [20, None]
    assert [row.mark.state for row in ranked] == [State.DONE, State.NOT_PUBLISHED]
    assert ranked[1].space.gap == "no_opening"


def test_all_visits_need_neither(release):
    assert [row.mark.value for row in spaces_ranked(release, "halls", "visits")] == [700, 200]


def test_a_rate_by_area_cites_the_log_and_where_the_area_was_printed(release):
    ranked = spaces_ranked(release, "halls", "per_area")
    marks = [row.mark for row in ranked]
    assert [mark.value for mark in marks] == [40, None]
    assert [mark.observation_ids for mark in marks] == [("2018-12-31-halls#1",), ()]
    assert {each.source for each in citations_of(release, marks)} == {"gates", "2018-12-31-halls"}


def test_only_one_place_is_ranked_where_one_is_asked_for(release):
    assert spaces_ranked(release, "halls", "visits", "nowhere") == ()


def test_what_is_computed_from_a_log_says_so(release):
    assert all(row.mark.derived for row in visits_by_weekday(release, "halls"))
    assert use_after_opening(release, "halls") == ()


def test_without_logs_there_is_no_space(rich, empty, release_of):
    for folder in (rich, empty):
        assert spaces_used(release_of(folder), "halls") == ()
        assert spaces_ranked(release_of(folder), "halls", "per_day") == ()
