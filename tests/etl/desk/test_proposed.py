"""The numbers of a document as rows of facts.csv: as read, nothing added."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from etl.desk.proposed import keyword, missing, proposed, read_by, with_repeats
from etl.reference import read_reference

DAY = dt.date(2020, 1, 8)


@pytest.fixture
def reference(city):
    return read_reference(city.write())[0]


def test_a_stock_without_a_day_speaks_of_the_day_of_publication(reference):
    row = proposed("甲市礼堂面积1.5万平方米。", reference, DAY)[0]
    assert (row.indicator, row.value, row.unit) == ("floor_area", "15000", "m2")
    assert (row.as_of, row.period_end) == ("2020-01-08", "")


def test_a_number_without_a_place_of_its_own_gets_none(reference):
    assert proposed("建成礼堂15个。", reference, DAY)[0].place == ""


def test_one_number_of_several_places_is_a_row_for_each(reference):
    rows = proposed("2019年，东岸区、西岸区各建成礼堂4个。", reference, DAY)
    assert [(row.place, row.value, row.locator) for row in rows] == [
        ("east", "4", rows[0].locator),
        ("west", "4", rows[0].locator),
    ]


def test_the_locator_is_where_the_number_stands(reference):
    text = "2019年，甲市接待超过 3.6万\n人次。"
    row = proposed(text, reference, DAY)[0]
    start, end = map(int, row.locator.removeprefix("char:").split("-"))
    assert "".join(text[start:end].split()) == row.as_printed


@pytest.mark.parametrize(
    ("text", "number", "near"),
    [
        ("全市共建成规范化社区81个，", "81个", "市共建成规范化社区"[-8:]),
        ("其中81个规范化城市社区投入使用", "81个", "其中规范化城市社区投入使用"),
        ("（一）81\n个", "81\n个", "一"),
        ("81个", "81个", ""),
        ("这是一句很长很长很长的话81个规范化城市社区投入使用并验收", "81个", "很长很长很长的话规范化城市社区投"),
    ],
)
def test_the_keyword_is_what_stands_beside_a_number_in_at_most_16_characters(text, number, near):
    start = text.index(number)
    assert keyword(text, start, start + len(number)) == near


@pytest.mark.parametrize(
    ("as_printed", "value", "qualifier", "how"),
    [
        ("超过148万人次", "1480000", "more_than", "numeral"),
        ("148万人次", "1480000", "more_than", "interpreted: 限定词不与数相连"),
        ("各4个", "8", "exact", "interpreted: 由上下文读出"),
        ("全部", "100", "exact", "interpreted: 由上下文读出"),
    ],
)
def test_how_a_number_was_read_is_said(as_printed, value, qualifier, how):
    assert read_by(as_printed, Decimal(value), None, qualifier) == how


def test_a_repeat_without_its_first_becomes_the_observation(reference):
    row = proposed("2019年，甲市建成礼堂15个。", reference, DAY)[0]
    rows = with_repeats([row, replace(row, seq="2"), replace(row, seq="3", value="16")])
    assert [(each.role, each.repeats) for each in rows] == [
        ("observation", ""),
        ("repeat", "1"),
        ("observation", ""),
    ]
    assert [each.role for each in with_repeats(rows[1:])] == ["observation", "observation"]


def test_a_number_of_a_table_without_a_unit_and_a_range_upside_down_say_why_they_wait(reference):
    rows = proposed("地区\t任务\n甲市\t12\n乙区\t8\n\n2019年，甲市建成礼堂20-15个。", reference, DAY)
    assert [next(missing(row, [], {})) for row in rows] == ["没有单位：表头、栏目和题注都没有写"] * 2 + [
        "区间上下限颠倒"
    ]
