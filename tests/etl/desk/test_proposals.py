"""What a number lacks is asked, and an answer in words becomes the cells of its row."""

import datetime as dt
from dataclasses import replace

import pytest

from etl.desk.proposals import answered_row, open_questions, outlook, proposals, time_cells

DAY = dt.date(2020, 1, 8)
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
