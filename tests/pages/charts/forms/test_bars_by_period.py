"""Upright bars say plan and actual by pattern, a target by a line of its own."""

from decimal import Decimal

from pages.charts.forms.bars_by_period import bars_by_period
from pages.wording.marks import WordedMark

YEARS = [(2017, "done", "actual", 37), (2018, "done", "actual", 81), (2019, "planned", "plan", 44)]


def mark(label, state, value, **more):
    text = str(value) if value is not None else state
    value = None if value is None else Decimal(value)
    return WordedMark(label=label, state=state, value=value, text=text, **{"measure": "actual"} | more)


PERIODS = [
    *(
        mark(str(year), state, value, measure=measure, period_start=year, period_end=year)
        for year, state, measure, value in YEARS
    ),
    mark("2018", "target", 73, measure="target", period_start=2018, period_end=2018, part="beside"),
]


def traces(chart):
    return {trace.name: trace for trace in chart.data}


def test_no_rows_give_an_empty_chart():
    assert len(bars_by_period(marks=[]).data) == 0


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


def test_the_dark_theme_has_its_own_inks():
    inks = [bars_by_period(marks=PERIODS, dark=dark).data[0].marker.line.color for dark in (True, False)]
    assert inks[0] != inks[1]


def test_of_many_bars_the_first_the_highest_and_the_last_are_told():
    months = [mark(str(at), "done", 100 - abs(at - 11)) for at in range(24)]
    (trace,) = bars_by_period(marks=months).data
    assert [at for at, text in enumerate(trace.text) if text] == [0, 11, 23]
    few = bars_by_period(marks=months[:8]).data[0]
    assert all(few.text)
