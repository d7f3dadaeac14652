"""Marks with their words, and the table behind a display."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from etl.model import Mark
from pages.charts.form import worded_marks
from pages.wording.marks import chart_note, numbers_table, units_of


def mark(place, value, measure="plan", state="planned", verified=True, reason=""):
    return Mark(
        number_id="" if value is None else f"s#{place}", value=None if value is None else Decimal(value),
        step=Decimal(1), unit="个", unit_name="个", qualifier="exact", verified=verified,
        measure=measure, indicator_name="数", place_name=place, place_short=place, state=state,
        as_printed="" if value is None else f"{value}个", reason=reason, period_start=dt.date(2019, 1, 1),
        period_end=dt.date(2019, 12, 31),
    )  # fmt: skip


MARKS = [
    mark("甲", 20),
    mark("乙", 0, measure="actual", state="done"),
    mark("丙", None, state="not_in_plan", reason="已分完"),
    mark("丁", 3, verified=False),
]


def test_every_mark_says_what_it_is():
    said = worded_marks(MARKS, "bars_by_place")
    assert [each.label for each in said] == ["甲", "乙", "丙", "丁"]
    assert [each.text for each in said] == ["计划20个", "0个", "不在计划", "计划3个（未核对）"]


def test_a_point_stands_at_the_end_of_its_period_and_not_at_the_day_of_its_document():
    late = [replace(each, as_of=dt.date(2020, 1, 28)) for each in MARKS]
    assert {each.label for each in worded_marks(late, "points_over_time")} == {"2019年\n12月31日"}
    early = [replace(each, as_of=dt.date(2019, 6, 30)) for each in MARKS]
    assert {each.label for each in worded_marks(early, "points_over_time")} == {"2019年\n6月30日"}


def test_a_number_that_may_not_be_told_yet_says_so():
    said = worded_marks([replace(each, embargoed=each.place_name in ("甲", "丁")) for each in MARKS], "bars_by_place")
    assert [each.text for each in said] == ["计划20个（禁发）", "0个", "不在计划", "计划3个（未核对）（禁发）"]


def test_an_axis_of_periods_says_the_period():
    assert {each.label for each in worded_marks(MARKS, "bars_by_period")} == {"2019年"}


def test_the_table_has_a_row_for_every_mark_and_no_empty_column():
    rows = numbers_table(MARKS)
    assert list(rows["数值"]) == ["计划20个", "0个", "不在计划", "计划3个（未核对）"]
    assert "分组" not in rows
    assert list(rows["理由"])[2] == "已分完"


def test_a_brief_table_leaves_out_what_all_rows_share():
    brief = numbers_table(MARKS, is_brief=True)
    assert "指标" not in brief
    assert "时间" not in brief
    assert "性质" in brief
    assert "指标" in numbers_table(MARKS[:1], is_brief=True)


YEAR = {"period_start": dt.date(2019, 1, 1), "period_end": dt.date(2019, 12, 31), "as_of": None}


def chart_mark(value, part="shown", measure="plan", qualifier="exact", state="planned", place="甲区", **more):
    plain = {
        "value": None if value is None else Decimal(value), "step": Decimal(1), "unit": "个", "unit_name": "个",
        "qualifier": qualifier, "verified": True, "measure": measure, "indicator": "built", "indicator_name": "数",
        "done_word": "建成", "place_name": place, "part": part, "state": state, **YEAR,
    }  # fmt: skip
    return Mark(**plain | more)


PARTS = (
    chart_mark(20),
    chart_mark(16, place="乙区"),
    chart_mark(8, place="丙县"),
    chart_mark(None, place="丁县", state="not_in_plan"),
)
TOTAL = chart_mark(44, part="beside", place="甲市")


def test_the_note_names_unit_patterns_and_the_own_remark():
    said = chart_note([*PARTS, TOTAL], "空心", "备注")
    assert said == "单位：个；斜纹＝计划；空框＝不在计划；空心；备注"


def money(value, **more):
    plain = {"unit": "元", "unit_name": "元", "step": Decimal(10_000), "measure": "actual", "state": "done"}
    return chart_mark(value, **(plain | more))


def test_the_unit_above_a_chart_is_the_one_its_labels_carry():
    assert units_of([money(26_110_000)]) == ["万元"]
    assert units_of([money(26_110_000), money(135_000_000, step=Decimal(1_000_000))]) == ["万元", "亿元"]
    assert chart_note([money(26_110_000)]) == "单位：万元"
    assert chart_note([chart_mark(3)]).startswith("单位：个；")
    assert chart_note([money(26_110_000, part="beside")]) == "单位：万元"


def test_solid_is_what_the_indicator_says_was_done_and_not_built_where_nothing_is_built():
    states = (chart_mark(None, place="丁县", state="not_published"),)
    for word, told in (("建成", "实心＝建成"), ("投入", "实心＝投入"), ("", "实心＝实际")):
        assert told in chart_note([money(10_000, done_word=word), *states])
    mixed = (money(10_000, done_word="建成"), money(10_000, done_word="投入", place="乙区"))
    assert "实心＝实际" in chart_note([*mixed, *states])


def test_a_legend_names_only_the_states_that_occur():
    said = chart_note([chart_mark(3), chart_mark(None, place="丁县", state="not_published")])
    assert "斜纹＝计划" in said
    assert "灰点＝未公布" in said
    assert "实心" not in said
    assert "空框" not in said
