"""Every sentence of the shipped city passes the draft checker; one that loses its qualifier or tells a plan as done does not."""

import pytest

from etl.checking.draft import check_draft
from etl.verify import published_data_of
from pages.queries.quotable_numbers import quotable_numbers
from pages.wording.sentences import sentences

APART = "\n\n"
TOGETHER = 20
"""So many sentences make one draft, a paragraph each: a paragraph is read on its own, and one reading costs less than twenty."""


def verdicts(said, knowledge):
    """Sentence -> the verdicts on its numbers."""
    found = {one.sentence: [] for one in said}
    for first in range(0, len(said), TOGETHER):
        part = said[first : first + TOGETHER]
        starts, at = [], 0
        for one in part:
            starts.append(at)
            at += len(one.text) + len(APART)
        for finding in check_draft(APART.join(one.text for one in part), knowledge):
            index = max(i for i, start in enumerate(starts) if start <= finding.start)
            found[part[index].sentence].append(finding.verdict)
    return found


@pytest.fixture(scope="module")
def release(xuchang, release_of):
    return release_of(xuchang)


@pytest.fixture(scope="module")
def knowledge(release):
    return published_data_of(release)


@pytest.fixture(scope="module")
def said(release):
    return sentences(quotable_numbers(release))


@pytest.fixture(scope="module")
def found(said, knowledge):
    return verdicts(said, knowledge)


def test_every_sentence_passes_the_checker(said, found):
    told = [one for one in said if one.number_ids and not one.is_conflict]
    assert len(told) > 100
    assert not {
        one.text: found[one.sentence] for one in told if not all(verdict.passes for verdict in found[one.sentence])
    }


def test_every_number_of_a_sentence_is_checked_but_for_ranks(said, found, release):
    ranks = set(release.table("observations").query("unit == 'ordinal'")["observation_id"])
    unseen = [one for one in said if one.number_ids and not found[one.sentence]]
    assert [one.text for one in unseen if not set(one.number_ids) <= ranks] == []


def test_a_conflict_is_told_with_both_versions_and_nothing_else(said, found, release):
    conflicts = [one for one in said if one.is_conflict]
    tied = set(release.table("observations").query("conflict != ''")["observation_id"])
    assert {each for one in conflicts for each in one.number_ids} == tied
    assert [found[one.sentence] for one in conflicts] == [["conflict"] * len(one.number_ids) for one in conflicts]


def test_an_absence_names_no_number(said, found):
    absent = [one for one in said if one.kind == "absence"]
    assert len(absent) > 50
    assert not {one.text: found[one.sentence] for one in absent if found[one.sentence]}


def test_every_checked_number_of_the_city_is_said_or_told_not_to_be(said, release):
    observed = release.table("observations").query("verified")
    never = set(observed.query("indicator == 'standard_components'")["observation_id"])
    former = set(observed[observed["time_as_printed"] == "以前"]["observation_id"])
    assert len(former) == 1
    assert {each for one in said for each in one.number_ids} >= set(observed["observation_id"]) - never - former


def test_a_sentence_that_loses_its_qualifier_fails(said, knowledge):
    bounded = [one for one in said if "超过" in one.text and one.kind == "fact"]
    assert len(bounded) > 5
    for one in bounded:
        after = check_draft(one.text.replace("超过", "达"), knowledge)
        assert not all(finding.verdict.passes for finding in after), one.text


def test_a_plan_told_as_done_fails(said, knowledge):
    (plan,) = [one for one in said if one.sentence == "plan"]
    done = plan.text.replace("计划再建设", "建成")
    assert done != plan.text
    assert not any(finding.verdict.passes for finding in check_draft(done, knowledge))
