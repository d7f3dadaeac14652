"""Three plain numbers may stand side by side; each rule is broken once and the verdict changes."""

import datetime as dt
from decimal import Decimal

import pytest

from pages.analysis.comparison import Comparison, Refusal, arranged, side_by_side

PEER = {"parent": "elsewhere", "place_kind": "district"}
OTHER_YEAR = {
    "period_start": dt.date(2012, 1, 1), "period_end": dt.date(2012, 12, 31), "as_of": dt.date(2012, 12, 31),
}  # fmt: skip


@pytest.fixture
def compared(of, told):
    def ask(*more, cautions=(), **third):
        return side_by_side([of("a", 5), of("b", 9), of("c", 7, **third), *more], cautions=told(*cautions))

    return ask


def rules(result):
    return [reason.rule for reason in (result.reasons if isinstance(result, Refusal) else result.limits)]


def test_plain_numbers_stand_side_by_side(compared):
    result = compared()
    assert isinstance(result, Comparison)
    assert (result.is_ranked, result.carries_year, result.limits) == (True, False, ())


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ({"unit_name": "座"}, "different_unit"),
        ({"indicator": "rooms", "indicator_name": "房间数"}, "different_definition"),
        ({"breakdown": "works:new", "breakdown_name": "新建"}, "different_definition"),
        ({"measure": "plan"}, "different_measure"),
        ({"conflict": "two_versions"}, "conflict"),
        (OTHER_YEAR, "different_period"),
        ({"period_start": dt.date(2018, 10, 1)}, "different_length"),
    ],
)
def test_a_broken_rule_is_a_refusal_that_names_it(compared, broken, rule):
    result = compared(**broken)
    assert isinstance(result, Refusal)
    assert rule in rules(result)


@pytest.mark.parametrize("kind", ["do_not_compare", "different_definition"])
def test_a_caution_against_comparing_is_a_refusal_with_its_reason(compared, kind):
    result = compared(cautions=[kind])
    assert isinstance(result, Refusal)
    assert result.reasons[0].told == (f"{kind}!", "因为")


@pytest.mark.parametrize("kind", ["do_not_add", "misleading"])
def test_a_caution_against_computing_stands_beside_plain_numbers(compared, kind):
    result = compared(cautions=[kind])
    assert isinstance(result, Comparison)
    assert rules(result) == ["with_care"]


@pytest.mark.parametrize(
    ("limited", "rule"),
    [
        ({"polarity": "none"}, "no_direction"),
        ({"qualifier": "more_than"}, "order_unknown"),
        ({"qualifier": "approx"}, "bounds"),
        ({"as_of": dt.date(2018, 11, 7)}, "different_days"),
    ],
)
def test_a_limit_is_told(compared, limited, rule):
    result = compared(**limited)
    assert isinstance(result, Comparison)
    assert rule in rules(result)


@pytest.mark.parametrize("limited", [{"polarity": "none"}, {"qualifier": "more_than"}])
def test_an_order_that_means_nothing_or_is_unknown_is_administrative(compared, limited):
    result = compared(**limited)
    assert not result.is_ranked
    assert [mark.place for mark in arranged(result, by_value=True)] == ["a", "b", "c"]


def test_a_lower_bound_above_all_others_leaves_the_order_known(of, told):
    result = side_by_side([of("a", 5), of("b", 90, qualifier="more_than")], cautions=told())
    assert result.is_ranked
    assert rules(result) == ["bounds"]


def test_rounding_that_could_turn_the_order_round_leaves_it_open(of, told):
    near = [of("a", 142300, step=Decimal(100)), of("b", 140000, step=Decimal(10000))]
    far = [of("a", 142300, step=Decimal(100)), of("b", 110000, step=Decimal(10000))]
    assert not side_by_side(near, cautions=told()).is_ranked
    assert side_by_side(far, cautions=told()).is_ranked


def test_the_largest_comes_first_and_places_without_a_number_last(of, told):
    result = side_by_side([of("a", 5), of("b", None, state="not_published"), of("c", 9), of("d", 0)], cautions=told())
    assert [mark.place for mark in arranged(result, by_value=True)] == ["c", "a", "d", "b"]
    assert [mark.place for mark in arranged(result, by_value=False)] == ["a", "b", "c", "d"]


def test_one_number_alone_is_not_compared(of, told):
    result = side_by_side([of("a", 5), of("b", None)], cautions=told())
    assert rules(result) == ["only_one"]
    assert result.reasons[0].told == ("a区",)


def test_no_number_at_all_gives_the_declared_reasons(of, told):
    result = side_by_side([of("a", None, reason="没有公布"), of("b", None, reason="没有公布")], cautions=told())
    assert [(reason.rule, reason.told) for reason in result.reasons] == [("nothing_published", ("没有公布",))]


def test_no_row_is_a_refusal_too(told):
    assert rules(side_by_side([], cautions=told())) == ["nothing_published"]


def test_a_peer_city_may_speak_of_another_year_and_carries_it(of, told):
    result = side_by_side([of("a", 5), of("b", 9, **PEER | OTHER_YEAR)], cautions=told())
    assert isinstance(result, Comparison)
    assert result.carries_year


def test_a_peer_without_a_year_is_refused(of, told):
    undated = dict.fromkeys(("period_start", "period_end", "as_of"))
    result = side_by_side([of("a", 5), of("b", 9, **PEER | undated)], cautions=told())
    assert rules(result) == ["no_year"]


def test_indicators_of_different_names_need_a_caution_that_ties_them(of, told):
    pair = [of("a", 5), of("b", 9, indicator="rooms", indicator_name="房间数", **PEER | OTHER_YEAR)]
    assert rules(side_by_side(pair, cautions=told())) == ["different_definition"]
    tied = side_by_side(pair, cautions=told("different_year"))
    assert tied.carries_year
    assert not tied.is_ranked
    assert "own_definitions" in rules(tied)


def test_places_of_different_levels_are_not_ranked(of, told):
    result = side_by_side([of("a", 5), of("b", 9, parent="elsewhere", place_kind="city")], cautions=told())
    assert rules(result) == ["different_level"]
    assert not result.is_ranked


def test_the_length_of_one_day_counts_as_a_length(of, told):
    new_year, month = dt.date(2018, 1, 1), {"period_start": dt.date(2018, 1, 1), "period_end": dt.date(2018, 1, 31)}
    day = {"period_start": new_year, "period_end": new_year, "as_of": new_year}
    assert isinstance(side_by_side([of("a", 5, **day), of("b", 9, **day)], cautions=told()), Comparison)
    assert rules(side_by_side([of("a", 5, **day), of("b", 9, **month)], cautions=told())) == ["different_length"]
