"""One place and what lies in it: numbers, standing, facts, gaps; and places in their order."""

import pytest

from pages.queries.chart_specs import marks_of
from pages.queries.districts import (
    peer_rank_charts,
    place_absences,
    place_cards,
    place_charts,
    place_facilities,
    place_numbers,
    place_standards,
    place_statements,
)
from pages.queries.geography import about_place, above, parents, place_and_below, place_options

EVERYTHING = (
    place_absences, place_cards, place_charts, place_facilities, place_numbers, place_standards, peer_rank_charts, place_statements,
)  # fmt: skip


@pytest.fixture
def release(rich, release_of):
    return release_of(rich)


@pytest.fixture
def shipped(xuchang, release_of):
    return release_of(xuchang)


def test_above_and_below(release):
    up = parents(release)
    assert above(up, "court") == ["street", "east", "city"]
    assert place_and_below(up, "east") == ["east", "street", "court"]


def test_a_place_above_itself_ends_the_way_up():
    assert above({"a": "b", "b": "a"}, "a") == ["b", "a"]


def test_places_stand_in_administrative_order_each_followed_by_what_lies_in_it(release, shipped):
    options = place_options(release)
    assert list(options) == ["city", "east", "street", "court", "west", "north", "south", "zone"]
    assert options["court"] == "　　　小院"
    assert list(place_options(shipped))[-1] in shipped.table("places")["place"].to_numpy()
    assert "jiaxing" in place_options(shipped)
    assert "henan" in place_options(shipped)
    assert "china" not in place_options(shipped)


def test_an_empty_city_has_no_place(empty, release_of):
    assert place_options(release_of(empty)) == {}
    with pytest.raises(KeyError):
        about_place(release_of(empty), "east")


def test_a_place_knows_what_it_lies_in_what_lies_in_it_and_its_other_names(release):
    about = about_place(release, "street")
    assert list(about.lineage) == ["east", "city"]
    assert about.parts == {"court": "小院"}
    assert [other.alias for other in about_place(release, "east").aliases] == ["老东区"]


def test_numbers_are_those_of_the_place_and_below_by_project(release):
    numbers = place_numbers(release, "east")
    assert {number.place for number in numbers} == {"east", "street", "court"}
    assert list(dict.fromkeys(number.project for number in numbers)) == ["halls", "peace"]
    of_halls = dict.fromkeys(number.place for number in numbers if number.project == "halls")
    assert list(of_halls) == ["east", "street", "court"]


def test_cards_take_the_first_total_of_each_project_before_the_second_of_any(release, shipped):
    shown = [card.shown[0].indicator for card in place_cards(release, "east")]
    assert list(dict.fromkeys(shown)) == ["received", "built", "accepted", "solved"]
    projects = [card.shown[0].project for card in place_cards(shipped, "weidu")]
    assert len(set(projects)) == len(projects) == 5


def test_standing_needs_the_same_thing_of_several_parts(release):
    (chart,) = peer_rank_charts(release, "east")
    assert chart.place == "city"
    assert len(marks_of(release, chart)) == 6
    assert not peer_rank_charts(release, "court")
    assert not peer_rank_charts(release, "city")


def test_a_place_that_is_not_in_the_plan_stands_there_with_its_state(release, shipped):
    (chart,) = peer_rank_charts(release, "north")
    assert {mark.place: mark.state for mark in marks_of(release, chart)}["north"] == "not_in_plan"
    assert len(peer_rank_charts(shipped, "changge")) == 1


def test_the_charts_of_a_place_are_its_own_and_those_of_its_parts(release, shipped):
    assert [chart.chart for chart in place_charts(release, "city")] == ["time_built_city", "places_built_city_plan"]
    assert [chart.chart for chart in place_charts(shipped, "weidu")] == ["time_standardised_communities_weidu"]


def test_facts_are_those_of_the_place_its_facilities_and_its_organisations(release):
    assert [each.subject for each in place_statements(release, "east")] == ["office", "court", "old_hall"]
    assert [each.facility for each in place_facilities(release, "east")] == ["old_hall"]
    assert not any(each.has_point for each in place_facilities(release, "east"))


def test_standards_are_those_in_force_at_just_this_place(release):
    assert len(place_standards(release, "city")) == 2
    assert place_standards(release, "east") == ()


def test_gaps_name_only_the_place_and_what_is_not_in_the_plan_comes_first(release):
    rows = place_absences(release, "north")
    assert [absence.state for absence in rows] == ["not_in_plan", "not_published"]
    assert [absence.place_name for absence in rows] == ["北县", "北县"]


def test_a_district_without_any_number_still_has_its_gaps(shipped):
    assert place_numbers(shipped, "changge") == ()
    assert {absence.state for absence in place_absences(shipped, "changge")} == {
        "not_in_plan",
        "not_published",
        "not_in_sources",
    }


@pytest.mark.parametrize("ask", EVERYTHING, ids=lambda ask: ask.__name__)
def test_a_place_nobody_knows_gives_nothing(ask, release, empty, release_of):
    assert len(ask(release, "nowhere")) == 0
    assert len(ask(release_of(empty), "nowhere")) == 0
