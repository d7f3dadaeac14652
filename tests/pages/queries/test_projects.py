"""Any project of the reference table: cards, further numbers, facts, standards, places, gaps."""

import pytest

from pages.queries.numbers import numbers_by_id
from pages.queries.projects import (
    about_project,
    project_absences,
    project_cards,
    project_charts,
    project_conflicts,
    project_derived,
    project_divided,
    project_facilities,
    project_numbers,
    project_options,
    project_others,
    project_places,
    project_standards,
    project_statements,
)

EVERYTHING = (
    project_absences, project_cards, project_charts, project_conflicts, project_derived, project_divided, project_facilities,
    project_numbers, project_others, project_places, project_standards, project_statements,
)  # fmt: skip


@pytest.fixture
def release(rich, release_of):
    return release_of(rich)


@pytest.fixture
def shipped(xuchang, release_of):
    return release_of(xuchang)


def card(cards, name):
    (own,) = [card for card in cards if card.card == name]
    return [number.value for number in own.shown], [number.value for number in own.compared_with]


def test_parts_follow_their_project_indented(release):
    options = project_options(release)
    assert list(options) == ["halls", "hall_works", "silent_part", "peace", "silent"]
    assert options["hall_works"] == "　礼堂工程"


def test_a_project_knows_its_parts_its_whole_and_who_leads_it(release):
    assert list(about_project(release, "halls").parts) == ["hall_works", "silent_part"]
    assert about_project(release, "hall_works").parents == {"halls": "礼堂"}
    assert about_project(release, "peace").lead_name == "东区办"
    with pytest.raises(KeyError):
        about_project(release, "nobody")


def test_the_longest_latest_period_is_large_and_a_target_stands_only_beside_its_own_period(release, tiny, release_of):
    cards = project_cards(release, "halls")
    assert card(cards, "built_actual") == ([17], [12, 5])
    assert card(project_cards(release_of(tiny), "halls"), "built_actual") == ([12], [10])


def test_what_is_planned_has_a_card_of_its_own(release):
    assert card(project_cards(release, "halls"), "built_plan")[0] == [9]


def test_a_card_away_from_the_city_names_its_place(release):
    assert {card.title for card in project_cards(release, "peace")} == {"东区 · 接待", "东区 · 受理", "东区 · 调成"}


def test_no_unchecked_number_stands_on_a_card(release):
    assert all(number.verified for card in project_cards(release, "halls") for number in card.numbers)


def test_a_number_stands_in_one_of_the_displays_of_its_project(shipped):
    for project in ("community_standardisation", "reading_spaces", "safe_district"):
        printed = {number.indicator for number in project_numbers(shipped, project) if not number.derived}
        others = {number.indicator for number in project_others(shipped, project)}
        cards = {number.indicator for card in project_cards(shipped, project) for number in card.numbers}
        charts = {selector.indicator for chart in project_charts(shipped, project) for selector in chart.shows}
        divided = {block.tellings[0][0].indicator for block in project_divided(shipped, project)}
        assert not {each for each in printed - others - cards - divided if each not in charts}


def test_further_numbers_leave_out_what_is_shown_above_and_keep_an_unchecked_one_beside_the_checked(shipped):
    others = project_others(shipped, "reading_spaces")
    assert [number.verified for number in others if number.indicator == "books_per_space"] == [True, False]
    assert "reading_visits" not in {number.indicator for number in others}


def test_a_computed_number_carries_the_cautions_its_parents_meet_in(release, shipped):
    assert [computed.cautions for computed in project_derived(release, "halls")] == [("目标不是结果",)]
    cautions = {computed.number.indicator: computed.cautions for computed in project_derived(shipped, "reading_spaces")}
    assert any("不能除以座数" in name for name in cautions["visits_per_space"])


def test_facts_are_those_of_the_project_its_facilities_and_indicators(release):
    assert [each.text for each in project_statements(release, "silent")] == ["未开工", "在选址"]
    assert {each.subject for each in project_statements(release, "halls")} == {"halls", "old_hall"}


def test_a_standard_without_a_number_is_kept(release):
    known, unpublished = project_standards(release, "halls")
    assert (known.number.number_id, unpublished.number) == ("2019-01-31-more#4", None)
    assert (known.scope_name, unpublished.scope_name) == ("甲市", "甲市")


def test_places_below_the_districts_are_named_with_what_is_known(release):
    found = {
        place.place: (len(place.number_ids), place.statements, place.facilities)
        for place in project_places(release, "halls")
    }
    assert found == {"street": (1, 0, 0), "court": (3, 1, 1)}


def test_gaps_are_those_of_the_project(release):
    assert {absence.indicator for absence in project_absences(release, "halls")} == {"built", "seats"}
    assert project_absences(release, "peace") == ()


def test_conflicts_are_those_of_its_numbers(release, shipped):
    (conflict,) = project_conflicts(release, "halls")
    assert [number.variant for number in numbers_by_id(release, conflict.number_ids)] == ["one", "two"]
    assert project_conflicts(release, "peace") == ()
    (conflict,) = project_conflicts(shipped, "minsheng_365")
    numbers = numbers_by_id(shipped, conflict.number_ids)
    assert {number.value for number in numbers if number.variant == "body"} == {12, 1120}
    in_box = {number.value for number in numbers if number.variant == "box"}
    assert in_box == {17, 579, 330_000_000}, "the investment stands with the version of its own sentence"


@pytest.mark.parametrize("ask", EVERYTHING, ids=lambda ask: ask.__name__)
def test_a_project_nobody_knows_gives_nothing(ask, release, empty, release_of):
    assert len(ask(release, "nobody")) == 0
    assert len(ask(release_of(empty), "nobody")) == 0
