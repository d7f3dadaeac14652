"""Labels of charts: plotly reads tags and entities in every text, so the data's text is escaped here, once."""

from __future__ import annotations

import html
import textwrap
import unicodedata


def literal(text: str) -> str:
    """``text`` shown as it is by plotly."""
    return html.escape(text, quote=False)


def wrapped(text: str, width: int = 22) -> str:
    """A long label over several lines, shown as it is."""
    lines = [piece for line in text.splitlines() for piece in textwrap.wrap(line, width)]
    return "<br>".join(map(literal, lines))


def letters_wide(text: str) -> int:
    """Width of a label in Latin letters; a Chinese character counts as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
