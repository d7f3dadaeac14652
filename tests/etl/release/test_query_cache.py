"""What is asked once is answered from memory, apart by release, reader, day and parameters, as an object nobody can change."""

from __future__ import annotations

import ast
import contextlib
import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from etl.build import build
from etl.release import query_cache
from etl.release.query_cache import FrozenFrame, cached_query, frozen
from etl.release.tables import LAPTOP, Release, Who, open_release
from tests.etl.conftest import CityFolder

ROOT = Path(__file__).resolve().parents[3]
MORNING = dt.datetime(2026, 1, 1, 9, 0, 20)
PUBLIC = Who("visitor")


@pytest.fixture(scope="module")
def folder(made_once):
    return made_once("asked", lambda folder: build(CityFolder(folder).write()))


@pytest.fixture
def asked(folder):
    """A query that counts how often it is computed, and the release it is asked of."""
    times: list[tuple[object, ...]] = []

    @cached_query
    def rows(release: Release, *words: object, lang: str = "zh") -> pd.DataFrame:
        times.append((release.moment, words, lang))
        return pd.DataFrame({"word": [lang, *map(str, words)]})

    query_cache.forget()
    return rows, times, open_release(LAPTOP, MORNING, folder=folder)


def test_the_same_question_is_computed_once_also_for_a_release_opened_again(asked, folder):
    rows, times, release = asked
    rows(release, "a")
    rows(open_release(LAPTOP, MORNING + dt.timedelta(hours=5), folder=folder), "a")
    assert len(times) == 1


@pytest.mark.parametrize("other", [{"lang": "en"}, {"word": "b"}, {"word": ["a", "b"]}, {"word": {"a": "b"}}])
def test_parameters_and_language_are_kept_apart(asked, other):
    rows, times, release = asked
    rows(release, "a")
    rows(release, other.get("word", "a"), lang=other.get("lang", "zh"))
    assert len(times) == 2


def test_readers_with_other_rights_are_kept_apart(asked, folder):
    rows, times, release = asked
    rows(release)
    rows(open_release(PUBLIC, MORNING, folder=folder))
    assert len(times) == 2


def test_a_reader_is_answered_anew_on_another_day_and_not_on_the_same(asked, folder):
    rows, times, _ = asked
    for hours in (0, 14, 15):
        rows(open_release(PUBLIC, MORNING + dt.timedelta(hours=hours), folder=folder))
    assert [moment.day for moment, *_ in times] == [1, 2]


def test_two_releases_with_the_same_tables_in_other_folders_are_kept_apart(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    one, other = (open_release(LAPTOP, MORNING, folder=each) for each in (folder, copy))
    assert one.id == other.id
    assert one.scope != other.scope


def test_the_answer_nobody_asked_for_longest_is_forgotten_first(asked, monkeypatch):
    rows, times, release = asked
    monkeypatch.setattr(query_cache, "MOST", 2)
    for word in ("a", "b", "a", "c", "a", "b"):
        rows(release, word)
    assert [words for _, words, _ in times] == [("a",), ("b",), ("c",), ("b",)]


def test_a_large_answer_takes_the_room_of_many_small_ones(asked, monkeypatch):
    rows, times, release = asked
    monkeypatch.setattr(query_cache, "MOST", 4)
    monkeypatch.setattr(query_cache, "UNIT", 10)
    for words in (["a"], ["b"], range(30), ["b"], ["a"]):
        rows(release, *words)
    assert [len(words) for _, words, _ in times] == [1, 1, 30, 1, 1]


def test_what_answers_weigh_together_is_what_those_still_kept_weigh(asked, monkeypatch):
    rows, _, release = asked
    monkeypatch.setattr(query_cache, "MOST", 6)
    monkeypatch.setattr(query_cache, "UNIT", 10)
    for words in (["a"], ["b"], range(20), ["c"], range(30), ["a"], ["b"]):
        rows(release, *words)
    kept = query_cache._answers
    question = next(iter(kept.entries))
    kept.keep(question, pd.DataFrame({"word": ["as another thread computed it"] * 20}))
    assert kept.weight == sum(weight for _, weight in kept.entries.values()) <= 6
    query_cache.forget()
    assert (kept.weight, len(kept.entries)) == (0, 0)


def put(table: pd.DataFrame, indexer: str, *, at: object) -> None:
    getattr(table, indexer)[at] = 9


CHANGES = {
    "a column": lambda table: table.__setitem__("new", 1),
    "a column deleted": lambda table: table.__delitem__("word"),
    "a column taken out": lambda table: table.pop("word"),
    "a column inserted": lambda table: table.insert(0, "new", 1),
    "a cell by label": lambda table: put(table, "loc", at=(0, "number")),
    "a cell by place": lambda table: put(table, "iloc", at=(0, 1)),
    "one cell": lambda table: put(table, "at", at=(0, "number")),
    "a row": lambda table: put(table, "loc", at=7),
    "a cell of a column": lambda table: put(table["number"], "iloc", at=0),
    "names": lambda table: setattr(table, "columns", ["a", "b"]),
    "cells in place": lambda table: table.mask(table["number"] > 1, 0, inplace=True),
    "order in place": lambda table: table.sort_values("number", ascending=False, inplace=True),
    "rows from elsewhere": lambda table: table.update(pd.DataFrame({"number": [9, 9]})),
    "numpy's view": lambda table: np.put(table["number"].to_numpy(), 0, 9),
    "the index": lambda table: setattr(table.index, "name", "changed"),
    "notes": lambda table: table.attrs.update(changed=True),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("change", CHANGES)
def test_a_shared_table_stays_as_it_is_whatever_is_tried(change):
    table = frozen(pd.DataFrame({"word": ["x", "y"], "number": [1, 2]}), "question")
    with contextlib.suppress(TypeError, ValueError):
        CHANGES[change](table)
    assert table.to_dict("list") == {"word": ["x", "y"], "number": [1, 2]}
    assert list(table.columns) == ["word", "number"]
    assert (table.index.name, table.attrs) == (None, {})


def test_what_is_made_from_a_shared_table_is_an_ordinary_one():
    table = frozen(pd.DataFrame({"number": [1, 2]}), "question")
    for made in (
        table.copy(),
        table[table["number"] > 1],
        table.assign(new=1),
        table.head(1),
        pd.concat([table, table]),
    ):
        assert type(made) is pd.DataFrame
        made["own"] = 1
    assert list(table.columns) == ["number"]


@dataclass(frozen=True)
class Answer:
    rows: pd.DataFrame
    words: list[str]


def test_everything_inside_an_answer_is_immutable_too():
    made = frozen({"one": [{"deep": {1, 2}}], "all": Answer(pd.DataFrame({"a": [1]}), ["x"])}, "question")
    with pytest.raises(TypeError):
        made["new"] = 1
    assert made["one"] == ({"deep": frozenset({1, 2})},)
    with pytest.raises(TypeError):
        made["one"][0]["deep"] = 3
    assert type(made["all"].rows) is FrozenFrame
    assert made["all"].words == ("x",)


def test_an_answer_that_could_be_changed_is_refused():
    with pytest.raises(TypeError, match="bytearray"):
        frozen({"one": bytearray(b"x")}, "question")


def test_every_query_says_that_its_answer_is_immutable():
    mutable = ("dict[", "list[", "set[", "Figure")
    found = [
        f"{path.name}: {function.name} -> {told}"
        for path in [*ROOT.glob("etl/**/*.py"), *ROOT.glob("pages/**/*.py")]
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef) and "cached_query" in map(ast.unparse, function.decorator_list)
        for told in [ast.unparse(function.returns or ast.Constant(None)).replace("frozenset[", "")]
        if any(word in told for word in mutable)
    ]
    assert not found


@dataclass(frozen=True)
class Plain:
    words: tuple[str, ...]
    at: dt.date | None = None


@dataclass(frozen=True)
class Listed:
    words: tuple[list[str], ...]


@dataclass
class Loose:
    word: str


def test_an_object_whose_types_say_that_nothing_of_it_can_change_is_kept_as_it_is():
    plain = Plain(("a",))
    assert frozen((plain,), "q")[0] is plain
    listed = Listed((["a"],))
    assert frozen((listed,), "q")[0] == Listed((("a",),))


def test_an_object_that_could_be_changed_is_refused():
    with pytest.raises(TypeError, match="Loose"):
        frozen((Loose("a"),), "q")
