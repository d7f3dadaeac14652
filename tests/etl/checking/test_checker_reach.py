"""The checker's reach over a sample of the corpus: what it must catch, what it must leave alone, and how long it may take."""

from __future__ import annotations

import time

import pytest

from bench.corpora.drafts.corpus import TRUE, shipped_drafts, unseen_drafts
from bench.corpora.drafts.scores import AS_OF, PAGE, STRANGER, check, folder_of, kind_scores, true_score
from etl.build import build
from etl.release.publish import current
from etl.release.tables import LAPTOP, open_release
from etl.verify import verify

MADE = {"shipped": (shipped_drafts, 17), "unseen": (unseen_drafts, 4)}
SEED = 11


@pytest.fixture(scope="module", params=MADE)
def city(request, tmp_path_factory):
    """One city's release as its owner and as a stranger see it, and a sample of drafts about it."""
    folder = folder_of(request.param, tmp_path_factory.mktemp("reach"))
    frames = build(folder).tables.frames
    make, each = MADE[request.param]
    seen, hidden = (
        open_release(who, AS_OF[request.param], current(folder), folder=folder) for who in (LAPTOP, STRANGER)
    )
    return seen, hidden, make(frames, SEED), each


@pytest.fixture(scope="module")
def checked(city):
    seen, _, drafts, each = city
    return [check(draft, verify, seen) for draft in drafts[::each]]


def test_nineteen_of_twenty_mistakes_are_caught(checked):
    kinds = kind_scores(checked).values()
    assert sum(one.drafts for one in kinds) >= 30
    assert sum(one.caught for one in kinds) >= 0.95 * sum(one.drafts for one in kinds)


def test_at_most_one_true_number_in_fifty_is_an_alarm(checked):
    true = true_score(checked)
    assert true.numbers >= 60
    assert true.alarms <= 0.02 * true.numbers


def test_at_most_one_true_number_in_twenty_is_left_uncovered(checked):
    true = true_score(checked)
    assert true.uncovered + true.unlisted <= 0.05 * true.numbers


def test_idioms_and_dates_are_not_listed(checked):
    assert not true_score(checked).beside


def test_embargoed_numbers_do_not_exist_for_a_stranger(city):
    seen, hidden, drafts, _ = city
    marked = [
        draft for draft in drafts if draft.kind == TRUE and any(gold.verdict == "embargoed" for gold in draft.golds)
    ]
    for draft in marked:
        told = [verdict for gold, verdict in check(draft, verify, hidden).told("true") if gold.verdict == "embargoed"]
        assert set(told) == {"uncovered"}, draft.text
        assert "embargoed" in [one.verdict for one in verify(seen, draft.text)], draft.text


def test_a_page_takes_less_than_a_second(city):
    seen, _, drafts, _ = city
    page = "\n\n".join(draft.text for draft in drafts if draft.kind == TRUE)[:PAGE]
    verify(seen, page)
    spent = []
    for _ in range(2):
        start = time.process_time()
        verify(seen, page)
        spent.append(time.process_time() - start)
    assert min(spent) < 1
