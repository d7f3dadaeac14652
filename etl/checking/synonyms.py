"""Other words for the same, as the press uses them (藏书 for 图书): a small CSV of the language, with nothing about any city."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path


@cache
def synonyms() -> tuple[tuple[str, str], ...]:
    """Return (written, meant): where the first stands in a text, the second may be thought beside it."""
    with Path(__file__).with_name("synonyms.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["written"], row["meant"]) for row in csv.DictReader(file))
