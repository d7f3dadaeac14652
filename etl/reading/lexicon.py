"""Words of the language: units, qualifiers, links - and nothing about any city.

Two small CSV files beside this module hold them, so that a word is added without touching a rule:

- ``units.csv``: grain one written unit or classifier; ``unit`` is what it is called in tables (平米 -> m2, 名 -> 人),
  ``factor`` turns a value written in it into one of ``unit`` (刻钟 -> 15 分钟), ``kind`` is what it measures, ``strong`` is no
  for words that are mostly something else (面, 点, 口).
- ``words.csv``: grain one word of one word class (``kind``), with what it ``means``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class UnitWord:
    """One written unit: ``word`` as printed, ``unit`` and ``factor`` as tables keep it."""

    word: str
    unit: str
    factor: Decimal
    kind: str
    strong: bool


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def unit_words() -> dict[str, UnitWord]:
    """Return every written unit by its word."""
    return {
        row["word"]: UnitWord(row["word"], row["unit"], Decimal(row["factor"]), row["kind"], row["strong"] == "yes")
        for row in _rows("units.csv")
    }


@cache
def words(kind: str) -> dict[str, str]:
    """Return the words of one class and what each means; raises ``KeyError`` for a class that has no word."""
    found = {row["word"]: row["means"] for row in _rows("words.csv") if row["kind"] == kind}
    if not found:
        raise KeyError(f"no word of class {kind!r}")
    return found


def any_of(choices: Iterable[str]) -> str:
    """Return a regular expression (a group) for any of ``choices``, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(choices, key=lambda word: (-len(word), word))) + ")"
