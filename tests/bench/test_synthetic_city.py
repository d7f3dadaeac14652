"""A city of any size is what its shape says, and builds."""

import datetime as dt

import pandas as pd
import pytest

from bench.synthetic_city import Shape, months, shape, write_city
from etl.build import build
from etl.release.tables import LAPTOP, now, open_release

SMALL = Shape(places=3, indicators=5, months=13)


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic") / "city"
    write_city(folder, SMALL)
    build(folder)
    return open_release(LAPTOP, now(), folder=folder)


@pytest.mark.parametrize(
    ("observations", "expected"),
    [(1_500, Shape(10, 15, 10)), (15_000, Shape(15, 30, 33)), (150_000, Shape(22, 70, 97))],
)
def test_places_indicators_and_months_all_grow_with_the_number_of_observations(observations, expected):
    assert shape(observations) == expected
    assert expected.places * expected.indicators * expected.months == pytest.approx(observations, rel=0.02)


def test_months_end_with_the_last_december_and_know_leap_years():
    assert months(2) == [(dt.date(2025, 11, 1), dt.date(2025, 11, 30)), (dt.date(2025, 12, 1), dt.date(2025, 12, 31))]
    assert months(23)[0] == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))


def test_every_place_has_every_indicator_each_month_but_for_the_declared_absences(release):
    observations, absences = release.table("observations"), release.table("absences")
    actual = observations[observations["measure"] == "actual"]
    assert len(actual) == 3 * 5 * 13 - 2
    assert set(actual["place"]) == {"city", "district_1", "district_2"}
    assert list(zip(absences["indicator"], absences["place"], absences["period_end"], strict=True)) == [
        ("indicator_5", "district_2", dt.date(2024, 12, 31)),
        ("indicator_5", "district_2", dt.date(2025, 12, 31)),
    ]


def test_there_is_one_plan_a_year_for_each_place(release):
    observations = release.table("observations")
    plans = observations[observations["measure"] == "plan"]
    assert set(plans["indicator"]) == {"indicator_1"}
    assert list(plans["period_start"]) == 3 * [dt.date(2024, 1, 1)] + 3 * [dt.date(2025, 1, 1)]


def test_computed_numbers_and_sums_grow_with_places_and_months(release):
    assert len(release.table("derived")) == 3 * 13
    assert list(release.table("checks")["verdict"]) == ["holds"] * 4 * 13


def test_it_says_that_it_is_made_up(release):
    assert release.synthetic
    assert all(title.startswith("模拟数据") for title in release.table("sources")["title"])


def test_the_same_shape_is_the_same_city(release, tmp_path):
    write_city(tmp_path / "again", SMALL)
    build(tmp_path / "again")
    again = open_release(LAPTOP, now(), folder=tmp_path / "again")
    assert again.id == release.id
    pd.testing.assert_frame_equal(again.table("observations"), release.table("observations"))
