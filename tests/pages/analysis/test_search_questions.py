"""Questions as people type them, on the shipped and on the demonstration city: what must come first, written down by hand.

``BLIND`` and ``STRANGER`` were marked before they were first run; what of them was wrong then is told in the commit that mended it.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from decimal import Decimal

import pytest

from pages.analysis.question_words import question_words, same_words
from pages.analysis.search import Found, found
from pages.analysis.search_index import Entry, Index
from pages.queries.searchable import searchable

PRESS = "2019-03-21-xuchang-communities-and-reading"
PAGE_3 = "2018-11-07-weidu-newspaper-page-3"
HARMONY = "2018-12-22-weidu-harmonious-district"
BRAND = "2017-11-07-xuji-community-brand"
PEER = "2012-05-15-jiaxing-community-premises"

FIRST = {
    "阅读空间有多少座": f"{PRESS}#3",
    "办证": f"{PRESS}#31",
    "嘉兴 平均面积": f"{PEER}#14",
    "公众安全感 排名": f"{HARMONY}#18",
    "面积标准": f"{PRESS}#39",
    "脱贫": f"{PAGE_3}#15",
    "许继 老人": f"{BRAND}#26",
}
BLIND = {
    "智慧书屋多少人去过": f"{PRESS}#29",
    "社区建设花了多少钱": f"{PRESS}#20",
    "2018年建成多少个规范化社区": f"{PRESS}#9",
    "2019年计划建多少": f"{PRESS}#4",
    "调解成功率": f"{HARMONY}#37",
    "规范化社区哪个区最多": f"{PRESS}#35",
    "养老中心有多少床位": f"{PAGE_3}#48",
    "七一社区面积": f"{PRESS}#16",
    "谁负责智慧阅读空间": f"{PRESS}#S61",
    "每天开放几个小时": f"{PRESS}#26",
    "贫困户有多少": f"{PAGE_3}#4",
    "志愿者多少人": f"{HARMONY}#28",
    "图书借还量": f"{PRESS}#30",
    "文惠社区有多少户居民": f"{PRESS}#7",
    "科技广场那座阅读空间在哪里": f"{PRESS}#S46",
}
LATER = {
    "去年建成多少个社区": f"{PRESS}#9",
    "托老站有几个": f"{BRAND}#23",
    "建安区帮扶了多少村": f"{PAGE_3}#3",
    "七一读书会多久一次": f"{HARMONY}#39",
    "网格员多少人": f"{HARMONY}#30",
    "平安建设得第几名": f"{HARMONY}#16",
    "水泥路多长": f"{PAGE_3}#8",
    "每座阅读空间多大": f"{PRESS}#27",
    "社区用房 闲置": f"{PEER}#S7",
    "智慧社区谁开发的": f"{PAGE_3}#S38",
    "阅读空间多少人": f"{PRESS}#29",
    "60岁以上老人": f"{BRAND}#26",
    "截至2019年3月累计人次": f"{PRESS}#29",
    "智慧书屋藏书": f"{PRESS}#28",
    "民生365投了多少钱": f"{BRAND}#33",
    "魏都区有多少社区": f"{PAGE_3}#1",
    "嘉兴服务办公用房占比": f"{PEER}#17",
    "潘窑社区有篮球场吗": f"{PAGE_3}#S31",
    "阳光社区什么时候成立": f"{PEER}#S18",
    "宣传册发了多少份": f"{HARMONY}#22",
}
STRANGER = {
    "七一社区改造用了多久": f"{PRESS}#14",
    "2017年建了几个规范化社区": f"{PRESS}#13",
    "东城区今年要建几个": f"{PRESS}#36",
    "魏武社区养老中心入住率": f"{PAGE_3}#50",
    "儿童服务中心最少要多大": f"{PRESS}#42",
    "魏都区社区用房面积要求": f"{PAGE_3}#27",
    "许继社区有几个网格": f"{BRAND}#11",
    "省长怎么夸魏都": f"{PAGE_3}#S85",
    "嘉兴一站式服务大厅比例": f"{PEER}#31",
    "阅读空间下一步做什么": f"{PRESS}#S63",
    "文惠社区有多少老旧庭院": f"{PRESS}#6",
    "口腔技能竞赛多少选手": f"{PAGE_3}#24",
    "七一读书会哪年发起的": f"{HARMONY}#S20",
    "智慧社区示范点多少": f"{PAGE_3}#34",
}
ABSENT = {
    "鄢陵有几个规范化社区": "五地之和等于全市44个",
    "群众满意度": "满意度没有公布",
    "运营成本多少": "运行费用没有公布",
    "投诉多少件": "投诉件数没有公布",
    "阅读空间怎么分布": "没有分地区数",
    "卫生服务中心面积标准": "卫生服务中心的面积下限没有公布",
}


@pytest.fixture(scope="module")
def index(xuchang, release_of) -> Index:
    return searchable(release_of(xuchang))


@pytest.fixture(scope="module")
def made_up(demo, release_of) -> Index:
    return searchable(release_of(demo))


def keys(result: Found, count: int = 1) -> list[str]:
    return [hit.entry.key for hit in result.hits[:count]]


THIRD = {
    "综治委有多少个成员单位": f"{HARMONY}#19",
    "魏都区多少矛盾调解员": f"{HARMONY}#31",
    "许昌2018年投入多少资金": f"{PRESS}#20",
    "文惠社区住了多少户": f"{PRESS}#7",
    "阳光社区大楼面积": f"{PEER}#19",
    "建安区被帮扶贫困村": f"{PAGE_3}#3",
    "宣传册发了多少份": f"{HARMONY}#22",
    "志愿服务中心面积要求": f"{PRESS}#43",
    "读书会一周几次": f"{HARMONY}#39",
    "水泥路多长": f"{PAGE_3}#8",
    "七一社区功能室多大": f"{PRESS}#16",
    "矛调中心成功率": f"{HARMONY}#37",
    "全省多少个县": f"{HARMONY}#17",
    "微信公众号几个": f"{HARMONY}#27",
    "2019年规范化社区覆盖率目标": f"{PRESS}#23",
    "嘉兴多少个城市社区": f"{PEER}#2",
    "办事大厅覆盖率": f"{PEER}#31",
}
"""Of two more sets of ten, 8 and 7 right when first run; 每个网格几个人 still misses and is not among these."""


@pytest.mark.parametrize(
    ("line", "key"), [*FIRST.items(), *BLIND.items(), *LATER.items(), *STRANGER.items(), *THIRD.items()]
)
def test_the_answer_of_a_question_comes_first(line, key, index):
    assert keys(found(index, line)) == [key]


@pytest.mark.parametrize(("line", "reason"), ABSENT.items())
def test_where_the_answer_was_not_published_its_gap_comes_first(line, reason, index):
    first = found(index, line).hits[0].entry
    assert first.kind == "absence"
    assert reason in first.names[0]


def test_how_a_plan_is_spread_gives_its_five_places_by_size_then_those_that_are_not_in_it(index):
    hits = found(index, "44个社区怎么分布").hits
    assert [hit.entry.key for hit in hits[:5]] == [f"{PRESS}#{seq}" for seq in (35, 36, 34, 38, 37)]
    assert hits[5].entry.names[0].startswith("已公布的五地之和")
    assert f"{PRESS}#4" in [hit.entry.key for hit in hits]


def test_whether_twenty_are_done_gives_every_state_before_the_plans_and_no_single_number(index):
    first = keys(found(index, "魏都20个完成了吗"), 3)
    assert set(first) == {f"{HARMONY}#9", f"{HARMONY}#14", f"{HARMONY}#15"}


def test_both_versions_of_a_conflict_come_first(index):
    assert set(keys(found(index, "民生365 多少项"), 2)) == {f"{BRAND}#19", f"{BRAND}#32"}


def test_the_floors_of_the_city_come_before_those_of_others(index):
    assert keys(found(index, "面积标准"), 5) == [f"{PRESS}#{seq}" for seq in range(39, 44)]


@pytest.mark.parametrize(("line", "attribute"), [("魏都区得过什么荣誉", "荣誉"), ("结对帮扶存在什么问题", "问题")])
def test_a_property_that_is_asked_for_gives_its_statements_and_nothing_else(line, attribute, index):
    hits = found(index, line).hits
    assert {hit.entry.kind for hit in hits[:3]} == {"statement"}
    assert all(f"about:{attribute}" in hit.entry.facets for hit in hits[:3])


def test_a_statement_that_says_a_word_comes_before_a_number_that_people_call_so():
    entries = (
        Entry("number", "n1", ("8个",), title=("超目标个数",), of=frozenset({"indicator:above"}), value=Decimal(8)),
        Entry(
            "statement",
            "s1",
            ("超额完成年度任务",),
            title=("超额完成年度任务", "达标情况"),
            standing=(0, 0, 0, 0, 99, 0),
        ),
        Entry("statement", "s2", ("按期完成年度任务",), title=("按期完成年度任务", "达标情况")),
        Entry("indicator", "above", ("超目标个数",)),
    )
    index = Index(entries, {"超额完成": ("indicator:above",)})
    assert keys(found(index, "超额完成"), 9)[:2] == ["s1", "n1"]
    assert "s2" not in keys(found(index, "超额完成"), 9)
    assert keys(found(Index(entries), "超额完成"), 9) == ["s1"]


@pytest.mark.parametrize(
    ("line", "key"), [("46名", f"{PAGE_3}#22"), ("9家医疗单位", f"{PAGE_3}#23"), ("22岁", f"{PRESS}#25")]
)
def test_a_number_in_passing_is_found_as_what_it_is(line, key, index):
    first = found(index, line).hits[0].entry
    assert (first.kind, first.key) == ("incidental", key)


def test_numbers_in_passing_come_after_every_number_of_a_project(index):
    opened = [hit.entry.kind for hit in found(index, "开放").hits]
    assert opened.index("number") < opened.index("incidental")


@pytest.mark.parametrize("line", ["地铁有几条", "许昌地铁", "阅读空间 停车场收费标准", "长葛 座席 床位"])
def test_what_nobody_published_finds_no_number_of_something_else(line, index):
    result = found(index, line)
    assert not [hit for hit in result.hits if hit.entry.kind == "number"]


def test_where_nothing_is_found_the_nearest_questions_are_offered_and_find_something(index):
    near = found(index, "阅读空间 停车场收费").near
    assert "阅读空间" in near
    assert all(found(index, line).hits for line in near)


def test_a_word_that_is_left_aside_is_told(index):
    result = found(index, "智慧阅读空间人均")
    assert not result.left_aside or result.left_aside == ("人均",)
    told = found(index, "智慧阅读空间排名")
    assert told.hits
    assert told.left_aside == ("排名",)
    assert found(index, "阅读空间有多少座").left_aside == ()


DEMO_FIRST = {
    "阅读空间有多少座": "41座",
    "珂湖区建成多少个规范化社区": "10个",
    "今年建成多少个规范化社区": "21个",
    "人口": "3058765人",
    "座位": "1621席",
    "2026年计划建多少个": "52个",
}


@pytest.mark.parametrize(("line", "as_printed"), DEMO_FIRST.items())
def test_the_demonstration_city_answers_by_the_same_rules(line, as_printed, made_up):
    assert found(made_up, line).hits[0].entry.names[0] == as_printed


def test_the_demonstration_city_tells_parts_and_states(made_up):
    parts = found(made_up, "满意度 各区").hits[:5]
    assert {hit.entry.title[0] for hit in parts} == {"群众满意度"}
    assert [hit.entry.value for hit in parts] == sorted((hit.entry.value for hit in parts), reverse=True)
    states = [hit.entry.breakdown for hit in found(made_up, "珂湖规范化社区完成了吗").hits[:3]]
    assert states == ["已验收", "基本完成", "在建"]


def test_without_its_synonyms_a_city_does_not_find_what_only_people_call_so(index):
    assert found(index, "智慧书屋 人次").hits[0].entry.key == f"{PRESS}#29"
    bare = Index(index.entries, {}, index.home)
    assert keys(found(bare, "运营成本多少")) != keys(found(index, "运营成本多少"))


def test_question_words_are_plain_and_of_known_classes():
    classes = {word.asks for word in question_words().values()}
    known = {"skip", "number", "unit", "measure", "ratio", "rank", "parts", "most", "least", "about", "home", "year"}
    assert classes == known
    assert all(word not in means for word, means in same_words().items())


def test_a_question_is_answered_well_under_a_tenth_of_a_second(index):
    found(index, "预热")
    took = []
    for line in (*FIRST, *BLIND):
        start = time.process_time()
        found(index, line)
        took.append(time.process_time() - start)
    assert statistics.median(took) < 0.1


BASE = {
    "title": ("礼堂数",), "of": frozenset({"indicator:halls", "place:city"}), "value": Decimal(9), "unit": "个",
    "facets": frozenset({"measure:actual", "kind:stock"}), "years": frozenset({2019}), "standing": (0, 0, 0, 1, 0, 0), "order": (0, 0, 1),
}  # fmt: skip
BEHIND = {
    "what was computed": ("礼堂", {"standing": (1, 0, 0, 1, 0, 0)}),
    "hearsay": ("礼堂", {"standing": (0, 1, 0, 1, 0, 0)}),
    "another place": ("礼堂", {"standing": (0, 0, 2, 1, 0, 0)}),
    "what is on no card": ("礼堂", {"standing": (0, 0, 0, 99, 0, 0)}),
    "a plan": ("礼堂", {"standing": (0, 0, 0, 1, 2, 0)}),
    "a month": ("礼堂", {"standing": (0, 0, 0, 1, 0, 1)}),
    "a part that nobody named": ("礼堂", {"breakdown": "新建"}),
    "a longer title": ("礼堂", {"title": ("有舞台的礼堂数",)}),
    "a remark": ("礼堂", {"title": ("人次",), "about": "礼堂"}),
    "what came later in the tables": ("礼堂", {"order": (0, 0, 2)}),
    "no rank": ("礼堂 排名", {"facets": frozenset({"measure:actual", "kind:flow"})}),
    "another unit": ("礼堂有多少座", {"unit": "人次"}),
    "no plan": ("礼堂 计划", {"facets": frozenset({"measure:actual"})}),
    "more years than asked": ("2019年 礼堂", {"years": frozenset({2018, 2019})}),
    "a gap": ("礼堂有多少", {"kind": "absence"}),
    "an aside": ("礼堂", {"kind": "incidental"}),
    "a place below": ("甲市 礼堂", {"of": frozenset({"indicator:halls"}), "within": frozenset({"place:city"})}),
}
ANSWERS = {
    "no rank": {"facets": frozenset({"kind:rank"})}, "another unit": {"unit": "座"}, "no plan": {"facets": frozenset({"measure:plan"})},
}  # fmt: skip


@pytest.mark.parametrize("what", BEHIND)
def test_what_comes_behind(what):
    line, changed = BEHIND[what]
    good = Entry(**{"kind": "number", "key": "good", "names": ("9个",), **BASE, **ANSWERS.get(what, {})})
    other = Entry(**{"kind": "number", "key": "other", "names": ("9个",), **BASE, **changed})
    same = Entry(**{"kind": "number", "key": "same", "names": ("9个",), **BASE, **ANSWERS.get(what, {})})
    city = Entry("place", "city", ("甲市",))
    for entries in ((other, good, city), (good, other, city)):
        assert keys(found(Index(entries), line), 2) == ["good", "other"]
    assert keys(found(Index((same, good, city)), line), 2) == ["same", "good"]


def test_a_year_word_means_the_newest_year_of_a_checked_number():
    old, new = (
        Entry(**{"kind": "number", "key": str(year), "names": ("9个",), **BASE, "years": frozenset({year})})
        for year in (2018, 2019)
    )
    hearsay = Entry(
        **{
            "kind": "number",
            "key": "2020",
            "names": ("9个",),
            **BASE,
            "years": frozenset({2020}),
            "standing": (0, 1, 0, 1, 0, 0),
        }
    )
    index = Index((old, new, hearsay))
    assert keys(found(index, "今年礼堂"), 3) == ["2019"]
    assert keys(found(index, "去年礼堂"), 3) == ["2018"]
    assert found(index, "去年礼堂").asked.years == {2018}


def test_a_share_is_asked_for_by_the_word_of_the_question_though_the_press_has_another_word_for_it():
    count = Entry(**{"kind": "number", "key": "count", "names": ("9个",), **BASE, "facets": frozenset({"kind:stock"})})
    share = Entry(
        **{
            "kind": "number",
            "key": "share",
            "names": ("90%",),
            **BASE,
            "facets": frozenset({"kind:ratio"}),
            "unit": "%",
        }
    )
    assert "比例" in same_words()
    assert keys(found(Index((count, share)), "礼堂比例"), 2) == ["share", "count"]


def test_every_property_that_a_fact_may_have_can_be_asked_for(xuchang, release_of):
    asked = {each for word in question_words().values() if word.asks == "about" for each in word.means}
    assert set(release_of(xuchang).table("attributes")["name"]) <= asked


@pytest.mark.parametrize("line", ["礼堂哪年", "礼堂 哪年", "哪年礼堂"])
def test_a_word_that_points_still_asks_for_what_the_table_says(line):
    when = Entry(
        "statement", "when", ("2017年9月",), title=("2017年9月", "成立时间"), facets=frozenset({"about:成立时间"})
    )
    what = Entry(
        "statement", "what", ("有舞台",), title=("有舞台", "特点"), facets=frozenset({"about:特点"}), order=(-1,)
    )
    index = Index(tuple(replace(each, about="礼堂") for each in (what, when)))
    assert keys(found(index, line), 2) == ["when"]
    assert keys(found(index, "那座礼堂"), 2) == ["what", "when"]


def test_a_month_narrows():
    may, june = (
        Entry(**{"kind": "number", "key": str(month), "names": ("9个",), **BASE, "month": month}) for month in (5, 6)
    )
    assert keys(found(Index((may, june)), "6月礼堂"), 2) == ["6"]
    assert keys(found(Index((may, june)), "2019年5月礼堂"), 2) == ["5"]


LINES = (
    "148万",
    "44个",
    "2018年",
    "规范化社区",
    "魏都区",
    "阅读空间 2019年",
    "44个社区怎么分布",
    "魏都20个完成了吗",
    "gfhsq",
    f"{PRESS}#29",
)


@pytest.mark.parametrize("line", [*LINES, *FIRST])
def test_numbers_read_when_a_line_can_mean_them_are_found_as_if_all_were_there(line, index):
    every = index.members([group.key for group in index.groups], "")
    whole = replace(index, entries=(*index.entries, *every), groups=(), members=lambda groups, number_id: ())
    wanted, result = found(whole, line), found(index, line)
    assert wanted.hits
    assert [(hit.entry.key, hit.rank, hit.missed) for hit in result.hits] == [
        (hit.entry.key, hit.rank, hit.missed) for hit in wanted.hits
    ]
    assert (result.near, result.left_aside) == (wanted.near, wanted.left_aside)


def test_a_line_reads_no_number_that_it_cannot_mean(index):
    asked = []

    def members(groups, number_id):
        asked.extend(groups)
        return index.members(groups, number_id)

    assert found(replace(index, members=members), "公众安全感排名").hits
    assert 0 < len(asked) < len(index.groups) / 2
