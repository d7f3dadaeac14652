"""Shares and numbers per head exist only where they say no more than was published; each condition is broken once."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from etl.model import Check, CheckResult, Number
from pages.analysis.comparison import Comparison, Refusal
from pages.analysis.ratios import per_head, shares

PLAN = {"a": 4, "b": 20, "c": 16, "d": 1, "e": 3}


def checks(**rows):
    return tuple(
        Check("sum", "合计", "sum", CheckResult(result), "", "", None, None, "", tuple(ids.split(";")))
        for result, ids in rows.items()
    )


def rules(result):
    return [reason.rule for reason in result.reasons] if isinstance(result, Refusal) else []


@pytest.fixture
def shared(of, told):
    def ask(*parts, total=None, checked=None, cautions=(), computed=()):
        every = parts or [of(place, value) for place, value in PLAN.items()]
        return shares(
            every, total=replace(of("city", 44), **total or {}), checks=checks() if checked is None else checked,
            cautions=told(*cautions), computed=computed,
        )  # fmt: skip

    return ask


def test_parts_that_exhaust_the_total_have_shares(shared):
    result = shared()
    assert [round(mark.value, 1) for mark in result.marks] == [
        Decimal(each) for each in ("9.1", "45.5", "36.4", "2.3", "6.8")
    ]
    assert all(mark.derived for mark in result.marks)
    assert result.marks[0].observation_ids == ("s#a", "s#city")


def test_a_share_the_release_computed_stands_under_its_own_id(shared):
    own = {"number_id": "share@b", "observation_ids": ("s#city", "s#b"), "unit": "%", "formula": "100 * x / y"}
    result = shared(computed=[Number(**own)])
    assert [mark.number_id for mark in result.marks][:2] == ["s#a", "share@b"]


def test_parts_that_do_not_exhaust_the_total_have_none(shared, of):
    result = shared(of("a", 4), of("b", 20), of("c", None, state="not_published"))
    assert rules(result) == ["not_exhausted"]
    assert result.reasons[0].told == ("24", "44", "个")


def test_a_check_that_holds_is_enough_although_the_digits_were_rounded(shared, of):
    parts = [of("a", 20, step=Decimal(10)), of("b", 30, step=Decimal(10))]
    assert rules(shared(*parts)) == ["not_exhausted"]
    assert isinstance(shared(*parts, checked=checks(holds="s#a;s#b;s#city")), Comparison)


def test_a_violated_check_of_these_very_numbers_forbids_shares(shared):
    ids = ";".join(f"s#{place}" for place in (*PLAN, "city"))
    assert rules(shared(checked=checks(violated=ids))) == ["sum_violated"]
    assert isinstance(shared(checked=checks(violated="s#a;s#city")), Comparison)


def test_without_a_printed_total_there_is_no_share(of, told):
    result = shares([of("a", 4), of("b", 2)], total=None, checks=checks(), cautions=told(), computed=())
    assert rules(result) == ["no_total"]


@pytest.mark.parametrize(
    ("total", "rule"),
    [
        ({"value": Decimal(0)}, "no_total"),
        ({"qualifier": "more_than"}, "not_exhausted"),
        ({"conflict": "two"}, "conflict"),
    ],
)
def test_a_total_that_is_nothing_a_bound_or_disputed_divides_nothing(shared, total, rule):
    assert rule in rules(shared(total=total))


@pytest.mark.parametrize("broken", [{"indicator_kind": "ratio"}, {"is_summed": False}])
def test_what_does_not_add_up_has_no_share(shared, of, broken):
    assert rules(shared(of("a", 22, **broken), of("b", 22, **broken))) == ["not_a_count"]


def test_numbers_that_must_not_be_added_have_no_share(shared):
    assert rules(shared(cautions=["do_not_add"])) == ["caution"]


def test_what_may_not_stand_side_by_side_has_no_share(shared, of):
    assert "different_measure" in rules(shared(of("a", 22), of("b", 22, measure="plan")))


PEOPLE = {
    "indicator": "people", "indicator_name": "人口", "unit": "人", "unit_name": "人", "indicator_kind": "stock", "polarity": "none",
    "period_start": None, "period_end": None,
}  # fmt: skip


def people(of, place, value, **changed):
    return of(place, value, number_id=f"p#{place}", observation_ids=(f"p#{place}",), **{**PEOPLE, **changed})


@pytest.fixture
def headed(of, told):
    def ask(parts=None, populations=None, whole=None, cautions=()):
        return per_head(
            (parts or [of("a", 5), of("b", 9)]),
            populations=(populations if populations is not None else [people(of, "a", 20000), people(of, "b", 90000)]),
            whole=whole, cautions=told(*cautions),
        )  # fmt: skip

    return ask


def test_a_number_per_head_rests_on_the_population_of_that_very_place(headed):
    result = headed()
    assert [mark.value for mark in result.marks] == [Decimal("2.5"), Decimal(1)]
    assert [mark.observation_ids for mark in result.marks] == [("s#a", "p#a"), ("s#b", "p#b")]


def test_without_a_population_the_reason_is_what_was_declared(headed, of):
    absent = [people(of, place, None, reason="人口没有公布") for place in "ab"]
    result = headed(populations=absent)
    assert [(reason.rule, reason.told) for reason in result.reasons] == [("no_population", ("人口", "人口没有公布"))]


def test_without_an_indicator_that_counts_people_nothing_is_per_head(headed):
    assert rules(headed(populations=[])) == ["no_population_indicator"]


def test_a_place_without_its_own_population_keeps_no_value(headed, of):
    parts = [of("a", 5), of("b", 9), of("c", 7)]
    result = headed(parts, [people(of, "a", 20000), people(of, "b", 90000), people(of, "c", None)])
    assert result.marks[2].value is None
    assert result.marks[2].observation_ids == ()


@pytest.mark.parametrize(
    "broken", [{"unit": "户"}, {"indicator_kind": "cumulative"}, {"verified": False}, {"value": Decimal(0)}]
)
def test_a_population_is_a_checked_stock_of_people(headed, of, broken):
    wrong = replace(people(of, "a", 20000), **broken)
    assert "not_a_population" in rules(headed(populations=[wrong, people(of, "b", 90000)]))


@pytest.mark.parametrize(("year", "fits"), [(2018, True), (2017, True), (2016, False), (2019, False)])
def test_a_population_is_of_the_same_year_or_the_one_before(headed, of, year, fits):
    dated = [people(of, place, 20000, as_of=dt.date(year, 12, 31)) for place in "ab"]
    assert ("population_year" not in rules(headed(populations=dated))) == fits


def test_a_functional_zone_beside_a_district_needs_populations_that_make_up_the_whole(headed, of):
    parts = [of("a", 5), of("b", 9, place_kind="functional_zone")]
    assert rules(headed(parts)) == ["zone_population"]
    assert rules(headed(parts, whole=people(of, "city", 120000))) == ["zone_population"]
    assert isinstance(headed(parts, whole=people(of, "city", 110000)), Comparison)


def test_a_zone_without_a_population_leaves_the_others_where_the_rest_may_be_its_people(headed, of):
    parts = [of("a", 5), of("b", 9), of("c", 7, place_kind="functional_zone")]
    known = [people(of, "a", 20000), people(of, "b", 90000), people(of, "c", None, reason="没有公布")]
    result = headed(parts, known, whole=people(of, "city", 120000))
    assert result.marks[2].value is None
    assert result.marks[2].reason == "没有公布"
    assert rules(headed(parts, known, whole=people(of, "city", 110000))) == ["zone_population"], (
        "its people stand in the districts'"
    )
    assert rules(headed(parts, known)) == ["zone_population"]


def test_functional_zones_among_themselves_are_compared(headed, of):
    parts = [of("a", 5, place_kind="functional_zone"), of("b", 9, place_kind="functional_zone")]
    assert isinstance(headed(parts), Comparison)


def test_a_caution_that_it_misleads_forbids_a_number_per_head(headed):
    assert rules(headed(cautions=["misleading"])) == ["caution"]


def test_a_lower_bound_stays_one_per_head(headed, of):
    result = headed([of("a", 5, qualifier="more_than"), of("b", 9)])
    assert result.marks[0].qualifier == "more_than"
