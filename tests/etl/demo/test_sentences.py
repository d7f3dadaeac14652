"""The sentences of the made-up city pass the draft checker: each that somebody wrote, and one in general words of each shape.

``python bench/words.py FOLDER`` checks them all, which takes minutes; what tells two general sentences of one shape apart is a number,
a place or a month, and the checker's own corpus varies those.
"""

import pytest

from etl.reading.draft import verify_draft
from etl.verify import knowledge_of
from pages.queries.quotable_numbers import quotable_numbers
from pages.wording.sentences import sentences

TOGETHER = 20
SHAPE = ("template", "indicator", "measure", "dimension", "kind_of_place")


@pytest.fixture(scope="module")
def rows(release):
    kinds = dict(zip(*(release.table("places")[name] for name in ("place", "kind")), strict=True))
    every = quotable_numbers(release)
    return every.assign(
        dimension=[each.partition(":")[0] for each in every["breakdown"]],
        kind_of_place=[kinds.get(each, "") for each in every["place"]],
    )


@pytest.fixture(scope="module")
def said(rows):
    own = rows[~rows["sentence"].str.contains(":")]
    general = rows[rows["sentence"].str.contains(":") & (rows["kind"] != "absence")].drop_duplicates(list(SHAPE))
    return sentences(own) + sentences(general)


def test_every_sentence_passes_the_checker(said, release):
    knowledge = knowledge_of(release)
    wrong = []
    for first in range(0, len(said), TOGETHER):
        text = "\n\n".join(one.text for one in said[first : first + TOGETHER] if not one.is_conflict)
        wrong += [text[one.start - 40 : one.end] for one in verify_draft(text, knowledge) if not one.verdict.passes]
    assert len(said) > 60
    assert not wrong


def test_a_conflict_is_told_with_both_versions_and_nothing_else(said, release):
    (conflict,) = [one for one in said if one.is_conflict]
    found = [finding.verdict for finding in verify_draft(conflict.text, knowledge_of(release))]
    assert found == ["conflict"] * 4


def test_the_embargoed_number_has_no_sentence(rows, release):
    late = release.table("observations").query("release_at.notna()")
    assert len(late)
    assert not set(late["observation_id"]) & set(rows["number_id"])
