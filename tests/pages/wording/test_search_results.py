"""What was found says of what time it is, and whose words its number stands in."""

import datetime as dt
from dataclasses import replace

import pytest

from etl.model import Number, Source
from pages.wording.search_results import printed_text, subject_text

DAY = dt.date(2019, 3, 21)
SOURCE = Source(
    source="s", title="报告", publisher="甲报", published_on=DAY, dated_by="", place="", kind="bulletin", sha256="", verified=True,
    checked_by="", checked_on=None, numbers=1, note="",
)  # fmt: skip
NUMBER = Number(indicator_name="礼堂数", place_name="东区", as_printed="12个", verified=True)


@pytest.mark.parametrize(
    ("times", "told"),
    [
        ({"as_of": DAY}, "截至2019年3月21日"),
        ({"as_of": DAY, "period_end": DAY}, "截至2019年3月21日"),
        (
            {"as_of": DAY, "period_start": dt.date(2018, 1, 1), "period_end": dt.date(2018, 12, 31)},
            "2018年 · 截至2019年3月21日",
        ),
        ({"as_of": DAY, "time_as_printed": "目前"}, "目前，截至2019年3月21日"),
        ({"time_as_printed": "以前"}, "以前（日期未载）"),
    ],
)
def test_a_number_says_its_time_once_and_a_former_one_that_it_is_former(times, told):
    assert subject_text(replace(NUMBER, **times)) == f"礼堂数 · 东区 · {told}"


def test_words_that_nobody_compared_with_the_document_are_not_called_the_documents():
    assert printed_text(NUMBER, SOURCE).startswith("原文“12个”")
    assert printed_text(replace(NUMBER, verified=False), SOURCE).startswith("转录作“12个”")
