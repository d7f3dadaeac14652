"""A form is one file: its name says its axis, charts.csv may name it, and its title says what its marks say and nothing more."""

import datetime as dt
import inspect
from dataclasses import replace
from decimal import Decimal

import pytest

from etl.model import Axis, Mark
from etl.release.schema import REFERENCE
from pages.charts.form import OfficeKind, drawn, finding, form_of, forms, note_of, worded_marks

YEAR = {"period_start": dt.date(2019, 1, 1), "period_end": dt.date(2019, 12, 31), "as_of": None}


def mark(value, part="shown", measure="plan", qualifier="exact", state="planned", place="甲区", **more):
    plain = {
        "value": None if value is None else Decimal(value), "step": Decimal(1), "unit": "个", "unit_name": "个",
        "qualifier": qualifier, "verified": True, "measure": measure, "indicator": "built", "indicator_name": "数",
        "done_word": "建成", "place_name": place, "part": part, "state": state, **YEAR,
    }  # fmt: skip
    return Mark(**plain | more)


CHART = ("bars_by_place", "分布")
PARTS = (mark(20), mark(16, place="乙区"), mark(8, place="丙县"), mark(None, place="丁县", state="not_in_plan"))
TOTAL = mark(44, part="beside", place="甲市")


def money(value, **more):
    plain = {"unit": "元", "unit_name": "元", "step": Decimal(10_000), "measure": "actual", "state": "done"}
    return mark(value, **(plain | more))


MADE_BY_QUERIES = {"funnel"}


def test_charts_csv_may_name_every_form_but_those_that_queries_make():
    assert {*REFERENCE["charts"].choices["form"]} == {*forms()} - MADE_BY_QUERIES


def test_the_name_of_a_form_says_what_its_marks_stand_along():
    assert {form for form in forms() if Axis.of(form) is Axis.STEPS} == {"funnel"}
    assert [Axis.of(form) for form in ("map_by_place", "bars_by_period", "points_over_time", "bars_by_breakdown")] == [
        Axis.PLACE, Axis.PERIOD, Axis.TIME, Axis.BREAKDOWN,
    ]  # fmt: skip


@pytest.mark.parametrize("form", forms())
def test_every_form_has_an_order_and_its_chart_takes_keywords_only(form):
    assert Axis.of(form) in Axis
    build = form_of(form).build
    kinds = {parameter.kind for parameter in inspect.signature(build).parameters.values()} if build else set()
    assert kinds == ({inspect.Parameter.KEYWORD_ONLY} if form != "map_by_place" else set())


@pytest.mark.parametrize("form", forms())
def test_every_form_is_drawn_either_from_its_marks_or_on_the_outlines_of_their_places(form):
    assert (form_of(form).build is None) != (form_of(form).build_map is None)


@pytest.mark.parametrize("form", ["map_by_place", "nothing_by_place", "../form"])
def test_what_marks_alone_do_not_draw_is_refused(form):
    with pytest.raises(KeyError):
        drawn(form=form, marks=[*PARTS])


def test_office_programs_draw_periods_as_columns_and_days_as_points():
    other = {form: form_of(form).office for form in forms() if form_of(form).office is not OfficeKind.BARS}
    assert other == {"bars_by_period": OfficeKind.COLUMNS, "points_over_time": OfficeKind.POINTS}


def test_the_label_of_an_item_is_its_own_name_or_that_of_its_indicator():
    items = [mark(3, breakdown_name="新建"), mark(4, breakdown_name="")]
    assert [item.label for item in worded_marks(items, "bars_by_breakdown")] == ["新建", "数"]


def test_a_lower_bound_among_points_is_explained_and_an_upper_one_is_not():
    chart = "points_over_time"
    told = "空心带箭头＝下限，点与点之间不连线"
    assert told in note_of([mark(7, qualifier="more_than")], chart)
    assert told not in note_of([mark(7, qualifier="less_than")], chart)
    assert told not in note_of([mark(7, qualifier="more_than")], "bars_by_place")


def test_the_first_two_places_and_their_share_of_the_printed_total():
    assert finding([*PARTS, TOTAL], *CHART) == "甲区、乙区合计36个，占甲市计划44个的81.8%（推算）"


def test_two_places_are_named_together_only_where_no_third_has_as_many():
    tie = (mark(20), mark(12, place="乙区"), mark(12, place="丙县"))
    assert finding([*tie, TOTAL], *CHART) == "分布"
    equal = tuple(mark(20, place=place) for place in ("甲区", "乙区", "丙县"))
    assert finding([*equal, TOTAL], *CHART) == "分布"
    assert finding([mark(12), *tie[1:], TOTAL], *CHART) == "分布"
    behind = (mark(8, place="丙县"), mark(16, place="乙区"), mark(20))
    assert finding([*behind, TOTAL], *CHART).startswith("甲区、乙区合计36个")


def test_a_share_of_a_rounded_total_says_about():
    parts = [
        money(value, place=place) for value, place in ((26_110_000, "甲区"), (23_040_000, "乙区"), (18_000_000, "丙县"))
    ]
    rounded = money(135_000_000, step=Decimal(1_000_000), part="beside", place="甲市")
    exact = money(134_680_000, part="beside", place="甲市")
    assert finding([*parts, rounded], *CHART) == "甲区、乙区合计4915万元，占甲市1.35亿元的约36.4%（推算）"
    assert finding([*parts, exact], *CHART) == "甲区、乙区合计4915万元，占甲市13468万元的36.5%（推算）"


def test_without_a_printed_total_the_plain_title_stays():
    assert finding([*PARTS], *CHART) == "分布"


def test_no_share_of_a_bound():
    assert finding([mark(20, qualifier="more_than"), *PARTS[1:], TOTAL], *CHART) == "分布"


def test_rates_and_computed_numbers_are_never_added():
    for more in ({"unit": "%", "unit_name": "%"}, {"derived": True}):
        rows = [
            *(mark(value, place=place, **more) for value, place in ((97, "甲区"), (96, "乙区"), (95, "丙县"))),
            mark(96, part="beside", **more),
        ]
        assert finding(rows, *CHART) == "分布"


def test_no_share_of_a_total_of_another_measure():
    assert finding([*PARTS, mark(44, part="beside", measure="actual")], *CHART) == "分布"


def test_an_actual_is_measured_by_the_target_of_its_own_year_and_a_plan_is_called_a_plan():
    done = {"period_start": dt.date(2018, 1, 1), "period_end": dt.date(2018, 12, 31)}
    rows = [
        mark(81, measure="actual", state="done", **done),
        mark(44),
        mark(73, part="beside", measure="target", **done),
    ]
    chart = ("bars_by_period", "分布")
    assert finding(rows, *chart) == "2018年建成81个，为目标73个的111.0%（推算）；2019年计划44个"
    assert finding([replace(row, done_word="投入") for row in rows], *chart).startswith("2018年投入81个，为目标73个")
    assert finding([replace(row, done_word="") for row in rows], *chart).startswith("2018年81个，为目标73个")


def test_what_was_done_is_told_beside_its_plan_and_nothing_is_computed_from_unchecked_numbers():
    chart = ("bars_by_period", "分布")
    plan, done = mark(20), mark(21, measure="actual", state="done")
    target = mark(20, part="beside", measure="target")
    assert finding([plan, done], *chart) == "2019年计划20个；2019年建成21个"
    assert finding([plan, done, target], *chart) == "2019年计划20个；2019年建成21个，为目标20个的105.0%（推算）"
    assert finding([plan, done, replace(target, verified=False)], *chart) == "2019年计划20个；2019年建成21个"
    assert finding([plan, replace(done, verified=False), target], *chart) == "2019年计划20个"


def test_points_tell_the_latest_checked_one_with_its_word():
    day = {"period_start": None, "period_end": None, "measure": "actual", "state": "done"}
    rows = [
        mark(7, qualifier="more_than", **(day | {"as_of": dt.date(2018, 9, 30)})),
        mark(9, verified=False, **(day | {"as_of": dt.date(2020, 1, 1)})),
    ]
    assert finding(rows, "points_over_time", "分布") == "截至2018年9月30日，甲区数超过7个"


def test_a_number_of_a_closed_period_is_told_by_its_period_and_not_by_the_day_of_its_document():
    form = ("points_over_time", "分布")
    done = {"measure": "actual", "state": "done"}
    late = mark(94, **done, **(YEAR | {"as_of": dt.date(2020, 1, 28)}))
    rate = mark(95, unit="%", unit_name="%", **done, **(YEAR | {"as_of": dt.date(2019, 12, 31)}))
    total = mark(96, **done, **(YEAR | {"as_of": dt.date(2019, 12, 31)}))
    assert finding([late], *form) == "2019年，甲区数94个"
    assert finding([rate], *form) == "2019年，甲区数95%"
    assert finding([total], *form) == "截至2019年12月31日，甲区数96个"


def test_nothing_printed_leaves_the_plain_title():
    assert finding([mark(None)], *CHART) == "分布"
