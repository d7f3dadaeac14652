"""Text of the data, written so that it is shown as it is: a name is never markup.

Every string is escaped once, where it enters markdown or HTML (plotly labels: pages.charts.labels).
"""

from __future__ import annotations

import html
import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~:$&])")
_BREAKS = re.compile(r"\s+")


def in_markdown(text: str) -> str:
    """``text`` shown literally by markdown: no emphasis, link, colour, formula or tag comes out of it."""
    return _MARKDOWN.sub(r"\\\1", _BREAKS.sub(" ", text))


def in_html(text: str) -> str:
    """``text`` shown literally inside HTML elements and attributes."""
    return html.escape(text, quote=True)
