"""The press drafts: what is expected of each number stands beside them, at the right place, resting on the right observation."""

import json

import pytest

WORDS = {"match", "mismatch", "other_definition", "qualifier_lost", "conflict", "uncovered"}


@pytest.fixture(scope="module")
def expected(demo):
    return json.loads((demo / "expected" / "drafts.json").read_text("utf-8"))


def test_every_draft_is_described_number_by_number(demo, expected):
    for name, numbers in expected.items():
        text = (demo / "drafts" / name).read_text("utf-8")
        assert numbers
        assert all(text[number["start"] : number["end"]] == number["as_printed"] for number in numbers)


def test_one_draft_is_right_and_one_is_not(expected):
    verdicts = {name: {number["verdict"] for number in numbers} for name, numbers in expected.items()}
    right = [name for name, found in verdicts.items() if found == {"match"}]
    assert len(right) == 1
    assert set().union(*verdicts.values()) == WORDS


def test_a_right_number_rests_on_an_observation_that_prints_it(release, expected):
    printed = release.table("observations").set_index("observation_id")["as_printed"]
    for numbers in expected.values():
        for number in numbers:
            if number["verdict"] == "match":
                assert printed[number["observation"]] == number["as_printed"]
