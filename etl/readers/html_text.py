"""The words of a web page or of what was pasted from one; scripts, styles and what a reader does not see are left out.

A block is a paragraph of its own, a row of a table a line with its cells parted by tabs, a merged cell once with blank cells beside or below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from etl.errors import Where, refused
from etl.readers.plain_text import plain_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDDEN_TAGS = (
    "script style noscript template svg math iframe object embed head title select textarea button audio video canvas"
)
_BLOCK_TAGS = (
    "p div section article main header footer nav aside ul ol li dl dt dd table caption blockquote pre form figure figcaption "
    "h1 h2 h3 h4 h5 h6 body hr center"
)
_UNSEEN, _BLOCKS = frozenset(_HIDDEN_TAGS.split()), frozenset(_BLOCK_TAGS.split())
_ROWS = {"tr", "br"}
_CELLS = {"td", "th"}
_PARAGRAPH = "\v"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_STARTS = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?<(!doctype html|!--|(html|head|body|div|table|p|span|meta|article|section|script|style|ul|ol|h[1-6])\b)",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"</(p|div|td|tr|table|span|li|script|style|a|h[1-6]|body|html|section|article|b|strong)\s*>", re.IGNORECASE
)
_SURE = 3
_LAYOUT = 3
_MOST_SPAN = 64


def is_html(text: str) -> bool:
    """Whether a text is the source of a page: it begins with a tag, holds a script, or several closing tags."""
    found = [tag.group(1).lower() for tag in _CLOSES.finditer(text)]
    return bool(_STARTS.match(text)) or len(found) >= _SURE or bool({"script", "style"} & set(found))


def html_text(raw: bytes, name: str) -> str:
    """What a reader sees of a page; raises Refused where entities are declared in it or nothing is left."""
    from lxml import html  # noqa: PLC0415 - only for pages

    source = plain_text(raw, name)
    if _ENTITY.search(source):
        raise refused("E-706", Where(name), "含不安全的 XML（DTD 或实体）", remedy="请只复制网页上看得见的文字")
    bare = re.sub(r"^\s*<\?xml[^>]*>", "", source)
    if not bare.strip():
        return ""
    tree = html.document_fromstring(bare, parser=html.HTMLParser(huge_tree=False, no_network=True))
    paragraphs = ("\n".join(_lines(paragraph)) for paragraph in "".join(_pieces(tree)).split(_PARAGRAPH))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _lines(paragraph: str) -> Iterator[str]:
    for line in paragraph.split("\n"):
        cells = "\t".join(cell.strip(" ") for cell in line.split("\t")).rstrip()
        if cells:
            yield cells


def _pieces(element: HtmlElement) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag and tag not in _UNSEEN and element.get("hidden") is None and not _HIDDEN.search(element.get("style") or ""):
        is_in_cell = (tag in _BLOCKS or tag == "br") and _is_in_cell(element)
        if tag == "table":
            _spread(element)
        around = " " if is_in_cell else _PARAGRAPH if tag in _BLOCKS else "\n" if tag in _ROWS else ""
        yield around
        yield _SPACE.sub(" ", element.text or "")
        for child in element:
            yield from _pieces(child)
            yield _SPACE.sub(" ", child.tail or "")
        yield "\t" if tag in _CELLS else around


def _spread(table: HtmlElement) -> None:
    """Puts blank cells where a merged cell of ``table`` covers further columns and rows, so that each cell keeps its column."""
    covered: dict[int, int] = {}
    for row in (one for one in table.iter("tr") if next(one.iterancestors("table")) is table):
        column = 0
        for cell in [one for one in row if one.tag in _CELLS]:
            while covered.get(column):
                covered[column] -= 1
                column += 1
                cell.addprevious(cell.makeelement("td"))
            columns, rows = (
                min(int(span) if span.isdecimal() else 1, _MOST_SPAN)
                for span in (cell.get("colspan", "1"), cell.get("rowspan", "1"))
            )
            for _ in range(1, columns):
                cell.addnext(cell.makeelement("td"))
            covered |= dict.fromkeys(range(column, column + columns), rows - 1)
            column += columns
        covered = {at: left - (at >= column) for at, left in covered.items()}


def _is_in_cell(element: HtmlElement) -> bool:
    """Whether a block only dresses a cell of a table, so that the row stays one line; a cell of many blocks is a page's layout, unless
    it stands in rows of several cells."""
    cell = next((above for above in element.iterancestors() if above.tag in _CELLS), None)
    if cell is None:
        return False
    if len(list(islice(cell.iter(*_BLOCKS), _LAYOUT))) < _LAYOUT:
        return True
    rows = next(cell.iterancestors("table"), cell).iter("tr")
    several = (row for row in rows if sum(one.tag in _CELLS for one in row) > 1)
    return cell.find(".//table") is None and len(list(islice(several, 2))) > 1
