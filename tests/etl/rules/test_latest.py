"""Selectors that follow the numbers: the newest is what is newest among what is there, never a date typed into reference data."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from etl.rules.latest import resolved
from etl.rules.selectors import parse_selector
from tests.etl.conftest import times_in

PLACES = pd.DataFrame(
    {"place": ["city", "a", "b", "c"], "parent": ["", "city", "city", "city"], "sums": [False, True, True, True]}
)


def year(first: int, last: int | None = None) -> tuple[dt.date, dt.date]:
    return dt.date(first, 1, 1), dt.date(last or first, 12, 31)


ROWS = [
    ("city", "actual", *year(2017), "2019-03-21", True), ("city", "actual", *year(2018), "2019-03-21", True),
    ("city", "actual", *year(2017, 2018), "2019-03-21", True), ("city", "target", *year(2018), "2019-03-21", True),
    ("city", "plan", *year(2019), "2019-03-21", True),
    ("a", "plan", *year(2019), "2019-03-21", True), ("b", "plan", *year(2019), "2019-03-21", True),
    ("a", "plan", *year(2020), "2020-03-21", True),
    ("city", "actual", *year(2025), "2026-01-01", False),
]  # fmt: skip
NUMBERS = pd.DataFrame(ROWS, columns=["place", "measure", "period_start", "period_end", "as_of", "verified"]).assign(
    indicator="halls", breakdown="", variant="", source="s", time_as_printed=""
)
NUMBERS["as_of"] = [dt.date.fromisoformat(day) for day in NUMBERS["as_of"]]


def with_row(*row: object) -> pd.DataFrame:
    more = pd.DataFrame([row], columns=["place", "measure", "period_start", "period_end", "as_of", "verified"])
    more = more.assign(indicator="halls", breakdown="", variant="", source="s", time_as_printed="")
    return pd.concat([NUMBERS, more], ignore_index=True)


def made(*selectors: str, numbers: pd.DataFrame = NUMBERS) -> list[str]:
    dated = resolved([*map(parse_selector, selectors)], times_in(numbers, PLACES), PLACES)
    return ["|".join(selector.text for selector in each) for each in dated]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("place=city;measure=actual;period=latest_year", "place=city;measure=actual;period=2018"),
        ("place=city;measure=actual;period=latest_years", "place=city;measure=actual;period=2017/2018"),
        ("place=city;measure=plan;period=latest", "place=city;measure=plan;period=2019"),
        ("place=city;measure=actual;period=2017", "place=city;measure=actual;period=2017"),
    ],
)
def test_a_word_becomes_the_time_of_the_newest_checked_number(asked, told):
    assert made(f"halls{{{asked}}}") == [f"halls{{{told}}}"]


def test_a_newer_number_moves_the_time_and_an_unchecked_one_does_not():
    newer = with_row("city", "actual", *year(2019), dt.date(2020, 1, 8), True)
    asked = "halls{place=city;measure=actual;period=latest_year}"
    assert made(asked, numbers=newer) == ["halls{place=city;measure=actual;period=2019}"]
    assert made(asked) == ["halls{place=city;measure=actual;period=2018}"]


def test_a_newer_printing_of_the_same_period_is_the_one_that_is_meant():
    revised = with_row("city", "plan", *year(2019), dt.date(2019, 7, 1), True)
    asked = "halls{place=city;measure=plan;period=latest}"
    assert made(asked, numbers=revised) == ["halls{place=city;measure=plan;period=2019;as_of=2019-07-01}"]


def test_of_several_places_the_newest_time_that_half_of_them_have():
    asked = "halls{place=parts:city;measure=plan;period=latest}"
    assert made(asked) == ["halls{place=parts:city;measure=plan;period=2019}"]
    half = with_row("b", "plan", *year(2020), dt.date(2020, 3, 21), True)
    assert made(asked, numbers=half) == ["halls{place=parts:city;measure=plan;period=2020}"]


def test_same_within_and_previous_relate_to_the_first_selector():
    first = "halls{place=city;measure=actual;period=latest_years}"
    within, same, previous = (
        f"halls{{place=city;measure={measure};period={word}}}"
        for measure, word in (("actual", "within"), ("target", "same"), ("actual", "previous"))
    )
    assert made(first, within)[1] == (
        "halls{place=city;measure=actual;period=2017}|halls{place=city;measure=actual;period=2018}"
    )
    last = "halls{place=city;measure=actual;period=latest_year}"
    assert made(last, same, previous)[1:] == [
        "halls{place=city;measure=target;period=2018}", "halls{place=city;measure=actual;period=2017}",
    ]  # fmt: skip
    assert made(first, same)[1] == ""


def test_each_whole_year_has_a_selector_of_its_own():
    told = made("halls{place=city;measure=actual;period=years}")
    assert told == ["halls{place=city;measure=actual;period=2017}|halls{place=city;measure=actual;period=2018}"]


def test_the_newest_day_of_what_is_counted_up_to_a_day():
    asked = "halls{place=city;measure=target;as_of=latest}"
    assert made(asked) == ["halls{place=city;measure=target;as_of=2019-03-21}"]


def test_a_word_that_finds_nothing_names_nothing():
    assert made("parks{place=city;period=latest}") == [""]
