"""What was told wrongly of the shipped facts once (reconciliation, section 6), and must not be again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.model import ComparedMark, Standard
from etl.rules.selectors import chosen
from pages.analysis.comparison import Refusal, judged
from pages.queries.briefs import BriefRequest, brief_rows
from pages.queries.cautions import cautions_on
from pages.queries.geography import about_place
from pages.queries.numbers import chosen_numbers
from pages.queries.projects import project_cards, project_numbers, project_places, project_statements
from pages.queries.quotable_numbers import quotable_numbers
from pages.reports.compose_brief import compose_brief
from pages.wording.sentences import sentences

P3, XUJI = "2018-11-07-weidu-newspaper-page-3", "2017-11-07-xuji-community-brand"
CITY, WEIDU = "2019-03-21-xuchang-communities-and-reading", "2018-12-22-weidu-harmonious-district"


@pytest.fixture(scope="module")
def observations(release):
    return release.table("observations").set_index("observation_id")


@pytest.fixture(scope="module")
def said(release):
    rows = release.table("statements").to_dict("records")
    return {(row["subject_kind"], row["subject"], row["attribute"], row["text"]) for row in rows}


def texts(said, subject, attribute):
    return {text for _kind, about, what, text in said if (about, what) == (subject, attribute)}


def test_the_pilot_buildings_are_of_two_communities_named_together(observations, release):
    places = release.table("places").set_index("place")
    row = observations.loc[f"{WEIDU}#46"]
    assert places.loc[row["place"], "name"] == "七一社区、许继社区"
    assert places.loc[row["place"], "kind"] == "group" and not places.loc[row["place"], "sums"]


def test_the_subdistrict_spent_the_money_for_old_compounds(observations):
    assert observations.loc[f"{P3}#46", "place"] == "xiguan"


def test_the_investment_belongs_to_the_version_of_its_own_sentence(observations):
    assert observations.loc[f"{XUJI}#33", "variant"] == observations.loc[f"{XUJI}#32", "variant"] == "box"


def test_no_definition_says_what_no_document_says(release):
    told = "".join(
        "".join(release.table(name)["definition"]) for name in ("definitions", "indicators", "projects")
    ) + "".join(release.table("indicators")["name"])  # fmt: skip
    assert not [word for word in ("步行", "无人值守", "各级财政", "主体工作已完成", "含涉农社区") if word in told]


def test_only_what_stood_on_the_list_of_2019_says_so(release):
    listed = release.table("projects").query("list_year.str.contains('2019')")
    assert set(listed["project"]) == {"community_standardisation", "reading_spaces"}


def test_the_centres_of_one_community_are_not_said_to_be_of_a_programme(release):
    facilities = release.table("facilities").set_index("facility")["project"]
    assert "minsheng_365" not in {facilities["xuji_culture_centre"], facilities["xuji_sports_centre"]}


def test_rooms_and_next_steps_of_the_district_are_the_districts(release, said):
    rows = release.table("statements").query(f"source == '{P3}' and attribute in ('room', 'next_step')")
    assert "community_standardisation" not in set(rows["subject"])
    assert texts(said, "weidu", "room") >= {"品牌调解室", "文体活动室", "志愿服务站", "社区卫生服务中心", "四点半课堂"}


@pytest.mark.parametrize(
    ("subject", "attribute", "word"),
    [
        ("yangguang", "next_step", "三条主线"),
        ("community_standardisation", "standard_met", "超额完成"),
        ("weidu", "praise", "省长"),
        ("xuji", "praise", "省长"),
        ("qiyi_reading_club", "visit", "读书会"),
        ("weidu", "activity", "糖豆妈妈"),
        ("yangguang", "room", "老龄工作室"),
        ("weidu", "problem", "服务场所狭小"),
        ("jianan", "problem", "致贫原因"),
        ("community_premises", "problem", "空置"),
        ("nanyang_premises", "former_state", "90年代"),
    ],
)
def test_what_was_missing_is_there(said, subject, attribute, word):
    assert any(word in text for text in texts(said, subject, attribute)), texts(said, subject, attribute)


def test_no_statement_has_a_day_that_is_ours(statements, sources):
    printed = {(P3, "2018-11-02"), (WEIDU, "2018-06-13")}  # a survey and a visit whose days stand in print
    for row in statements:
        day = str(sources[row["source"]]["published_on"])
        assert row["as_of"] == day or (row["source"], row["as_of"]) in printed, row


def test_a_source_without_a_printed_title_or_name_says_so(sources):
    assert sources[P3]["title"] == "（第3版）"
    assert sources[WEIDU]["publisher"] == "报名未印"
    assert all(about["title"].startswith("（") for about in sources.values() if not about["verified"])


def test_printed_titles_are_the_printed_ones(sources, documents):
    for name, text in documents.items():
        title = sources[name]["title"]
        if not title.startswith("（"):
            assert "".join(title.split()) in "".join(text.split()), title


PARTS_WITHOUT_A_NUMBER = {"book_delivery"}


def test_parts_of_a_project_own_their_facts(release):
    parts = set(release.table("projects").query("parent != ''")["project"])
    assert len(parts) == 24
    assert {part for part in parts if not project_numbers(release, part)} == PARTS_WITHOUT_A_NUMBER


def test_the_district_programme_shows_its_twenty_and_their_states(release):
    shown = {
        (number.breakdown, number.measure, number.value)
        for number in project_numbers(release, "weidu_programme_2018")
        if number.indicator == "standardised_communities"
    }
    assert shown == {
        ("", "plan", 20), ("status:accepted", "actual", 5), ("status:basically_complete", "actual", 13),
        ("status:under_construction", "actual", 2), ("status:remaining", "plan", 15), ("works:new_build", "plan", 5),
        ("works:rebuilt", "plan", 5), ("works:upgraded", "plan", 5),
    }  # fmt: skip


def test_speciality_communities_show_their_eight_brands(release):
    told = project_statements(release, "speciality_communities")
    brands = {each.subject_name for each in told if each.attribute == "brand_type"}
    assert brands == {
        "七一社区", "许继社区", "建安社区", "魏武社区", "东李庄社区", "杨根思双拥社区", "兴隆社区", "七里店社区",
    }  # fmt: skip


def test_the_profile_shows_every_community_of_the_city(release):
    places = release.table("places")
    own = {place for place, kind, parent in zip(places["place"], places["kind"], places["parent"], strict=True)
           if kind == "community" and parent not in ("jiaxing", "jiabei")}  # fmt: skip
    assert {named.place for named in project_places(release, "community_profile")} >= own


@pytest.mark.parametrize("indicator", ["residents", "households", "land_area"])
def test_what_an_office_publishes_elsewhere_is_said_to_be_missing_here(release, indicator):
    rows = release.table("absences").query(f"indicator == '{indicator}'")
    assert set(rows["state"]) == {"not_in_sources"}
    assert all(text.startswith("已录入文件未载") for text in rows["reason"])


def test_a_former_area_is_never_held_against_a_standard(release):
    (number,) = chosen_numbers(release, "community_premises_area{place=nanyang;as_of=none}")
    mark = ComparedMark.of(number, polarity="up")
    floor = replace(number, measure="standard", qualifier="at_least", value=number.value + 150, number_id="other")
    standard = Standard("", number.indicator, "zhejiang", "浙江省", None, None, "", floor)
    verdict = judged(mark, standard, within=("nanyang", "jiaxing", "zhejiang"), cautions=cautions_on(release, []))
    assert isinstance(verdict, Refusal)
    assert chosen(
        release.table("observations"), release.table("places"), "community_premises_area{place=nanyang}"
    ).empty


@pytest.fixture(scope="module")
def quotable(release):
    return {one.sentence: one for one in sentences(quotable_numbers(release))}


def test_nothing_is_said_by_a_published_standard_that_the_documents_do_not_call_one(quotable):
    assert not [one.text for one in quotable.values() if "公布的标准" in one.text]
    assert quotable["space_area"].text == "据2019年3月21日公布，许昌市智慧阅读空间每座建筑面积50平方米。"
    assert "按2019年的标准" in quotable["centre_floors"].text


def test_a_sentence_over_the_parts_of_a_programme_does_not_name_them_twice(quotable):
    assert quotable["facilities_365"].text.count("体育运动场地") == 1
    assert "魏都区按计划建设的民生365工程设施数为" in quotable["facilities_365"].text


def test_remarks_and_cautions_say_no_more_than_the_documents(release, quotable):
    told = "".join(
        [
            *(one.why for one in quotable.values()),
            *release.table("cautions")["reason"],
            *release.table("figures")["note"],
        ]
    )
    assert not [word for word in ("含涉农", "年底", "自述") if word in told]
    assert not [text for text in release.table("identities")["note"] if text.startswith("每个")]


def test_nobody_is_made_responsible_or_the_builder_who_is_not_said_to_be(release, said):
    leads = release.table("projects").set_index("project")["lead"]
    assert not leads["safe_district"]
    assert not texts(said, "xuji_elder_station", "builder")


@pytest.mark.parametrize("part", ["sports_grounds", "fresh_food_shops", "health_stations", "elder_stations"])
def test_a_part_of_the_programme_is_defined_by_it_and_by_nothing_else(release, part):
    projects = release.table("projects").set_index("project")
    assert projects.loc[part, "definition"] == f"民生365工程中的{projects.loc[part, 'name']}"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("weidu", ["服务场所狭小", "（今日魏都（第3版），2018年11月7日）", "帮扶建安区：加强扶贫队伍培训"]),
        (
            "jianan",
            ["被帮扶村致贫原因：集体经济薄弱", "（今日魏都（第3版），2018年11月7日）", "刘王村：南关街道帮扶队"],
        ),
    ],
)
def test_problems_and_next_steps_stand_with_the_place_they_are_of_and_with_the_paper(release, place, told):
    brief = compose_brief(brief_rows(release, BriefRequest("district", place)))
    text = "\n".join(one.text for section in brief.sections for one in section.paragraphs)
    assert all(each in text for each in told), text
    assert "《（" not in text


def test_the_rooms_of_one_community_together_are_not_called_one_centre(observations, release):
    names = release.table("indicators").set_index("indicator")["name"]
    assert names[observations.loc[f"{CITY}#16", "indicator"]] == "功能室总面积"
    assert names[observations.loc[f"{CITY}#12", "indicator"]] == "服务中心面积"


@pytest.mark.parametrize(
    ("part", "told"), [("sports_grounds", "100个"), ("safety_teams", "620人"), ("smart_platform", "86个")]
)
def test_a_part_says_the_sentences_of_its_numbers_and_shows_them_first(release, part, told):
    assert any(told in one.text for one in sentences(quotable_numbers(release, part)))
    assert len(project_cards(release, part))


def test_two_communities_named_together_are_no_part_of_the_district(release):
    parts = about_place(release, "weidu").parts
    assert "qiyi_and_xuji" not in parts and "nanguan" in parts
