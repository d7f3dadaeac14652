"""Bytes of a text file as its exact characters, whatever encoding it was saved in; what cannot be read is told by line and byte.

Nothing is normalised: a position in the text is a position in the file's decoded content (a byte order mark is no content).
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from etl.errors import Refused, Where, refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HARMLESS = frozenset("\t\n\r\v\f\x85")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF8_HANZI = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}")
_COMMON = re.compile(
    "[\t-\r -~\u00a0-\u00ff\u2000-\u22ff\u2460-\u27bf\u3000-\u303f\u3220-\u33ff\u4e00-\u9fff\uff00-\uffef]"
)
_FEWEST = 3
"""Characters of one encoding that a line must hold before it counts as written in it."""


def plain_text(raw: bytes, name: str) -> str:
    """The characters of ``raw``: UTF-8, UTF-16 or GB18030, with or without byte order mark.

    Raises Refused for mixed encodings, for bytes of no such encoding and for control characters, naming where they stand.
    """
    text = _decoded(raw, name)
    control = next((found for found in _CONTROL.finditer(text) if found.group() not in _HARMLESS), None)
    if control:
        raise _control_character(text, control.start(), name)
    return text


def _decoded(raw: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding, name, len(mark))
    if b"\x00" in raw:
        return _without_mark(raw, name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_mixed(raw, error.start, name)
    text = _strictly(raw, "gb18030", name, 0)
    strange = len(text) - len(_COMMON.findall(text))
    if strange * 4 > len(_HIGH.findall(raw)):
        first = _HIGH.search(raw)
        raise _unreadable(raw, first.start() if first else 0, name)
    return text


def _strictly(raw: bytes, encoding: str, name: str, before: int) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(raw, error.start, name, before) from error


def _without_mark(raw: bytes, name: str) -> str:
    """Text of bytes that hold NULs: UTF-16 without its mark where the NULs all stand in the same half of the units."""
    for encoding, half in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(raw) % 2 == 0 and b"\x00" not in raw[1 - half :: 2]:
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(_COMMON.findall(text)) >= 0.9 * len(text):
                return text
    at = raw.index(b"\x00")
    where = Where(name, _line(raw, at))
    raise refused(
        "E-710", where, f"含有空字符（NUL，第{at + 1}字节），不是文字文件", remedy="请另存为 TXT（UTF-8）或 DOCX"
    )


def _refuse_mixed(raw: bytes, invalid: int, name: str) -> None:
    """Raises Refused where some lines are UTF-8 and others are not; ``invalid`` is the first byte that is no UTF-8."""
    lines = raw.split(b"\n")
    if not any(_is_utf8(line) for line in lines):
        return
    row = _line(raw, invalid)
    shown = lines[row - 1].strip()[:24].decode("gb18030", "replace")
    raise refused(
        "E-101",
        Where(name, row),
        f"编码混杂：其余是 UTF-8，第{invalid + 1}字节起不是",
        shown,
        "全文一种编码",
        "请在记事本或 WPS 中打开，核对这一行，另存为 UTF-8",
    )


def _is_utf8(line: bytes) -> bool:
    """Whether a line's characters are, for the greater part, Chinese written in UTF-8."""
    high = len(_HIGH.findall(line))
    found = len(_UTF8_HANZI.findall(line))
    return found >= _FEWEST and found * 3 * 2 > high


def _unreadable(raw: bytes, at: int, name: str, before: int = 0) -> Refused:
    return refused(
        "E-101",
        Where(name, _line(raw, at)),
        f"看不出是什么编码（第{at + before + 1}字节处）",
        raw[at : at + 4].hex(" "),
        "UTF-8、GB18030 或 UTF-16 的文字",
        "请另存为 TXT（UTF-8）",
    )


def _line(raw: bytes, at: int) -> int:
    return raw.count(b"\n", 0, at) + 1


def _control_character(text: str, at: int, name: str) -> Refused:
    start = text.rfind("\n", 0, at) + 1
    return refused(
        "E-710",
        Where(name, text.count("\n", 0, at) + 1),
        f"第{at - start + 1}字是控制字符",
        f"U+{ord(text[at]):04X} {unicodedata.name(text[at], '')}".strip(),
        "可见的文字",
        "请删去它，或从原文重新复制",
    )
