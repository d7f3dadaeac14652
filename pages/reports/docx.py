"""A briefing as a Word file in the layout of official documents, GB/T 9704-2012.
A4, margins 37/28/35/26 mm (天头, 订口, bottom, right), 22 lines of 28 characters; title 2号小标宋 centred, body 3号仿宋, headings
一、黑体 and (一)楷体, page number 4号 at the outer side.  Licensed typefaces are named and never bundled: a machine without them
falls back to the second name in the font table, then to what it has.  Left out on purpose: red head and seal, which only the
issuing office may set."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.document import Document as Opened
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from etl.release.export import SYNTHETIC
from pages.reports.brief import Brief, CitedText, Section, Table
from pages.reports.kit import A4_MM, a4_document, office_bytes, set_font
from pages.reports.series import marks_table
from pages.wording.literal import in_xml

MARGINS_MM = {"top": 37, "left": 28, "bottom": 35, "right": 26}
LINES, LETTERS = 22, 28
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 22, 16, 14, 10.5  # points of the Chinese sizes 2号, 3号, 4号, 5号
TEXT_PT = ((A4_MM[0] - 54) / 25.4 * 72, (A4_MM[1] - 72) / 25.4 * 72)
PITCH_PT = 28.95  # distance of two lines: 22 of them fill the 225 mm of the text

LATIN = "Times New Roman"
FANGSONG, HEITI, KAITI, XIAOBIAOSONG, SONGTI = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
FALLBACKS = {
    FANGSONG: "仿宋;FangSong;Noto Serif CJK SC", HEITI: "SimHei;Noto Sans CJK SC", KAITI: "楷体;KaiTi;Noto Serif CJK SC",
    XIAOBIAOSONG: "华文中宋;Noto Serif CJK SC", SONGTI: "SimSun;Noto Serif CJK SC",
}  # fmt: skip

BODY, TITLE, ABOUT, NOTE, CELL = "公文正文", "公文标题", "公文说明", "公文注", "公文表格"
HEADING, SUBHEADING = "公文一级", "公文二级"


def docx_bytes(brief: Brief) -> bytes:
    """The briefing as .docx; the same briefing gives the same bytes."""
    document: Opened = a4_document(**MARGINS_MM)
    _page(document, brief)
    _style(document, BODY, FANGSONG, SIZE_3, indent=2)
    _style(document, TITLE, XIAOBIAOSONG, SIZE_2, side=WD_ALIGN_PARAGRAPH.CENTER, after=PITCH_PT / 2, pitch=36)
    _style(document, ABOUT, KAITI, SIZE_4, side=WD_ALIGN_PARAGRAPH.CENTER, pitch=22)
    _style(document, HEADING, HEITI, SIZE_3, indent=2, with_next=True)
    _style(document, SUBHEADING, KAITI, SIZE_3, indent=2, with_next=True)
    _style(document, NOTE, FANGSONG, SIZE_5, pitch=15)
    _style(document, CELL, FANGSONG, 12, pitch=18)
    _fonts(document)
    document.add_paragraph(brief.title, TITLE)
    for line in brief.about:
        document.add_paragraph(line, ABOUT)
    told: set[int] = set()
    for number, section in zip("一二三四五六七八九", brief.sections, strict=False):
        document.add_paragraph(f"{number}、{section.heading}", HEADING)
        _section(document, section, brief, told)
    if brief.rules:
        document.add_paragraph(f"选取规则：{'；'.join(brief.rules)}。", NOTE)
    mark = f"【{SYNTHETIC}】" if brief.synthetic else ""
    _add_endnotes(document, [f"{mark}{source.text}" for source in brief.sources], document.styles[NOTE].style_id)
    about = document.core_properties
    about.title, about.author, about.comments = brief.title, brief.city, " ｜ ".join(brief.about)
    return office_bytes(document, brief.day)


def _section(document: Opened, section: Section, brief: Brief, told: set[int]) -> None:
    for at, said in enumerate(section.paragraphs, 1):
        number = f"{at}．" if len(section.paragraphs) > 1 else ""
        paragraph = document.add_paragraph(style=BODY)
        paragraph.add_run(number)
        if said.rule:
            paragraph.add_run(f"{said.rule}：").bold = True
        paragraph.add_run(said.text)
        for note in brief.notes_of(
            said.observation_ids
        ):  # a reference at the first mention of a source, its number afterwards
            if note in told:
                paragraph.add_run(f"[{note}]").font.superscript = True
            else:
                paragraph._p.extend(_endnote_mark(note))
                told.add(note)
    tables = (*section.tables, *map(marks_table, section.charts))
    for number, table in zip("一二三四五六七八九十", tables, strict=False):
        document.add_paragraph(f"（{number}）{table.title}" if len(tables) > 1 else table.title, SUBHEADING)
        _table(document, table)


def _table(document: Opened, table: Table) -> None:
    if table.unit:
        document.add_paragraph(table.unit, CELL).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    grid = document.add_table(len(table.rows) + 1, len(table.columns), "Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    style = document.styles[CELL].style_id  # looked up once: each look-up reads every style
    shares = [width / sum(table.widths) for width in table.widths]
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = Pt(share * TEXT_PT[0])
    for row, cells in zip(grid.rows, (tuple(map(CitedText, table.columns)), *table.rows), strict=True):
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for cell, said, share in zip(row.cells, cells, shares, strict=True):
            cell.width = Pt(share * TEXT_PT[0])
            cell.paragraphs[0]._p.style = style
            cell.paragraphs[0].add_run(said.text).bold = row is grid.rows[0] or None
    grid.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    if table.source:
        document.add_paragraph(table.source, NOTE)


def _page(document: Opened, brief: Brief) -> None:
    section = document.sections[0]
    section.header_distance, section.footer_distance = Mm(20), Mm(24)
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(PITCH_PT * 20)))
    decimal = parse_xml(f'<w:endnotePr {nsdecls("w")}><w:numFmt w:val="decimal"/></w:endnotePr>')
    references = (qn("w:headerReference"), qn("w:footerReference"))
    section._sectPr.insert(len([each for each in section._sectPr if each.tag in references]), decimal)
    document.settings.odd_and_even_pages_header_footer = True
    odd = (section.header, section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    for header, footer, side in (odd, (section.even_page_header, section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        if brief.synthetic:
            paragraph = header.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _set_font(paragraph.add_run(f"【{SYNTHETIC}】"), HEITI, SIZE_4)
        _number(footer.paragraphs[0], side)


def _number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 — in 4号宋体, one letter away from the outer edge."""
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(SIZE_4)
    before, number, behind = (paragraph.add_run(piece) for piece in ("— ", "", " —"))
    for run in (before, number, behind):
        _set_font(run, SONGTI, SIZE_4)
    page, begin, end = OxmlElement("w:instrText"), OxmlElement("w:fldChar"), OxmlElement("w:fldChar")
    page.text = "PAGE"
    begin.set(qn("w:fldCharType"), "begin")
    end.set(qn("w:fldCharType"), "end")
    number._r.extend((begin, page, end))


def _style(
    document: Opened, name: str, font: str, size: float, *, indent: int = 0, side: WD_ALIGN_PARAGRAPH | None = None, after: float = 0,
    pitch: float = PITCH_PT, with_next: bool = False,
) -> None:  # fmt: skip
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    _set_font(style, font, size)
    said = style.paragraph_format
    said.line_spacing_rule, said.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    said.space_before, said.space_after = Pt(0), Pt(after)
    said.alignment, said.keep_with_next, said.widow_control = side, with_next, False
    about = style.element.get_or_add_pPr()
    if pitch != PITCH_PT:
        about.find(qn("w:spacing")).addprevious(parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>'))
    if (
        size == SIZE_3
    ):  # between two letters a little less than no space, so that 28 of them fill the 156 mm of the text
        closer = math.floor((TEXT_PT[0] / LETTERS - SIZE_3) * 20)
        space_between = parse_xml(f'<w:spacing {nsdecls("w")} w:val="{closer}"/>')
        style.element.get_or_add_rPr().find(qn("w:sz")).addprevious(space_between)
    if indent:
        space = style.element.get_or_add_pPr().get_or_add_ind()
        space.set(qn("w:firstLineChars"), str(100 * indent))
        space.set(qn("w:firstLine"), str(round(20 * indent * size)))


def _set_font(holder: Any, font: str, size: float) -> None:
    """Chinese letters in ``font``, all others in Times New Roman."""
    set_font(holder, font, size, latin=LATIN)
    holder.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="zh-CN" w:eastAsia="zh-CN"/>'))


def _fonts(document: Opened) -> None:
    """The font table: each licensed typeface with the name to fall back on."""
    rows = "".join(
        f'<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(other)}/><w:charset w:val="86"/></w:font>'
        for name, other in FALLBACKS.items()
    )
    content = f"<w:fonts {nsdecls('w')}>{rows}</w:fonts>".encode()
    document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = content


_SEPARATORS = (
    '<w:endnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:endnote>'
    '<w:endnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:endnote>'
)
_MARK = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{inside}</w:r>'


def _add_endnotes(document: Opened, texts: Sequence[str], style: str) -> None:
    """Gives ``document`` one endnote a text, numbered 1, 2, 3; each stands in paragraphs of ``style`` after the last page's text."""
    notes = "".join(
        f'<w:endnote w:id="{at}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_MARK.format(inside="<w:endnoteRef/>")}'
        f'<w:r><w:t xml:space="preserve"> {in_xml(text)}</w:t></w:r></w:p></w:endnote>'
        for at, text in enumerate(texts, 1)
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:endnotes {nsdecls("w")}>{_SEPARATORS}{notes}</w:endnotes>'
    part = Part(PackURI("/word/endnotes.xml"), CONTENT_TYPE.WML_ENDNOTES, xml.encode("utf-8"), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
    about = f'<w:endnotePr {nsdecls("w")}><w:numFmt w:val="decimal"/><w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>'
    document.settings.element.find(qn("w:compat")).addprevious(parse_xml(about))


def _endnote_mark(note: int) -> list[Any]:
    """The runs [1] that refer to endnote ``note``; each may be referred to once, later on its number stands in plain letters."""
    inside = ("<w:t>[</w:t>", f'<w:endnoteReference w:id="{note}"/>', "<w:t>]</w:t>")
    return [parse_xml(_MARK.format(inside=each).replace("<w:r>", f"<w:r {nsdecls('w')}>", 1)) for each in inside]
