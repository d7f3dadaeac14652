"""Text as the grammar wants it: one width, no stray white space, every character still knowing where it stood.

A bulletin arrives as web text, as full-width text or as the columns of a PDF, with blanks and line ends inside its
numbers. The rules of numbers should not know about that. Half-width punctuation among Chinese
characters is widened; the words themselves are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from etl.invisible import INVISIBLE
from etl.reading.lexicon import any_of, unit_words

PARAGRAPH = "\n"
"""What stands in compact text where a paragraph ends."""

_SPACE = re.compile(r"\s+")
_OLD_FORMS = str.maketrans("個萬億佔處戶座間號約餘", "个万亿占处户座间号约余")
_ENDS_A_SENTENCE = "。！？!?；;：:”）)】"
_WIDE = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"}
_MARKS = re.compile(r"(?<=[^\x00-\x7f])[,;:()?!]|[,;:()?!](?=[^\x00-\x7f])")
_GOES_ON = "、，,；;：:（("
_BULLET = re.compile(
    "[●•▪■◆◇★○▲△◎※]|[0-9]{1,2}[.、](?![0-9])|[（(][一二三四五六七八九十0-9]{1,2}[）)]|[一二三四五六七八九十]{1,2}、"
)
_FEW_LINES = 4
_NARROWEST_COLUMN = 10
_WIDEST_COLUMN = 60
_LONGEST_HEADING = 45
_NARROW_END = re.compile(r"[0-9A-Za-z.,%]$")
_NARROW_START = re.compile(r"[0-9A-Za-z]")
_LATIN_UNIT = re.compile(any_of(word for word in unit_words() if word.isascii()) + "(?![A-Za-z])")
_DIGITS_END = re.compile(r"(?:[^\s0-9.,A-Za-z]|[^0-9],)([0-9]+[0-9.,]*)$")
_YEAR = re.compile("(?:19|20)[0-9]{2}年")
_DIGITS_START = re.compile(r"[0-9]+(?:\.[0-9]+)?(?![0-9.、)年月])")
_SPACED_OUT = re.compile(
    r"(?<![0-9０-９A-Za-z.．:：/—-])[0-9０-９]{1,2}(?:(?: ?[.．] ?| )[0-9０-９]{1,2})+(?![0-9０-９.．])(?=(?P<behind>\s*\S\s?\S?))"
)
_BEFORE_ITS_UNIT = re.compile(r"[0-9.一二三四五六七八九十百千万亿多余]$")
_UNIT_NEXT = re.compile(any_of(word for word, unit in unit_words().items() if unit.strong) + "|[万亿余多]")


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

    A blank line, and in text that is not wrapped any line end, becomes one ``PARAGRAPH``; a gap between two numbers or
    two Latin words stays one blank.
    """
    chars: list[str] = []
    offsets: list[int] = []
    column, spaced_out = _column(source), _spaced_out(source)
    position = 0
    for gap in _SPACE.finditer(source):
        _append(source, position, gap.start(), chars, offsets)
        kept = "" if gap.start() in spaced_out else _what_stays(source, gap, column)
        if kept and chars:
            chars.append(kept)
            offsets.append(gap.start())
        position = gap.end()
    _append(source, position, len(source), chars, offsets)
    return Compact(_MARKS.sub(lambda mark: _WIDE[mark.group()], "".join(chars)), tuple(offsets), source)


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


def _column(source: str) -> int:
    """Return how many characters fill a line of text that breaks where its column ends; 0 for text that is not wrapped."""
    lines = ["".join(line.split()) for line in source.splitlines() if line.strip()]
    if len(lines) < _FEW_LINES:
        return 0
    full = sorted(len(line) for line in lines)[len(lines) * 3 // 4]
    open_ended = [line for line in lines if line[-1] not in _ENDS_A_SENTENCE]
    filled = [line for line in open_ended if len(line) >= full * 0.8]
    is_wrapped = (
        _NARROWEST_COLUMN < full <= _WIDEST_COLUMN
        and len(filled) > len(lines) / 3
        and len(filled) > len(open_ended) / 2
    )
    return full if is_wrapped else 0


def _what_stays(source: str, gap: re.Match[str], column: int) -> str:
    if not gap.start() or gap.end() == len(source):
        return ""
    breaks = gap.group().count("\n")
    goes_on = breaks > 1 and _sentence_goes_on(source, gap, column)
    if breaks > 1 and not goes_on:
        return PARAGRAPH
    left = "".join(map(_narrow, source[max(0, gap.start() - 12) : gap.start()]))
    right = "".join(map(_narrow, source[gap.end() : gap.end() + 8]))
    if breaks and not goes_on and _BULLET.match(right):
        return PARAGRAPH
    if breaks:
        soft = column or goes_on or (_BEFORE_ITS_UNIT.search(left) and _UNIT_NEXT.match(right))
        if not soft and not _number_goes_on(left, right):
            return PARAGRAPH
    elif "\t" in gap.group():
        return "\t"
    if _NARROW_END.search(left) and _NARROW_START.match(right) and not _LATIN_UNIT.match(right):
        same_number = _number_goes_on(left, right) if breaks else _thousands_go_on(left, right)
        return "" if same_number else " "
    return ""


def _sentence_goes_on(source: str, gap: re.Match[str], column: int) -> bool:
    """Tell whether a blank line only parts two columns or pages: it stands in an enumeration, or no heading was so long."""
    last = "".join(source[max(0, gap.start() - 200) : gap.start()].rpartition("\n")[2].split())
    longest = column * 0.85 if column else _LONGEST_HEADING
    return last[-1:] in _GOES_ON or (len(last) >= longest and last[-1] not in _ENDS_A_SENTENCE)


def _number_goes_on(left: str, right: str) -> bool:
    """Tell whether a line end stands between two digits of one number: 14.|23万, 1|18个 - not after a year or a page."""
    digits = _DIGITS_END.search(left)
    if digits and _YEAR.match(digits.group(1) + right):
        return True
    if not digits or not _DIGITS_START.match(right):
        return False
    return "." in digits.group(1) or left[-1] == "," or len(digits.group(1)) < 4


def _thousands_go_on(left: str, right: str) -> bool:
    return bool(re.search(r"(?<![0-9])[0-9]{1,3}$", left)) and bool(re.match(r"[0-9]{3}(?![0-9])", right))
