"""The reference tables describe every word once and name only each other's rows."""

import csv
import re
import tomllib

import pytest

from etl.release.schema import COLUMNS, REFERENCE
from etl.rules.formula import parse_formula

FORMULAS = {
    "indicators": ("formula",), "identities": ("left", "right"), "headlines": ("shows", "compared_with"),
    "charts": ("shows", "compared_with"), "cautions": ("operands",),
}  # fmt: skip


def leaves(rows, columns):
    for row in rows:
        for column in columns:
            for text in filter(None, row[column].split("|")):
                for leaf in parse_formula(text).leaves():
                    yield row, leaf.selector


def test_every_table_of_the_contract_is_there_with_its_columns(data_folder):
    assert {path.stem for path in data_folder.glob("reference/*.csv")} == set(REFERENCE)
    for name, table in REFERENCE.items():
        raw = (data_folder / "reference" / f"{name}.csv").read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw, name
        assert next(csv.reader(raw.decode("utf-8").splitlines())) == list(table.columns), name


@pytest.mark.parametrize("name", REFERENCE)
def test_keys_are_unique(reference, name):
    keys = [tuple(row[column] for column in REFERENCE[name].key) for row in reference[name]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", REFERENCE)
def test_required_cells_are_filled_and_closed_lists_kept(reference, name):
    table = REFERENCE[name]
    for row in reference[name]:
        for column in table.columns:
            described = COLUMNS[column]
            must = described.required and column not in table.optional
            choices = ("yes", "no") if described.kind == "yes_no" else table.choices.get(column, described.choices)
            assert row[column] or not must, (row, column)
            assert not (choices and row[column]) or row[column] in choices, (row, column)


@pytest.mark.parametrize("name", REFERENCE)
def test_every_id_names_a_row(reference, ids, name):
    own = REFERENCE[name].key[0]
    for column in REFERENCE[name].columns:
        target = COLUMNS[column].key_of
        if target and not (column == own and len(REFERENCE[name].key) == 1):
            unknown = [
                row[column] for row in reference[name] if row[column].removeprefix("parts:") not in {*ids[target], ""}
            ]
            assert unknown == [], column


@pytest.mark.parametrize("name", ["places", "projects", "organisations"])
def test_every_parent_is_a_row_and_no_one_is_its_own_ancestor(reference, name):
    parents = {next(iter(row.values())): row["parent"] for row in reference[name]}
    for start in parents:
        seen, place = set(), start
        while place:
            assert place in parents and place not in seen, start
            seen.add(place)
            place = parents[place]


def test_english_names_are_complete(reference):
    for name, rows in reference.items():
        for column in ("name_en", "title_en", "dimension_name_en"):
            assert all(row[column] for row in rows if column in row), (name, column)
        assert all(row["reason_en"] for row in rows if row.get("reason")), name


def test_the_nine_units_add_up_to_the_city_and_the_urban_area_does_not(data_folder, reference):
    city = tomllib.loads((data_folder / "city.toml").read_text("utf-8"))
    parts = {row["place"] for row in reference["places"] if row["parent"] == city["place"] and row["sums"] == "yes"}
    assert set(city["order"]) == parts == set(city["tiles"])
    assert len(city["order"]) == 9
    assert len({tuple(tile) for tile in city["tiles"].values()}) == 9
    assert [row["kind"] for row in reference["places"] if row["parent"] == city["place"] and row["sums"] == "no"] == [
        "urban_area"
    ]


def test_statutory_places_have_codes_of_their_city_and_functional_zones_none(reference):
    for row in reference["places"]:
        if row["kind"] in ("district", "county", "county_city"):
            assert re.fullmatch(r"4110\d\d", row["code"]), row
        if row["kind"] == "functional_zone":
            assert not row["code"] and not row["located_in"], row


def test_a_derived_indicator_says_so_and_is_never_reported(reference, facts):
    derived = {row["indicator"] for row in reference["indicators"] if row["formula"]}
    assert derived and not derived & {row["indicator"] for row in facts}
    for row in reference["indicators"]:
        assert (row["indicator"] in derived) == row["definition"].startswith("推算："), row


def test_every_indicator_is_observed_derived_or_declared_absent(reference, facts):
    used = {row["indicator"] for row in facts} | {row["indicator"] for row in reference["absences"]}
    used |= {row["indicator"] for row in reference["indicators"] if row["formula"]}
    assert [row["indicator"] for row in reference["indicators"] if row["indicator"] not in used] == []


@pytest.mark.parametrize("name", FORMULAS)
def test_selectors_name_indicators_places_breakdowns_and_sources(reference, ids, name):
    dimensions = {f"{row['dimension']}:*" for row in reference["breakdowns"]}
    for row, selector in leaves(reference[name], FORMULAS[name]):
        assert selector.indicator in ids["indicators"], row
        assert selector.pins.get("place", "xuchang").removeprefix("parts:") in ids["places"], row
        assert selector.pins.get("breakdown", "none") in {*ids["breakdowns"], *dimensions, "none"}, row
        assert selector.pins.get("source", "") in {*ids["sources"], ""}, row


def test_headlines_show_verified_numbers_outside_any_conflict(reference, facts):
    tied = {row["indicator"] for row in facts if row["conflict"]}
    for row, selector in leaves(reference["headlines"], ("shows", "compared_with")):
        assert "source" not in selector.pins, row
        assert selector.indicator not in tied, row


def test_not_in_plan_follows_from_an_identity(reference):
    for row in reference["absences"]:
        assert row["state"] in ("not_published", "not_in_sources", "not_in_plan", "not_applicable"), row
        assert (row["state"] == "not_in_plan") == bool(row["follows_from"]), row
        assert row["reason"], row


def test_no_number_is_both_published_and_declared_absent(reference, facts):
    parts = {}
    for row in reference["places"]:
        if row["sums"] == "yes":
            parts.setdefault(row["parent"], []).append(row["place"])
    names = ("indicator", "period_start", "period_end", "breakdown", "measure")
    observed = {(row["place"], *(row[name] for name in names)) for row in facts if row["role"] == "observation"}
    absent = [
        (place, *(row[name] for name in names))
        for row in reference["absences"]
        for place in (parts[row["place"][6:]] if row["place"].startswith("parts:") else [row["place"]])
    ]
    assert len(absent) == len(set(absent))
    assert not observed & set(absent)


def test_every_place_of_the_plan_of_2019_is_planned_or_not_in_plan(data_folder, reference, facts):
    order = tomllib.loads((data_folder / "city.toml").read_text("utf-8"))["order"]
    asked = {"indicator": "standardised_communities", "measure": "plan", "period_end": "2019-12-31"}
    planned = [row["place"] for row in facts if row["role"] == "observation" and asked.items() <= row.items()]
    outside = [row["place"] for row in reference["absences"] if asked.items() <= row.items()]
    assert sorted([*planned, *outside]) == sorted([*order, "xuchang"])


def test_seven_centres_have_a_floor_or_an_empty_one(reference):
    floors = [row for row in reference["standards"] if row["breakdown"].startswith("centre:")]
    assert len(floors) == 7
    assert {row["breakdown"] for row in floors if not row["observation"]} == {"centre:health", "centre:elder_daycare"}
