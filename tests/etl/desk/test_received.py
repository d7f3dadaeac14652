"""The day of a document is read where it prints it as its own, and asked for where it does not."""

import datetime as dt

import pytest

from etl.desk.received import printed_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("甲市通报\n2020年1月8日\n\n正文。", dt.date(2020, 1, 8)),
        ("发布时间：2020 年 1 月 8 日　来源：民政局\n正文。", dt.date(2020, 1, 8)),
        ("截至2019年12月31日，甲市建成15个。", None),
        ("截至2019年12月31日情况\n2020年1月8日\n", dt.date(2020, 1, 8)),
        ("2019年12月1日，甲市召开会议。", None),
        ("2019年2月30日\n", None),
    ],
)
def test_only_a_date_on_a_line_of_its_own_is_the_day_of_publication(text, day):
    assert printed_day(text) == day
