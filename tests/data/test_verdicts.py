"""The shipped numbers reconcile exactly as worked out by hand, and a changed digit is caught."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.build import Tables, make_tables
from etl.readers.facts import source_folders
from etl.reference import Reference, read_reference
from etl.release.tables import data_folder
from etl.rules.check import check
from tests.etl.conftest import operands_of

D = Decimal
CITY, JIAXING = "2019-03-21-xuchang-communities-and-reading", "2012-05-15-jiaxing-community-premises"
WEIDU, PAGE3 = "2018-12-22-weidu-harmonious-district", "2018-11-07-weidu-newspaper-page-3"

HOLD = {
    "communities_2017_2018", "plan_2019_by_place", "target_2018_met", "weidu_2018_accepted_and_rest", "weidu_2018_rest_by_works",
    "weidu_2018_rest_by_progress", "premises_mean", "premises_product", "premises_office_share", "premises_activity_share",
    "premises_used", "town_communities", "dispute_resolution", "disputes_resolved_within", "campaign_received", "campaign_resolved",
    "poverty_households", "poverty_people", "townships_and_villages", "villages_and_teams", "people_and_households",
    "poor_people_and_households", "smart_sites_within", "platforms_within", "pilots_within", "reading_visits_grow",
    "reading_loans_grow", "reading_spaces_still_open",
}  # fmt: skip

SUMS = {
    "communities_2017_2018": [(CITY, seq) for seq in (2, 9, 13)],
    "plan_2019_by_place": [(CITY, seq) for seq in (4, 34, 35, 36, 37, 38)],
    "weidu_2018_accepted_and_rest": [(WEIDU, seq) for seq in (1, 9, 10)],
    "weidu_2018_rest_by_works": [(WEIDU, seq) for seq in (10, 11, 12, 13)],
    "weidu_2018_rest_by_progress": [(WEIDU, seq) for seq in (10, 14, 15)],
    "townships_and_villages": [(PAGE3, seq) for seq in (2, 3)],
    "villages_and_teams": [(PAGE3, seq) for seq in (3, 6)],
}

DERIVED = {
    "communities_completion_rate": ("110.958904", "exact"),
    "communities_above_target": ("8", "exact"),
    "communities_if_plan_done": ("162", "exact"),
    "premises_remainder": ("18287", "approx"),
    "books_lower_bound": ("115200", "more_than"),
    "visits_per_space": ("46250", "more_than"),
    "one_stop_hall_floor": ("343", "at_least"),  # 95 % of 361 is 342.95
    "home_care_station_floor": ("289", "at_least"),  # 80 % of 361 is 288.8
}


@pytest.fixture(scope="module")
def shipped() -> tuple[Tables, Reference]:
    folder = data_folder()
    tables = make_tables(folder, source_folders(folder))
    assert not tables.problems, "\n".join(map(str, tables.problems))
    return tables, read_reference(folder)[0]


def changed(shipped: tuple[Tables, Reference], source: str, seq: int, value: Decimal) -> dict[str, str]:
    """Verdicts when one observation had been printed with ``value``."""
    tables, reference = shipped
    observations = tables.frames["observations"].copy()
    row = observations["observation_id"] == f"{source}#{seq}"
    assert row.sum() == 1
    observations.loc[row, "value"] = pd.Series([value], dtype=object, index=observations.index[row])
    rows, problems = check(reference, operands_of(tables, observations))
    assert not problems
    return {found.identity: found.verdict for found in rows}


def test_every_identity_has_the_verdict_it_must_have(shipped):
    checks = shipped[0].checks
    verdicts = dict(zip(checks["identity"], checks["verdict"], strict=True))
    assert verdicts == {**dict.fromkeys(HOLD, "holds"), "minsheng365_scope": "conflict"}


def test_the_conflict_shows_both_versions_whole(shipped):
    row = shipped[0].checks.set_index("identity").loc["minsheng365_scope"]
    assert {row["left_value"], row["right_value"]} == {"12个方面、1120项", "17个方面、579项"}
    assert len(row["parents"].split(";")) == 4


@settings(max_examples=60, deadline=None)
@given(
    which=st.sampled_from([(name, *operand) for name, operands in SUMS.items() for operand in operands]),
    change=st.sampled_from([-1, 1]),
)
def test_in_an_exact_sum_any_operand_changed_by_its_last_digit_is_caught(shipped, which, change):
    identity, source, seq = which
    observations = shipped[0].frames["observations"].set_index("observation_id")
    value = observations.loc[f"{source}#{seq}", "value"] + change
    assert changed(shipped, source, seq, value)[identity] == "violated"


@pytest.mark.parametrize(
    ("identity", "source", "seq", "value", "verdict"),
    [
        # 276,550..276,650 m2 over 361 is 766.07..766.34: a mean printed 766 (765.5..766.5) holds, its neighbours do not
        ("premises_mean", JIAXING, 14, "765", "violated"),
        ("premises_mean", JIAXING, 14, "767", "violated"),
        # 361 x 765.5..766.5 is 276,345.5..276,706.5; an area printed to 100 m2 meets it from 276,300 to 276,700
        ("premises_product", JIAXING, 3, "276300", "holds"),
        ("premises_product", JIAXING, 3, "276200", "violated"),
        ("premises_product", JIAXING, 3, "276700", "holds"),
        ("premises_product", JIAXING, 3, "276800", "violated"),
        # 149,597 of 276,600 is 54.08 %
        ("premises_office_share", JIAXING, 17, "54.0", "violated"),
        ("premises_office_share", JIAXING, 17, "54.2", "violated"),
        # 54.05 % of 276,550 is 149,475.3 and 54.15 % of 276,650 is 149,806.0: the office area may be 149,475..149,806
        ("premises_office_share", JIAXING, 15, "149475", "holds"),
        ("premises_office_share", JIAXING, 15, "149474", "violated"),
        ("premises_office_share", JIAXING, 15, "149806", "holds"),
        ("premises_office_share", JIAXING, 15, "149807", "violated"),
        # 39.25 % of 276,550 is 108,545.9 and 39.35 % of 276,650 is 108,861.8
        ("premises_activity_share", JIAXING, 16, "108546", "holds"),
        ("premises_activity_share", JIAXING, 16, "108545", "violated"),
        ("premises_activity_share", JIAXING, 16, "108862", "holds"),
        ("premises_activity_share", JIAXING, 16, "108863", "violated"),
        # 90 % of 1,607 is 1,446.3
        ("dispute_resolution", WEIDU, 36, "1447", "holds"),
        ("dispute_resolution", WEIDU, 36, "1446", "violated"),
        # orders hold up to equality and not beyond
        ("campaign_received", WEIDU, 33, "358", "holds"),
        ("campaign_received", WEIDU, 33, "359", "violated"),
        ("campaign_resolved", WEIDU, 34, "259", "holds"),
        ("campaign_resolved", WEIDU, 34, "260", "violated"),
        ("poverty_households", PAGE3, 15, "156", "holds"),
        ("poverty_households", PAGE3, 15, "157", "violated"),
        ("smart_sites_within", PAGE3, 34, "87", "violated"),
        ("target_2018_met", CITY, 10, "81", "holds"),
        ("target_2018_met", CITY, 10, "82", "violated"),
    ],
)
def test_ratios_and_bounds_are_caught_from_exactly_the_smallest_change_that_printing_excludes(
    shipped, identity, source, seq, value, verdict
):
    assert changed(shipped, source, seq, D(value))[identity] == verdict


def test_a_conflict_that_repairs_itself_is_no_conflict_any_more(shipped):
    tables, reference = shipped
    observations = tables.frames["observations"].copy()
    same = {"12": "17", "1120": "579"}
    tied = observations["conflict"] == "minsheng365_scope"
    observations["value"] = [
        D(same.get(str(value), str(value))) if is_tied else value
        for value, is_tied in zip(observations["value"], tied, strict=True)
    ]
    rows, _ = check(reference, operands_of(tables, observations))
    assert {row.identity: row.verdict for row in rows}["minsheng365_scope"] == "holds"


@pytest.mark.parametrize(("indicator", "expected"), DERIVED.items())
def test_derived_numbers_are_those_worked_out_by_hand_and_claim_no_more_than_their_operands(
    shipped, indicator, expected
):
    derived = shipped[0].frames["derived"]
    (row,) = derived[derived["indicator"] == indicator].to_dict("records")
    assert (row["value"], row["qualifier"]) == (D(expected[0]), expected[1])


def test_what_rests_on_the_conflict_keeps_to_the_version_of_its_money_and_says_so(shipped):
    derived = shipped[0].frames["derived"]
    rows = derived[derived["in_conflict"] == "minsheng365_scope"]
    assert list(rows["variant"]) == ["box"]  # the money stands in the sentence of the 579, so 1120 never divides it
    assert [round(float(value) / 10_000, 1) for value in rows["value"]] == [57.0]


def test_observations_repeats_and_incidentals_are_218_and_the_further_sources(shipped):
    figures, sources = shipped[0].frames["figures"], shipped[0].frames["sources"].set_index("source")
    verified = figures["source"].map(sources["verified"])
    assert int(verified.sum()) == 218
    assert int((~verified).sum()) == len(figures) - 218
    assert len(figures[figures["role"] == "observation"]) == len(shipped[0].frames["observations"])
    roles = figures[verified]["role"].value_counts().to_dict()
    assert roles == {"observation": 168, "repeat": 25, "incidental": 25}


def test_unverified_sources_never_answer_a_selector(shipped):
    tables, reference = shipped
    unverified = set(tables.frames["sources"].query("not verified")["source"])
    for column in ("left", "right"):
        named = {
            row[column] for row in reference.tables["identities"] if any(name in row[column] for name in unverified)
        }
        assert all("source=" in text for text in named)
    for row in reference.tables["headlines"]:
        assert "source=" not in row["shows"] + row["compared_with"]
    for row in tables.frames["derived"].to_dict("records"):
        assert row["verified"] != any(name in row["parents"] for name in unverified), row["derived_id"]
