"""Takes a document from whoever has it, proves that it is the one whose numbers were entered, and keeps it out of git."""

import csv
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from etl.attached import EDITIONS, attached_path, editions, located, printed_spans, text_path
from etl.desk.staged import source_named
from etl.errors import Where, refused
from etl.invisible import as_seen
from etl.readers.document import DocumentText, read_file
from etl.rows import Observation


@dataclass(frozen=True)
class Attached:
    """How many of a source's numbers were found in the document, and which were not."""

    found: int
    total: int
    missing: tuple[str, ...]
    digest: str


def attach(folder: Path, source: str, file: Path, *, edition: bool = False) -> Attached:
    """Keeps ``file`` as the document of ``source``.

    Its SHA-256 must be the one in source.toml; with ``edition`` other bytes are accepted when every number stands in them in
    reading order. Raises Refused otherwise, and then keeps nothing.
    """
    about = source_named(folder, source)
    raw, read = read_file(file)
    digest = hashlib.sha256(raw).hexdigest()
    expected = about.about.sha256
    if digest != expected and not edition:
        what, remedy = "不是登记的那份文件（SHA-256 不符）", "若是同一文件的另一版本，请加 --edition，逐数核对后接受"
        raise refused("E-401", Where(file.name), what, digest, expected or "(来源没有登记 SHA-256)", remedy)
    text = read.text
    facts = sorted(about.facts, key=lambda row: row.seq)
    spans = (
        _verified_spans(text, facts) | _verified_cells(read, facts)
        if digest == expected
        else located(text, [(row.seq, row.as_printed) for row in facts])
    )
    missing = tuple(f"第{row.seq}个数{row.as_printed}" for row in facts if row.seq not in spans)
    result = Attached(len(facts) - len(missing), len(facts), missing, digest)
    if missing:
        what = f"只找到 {result.found} of {result.total}"
        raise refused("E-402", Where(file.name), what, "、".join(missing[:8]), "每个数都按次序出现")
    keep(folder, raw, text)
    if digest != expected:
        rows = sorted((editions(folder) | {source: digest}).items())
        with (folder / "attached" / EDITIONS).open("w", encoding="utf-8", newline="") as kept:
            csv.writer(kept, lineterminator="\n").writerows([("source", "sha256"), *rows])
    return result


def _verified_spans(text: str, facts: list[Observation]) -> dict[int, tuple[int, int]]:
    """The spans of the locators whose text, white space left out, is the number as printed."""
    spans = dict(printed_spans([row.seq for row in facts], [row.locator for row in facts]))
    printed = {row.seq: "".join(row.as_printed.split()) for row in facts}
    return {
        seq: (start, end)
        for seq, (start, end) in spans.items()
        if "".join(as_seen(text[start:end]).split()) == printed[seq]
    }


def _verified_cells(read: DocumentText, facts: list[Observation]) -> dict[int, tuple[int, int]]:
    """The spans of a workbook's cells that show the number of the fact whose locator names them: 8 for 8个."""
    cells = {cell: (start, end) for start, end, cell in read.cells}
    at_cell = [(row.seq, "".join(row.as_printed.split()), cells[row.locator]) for row in facts if row.locator in cells]
    return {
        seq: (start, end)
        for seq, printed, (start, end) in at_cell
        if _is_number_of("".join(read.text[start:end].split()), printed)
    }


def _is_number_of(shown: str, printed: str) -> bool:
    """Whether a cell shows a number as printed, or its digits without the unit that the header tells."""
    if located(shown, [(0, printed)]):
        return True
    unit = printed.removeprefix(shown)
    return unit != printed and not unit.startswith(tuple("0123456789.,"))


def keep(folder: Path, raw: bytes, text: str) -> str:
    """Keeps a document's bytes, and the text read from them where they are not that text; returns their SHA-256."""
    digest = hashlib.sha256(raw).hexdigest()
    _write(attached_path(folder, digest), raw)
    if text.encode("utf-8") != raw:
        _write(text_path(folder, digest), text.encode("utf-8"))
    return digest


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)
