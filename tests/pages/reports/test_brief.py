"""What a briefing says: sentences that may be said, chosen by rules it prints, of numbers that may be printed."""

import dataclasses
import datetime as dt
import re

import pytest

from etl.checking.draft import check_draft
from etl.errors import Refused
from etl.verify import published_data_of
from pages.queries.briefs import AUDIENCES, BriefRequest, brief_rows
from pages.reports.message import LONGEST, message_text
from pages.wording import briefs as told

PASSES = {"match", "derived_match"}
DISTRICTS = {"xuchang": "weidu", "demo": "kehu", "tiny": "east"}


@pytest.fixture(scope="module", params=["xuchang", "demo"])
def city(request):
    return request.param, request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def every_brief(city, brief_of):
    name, folder = city
    return [brief_of(folder, audience, DISTRICTS[name] if audience == "district" else "") for audience in AUDIENCES]


@pytest.fixture(scope="module")
def knowledge(city, release_of):
    return published_data_of(release_of(city[1]))


def paragraphs(briefs):
    return [said for brief in briefs for section in brief.sections for said in section.paragraphs]


def without_node(said):
    """A node of plans.csv is no published number: the checker cannot know it, a test below holds it against the table."""
    return said.text.partition(f"，为{told.NODE}")[0]


def test_what_is_behind_names_its_node_and_the_per_cent_as_the_plan_has_them(demo, brief_of, release_of):
    plans = {row["plan"]: row for row in release_of(demo).table("plans").to_dict("records")}
    (behind,) = (said for said in paragraphs([brief_of(demo, "leader")]) if said.rule == told.RULES["behind"])
    (node,) = (plans[each] for each in behind.number_ids if each in plans)
    assert f"为计划节点{node['value']:.0f}个的" in behind.text
    done = int(re.search("为([0-9]+)个，", behind.text)[1])
    assert f"的{100 * done / float(node['value']):.1f}%（推算）。" in behind.text


def test_every_sentence_and_every_title_of_a_chart_passes_the_checker(every_brief, knowledge):
    titles = [chart.title for brief in every_brief for chart in brief.charts()]
    plain = {without_node(said) for said in [*paragraphs(every_brief), *titles] if said.rule != told.RULES["conflict"]}
    assert len(plain) > 40
    failed = [
        (text, one.verdict) for text in plain for one in check_draft(text, knowledge) if one.verdict not in PASSES
    ]
    assert not failed


def test_a_sentence_of_a_conflict_gives_conflict_for_every_version_and_nothing_else(every_brief, knowledge):
    contested = {said.text: said for said in paragraphs(every_brief) if said.rule == told.RULES["conflict"]}
    assert contested
    for text, said in contested.items():
        found = check_draft(text, knowledge)
        assert {one.verdict for one in found} == {"conflict"}
        assert len(found) >= 2
        assert len(said.observation_ids) == len(found)


def test_a_sentence_with_another_number_would_not_pass(every_brief, knowledge):
    text = next(said.text for said in paragraphs(every_brief) if said.rule == told.RULES["over_target"])
    digits = next(one.as_printed for one in check_draft(text, knowledge))
    wrong = text.replace(digits, "9713个")
    assert {one.verdict for one in check_draft(wrong, knowledge)} - PASSES


def test_every_briefing_has_the_four_sections_of_an_official_one(every_brief):
    for brief in every_brief:
        assert tuple(section.heading for section in brief.sections) == told.HEADINGS
        assert all(section.paragraphs for section in brief.sections)


def test_what_is_contested_and_what_is_not_published_is_said(every_brief):
    for brief in every_brief:
        rules = {said.rule for said in paragraphs([brief])}
        assert {told.RULES["conflict"], told.RULES["not_published"]} <= rules


def test_every_rule_that_chose_something_is_printed(every_brief):
    for brief in every_brief:
        for rule in {said.rule for said in paragraphs([brief]) if said.rule}:
            assert any(text.startswith(rule) for text in brief.rules), rule


def test_every_number_of_a_briefing_leads_to_one_of_its_sources(every_brief, city, release_of):
    release = release_of(city[1])
    known = set(release.table("observations")["observation_id"])
    for brief in every_brief:
        cited = {each for source in brief.sources for each in source.observation_ids}
        used = {each for said in brief.pieces() for each in said.observation_ids}
        assert used <= known
        assert used <= cited


def test_a_sentence_is_said_once_in_a_briefing(every_brief):
    for brief in every_brief:
        texts = [said.text for said in paragraphs([brief]) if said.rule != told.RULES["open_plan"]]
        assert len(texts) == len(set(texts))


def test_a_message_is_short_says_its_day_and_its_source_and_no_half_sentence(every_brief, city):
    for brief in every_brief:
        text = message_text(brief)
        assert len(text) <= LONGEST
        assert brief.as_of in text
        assert "来源：" in text
        assert brief.release_id in text
        assert ("模拟数据" in text) == (city[0] == "demo")
        inside = text.partition("：")[2].partition(f"（{brief.as_of}")[0]
        assert any(said.text in inside for said in paragraphs([brief]))
        assert not inside or inside.endswith("。")


def test_an_embargoed_number_stands_in_no_briefing(demo, brief_of, release_of):
    table = release_of(demo).table("observations")
    waiting = set(table.loc[table["release_at"].notna(), "observation_id"])
    assert waiting
    for audience in ("leader", "press", "planner"):
        brief = brief_of(demo, audience)
        shown = {each for chart in brief.charts() for mark in chart.marks for each in mark.observation_ids}
        assert not waiting & (shown | {each for said in brief.pieces() for each in said.observation_ids})


def test_a_number_published_later_than_the_day_asked_for_is_left_out(xuchang, brief_of, release_of):
    day = dt.date(2019, 1, 1)
    brief = brief_of(xuchang, "leader", "", "", day)
    table = release_of(xuchang).table("observations")
    later = {each for each, on in zip(table["observation_id"], table["published_on"], strict=True) if on and on > day}
    assert later & {each for said in brief_of(xuchang, "leader").pieces() for each in said.observation_ids}
    assert not later & {each for said in brief.pieces() for each in said.observation_ids}
    assert any("2019年1月1日" in line for line in brief.about)


def test_a_year_leaves_out_the_numbers_of_other_years(tiny, brief_of, release_of):
    brief = brief_of(tiny, "press", "", "2019")
    table = release_of(tiny).table("observations")
    year = {
        each for each, end in zip(table["observation_id"], table["period_end"], strict=True) if end and end.year == 2019
    }
    told_here = {each for section in brief.sections for said in section.paragraphs for each in said.observation_ids}
    assert told_here
    assert told_here <= year


def test_a_place_nobody_knows_is_refused_with_the_nearest_one(xuchang, release_of):
    with pytest.raises(Refused, match="魏都区"):
        brief_rows(release_of(xuchang), BriefRequest("leader", "魏都县"))


def test_a_district_briefing_without_a_place_is_refused(xuchang, release_of):
    with pytest.raises(Refused, match="E-702"):
        brief_rows(release_of(xuchang), BriefRequest("district"))


def test_an_empty_city_has_a_briefing_that_says_so(empty, brief_of):
    brief = brief_of(empty, "leader")
    assert brief.sections[0].paragraphs[0].text == told.NOTHING
    assert not brief.sources
    assert len(message_text(brief)) <= LONGEST


def test_the_day_of_asking_stands_in_no_briefing(tiny, brief_of):
    brief = brief_of(tiny, "leader")
    assert str(dt.date.today().year) not in " ".join(brief.about)
    assert dataclasses.replace(brief).day == dt.date(2018, 12, 31)
