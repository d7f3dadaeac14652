"""Paragraphs, sentences and clauses of compact text, found by position."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from etl.reading.compact import PARAGRAPH

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


def layout(text: str) -> Layout:
    """Return where the parts of compact ``text`` begin."""
    return Layout(
        text,
        _starts(re.compile(PARAGRAPH), text),
        _starts(_SENTENCE, text),
        _starts(_SEGMENT, text),
        _starts(_CLAUSE, text),
    )


def _starts(mark: re.Pattern[str], text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in mark.finditer(text) if found.end() < len(text)))
