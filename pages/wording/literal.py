"""Text of the data, written so that it is shown as it is: a name is never markup.
One function for each kind of sink, and no other way (tests/test_architecture.py): markdown, HTML, XML (SVG and office files), labels of
plotly.  Every string is escaped once, where it enters."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~:$&])")
_BREAKS = re.compile(r"\s+")
_BLOCKS = re.compile(r"^( ?)(\d*)(\.(?=\s|$)|=)")  # what begins a list or underlines a heading where it begins a line
_AFTERWARDS = re.compile(r"(?i)(?<=:)(?=material[_/]|streamlit:|//)|(?<=www)(?=\.)|(?<=@)(?=[\w-])")
"""Where the browser finds icons and links in text whose escapes are read already."""

_JOINER = "\u2060"
"""A character of no width that keeps what stands around it together, and is no part of an icon or a link."""

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Markdown(str):
    """Text that is markdown already; the functions below make it, of constants in the code and of plain text that they escape."""

    __slots__ = ()


def in_markdown(text: str) -> Markdown:
    """``text`` shown literally by markdown: no emphasis, link, colour, icon, formula or tag comes out of it; Markdown stays as it is."""
    if isinstance(text, Markdown):
        return text
    escaped = _MARKDOWN.sub(r"\\\1", _AFTERWARDS.sub(_JOINER, _BREAKS.sub(" ", text)))
    return Markdown(_BLOCKS.sub(r"\1\2\\\3", escaped))


def markup(template: str, *parts: str) -> Markdown:
    """``template``, a constant in markdown with a ``{}`` for each of ``parts``, which are shown as they are."""
    return Markdown(template.format(*map(in_markdown, parts)))


def joined(separator: str, parts: Iterable[str]) -> Markdown:
    """``parts``, each shown as it is, with a constant in markdown between them."""
    return Markdown(separator.join(map(in_markdown, parts)))


def link(label: str, address: str) -> Markdown:
    """A link with ``label`` shown as it is; ``address`` is one of ours, percent-encoded."""
    return Markdown(f"[{in_markdown(label)}]({address})")


def in_html(text: str) -> str:
    """``text`` shown literally inside HTML elements and attributes."""
    return html.escape(text, quote=True)


def in_xml(text: str) -> str:
    """The same inside XML, as SVG and office files are; characters that XML forbids or discourages are left out."""
    return html.escape(without_controls(text), quote=True)


def without_controls(text: str, instead: str = "") -> str:
    """``text`` without the characters that XML forbids or discourages, for a library that escapes by itself."""
    return _NOT_IN_XML.sub(instead, text)


def in_excel_chart(text: str) -> str:
    """``text`` as a title or label that xlsxwriter takes for no cell (活力!A1区 looks like one of a sheet 活力)."""
    return re.sub(r"!(?=\$?[A-Z])", f"!{_JOINER}", text)


def in_plotly(text: str) -> str:
    """``text`` shown literally by plotly, which reads tags and entities in every text."""
    return html.escape(text, quote=False)
