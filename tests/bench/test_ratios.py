"""What a bench makes of its measurements."""

import pytest

from bench.ratios import Row, growth, growth_table, markdown, paired_ratio


def test_runs_made_after_each_other_are_compared_so_a_busy_minute_weighs_on_both_sides():
    assert paired_ratio([10, 40, 11], [20, 80, 22]) == 0.5


def test_one_odd_pair_does_not_move_the_median():
    assert paired_ratio([10, 10, 90], [20, 20, 10]) == 0.5


def test_runs_without_a_partner_are_an_error():
    with pytest.raises(ValueError, match="zip"):
        paired_ratio([1.0], [1.0, 2.0])


def test_growth_starts_after_the_warm_up():
    assert growth([1.0] * 10 + [100.0] * 80 + [110.0] * 10) == pytest.approx(0.1)


def test_memory_that_stays_flat_has_not_grown():
    assert growth([50.0] * 40) == 0


@pytest.mark.parametrize(
    ("ratio", "limit", "at_least", "reaches"),
    [
        (0.4, 0.4, False, True),
        (0.41, 0.4, False, False),
        (46, 40, True, True),
        (39, 40, True, False),
        (None, 0.4, False, None),
        (0.4, None, False, None),
    ],
)
def test_a_ratio_reaches_its_limit_from_the_right_side(ratio, limit, at_least, reaches):
    assert Row("x", "1", "2", ratio, limit, at_least=at_least).reaches is reaches


def test_a_missed_reach_is_told_and_not_hidden():
    told = markdown(
        [Row("CPU", "50 ms", "100 ms", 0.5, 0.4), Row("kB", "9 kB", "60 kB", 9, 60, digits=1), Row("note", "", "6 ms")]
    )
    assert told.splitlines()[2:] == [
        "| CPU | 50 ms | 100 ms | 0.50 | ≤ 0.4 | **missed** |",
        "| kB | 9 kB | 60 kB | 9.0 | ≤ 60 | reached |",
        "| note |  | 6 ms |  |  |  |",
    ]


def test_what_grows_fastest_stands_first_and_what_took_too_long_before_it():
    told = growth_table(
        {1_500: {"map": 1.0, "search": 1.0, "brief": 2.0}, 15_000: {"map": 2.5, "search": 4.0, "brief": None}}, 3
    )
    assert told.splitlines() == [
        "| CPU seconds | 1,500 | 15,000 | 15,000 : 1,500 | ≤ 3 |",
        "|---|---|---|---|---|",
        "| brief | 2.00 | too long | inf | **missed** |",
        "| search | 1.00 | 4.00 | 4.0 | **missed** |",
        "| map | 1.00 | 2.50 | 2.5 | reached |",
    ]
