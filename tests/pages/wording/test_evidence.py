"""A project's line says what its numbers say, and its one word changes when they do."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from etl.language import spoken
from etl.model import Number
from pages.wording.evidence import evidence_state, evidence_text

DONE = Number(
    number_id="s#1", observation_ids=("s#1",), indicator="halls", indicator_name="礼堂数", place="city", place_name="甲市", value=Decimal(12),
    step=Decimal(1), unit="个", unit_name="个", qualifier="exact", measure="actual", verified=True, period_start=dt.date(2018, 1, 1),
    period_end=dt.date(2018, 12, 31),
)  # fmt: skip
TARGET, PLAN = replace(DONE, measure="target", value=Decimal(10)), replace(DONE, measure="plan")


def test_numbers_of_one_indicator_share_its_name_and_say_their_time():
    assert evidence_text([DONE, TARGET]) == "礼堂数2018年12个，2018年目标10个"


def test_numbers_of_one_time_say_it_once_behind_them():
    day = {"period_start": None, "period_end": None, "as_of": dt.date(2012, 5, 15)}
    seats = replace(DONE, indicator_name="座席数", value=Decimal(30))
    told = evidence_text([replace(DONE, **day), replace(seats, **day), replace(seats, indicator_name="来访数")])
    assert told == "礼堂数12个；座席数30个（截至2012年5月15日）；来访数30个（2018年）"


def test_a_place_other_than_the_city_stands_in_front():
    assert evidence_text([replace(DONE, place_name="东岸区")], ("东岸区",)).startswith("东岸区：")


def test_a_lower_bound_keeps_its_word():
    assert "超过12个" in evidence_text([replace(DONE, qualifier="more_than")])


def test_versions_of_a_conflict_stand_side_by_side():
    both = [
        replace(DONE, variant="a", conflict="c"), replace(DONE, variant="b", conflict="c", value=Decimal(17)),
    ]  # fmt: skip
    text = evidence_text(both)
    assert "12个" in text.split("／")[0]
    assert "17个" in text.split("／")[1]


@pytest.mark.parametrize(
    ("numbers", "colour", "word"),
    [
        ((DONE, TARGET), "blue", "超过目标"),
        ((replace(DONE, value=Decimal(10)), TARGET), "blue", "达到目标"),
        ((replace(DONE, value=Decimal(9)), TARGET), "red", "未达目标"),
        ((replace(DONE, value=Decimal(9), qualifier="more_than"), TARGET), "gray", "截至目前"),
        ((DONE, replace(TARGET, place="east")), "gray", ""),
        ((DONE, replace(TARGET, period_end=dt.date(2019, 12, 31))), "gray", ""),
        ((DONE,), "gray", ""),
        ((PLAN,), "blue", "计划"),
        ((DONE, PLAN), "gray", ""),
        ((replace(DONE, conflict="c"), TARGET), "red", "口径不一"),
    ],
)
def test_the_one_word_follows_the_numbers(numbers, colour, word):
    assert evidence_state(numbers) == (colour, word)


def test_a_missing_target_is_said_where_somebody_declared_it():
    assert evidence_state([DONE], is_target_missing=True) == ("gray", "未公布目标")


def test_english_says_the_same():
    assert spoken("en", evidence_state, [DONE, TARGET])[1] == "above target"
