"""The text layer of a PDF in the order in which a person reads it: columns one after the other, lines as printed.

A page is cut at the gutter between its columns; what runs across them (a headline, a banner) parts what stands above from what
stands below.  A page without columns keeps the order of the file.  Nothing is recognised from pictures.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from etl.errors import Where, refused

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

MOST_PAGES = 300
_PASSWORD = 4
_WIDE = 0.62
_FEWEST_LINES = 4
_APART, _HALF = 0.8, 0.4
_WIDE_AT_LEFT, _WIDE_AT_RIGHT = "（“《‘", "，。；：、）”》’！？"
_FEWEST_CHARACTERS = 8
_NO_WORD = ("\ufffe", "\uffff", "\ufffd")


@dataclass(frozen=True)
class Line:
    """A run of characters on one line: left, right, bottom and top in points, and what they say."""

    left: float
    right: float
    bottom: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """How tall the characters stand."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Where its middle stands."""
        return (self.top + self.bottom) / 2


def pdf_text(raw: bytes, name: str) -> tuple[str, list[str]]:
    """The text of all pages and a note for each page without any; raises Refused for a locked, broken or image-only file."""
    import pypdfium2  # noqa: PLC0415 - only for PDF

    where = Where(name)
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error):
            raise refused("E-703", where, "文件已加密", remedy="请去掉密码后另存") from error
        raise refused("E-707", where, "文件不完整或已损坏", remedy="请重新保存或重新上传") from error
    count = len(document)
    if count > MOST_PAGES:
        raise refused("E-709", where, "页数太多", f"{count}页", f"不超过{MOST_PAGES}页", "请拆成几份")
    pages = [_page_text(document[at]) for at in range(count)]
    return _joined(pages, where)


def _joined(pages: Sequence[str], where: Where) -> tuple[str, list[str]]:
    text = "\n\n".join(filter(None, (page.strip() for page in pages)))
    if not text:
        what, remedy = "无文字层：页面是图片或扫描件", "请用原始文档另存为 PDF，或把文字粘贴到页面上"
        raise refused("E-708", where, what, f"{len(pages)}页", "能选中文字的 PDF", remedy)
    unknown = sum(text.count(letter) for letter in _NO_WORD) + sum("\ue000" <= letter <= "\uf8ff" for letter in text)
    if unknown * 5 > len(text):
        raise refused("E-708", where, "文字层是乱码（字体没有编码表）", remedy="请用原始文档另存，或把文字粘贴到页面上")
    blank = [at for at, page in enumerate(pages, start=1) if not page.strip()]
    return text, [f"第{at}页没有文字层，页上的数没有读到" for at in blank]


def _page_text(page: PdfPage) -> str:
    lines = _lines(page.get_textpage())
    return "\n\n".join("\n".join(_rows(block)) for block in blocks(lines))


def _rows(block: Sequence[Line]) -> Iterator[str]:
    """The lines of a block; what stands beside each other are cells of one row, parted by tabs, unless it stands close."""
    row = ""
    for last, line in pairwise([None, *block]):
        if line is None or last is None or line.left < last.right or abs(line.middle - last.middle) > line.height / 2:
            yield from filter(None, [row])
            row = ""
        elif line.left - last.right > max(line.height, last.height):
            row += "\t"
        row += line.text if line else ""
    yield row


def _lines(textpage: PdfTextPage) -> list[Line]:
    """The lines of a page in the order of the file."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    lines: list[Line] = []
    letters: list[str] = []
    box: list[float] = []
    size = 0.0
    edges = [ctypes.c_double() for _ in range(4)]
    for at in range(textpage.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(textpage, at))
        if letter in "\r\n" or letter == "\x00":
            continue
        pdfium.FPDFText_GetCharBox(textpage, at, *map(ctypes.byref, edges))
        left, right, bottom, top = (edge.value for edge in edges)
        if letter.isspace() or right <= left:
            letters.append(letter if letters else "")
            continue
        if box and not _goes_on(box, left, bottom, top):
            lines.append(Line(box[0], box[1], box[2], box[3], "".join(letters).strip()))
            letters, box = [], []
        size = max(size if box else 0, top - bottom, right - left)
        if box and _is_next_cell((left - box[1]) / size, letters, letter):
            letters.append("\t")
        letters.append(letter)
        box = (
            [min(box[0], left), max(box[1], right), min(box[2], bottom), max(box[3], top)]
            if box
            else [left, right, bottom, top]
        )
    if box:
        lines.append(Line(box[0], box[1], box[2], box[3], "".join(letters).strip()))
    return [line for line in lines if line.text]


def _is_next_cell(gap: float, before: Sequence[str], letter: str) -> bool:
    """Whether a gap of so many characters parts two cells, and not only two marks that stand in one half of their squares."""
    last = "".join(before[-3:]).strip()[-1:] if gap > _APART else ""
    return gap > _APART + _HALF * ((letter in _WIDE_AT_LEFT) + (last != "" and last in _WIDE_AT_RIGHT))


def _goes_on(box: Sequence[float], left: float, bottom: float, top: float) -> bool:
    """Whether a character stands on the line of ``box``, behind it and not far away."""
    height = max(box[3] - box[2], top - bottom)
    middle = (bottom + top) / 2
    return box[2] - 0.3 * height <= middle <= box[3] + 0.3 * height and -height <= left - box[1] <= 2.2 * height


def blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page as columns and banners in reading order; a page without columns is one block as it came."""
    gutter = _gutter(lines)
    if gutter is None:
        return [list(lines)] if lines else []
    crossing = sorted((line for line in lines if line.left < gutter < line.right), key=lambda line: -line.top)
    beside = [line for line in lines if not line.left < gutter < line.right]
    found: list[list[Line]] = []
    for banner in crossing:
        above = [line for line in beside if line.middle > banner.middle]
        beside = [line for line in beside if line.middle <= banner.middle]
        found += [*_sides(above, gutter), [banner]]
    found += _sides(beside, gutter)
    return _banners_together(found)


def _sides(lines: Sequence[Line], gutter: float) -> list[list[Line]]:
    left = [line for line in lines if line.right <= gutter]
    right = [line for line in lines if line.left >= gutter]
    return [*_column(left), *_column(right)]


def _column(lines: Sequence[Line]) -> list[list[Line]]:
    if not lines:
        return []
    if _gutter(lines) is not None:
        return blocks(lines)
    return [sorted(lines, key=lambda line: (-round(line.bottom), line.left))]


def _banners_together(found: Sequence[list[Line]]) -> list[list[Line]]:
    """Neighbouring blocks of one line each joined: a headline of two lines is one."""
    joined: list[list[Line]] = []
    for block in found:
        if joined and len(block) == 1 and len(joined[-1]) == 1:
            joined[-1] = [*joined[-1], *block]
        else:
            joined.append(block)
    return joined


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where a vertical strip parts the lines into two columns of prose; None where there is none.

    Few lines may run across it, and the cells of a table, which are short, make no columns.
    """
    if len(lines) < 2 * _FEWEST_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    narrow = [line for line in lines if line.right - line.left <= _WIDE * (right - left)]
    if len(narrow) < 0.7 * len(lines):
        return None
    gaps = [(end - start, (start + end) / 2) for start, end in _gaps(narrow)]
    height = median(line.height for line in narrow)
    for width, middle in sorted(gaps, reverse=True):
        if (
            width >= 0.6 * height
            and _is_prose([n for n in narrow if n.right <= middle], narrow)
            and _is_prose([n for n in narrow if n.left >= middle], narrow)
        ):
            return middle
    return None


def _gaps(lines: Iterable[Line]) -> list[tuple[float, float]]:
    found, reach = [], None
    for line in sorted(lines, key=lambda line: line.left):
        if reach is not None and line.left > reach:
            found.append((reach, line.left))
        reach = line.right if reach is None else max(reach, line.right)
    return found


def _is_prose(side: Sequence[Line], every: Sequence[Line]) -> bool:
    """Whether one side of a gutter is a column: several lines, most of them as wide as the column and not a word or two."""
    if len(side) < _FEWEST_LINES or len(side) * 8 < len(every):
        return False
    return median(len(line.text) for line in side) >= _FEWEST_CHARACTERS
