"""The sentences of the made-up city pass the draft checker: each that somebody wrote, and one in general words of each shape.

``python bench/words.py FOLDER`` checks them all, which takes minutes; what tells two general sentences of one shape apart is a number,
a place or a month, and the checker's own corpus varies those.
"""

import pytest

from etl.checking.draft import check_draft
from etl.verify import published_data_of
from pages.queries.quotable_numbers import quotable_numbers
from pages.wording.sentences import sentences

TOGETHER = 20


@pytest.fixture(scope="module")
def quotable(release):
    return quotable_numbers(release)


@pytest.fixture(scope="module")
def said(quotable, release):
    """The sentences that somebody wrote, and of the general ones about numbers one of each shape."""
    kinds = dict(zip(*(release.table("places")[name] for name in ("place", "kind")), strict=True))
    general = {}
    for each in quotable:
        if each.is_general and each.numbers:
            first = each.numbers[0]
            shape = (
                each.template,
                first.indicator,
                first.measure,
                first.breakdown.partition(":")[0],
                kinds[first.place],
            )
            general.setdefault(shape, each)
    return sentences([*(each for each in quotable if not each.is_general), *general.values()])


def test_every_sentence_passes_the_checker(said, release):
    knowledge = published_data_of(release)
    wrong = []
    for first in range(0, len(said), TOGETHER):
        text = "\n\n".join(one.text for one in said[first : first + TOGETHER] if not one.is_conflict)
        wrong += [text[one.start - 40 : one.end] for one in check_draft(text, knowledge) if not one.verdict.passes]
    assert len(said) > 60
    assert not wrong


def test_a_conflict_is_told_with_both_versions_and_nothing_else(said, release):
    (conflict,) = [one for one in said if one.is_conflict]
    found = [finding.verdict for finding in check_draft(conflict.text, published_data_of(release))]
    assert found == ["conflict"] * 4


def test_the_embargoed_number_has_no_sentence(quotable, release):
    late = release.table("observations").query("release_at.notna()")
    assert len(late)
    assert not set(late["observation_id"]) & {number for each in quotable for number in each.number_ids}
