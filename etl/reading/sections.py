"""The headings above each place of a text: what a title says holds for the whole text, what a heading says for its section."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from etl.reading.compact import PARAGRAPH
from etl.reading.layout import Layout, Span
from etl.reading.tables import CELL

_LONGEST_HEADING = 45
_NO_HEADING = f"。！？；，{CELL}"
_NO_TITLE = f"。；{CELL}"
"""A title may hold a comma: 一年里，家门口的变化; （截至9月30日，快报）."""
_TITLE_STANDS_IN = 3
_LEAD_STANDS_IN = 5
_COUNTS = re.compile("[0-9](?![0-9]*[年月日])")
_LEVELS = (
    "第[一二三四五六七八九十]+[章节部编]",
    "[一二三四五六七八九十]+、",
    "[（(][一二三四五六七八九十]+[）)]",
    "[0-9]+[.、．]",
)
_TITLE, _UNNUMBERED = -1, len(_LEVELS)
_YEAR = re.compile("((?:19|20)[0-9]{2})年(?![0-9]+月[0-9]+日)")


@dataclass(frozen=True)
class Sections:
    """``headings`` of each section, the nearest first and the title last; section ``i`` begins at ``starts[i]``."""

    text: str
    starts: tuple[int, ...]
    headings: tuple[tuple[Span, ...], ...]

    def above(self, at: int) -> tuple[Span, ...]:
        """Return the headings above ``at``, the nearest first."""
        index = bisect_right(self.starts, at)
        return self.headings[index - 1] if index else ()

    def year_above(self, at: int) -> int:
        """Return the year that the nearest heading above ``at`` prints, if one does; 0 for none."""
        named = (_YEAR.search(self.text, line.start, line.end) for line in self.above(at))
        return next((int(year[1]) for year in named if year), 0)


def sections(parts: Layout) -> Sections:
    """Return the sections of a text; its last line is no heading, and 二、 ends what stands below 一、."""
    open_now: list[tuple[int, Span]] = []
    starts, headings = [], []
    for index, (start, end) in enumerate(pairwise(parts.paragraphs)):
        printed = parts.text[start:end].strip(PARAGRAPH)
        is_lead = index < _LEAD_STANDS_IN and CELL not in printed
        leads = is_lead and (printed.endswith("：") or ("截" in printed and not _COUNTS.search(printed)))
        is_title = index == 0 or (index == 1 and printed[:1] in "（(" and printed[-1:] in "）)")
        ends = _NO_TITLE if is_title else _NO_HEADING
        is_heading = len(printed) <= _LONGEST_HEADING and not any(mark in printed for mark in ends)
        if not printed or not (leads or is_heading):
            continue
        level = _level(printed)
        level = _TITLE if level == _UNNUMBERED and (leads or index < _TITLE_STANDS_IN) else level
        open_now = [*(one for one in open_now if one[0] < level or one[0] == _TITLE), (level, Span(start, end))]
        starts.append(end)
        headings.append(tuple(line for _, line in reversed(open_now)))
    return Sections(parts.text, tuple(starts), tuple(headings))


def _level(printed: str) -> int:
    return next((level for level, mark in enumerate(_LEVELS) if re.match(mark, printed)), _UNNUMBERED)
