"""A title names indicator, place and time of its own marks, once each."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from etl.language import spoken
from pages.wording.marks import WordedMark
from pages.wording.titles import named_title, undated


def mark(place="东区", of=2018, **more):
    year = {"period_start": dt.date(of, 1, 1), "period_end": dt.date(of, 12, 31)}
    plain = {"value": Decimal(3), "place_name": place, "indicator_name": "礼堂数", "label": place}
    return WordedMark(**plain | year | more)


def marks(*rows):
    return rows


def test_what_a_finding_does_not_name_stands_before_it():
    assert named_title("最多的是3个", marks(mark()), "甲市") == "2018年东区礼堂数：最多的是3个"
    assert (
        spoken("en", named_title, "most are 3", marks(mark("East", indicator_name="Halls")), "Alpha")
        == "2018, East, Halls: most are 3"
    )


def test_what_it_names_is_not_said_twice():
    for said in ("2018年，东区的礼堂数为3个", "2018年东区计划建设礼堂3个"):
        assert named_title(said, marks(mark()), "甲市") == said


def test_a_plain_title_gets_its_time_behind_it():
    assert named_title("东区 · 礼堂数", marks(mark(of=2017), mark(of=2018)), "") == "东区 · 礼堂数（2017—2018年）"


def test_two_charts_that_differ_in_one_thing_alone_differ_in_title():
    one = named_title("最多的是3个", marks(mark()), "")
    others = [mark("西区"), mark(of=2019), mark(indicator_name="球场数")]
    assert len({one, *(named_title("最多的是3个", marks(other), "") for other in others)}) == 4


def test_a_chart_over_several_places_is_about_the_place_they_lie_in():
    several = marks(mark(), mark("西区"))
    assert named_title("合计6个", several, "甲市") == "2018年甲市礼堂数：合计6个"
    assert "甲市" not in named_title("2018年东区、西区合计礼堂6个", several, "甲市")


def test_days_that_differ_are_told_by_the_last():
    days = {"period_start": None, "period_end": None}
    rows = marks(mark(**days | {"as_of": dt.date(2018, 5, 1)}), mark(**days | {"as_of": dt.date(2018, 6, 30)}))
    assert named_title("东区礼堂数", rows, "") == "东区礼堂数（截至2018年6月30日）"


def test_a_finding_that_says_the_day_of_its_number_needs_no_period_before_it():
    rows = marks(mark(as_of=dt.date(2018, 12, 31)), mark(of=2019, as_of=dt.date(2019, 12, 31)))
    said = "截至2019年12月31日，累计3个"
    assert named_title(said, rows, "") == f"东区礼堂数：{said}"
    assert named_title("累计3个", rows, "") == "2018—2019年东区礼堂数：累计3个"


def test_a_finding_about_a_place_without_a_number_names_its_place():
    rows = marks(mark(), mark("西区"), mark("南县", value=None))
    said = "2018年礼堂数：南县不在计划"
    assert named_title(said, rows, "甲市") == said
    assert named_title("2018年礼堂数：北县不在计划", rows, "甲市").startswith("甲市：")


def test_a_running_total_whose_day_is_named_gets_no_second_time():
    day = dt.date(2019, 3, 21)
    total = marks(mark(period_start=None, period_end=day, as_of=day))
    assert named_title("截至2019年3月21日，礼堂数超过3个", total, "") == "东区：截至2019年3月21日，礼堂数超过3个"
    flow = marks(mark(as_of=day))
    assert named_title("截至2019年3月21日，礼堂数3个", flow, "").startswith("2018年东区：")


def test_only_a_number_without_any_word_for_its_time_is_undated():
    bare = mark(period_start=None, period_end=None)
    assert undated(marks(mark(), replace(bare, label="西区"))) == ["西区"]
    assert undated(marks(mark(), replace(bare, time_as_printed="连续两年"))) == []
    assert undated(marks(mark(), replace(bare, value=None))) == []
    assert undated(marks(mark(), replace(bare, part="beside"))) == []


def test_a_day_that_the_finding_tells_is_not_told_again_as_a_period():
    day = dt.date(2019, 3, 21)
    row = mark(period_start=None, period_end=day, as_of=day)
    said = "截至2019年3月21日，东区礼堂数3个"
    assert named_title(said, marks(row), "") == said


def test_a_day_that_a_finding_names_in_its_own_way_is_not_said_again():
    until = mark(period_start=None, period_end=dt.date(2019, 3, 21), as_of=dt.date(2019, 3, 21))
    said = "东区：截至2019年3月21日，礼堂数超过3个"
    assert named_title(said, marks(until), "") == said
    other = replace(until, period_end=dt.date(2018, 3, 21), as_of=dt.date(2018, 3, 21))
    assert named_title(said, marks(other), "") == f"{said}（到2018年3月21日）"


def test_places_that_each_have_their_year_get_no_common_day():
    days = ({"period_start": None, "period_end": None, "as_of": dt.date(year, 5, 15)} for year in (2018, 2012))
    east, west = (mark(place, **day) for place, day in zip(("东区", "西区"), days, strict=True))
    assert (
        named_title("礼堂数：东区2018年3个；西区2012年3个", marks(east, west), "")
        == "礼堂数：东区2018年3个；西区2012年3个"
    )
    assert named_title("礼堂数：东区3个；西区3个", marks(east, west), "").endswith("（截至2018年5月15日）")
