"""The press sheet as plain text or a Word document ready to print; a checked draft as a Word file, each number with a comment in the
margin that says what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from etl.language import CHINESE, in_language
from etl.release.export import SYNTHETIC
from etl.release.tables import Release
from pages.reports.kit import a4_document, office_bytes, set_font
from pages.wording.briefs import PressSheet
from pages.wording.dates import day_text
from pages.wording.literal import without_controls

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

NUMERALS = "一二三四五六七八九十"
BODY, HEAD = "仿宋", "黑体"  # typefaces by name only; whoever opens the file has them, or the nearest there is


@in_language(CHINESE)
def about_release(release: Release) -> tuple[str, ...]:
    """What a sheet says of itself under its title: 模拟数据 where the city is made up, the city, the release, the day."""
    made_up = f"{SYNTHETIC}：城市和数字都是虚构的，不得引用" if release.synthetic else ""
    origin = f"{release.city.name} ｜ 发布批次 {release.id} ｜ {day_text(release.moment.date())}"
    return tuple(filter(None, [made_up, origin]))


def press_text(sheet: PressSheet) -> bytes:
    """The sheet as text (UTF-8 with BOM, lines as Windows ends them)."""
    lines = [sheet.title, *sheet.about]
    for numeral, (heading, entries) in zip(NUMERALS, sheet.parts, strict=False):
        lines += ["", f"{numeral}、{heading}"]
        for at, entry in enumerate(entries, start=1):
            lead = [f"{at}. 问：{entry.lead}", f"   答：{entry.text}"] if entry.lead else [f"{at}. {entry.text}"]
            lines += [*lead, *(f"   （{line}）" for line in entry.below)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8")


def press_docx(sheet: PressSheet) -> bytes:
    """The sheet as .docx: A4, title centred, parts numbered, sources small and grey below each sentence."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - only when a document is asked for

    document = a4_document(left=27, right=27)
    _line(document, sheet.title, font=HEAD, size=20, bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in sheet.about:
        _line(document, line, size=10, grey=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for numeral, (heading, entries) in zip(NUMERALS, sheet.parts, strict=False):
        _line(document, f"{numeral}、{heading}", font=HEAD, size=15, bold=True)
        for at, entry in enumerate(entries, start=1):
            if entry.lead:
                _line(document, f"{at}．问：{entry.lead}", bold=True)
            _line(document, f"答：{entry.text}" if entry.lead else f"{at}．{entry.text}")
            for line in entry.below:
                _line(document, line, size=9, grey=True)
    document.core_properties.title = sheet.title
    document.core_properties.author = ""
    return office_bytes(document)


def _line(
    document: Document, text: str, *, font: str = BODY, size: float = 12, bold: bool = False, grey: bool = False
) -> Paragraph:
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    run = paragraph.add_run(text)
    set_font(run, font, size)
    run.font.bold = bold
    if grey:
        run.font.color.rgb = RGBColor(0x6B, 0x76, 0x84)
    return paragraph


AUTHOR = "稿件核数"
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
    Numbers are coloured by their verdict; the text itself is not changed by a character."""
    from docx import Document  # noqa: PLC0415 - only when somebody takes the file away
    from docx.shared import Pt  # noqa: PLC0415

    document = Document()
    set_font(document.styles["Normal"], BODY, 14)
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
