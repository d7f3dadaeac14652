"""Days and periods as a Chinese or an English document writes them."""

import datetime as dt

import pytest

from etl.language import spoken
from pages.wording.dates import day_text, period_text, stacked_day

D = dt.date

PERIODS = {
    "2018年": (D(2018, 1, 1), D(2018, 12, 31)),
    "2017—2018年": (D(2017, 1, 1), D(2018, 12, 31)),
    "2018年3月": (D(2018, 3, 1), D(2018, 3, 31)),
    "2018年2月3日": (D(2018, 2, 3), D(2018, 2, 3)),
    "2018年6月起": (D(2018, 6, 1), None),
    "2018年6月2日起": (D(2018, 6, 2), None),
    "2005年起": (D(2005, 1, 1), None),
    "到2018年6月1日": (None, D(2018, 6, 1)),
    "2018年1月2日至2018年3月1日": (D(2018, 1, 2), D(2018, 3, 1)),
    "": (None, None),
}


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_is_as_short_as_its_ends_allow(text):
    assert period_text(*PERIODS[text]) == text


def test_a_day_has_no_leading_zero():
    assert day_text(D(2019, 3, 1)) == "2019年3月1日"
    assert spoken("en", day_text, D(2019, 3, 1)) == "1 March 2019"
    assert day_text(None) == ""


def test_a_day_on_an_axis_takes_two_lines():
    assert stacked_day(D(2019, 3, 21)) == "2019年\n3月21日"
    assert spoken("en", period_text, D(2017, 1, 1), D(2018, 12, 31)) == "2017–2018"
