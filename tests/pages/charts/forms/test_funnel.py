"""Steps as bars from zero, tied by bands that carry no number."""

from decimal import Decimal

import pytest

from pages.charts.forms.funnel import funnel
from pages.charts.to_svg import is_printable
from pages.wording.marks import WordedMark

STEPS = [
    WordedMark(value=Decimal(value), label=label, text=f"{value}件")
    for label, value in (("接待", 10), ("受理", 8), ("调成", 4))
]


def test_bars_start_at_zero_in_the_order_of_the_steps():
    bars = funnel(marks=STEPS).data[0]
    assert bars.type == "bar"
    assert list(bars.x) == [10, 8, 4]
    assert list(bars.y) == [0, 1, 2]


@pytest.mark.parametrize("dark", [False, True])
def test_a_band_narrows_from_each_step_to_the_next_and_says_nothing(dark):
    bands = [trace for trace in funnel(marks=STEPS, dark=dark).data if trace.type == "scatter"]
    assert [list(band.x) for band in bands] == [[0, 10, 8, 0], [0, 8, 4, 0]]
    assert all(band.hoverinfo == "skip" and not band.text for band in bands)


def test_a_funnel_can_be_printed():
    assert is_printable(funnel(marks=STEPS))


def test_no_steps_give_an_empty_chart():
    assert not funnel(marks=[]).data
