"""Paragraphs, sentences, clauses and the cells of tables in compact text, found by position."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from etl.reading.compact import PARAGRAPH
from etl.reading.lexicon import any_of, unit_words, words
from etl.reading.tables import CELL

_LONGEST_SENTENCE = 500
_SENTENCE = re.compile("[。！？!?]+[”’」』）)]*|" + PARAGRAPH)
_SEGMENT = re.compile("[；;]|[。！？!?]+[”’」』）)]*|" + CELL + "|" + PARAGRAPH)
_CLAUSE = re.compile("[，：:；;]|,(?![0-9]{3})|——|…+|[。！？!?]+[”’」』）)]*|" + CELL + "|" + PARAGRAPH)
_LONGEST_HEADER = 30
_LONGEST_SECTION = 30
_MOST_HEADERS = 3
_MOST_HEADS = 6
_SENTENCE_END = re.compile("[。；，！？]")
_YEAR = re.compile("(?:19|20)[0-9]{2}年?")
_MONTHS = re.compile("(?:(?:19|20)[0-9]{2}年)?(?:1[0-2]|[1-9])(?:月?[-—–~至]+(?:1[0-2]|[1-9]))?月份?")
_GROWTH = re.compile("增长|增速|增幅|同比|环比|比重|占比|[%‰]$")
_NO_AMOUNT = re.compile("[-—–/无]+")


@dataclass(frozen=True)
class Span:
    """``text[start:end]``."""

    start: int
    end: int

    def __contains__(self, position: object) -> bool:
        return isinstance(position, int) and self.start <= position < self.end


@dataclass(frozen=True)
class Cell:
    """A cell of a table at ``span``, and where the words stand that rule it.

    ``headers`` are the header cells above it, the outermost first; ``row`` the words at the head of its row from the left: those of the row
    before where a merged cell leaves them blank, led by the line of a section across the table, if any. ``unit`` is the unit that header, row,
    a column 单位 or the caption gives to bare numbers (张 of 床位（张）). A cell of the header itself rules others and has none of these.
    """

    span: Span
    headers: tuple[Span, ...] = ()
    row: tuple[Span, ...] = ()
    unit: Span | None = None
    is_header: bool = False


def is_inside(spans: Sequence[Span], position: int) -> bool:
    """Tell whether ``position`` lies in one of the sorted ``spans``; of overlapping ones the last that begins before it counts."""
    index = bisect_right(spans, position, key=lambda span: span.start)
    return any(position in span for span in spans[max(0, index - 3) : index])


@dataclass(frozen=True)
class Layout:
    """Compact ``text`` with the starts of its paragraphs, sentences, segments (up to a semicolon) and clauses, and its cells.

    A row of a table is a paragraph, a cell a clause.
    """

    text: str
    paragraphs: tuple[int, ...]
    sentences: tuple[int, ...]
    segments: tuple[int, ...]
    clauses: tuple[int, ...]
    cells: tuple[Cell, ...] = ()

    def cell(self, position: int) -> Cell | None:
        """Return the cell of a table around ``position``, None outside of tables."""
        index = bisect_right(self.cells, position, key=lambda cell: cell.span.start)
        return self.cells[index - 1] if index and position in self.cells[index - 1].span else None

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
    paragraphs = _starts(re.compile(PARAGRAPH), text)
    return Layout(text, paragraphs, sentences, segments, clauses, tuple(_cells(text, paragraphs)))


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


def _cells(text: str, paragraphs: Sequence[int]) -> Iterator[Cell]:
    """Yield the cells of all tables: two and more rows with cells, between which the line of a section may stand."""
    lines = [Span(start, end - 1) for start, end in zip(paragraphs, [*paragraphs[1:], len(text) + 1], strict=True)]
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and (_is_row(text, lines[end]) or _is_section(text, lines, at, end)):
            end += 1
        if sum(_is_row(text, line) for line in lines[at:end]) > 1:
            above = lines[max(0, at - 2) : at]
            yield from _Table(text, [tuple(_split(text, line)) for line in lines[at:end]], above).cells()
        at = max(end, at + 1)


def _is_row(text: str, line: Span) -> bool:
    return text.find(CELL, line.start, line.end) >= 0


def _is_section(text: str, lines: Sequence[Span], first: int, at: int) -> bool:
    line = lines[at]
    is_short = line.end - line.start <= _LONGEST_SECTION and not _SENTENCE_END.search(text, line.start, line.end)
    return first < at < len(lines) - 1 and is_short and _is_row(text, lines[at + 1])


def _split(text: str, line: Span) -> Iterator[Span]:
    start = line.start
    for cell in text[line.start : line.end].split(CELL):
        yield Span(start, start + len(cell))
        start += len(cell) + 1


class _Table:
    """One table: its rows as spans of their cells, of which the first may be its header; ``above`` are the lines before it."""

    def __init__(self, text: str, rows: Sequence[tuple[Span, ...]], above: Sequence[Span]) -> None:
        self.text, self.rows = text, rows
        self.headers = self._header_rows()
        self.missing = self._columns_of_sections()
        caption = [*above, *(cell for row in rows[: self.headers + 1] for cell in row)]
        self.caption = next(filter(None, (self._unit(_captioned(), one) for one in caption)), None)
        self.units = [self._unit(_headed(), *reversed(self._above(column))) for column in range(max(map(len, rows)))]
        self.unit_columns = [
            any(self._said(one) in words("unit_column") for one in self._above(column))
            for column in range(len(self.units))
        ]

    def cells(self) -> Iterator[Cell]:
        """Yield the cells in order."""
        yield from (Cell(cell, is_header=True) for row in self.rows[: self.headers] for cell in row)
        section: tuple[Span, ...] = ()
        before: tuple[Span, ...] = ()
        for row in self.rows[self.headers :]:
            if len(row) == 1:
                section = row
                yield Cell(row[0])
                continue
            first = next((at for at, cell in enumerate(row) if self._said(cell)), 0)
            filled = (*before[:first], *row[first:])
            before = filled
            heads: list[Span] = []
            unit_of_row = self._column_unit(row)
            for column, (cell, head) in enumerate(zip(row, filled, strict=False)):
                unit = self.units[column] or unit_of_row or self._unit(_bracketed(), *reversed(heads)) or self.caption
                if not self.units[column] and any(_GROWTH.search(self._said(one)) for one in self._above(column)):
                    unit = None
                yield Cell(cell, self._above(column), (*section, *heads), unit)
                is_head = len(heads) < _MOST_HEADS and not self.unit_columns[column]
                if is_head and self._said(head) and not self._is_amount(head):
                    heads.append(head)

    def _said(self, cell: Span) -> str:
        return self.text[cell.start : cell.end]

    def _is_amount(self, cell: Span) -> bool:
        said = self._said(cell)
        return (
            not (_YEAR.fullmatch(said) or _MONTHS.fullmatch(said))
            and (_amount().fullmatch(said) or _NO_AMOUNT.fullmatch(said)) is not None
        )

    def _header_rows(self) -> int:
        """Return how many rows at the top only name columns: of two levels where a merged cell leaves blanks, or one for a caption."""
        count = 0
        for row in self.rows[:_MOST_HEADERS]:
            names = [self._said(cell) for cell in row if self._said(cell)]
            if any(self._is_amount(cell) for cell in row) or any(len(name) > _LONGEST_HEADER for name in names):
                break
            upper = self.rows[count - 1] if count else ()
            is_lower = not all(map(self._said, upper[1:])) or not self._said(row[0])
            if count and not (is_lower and not any(re.search("[0-9]", _YEAR.sub("", name)) for name in names)):
                break
            count += 1
        return count if count < len(self.rows) else 0

    def _columns_of_sections(self) -> int:
        """Return how many columns the header names that stand as lines of sections instead."""
        widths = {len(row) for row in self.rows[self.headers :]}
        missing = len(self.rows[self.headers - 1]) - max(widths) if self.headers and 1 in widths else 0
        return missing if len(widths) == 2 and missing == 1 else 0

    def _above(self, column: int) -> tuple[Span, ...]:
        """Return the header cells of a column; a blank in an upper row belongs to the merged cell at its left."""
        found = []
        column += self.missing
        for level, row in enumerate(self.rows[: self.headers]):
            at = min(column, len(row) - 1) if level + 1 < self.headers else column
            while level + 1 < self.headers and at > 0 and not self._said(row[at]):
                at -= 1
            if at < len(row) and self._said(row[at]):
                found.append(row[at])
        return tuple(found)

    def _column_unit(self, row: Sequence[Span]) -> Span | None:
        """Return the unit that the column 单位 gives to a row."""
        told = (cell for cell, tells in zip(row, self.unit_columns, strict=False) if tells)
        return next((cell for cell in told if _unit().fullmatch(self._said(cell))), None)

    def _unit(self, where: re.Pattern[str], *told: Span) -> Span | None:
        """Return the unit in the first of the spans that name one."""
        found = next(filter(None, (where.search(self.text, one.start, one.end) for one in told)), None)
        return Span(*found.span(found.lastgroup or 0)) if found else None


@cache
def _unit() -> re.Pattern[str]:
    one = any_of([*unit_words(), *words("per")])
    return re.compile(f"[十百千万亿]{{0,2}}{one}(?:[/·每]{one}){{0,2}}")


@cache
def _amount() -> re.Pattern[str]:
    before, after = any_of(words("before")), any_of(words("after"))
    return re.compile(
        f"{before}?[-+]?[0-9][0-9,，.]*(?:[-~—至][0-9.]+)?[余多]?(?:{_unit().pattern})?{after}?(?:（[^）]*）)?"
    )


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(f"[（(](?:单位[：:]?)?±?(?P<unit>{_unit().pattern})[）)]|[/／](?P<slashed>{_unit().pattern})$")


@cache
def _headed() -> re.Pattern[str]:
    """Return what finds the unit of a column in its header: in brackets, or as its noun (接待人次, 总投资万元, 户数)."""
    nouns = any_of(word for word, unit in unit_words().items() if len(word) > 1 and unit.strong)
    counted = any_of(
        word
        for word, unit in unit_words().items()
        if len(word) == 1 and unit.strong and unit.kind in ("count", "people")
    )
    return re.compile(f"{_bracketed().pattern}|(?P<noun>{nouns})$|(?P<counted>{counted})数$|(?P<percent>[%‰])$")


@cache
def _captioned() -> re.Pattern[str]:
    return re.compile(f"单位(?:[：:]|为)(?P<unit>{_unit().pattern})(?![、，])")
