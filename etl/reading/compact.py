"""Text as the grammar wants it: one width, no stray white space, every character still knowing where it stood.

A bulletin arrives as web text, as full-width text or as the columns of a PDF, with blanks and line ends inside its
numbers. The rules of numbers should not know about that. Half-width punctuation among Chinese
characters is widened; the words themselves are left alone.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from etl.invisible import INVISIBLE
from etl.reading.lexicon import any_of, unit_words, words
from etl.reading.tables import CELL, Break, cell_breaks

PARAGRAPH = "\n"
"""What stands in compact text where a paragraph ends."""

_SPACE = re.compile(r"\s+")
_OLD_FORMS = str.maketrans(
    "個萬億佔處戶間號約餘張冊棟條輛臺場畝歲兩層組種類項筆隻顆塊雙頂輪噸鐘時達過於滿內幾點東區縣鄉鎮",
    "个万亿占处户间号约余张册栋条辆台场亩岁两层组种类项笔只颗块双顶轮吨钟时达过于满内几点东区县乡镇",
)
_ENDS_A_SENTENCE = "。！？!?；;：:”）)】"
_WIDE = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"}
_MARKS = re.compile(r"(?<=[^\x00-\x7f])[,;:()?!]|[,;:()?!](?=[^\x00-\x7f])")
_GOES_ON = "、，,（("
_BULLET = re.compile(
    "[●•▪■◆◇★○▲△◎※□✅✔①-⑳]|[\U0001f300-\U0001faff]|[0-9]{1,2}[.、](?![0-9])|[（(][一二三四五六七八九十0-9]{1,2}[）)]|[一二三四五六七八九十]{1,2}、"
)
_IN_PROSE = re.compile("[，。；：、](?!$)")
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_NEIGHBOURS = 3
_ALIKE, _RAGGED = 0.85, 0.7
_FEW_LINES = 4
_FEWEST_ALIKE = 2
_NARROWEST_COLUMN, _WIDEST_COLUMN = 20, 120
"""Of lines whose end is the end of their column; a Chinese character is 2 wide."""
_LONGEST_HEADING = 45
_NARROW_END = re.compile(r"[0-9A-Za-z.,%]$")
_NARROW_START = re.compile(r"[0-9A-Za-z]")
_LATIN_UNIT = re.compile(any_of(word for word in unit_words() if word.isascii()) + "(?![A-Za-z])")
_DIGITS_END = re.compile(r"(?:[^\s0-9.,A-Za-z]|[^0-9],)([0-9]+[0-9.,]*)$")
_YEAR = re.compile("(?:19|20)[0-9]{2}年")
_FULL_YEAR = re.compile("(?:19|20)[0-9]{2}")
_DIGITS_START = re.compile(r"[0-9]+(?:\.[0-9]+)?(?![0-9.、)年月])")
_SPACED_OUT = re.compile(
    r"(?<![0-9０-９A-Za-z.．:：/—-])[0-9０-９]{1,2}(?:(?: ?[.．] ?| )[0-9０-９]{1,2})+(?![0-9０-９.．])(?=(?P<behind>\s*\S\s?\S?))"
)
_BEFORE_ITS_UNIT = re.compile(r"[0-9.一二三四五六七八九十百千万亿多余]$")
_UNIT_NEXT = re.compile(any_of(word for word, unit in unit_words().items() if unit.strong) + "|[万亿余多]")
_QUALIFIED_BEHIND = re.compile(f"{any_of(words('before'))}{any_of(words('link'))}?$")
_NUMERAL_NEXT = re.compile("(?!(?:19|20)[0-9]{2}年)[0-9一二两三四五六七八九十]")
_AMOUNT_END = re.compile("[0-9百千万亿多余][^0-9，。；：、]{1,4}$")
_QUALIFIER_NEXT = re.compile(
    any_of(set(words("after")) - {"内", "+", "不到"}) + "(?!数据|情况|内容|信息|各|均|问题|措施)"
)
_UNIT = re.compile(any_of(unit_words()))
_UNIT_BEGUN = re.compile(r"[0-9百千万亿余多+]\s?(?P<unit>[^0-9\s，。；：、]{1,3})$")


@dataclass(frozen=True)
class Compact:
    """``text`` without stray white space; character ``i`` of it stood at ``offsets[i]`` of ``source``."""

    text: str
    offsets: tuple[int, ...]
    source: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stood in the source, as (start, end)."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def printed(self, start: int, end: int) -> str:
        """Return ``text[start:end]`` as its source prints it, without the white space inside."""
        first, last = self.span(start, end)
        return _SPACE.sub("", "".join(char for char in self.source[first:last] if char not in INVISIBLE))


def compact(source: str) -> Compact:
    """Return ``source`` with full-width digits and letters narrowed and white space taken out of words and numbers.

    A line end or a blank line becomes one ``PARAGRAPH`` unless the line goes on behind it; a row of a table is one paragraph, its cells
    parted by ``CELL``; a gap between two numbers or two Latin words stays one blank.
    """
    chars: list[str] = []
    offsets: list[int] = []
    position = 0
    for gap in _gaps(source):
        _append(source, position, gap.start, chars, offsets)
        if chars:
            chars += gap.text
            offsets += [gap.start] * len(gap.text)
        position = gap.end
    _append(source, position, len(source), chars, offsets)
    return Compact(_MARKS.sub(lambda mark: _WIDE[mark.group()], "".join(chars)), tuple(offsets), source)


def _gaps(source: str) -> Iterator[Break]:
    """Yield the white space of ``source``, and what else parts the cells of its tables, with what stays of it in compact text."""
    spaced_out, lines = _spaced_out(source), _Lines(source)
    breaks = cell_breaks(source)
    at = 0
    for gap in _SPACE.finditer(source):
        while at < len(breaks) and breaks[at].start <= gap.start():
            yield breaks[at]
            at += 1
        if at and breaks[at - 1].start <= gap.start() and gap.end() <= breaks[at - 1].end:
            continue
        yield Break(gap.start(), gap.end(), "" if gap.start() in spaced_out else _what_stays(source, gap, lines))
    yield from breaks[at:]


def _spaced_out(source: str) -> frozenset[int]:
    """Return where blanks stand between the digits of one number, as columns of a PDF are set: 5 6 3 1户, 67. 5亿元."""
    found = (one for one in _SPACED_OUT.finditer(source) if _is_counted(one.group("behind")))
    return frozenset(one.start() + blank.start() for one in found for blank in _SPACE.finditer(one.group()))


def _is_counted(behind: str) -> bool:
    return _UNIT_NEXT.match("".join(map(_narrow, "".join(behind.split())))) is not None


def _append(source: str, start: int, end: int, chars: list[str], offsets: list[int]) -> None:
    for index in range(start, end):
        for char in _narrow(source[index]):
            chars.append(char)
            offsets.append(index)


def _narrow(char: str) -> str:
    if char < "\u0080" or "\u4e00" <= char <= "\u9fff":
        return char.translate(_OLD_FORMS)
    if char in INVISIBLE:
        return ""
    if "０" <= char <= "９" or "Ａ" <= char <= "Ｚ" or "ａ" <= char <= "ｚ" or char in "％．－～／＋＜＞￥":
        return unicodedata.normalize("NFKC", char)
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff" or char in "²³㎡㎞㎏":
        return unicodedata.normalize("NFKC", char)
    return char


class _Lines:
    """The lines of a source, ready to be asked whether one goes on in the next."""

    def __init__(self, source: str) -> None:
        found = list(_LINE.finditer(source))
        self._ends = [line.end() for line in found]
        self._texts = ["".join(line.group().split()) for line in found]
        self._widths = [sum(2 - (char < "\u0100" or "０" <= char <= "ｚ") for char in text) for text in self._texts]
        self._column = self._usual_column()
        self._is_title = bool(found) and not _IN_PROSE.search(self._texts[0]) and " " in found[0].group()

    def _usual_column(self) -> float:
        """Return where the lines of a source end that is wrapped throughout; without end where it is not."""
        column = sorted(self._widths)[len(self._widths) * 3 // 4] if len(self._widths) >= _FEW_LINES else 0
        is_open = [
            width for width, text in zip(self._widths, self._texts, strict=True) if text[-1] not in _ENDS_A_SENTENCE
        ]
        filled = sum(width >= column * _ALIKE for width in is_open)
        is_wrapped = _NARROWEST_COLUMN <= column <= _WIDEST_COLUMN and filled > len(self._widths) / 3
        return column if is_wrapped and filled > len(is_open) / 2 else math.inf

    def goes_on(self, gap: re.Match[str]) -> bool:
        """Tell whether the line before ``gap`` goes on behind it: it ends in an enumeration, or where its neighbours end in prose.

        What follows a blank line then stands in the next column or on the next page.
        """
        at = bisect_left(self._ends, gap.start())
        line, following = self._texts[at], self._texts[at + 1]
        breaks = gap.group().count("\n")
        if _BULLET.match(following):
            return False
        if line[-1] in _ENDS_A_SENTENCE:
            return breaks == 1 and self._column < math.inf
        if line[-1] in _GOES_ON or (breaks > 1 and len(line) >= _LONGEST_HEADING):
            return True
        if at == 0 and self._is_title:
            return False
        width, near = self._widths[at], slice(max(0, at - _NEIGHBOURS), at + _NEIGHBOURS + 1)
        column = max(self._widths[near])
        prose = sum(_IN_PROSE.search(text) is not None for text in self._texts[near])
        is_prose = prose * 2 >= len(self._texts[near]) and _NARROWEST_COLUMN <= column <= _WIDEST_COLUMN
        alike = sum(other >= column * _ALIKE for other in self._widths[near])
        return width >= self._column * (_RAGGED if breaks == 1 else _ALIKE) or (
            is_prose and width >= column * _ALIKE and alike > _FEWEST_ALIKE
        )


def _what_stays(source: str, gap: re.Match[str], lines: _Lines) -> str:
    if not gap.start() or gap.end() == len(source):
        return ""
    breaks = gap.group().count("\n")
    left = "".join(map(_narrow, source[max(0, gap.start() - 12) : gap.start()]))
    right = "".join(map(_narrow, source[gap.end() : gap.end() + 8]))
    goes_on = breaks > 0 and lines.goes_on(gap)
    if breaks:
        if not goes_on and (breaks > 1 or _BULLET.match(right) or not _is_torn(left, right)):
            return PARAGRAPH
    elif CELL in gap.group():
        return CELL
    if _NARROW_END.search(left) and _NARROW_START.match(right) and not _LATIN_UNIT.match(right):
        same_number = _number_goes_on(left, right, is_wrapped=goes_on) if breaks else _thousands_go_on(left, right)
        return "" if same_number else " "
    return ""


def _is_torn(left: str, right: str) -> bool:
    """Tell whether a line end stands in one amount: 14.|23万, 5|个, 超过|6万, 6万人次|以上, 1.4个百|分点."""
    if _number_goes_on(left, right) or (_BEFORE_ITS_UNIT.search(left) and _UNIT_NEXT.match(right)):
        return True
    if (_QUALIFIED_BEHIND.search(left) and _NUMERAL_NEXT.match(right)) or (
        _AMOUNT_END.search(left) and _QUALIFIER_NEXT.match(right)
    ):
        return True
    begun = _UNIT_BEGUN.search(left)
    whole = begun and _UNIT.match(begun["unit"] + right)
    return bool(begun and ("/" in (right[0], begun["unit"][-1]) or (whole and whole.end() > len(begun["unit"]))))


def _number_goes_on(left: str, right: str, *, is_wrapped: bool = False) -> bool:
    """Tell whether a line end stands between two digits of one number: 14.|23万, 1|18个 - not after a year or a page number."""
    digits = _DIGITS_END.search(left)
    if digits and _YEAR.match(digits.group(1) + right):
        return True
    if not digits or not _DIGITS_START.match(right):
        return False
    return (
        "." in digits.group(1)
        or left[-1] == ","
        or len(digits.group(1)) < 4
        or (is_wrapped and not _FULL_YEAR.fullmatch(digits.group(1)))
    )


def _thousands_go_on(left: str, right: str) -> bool:
    return bool(re.search(r"(?<![0-9])[0-9]{1,3}$", left)) and bool(re.match(r"[0-9]{3}(?![0-9])", right))
