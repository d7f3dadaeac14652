"""Whole bulletins: made-up ones always, the published documents where they lie beside this checkout."""

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.corpora.bulletin_scores import (
    Bulletin,
    known_places,
    made_up_bulletins,
    not_figures,
    published_documents,
    score,
    total,
)
from etl.reading.bulletin import Candidate, read_bulletin
from etl.reading.indicators import KnownIndicator
from etl.reading.places import KnownPlace

MADE_UP = made_up_bulletins()
PUBLISHED = published_documents()


def names(bulletin: Bulletin) -> str:
    return bulletin.name


def read(bulletin: Bulletin, places: list[KnownPlace] | None = None) -> list[Candidate]:
    return read_bulletin(bulletin.text, places=places or [], published_on=bulletin.published_on)


@pytest.mark.parametrize("bulletin", MADE_UP, ids=names)
def test_the_figures_of_a_made_up_bulletin_are_found(bulletin: Bulletin) -> None:
    result = score(bulletin, read(bulletin))
    assert result.f1 >= 0.97, (result.missed, result.invented)
    assert result.place >= 0.9
    assert result.measure >= 0.8


def test_over_all_made_up_bulletins_places_and_measures_are_right() -> None:
    result = total([score(bulletin, read(bulletin)) for bulletin in MADE_UP])
    assert (result.f1 >= 0.99, result.place >= 0.97, result.measure >= 0.94) == (True, True, True)


def test_telling_the_reader_other_places_changes_no_figure() -> None:
    other = [KnownPlace("elsewhere", "远山市", ("远山", "市区", "开发区", "示范区", "市本级"))]
    for bulletin in MADE_UP:
        assert score(bulletin, read(bulletin, other)).place >= 0.9


def _full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char in "0123456789%" else char for char in text)


def _half_width_marks(text: str) -> str:
    return text.translate(str.maketrans("，；：（）", ",;:()"))


def _spaced(text: str) -> str:
    return re.sub("(?<=[0-9])(?=[个座处家所条项件户人名万亿张册])", " ", text)


def _wrapped(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n\n".join("\n".join(line[at : at + 20] for at in range(0, len(line), 20)) for line in lines)


@pytest.mark.parametrize("changed", [_full_width, _half_width_marks, _spaced, _wrapped])
def test_width_blanks_and_line_ends_change_no_figure(changed) -> None:
    for bulletin in MADE_UP:
        if changed is _wrapped and (bulletin.name.startswith(("3-", "13-")) or "\t" in bulletin.text):
            continue  # printed in columns already, or in tables
        before, after = (
            [_what(one) for one in read_bulletin(text)] for text in (bulletin.text, changed(bulletin.text))
        )
        assert after == before, bulletin.name


def _what(candidate: Candidate) -> tuple[str, ...]:
    return tuple(map(str, (candidate.value, candidate.value_high, candidate.unit, candidate.qualifier)))


def test_candidates_lead_back_to_their_text() -> None:
    for bulletin in MADE_UP:
        for candidate in read(bulletin):
            printed = bulletin.text[candidate.start : candidate.end]
            assert re.sub(r"\s", "", printed) == candidate.as_printed


def test_one_number_of_several_places_comes_once_for_each() -> None:
    found = read_bulletin("云桥区、白沙区和石塘县各新建4个球场，分别投资30万元、40万元、50万元。")
    assert [(one.as_printed, one.place) for one in found] == [
        ("4个", "云桥区"), ("4个", "白沙区"), ("4个", "石塘县"), ("30万元", "云桥区"), ("40万元", "白沙区"), ("50万元", "石塘县"),
    ]  # fmt: skip


def test_a_rank_is_kept_apart_with_little_confidence() -> None:
    found = read_bulletin("群众满意度居全省第2位，新建书房3座。")
    assert [(one.unit, one.confidence >= 0.5) for one in found] == [("ordinal", False), ("座", True)]


KINDS_OF_NUMBERS = {
    "其中5处站点": [("5", "", "处", "exact")], "任务“新建书房12处”已完成": [("12", "", "处", "exact")], "推进“3个100”": [],
    "补助6000—2万元": [("6000", "20000", "元", "range")], "补助2-3万元": [("20000", "30000", "元", "range")],
    "零门槛办理，零件齐全": [], "事故为零起": [("0", "", "起", "exact")], "今明两年完成": [], "用时两年": [("2", "", "年", "exact")],
    "就诊人次1.7万，到访量达9万": [("17000", "", "人次", "exact"), ("90000", "", "人次", "exact")], "解决30万农村人口饮水": [("300000", "", "人", "exact")],
    "土方3.2万方": [("32000", "", "方", "exact")], "三方协议": [], "面积1.5万平方": [("15000", "", "m2", "exact")], "蓄水774万立方米": [("7740000", "", "m3", "exact")],
    "涉及8县（区）": [("8", "", "个", "exact")], "新建100个阅读空间左右": [("100", "", "个", "approx")], "新建3个站点左右两侧": [("3", "", "个", "exact")],
    "发表210篇次": [("210", "", "篇次", "exact")], "见表2，报表3张": [("3", "", "张", "exact")], "個人12張、3棟": [("12", "", "张", "exact"), ("3", "", "栋", "exact")],
    "近1个月来走访": [], "历时近3年": [("3", "", "年", "less_than")], "每周二、四、六日开放": [], "监控1000路": [("1000", "", "路", "exact")], "换乘5路公交": [],
    "提升3.1个、2.4个百分点": [("3.1", "", "百分点", "exact"), ("2.4", "", "百分点", "exact")], "新建3个、改造2个": [("3", "", "个", "exact"), ("2", "", "个", "exact")],
    "占百分之六十至七十": [("60", "70", "%", "range")], "占百分之六十到9月": [("60", "", "%", "exact")],
    "康复1440月": [("1440", "", "月", "exact")], "8月份": [], "地铁10号线三期": [], "举办展览三期": [("3", "", "期", "exact")], "至少启动1个": [("1", "", "个", "at_least")],
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), KINDS_OF_NUMBERS.items())
def test_kinds_of_numbers_and_their_neighbours(text: str, wanted: list[tuple[str, ...]]) -> None:
    found = [one for one in read_bulletin(text) if one.confidence >= 0.5]
    read = [
        (str(one.value), "" if one.value_high is None else str(one.value_high), one.unit, one.qualifier)
        for one in found
    ]
    assert read == wanted


def test_a_range_upside_down_is_read_as_printed_with_little_confidence() -> None:
    (found,) = read_bulletin("新增20-15个车位。")
    assert (found.as_printed, found.value, found.value_high, found.confidence < 0.5) == ("20-15个", 20, 15, True)


def test_a_second_place_is_a_rank_and_a_second_quarter_is_not() -> None:
    ranks = [one.as_printed for one in read_bulletin("满意度居全省第二，第二季度排第三。") if one.unit == "ordinal"]
    assert ranks == ["第二", "第三"]


def test_places_and_indicators_told_are_named_by_them() -> None:
    (found,) = read_bulletin(
        "今年以来，云桥共建成城市书房12座。",
        places=[KnownPlace("yunqiao", "云桥区", ("云桥",))],
        indicators=[
            KnownIndicator("book_rooms", "城市书房数", (), "座"),
            KnownIndicator("toilets", "公厕数", (), "座"),
        ],
        published_on=date(2021, 5, 6),
    )
    assert (found.place, found.indicator, found.period_start) == ("云桥区", "book_rooms", None)
    assert (found.as_of, found.time_as_printed) == (date(2021, 5, 6), "今年以来")


def test_reading_twice_gives_the_same() -> None:
    assert [read(bulletin) for bulletin in MADE_UP] == [read(bulletin) for bulletin in MADE_UP]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "没有数字。", "“", "各各各", "第", "1", "\x00\x01", "<script>alert(1)</script>"]
)
def test_a_text_without_figures_has_no_candidates(text: str) -> None:
    assert read_bulletin(text) == []


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet="一二三十百万亿0123.%个年月日人元区市县社全我该各分别、，。；“”（）第至-\n 计划要建成了近以上",
        max_size=80,
    )
)
def test_any_text_is_read_without_error_and_in_order(text: str) -> None:
    found = read_bulletin(text, published_on=date(2020, 2, 29))
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)


def test_reading_takes_time_in_proportion_to_the_text() -> None:
    text = "其中东山区4个、西山区20个，投入1.37亿元，"

    def seconds(times: int) -> float:
        start = time.process_time()
        assert len(read_bulletin(text * times)) == 3 * times
        return time.process_time() - start

    seconds(20)
    assert seconds(800) < 3 * 8 * max(min(seconds(100) for _ in range(3)), 0.01)


@pytest.mark.skipif(not PUBLISHED, reason="../shared is not here")
class TestPublishedDocuments:
    def test_their_figures_places_and_measures_are_found(self) -> None:
        places = known_places()
        result = total([score(bulletin, read(bulletin, places)) for bulletin in PUBLISHED])
        assert (result.f1 >= 0.97, result.place >= 0.9, result.measure >= 0.9) == (True, True, True)

    def test_no_string_that_is_no_figure_is_taken_for_one(self) -> None:
        texts = {bulletin.name: bulletin.text for bulletin in PUBLISHED}
        taken = {bulletin.name: [one for one in read(bulletin) if one.confidence >= 0.5] for bulletin in PUBLISHED}
        for name, printed in not_figures():
            at = texts[name].find(printed)
            while at >= 0:
                inside = [one.as_printed for one in taken[name] if one.start < at + len(printed) and at < one.end]
                assert not inside, (name, printed, inside)
                at = texts[name].find(printed, at + 1)
