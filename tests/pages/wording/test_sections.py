"""The tables of the project and district screens as text."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from etl.language import spoken
from etl.model import Absence, Alias, Card, Mark, Measure, Number, RelatedPlace, RelatedProject, State, Statement
from pages.analysis.use_of_spaces import DayUse, HourUse, kind_of_day
from pages.charts.form import finding, worded_marks
from pages.wording.sections import (
    divided_table,
    gap_table,
    peer_rank_finding,
    place_lines,
    project_lines,
    statement_group_table,
    statement_groups,
    timed_title,
)
from pages.wording.usage import days_finding, hours_finding, worded_days, worded_hours

NUMBER = {
    "part": "shown", "state": "done", "value": Decimal(1), "value_high": None, "step": Decimal(1), "unit": "个", "unit_name": "个",
    "qualifier": "exact", "measure": "actual", "derived": False, "verified": True, "period_start": dt.date(2018, 1, 1),
    "period_end": dt.date(2018, 12, 31), "as_of": None, "indicator": "built", "indicator_name": "礼堂数", "place": "east", "place_name": "东区",
    "breakdown": "", "breakdown_name": "", "observation_ids": "s#1", "headline": "h", "title": "礼堂数",
}  # fmt: skip


def rows(*changes):
    return pd.DataFrame([NUMBER | change for change in changes]).astype(object)


HALLS = Number(
    number_id="s#1",
    observation_ids=("s#1",),
    value=Decimal(1),
    step=Decimal(1),
    unit="个",
    unit_name="个",
    qualifier="exact",
    measure="actual",
    verified=True,
    period_start=dt.date(2018, 1, 1),
    period_end=dt.date(2018, 12, 31),
    indicator="built",
    indicator_name="礼堂数",
    place="east",
    place_name="东区",
)


def marks(*changes):
    return [Mark.of(HALLS, **change) for change in changes]


def statement(**said):
    plain = {
        "statement_id": "s#1", "source": "s", "source_title": "报", "subject_kind": "project", "subject": "halls", "subject_name": "礼堂",
        "attribute": "state", "attribute_name": "状态", "text": "", "projects": (), "as_of": None, "keyword": "", "note": "",
    }  # fmt: skip
    return Statement(**plain | said)


def test_facts_of_one_subject_property_and_document_share_a_row_even_when_others_stand_between():
    told = [
        statement(text="甲"),
        statement(attribute="tool", attribute_name="配备", text="灯"),
        statement(text="乙"),
        statement(text="丙", source="t"),
    ]
    groups = statement_groups(told)
    assert list(statement_group_table(groups)["内容"]) == ["甲；乙", "丙", "灯"]
    assert [group[0].source for group in groups] == ["s", "t", "s"]


def test_gaps_of_one_thing_share_a_row_and_many_places_are_counted():
    gap = Absence(
        indicator="halls", indicator_name="礼堂数", project="", project_name="", places=tuple("abcde"),
        place_name="东区、西区、南区、北区、中区", period_start=None, period_end=None, breakdown="works:new", breakdown_name="新建",
        measure=Measure.ACTUAL, state=State.NOT_PUBLISHED, reason="没有", done_word="", is_planned=False,
    )  # fmt: skip
    table = gap_table([gap, replace(gap, breakdown_name="改建", reason="也没有")])
    assert list(table["地区"]) == ["东区等5地"]
    assert list(table["分组"]) == ["新建、改建"]
    assert list(table["理由"]) == ["没有；也没有"]
    few = spoken("en", gap_table, [replace(gap, places=("a",), place_name="东区")])
    assert list(few["Place"]) == ["东区"]


def test_a_breakdown_of_several_places_has_a_column_for_each_item():
    of_a, of_b = replace(HALLS, breakdown_name="大厅"), replace(HALLS, place_name="西区", breakdown_name="小室")
    table = divided_table([[of_a], [of_b]])
    assert list(table["地区"]) == ["东区", "西区"]
    assert list(table["大厅"]) == ["1个", "—"]
    assert list(table["小室"]) == ["—", "1个"]


def test_a_card_says_the_period_of_its_large_number():
    before = replace(HALLS, period_start=dt.date(2017, 1, 1), period_end=dt.date(2017, 12, 31))
    card = Card("built_actual", "礼堂数", shown=(HALLS,), compared_with=(before,))
    assert timed_title(card) == "礼堂数（2018年）"
    assert timed_title(Card("built_actual", "礼堂数")) == "礼堂数"


@pytest.mark.parametrize(("words", "title"), [("连续两年", "礼堂数（连续两年（起止未载））"), ("目前", "礼堂数")])
def test_a_card_of_a_span_without_dates_says_its_words(words, title):
    day = dt.date(2017, 11, 7)
    undated = replace(HALLS, period_start=None, period_end=None, as_of=day, time_as_printed=words)
    assert timed_title(Card("built_actual", "礼堂数", shown=(undated,))) == title


def test_a_project_says_when_it_was_listed_and_who_leads_it():
    about = RelatedProject(
        project="halls", name="礼堂", parent="", list_years=("2018", "2019"), lead="bureau", position=1, evidence="", definition="口径",
        note="", lead_name="民政", parents={}, parts={},
    )  # fmt: skip
    assert project_lines(about) == ["口径", "2018、2019年列入民生实事 · 牵头（或介绍）单位：民政"]
    assert spoken("en", project_lines, about) == ["on the livelihood list of 2018, 2019 · lead: 民政"]


@pytest.mark.parametrize(
    ("zone", "said"),
    [({"located_in_name": ""}, "已录入文件未载所在法定区划"), ({"located_in_name": "东区"}, "位于东区")],
)
def test_a_zone_says_where_it_lies_or_that_this_is_not_published(zone, said):
    other = Alias("开区", None, dt.date(2016, 12, 31))
    about = RelatedPlace(
        place="zone", name="经开区", code="", kind="functional_zone", parent="", located_in="", note="", lineage={}, parts={},
        aliases=(other,), **zone,
    )  # fmt: skip
    lines = place_lines(about)
    assert said in lines[0]
    assert lines[1] == "又称：开区（到2016年12月31日）"


PEERS = (
    {"place": "a", "place_name": "甲", "value": Decimal(6)},
    {"place": "b", "place_name": "乙", "value": Decimal(3)},
)


def test_a_place_is_ranked_among_exact_numbers():
    assert peer_rank_finding(marks(*PEERS), "b") == "礼堂数（2018年）：乙3个，2地中2地有数，居第2"
    level = marks(*PEERS, {"place": "c", "place_name": "丙", "value": Decimal(6)})
    assert peer_rank_finding(level, "c").endswith("并列第1")


def test_a_bound_among_the_peers_forbids_a_rank_and_a_gap_has_its_state():
    bound = marks(*PEERS, {"place": "c", "place_name": "丙", "qualifier": "more_than"})
    assert "第" not in peer_rank_finding(bound, "a")
    gap = marks(*PEERS, {"place": "c", "place_name": "丙", "value": None, "state": "not_in_plan"})
    assert peer_rank_finding(gap, "c") == "礼堂数（2018年）：丙不在计划，3地中2地有数"


STEPS = ({"indicator_name": "接待", "value": Decimal(10)}, {"indicator_name": "受理", "value": Decimal(8)})


def test_a_funnel_says_each_share_of_the_step_before_as_computed():
    chart = ("funnel", "漏斗")
    steps = worded_marks(marks(*STEPS), "funnel")
    assert [step.text for step in steps] == ["10个", "8个（上一步的80.0%，推算）"]
    assert finding(steps, *chart) == "东区：接待10个 → 受理8个（上一步的80.0%，推算）"


def test_a_bound_in_a_funnel_has_no_share():
    steps = worded_marks(marks(STEPS[0] | {"qualifier": "more_than"}, STEPS[1]), "funnel")
    assert [step.text for step in steps] == ["超过10个", "8个"]


def test_items_of_one_number_share_a_group_and_many_groups_make_no_title():
    chart = ("bars_by_breakdown", "礼堂数 · 方式")
    items = [
        {"breakdown_name": name, "value": Decimal(value)}
        for name, value in (("新建", 5), ("改建", 5), ("拆", 1), ("迁", 2), ("并", 3))
    ]
    assert finding(marks(*items[:3]), *chart) == "礼堂数 · 方式：新建、改建各5个；拆1个"
    assert finding(marks(*items), *chart) == "礼堂数 · 方式"


def test_days_and_hours_of_a_log():
    days = [
        DayUse(day, kind_of_day(day), Mark(value=Decimal(15000)), None)
        for day in (dt.date(2019, 1, 1), dt.date(2019, 1, 2))
    ]
    assert days_finding(days) == "2019年1月1日至2019年1月2日合计30000人次（2天，推算）"
    assert [day.mark.label for day in spoken("en", worded_days, days)] == [
        "1 January 2019 New Year's Day",
        "2 January 2019",
    ]
    hours = [HourUse(Mark(value=Decimal(3)), 7, 15), HourUse(Mark(value=Decimal(2)), 1, 9)]
    assert hours_finding(hours) == "周日15时最忙，各周合计3人次"
    assert [hour.mark.breakdown_name for hour in worded_hours(hours)] == ["周日15时", "周一9时"]
