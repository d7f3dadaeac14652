"""A chart's title says what its own marks say, and nothing more."""

import datetime as dt
from decimal import Decimal

import pandas as pd

from pages.wording.findings import chart_note, finding, units_of

YEAR = {"period_start": dt.date(2019, 1, 1), "period_end": dt.date(2019, 12, 31), "as_of": None}


def mark(value, part="shown", measure="plan", qualifier="exact", state="planned", place="甲区", **more):
    plain = {
        "value": None if value is None else Decimal(value), "value_high": None, "step": Decimal(1), "unit": "个", "unit_name": "个",
        "qualifier": qualifier, "derived": False, "verified": True, "measure": measure, "indicator": "built", "indicator_name": "数",
        "done_word": "建成", "place_name": place, "part": part, "state": state, **YEAR,
    }  # fmt: skip
    return plain | more


def table(*marks):
    return pd.DataFrame(list(marks), dtype=object)


CHART = {"form": "bars_by_place", "title": "分布", "note": "备注"}
PARTS = (mark(20), mark(16, place="乙区"), mark(8, place="丙县"), mark(None, place="丁县", state="not_in_plan"))
TOTAL = mark(44, part="beside", place="甲市")


def test_the_first_two_places_and_their_share_of_the_printed_total():
    assert finding(table(*PARTS, TOTAL), CHART) == "甲区、乙区合计36个，占甲市计划44个的81.8%（推算）"


def test_two_places_are_named_together_only_where_no_third_has_as_many():
    tie = (mark(20), mark(12, place="乙区"), mark(12, place="丙县"))
    assert finding(table(*tie, TOTAL), CHART) == "分布"
    equal = tuple(mark(20, place=place) for place in ("甲区", "乙区", "丙县"))
    assert finding(table(*equal, TOTAL), CHART) == "分布"
    assert finding(table(mark(12), *tie[1:], TOTAL), CHART) == "分布"
    behind = (mark(8, place="丙县"), mark(16, place="乙区"), mark(20))
    assert finding(table(*behind, TOTAL), CHART).startswith("甲区、乙区合计36个")


def test_a_share_of_a_rounded_total_says_about():
    parts = [
        money(value, place=place) for value, place in ((26_110_000, "甲区"), (23_040_000, "乙区"), (18_000_000, "丙县"))
    ]
    rounded = money(135_000_000, step=Decimal(1_000_000), part="beside", place="甲市")
    exact = money(134_680_000, part="beside", place="甲市")
    assert finding(table(*parts, rounded), CHART) == "甲区、乙区合计4915万元，占甲市1.35亿元的约36.4%（推算）"
    assert finding(table(*parts, exact), CHART) == "甲区、乙区合计4915万元，占甲市13468万元的36.5%（推算）"


def test_without_a_printed_total_the_plain_title_stays():
    assert finding(table(*PARTS), CHART) == "分布"


def test_no_share_of_a_bound():
    assert finding(table(mark(20, qualifier="more_than"), *PARTS[1:], TOTAL), CHART) == "分布"


def test_rates_and_computed_numbers_are_never_added():
    for more in ({"unit": "%", "unit_name": "%"}, {"derived": True}):
        rows = table(
            *(mark(value, place=place, **more) for value, place in ((97, "甲区"), (96, "乙区"), (95, "丙县"))),
            mark(96, part="beside", **more),
        )
        assert finding(rows, CHART) == "分布"


def test_no_share_of_a_total_of_another_measure():
    assert finding(table(*PARTS, mark(44, part="beside", measure="actual")), CHART) == "分布"


def test_an_actual_is_measured_by_the_target_of_its_own_year_and_a_plan_is_called_a_plan():
    done = {"period_start": dt.date(2018, 1, 1), "period_end": dt.date(2018, 12, 31)}
    rows = table(
        mark(81, measure="actual", state="done", **done), mark(44), mark(73, part="beside", measure="target", **done)
    )
    chart = CHART | {"form": "bars_by_period"}
    assert finding(rows, chart) == "2018年建成81个，为目标73个的111.0%（推算）；2019年计划44个"
    assert finding(rows.assign(done_word="投入"), chart).startswith("2018年投入81个，为目标73个")
    assert finding(rows.assign(done_word=""), chart).startswith("2018年81个，为目标73个")


def test_what_was_done_is_told_beside_its_plan_and_nothing_is_computed_from_unchecked_numbers():
    chart = CHART | {"form": "bars_by_period"}
    plan, done = mark(20), mark(21, measure="actual", state="done")
    target = mark(20, part="beside", measure="target")
    assert finding(table(plan, done), chart) == "2019年计划20个；2019年建成21个"
    assert finding(table(plan, done, target), chart) == "2019年计划20个；2019年建成21个，为目标20个的105.0%（推算）"
    assert finding(table(plan, done, target | {"verified": False}), chart) == "2019年计划20个；2019年建成21个"
    assert finding(table(plan, done | {"verified": False}, target), chart) == "2019年计划20个"


def test_points_tell_the_latest_checked_one_with_its_word():
    day = {"period_start": None, "period_end": None, "measure": "actual", "state": "done"}
    rows = table(
        mark(7, qualifier="more_than", **(day | {"as_of": dt.date(2018, 9, 30)})),
        mark(9, verified=False, **(day | {"as_of": dt.date(2020, 1, 1)})),
    )
    assert finding(rows, CHART | {"form": "points_over_time"}) == "截至2018年9月30日，甲区数超过7个"


def test_a_number_of_a_closed_period_is_told_by_its_period_and_not_by_the_day_of_its_document():
    form = CHART | {"form": "points_over_time"}
    done = {"measure": "actual", "state": "done"}
    late = mark(94, **done, **(YEAR | {"as_of": dt.date(2020, 1, 28)}))
    rate = mark(95, unit="%", unit_name="%", **done, **(YEAR | {"as_of": dt.date(2019, 12, 31)}))
    total = mark(96, **done, **(YEAR | {"as_of": dt.date(2019, 12, 31)}))
    assert finding(table(late), form) == "2019年，甲区数94个"
    assert finding(table(rate), form) == "2019年，甲区数95%"
    assert finding(table(total), form) == "截至2019年12月31日，甲区数96个"


def test_nothing_printed_leaves_the_plain_title():
    assert finding(table(mark(None)), CHART) == "分布"


def test_the_note_names_unit_patterns_and_the_own_remark():
    said = chart_note(table(*PARTS, TOTAL), CHART)
    assert said == "单位：个；斜纹＝计划；空框＝不在计划；备注"


def money(value, **more):
    plain = {"unit": "元", "unit_name": "元", "step": Decimal(10_000), "measure": "actual", "state": "done"}
    return mark(value, **(plain | more))


def test_the_unit_above_a_chart_is_the_one_its_labels_carry():
    assert units_of([money(26_110_000)]) == ["万元"]
    assert units_of([money(26_110_000), money(135_000_000, step=Decimal(1_000_000))]) == ["万元", "亿元"]
    assert chart_note(table(money(26_110_000)), CHART).startswith("单位：万元；")
    assert chart_note(table(mark(3)), CHART).startswith("单位：个；")
    assert chart_note(table(money(26_110_000, part="beside")), CHART).startswith("单位：万元；")


def test_solid_is_what_the_indicator_says_was_done_and_not_built_where_nothing_is_built():
    states = (mark(None, place="丁县", state="not_published"),)
    for word, told in (("建成", "实心＝建成"), ("投入", "实心＝投入"), ("", "实心＝实际")):
        assert told in chart_note(table(money(10_000, done_word=word), *states), CHART)
    mixed = (money(10_000, done_word="建成"), money(10_000, done_word="投入", place="乙区"))
    assert "实心＝实际" in chart_note(table(*mixed, *states), CHART)


def test_a_legend_names_only_the_states_that_occur():
    said = chart_note(table(mark(3), mark(None, place="丁县", state="not_published")), CHART)
    assert "斜纹＝计划" in said
    assert "灰点＝未公布" in said
    assert "实心" not in said
    assert "空框" not in said
