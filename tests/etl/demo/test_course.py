"""How the plan year went: each district's case looks on the numbers as its name says, and every node agrees with them."""

import calendar
import datetime as dt

import pytest

from etl.release.schema import MILESTONE_STATES

DATA_TO = dt.date(2026, 6, 30)
MONTHS = [dt.date(2026, month, calendar.monthrange(2026, month)[1]) for month in range(1, 13)]
CASES = {
    "early": "kehu",
    "on_time": "huanxiu",
    "late": "lumang",
    "caught_up": "yanlai",
    "done_not_accepted": "jifan",
    "silent": "xielan_zone",
    "no_nodes": "qingjing_zone",
}


@pytest.fixture(scope="module")
def done(release) -> dict[str, list[int]]:
    """District -> cumulative completions of 2026 by month, as far as reported."""
    rows = release.table("observations").query("indicator == 'communities_to_date'")
    told = {(row["place"], row["as_of"]): int(row["value"]) for row in rows.to_dict("records")}
    return {
        place: [told[place, month] for month in MONTHS if (place, month) in told]
        for place in {place for place, _ in told}
    }


@pytest.fixture(scope="module")
def due(release) -> dict[tuple[str, int], list[int]]:
    """District (or city) and year -> the cumulative plan by month."""
    curves: dict[tuple[str, int], list[int]] = {}
    for row in release.table("plans").sort_values("due_on").to_dict("records"):
        curves.setdefault((row["place"], row["due_on"].year), []).append(int(row["value"]))
    return curves


@pytest.fixture(scope="module")
def milestones(release):
    parents = dict(zip(*(release.table("places")[name] for name in ("place", "parent")), strict=True))
    rows = release.table("milestones").to_dict("records")
    return [{**row, "district": parents[row["place"]]} for row in rows]


def test_each_case_is_what_it_is_called(done, due):
    gaps = {
        case: [reached - planned for reached, planned in zip(done[place], due.get((place, 2026), ()), strict=False)]
        for case, place in CASES.items()
    }
    assert min(gaps["early"][1:]) > 0
    assert set(gaps["on_time"]) == {0}
    assert max(gaps["late"][2:]) < 0
    assert min(gaps["caught_up"]) < 0 and gaps["caught_up"][-1] == 0
    assert set(gaps["done_not_accepted"]) == {0}
    assert len(done[CASES["silent"]]) < DATA_TO.month
    assert not gaps["no_nodes"] and done[CASES["no_nodes"]]


def test_what_is_done_and_not_accepted_has_no_day_of_acceptance(milestones):
    accepted = [row for row in milestones if row["district"] == CASES["done_not_accepted"] and row["node"] == "验收"]
    planned = {row["place"] for row in milestones if row["node"] == "选址"}
    states = {row["state"] for row in accepted if row["place"] in planned}
    assert states == {"done_not_accepted", "planned"}


def test_every_state_of_a_milestone_is_there(milestones):
    assert {row["state"] for row in milestones} == set(MILESTONE_STATES)


def test_nothing_is_done_after_the_last_day_told_of(milestones):
    done = [row["done_on"] for row in milestones if row["done_on"]]
    assert done
    assert max(done) <= DATA_TO


def test_a_late_node_was_due_and_is_not_done(milestones):
    for row in milestones:
        if row["state"] in ("late", "done_not_accepted", "silent"):
            assert row["due_on"] <= DATA_TO and not row["done_on"]
        if row["state"] == "done":
            assert row["done_on"]


def test_completions_of_communities_are_the_monthly_numbers(milestones, done):
    for district in CASES.values():
        days = [row["done_on"] for row in milestones if row["district"] == district and row["node"] == "完工"]
        built = [day for day in days if day and day.year == 2026]
        assert [sum(day <= month for day in built) for month, _ in zip(MONTHS, done[district], strict=False)] == done[
            district
        ]


def test_plan_curves_never_fall_and_end_at_the_year_s_number(release, due):
    assert all(curve == sorted(curve) and len(curve) == 12 for curve in due.values())
    planned = release.table("observations").query(
        "indicator == 'standardised_communities' and measure == 'plan' and place != 'shifan'"
    )
    numbers = dict(zip(planned["place"], planned["value"], strict=True))
    assert {place: curve[-1] for (place, year), curve in due.items() if year == 2026} == {
        place: number for place, number in numbers.items() if place != CASES["no_nodes"]
    }


def test_about_ninety_are_built_in_two_years_and_fifty_planned(release):
    communities = set(release.table("places").query("kind == 'community'")["place"])
    built = set(release.table("statements").query("attribute == 'standardised_in'")["subject"])
    assert built <= communities
    assert (len(built), len(communities - built)) == (92, 52)


def test_places_and_facilities_have_one_id_each(release):
    facilities, places = release.table("facilities"), release.table("places")
    assert len(set(facilities["facility"])) == len(facilities) == 185
    assert not set(facilities["facility"]) & set(places["place"])


def test_spaces_open_one_after_the_other(release):
    opened = release.table("facilities").query("project == 'reading_spaces'")["opened_on"]
    assert sum(day < dt.date(2024, 7, 1) for day in opened) == 18
    assert max(opened) < dt.date(2026, 6, 1)
