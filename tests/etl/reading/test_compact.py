"""Text without stray white space, each character knowing where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reading.compact import compact

MADE_COMPACT = {
    "共有 86 个社区": "共有86个社区", "共１１８％": "共118%", "１，４８０": "1，480", "建成,投用(试)": "建成，投用（试）", "120 km": "120km",
    "面积350㎡": "面积350m2", "第一段。\n第二段": "第一段。\n第二段", "一段\n\n\n又一段": "一段\n又一段", "便民、\n\n综治中心": "便民、综治中心",
    "共\n156\n户": "共\n156户", "4\t20": "4\t20", "2018 100": "2018 100", "12 345户": "12345户", "零\u200b宽": "零宽", "個數": "个數",
    "收到 4 7 1 6 件": "收到4716件", "投入 3 1. 5 亿元": "投入31.5亿元", "开通２ ０ 条": "开通20条", "第 3 8 版": "第3 8版", "编号4 1 7": "编号4 1 7",
}  # fmt: skip


@pytest.mark.parametrize(("source", "text"), MADE_COMPACT.items())
def test_white_space_and_width_are_made_regular(source: str, text: str) -> None:
    assert compact(source).text == text


def test_lines_that_end_where_the_column_ends_are_joined() -> None:
    column = "魏山区共有规范化城市社\n区八十六个，涉及居民一\n万二千户，建成社区用房1\n18个，投入资金14.\n23万元，接待群众超过一\n百万人次，群众表示满意"
    text = compact(column).text
    assert "\n" not in text
    assert "118个" in text
    assert "14.23万元" in text


@given(st.text(max_size=60))
def test_every_character_leads_back_to_its_source(source: str) -> None:
    narrowed = compact(source)
    assert len(narrowed.text) == len(narrowed.offsets)
    assert list(narrowed.offsets) == sorted(narrowed.offsets)
    assert all(0 <= offset < len(source) for offset in narrowed.offsets)
