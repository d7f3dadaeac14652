"""A title names indicator, place and time of its own marks, once each."""

import datetime as dt
from decimal import Decimal

import pandas as pd

from pages.wording.catalog import words
from pages.wording.titles import named_title, undated

ZH, EN = words("zh"), words("en")


def mark(place="东区", of=2018, **more):
    year = {"period_start": dt.date(of, 1, 1), "period_end": dt.date(of, 12, 31), "as_of": None}
    plain = {"part": "shown", "value": Decimal(3), "place_name": place, "indicator_name": "礼堂数", "label": place}
    return plain | year | more


def marks(*rows):
    return pd.DataFrame(list(rows), dtype=object)


def test_what_a_finding_does_not_name_stands_before_it():
    assert named_title("最多的是3个", marks(mark()), "甲市", ZH) == "2018年东区礼堂数：最多的是3个"
    assert (
        named_title("most are 3", marks(mark("East", indicator_name="Halls")), "Alpha", EN)
        == "2018, East, Halls: most are 3"
    )


def test_what_it_names_is_not_said_twice():
    for said in ("2018年，东区的礼堂数为3个", "2018年东区计划建设礼堂3个"):
        assert named_title(said, marks(mark()), "甲市", ZH) == said


def test_a_plain_title_gets_its_time_behind_it():
    assert named_title("东区 · 礼堂数", marks(mark(of=2017), mark(of=2018)), "", ZH) == "东区 · 礼堂数（2017—2018年）"


def test_two_charts_that_differ_in_one_thing_alone_differ_in_title():
    one = named_title("最多的是3个", marks(mark()), "", ZH)
    others = [mark("西区"), mark(of=2019), mark(indicator_name="球场数")]
    assert len({one, *(named_title("最多的是3个", marks(other), "", ZH) for other in others)}) == 4


def test_a_chart_over_several_places_is_about_the_place_they_lie_in():
    several = marks(mark(), mark("西区"))
    assert named_title("合计6个", several, "甲市", ZH) == "2018年甲市礼堂数：合计6个"
    assert "甲市" not in named_title("2018年东区、西区合计礼堂6个", several, "甲市", ZH)


def test_days_that_differ_are_told_by_the_last():
    days = {"period_start": None, "period_end": None}
    rows = marks(mark(**days | {"as_of": dt.date(2018, 5, 1)}), mark(**days | {"as_of": dt.date(2018, 6, 30)}))
    assert named_title("东区礼堂数", rows, "", ZH) == "东区礼堂数（截至2018年6月30日）"


def test_a_running_total_whose_day_is_named_gets_no_second_time():
    day = dt.date(2019, 3, 21)
    total = marks(mark(period_start=None, period_end=day, as_of=day))
    assert named_title("截至2019年3月21日，礼堂数超过3个", total, "", ZH) == "东区：截至2019年3月21日，礼堂数超过3个"
    flow = marks(mark(as_of=day))
    assert named_title("截至2019年3月21日，礼堂数3个", flow, "", ZH).startswith("2018年东区：")


def test_only_a_number_without_any_word_for_its_time_is_undated():
    bare = mark(period_start=None, period_end=None)
    assert undated(marks(mark(), bare | {"label": "西区"}), ZH) == ["西区"]
    assert undated(marks(mark(), bare | {"time_as_printed": "连续两年"}), ZH) == []
    assert undated(marks(mark(), bare | {"value": None}), ZH) == []
    assert undated(marks(mark(), bare | {"part": "beside"}), ZH) == []


def test_a_day_that_the_finding_tells_is_not_told_again_as_a_period():
    day = dt.date(2019, 3, 21)
    row = mark(period_start=None, period_end=day, as_of=day)
    said = "截至2019年3月21日，东区礼堂数3个"
    assert named_title(said, marks(row), "", ZH) == said
