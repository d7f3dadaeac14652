"""Lines of a draft that go with the line above: what stands under a heading, the items of a list, the answer to a question.

A blank line ends everything; between single line ends a heading, a lead that ends in a colon, or a question speaks for the lines
below it, and the items of a list stand side by side.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from etl.reading.compact import PARAGRAPH, Compact
from etl.reading.layout import Layout, Span

_LONGEST_HEADING = 30
_LONGEST_ITEM = 48
_ENDS = ("。", "！", "!", "；", ";", "，", "、", "”")
_LEADS = ("：", "？", "?")
_MOST_ITEMS = 40


@dataclass(frozen=True)
class Blocks:
    """The lines of one draft; ``numbers`` are the sorted positions of its numbers."""

    narrowed: Compact
    parts: Layout
    numbers: Sequence[int]

    def heads(self, at: int) -> tuple[Span, ...]:
        """Return the headings and leads above the line around ``at``, the nearest first."""
        return self._above(at)[1]

    def start(self, at: int) -> int:
        """Return where the block begins that the line around ``at`` belongs to: at its heading, else at the line itself."""
        return self._above(at)[0]

    def _above(self, at: int) -> tuple[int, tuple[Span, ...]]:
        line = self.parts.paragraph(at)
        start, heads, first = line.start, [], line
        for _ in range(_MOST_ITEMS):
            if not line.start or self._is_blank_before(line.start):
                break
            above = self.parts.paragraph(line.start - 1)
            if self._is_a_head(above, line):
                heads.append(above)
                start = above.start
                if heads and self._text(above).endswith(_LEADS):
                    break
            elif heads or not (self._is_an_item(above) and self._is_an_item(first)):
                break
            line = above
        return (start, tuple(heads)) if heads else (first.start, ())

    def _is_blank_before(self, start: int) -> bool:
        """Whether a blank line stands before the line that begins at ``start``."""
        first, last = self.narrowed.offsets[start - 1], self.narrowed.offsets[start]
        return self.narrowed.source[first:last].count("\n") > 1

    def _text(self, line: Span) -> str:
        return self.parts.text[line.start : line.end].strip(PARAGRAPH)

    def _has_number(self, line: Span) -> bool:
        index = bisect_left(self.numbers, line.start)
        return index < len(self.numbers) and self.numbers[index] < line.end

    def _is_a_head(self, line: Span, below: Span) -> bool:
        """Whether a line is a lead, or short and no sentence; one with a number only above a whole sentence."""
        text = self._text(line)
        if text.endswith(_LEADS):
            return True
        if not 0 < len(text) <= _LONGEST_HEADING or text.endswith(_ENDS):
            return False
        return not self._has_number(line) or self._text(below).endswith("。")

    def _is_an_item(self, line: Span) -> bool:
        text = self._text(line)
        return len(text) <= _LONGEST_ITEM and not re.search("[。！？]$", text) and self._has_number(line)
