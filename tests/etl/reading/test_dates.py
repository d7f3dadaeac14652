"""Dates and periods: where they stand and which days they name."""

from datetime import date

import pytest

from etl.reading.dates import dates_of, periods
from etl.reading.layout import layout
from etl.reading.sections import sections

DAY = date(2018, 12, 22)
NAMED = {
    "2018年3月21日": ("2018-03-21", "2018-03-21"), "2018年3月份": ("2018-03-01", "2018-03-31"), "12月22日": ("2018-12-22", "2018-12-22"),
    "2017年、2018年": ("2017-01-01", "2018-12-31"), "2017-2018年": ("2017-01-01", "2018-12-31"), "今年6月": ("2018-06-01", "2018-06-30"),
    "去年": ("2017-01-01", "2017-12-31"), "1—6月": ("2018-01-01", "2018-06-30"), "10月29日至11月2日": ("2018-10-29", "2018-11-02"),
    "上半年": ("2018-01-01", "2018-06-30"), "前三季度": ("2018-01-01", "2018-09-30"), "二〇一七年": ("2017-01-01", "2017-12-31"),
    "2012-05-15": ("2012-05-15", "2012-05-15"), "2021年底": ("2021-12-31", "2021-12-31"), "去年以来": ("2017-01-01", "None"),
    "2018.1-9月": ("2018-01-01", "2018-09-30"), "1至3季度": ("2018-01-01", "2018-09-30"), "2018年一至三季度": ("2018-01-01", "2018-09-30"),
    "去年10月至今年9月": ("2017-10-01", "2018-09-30"), "2017年二季度末": ("2017-04-01", "2017-06-30"),
}  # fmt: skip
UNNAMED = ["上午9时许", "8:30", "近三年", "三年来", "上世纪90年代", "周二", "十四五期间", "9点至17点"]
NO_PERIODS = [
    "3个月",
    "24小时",
    "5日内",
    "为期3日",
    "提前15天",
    "历时近三年",
    "三点要求",
    "3至5个月",
    "7月龄",
    "20年",
    "2.5天",
]


@pytest.mark.parametrize(("text", "days"), NAMED.items())
def test_a_date_names_its_first_and_last_day(text: str, days: tuple[str, str]) -> None:
    (found,) = periods(text, DAY)
    assert (str(found.first), str(found.last)) == days
    assert (found.start, found.end) == (0, len(text))


@pytest.mark.parametrize("text", UNNAMED)
def test_other_words_for_time_are_found_without_days(text: str) -> None:
    (found,) = periods(text, DAY)
    assert found.first is None


@pytest.mark.parametrize("text", NO_PERIODS)
def test_a_duration_is_no_period(text: str) -> None:
    assert periods(text, DAY) == []


def test_without_a_day_of_publication_relative_dates_name_no_day() -> None:
    assert [one.first for one in periods("今年6月，12月22日，2018年，2017年1月至今年6月", None)] == [
        None,
        None,
        date(2018, 1, 1),
        None,
    ]


def test_an_impossible_day_names_none() -> None:
    assert [one.first for one in periods("2018年2月30日", DAY)] == [None]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2017年1月，甲区的本年累计建成公园8个。", ["2017-01-31"]),
        ("甲区的本年累计建成公园8个。", ["2018-12-31"]),
        ("2017年1月建成公园8个，比本年目标少2个。", ["2017-01-31", "2018-12-31"]),
    ],
)
def test_this_year_behind_a_written_time_names_no_other(text: str, days: list[str]) -> None:
    parts = layout(text)
    assert [str(one.last) for one in dates_of(parts, sections(parts), DAY)] == days
