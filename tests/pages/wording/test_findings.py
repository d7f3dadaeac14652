"""The note of a chart: its unit, what its marks mean."""

import datetime as dt
from decimal import Decimal

from etl.model import Mark
from pages.wording.findings import chart_note, units_of

YEAR = {"period_start": dt.date(2019, 1, 1), "period_end": dt.date(2019, 12, 31), "as_of": None}


def mark(value, part="shown", measure="plan", qualifier="exact", state="planned", place="甲区", **more):
    plain = {
        "value": None if value is None else Decimal(value), "step": Decimal(1), "unit": "个", "unit_name": "个",
        "qualifier": qualifier, "verified": True, "measure": measure, "indicator": "built", "indicator_name": "数",
        "done_word": "建成", "place_name": place, "part": part, "state": state, **YEAR,
    }  # fmt: skip
    return Mark(**plain | more)


PARTS = (mark(20), mark(16, place="乙区"), mark(8, place="丙县"), mark(None, place="丁县", state="not_in_plan"))
TOTAL = mark(44, part="beside", place="甲市")


def test_the_note_names_unit_patterns_and_the_own_remark():
    said = chart_note([*PARTS, TOTAL], "空心", "备注")
    assert said == "单位：个；斜纹＝计划；空框＝不在计划；空心；备注"


def money(value, **more):
    plain = {"unit": "元", "unit_name": "元", "step": Decimal(10_000), "measure": "actual", "state": "done"}
    return mark(value, **(plain | more))


def test_the_unit_above_a_chart_is_the_one_its_labels_carry():
    assert units_of([money(26_110_000)]) == ["万元"]
    assert units_of([money(26_110_000), money(135_000_000, step=Decimal(1_000_000))]) == ["万元", "亿元"]
    assert chart_note([money(26_110_000)]) == "单位：万元"
    assert chart_note([mark(3)]).startswith("单位：个；")
    assert chart_note([money(26_110_000, part="beside")]) == "单位：万元"


def test_solid_is_what_the_indicator_says_was_done_and_not_built_where_nothing_is_built():
    states = (mark(None, place="丁县", state="not_published"),)
    for word, told in (("建成", "实心＝建成"), ("投入", "实心＝投入"), ("", "实心＝实际")):
        assert told in chart_note([money(10_000, done_word=word), *states])
    mixed = (money(10_000, done_word="建成"), money(10_000, done_word="投入", place="乙区"))
    assert "实心＝实际" in chart_note([*mixed, *states])


def test_a_legend_names_only_the_states_that_occur():
    said = chart_note([mark(3), mark(None, place="丁县", state="not_published")])
    assert "斜纹＝计划" in said
    assert "灰点＝未公布" in said
    assert "实心" not in said
    assert "空框" not in said
