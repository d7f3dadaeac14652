"""A checked draft as a Word file: the text as it was, each number with a comment in the margin that says what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.reports.kit import office_bytes, set_font
from pages.wording.literal import without_controls

AUTHOR = "稿件核数"
FONT = "仿宋"
_WASH = {"red": "C8102E", "gray": "5B6675", "blue": "1F4E8C"}


@dataclass(frozen=True)
class Remark:
    """What is said of ``text[start:end]``; ``colour`` red, gray or blue."""

    start: int
    end: int
    text: str
    colour: str


def checked_draft_docx(text: str, remarks: Sequence[Remark], about: Sequence[str]) -> bytes:
    """The draft as .docx: ``about`` in the head of its pages, its own lines as paragraphs, one real comment per remark.

    Numbers are coloured by their verdict; the text itself is not changed by a character.
    """
    from docx import Document  # noqa: PLC0415 - only when somebody takes the file away
    from docx.shared import Pt  # noqa: PLC0415

    document = Document()
    set_font(document.styles["Normal"], FONT, 14)
    head = document.sections[0].header
    for paragraph, line in zip([head.paragraphs[0], *(head.add_paragraph() for _ in about[1:])], about, strict=False):
        paragraph.add_run(_writable(line)).font.size = Pt(9)
    ordered = sorted(remarks, key=lambda one: one.start)
    at = 0
    for line in text.split("\n"):
        _add_line(document, line.removesuffix("\r"), at, [one for one in ordered if at <= one.start <= at + len(line)])
        at += len(line) + 1
    return office_bytes(document)


def _add_line(document: Any, line: str, begins: int, remarks: Sequence[Remark]) -> None:
    """One paragraph; a number that runs over a line end keeps its comment on this line."""
    from docx.shared import RGBColor  # noqa: PLC0415

    paragraph = document.add_paragraph()
    at = 0
    for one in remarks:
        start, end = max(at, one.start - begins), min(len(line), one.end - begins)
        if end <= start:
            continue
        if start > at:
            paragraph.add_run(_writable(line[at:start]))
        run = paragraph.add_run(_writable(line[start:end]))
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(_WASH[one.colour])
        document.add_comment(run, text=_writable(one.text), author=AUTHOR, initials="核")
        at = end
    if at < len(line):
        paragraph.add_run(_writable(line[at:]))


def _writable(text: str) -> str:
    """``text`` without the characters that no XML may hold; each becomes a blank, so that positions stay."""
    return without_controls(text, " ")
