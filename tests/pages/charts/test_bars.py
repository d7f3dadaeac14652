"""Bars say their state by pattern and word, start at zero, and show names as they are."""

from decimal import Decimal

import pandas as pd
import pytest

from pages.charts.bars import bars_by_breakdown, bars_by_period, bars_by_place

YEARS = [(2017, "done", "actual", 37), (2018, "done", "actual", 81), (2019, "planned", "plan", 44)]


def mark(label, state, value, **more):
    text = str(value) if value is not None else state
    plain = {
        "part": "shown",
        "label": label,
        "state": state,
        "value": None if value is None else Decimal(value),
        "text": text,
    }
    return plain | {"measure": "actual", "period_start": None, "period_end": None} | more


PLACES = pd.DataFrame(
    [
        mark("甲", "planned", 20),
        mark("乙", "planned", 0),
        mark("丙", "not_in_plan", None),
        mark("<b>丁", "not_published", None),
        mark("计", "planned", 20, part="beside"),
    ],
    dtype=object,
)
PERIODS = pd.DataFrame(
    [
        mark(str(year), state, value, measure=measure, period_start=year, period_end=year)
        for year, state, measure, value in YEARS
    ]
    + [mark("2018", "target", 73, measure="target", period_start=2018, period_end=2018, part="beside")],
    dtype=object,
)


def traces(chart):
    return {trace.name: trace for trace in chart.data}


def test_each_state_is_one_trace_with_its_own_pattern():
    found = traces(bars_by_place(marks=PLACES))
    assert set(found) == {"planned", "not_in_plan", "not_published"}
    assert found["planned"].marker.pattern.shape == "/"
    assert found["not_published"].marker.pattern.shape == "."
    assert found["not_in_plan"].marker.pattern.shape == ""
    assert found["not_in_plan"].marker.color == "rgba(0,0,0,0)"


def test_a_zero_has_no_length_and_is_written_out():
    planned = traces(bars_by_place(marks=PLACES))["planned"]
    assert list(planned.x) == [20, 0]
    assert list(planned.text) == ["20", "0"]


def test_a_place_without_a_number_has_its_word_and_no_number():
    chart = traces(bars_by_place(marks=PLACES))
    assert list(chart["not_in_plan"].text) == ["not_in_plan"]
    assert "0" not in chart["not_published"].text[0]


def test_the_total_beside_is_not_drawn():
    assert sum(len(trace.x) for trace in bars_by_place(marks=PLACES).data) == 4


def test_bars_start_at_zero_and_the_first_row_is_on_top():
    chart = bars_by_place(marks=PLACES)
    assert chart.layout.xaxis.range[0] == 0
    assert chart.layout.yaxis.autorange == "reversed"


def test_a_name_is_no_markup():
    assert bars_by_place(marks=PLACES).layout.yaxis.ticktext[3] == "&lt;b&gt;丁"


def test_two_places_of_one_name_stay_two_bars():
    twice = pd.DataFrame([mark("甲", "done", 1), mark("甲", "done", 2)], dtype=object)
    assert list(bars_by_place(marks=twice).data[0].y) == [0, 1]


def test_no_rows_give_an_empty_chart():
    assert len(bars_by_place(marks=PLACES.iloc[:0]).data) == 0
    assert len(bars_by_period(marks=PERIODS.iloc[:0]).data) == 0


def test_plan_is_hatched_and_actual_is_solid():
    found = traces(bars_by_period(marks=PERIODS))
    assert list(found["done"].y) == [37, 81]
    assert found["done"].marker.pattern.shape == ""
    assert list(found["planned"].y) == [44]
    assert found["planned"].marker.pattern.shape == "/"


def test_a_target_is_a_line_across_its_own_period():
    found = traces(bars_by_period(marks=PERIODS))["target"]
    assert set(found.y) == {73}
    assert found.x[0] < 1 < found.x[1]
    assert "73" in [note.text for note in bars_by_period(marks=PERIODS).layout.annotations]


@pytest.mark.parametrize("draw", [bars_by_place, bars_by_breakdown, bars_by_period])
def test_the_dark_theme_has_its_own_inks(draw):
    rows = PERIODS if draw is bars_by_period else PLACES
    assert draw(marks=rows, dark=True).data[0].marker.line.color != draw(marks=rows).data[0].marker.line.color


def test_of_many_bars_the_first_the_highest_and_the_last_are_told():
    months = [mark(str(at), "done", 100 - abs(at - 11)) for at in range(24)]
    (trace,) = bars_by_period(marks=pd.DataFrame(months, dtype=object)).data
    assert [at for at, text in enumerate(trace.text) if text] == [0, 11, 23]
    few = bars_by_period(marks=pd.DataFrame(months[:8], dtype=object)).data[0]
    assert all(few.text)
