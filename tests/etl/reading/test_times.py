"""When a number holds."""

from datetime import date

import pytest

from etl.reading.bulletin import read_bulletin

PUBLISHED = date(2019, 3, 21)
HELD = {
    "2018年，全市建成81个。": ("2018-01-01", "2018-12-31", "2019-03-21"),
    "截至2018年9月30日，接待73万人次。": ("None", "None", "2018-09-30"),
    "2017年起步，截至目前，接待148万人次。": ("None", "None", "2019-03-21"),
    "今年计划再建44个。": ("2019-01-01", "2019-12-31", "2019-03-21"),
    "比上年增长8%。": ("None", "None", "2019-03-21"),
    "5个社区在2018年3月份已通过验收。": ("2018-03-01", "2018-03-31", "2019-03-21"),
    "2018年召开会议。\n\n全市有86个社区。": ("None", "None", "2019-03-21"),
}


@pytest.mark.parametrize(("text", "days"), HELD.items())
def test_the_time_of_a_number_is_the_nearest_one_said(text: str, days: tuple[str, str, str]) -> None:
    (found,) = [one for one in read_bulletin(text, published_on=PUBLISHED) if one.confidence >= 0.5]
    assert (str(found.period_start), str(found.period_end), str(found.as_of)) == days
