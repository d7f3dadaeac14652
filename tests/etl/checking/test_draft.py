"""Drafts about a made-up city: what is true passes, what is wrong is told, what nobody knows stays open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from etl.checking import matching
from etl.checking.draft import check_draft
from etl.checking.published import Absence, Caution, Measured, Place, PublishedData, PublishedNumber, PublishedNumbers

YEARS = {
    year: {"period_start": dt.date(year, 1, 1), "period_end": dt.date(year, 12, 31)}
    for year in (2022, 2023, 2024, 2025)
}
BOTH = {"period_start": dt.date(2023, 1, 1), "period_end": dt.date(2024, 12, 31)}
PUBLISHED = dt.date(2025, 2, 20)


def number(seq: int, indicator: str, place: str, value: str, unit: str, **told: object) -> PublishedNumber:
    told.setdefault("published_on", PUBLISHED)
    return PublishedNumber(f"launch#{seq}", Decimal(value), unit, indicator, place, source="launch", **told)  # type: ignore[arg-type]


def stock(day: str) -> dict[str, dt.date]:
    return {"as_of": dt.date.fromisoformat(day)}


NUMBERS = (
    number(1, "parks", "yunting", "67", "个", keyword="口袋公园", as_printed="67个", **BOTH),
    number(2, "parks", "yunting", "26", "个", keyword="口袋公园", as_printed="26个", **YEARS[2023]),
    number(3, "parks", "yunting", "41", "个", keyword="口袋公园", as_printed="41个", **YEARS[2024]),
    number(4, "parks", "yunting", "38", "个", measure="target", as_printed="38个", **YEARS[2024]),
    number(5, "parks", "yunting", "50", "个", measure="plan", as_printed="50个", **YEARS[2025]),
    number(6, "parks", "tingnan", "18", "个", measure="plan", as_printed="18个", **YEARS[2025]),
    number(7, "parks", "tingbei", "14", "个", measure="plan", as_printed="14个", **YEARS[2025]),
    number(8, "parks", "tongchuan", "9", "个", measure="plan", as_printed="9个", **YEARS[2025]),
    number(9, "parks", "liyang", "6", "个", measure="plan", as_printed="6个", **YEARS[2025]),
    number(10, "parks", "lakeside", "3", "个", measure="plan", as_printed="3个", **YEARS[2025]),
    number(11, "blocks", "yunting", "128", "个", as_printed="128个", **YEARS[2024]),
    number(12, "block_households", "yunting", "36200", "户", step=Decimal(100), as_printed="3.62万户", **YEARS[2024]),
    number(13, "funds", "yunting", "875000000", "元", step=Decimal(10**6), as_printed="8.75亿元", **YEARS[2024]),
    number(14, "beds", "yunting", "12480", "张", as_printed="12480张", **stock("2024-12-31")),
    number(15, "beds", "yunting", "7890", "张", breakdown="bed:nursing", as_printed="7890张", **stock("2024-12-31")),
    number(16, "nursing_share", "yunting", "63.2", "%", step=Decimal("0.1"), as_printed="63.2%", **stock("2024-12-31")),
    number(17, "meals", "yunting", "2150000", "人次", qualifier="more_than", running=True, as_printed="超过215万人次", **stock("2024-12-31")),
    number(18, "meals", "yunting", "960000", "人次", qualifier="more_than", running=True, as_printed="超过96万人次", **stock("2024-06-30")),
    number(19, "canteens", "yunting", "64", "家", as_printed="64家", **stock("2024-12-31")),
    number(20, "roads", "yunting", "186.5", "公里", step=Decimal("0.1"), as_printed="186.5公里", **YEARS[2024]),
    number(21, "jobs", "yunting", "53000", "人", step=Decimal(1000), as_printed="5.3万人", **YEARS[2024]),
    number(22, "jobs", "yunting", "48000", "人", step=Decimal(1000), measure="target", as_printed="4.8万人", **YEARS[2024]),
    number(23, "public_share", "yunting", "85", "%", qualifier="at_least", as_printed="85%以上", **stock("2024-12-31")),
    number(24, "bus_lines", "tingnan", "12", "条", variant="body", conflict="bus", as_printed="12条", **YEARS[2024]),
    number(25, "bus_lines", "tingnan", "15", "条", variant="box", conflict="bus", as_printed="15条", **YEARS[2024]),
    number(26, "parks", "fenggang", "73", "个", as_printed="73个", **YEARS[2024]),
    number(27, "school_places", "yunting", "6400", "个", embargoed=True, as_printed="6400个", **YEARS[2025]),
    number(28, "helpers", "tingnan", "2300", "人", as_printed="2300人", **stock("2024-12-31")),
    number(29, "wardens", "tingnan", "1700", "人", as_printed="1700人", **stock("2024-12-31")),
    number(30, "toilet_area", "yunting", "60", "m2", measure="standard", qualifier="at_least", as_printed="不小于60平方米", **YEARS[2025]),
    number(31, "canteens", "tingnan", "21", "家", as_printed="21家", **stock("2024-12-31")),
    number(32, "canteens", "tingbei", "17", "家", as_printed="17家", **stock("2024-12-31")),
)  # fmt: skip
DERIVED = PublishedNumber(
    "parks_share@2024", Decimal("107.894737"), "%", "parks_share", "yunting", measure="", parents=("launch#3", "launch#4"),
    **YEARS[2024],
)  # fmt: skip
KNOWN = PublishedData(
    home="yunting",
    numbers=PublishedNumbers.of((*NUMBERS, DERIVED)),
    indicators=(
        Measured("parks", "口袋公园数", "个", "flow", "green"),
        Measured("parks_share", "口袋公园目标完成率", "%", "ratio", "green"),
        Measured("blocks", "改造老旧小区数", "个", "flow", "renewal"),
        Measured("block_households", "老旧小区改造惠及户数", "户", "flow", "renewal"),
        Measured("funds", "民生实事投入资金", "元", "flow", "money"),
        Measured("beds", "养老床位数", "张", "stock", "care"),
        Measured("nursing_share", "护理型床位占比", "%", "ratio", "care"),
        Measured("meals", "累计助餐服务人次", "人次", "cumulative", "care"),
        Measured("canteens", "社区食堂数", "家", "stock", "care"),
        Measured("roads", "农村公路改造里程", "公里", "flow", "roads"),
        Measured("jobs", "城镇新增就业人数", "人", "flow", "jobs"),
        Measured("public_share", "公办幼儿园在园幼儿占比", "%", "ratio", "schools"),
        Measured("bus_lines", "新开公交线路数", "条", "flow", "roads"),
        Measured("school_places", "新增中小学学位数", "个", "flow", "schools"),
        Measured("helpers", "平安志愿者人数", "人", "stock", "safety"),
        Measured("wardens", "义务巡防员人数", "人", "stock", "safety"),
        Measured("toilet_area", "公厕面积", "m2", "stock", "green"),
    ),
    places=(
        Place("yunting", "云汀市", ("云汀",), "", "city"),
        Place("tingnan", "汀南区", (), "yunting", "district"),
        Place("tingbei", "汀北区", (), "yunting", "district"),
        Place("tongchuan", "桐川县", (), "yunting", "county"),
        Place("liyang", "栗阳市", (), "yunting", "county_city"),
        Place("lakeside", "滨湖新区", (), "yunting", "functional_zone"),
        Place("fenggang", "枫港市", (), "", "city"),
    ),
    cautions=(
        Caution("do_not_add", (frozenset({"launch#28"}), frozenset({"launch#29"})), "两支队伍人员可能重叠"),
        Caution("misleading", (frozenset({"launch#1"}), frozenset({"launch#5"})), "建成数与计划数之和不是公布数"),
    ),
    absences=(
        Absence(
            "parks",
            "tongchuan",
            "not_in_plan",
            "四地之和等于全市数",
            "plan",
            dt.date(2024, 1, 1),
            dt.date(2024, 12, 31),
        ),
    ),
    items={"bed:nursing": "护理型"},
    titles={"launch": "2025年民生实事发布会"},
)

TRUE = (
    "2024年，云汀市建成口袋公园41个，超额完成38个的年度目标。",
    "云汀市去年建成口袋公园41个，比目标多3个，完成目标的107.9%。",
    "2023年、2024年，云汀市分别建成口袋公园26个、41个，两年共67个。",
    "云汀市两年来共建成口袋公园67个。",
    "2024年，云汀市建成的口袋公园比上年增加15个，增长57.7%。",
    "2025年，云汀市计划新建口袋公园50个，其中汀南区18个、汀北区14个、桐川县9个、栗阳市6个、滨湖新区3个。",
    "按照2025年计划，汀南区和汀北区将建口袋公园32个，占全市的64%。",
    "今年，汀南区计划建设口袋公园18个，占全市计划的36%，比汀北区多4个。",
    "2024年全市改造老旧小区128个，惠及居民3.62万户，平均每个小区约283户。",
    "云汀市2024年为民生实事投入8.75亿元。",
    "截至2024年底，云汀市有养老床位12480张，其中护理型床位7890张，占63.2%。",
    "云汀市社区食堂已有64家，累计提供助餐服务超过215万人次。",
    "截至2024年6月底，云汀市累计助餐服务超过96万人次，下半年增加约119万人次。",
    "2024年，云汀市改造农村公路186.5公里，城镇新增就业5.3万人，完成4.8万人的目标任务。",
    "云汀市公办幼儿园在园幼儿占比达85%以上。",
    "云汀市养老床位约1.25万张，超过六成为护理型。",
    "枫港市2024年建成口袋公园73个。",
    "2025年新建公厕面积不小于60平方米，云汀市已作出规定。",
    "汀南区有社区食堂21家，汀北区有17家。",
    "汀南区现有平安志愿者2300人、义务巡防员1700人。",
    "云汀市完成年度目标38个的107.9%，2024年建成口袋公园41个。",
    "2025年口袋公园建设计划：\n汀南区：18个\n汀北区：14个\n桐川县：9个\n栗阳市：6个\n滨湖新区：3个\n合计：50个",
    "一、口袋公园\n2024年建成41个，超目标3个。\n二、社区食堂\n云汀市已有64家。",
    "问：2024年口袋公园建设任务完成得怎么样？\n答：全市建成41个，比年初确定的38个目标多出3个。",
    "41个——2024年云汀市建成的口袋公园。",
    "云汀市口袋公园从2023年的26个增加到2024年的41个，增加15个。",
    "2025年，汀南区计划建设口袋公园18个，占全市50个的36%。",
    "2025年，汀南区计划建设口袋公园18个，比汀北区的14个多4个。",
    "2025年，汀南区、汀北区计划建设口袋公园18个、14个。",
    "云汀市两年建成口袋公园67个，平均每年约34个。",
    "云汀市两年建成口袋公园67个，如果2025年的50个全部建成，总数将达到117个。",
    "截至2024年底，云汀市有养老床位12480张、社区食堂64家，前者惠及面更广。",
    "我市社区食堂已有64家；枫港市2024年建成口袋公园73个。",
    "云汀2024年底社区食堂64家，汀南区21家。",
)
WRONG = {
    "swapped districts": "2025年，云汀市计划新建口袋公园50个，其中汀南区【14个】、汀北区【18个】。",
    "done and aimed at": "2024年，云汀市建成口袋公园【38个】，超额完成【41个】的年度目标。",
    "target as done": "2024年，云汀市实际建成口袋公园【38个】。",
    "plan as done": "2025年，云汀市已建成口袋公园【50个】。",
    "another year": "2023年，云汀市建成口袋公园【41个】。",
    "years in turn": "2023年、2024年，云汀市分别建成口袋公园【41个】、【26个】。",
    "two years as one": "2024年，云汀市建成口袋公园【67个】。",
    "another city": "云汀市2024年建成口袋公园【73个】。",
    "another place": "桐川县社区食堂有【21家】。",
    "old as new": "目前，云汀市累计助餐服务超过【96万人次】。",
    "old without its day": "云汀市累计助餐服务【超过96万人次】。",
    "亿 for 万": "2024年，云汀市城镇新增就业【5.3亿人】。",
    "万 dropped": "2024年，云汀市城镇新增就业【5.3人】。",
    "people for visits": "云汀市累计助餐服务【超过215万人】。",
    "households for people": "2024年，云汀市改造老旧小区惠及居民【3.62万人】。",
    "qualifier dropped": "截至2024年底，云汀市累计助餐服务【215万人次】。",
    "qualifier added": "2024年，云汀市改造老旧小区【超过128个】。",
    "rounded up": "截至2024年底，云汀市累计助餐服务【超过220万人次】。",
    "rounded too far": "截至2024年底，云汀市有养老床位【10000张】。",
    "digits": "截至2024年底，云汀市有养老床位【14280张】。",
    "part as whole": "截至2024年底，云汀市有养老床位【7890张】。",
    "share": "2025年，汀南区计划建设口袋公园18个，占全市计划的【63%】。",
    "growth": "2024年，云汀市建成口袋公园41个，比上年增长【75.7%】。",
    "difference": "2024年，云汀市建成口袋公园41个，比上年增加【51个】。",
    "direction": "2024年，云汀市建成口袋公园41个，比上年减少【15个】。",
    "direction of places": "今年，汀北区计划建设口袋公园14个，比汀南区多【4个】。",
    "sum": "2023年、2024年，云汀市分别建成口袋公园26个、41个，两年共【76个】。",
    "mean": "2024年全市改造老旧小区128个，惠及居民3.62万户，平均每个小区【328户】。",
    "forbidden sum": "汀南区平安志愿者和义务巡防员合计【4000人】。",
    "plan added to done": "云汀市三年建成口袋公园【117个】。",
    "conflict": "2024年，汀南区新开公交线路【12条】。",
    "embargoed": "2025年，云汀市新增中小学学位【6400个】。",
    "districts in a list": "2025年口袋公园建设计划：\n汀南区：【14个】\n汀北区：【18个】\n桐川县：9个",
    "under a heading": "一、口袋公园\n2024年，云汀市建成【14个】。",
    "a number that leads": "【67个】——2024年云汀市建成的口袋公园。",
    "whole of a share": "2025年，汀南区计划建设口袋公园18个，占全市【18个】的36%。",
    "held against": "2025年，汀南区计划建设口袋公园18个，比汀北区的【41个】多4个。",
    "in turn": "2025年，汀南区、汀北区计划建设口袋公园【14个】、【18个】。",
    "mean of a year": "云汀市两年建成口袋公园67个，平均每年【43个】。",
    "another city's place": "枫港市汀南区有社区食堂【21家】。",
    "not in the plan": "2024年，桐川县计划建设口袋公园【12个】。",
    "sum below its part": "2023年，云汀市建成口袋公园26个；2024年建成67个，合计【41个】。",
    "done and planned": "云汀市两年建成口袋公园67个，2025年计划建设50个，全市共建成【117个】。",
    "still to do": "2024年云汀市口袋公园目标38个，实际建成41个，还差【3个】。",
    "latter and former": "汀南区有平安志愿者2300人、义务巡防员1700人，后者比前者多【600人】。",
    "share of a part": "2024年，汀南区有社区食堂21家，占全市64家的【50%】。",
    "beds for canteens": "云汀市社区食堂有【12480家】。",
    "plan as in use": "截至2025年底，汀南区【18个】口袋公园已投入使用。",
}
OPEN = (
    "2024年，云汀市地方财政收入120.5亿元。",
    "云汀市有12个街道办事处。",
    "群众对云汀市口袋公园建设的满意度达到98.2%。",
    "2024年，云汀市建成口袋公园的绿道37.2公里。",
)


def verdicts(text: str) -> dict[str, str]:
    return {one.as_printed: one.verdict for one in check_draft(text, KNOWN)}


@pytest.mark.parametrize("text", TRUE)
def test_a_true_sentence_passes(text):
    assert {one.as_printed: one.verdict for one in check_draft(text, KNOWN) if not one.verdict.passes} == {}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_number_is_told(kind):
    text, wrong = unmarked(WRONG[kind])
    found = check_draft(text, KNOWN)
    for start, end in wrong:
        there = [one for one in found if one.start < end and start < one.end]
        assert there, text[start:end]
        assert all(one.verdict.passes is False for one in there), there


@pytest.mark.parametrize("text", OPEN)
def test_what_nobody_knows_stays_open(text):
    assert {one.verdict for one in check_draft(text, KNOWN)} == {"uncovered"}


def test_idioms_dates_and_spans_are_not_listed():
    text = "千家万户的小事，打通最后一公里；2025年2月20日上午9时30分，两年来三令五申，一年多来从未停步。"
    assert check_draft(text, KNOWN) == []


def test_a_place_carries_over_a_line_of_a_list_but_not_over_a_blank_line():
    under = check_draft("汀南区2024年底情况：\n社区食堂：21家", KNOWN)
    apart = check_draft("汀南区2024年底情况。\n\n社区食堂有21家。", KNOWN)
    assert [one.verdict for one in under] == ["match"]
    assert [one.verdict for one in apart] == ["mismatch"]


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without its 【】 and where they stood."""
    text, spans = "", []
    for part in marked.split("【"):
        wrong, close, rest = part.partition("】")
        if close:
            spans.append((len(text), len(text) + len(wrong)))
        text += wrong + rest
    return text, spans


@pytest.mark.parametrize("text", [*TRUE, *(unmarked(text)[0] for text in WRONG.values())])
def test_numbers_that_the_words_hardly_speak_of_decide_nothing(text, monkeypatch):
    found = check_draft(text, KNOWN)
    monkeypatch.setattr(matching, "_LEAST", -1.0)
    monkeypatch.setattr(matching, "_SPOKEN", -1.0)
    assert check_draft(text, KNOWN) == found


def test_an_indicator_that_no_draft_speaks_of_is_not_read():
    read = []

    def kept(positions):
        read.extend(positions)
        return KNOWN.numbers.read(positions)

    known = replace(KNOWN, numbers=PublishedNumbers(KNOWN.numbers.outline, kept))
    assert [found.verdict for found in check_draft("云汀市2024年底养老床位12480张。", known)] == ["match"]
    assert 0 < len(read) < len(KNOWN.numbers.outlines) / 2
