"""Each number of a document is entered or waits; one that waits says what it lacks, is asked for it, and an answer lets it in."""

import datetime as dt
from dataclasses import replace

import pytest

from etl.desk.enterable import answered_row, enterable, open_questions, outlook, proposals, time_cells
from etl.desk.new_source import source_toml
from etl.desk.proposed import proposed
from etl.errors import Refused
from etl.readers.facts import read_source
from etl.reference import read_reference

NAME = "2020-01-08-city-halls"
DAY = dt.date(2020, 1, 8)


@pytest.fixture
def sorted_rows(city, tmp_path):
    """Text, or rows of facts.csv, -> the rows that can be entered and those that wait."""

    def sort(said, *, place="city", **more):
        reference, _ = read_reference(city.write())
        home = tmp_path / NAME
        home.mkdir()
        home.joinpath("source.toml").write_text(source_toml("通报", "局", DAY, place, ""), "utf-8")
        source, problems = read_source(home)
        assert source is not None, problems
        rows = proposed(said, reference, DAY)
        return enterable([replace(row, **more) for row in rows], source, city.path, reference)

    return sort


def lacks(rows):
    return [row.missing for row in rows]


def test_a_whole_number_is_entered(sorted_rows):
    entered, waiting = sorted_rows("2019年，甲市建成礼堂15个。")
    assert [(row.value, row.indicator, row.place) for row in entered] == [("15", "halls_built", "city")]
    assert waiting == []


def test_a_number_of_no_known_indicator_waits(sorted_rows):
    entered, waiting = sorted_rows("2019年，甲市会议室配备投影仪30台。")
    assert entered == []
    assert lacks(waiting) == ["缺指标：这是什么数？"]


def test_what_happened_over_a_time_nobody_printed_waits_and_asks_for_it(sorted_rows):
    entered, waiting = sorted_rows("甲市建成礼堂15个，礼堂面积1.5万平方米。")
    assert [row.indicator for row in entered] == ["floor_area"]
    assert [(row.indicator, row.missing.split("：")[0]) for row in waiting] == [("halls_built", "缺时期")]
    assert "原文没有日期就照抄原文的说法" in lacks(waiting)[0]


def test_words_for_its_time_are_enough_for_what_happened_over_it(sorted_rows):
    entered, waiting = sorted_rows("甲市建成礼堂15个。", time_as_printed="连续两年")
    assert [row.time_as_printed for row in entered] == ["连续两年"]
    assert waiting == []


def test_a_number_of_a_place_nobody_knows_waits_with_its_name(sorted_rows):
    _, waiting = sorted_rows("2019年，丙丁区建成礼堂15个。")
    assert lacks(waiting)[0].startswith("未知地区“丙丁区”")


def test_a_number_in_another_unit_than_its_indicator_waits(sorted_rows):
    _, waiting = sorted_rows("2019年，甲市建成礼堂15个。", unit="m2")
    assert lacks(waiting)[0].startswith("与指标的单位不一致“m2”")


def test_a_number_that_is_published_already_waits_and_names_the_other(sorted_rows):
    _, waiting = sorted_rows("2018年，甲市建成礼堂12个。", as_of="2018-12-31")
    assert "2018-12-31-city-halls#1" in lacks(waiting)[0]
    assert "数值相同" in lacks(waiting)[0]


def test_a_number_that_contradicts_a_published_one_says_what_stands_there(sorted_rows):
    _, waiting = sorted_rows("2018年，甲市建成礼堂13个。", as_of="2018-12-31")
    assert "那里是12个" in lacks(waiting)[0]


def test_a_number_declared_absent_waits_and_says_where(city, sorted_rows):
    city.reference["absences"] = [
        {"indicator": "halls_built", "place": "city", "period_start": "2019-01-01", "period_end": "2019-12-31",
         "measure": "actual", "state": "not_published", "reason": "没有公布"},
    ]  # fmt: skip
    entered, waiting = sorted_rows("2019年，甲市建成礼堂15个。截至2019年12月31日，甲市累计接待超过5.2万人次。")
    assert "absences.csv 第2行" in lacks(waiting)[0]
    assert [row.indicator for row in entered] == ["visits"]


def test_printed_twice_is_entered_once_and_repeated(sorted_rows):
    entered, _ = sorted_rows("2019年，甲市建成礼堂15个。\n\n回顾2019年，甲市建成礼堂15个。\n")
    assert [(row.role, row.repeats) for row in entered] == [("observation", ""), ("repeat", "1")]


def test_printed_twice_with_two_values_keeps_the_second_waiting(sorted_rows):
    entered, waiting = sorted_rows("2019年，甲市建成礼堂15个。\n\n回顾2019年，甲市建成礼堂16个。\n")
    assert [row.value for row in entered] == ["15"]
    assert "数值不同" in lacks(waiting)[0]


def test_a_repeat_of_a_number_that_waits_waits_with_it(sorted_rows):
    entered, waiting = sorted_rows("2019年，甲市建成礼堂15个。\n\n回顾2019年，甲市建成礼堂15个。\n", unit="m2")
    assert entered == []
    assert [row.seq for row in waiting] == ["1", "2"]


def test_an_edited_value_that_its_printed_form_does_not_say_waits(sorted_rows):
    _, waiting = sorted_rows("2019年，甲市建成礼堂15个。", value="51")
    assert "与原文写法“15个”不符" in lacks(waiting)[0]


def test_a_cell_that_is_no_number_or_no_date_waits(sorted_rows):
    _, waiting = sorted_rows("2019年，甲市建成礼堂15个。", value="十五", period_end="2019-02-30")
    assert lacks(waiting)[0].count("格式不对") == 2


def test_a_document_of_an_unknown_place_is_refused(sorted_rows):
    with pytest.raises(Refused, match="E-201"):
        sorted_rows("2019年，甲市建成礼堂15个。", place="丙市")


TEXT = "甲市建成礼堂15个。会议室配备投影仪30台。"


@pytest.mark.parametrize(
    ("said", "cells"),
    [
        ("2019年1月至9月", {"period_start": "2019-01-01", "period_end": "2019-09-30"}),
        ("2019-01-01 至 2019-09-30", {"period_start": "2019-01-01", "period_end": "2019-09-30"}),
        ("去年上半年", {"period_start": "2019-01-01", "period_end": "2019-06-30"}),
        ("2019年", {"period_start": "2019-01-01", "period_end": "2019-12-31"}),
        ("连续两年", {"time_as_printed": "连续两年"}),
        ("2019年3月以来", {"time_as_printed": "2019年3月以来"}),
        ("2019年至2018年", {"time_as_printed": "2019年至2018年"}),
    ],
)
def test_a_time_in_words_becomes_days_only_where_it_names_them(said, cells):
    assert time_cells(said, DAY) == cells


def test_each_number_is_asked_for_what_it_lacks_and_an_answer_lets_it_in(city):
    folder = city.write()
    rows = proposals(folder, TEXT, DAY)
    assert open_questions(folder, rows) == {"1": ["time"], "2": ["indicator"]}
    assert [row.as_printed for row in outlook(folder, rows, DAY)[1]] == ["15个", "30台"]
    answered = [answered_row(rows[0], {"time": "2019年"}, DAY), answered_row(rows[1], {"indicator": " "}, DAY)]
    entered, waiting = outlook(folder, answered, DAY)
    assert [(row.as_printed, row.period_end) for row in entered] == [("15个", "2019-12-31")]
    assert [row.as_printed for row in waiting] == ["30台"]


def test_what_is_mentioned_in_passing_is_asked_nothing(city):
    folder = city.write()
    rows = [replace(row, role="incidental") for row in proposals(folder, TEXT, DAY)]
    assert open_questions(folder, rows) == {}
