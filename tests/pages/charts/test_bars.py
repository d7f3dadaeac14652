"""Bars say their state by pattern and word, start at zero, and show names as they are; one place stands out among its peers."""

from decimal import Decimal

from pages.charts.bars import PALE, horizontal_bars, strip_of_peers
from pages.wording.marks import WordedMark


def mark(label, state, value, **more):
    text = str(value) if value is not None else state
    value = None if value is None else Decimal(value)
    return WordedMark(label=label, state=state, value=value, text=text, measure="actual", **more)


PLACES = [
    mark("甲", "planned", 20),
    mark("乙", "planned", 0),
    mark("丙", "not_in_plan", None),
    mark("<b>丁", "not_published", None),
    mark("计", "planned", 20, part="beside"),
]


def traces(chart):
    return {trace.name: trace for trace in chart.data}


def test_each_state_is_one_trace_with_its_own_pattern():
    found = traces(horizontal_bars(marks=PLACES))
    assert set(found) == {"planned", "not_in_plan", "not_published"}
    assert found["planned"].marker.pattern.shape == "/"
    assert found["not_published"].marker.pattern.shape == "."
    assert found["not_in_plan"].marker.pattern.shape == ""
    assert found["not_in_plan"].marker.color == "rgba(0,0,0,0)"


def test_a_zero_has_no_length_and_is_written_out():
    planned = traces(horizontal_bars(marks=PLACES))["planned"]
    assert list(planned.x) == [20, 0]
    assert list(planned.text) == ["20", "0"]


def test_a_place_without_a_number_has_its_word_and_no_number():
    chart = traces(horizontal_bars(marks=PLACES))
    assert list(chart["not_in_plan"].text) == ["not_in_plan"]
    assert "0" not in chart["not_published"].text[0]


def test_the_total_beside_is_not_drawn():
    assert sum(len(trace.x) for trace in horizontal_bars(marks=PLACES).data) == 4


def test_bars_start_at_zero_and_the_first_row_is_on_top():
    chart = horizontal_bars(marks=PLACES)
    assert chart.layout.xaxis.range[0] == 0
    assert chart.layout.yaxis.autorange == "reversed"


def test_a_name_is_no_markup():
    assert horizontal_bars(marks=PLACES).layout.yaxis.ticktext[3] == "&lt;b&gt;丁"


def test_two_places_of_one_name_stay_two_bars():
    twice = [mark("甲", "done", 1), mark("甲", "done", 2)]
    assert list(horizontal_bars(marks=twice).data[0].y) == [0, 1]


def test_no_rows_give_an_empty_chart():
    assert len(horizontal_bars(marks=[]).data) == 0


def test_the_dark_theme_has_its_own_inks():
    inks = [horizontal_bars(marks=PLACES, dark=dark).data[0].marker.line.color for dark in (True, False)]
    assert inks[0] != inks[1]


PEERS = [
    *(
        WordedMark(state=state, value=value, label=label, place=place)
        for place, label, state, value in (
            ("east", "东区", "planned", Decimal(6)),
            ("west", "<b>", "planned", Decimal(3)),
            ("north", "北县", "not_in_plan", None),
        )
    ),
    WordedMark(part="beside", state="planned", value=Decimal(9), label="甲市", place="city"),
]


def opacities(chart):
    return {at: opacity for trace in chart.data for at, opacity in zip(trace.y, trace.marker.opacity, strict=True)}


def test_only_the_place_is_full_and_bold():
    chart = strip_of_peers(marks=PEERS, place="north")
    assert opacities(chart) == {0: PALE, 1: PALE, 2: 1}
    assert list(chart.layout.yaxis.ticktext) == ["东区", "&lt;b&gt;", "<b>北县</b>"]


def test_a_place_without_a_row_leaves_all_pale():
    assert set(opacities(strip_of_peers(marks=PEERS, place="nowhere", dark=True)).values()) == {PALE}
