"""What is asked once is answered from memory, apart by release, reader, moment and parameters."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from etl.release.tables import LAPTOP, Release, Who, open_release
from pages.queries import once
from pages.queries.once import answered, asked_once, question, scope

MORNING = dt.datetime(2026, 1, 1, 9, 0, 20)
PUBLIC = Who("visitor")


@pytest.fixture
def asked(tiny):
    """A query that counts how often it is computed, and the release it is asked of."""
    times: list[tuple[object, ...]] = []

    @asked_once
    def rows(release: Release, *words: object, lang: str = "zh") -> pd.DataFrame:
        times.append((release.moment, words, lang))
        return pd.DataFrame({"word": [lang, *map(str, words)]})

    once._ANSWERS.clear()
    return rows, times, open_release(LAPTOP, MORNING, folder=tiny)


def test_the_same_question_is_computed_once_also_for_a_release_opened_again(asked, tiny):
    rows, times, release = asked
    rows(release, "a")
    rows(open_release(LAPTOP, MORNING + dt.timedelta(hours=5), folder=tiny), "a")
    assert len(times) == 1


@pytest.mark.parametrize("other", [{"lang": "en"}, {"word": "b"}, {"word": ["a", "b"]}, {"word": {"a": "b"}}])
def test_parameters_and_language_are_kept_apart(asked, other):
    rows, times, release = asked
    rows(release, "a")
    rows(release, other.get("word", "a"), lang=other.get("lang", "zh"))
    assert len(times) == 2


def test_readers_with_other_rights_are_kept_apart(asked, tiny):
    rows, times, release = asked
    rows(release)
    rows(open_release(PUBLIC, MORNING, folder=tiny))
    assert len(times) == 2


def test_a_reader_is_answered_anew_on_another_day_and_not_on_the_same(asked, tiny):
    rows, times, _ = asked
    for hours in (0, 14, 15):
        rows(open_release(PUBLIC, MORNING + dt.timedelta(hours=hours), folder=tiny))
    assert [moment.day for moment, *_ in times] == [1, 2]


def test_what_a_caller_does_to_its_answer_reaches_nobody_else(asked):
    rows, _, release = asked
    mine = rows(release, "a")
    mine["word"] = "changed"
    mine.loc[len(mine)] = "more"
    assert list(rows(release, "a")["word"]) == ["zh", "a"]


def test_the_answer_nobody_asked_for_longest_is_forgotten_first(asked, monkeypatch):
    rows, times, release = asked
    monkeypatch.setattr(once, "ANSWERS", 2)
    for word in ("a", "b", "a", "c", "a", "b"):
        rows(release, word)
    assert [words for _, words, _ in times] == [("a",), ("b",), ("c",), ("b",)]


def test_two_releases_with_the_same_tables_in_other_folders_are_kept_apart(tiny, copied):
    one, other = (open_release(LAPTOP, MORNING, folder=folder) for folder in (tiny, copied))
    assert one.id == other.id
    assert scope(one) != scope(other)
    assert question(answered, one) != question(answered, other)


@pytest.fixture
def copied(tiny, tmp_path):
    import shutil

    return shutil.copytree(tiny, tmp_path / "copy")
