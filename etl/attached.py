"""Documents people attached: kept as bytes under attached/<sha256>, outside git and outside the tables.

Where the bytes are not the text itself (Word, PDF, another encoding), the text that was read from them lies beside them as UTF-8.

Another edition of a document (other bytes, the same numbers in the same order) may stand in for the one that was entered; then the
positions are found anew by reading order.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.invisible import INVISIBLE

EDITIONS = "editions.csv"
_CHAR = re.compile(r"char:(\d+)-(\d+)")
_SPACE = rf"[\s{''.join(sorted(INVISIBLE))}]*"


@dataclass(frozen=True)
class Document:
    """The text of a document and where its numbers stand: seq -> (start, end)."""

    text: str
    spans: Mapping[int, tuple[int, int]]


def attached_path(folder: Path, digest: str) -> Path:
    """Where the document with this SHA-256 is kept."""
    return folder / "attached" / digest


def text_path(folder: Path, digest: str) -> Path:
    """Where the text of that document lies when its bytes are something else."""
    return folder / "attached" / f"{digest}.txt"


def attached_text(folder: Path, digest: str) -> str | None:
    """The text of the document with this SHA-256, character for character; None when it is not here."""
    for path in (text_path(folder, digest), attached_path(folder, digest)) if digest else ():
        try:
            return path.read_bytes().decode("utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            continue
    return None


def editions(folder: Path) -> dict[str, str]:
    """Source -> SHA-256 of the edition that stands in for its document."""
    path = folder / "attached" / EDITIONS
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["source"]: row["sha256"] for row in csv.DictReader(file)}


def read_document(folder: Path, digest: str, source: str, numbers: Sequence[tuple[int, str, str]]) -> Document | None:
    """The attached document of ``source``, or its accepted edition; None when neither is there. ``numbers`` are its numbers in
    reading order: seq, as printed, locator."""
    if (exact := attached_text(folder, digest)) is not None:
        seqs, locators = [seq for seq, _, _ in numbers], [locator for _, _, locator in numbers]
        return Document(exact, dict(printed_spans(seqs, locators)))
    text = attached_text(folder, editions(folder).get(source, ""))
    return text if text is None else Document(text, located(text, [(seq, printed) for seq, printed, _ in numbers]))


def printed_spans(seqs: Sequence[int], locators: Sequence[str]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The spans that ``char:start-end`` locators give; other locators give none."""
    for seq, locator in zip(seqs, locators, strict=True):
        if match := _CHAR.fullmatch(locator):
            yield int(seq), (int(match[1]), int(match[2]))


def located(text: str, numbers: Sequence[tuple[int, str]]) -> dict[int, tuple[int, int]]:
    """Where ``numbers`` (seq, as printed) stand in ``text``, each after the one before; white space inside is ignored. A number
    that begins or ends with a digit is not found inside a longer one. Those that are not found are left out."""
    found: dict[int, tuple[int, int]] = {}
    after = 0
    for seq, as_printed in numbers:
        letters = [re.escape(letter) for letter in as_printed if not letter.isspace()]
        before = r"(?<![\d.])" if as_printed[:1].isdigit() else ""
        behind = r"(?![\d.])" if as_printed[-1:].isdigit() else ""
        if match := re.compile(before + _SPACE.join(letters) + behind).search(text, after):
            found[seq] = match.span()
            after = match.start() + 1
    return found
