from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.rules.interval import Interval, point, printed, qualifier_of

D = Decimal
numbers = st.decimals(min_value=-1000, max_value=1000, places=2)


@pytest.mark.parametrize(
    ("value", "qualifier", "step", "continuous", "low", "high"),
    [
        ("118", "exact", "1", False, "118", "118"),
        ("276600", "exact", "100", True, "276550", "276650"),
        ("54.1", "exact", "0.1", True, "54.05", "54.15"),
        ("1480000", "exact", "10000", False, "1475000", "1485000"),
        ("1480000", "more_than", "10000", False, "1480000", None),
        ("90", "at_least", "1", True, "90", None),
        ("60", "less_than", "10", True, None, "60"),
        ("10", "up_to", "1", False, None, "10"),
        ("50", "approx", "1", True, "47.5", "52.5"),
    ],
)
def test_a_printed_number_stands_for_what_its_printing_leaves_open(value, qualifier, step, continuous, low, high):
    found = printed(D(value), None, qualifier, D(step), continuous=continuous)
    assert (found.low, found.high) == (low and D(low), high and D(high))


def test_a_range_keeps_both_ends():
    assert printed(D(500), D(600), "range", D(1), continuous=False) == Interval(D(500), D(600))


def test_more_than_leaves_its_own_end_out():
    above = printed(D(148), None, "more_than", D(1), continuous=False)
    assert not above.meets(point(D(148)))
    assert above.meets(point(D("148.01")))


def test_at_least_keeps_its_own_end():
    assert printed(D(90), None, "at_least", D(1), continuous=True).meets(point(D(90)))


def test_what_is_computed_from_lower_bounds_is_a_lower_bound():
    assert qualifier_of(Interval(D(148), None, low_open=True) / point(D(32)), D("4.625"), D(1)) == "more_than"
    assert qualifier_of(Interval(D(95), None) * point(D(361)), D(34295), D(1)) == "at_least"


def test_the_ratio_of_two_lower_bounds_claims_nothing_but_an_approximation():
    ratio = Interval(D("14.23"), None, low_open=True) / Interval(D(148), None, low_open=True)
    assert qualifier_of(ratio, D("0.096"), D("0.001")) == "approx"


def test_a_result_is_exact_only_to_the_digits_its_operands_allow():
    share = Interval(D("149596.5"), D("149597.5")) / Interval(D(276550), D(276650))
    assert qualifier_of(share, D("0.5408"), D("0.001")) == "exact"
    residents = point(D(1700)) / Interval(D("0.215"), D("0.225"))
    assert qualifier_of(residents, D(7727), D(1)) == "approx"


def test_division_by_what_may_be_zero_is_refused():
    with pytest.raises(ZeroDivisionError):
        point(D(1)) / point(D(0))
    with pytest.raises(ZeroDivisionError):
        point(D(1)) / Interval(D(-1), D(1))


@given(a=numbers, b=numbers, c=numbers, d=numbers, x=st.floats(0, 1), y=st.floats(0, 1))
def test_arithmetic_on_intervals_holds_every_result_of_arithmetic_on_their_numbers(a, b, c, d, x, y):
    one, two = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    within_one = one.low + (one.high - one.low) * D(x)
    within_two = two.low + (two.high - two.low) * D(y)
    slack = D("0.0001")
    for result, value in [
        (one + two, within_one + within_two),
        (one - two, within_one - within_two),
        (one * two, within_one * within_two),
    ]:
        assert result.low - slack <= value <= result.high + slack
