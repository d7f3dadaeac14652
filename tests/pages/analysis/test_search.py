"""A line finds what it asks for, the best first, on an index of ten entries."""

from decimal import Decimal

import pytest

from pages.analysis.search import BELOW, CONTAINS, EXACT, PREFIX, ROUNDED, SPOKEN_OF, found, spelled_out
from pages.analysis.search_index import Entry, Index


def number(key, printed, value, place, indicator, *, unit="个", year=2019, **more):
    about = {"east": "东区", "west": "西区", "old_street": "老街社区"}[place] + {
        "halls": "礼堂数 礼堂",
        "visits": "人次数 礼堂",
    }[indicator]
    within = frozenset({"place:city", "place:east"} if place == "old_street" else {"place:city"})
    return Entry(
        "number", key, (printed,), about, of=frozenset({f"place:{place}", f"indicator:{indicator}", "project:hall"}), within=within,
        years=frozenset({year}), value=Decimal(value), unit=unit, order=(0, int(key[1:])), **more,
    )  # fmt: skip


INDEX = Index(
    (
        number("n1", "超过148万人次", 1480000, "east", "visits", unit="人次"),
        number("n2", "14.23万人次", 142300, "west", "visits", unit="人次", year=2018),
        number("n3", "44个", 44, "east", "halls"),
        number("n4", "44座", 44, "west", "halls", unit="座"),
        number("n5", "7个", 7, "old_street", "halls"),
        number("n6", "五六百个", 500, "west", "halls", value_high=Decimal(600)),
        Entry(
            "absence",
            "absence-0",
            ("没有公布",),
            "西区 人口数 未公布",
            of=frozenset({"place:west", "indicator:people"}),
        ),
        Entry("place", "city", ("甲市", "Alpha", "city")),
        Entry("place", "east", ("东区", "东岸县", "East", "east"), order=(1,)),
        Entry("place", "west", ("西区", "West", "west"), order=(2,)),
        Entry("place", "qiyi", ("七一社区", "qiyi"), order=(3,)),
        Entry("project", "hall", ("礼堂", "Halls", "hall"), "社区里的大屋子"),
        Entry("project", "m365", ("民生365工程", "m365"), order=(1,)),
        Entry("indicator", "halls", ("礼堂数", "Number of halls", "halls")),
        Entry("indicator", "people", ("人口数", "People", "people"), order=(1,)),
        Entry("term", "一有七中心", ("一有七中心",), "一个组织，七个中心"),
        Entry("source", "2019-bulletin", ("2019年礼堂公报",), "甲市政府新闻办"),
        Entry("statement", "2019-bulletin#S1", ("选址已确定",), "礼堂 状态", of=frozenset({"project:hall"})),
    )
)


def keys(line, kind=""):
    return [hit.entry.key for hit in found(INDEX, line).hits if kind in ("", hit.entry.kind)]


def rank(line, key):
    return next((hit.rank for hit in found(INDEX, line).hits if hit.entry.key == key), None)


@pytest.mark.parametrize(
    "line",
    [
        "148万",
        "1480000",
        "１４８万",
        "一百四十八万",
        "1,480,000",
        "148 万",
        "148万人次",
        "超过148万",
        "148万是哪来的?",
        "148万是哪来的？",
        "148万出自哪里",
    ],
)
def test_an_amount_is_found_however_it_is_written(line):
    assert keys(line) == ["n1"]


def test_the_printed_text_finds_its_number_first():
    assert rank("超过148万人次", "n1") == EXACT


def test_an_amount_in_another_unit_comes_later():
    assert keys("44个", "number") == ["n3", "n4"]
    assert (rank("44个", "n3"), rank("44个", "n4")) == (EXACT, CONTAINS)


@pytest.mark.parametrize(("line", "hit"), [("14.2万", ["n2"]), ("14万", ["n2"]), ("10万", []), ("20万", [])])
def test_a_number_that_rounds_to_the_amount_is_found_after_exact_ones(line, hit):
    assert keys(line) == hit
    assert not hit or rank(line, "n2") == ROUNDED


@pytest.mark.parametrize("line", ["500", "600", "五百"])
def test_both_ends_of_a_range_are_found(line):
    assert keys(line, "number") == ["n6"]


@pytest.mark.parametrize(("line", "fit"), [("礼堂", EXACT), ("礼", PREFIX), ("堂", CONTAINS)])
def test_exact_comes_before_prefix_before_contains(line, fit):
    assert rank(line, "hall") == fit


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("lt", "hall"),
        ("litang", "hall"),
        ("dq", "east"),
        ("qysq", "qiyi"),
        ("ms365gc", "m365"),
        ("yyqzx", "一有七中心"),
    ],
)
def test_pinyin_finds_names(line, key):
    assert keys(line)[0] == key


def test_pinyin_of_a_name_finds_its_numbers_too():
    assert keys("dq", "number") == ["n1", "n3"]
    assert spelled_out(found(INDEX, "dq")) == "东区"
    assert spelled_out(found(INDEX, "东区")) == ""


@pytest.mark.parametrize("line", ["East", "EAST", "东岸县"])
def test_other_names_of_a_place_find_it(line):
    assert rank(line, "east") == EXACT


def test_place_and_indicator_together_find_their_number():
    assert keys("东区礼堂数", "number")[0] == "n3"
    assert "n4" not in keys("东区礼堂数")


def test_a_place_finds_what_lies_in_it_after_its_own():
    assert rank("东区 礼堂", "n3") == SPOKEN_OF
    assert rank("东区 礼堂", "n5") == BELOW


def test_a_pair_nobody_published_finds_its_gap():
    hits = found(INDEX, "西区人口数").hits
    assert not [hit for hit in hits if hit.entry.kind == "number"]
    assert "absence-0" in keys("西区人口数")
    assert "absence-0" in keys("未公布")


def test_years_narrow():
    assert keys("2018年人次", "number") == ["n2"]
    assert keys("2019年人次", "number") == ["n1"]


def test_a_bare_year_is_a_year_unless_a_number_is_it():
    assert keys("2018", "number") == ["n2"]
    same = Index((*INDEX.entries, number("n7", "2018个", 2018, "east", "halls")))
    assert found(same, "2018").hits[0].entry.key == "n7"


@pytest.mark.parametrize("line", ["七一社区", "民生365工程", "一有七中心"])
def test_a_name_with_numerals_in_it_is_a_name(line):
    result = found(INDEX, line)
    assert result.hits[0].rank == EXACT
    assert result.asked.amount is None


def test_an_id_finds_exactly_its_row():
    assert keys("2019-bulletin#S1")[0] == "2019-bulletin#S1"
    assert keys("n3")[0] == "n3"


@pytest.mark.parametrize("line", ["", "   ", "？", "的吗"])
def test_nothing_asked_is_nothing_found(line):
    result = found(INDEX, line)
    assert result.hits == ()


def test_where_nothing_fits_the_nearest_names_are_told():
    assert "民生365工程" in found(INDEX, "民生工程365").near
    assert "礼堂" in found(INDEX, "litank").near
    assert found(INDEX, "zzzzzzzz").near == ()


@pytest.mark.parametrize(
    "line", ["<img onerror=1>", "</script>", "=cmd|' /C calc'!A0", "((((", "*" * 80, "%", "\x00", "[a](b)", "😀"]
)
def test_no_line_breaks_the_search(line):
    assert found(INDEX, line).hits == ()
