"""Where the cells of a table end in a source: parted by tabs, upright strokes or two and more blanks, or one on each line.

Compact text has one line for each row and ``CELL`` before each further cell; what the cells mean is told by ``etl.reading.layout``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CELL = "\t"
"""What stands in compact text before each cell of a row but the first."""

_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_PARTS = {
    "tab": re.compile(r"(?<![^\S\t\n])[^\S\t\n]*\t[^\S\n]*"),
    "stroke": re.compile(r"(?<![^\S\n])[^\S\n]*[|｜│┃][^\S\n]*"),
    "blanks": re.compile(r"[^\S\n]{2,}"),
}
_FEWEST_ROWS = {"tab": 2, "stroke": 2, "blanks": 3}
_STROKES = "|｜│┃"
_RULE = re.compile(r"[-:=+\s|｜│┃]+")
_LONGEST_SECTION = 30
_LONGEST_NAME = 12
_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 12
_SENTENCE = re.compile("[。；，！？：]")
_AMOUNT = re.compile(r"[^0-9]{0,2}[0-9][0-9,.，]*[^0-9，。；]{0,4}(?:（[^）]*）)?")
_NUMBERED = ("序号", "编号")
_FEWEST_LISTED = 2


@dataclass(frozen=True)
class Break:
    """``source[start:end]`` stands between two cells; compact text has ``text`` there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Line:
    """The printed part of a line at ``source[start:end]``, how its cells are parted, and how many of them are blank before it."""

    start: int
    end: int
    kind: str
    blanks: int
    text: str


def cell_breaks(source: str) -> list[Break]:
    """Return the breaks between the cells and rows of all tables of ``source``, in order."""
    lines = [_line(source, found) for found in _LINE.finditer(source)]
    found: list[Break] = []
    at = 0
    while at < len(lines):
        parted = _parted(lines, at)
        if parted > at:
            found += _parted_breaks(lines, at, parted)
            at = parted
            continue
        width = _named_columns(lines, at)
        starts = _row_starts(lines, at, width) if width else []
        if len(starts) > _FEWEST_LISTED:
            found += _listed_breaks(lines, at, starts)
        at = starts[-1] if len(starts) > _FEWEST_LISTED else at + 1
    return found


def _line(source: str, found: re.Match[str]) -> _Line:
    """Return a line with its kind; strokes at its ends are its frame, tabs before it are blank cells."""
    text, start, end = found.group(), found.start(), found.end()
    kind = next((kind for kind, part in _PARTS.items() if part.search(text)), "")
    if kind == "stroke" and sum(map(text.count, _STROKES)) < 2:
        kind = ""
    before = source[source.rfind("\n", 0, start) + 1 : start]
    return _Line(start, end, kind, before.count("\t") if kind == "tab" else 0, text)


def _parted(lines: Sequence[_Line], first: int) -> int:
    """Return where the table ends whose first row is ``lines[first]``; ``first`` where none begins there.

    The line of a section (one cell across the table) may stand between two rows.
    """
    kind, at = lines[first].kind, first
    if not kind:
        return first
    rows = []
    while at < len(lines):
        if lines[at].kind == kind:
            rows.append(lines[at])
        elif kind == "blanks" or not _is_section(lines, at, kind):
            break
        at += 1
    if len(rows) < _FEWEST_ROWS[kind] or (kind == "blanks" and not _is_even(rows)):
        return first
    return at


def _is_section(lines: Sequence[_Line], at: int, kind: str) -> bool:
    is_short = len(lines[at].text) <= _LONGEST_SECTION and not _SENTENCE.search(lines[at].text)
    return is_short and at + 1 < len(lines) and lines[at + 1].kind == kind


def _is_even(rows: Sequence[_Line]) -> bool:
    """Whether lines parted by blanks have one number of cells, and amounts in most rows."""
    cells = [_PARTS["blanks"].split(row.text) for row in rows]
    amounts = sum(any(_AMOUNT.fullmatch(cell) for cell in row) for row in cells)
    return len({len(row) for row in cells}) == 1 and amounts * 2 > len(rows)


def _parted_breaks(lines: Sequence[_Line], first: int, end: int) -> Iterator[Break]:
    edge = lines[first - 1].end if first else 0
    for line in lines[first:end]:
        if line.kind == "stroke" and _RULE.fullmatch(line.text):
            continue
        framed = line.text.strip(_STROKES + " ") if line.kind == "stroke" else line.text
        start = line.start + line.text.index(framed)
        yield Break(edge, start, ("\n" if edge else "") + CELL * line.blanks)
        edge = start + len(framed)
        for part in _PARTS[line.kind].finditer(framed) if line.kind else ():
            yield Break(start + part.start(), start + part.end(), CELL * max(1, part.group().count("\t")))
    yield Break(edge, lines[end].start, "\n") if end < len(lines) else Break(edge, lines[-1].end, "")


def _named_columns(lines: Sequence[_Line], first: int) -> int:
    """Return how many columns a table of one cell a line has whose header may begin at ``lines[first]``: short names, then a row."""
    names = 0
    for line in lines[first : first + _MOST_COLUMNS + 1]:
        if len(line.text) > _LONGEST_NAME or _SENTENCE.search(line.text) or _AMOUNT.fullmatch(line.text) or line.kind:
            break
        names += 1
    if lines[first].text.startswith(_NUMBERED):
        return names if names >= _FEWEST_COLUMNS else 0
    return next((width for width in range(names, _FEWEST_COLUMNS - 1, -1) if _amounts(lines, first + width, width)), 0)


def _row_starts(lines: Sequence[_Line], first: int, width: int) -> list[int]:
    """Return where the rows below such a header begin and the last one ends: by their numbering, else by amounts in the same columns."""
    at = first + width
    starts = [at]
    if not lines[first].text.startswith(_NUMBERED):
        amounts = _amounts(lines, at, width)
        while amounts and 0 not in amounts and _amounts(lines, at, width) == amounts:
            at += width
            starts.append(at)
        return starts
    while _is_number(lines, at, len(starts)):
        following = [at + width, *range(at + 1, at + width)]
        end = min(at + width, len(lines))
        at = next((row for row in following if _is_number(lines, row, len(starts) + 1)), end)
        starts.append(at)
    return starts


def _is_number(lines: Sequence[_Line], at: int, number: int) -> bool:
    return at < len(lines) and lines[at].text.rstrip("、.．") == str(number)


def _amounts(lines: Sequence[_Line], first: int, width: int) -> tuple[int, ...]:
    row = lines[first : first + width]
    return tuple(at for at, line in enumerate(row) if _AMOUNT.fullmatch(line.text)) if len(row) == width else ()


def _listed_breaks(lines: Sequence[_Line], first: int, starts: Sequence[int]) -> Iterator[Break]:
    if first:
        yield Break(lines[first - 1].end, lines[first].start, "\n")
    for at in range(first + 1, min(starts[-1] + 1, len(lines))):
        yield Break(lines[at - 1].end, lines[at].start, "\n" if at in starts else CELL)
