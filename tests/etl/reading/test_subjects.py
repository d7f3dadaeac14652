"""Whose number it is."""

import pytest

from etl.reading.bulletin import read_bulletin

OWNED = {
    "远山市建成9个，其中云桥区4个、白沙区5个。": ["远山市", "云桥区", "白沙区"],
    "远山市建成9个，其中云桥区4个、白沙区5个，投资8亿元。": ["远山市", "云桥区", "白沙区", "远山市"],
    "远山市召开会议。这些社区共有9个网格。": ["远山市"],
    "云桥区花溪街道向阳社区有46户。经表决确定7项。": ["向阳社区", "向阳社区"],
    "云桥区有8所。\n\n远山市全市共40所。": ["云桥区", "远山市"],
    "云桥区、白沙区分别建成3个、5个。": ["云桥区", "白沙区"],
    "云桥区和白沙区各有2名。": ["云桥区", "白沙区"],
    "远山市比全省平均水平高2个百分点。": ["远山市"],
    "在大道向南50米处，有云桥区花溪街道向阳社区。": ["向阳社区"],
    "“我们这里有4000多户、1万多人。”向阳社区书记张敏说。": ["向阳社区", "向阳社区"],
    "远山市建成书吧。甲山社区的茶室、乙水社区的棋室等相继开放，共有20多个品牌。": ["远山市"],
    "云桥区、白沙区分别建成3个、5个，各投入2亿元。": ["云桥区", "白沙区", "云桥区", "白沙区"],
    "云桥区、白沙区的覆盖率均达到60%。": ["云桥区", "白沙区"],
    "远山市全市人均9册，云桥区人均8册。": ["远山市", "云桥区"],
    "远山市建成9个，其中云桥区4个、其他县区5个。": ["远山市", "云桥区", "远山市"],
    "远山市拟投入2亿元：新建云桥区幼儿园，设9个班；改造小区11个。": ["远山市", "云桥区", "远山市"],
    "没有地名，只有3个。": [""],
}  # fmt: skip


@pytest.mark.parametrize(("text", "places"), OWNED.items())
def test_the_nearest_subject_owns_the_number(text: str, places: list[str]) -> None:
    assert [one.place for one in read_bulletin(text)] == places


def test_the_title_says_whose_the_numbers_are_that_name_no_place() -> None:
    text = "{}\n\n建成9个。其中，云桥区4个，白沙区5个；云桥区投入3万元，云桥区接待2人。"
    of_the_title = [
        next(number.place for number in read_bulletin(text.format(title), city=city))
        for title, city in (
            ("远山市公布民生实事", ""),
            ("远山公布民生实事", "远山市"),
            ("远山市云桥区公布民生实事", "远山市"),
            ("远山公布民生实事", ""),
            ("民生实事公布", "远山市"),
        )
    ]
    assert of_the_title == ["远山市", "远山市", "云桥区", "云桥区", "云桥区"]
    assert [number.place for number in read_bulletin("建成9个。", city="远山市")] == ["远山市"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("浙江省民生实事\n建成智慧阅读空间5个", ""),
        ("白沙市5个、云桥市3个。\n\n共建成8个", ""),
        ("白沙市考察团到远山市参观\n远山市高度重视。\n\n新建3个", "远山市"),
        ("中山路改造\n\n云桥区召开会议。\n\n投入3亿元", "云桥区"),
    ],
)
def test_what_speaks_of_another_place_is_not_given_to_the_own_city(text: str, place: str) -> None:
    *_, found = read_bulletin(text, city="中山市" if text.startswith("中山") else "远山市")
    assert found.place == place


OWNERS = {
    "a group owns its number together": ("云桥区、白沙区和临溪县的标准为900元。", ["云桥区、白沙区、临溪县"]),
    "examples own nothing": ("远山市建成花溪镇、石门镇等8家卫生院。", ["远山市"]),
    "each of a list owns its own": ("云桥区、白沙区各5个。", ["云桥区", "白沙区"]),
    "a province that acts owns what follows": ("川南省组织实施助餐行动，建成食堂60个。", ["川南省"]),
    "a province that is a measure owns nothing": ("远山市建成食堂60个，高于全省平均水平3个。", ["远山市", "远山市"]),
    "a place alone in brackets owns the number before it": ("远山市建成食堂60个，另有5个（云桥区）。", ["远山市", "云桥区"]),
    "a bracket that goes on owns nothing before it": ("远山市建成食堂60个（云桥区20个）。", ["远山市", "云桥区"]),
    "each county is no place": ("远山市各县市区实现达标，建成食堂60个。", ["远山市"]),
    "a second name in brackets is the same place": ("远山市经开区（云桥区）投入2亿元。", ["经开区"]),
    "the whole city is the data's own beside another": ("海湾市来考察。全市建成食堂60个。", ["远山市"]),
    "a short name in a list is the place named in full": ("滨湖区2个、桃源区1个。滨湖、桃源各3个。", ["滨湖区", "桃源区", "滨湖区", "桃源区"]),
    "an honour is no owner": ("远山市建成全国、省、市最美驿站11家。", ["远山市"]),
}  # fmt: skip


@pytest.mark.parametrize("rule", OWNERS)
def test_a_number_belongs_to_whom_its_sentence_gives_it(rule: str) -> None:
    text, owners = OWNERS[rule]
    assert [one.place for one in read_bulletin(text, city="远山市") if one.confidence >= 0.5] == owners, text


def test_a_title_names_a_province_without_its_ending() -> None:
    text = "助餐暖民心：安徽建成食堂60个\n\n据了解，安徽省重视助餐。截至目前，建成食堂60个。\n\n远山市建成食堂5个。"
    assert [one.place for one in read_bulletin(text, city="远山市")] == ["安徽省", "安徽省", "远山市"]
