"""The entered numbers agree with themselves and name only what the reference tables describe."""

import csv
import re
from collections import Counter
from decimal import Decimal

import pytest

from etl.release.schema import COLUMNS, FACTS, KEY_COLUMNS, ROLES

PRINTED = 218
ROLES_OF_PRINTED = {"observation": 168, "repeat": 25, "incidental": 25}
LOCATOR = re.compile(r"char:\d+-\d+|p\.\d+")


def test_the_five_documents_hold_218_printed_numbers(published):
    assert len({row["source"] for row in published}) == 5
    assert len(published) == PRINTED
    assert Counter(row["role"] for row in published) == ROLES_OF_PRINTED


def test_every_file_has_the_columns_of_the_contract_and_unix_lines_without_bom(data_folder):
    for path in data_folder.glob("sources/*/facts.csv"):
        raw = path.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw, path
        assert next(csv.reader(raw.decode("utf-8").splitlines())) == list(FACTS.columns), path


def test_numbers_of_a_source_are_numbered_from_one(facts, sources):
    for name in sources:
        seqs = [int(row["seq"]) for row in facts if row["source"] == name]
        assert seqs == list(range(1, len(seqs) + 1)), name


@pytest.mark.parametrize("column", ["unit", "project", "indicator", "place", "breakdown", "conflict"])
def test_every_id_names_a_row_of_its_reference_table(facts, ids, column):
    known = ids[COLUMNS[column].key_of]
    assert [row for row in facts if row[column] and row[column] not in known] == []


def test_words_of_closed_lists_are_known(facts):
    for row in facts:
        assert row["qualifier"] in COLUMNS["qualifier"].choices, row
        assert row["measure"] in COLUMNS["measure"].choices, row
        assert row["role"] in ROLES, row
        assert LOCATOR.fullmatch(row["locator"]), row


def test_every_observation_says_of_what_where_and_when(facts):
    for row in facts:
        if row["role"] != "incidental":
            assert row["indicator"] and row["place"], row
            assert row["period_start"] or row["period_end"] or row["as_of"] or row["time_as_printed"], row


def test_a_number_in_passing_says_in_a_note_what_it_is_of(facts):
    assert [(row["source"], row["seq"]) for row in facts if row["role"] == "incidental" and not row["note"]] == []


def test_an_observation_is_entered_once(facts):
    names = [name for name in KEY_COLUMNS if name != "project"]
    keys = Counter(tuple(row[name] for name in names) for row in facts if row["role"] == "observation")
    assert [key for key, count in keys.items() if count > 1] == []


def test_the_unit_of_a_number_is_that_of_its_indicator(facts, reference):
    units = {row["indicator"]: row["unit"] for row in reference["indicators"]}
    assert [row for row in facts if row["indicator"] and row["unit"] != units[row["indicator"]]] == []


def test_a_repeat_says_the_same_as_what_it_repeats(facts):
    at = {(row["source"], row["seq"]): row for row in facts}
    same = ("value", "value_high", "unit", "qualifier", "indicator", "place", "breakdown", "measure")
    for row in facts:
        assert (row["role"] == "repeat") == bool(row["repeats"]), row
        if row["repeats"]:
            first = at[row["source"], row["repeats"]]
            assert first["role"] == "observation", row
            assert [row[name] for name in same] == [first[name] for name in same], row


def test_only_a_range_has_an_upper_end_and_it_is_above_the_lower(facts):
    for row in facts:
        assert (row["qualifier"] == "range") == bool(row["value_high"]), row
        assert not row["value_high"] or Decimal(row["value_high"]) > Decimal(row["value"]), row


def test_a_keyword_is_a_noun_phrase_and_no_sentence(facts):
    for row in facts:
        assert 0 < len(row["keyword"]) <= 16, row


def test_an_interpreted_number_says_why(facts):
    for row in facts:
        assert row["read_by"] == "numeral" or re.fullmatch(r"interpreted: \S.*", row["read_by"]), row


def test_the_two_scopes_of_the_365_programme_are_variants_tied_by_a_conflict(published):
    tied = [row for row in published if row["conflict"]]
    assert {row["conflict"] for row in tied} == {"minsheng365_scope"}
    assert Counter((row["variant"], row["value"]) for row in tied) == Counter(
        [("body", "12"), ("body", "1120"), ("box", "17"), ("box", "579")]
    )


def test_sources_never_seen_are_unverified_and_have_no_hash(facts, sources):
    for name, about in sources.items():
        assert about["verified"] == bool(re.fullmatch(r"[0-9a-f]{64}", about["sha256"])), name
        if not about["verified"]:
            mine = [row for row in facts if row["source"] == name]
            assert mine and {row["locator"] for row in mine} == {"p.1"}
            assert all(row["read_by"].startswith("interpreted: ") for row in mine)


def test_ages_of_people_stand_at_no_place_and_under_no_indicator(facts):
    for row in facts:
        if row["unit"] == "岁" and row["role"] == "incidental":
            assert not row["place"] and not row["indicator"], row
