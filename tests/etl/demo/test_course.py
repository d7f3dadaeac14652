"""How the plan year went: each designed case looks on the numbers as its name says, and every node agrees with them."""

import datetime as dt
from collections import Counter

import pytest

from etl.demo.course import milestones, month_end, plans
from etl.release.schema import MILESTONE_STATES

MONTHS = [f"2026-{month:02d}" for month in range(1, 7)]


@pytest.fixture(scope="module")
def cases(design):
    return {district.case: district for district in design.districts if district.case}


def gaps(district) -> list[int]:
    return [done - due for done, due in zip(district.done, district.due, strict=False)]


def test_each_case_is_what_it_is_called(cases):
    assert min(gaps(cases["early"])[1:]) > 0
    assert set(gaps(cases["on_time"])) == {0}
    assert max(gaps(cases["late"])[2:]) < 0
    assert min(gaps(cases["caught_up"])) < 0 and gaps(cases["caught_up"])[-1] == 0
    assert set(gaps(cases["done_not_accepted"])) == {0}
    assert len(cases["silent"].done) < len(MONTHS)
    assert not cases["no_nodes"].due and cases["no_nodes"].planned


def test_every_state_of_a_milestone_is_there(design, cast):
    assert {row["state"] for row in milestones(design, cast)} == set(MILESTONE_STATES)


def test_nothing_is_done_after_the_last_day_told_of(design, cast):
    done = [row["done_on"] for row in milestones(design, cast) if row["done_on"] and str(row["done_on"]) >= "2026"]
    assert done
    assert max(done) <= design.data_to


def test_a_late_node_was_due_and_is_not_done(design, cast):
    for row in milestones(design, cast):
        if row["state"] in ("late", "done_not_accepted", "silent"):
            assert row["due_on"] <= design.data_to and not row["done_on"]
        if row["state"] == "done":
            assert row["done_on"]


def test_completions_of_communities_are_the_monthly_numbers(design, cast):
    for district in design.districts:
        own = [one for one in cast.communities if one.district.place == district.place and one.year == 2026]
        for month, count in zip(MONTHS, district.done, strict=False):
            assert sum(one.done_on is not None and one.done_on <= month_end(month) for one in own) == count


def test_plan_curves_never_fall_and_end_at_the_year_s_number(design):
    curves: dict[tuple[str, int], list[int]] = {}
    for row in plans(design):
        curves.setdefault((row["place"], row["due_on"].year), []).append(row["value"])
    assert all(curve == sorted(curve) and len(curve) == 12 for curve in curves.values())
    planned = {district.place: district.planned for district in design.districts}
    assert {place: curve[-1] for (place, year), curve in curves.items() if year == 2026} == {
        district.place: planned[district.place] for district in design.districts if district.due
    }


def test_about_ninety_are_built_in_two_years_and_fifty_planned(cast):
    years = Counter(one.year for one in cast.communities)
    assert (years[2024] + years[2025], years[2026]) == (92, 52)


def test_places_and_facilities_have_one_id_each(cast):
    ids = [one.place for one in cast.communities] + [one.facility for one in cast.spaces]
    assert len(ids) == len(set(ids)) == 185


def test_spaces_open_one_after_the_other(cast):
    opened = [space.opened_on for space in cast.spaces]
    assert sum(day < dt.date(2024, 7, 1) for day in opened) == 18
    assert max(opened) < dt.date(2026, 6, 1)
