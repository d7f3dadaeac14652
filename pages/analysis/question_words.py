"""Words of a question and what each asks for: a small CSV of the language, with nothing about any city.

``question_words.csv`` has one row per word: its ``class`` and what it ``means``. Classes: ``skip`` asks for nothing; ``number``
for a number; ``unit``, ``measure``, ``ratio`` and ``rank`` for a number in one of these units, of this measure, of this kind of
indicator; ``parts`` for the parts of a whole, ``most`` and ``least`` for the largest and smallest of them; ``about`` for what
stands under one of these properties or breakdowns; ``home`` for the city itself; ``year`` for the newest published year or so many before it; ``same`` is another word for ``means``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.checking.synonyms import synonyms
from etl.reading.lexicon import any_of, unit_words
from pages.analysis.search_index import plain

SKIP, HOME, SAME, YEARS_AGO = "skip", "home", "same", "year"
PARTS = ("parts", "most", "least")
ANY_THING = ("", "个")
"""Units that any countable thing is asked in."""


@dataclass(frozen=True)
class QuestionWord:
    """One word of a question, its class, and what it means."""

    word: str
    asks: str
    means: tuple[str, ...] = ()


@cache
def question_words() -> Mapping[str, QuestionWord]:
    """Plain word -> what it asks for."""
    return {
        plain(row["word"]): QuestionWord(plain(row["word"]), row["class"], tuple(filter(None, row["means"].split("|"))))
        for row in _rows()
        if row["class"] != SAME
    }


@cache
def same_words() -> Mapping[str, tuple[str, ...]]:
    """Plain word -> other words for the same, from the table and from those the press uses."""
    found: dict[str, dict[str, None]] = {}
    for word, means in (*((row["word"], row["means"]) for row in _rows() if row["class"] == SAME), *synonyms()):
        found.setdefault(plain(word), {})[plain(means)] = None
    return {word: tuple(means) for word, means in found.items()}


def asked_amounts(text: str) -> Iterator[tuple[int, int, QuestionWord]]:
    """Each 多少座, 几张, 多少村, 那座 ... of plain ``text``: start, end, and what it asks for.

    That is a number, in its unit unless that is any thing's; where no unit follows a number ``of`` what the one character names; words
    that point (那座, 这个, 每户) ask for nothing.
    """
    how_many, units = r"(?:有|是|共)?(?:多少|几)", any_of(unit_words())
    for match in re.finditer(rf"{how_many}({units})", text):
        unit = unit_words()[match[1]].unit
        yield *match.span(), QuestionWord(match[0], *(("number",) if unit in ANY_THING else ("unit", (unit,))))
    for match in re.finditer(rf"{how_many}([\u4e00-\u9fff])", text):
        yield *match.span(), QuestionWord(match[0], "of", (match[1],))
    for match in re.finditer(rf"[那这每各某哪]{units}", text):
        if match[0] not in question_words():
            yield *match.span(), QuestionWord(match[0], SKIP)


def _rows() -> list[dict[str, str]]:
    with Path(__file__).with_name("question_words.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
