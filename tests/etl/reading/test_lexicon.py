"""The words of the language beside the code."""

import csv
import re
from pathlib import Path

import pytest

import etl.reading
from etl.reading.lexicon import any_of, unit_words, words

FOLDER = Path(next(iter(etl.reading.__path__)))


@pytest.mark.parametrize("name", ["units.csv", "words.csv"])
def test_no_word_is_written_twice(name: str) -> None:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        keys = [(row.get("kind") if name == "words.csv" else "", row["word"]) for row in csv.DictReader(file)]
    assert len(keys) == len(set(keys))


def test_every_class_of_words_is_used() -> None:
    with (FOLDER / "words.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["kind"] for row in csv.DictReader(file)}
    modules = [*FOLDER.glob("*.py"), *(FOLDER.parent / "checking").glob("*.py")]
    code = "".join(path.read_text(encoding="utf-8") for path in modules)
    assert kinds == {kind for kind in kinds if re.search(f"\\(['\"]{kind}['\"]\\)", code)}


def test_a_class_without_words_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="no word of class"):
        words("nonsense")


def test_the_longest_word_is_found_first() -> None:
    match = re.match(any_of(unit_words()), "个百分点")
    assert match
    assert match.group() == "个百分点"
