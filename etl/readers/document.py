"""A bulletin or draft as plain text, whatever it was saved as: TXT, DOCX, XLSX, PDF with a text layer, a web page, a pasted table.

What a file is decides its content, not its name.  Anything but plain text is parsed in a limited child process
(``sealed``); what cannot be read is refused in words, and an answer is never silently empty.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from etl.errors import Refused, Where, refused
from etl.readers.html_text import is_html
from etl.readers.office_package import EXCEL, READABLE, empty, main_part, opened, refuse_old_office
from etl.readers.plain_text import plain_text
from etl.readers.sealed import sealed
from etl.readers.workbook import read_workbook, workbook_text

MOST_BYTES = 20_000_000
MOST_CHARACTERS = 200_000
"""As long as a book: what is longer is no bulletin, and reading it would keep others waiting."""

SUFFIXES = ("txt", "docx", "xlsx", "pdf", "html", "htm")
PASTED = "粘贴的文字"
_SIGNS = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "office"),
    (b"PK\x05\x06", "office"),
)
_OTHERS = (
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"PAR1", "数据文件"),
    (b"MIME-Version:", "单个文件网页（MHT）"),
)


@dataclass(frozen=True)
class DocumentText:
    """The text of a document - for TXT exactly its decoded content - and notes on what of it could not be read.

    ``cells`` are, for a workbook, where in the text each cell stands: start, end, ``sheet!cell``.
    """

    text: str
    notes: tuple[str, ...] = ()
    cells: tuple[tuple[int, int, str], ...] = ()

    def cell_at(self, position: int) -> str:
        """The ``sheet!cell`` that stands at a position of the text, ``""`` where none does."""
        at = bisect_right(self.cells, position, key=itemgetter(0)) - 1
        return self.cells[at][2] if at >= 0 and position < self.cells[at][1] else ""


def read_file(path: Path) -> tuple[bytes, DocumentText]:
    """The bytes and the text of a file; raises Refused with a message in Chinese when it cannot be read."""
    where = Where(path.name)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _too_large(size, where)
        raw = path.read_bytes()
    except OSError as error:
        reason = {FileNotFoundError: "没有这个文件", IsADirectoryError: "这是文件夹", PermissionError: "没有权限"}
        found = reason.get(type(error), str(error.strerror or ""))
        raise refused("E-112", where, "读不到这个文件", found, remedy="请检查文件名和权限") from error
    return raw, read_document(raw, path.name)


def read_document(raw: bytes, name: str) -> DocumentText:
    """The text of ``raw``; ``name`` is what messages call it.

    Raises Refused: empty, too large, of another kind, locked, with macros, packed too tightly, torn, without a text layer, of mixed
    encodings, with control characters.
    """
    where = Where(name)
    if not raw:
        raise empty(where)
    if len(raw) > MOST_BYTES:
        raise _too_large(len(raw), where)
    notes: list[str] = []
    kind = next((kind for sign, kind in _SIGNS if raw.lstrip()[:8].startswith(sign)), "")
    if kind == "office":
        return _office(raw, name)
    if kind:
        text, notes = sealed(kind, raw, name)
    else:
        _refuse_other_kind(raw, where)
        text = plain_text(raw, name)
        if is_html(text):
            text, notes = sealed("html", raw, name)
        elif text.lstrip().startswith("<?xml") or "<!ENTITY" in text:
            raise _unreadable_xml(text, where)
    return DocumentText(_checked(text, where), tuple(notes))


def read_paste(text: str) -> DocumentText:
    """What somebody pasted: words, the source of a page, or a table from Excel; raises Refused like ``read_document``."""
    return read_document(text.encode("utf-8", "surrogatepass"), PASTED)


def _office(raw: bytes, name: str) -> DocumentText:
    where = Where(name)
    with opened(raw, where) as package:
        is_workbook = main_part(package, where) == EXCEL
    if is_workbook:
        located = workbook_text(read_workbook(raw, name))
        return DocumentText(_checked(located.text, where), located.notes, located.cells)
    text, notes = sealed("docx", raw, name)
    return DocumentText(_checked(text, where), tuple(notes))


def _checked(text: str, where: Where) -> str:
    if not text.strip():
        raise refused("E-712", where, "没有文字", remedy="请检查是否选对了文件")
    if len(text) > MOST_CHARACTERS:
        found, most = f"{len(text)}字", f"不超过{MOST_CHARACTERS}字"
        raise refused("E-709", where, "文字太长，没有读取", found, most, "请分篇处理")
    return text


def _too_large(size: int, where: Where) -> Refused:
    most = f"不超过{MOST_BYTES // 10**6} MB"
    return refused("E-709", where, "文件太大", f"{size / 1e6:.1f} MB", most, "请分篇，或只留文字")


def _refuse_other_kind(raw: bytes, where: Where) -> None:
    refuse_old_office(raw, where)
    found = next((kind for sign, kind in _OTHERS if raw.startswith(sign)), "")
    if found and (found != "图片" or b"\x00" in raw):
        raise refused("E-701", where, "不支持的类型", found, READABLE, "请另存为其中一种，或把文字粘贴到页面上")


def _unreadable_xml(text: str, where: Where) -> Refused:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return refused("E-706", where, "含不安全的 XML（DTD 或实体）", remedy="请只复制文字")
    return refused("E-701", where, "不支持的类型", "XML 文件", READABLE, "请另存为其中一种")
