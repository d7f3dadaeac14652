"""Places of a text: told, cut out by their ending, and named after the text's own place."""

import pytest

from etl.reading.places import KnownPlace, mentions

CUT_OUT = {
    "近日，记者走进临川市上城区小营街道": ["临川市", "上城区", "小营街道"],
    "在和平区南市街道，市民王先生说": ["和平区", "南市街道"],
    "和政县、新和县、成都市都来了": ["和政县", "新和县", "成都市"],
    "柳渡街道梧桐里社区党委书记介绍": ["柳渡街道", "梧桐里社区"],
    "来自安吉县梅溪镇的李大爷": ["安吉县", "梅溪镇"],
    "桃源、滨湖、沙田三区各建5座": ["桃源区", "滨湖区", "沙田区"],
    "滨海高新区、江洲经济技术开发区": ["滨海高新区", "江洲经济技术开发区"],
    "在高新区、经开区各建1座": ["高新区", "经开区"],
    "五一路街道办事处": ["五一路街道"],
    "其中桃源、滨湖区各5座": ["桃源区", "滨湖区"],
    "远山市民生项目、远山市民政局": ["远山市", "远山市"],
    "咱碧桐区的居民去县城": ["碧桐区"],
    "建立社区服务中心，提升城市社区治理": [],
    "老城区和示范村，两个县的城乡居民": [],
    "夜市、超市、菜市场": [],
}


@pytest.mark.parametrize(("text", "names"), CUT_OUT.items())
def test_names_never_met_are_cut_out_by_their_ending(text: str, names: list[str]) -> None:
    assert [one.name for one in mentions(text, [])] == names


KNOWN = [
    KnownPlace("a", "青岚市", ("青岚", "市区")),
    KnownPlace("b", "新安区", ("新安",), "a"),
    KnownPlace("c", "青岚经济技术开发区", ("经开区", "开发区"), "a"),
    KnownPlace("d", "青岚市本级", ("市本级",), "a"),
]


def test_a_short_name_counts_only_where_it_stands_free() -> None:
    assert [one.name for one in mentions("新安4个，更新安置房，新安大道，新安、青岚", KNOWN)] == [
        "新安区",
        "新安区",
        "青岚市",
    ]


def test_a_bare_kind_of_place_is_told_only_at_home() -> None:
    assert [one.name for one in mentions("青岚市开发区3个", KNOWN)] == ["青岚市", "青岚经济技术开发区"]
    assert [one.name for one in mentions("远山市开发区3个", KNOWN)] == ["远山市"]


def test_the_whole_city_is_called_by_its_name() -> None:
    assert [one.name for one in mentions("远山市召开会议。全市建成3个，市民政局说。", [])] == ["远山市"] * 3
    assert [one.name for one in mentions("新安区建成3个。我市共9个，市本级1个。", KNOWN)] == [
        "新安区",
        "青岚市",
        "青岚市本级",
    ]
    assert [one.name for one in mentions("全市建成3个，市委要求", [])] == ["全市"]


def test_this_district_is_the_one_named_last() -> None:
    assert [one.name for one in mentions("云桥区有8所，白沙区有9所，该区还将新建", [])] == [
        "云桥区",
        "白沙区",
        "白沙区",
    ]
