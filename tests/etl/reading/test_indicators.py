"""Which indicator a number measures."""

import pytest

from etl.reading.bulletin import read_bulletin
from etl.reading.indicators import KnownIndicator, same_unit

KNOWN = [
    KnownIndicator("rooms", "城市书房数", (), "座"),
    KnownIndicator("toilets", "公共厕所数", ("公厕",), "座"),
    KnownIndicator("visits", "累计阅读学习人次", (), "人次"),
    KnownIndicator("aspects", "建设方面数", (), "个方面"),
]
MEASURED = {
    "建成城市书房12座，其中云桥区4座、白沙区8座。": ["rooms", "rooms", "rooms"],
    "新建公厕45座。": ["toilets"],
    "进入书房阅读、学习者超过148万人次。": ["visits"],
    "种树300棵，修桥2座。": ["", ""],
    "新建公厕45座。云桥区4座，白沙区8座。\n\n云桥区另有2座。": ["toilets", "toilets", "toilets", ""],
}


@pytest.mark.parametrize(("text", "indicators"), MEASURED.items())
def test_the_words_around_a_number_and_its_unit_tell_the_indicator(text: str, indicators: list[str]) -> None:
    assert [one.indicator for one in read_bulletin(text, indicators=KNOWN)] == indicators


def test_units_are_compared_under_one_name() -> None:
    assert [same_unit(unit) for unit in ("个方面", "m2/座", "大类", "场次", "人次")] == ["个", "m2", "类", "场", "人次"]
