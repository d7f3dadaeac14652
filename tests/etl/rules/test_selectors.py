import datetime as dt

import pandas as pd
import pytest

from etl.errors import FormulaError
from etl.rules.selectors import chosen, parse_selector, period_of

PLACES = pd.DataFrame(
    {"place": ["city", "east", "urban"], "parent": ["", "city", "city"], "sums": [False, True, False]}
)
YEAR = (dt.date(2018, 1, 1), dt.date(2018, 12, 31))
ROWS = [
    ("a", "halls", "city", *YEAR, "", "actual", "", True),
    ("b", "halls", "east", *YEAR, "", "actual", "", True),
    ("c", "halls", "urban", *YEAR, "", "actual", "", True),
    ("d", "halls", "city", *YEAR, "works:new", "actual", "", True),
    ("e", "halls", "city", *YEAR, "", "plan", "", True),
    ("f", "halls", "city", None, None, "", "actual", "", False),
]
COLUMNS = [
    "observation_id",
    "indicator",
    "place",
    "period_start",
    "period_end",
    "breakdown",
    "measure",
    "variant",
    "verified",
]
OBSERVATIONS = pd.DataFrame(ROWS, columns=COLUMNS).assign(source="s", as_of=None, time_as_printed="")


def ids(selector: str) -> list[str]:
    return list(chosen(OBSERVATIONS, PLACES, selector)["observation_id"])


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("halls", ["a", "b", "c", "e"]),
        ("halls{measure=plan}", ["e"]),
        ("halls{place=parts:city}", ["b"]),
        ("halls{place=city; measure=actual; period=2018}", ["a"]),
        ("halls{breakdown=works:*}", ["d"]),
        ("halls{breakdown=works:new}", ["d"]),
        ("halls{period=none; source=s}", ["f"]),
        ("nothing", []),
    ],
)
def test_a_selector_names_exactly_its_rows(selector, expected):
    assert ids(selector) == expected


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2017/2018", "2017-01-01", "2018-12-31"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2018-06-01/", "2018-06-01", None),
        ("none", None, None),
    ],
)
def test_a_period_says_its_first_and_last_day(text, start, end):
    expected = tuple(day and dt.date.fromisoformat(day) for day in (start, end))
    assert period_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Halls",
        "halls{",
        "halls{colour=red}",
        "halls{measure=guess}",
        "halls{period=soon}",
        "halls{as_of=soon}",
        "halls{place=}",
    ],
)
def test_what_is_no_selector_is_refused_in_words(text):
    with pytest.raises(FormulaError, match=r"[\u4e00-\u9fff]"):
        parse_selector(text)
