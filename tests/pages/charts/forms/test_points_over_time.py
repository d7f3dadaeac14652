"""Dated points: a lower bound is open with an arrow upwards, two points are not joined, an unchecked source is grey."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from pages.charts.forms.points_over_time import few, points_over_time
from pages.charts.palette import LIGHT
from pages.wording.marks import WordedMark


def mark(day, value, qualifier="exact", verified=True, text="数"):
    value = Decimal(value)
    return WordedMark(
        as_of=day, value=value, qualifier=qualifier, verified=verified, label="2019年\n3月21日", text=text
    )


FIRST, LAST = dt.date(2018, 9, 30), dt.date(2019, 3, 21)
MARKS = [
    mark(FIRST, 730000, "more_than", verified=False),
    mark(LAST, 1480000, "more_than", text="超过148万"),
    mark(LAST, 32),
]


def arrows(chart):
    return [note for note in chart.layout.annotations if note.showarrow]


def test_a_lower_bound_is_an_open_mark_with_an_arrow_upwards():
    chart = points_over_time(marks=MARKS)
    assert [trace.marker.symbol for trace in chart.data] == ["circle-open", "circle-open", "circle"]
    assert len(arrows(chart)) == 2
    assert all(arrow.ay < 0 for arrow in arrows(chart))


def test_an_upper_bound_points_down():
    chart = points_over_time(marks=[mark(LAST, 40, "less_than")])
    assert arrows(chart)[0].ay > 0


def test_no_line_joins_the_points():
    assert {trace.mode for trace in points_over_time(marks=MARKS).data} == {"markers"}


def test_an_unchecked_source_is_grey():
    inks = [trace.marker.color for trace in points_over_time(marks=MARKS).data]
    assert inks == [LIGHT.unknown, LIGHT.done, LIGHT.done]


def test_the_words_stand_at_the_point_and_the_axis_starts_at_zero():
    chart = points_over_time(marks=MARKS)
    assert "超过148万" in [note.text for note in chart.layout.annotations]
    assert chart.layout.yaxis.range[0] == 0
    assert chart.layout.xaxis.ticktext[0] == "2019年<br>3月21日"


def test_a_number_without_a_day_is_not_drawn():
    assert len(points_over_time(marks=[mark(None, 3)]).data) == 0


def test_an_axis_has_room_for_few_days_the_first_and_last_among_them():
    assert few(range(12)) == [0, 3, 6, 8, 11]
    assert few(range(3)) == [0, 1, 2]


def test_many_points_are_told_at_the_days_of_the_axis_alone():
    def texts(count):
        days = [FIRST + dt.timedelta(days=30 * at) for at in range(count)]
        rows = [mark(day, at, text=f"{at}个") for at, day in enumerate(days)]
        chart = points_over_time(marks=rows)
        assert len(chart.data) == count
        return [note.text for note in chart.layout.annotations]

    assert texts(12) == [f"{at}个" for at in range(12)]
    assert texts(13) == ["0个", "3个", "6个", "9个", "12个"]


def test_a_number_of_a_period_that_was_over_stands_at_its_last_day():
    late = replace(mark(dt.date(2019, 1, 28), 94), period_end=dt.date(2018, 12, 31))
    early = replace(mark(dt.date(2018, 6, 30), 12), period_end=dt.date(2018, 12, 31))
    chart = points_over_time(marks=[early, late])
    assert [trace.x[0] for trace in chart.data] == [dt.date(2018, 6, 30), dt.date(2018, 12, 31)]
