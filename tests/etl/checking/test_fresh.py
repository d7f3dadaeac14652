"""The fresh drafts are what their README says; what they score is printed by ``bench/fresh.py``."""

import pytest

from bench.corpora.fresh_drafts import Draft, drafts, mutated, unmarked

ALL = drafts()
MUTATED = [one for one in ALL if one.kind not in ("true", "idioms")]


def test_there_are_enough_of_each_kind() -> None:
    assert sum(one.kind == "true" for one in ALL) >= 80
    assert len(MUTATED) >= 160
    assert len({one.kind for one in MUTATED}) >= 14


def test_marks_stand_where_their_number_is_printed() -> None:
    assert all(one.text[mark.start : mark.end] == mark.printed for one in ALL for mark in one.marks)


def test_a_mutation_changes_its_draft_and_names_its_culprit() -> None:
    true = {one.name: one.text for one in ALL}
    assert all(one.text != true[one.name.partition(".")[0]] and one.marks for one in MUTATED)


def test_a_mutation_of_words_that_do_not_stand_once_is_refused() -> None:
    text, marks = unmarked("甲区{4个}，乙区{4个}。")
    draft = Draft("T99", "true", ALL[0].written_on, text, marks)
    for line in ("digit | 4个 => {5个}", "digit | 6个 => {5个}", "swapped_district | 甲区 => 丙区"):
        with pytest.raises(ValueError, match="T99"):
            mutated(draft, 1, line)
