"""The text of a Word document: paragraphs and tables in the order in which they stand.

Inserted text under revision counts, deleted text does not, nor do comments; text boxes and content controls are read where they
stand.  A row of a table is a line, its cells parted by tabs, a merged cell once with blank cells beside or below it.  Text that is set as hidden, by itself or by its
style, is on no page that anybody holds in their hand: it is left out, and a note says so.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from etl.errors import Where
from etl.readers.office_package import opened, torn, xml_parts

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off")
_MOST_COLUMNS = 64
_LEFT_OUT = {f"{_W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText")} | {f"{_MC}Fallback"}
_HOLDERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def docx_text(raw: bytes, name: str) -> tuple[str, list[str]]:
    """The text of a .docx, and notes on what was left out; raises Refused for one that is torn, packed too tightly, carries macros, objects or a DTD."""
    where = Where(name)
    with opened(raw, where) as package:
        xml_parts(package, where)
    from docx import Document  # noqa: PLC0415 - after the package was found harmless
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    try:
        document = Document(io.BytesIO(raw))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise torn(where) from error
    reading = _Reading(document.styles.element)
    text = "\n".join(reading.blocks(document.element.body))
    return text, [f"文中有设为隐藏的文字（{reading.hidden}字），没有读取"] if reading.hidden else []


class _Reading:
    """A document being read: ``hidden`` counts the characters that were left out because nobody is meant to see them."""

    def __init__(self, styles: Element) -> None:
        self.hidden = 0
        found = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}
        self._hides = {name: _style_hides(name, found) for name in found}
        self._usual = next((name for name, style in found.items() if _is_usual(style)), None)
        self._all = bool(_vanishes(styles.find(f"{_W}docDefaults/{_W}rPrDefault")))

    def blocks(self, parent: Element) -> Iterator[str]:
        """The paragraphs and rows of a body, a content control or a text box, one line each."""
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self._lines(child)
            elif child.tag == f"{_W}tbl":
                for row in child.iter(f"{_W}tr"):
                    if next(row.iterancestors(f"{_W}tbl")) is child and not _is_deleted(row):
                        yield "\t".join(" ".join(filter(None, self.blocks(cell))) for cell in _cells(row))
            elif child.tag in _HOLDERS:
                yield from self.blocks(child)

    def _lines(self, paragraph: Element) -> Iterator[str]:
        """A paragraph, then its text boxes; nothing of one that is hidden as a whole."""
        before = self.hidden
        line = "".join(self._pieces(paragraph))
        if line or self.hidden == before:
            yield line
        for box in paragraph.iter(f"{_W}txbxContent"):
            if next(box.iterancestors(f"{_W}p")) is paragraph and not self._is_left_out(box, paragraph):
                yield from self.blocks(box)

    def _pieces(self, element: Element) -> Iterator[str]:
        for child in element:
            if child.tag in _LEFT_OUT or child.tag == f"{_W}txbxContent":
                continue
            if child.tag == f"{_W}t":
                yield child.text or ""
            elif child.tag in _BREAKS:
                yield _BREAKS[child.tag]
            elif child.tag == f"{_W}r" and self._is_hidden(child):
                self.hidden += len("".join("".join(self._pieces(child)).split()))
            else:
                yield from self._pieces(child)

    def _is_left_out(self, box: Element, paragraph: Element) -> bool:
        for above in itertools.takewhile(lambda above: above is not paragraph, box.iterancestors()):
            if above.tag == f"{_W}r" and self._is_hidden(above):
                self.hidden += len("".join("".join(self.blocks(box)).split()))
                return True
            if above.tag in _LEFT_OUT:
                return True
        return False

    def _is_hidden(self, run: Element) -> bool:
        """By itself; or else by one of its two styles, which cancel each other (ECMA-376 part 1, 17.7.3), or all text is."""
        hidden = _vanishes(run)
        if hidden is not None:
            return hidden
        paragraph = next(run.iterancestors(f"{_W}p"))
        by_character = self._hides.get(_style_of(run, "r"), False)
        return self._all or by_character != self._hides.get(_style_of(paragraph, "p") or self._usual, False)


def _style_of(element: Element, kind: str) -> str | None:
    style = element.find(f"{_W}{kind}Pr/{_W}{kind}Style")
    return None if style is None else style.get(f"{_W}val")


def _is_usual(style: Element) -> bool:
    return style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default", "0") not in _OFF


def _style_hides(name: str, styles: Mapping[str, Element]) -> bool:
    """What a style, or the nearest it is based on, says of hiding; one that is based on itself says nothing."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        if (hidden := _vanishes(styles[name])) is not None:
            return hidden
        base = styles[name].find(f"{_W}basedOn")
        name = "" if base is None else base.get(f"{_W}val", "")
    return False


def _vanishes(element: Element) -> bool | None:
    """Whether the properties of a run or a style hide its text; None when they say nothing of it."""
    vanish = None if element is None else element.find(f"{_W}rPr/{_W}vanish")
    return None if vanish is None else vanish.get(f"{_W}val", "1") not in _OFF


def _is_deleted(row: Element) -> bool:
    return row.find(f"{_W}trPr/{_W}del") is not None


def _cells(row: Element) -> Iterator[Element]:
    """The cells of a row by column: an empty one for each further column of a merged cell and where one of the row above goes on."""
    spread = 0
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is not row:
            continue
        yield from (cell.makeelement(f"{_W}tc") for _ in range(spread))
        merged, span = cell.find(f"{_W}tcPr/{_W}vMerge"), cell.find(f"{_W}tcPr/{_W}gridSpan")
        goes_on = merged is not None and merged.get(f"{_W}val", "continue") == "continue"
        yield cell.makeelement(f"{_W}tc") if goes_on else cell
        columns = "1" if span is None else span.get(f"{_W}val", "1")
        spread = min(int(columns), _MOST_COLUMNS) - 1 if columns.isdecimal() else 0
