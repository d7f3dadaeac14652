"""Real endnotes in a Word file: python-docx has none, so the part is written here, as ECMA-376 (17.11) describes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pages.wording.literal import in_xml

FIRST = 1
_SEPARATORS = (
    '<w:endnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:endnote>'
    '<w:endnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:endnote>'
)
_MARK = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{inside}</w:r>'


def add_endnotes(document: Document, texts: Sequence[str], style: str) -> None:
    """Gives ``document`` one endnote a text, numbered 1, 2, 3; each stands in paragraphs of ``style`` after the last page's text."""
    notes = "".join(
        f'<w:endnote w:id="{at}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_MARK.format(inside="<w:endnoteRef/>")}'
        f'<w:r><w:t xml:space="preserve"> {in_xml(text)}</w:t></w:r></w:p></w:endnote>'
        for at, text in enumerate(texts, FIRST)
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:endnotes {nsdecls("w")}>{_SEPARATORS}{notes}</w:endnotes>'
    part = Part(PackURI("/word/endnotes.xml"), CONTENT_TYPE.WML_ENDNOTES, xml.encode("utf-8"), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
    settings = document.settings.element
    about = parse_xml(
        f'<w:endnotePr {nsdecls("w")}><w:numFmt w:val="decimal"/><w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>'
    )
    behind = settings.find(qn("w:compat"))
    settings.append(about) if behind is None else behind.addprevious(about)


def decimal_endnotes(section: Any) -> None:
    """Has the endnotes of a section (its ``w:sectPr``) numbered 1, 2, 3, where the program asks the section."""
    about = parse_xml(f'<w:endnotePr {nsdecls("w")}><w:numFmt w:val="decimal"/></w:endnotePr>')
    before = [each for each in section if each.tag in (qn("w:headerReference"), qn("w:footerReference"))]
    section.insert(len(before), about)


def endnote_mark(note: int) -> list[Any]:
    """The runs [1] that refer to endnote ``note``; each may be referred to once, later on its number stands in plain letters."""
    inside = ("<w:t>[</w:t>", f'<w:endnoteReference w:id="{note}"/>', "<w:t>]</w:t>")
    return [parse_xml(_MARK.format(inside=each).replace("<w:r>", f"<w:r {nsdecls('w')}>", 1)) for each in inside]
