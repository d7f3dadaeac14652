"""What stands in a draft instead of a wrong number: only the one number that can be meant, and nothing where two can."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.checking.draft import check_draft
from etl.checking.offers import CONDITIONS
from etl.checking.published import Measured, PublishedNumbers
from tests.etl.checking.test_draft import KNOWN, NUMBERS, YEARS, number, stock

OFFERED = {
    "截至2024年底，云汀市有养老床位12840张。": "12480张",
    "2024年，云汀市建成口袋公园44个。": "41个",
    "云汀市累计助餐服务超过251万人次。": "超过215万人次",
    "2024年，云汀市城镇新增就业5.8万人。": "5.3万人",
    "2025年，汀南区计划建设口袋公园16个。": "18个",
    "2025年，汀南区计划建设口袋公园18个，占全市计划的63%。": "36%（推算）",
    "2024年，云汀市建成口袋公园41个，比上年增加51个。": "15个（推算）",
    "2024年，云汀市建成口袋公园41个，比目标多8个。": "3个（推算）",
    "2023年、2024年，云汀市分别建成口袋公园26个、41个，两年共76个。": "67个",
    "2025年，汀南区、汀北区计划建设口袋公园18个、14个，两地合计23个。": "32个（推算）",
}
NOT_OFFERED = {
    "two years without one named": "云汀市建成口袋公园45个。",
    "a conflict": "2024年，汀南区新开公交线路12条。",
    "an embargo": "2025年，云汀市新增中小学学位6900个。",
    "another unit with these digits": "截至2024年底，云汀市有养老床位12480户。",
    "a remainder": "2024年，云汀市建成口袋公园41个，其余18个在建。",
    "an item nobody knows": "截至2024年底，云汀市养老床位数（康养型）为500张。",
    "a place without one": "桐川县社区食堂有19家。",
}


def offers(text: str, known=KNOWN) -> list[str]:
    return [one.expected for one in check_draft(text, known) if one.expected]


@pytest.mark.parametrize("text", OFFERED)
def test_the_one_number_that_can_be_meant_is_offered(text):
    assert offers(text) == [OFFERED[text]]


@pytest.mark.parametrize("kind", NOT_OFFERED)
def test_nothing_is_offered_where(kind):
    assert offers(NOT_OFFERED[kind]) == []


def test_an_unverified_number_is_not_offered():
    numbers = [replace(one, verified=one.id != "launch#14") for one in NUMBERS]
    known = replace(KNOWN, numbers=PublishedNumbers.of(numbers))
    assert offers("截至2024年底，云汀市有养老床位12840张。", known) == []


def test_the_newest_verified_number_is_offered_where_the_draft_says_no_time():
    newer = number(90, "beds", "yunting", "13000", "张", as_printed="1.3万张", **stock("2025-06-30"))
    text = "云汀市有养老床位12999张，都在社区里。"
    verified = replace(KNOWN, numbers=PublishedNumbers.of((*NUMBERS, newer)))
    unverified = replace(KNOWN, numbers=PublishedNumbers.of((*NUMBERS, replace(newer, verified=False))))
    assert offers("云汀市有养老床位12840张。", verified) == ["1.3万张"]
    assert offers("云汀市有养老床位12840张。", unverified) == ["12480张"]
    assert offers(text, KNOWN) == ["12480张"]


def test_two_numbers_of_like_names_are_not_offered_for_each_other():
    like = number(91, "beds_new", "yunting", "620", "张", as_printed="620张", **stock("2024-12-31"))
    known = replace(
        KNOWN,
        numbers=PublishedNumbers.of((*NUMBERS, like)),
        indicators=(*KNOWN.indicators, Measured("beds_new", "养老院床位数", "张", "stock", "care")),
    )
    assert offers("截至2024年底，云汀市有床位555张。", known) == []


def test_a_plan_is_called_one_and_a_noun_is_not_said_twice():
    plan = number(92, "wards", "tingnan", "52", "个", measure="plan", as_printed="52个社区", **YEARS[2025])
    known = replace(
        KNOWN,
        numbers=PublishedNumbers.of((*NUMBERS, plan)),
        indicators=(*KNOWN.indicators, Measured("wards", "智慧社区数", "个", "flow", "wards")),
    )
    assert offers("2025年，汀南区智慧社区25个。", known) == ["计划52个"]
    assert offers("2025年，汀南区计划打造智慧社区25个。", known) == ["52个"]


def test_each_condition_says_what_it_asks():
    assert all(condition.__doc__ for condition in CONDITIONS)
