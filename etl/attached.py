"""Documents people attached: kept as bytes under attached/<sha256>, outside git and outside the tables.

Another edition of a document (other bytes, the same numbers in the same order) may stand in for the one that was entered; then the
positions are found anew by reading order.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

EDITIONS = "editions.csv"
_CHAR = re.compile(r"char:(\d+)-(\d+)")
_SPACE = r"\s*"


@dataclass(frozen=True)
class Document:
    """The text of a document and where its numbers stand: seq -> (start, end)."""

    text: str
    spans: Mapping[int, tuple[int, int]]


def attached_path(folder: Path, digest: str) -> Path:
    """Where the document with this SHA-256 is kept."""
    return folder / "attached" / digest


def editions(folder: Path) -> dict[str, str]:
    """Source -> SHA-256 of the edition that stands in for its document."""
    path = folder / "attached" / EDITIONS
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["source"]: row["sha256"] for row in csv.DictReader(file)}


def read_document(folder: Path, digest: str, source: str, figures: pd.DataFrame) -> Document | None:
    """The attached document of ``source``, or its accepted edition; None when neither is there."""
    exact = attached_path(folder, digest)
    if digest and exact.is_file():
        return Document(exact.read_text("utf-8"), dict(printed_spans(list(figures["seq"]), list(figures["locator"]))))
    other = editions(folder).get(source)
    if other and attached_path(folder, other).is_file():
        text = attached_path(folder, other).read_text("utf-8")
        return Document(text, located(text, list(figures[["seq", "as_printed"]].itertuples(index=False, name=None))))
    return None


def printed_spans(seqs: Sequence[int], locators: Sequence[str]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The spans that ``char:start-end`` locators give; other locators give none."""
    for seq, locator in zip(seqs, locators, strict=True):
        if match := _CHAR.fullmatch(locator):
            yield int(seq), (int(match[1]), int(match[2]))


def located(text: str, numbers: Sequence[tuple[int, str]]) -> dict[int, tuple[int, int]]:
    """Where ``numbers`` (seq, as printed) stand in ``text``, each after the one before; white space inside is ignored.

    A number that begins or ends with a digit is not found inside a longer one. Those that are not found are left out.
    """
    found: dict[int, tuple[int, int]] = {}
    after = 0
    for seq, as_printed in numbers:
        match = _pattern(as_printed).search(text, after)
        if match:
            found[seq] = match.span()
            after = match.start() + 1
    return found


def _pattern(as_printed: str) -> re.Pattern[str]:
    letters = [re.escape(letter) for letter in as_printed if not letter.isspace()]
    before = r"(?<![\d.])" if as_printed[:1].isdigit() else ""
    behind = r"(?![\d.])" if as_printed[-1:].isdigit() else ""
    return re.compile(before + _SPACE.join(letters) + behind)
