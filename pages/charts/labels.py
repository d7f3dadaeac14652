"""Labels of charts: their width, and long ones over several lines."""

from __future__ import annotations

import textwrap
import unicodedata

from pages.wording.literal import in_plotly


def wrapped(text: str, width: int = 22) -> str:
    """A long label over several lines, shown as it is."""
    lines = [piece for line in text.splitlines() for piece in textwrap.wrap(line, width)]
    return "<br>".join(map(in_plotly, lines))


def letters_wide(text: str) -> int:
    """Width of a label in Latin letters; a Chinese character counts as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
