"""Text of the data, written so that it is shown as it is: a name is never markup.

Every string is escaped once, where it enters markdown or HTML (plotly labels: pages.charts.labels).
"""

from __future__ import annotations

import html
import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~:$&])")
_BREAKS = re.compile(r"\s+")
_BLOCKS = re.compile(r"^( ?)(\d*)(\.(?=\s|$)|=)")
"""What begins a list or underlines a heading where it begins a line."""

_AFTERWARDS = re.compile(r"(?i)(?<=:)(?=material[_/]|streamlit:|//)|(?<=www)(?=\.)|(?<=@)(?=[\w-])")
"""Where the browser finds icons and links in text whose escapes are read already."""

_JOINER = "\u2060"
"""A character of no width that keeps what stands around it together, and is no part of an icon or a link."""


def in_markdown(text: str) -> str:
    """``text`` shown literally by markdown: no emphasis, link, colour, icon, formula or tag comes out of it."""
    escaped = _MARKDOWN.sub(r"\\\1", _AFTERWARDS.sub(_JOINER, _BREAKS.sub(" ", text)))
    return _BLOCKS.sub(r"\1\2\\\3", escaped)


def in_html(text: str) -> str:
    """``text`` shown literally inside HTML elements and attributes."""
    return html.escape(text, quote=True)
