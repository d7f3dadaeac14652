"""Numbers counted from the gate logs, as the texts of the city print them."""

import datetime as dt

import numpy as np
import pytest

from etl.demo.gate_log import LogTotals
from etl.demo.sources import counted_numbers, filled, lower_bound
from etl.reading.quantity import read_quantity

JULY_1, AUGUST_1 = 0, 31


def test_months_are_counted_exactly_and_what_came_before_as_a_lower_bound():
    sums = np.zeros((2, 40, 4), dtype=np.int64)
    sums[0, JULY_1] = [20_000, 300, 200, 90]
    sums[1, AUGUST_1] = [1_000, 0, 0, 100]
    numbers = counted_numbers(LogTotals(sums), dt.date(2024, 7, 1))
    assert numbers == {
        "visits in 2024-07": "20000",
        "visits to 2024-07": "19700",
        "visits to 2024-07 in 万": "1.97万",
        "visits in 2024-08": "1000",
        "visits to 2024-08": "20700",
        "visits to 2024-08 in 万": "2.07万",
        "loans in 2024-07": "500",
        "loans to 2024-07": "470",
        "loans to 2024-07 in 万": "0.047万",
        "loans in 2024-08": "0",
        "loans to 2024-08": "470",
        "loans to 2024-08 in 万": "0.047万",
        "cards in 2024-07": "90",
        "cards to 2024-07": "0",
        "cards to 2024-07 in 万": "0万",
        "cards in 2024-08": "100",
        "cards to 2024-08": "170",
        "cards to 2024-08 in 万": "0.017万",
    }


def test_a_text_prints_the_number_that_it_names():
    assert filled("累计超过{{visits to 2024-07 in 万}}人次，41座", {"visits to 2024-07 in 万": "1.97万"}) == (
        "累计超过1.97万人次，41座"
    )


def test_a_name_there_is_no_number_of_is_an_error():
    with pytest.raises(KeyError, match="visits to 2023-07"):
        filled("{{visits to 2023-07}}", {"visits to 2024-07": "1"})


@pytest.mark.parametrize("total", [1, 70, 171, 271, 9_999, 10_000, 10_700, 10_701, 540_270])
def test_a_lower_bound_is_below_its_total(total):
    assert 0 <= lower_bound(total) < total


def test_every_number_of_the_city_is_printed_so_that_it_is_read_back(release):
    corrected = set(release.table("observations").query("corrected != ''")["observation_id"])
    figures = release.table("figures")
    assert len(figures) > 1500
    wrong = {
        row["observation_id"]: row["as_printed"]
        for row in figures.to_dict("records")
        if row["observation_id"] not in corrected and read_quantity(row["as_printed"]).value != row["value"]
    }
    assert wrong == {}
