"""The press sheet as a file: plain text that every editor opens, or a Word document ready to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.language import CHINESE, in_language
from etl.release.export import SYNTHETIC
from etl.release.tables import Release
from pages.reports.kit import a4_document, office_bytes, set_font
from pages.wording.dates import day_text
from pages.wording.press_sheet import PressSheet

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

NUMERALS = "一二三四五六七八九十"
BODY, HEAD = "仿宋", "黑体"
"""Typefaces by name only; whoever opens the file has them, or the nearest there is."""


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
