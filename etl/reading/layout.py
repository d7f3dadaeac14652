"""Paragraphs, sentences and clauses of compact text, found by position."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from etl.reading.compact import PARAGRAPH

_LONGEST_SENTENCE = 500
_SENTENCE = re.compile("[。！？!?]+[”’」』）)]*|" + PARAGRAPH)
_SEGMENT = re.compile("[；;]|[。！？!?]+[”’」』）)]*|" + PARAGRAPH)
_CLAUSE = re.compile("[，：:；;]|,(?![0-9]{3})|——|…+|[。！？!?]+[”’」』）)]*|" + PARAGRAPH)


@dataclass(frozen=True)
class Span:
    """``text[start:end]``."""

    start: int
    end: int

    def __contains__(self, position: object) -> bool:
        return isinstance(position, int) and self.start <= position < self.end


def is_inside(spans: Sequence[Span], position: int) -> bool:
    """Tell whether ``position`` lies in one of the sorted ``spans``; of overlapping ones the last that begins before it counts."""
    index = bisect_right(spans, position, key=lambda span: span.start)
    return any(position in span for span in spans[max(0, index - 3) : index])


@dataclass(frozen=True)
class Layout:
    """Compact ``text`` with the starts of its paragraphs, sentences, segments (up to a semicolon) and clauses."""

    text: str
    paragraphs: tuple[int, ...]
    sentences: tuple[int, ...]
    segments: tuple[int, ...]
    clauses: tuple[int, ...]

    def paragraph(self, position: int) -> Span:
        """Return the paragraph around ``position``."""
        return self._around(self.paragraphs, position)

    def sentence(self, position: int) -> Span:
        """Return the sentence around ``position``."""
        return self._around(self.sentences, position)

    def segment(self, position: int) -> Span:
        """Return the part of a sentence between semicolons around ``position``."""
        return self._around(self.segments, position)

    def clause(self, position: int) -> Span:
        """Return the clause around ``position``; an enumeration with 、 is one clause."""
        return self._around(self.clauses, position)

    def _around(self, starts: tuple[int, ...], position: int) -> Span:
        index = bisect_right(starts, position)
        return Span(starts[index - 1], starts[index] if index < len(starts) else len(self.text))


def within(positions: Sequence[int], span: Span) -> Sequence[int]:
    """Return those of the sorted ``positions`` that lie in ``span``."""
    return positions[bisect_left(positions, span.start) : bisect_left(positions, span.end)]


def layout(text: str) -> Layout:
    """Return where the parts of compact ``text`` begin; what has no full stop for very long ends at a clause."""
    clauses = _starts(_CLAUSE, text)
    sentences = _cut_up(_starts(_SENTENCE, text), clauses)
    segments = _cut_up(_starts(_SEGMENT, text), clauses)
    return Layout(text, _starts(re.compile(PARAGRAPH), text), sentences, segments, clauses)


def _cut_up(starts: tuple[int, ...], clauses: tuple[int, ...]) -> tuple[int, ...]:
    """Return ``starts`` with a clause added wherever the last of them is too far away."""
    wanted = set(starts)
    last = 0
    for clause in clauses:
        if clause in wanted or clause - last > _LONGEST_SENTENCE:
            wanted.add(clause)
            last = clause
    return tuple(sorted(wanted))


def _starts(mark: re.Pattern[str], text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in mark.finditer(text) if found.end() < len(text)))
