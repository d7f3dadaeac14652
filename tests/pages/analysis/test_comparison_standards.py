"""A number is held against a standard only where the standard is its own; each condition is broken once."""

import datetime as dt
from decimal import Decimal

import pytest

from etl.model import Standard
from pages.analysis.comparison import Judgement, Refusal, judged

IN_FORCE = {"scope": "city", "valid_from": dt.date(2018, 1, 1), "valid_to": dt.date(2018, 12, 31)}


@pytest.fixture
def verdict(of, told):
    def ask(value=60, floor=50, cautions=(), standard=None, **changed):
        number = of("a", value, indicator_kind="stock", **changed)
        against = of("city", floor, measure="standard", qualifier="at_least")
        given = {"name": "", "indicator": "halls", "scope_name": "甲市", "note": "", "number": against, **IN_FORCE}
        return judged(number, Standard(**given | (standard or {})), within=["a", "city"], cautions=told(*cautions))

    return ask


def rules(result):
    return [reason.rule for reason in result.reasons] if isinstance(result, Refusal) else []


@pytest.mark.parametrize(
    ("value", "qualifier", "said"),
    [
        (60, "exact", "meets"),
        (50, "exact", "meets"),
        (49, "exact", "below"),
        (60, "more_than", "meets"),
        (40, "less_than", "below"),
    ],
)
def test_a_floor_is_met_or_not(verdict, value, qualifier, said):
    assert verdict(value, qualifier=qualifier) == Judgement(said)


@pytest.mark.parametrize(("value", "said"), [(40, "meets"), (60, "below")])
def test_where_less_is_better_a_standard_is_a_ceiling(verdict, value, said):
    assert verdict(value, polarity="down") == Judgement(said)


def test_a_bound_that_leaves_it_open_is_not_judged(verdict):
    assert rules(verdict(30, qualifier="more_than")) == ["undecided"]


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ({"unit_name": "户"}, "different_unit"),
        ({"indicator": "rooms"}, "different_definition"),
        ({"breakdown": "works:new"}, "different_definition"),
        ({"measure": "plan"}, "not_actual"),
        ({"polarity": "none"}, "no_direction"),
        ({"period_start": dt.date(2017, 1, 1), "period_end": dt.date(2017, 12, 31)}, "not_in_force"),
        ({"period_start": None, "period_end": None, "as_of": None}, "not_in_force"),
        ({"standard": {"scope": "elsewhere"}}, "out_of_scope"),
        ({"standard": {"valid_from": None, "valid_to": None}}, "standard_undated"),
        ({"floor": None}, "standard_not_published"),
    ],
)
def test_a_standard_of_something_else_judges_nobody(verdict, broken, rule):
    assert rule in rules(verdict(**broken))


def test_a_standard_without_an_end_is_still_in_force(verdict):
    assert verdict(standard={"valid_to": None}) == Judgement("meets")


@pytest.mark.parametrize("kind", ["do_not_compare", "different_definition", "different_year", "misleading"])
def test_a_caution_between_number_and_standard_forbids_judging(verdict, kind):
    assert rules(verdict(cautions=[kind])) == ["caution"]


def test_a_measured_number_printed_rounded_is_judged_by_what_it_may_be(verdict):
    near = {"is_continuous": True, "step": Decimal(10)}
    assert rules(verdict(52, **near)) == ["undecided"]
    assert verdict(60, **near) == Judgement("meets")
    assert verdict(50, **near) == Judgement("meets"), "printed as the standard itself"
