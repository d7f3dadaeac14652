"""Days as a quiet line with their weekly mean, hours of the week as a heat map."""

import datetime as dt
from decimal import Decimal

import pytest

from pages.analysis.forecast import Span, WeekUse
from pages.analysis.use_of_spaces import DayUse, HourUse, KindOfDay
from pages.charts.to_svg import is_printable
from pages.charts.usage import heat_of_hours, lines_of_days, weeks_with_forecast
from pages.wording.marks import WordedMark


def worded(value, label, text):
    return WordedMark(value=Decimal(value), label=label, text=text)


def days(*kinds):
    means = ((1, None), (2, Decimal("1.5")), (4, Decimal(3)))
    return [
        DayUse(dt.date(2019, 1, day), KindOfDay(kind), worded(day, f"<{day}>", "人次"), mean)
        for (day, mean), kind in zip(means, kinds or ("workday",) * 3, strict=True)
    ]


DAYS = days()
HOURS = [HourUse(worded(value, "周", "<i>"), weekday, hour) for weekday, hour, value in ((1, 9, 5), (7, 12, 8))]
WEEK = ("一", "二", "三", "四", "五", "六", "<日>")


@pytest.mark.parametrize("dark", [False, True])
def test_a_missing_day_breaks_both_lines(dark):
    day, week = lines_of_days(DAYS, mean_name="均值", dark=dark).data
    assert list(day.y) == [1, 2, None, 4]
    assert list(week.y) == [None, 1.5, None, 3]
    assert not day.connectgaps
    assert not week.connectgaps


def test_labels_are_literal_and_the_mean_is_named():
    chart = lines_of_days(DAYS, mean_name="<均值>")
    assert chart.data[0].customdata[0] == "&lt;1&gt; 人次"
    assert chart.layout.annotations[0].text == "&lt;均值&gt;"


def test_hours_without_a_row_stay_empty_and_monday_is_on_top():
    chart = heat_of_hours(HOURS, weekdays=WEEK)
    (heat,) = chart.data
    assert list(heat.x) == [9, 12]
    assert list(heat.z[0]) == [5, None]
    assert list(heat.z[6]) == [None, 8]
    assert chart.layout.yaxis.ticktext[6] == "&lt;日&gt;"
    assert chart.layout.yaxis.autorange == "reversed"


def test_nothing_gives_empty_charts():
    assert not lines_of_days([], mean_name="").data
    assert not heat_of_hours([], weekdays=WEEK).data


def test_holidays_and_worked_weekends_have_marks_of_their_own():
    chart = lines_of_days(days("holiday", "workday", "worked"), mean_name="均值")
    marked = {trace.name: (list(trace.x), trace.marker.symbol) for trace in chart.data if trace.mode == "markers"}
    assert marked == {"holiday": ([dt.date(2019, 1, 1)], "circle"), "worked": ([dt.date(2019, 1, 4)], "square-open")}


CAME = WeekUse(dt.date(2019, 1, 7), worded(7, "<周>", "7"))
EXPECTED = [
    WeekUse(last, worded(5, "周", "<约>"), Span(last - dt.timedelta(days=6), last, 5.2, 6.1, 9.3))
    for last in (dt.date(2019, 1, 14), dt.date(2019, 1, 21))
]


@pytest.mark.parametrize("dark", [False, True])
def test_a_forecast_is_a_band_with_open_marks_and_never_joins_what_came(dark):
    chart = weeks_with_forecast([CAME, *EXPECTED], name="<预测>", dark=dark)
    band, expected, came = chart.data
    assert list(band.y) == [9, 9, 5, 5]
    assert band.fill == "toself"
    assert (expected.mode, expected.marker.symbol, list(expected.y)) == ("markers", "circle-open", [6, 6])
    assert (came.mode, list(came.x)) == ("lines", [dt.date(2019, 1, 7)])
    assert not set(expected.x) & set(came.x)
    assert expected.customdata[0] == "周 &lt;约&gt;"
    assert chart.layout.annotations[0].text == "&lt;预测&gt;"
    assert is_printable(chart)


def test_without_weeks_the_chart_is_empty():
    assert not weeks_with_forecast([], name="").data
