"""The text of a Word document: paragraphs and tables in the order in which they stand.

Inserted text under revision counts, deleted text does not, nor do comments; text boxes and content controls are read where they
stand.  A row of a table is a line, its cells parted by tabs, a merged cell once.  Text that is set as hidden, by itself or by its
style, is on no page that anybody holds in their hand: it is left out, and a note says so.
"""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from etl.errors import Refused, Where, refused

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_BYTES = 100_000_000
MOST_RATIO = 100
SMALL = 1_000_000
"""A part that unpacks to no more than this may be packed as tightly as it likes."""

_DOCUMENT = "word/document.xml"
_UNSAFE = ("<!DOCTYPE", "<!ENTITY")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off")
_LEFT_OUT = {f"{_W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText")} | {f"{_MC}Fallback"}
_HOLDERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def docx_text(raw: bytes, name: str) -> tuple[str, list[str]]:
    """The text of a .docx, and notes on what was left out; raises Refused for one that is torn, packed too tightly, carries macros, objects or a DTD."""
    where = Where(name)
    with _opened(raw, where) as package:
        _check(package, where)
        from docx import Document  # noqa: PLC0415 - after the package was found harmless
        from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

        try:
            document = Document(io.BytesIO(raw))
        except (PackageNotFoundError, KeyError, ValueError) as error:
            raise _torn(where) from error
    reading = _Reading(document.styles.element)
    text = "\n".join(reading.blocks(document.element.body))
    return text, [f"文中有设为隐藏的文字（{reading.hidden}字），没有读取"] if reading.hidden else []


def _opened(raw: bytes, where: Where) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _torn(where) from error


def _torn(where: Where) -> Refused:
    return refused("E-707", where, "文件不完整或已损坏", remedy="请重新保存或重新上传")


def _check(package: zipfile.ZipFile, where: Where) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    size = sum(part.file_size for part in parts)
    tight = [p for p in parts if p.file_size > SMALL and p.file_size > MOST_RATIO * max(1, p.compress_size)]
    if size > MOST_BYTES or tight:
        raise refused(
            "E-705",
            where,
            "解压后过大，拒绝读取",
            f"{size / 1e6:.0f} MB",
            f"不超过{MOST_BYTES // 10**6} MB，压缩比不超过{MOST_RATIO}",
            "请删去图片后另存，或只复制文字",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise refused("E-703", where, "文件已加密", remedy="请去掉密码后另存")
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise refused("E-704", where, "不接受含宏的文件", remedy="请另存为不含宏的 .docx")
    if any(part.startswith("word/embeddings/") and part.endswith(".bin") for part in names):
        raise refused("E-704", where, "文件里嵌有对象（OLE），不接受", remedy="请删去嵌入的对象后另存")
    if _DOCUMENT not in names:
        raise _no_word(names, where)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _check_part(package, part, where)


def _no_word(names: set[str], where: Where) -> Refused:
    found = next((name for start, name in _OTHERS.items() if any(part.startswith(start) for part in names)), "压缩包")
    remedy = "表格可在 Excel 中选中、复制，再粘贴到页面上"
    return refused("E-701", where, "不是 Word 文件", found, "TXT、DOCX、PDF 或网页", remedy)


_OTHERS = {"xl/": "Excel 工作簿", "ppt/": "PowerPoint 演示文稿", "content.xml": "ODF 文件", "OFD.xml": "OFD 文件"}


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, where: Where) -> None:
    try:
        content = package.read(part)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise _torn(where) from error
    except Exception as error:  # zlib.error, which zipfile lets through
        if type(error).__name__ != "error":
            raise
        raise _torn(where) from error
    if any(mark.encode(encoding) in content for mark in _UNSAFE for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        raise refused("E-706", where, "含不安全的 XML（DTD 或实体）", part.filename, remedy="请用 Word 或 WPS 重新保存")


class _Reading:
    """A document being read: ``hidden`` counts the characters that were left out because nobody is meant to see them."""

    def __init__(self, styles: Element) -> None:
        self.hidden = 0
        found = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}
        self._hides = {name: _style_hides(name, found) for name in found}
        self._usual = next((name for name, style in found.items() if _is_usual(style)), None)
        self._all = bool(_vanishes(styles.find(f"{_W}docDefaults/{_W}rPrDefault")))

    def blocks(self, parent: Element) -> Iterator[str]:
        """The paragraphs and rows of a body, a content control or a text box, one line each."""
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self._lines(child)
            elif child.tag == f"{_W}tbl":
                for row in child.iter(f"{_W}tr"):
                    if next(row.iterancestors(f"{_W}tbl")) is child and not _is_deleted(row):
                        yield "\t".join(" ".join(filter(None, self.blocks(cell))) for cell in _cells(row))
            elif child.tag in _HOLDERS:
                yield from self.blocks(child)

    def _lines(self, paragraph: Element) -> Iterator[str]:
        """A paragraph, then its text boxes; nothing of one that is hidden as a whole."""
        before = self.hidden
        line = "".join(self._pieces(paragraph))
        if line or self.hidden == before:
            yield line
        for box in paragraph.iter(f"{_W}txbxContent"):
            if next(box.iterancestors(f"{_W}p")) is paragraph and not self._is_left_out(box, paragraph):
                yield from self.blocks(box)

    def _pieces(self, element: Element) -> Iterator[str]:
        for child in element:
            if child.tag in _LEFT_OUT or child.tag == f"{_W}txbxContent":
                continue
            if child.tag == f"{_W}t":
                yield child.text or ""
            elif child.tag in _BREAKS:
                yield _BREAKS[child.tag]
            elif child.tag == f"{_W}r" and self._is_hidden(child):
                self.hidden += len("".join("".join(self._pieces(child)).split()))
            else:
                yield from self._pieces(child)

    def _is_left_out(self, box: Element, paragraph: Element) -> bool:
        for above in itertools.takewhile(lambda above: above is not paragraph, box.iterancestors()):
            if above.tag == f"{_W}r" and self._is_hidden(above):
                self.hidden += len("".join("".join(self.blocks(box)).split()))
                return True
            if above.tag in _LEFT_OUT:
                return True
        return False

    def _is_hidden(self, run: Element) -> bool:
        """By itself; or else by one of its two styles, which cancel each other (ECMA-376 part 1, 17.7.3), or all text is."""
        hidden = _vanishes(run)
        if hidden is not None:
            return hidden
        paragraph = next(run.iterancestors(f"{_W}p"))
        by_character = self._hides.get(_style_of(run, "r"), False)
        return self._all or by_character != self._hides.get(_style_of(paragraph, "p") or self._usual, False)


def _style_of(element: Element, kind: str) -> str | None:
    style = element.find(f"{_W}{kind}Pr/{_W}{kind}Style")
    return None if style is None else style.get(f"{_W}val")


def _is_usual(style: Element) -> bool:
    return style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default", "0") not in _OFF


def _style_hides(name: str, styles: Mapping[str, Element]) -> bool:
    """What a style, or the nearest it is based on, says of hiding; one that is based on itself says nothing."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        if (hidden := _vanishes(styles[name])) is not None:
            return hidden
        base = styles[name].find(f"{_W}basedOn")
        name = "" if base is None else base.get(f"{_W}val", "")
    return False


def _vanishes(element: Element) -> bool | None:
    """Whether the properties of a run or a style hide its text; None when they say nothing of it."""
    vanish = None if element is None else element.find(f"{_W}rPr/{_W}vanish")
    return None if vanish is None else vanish.get(f"{_W}val", "1") not in _OFF


def _is_deleted(row: Element) -> bool:
    return row.find(f"{_W}trPr/{_W}del") is not None


def _cells(row: Element) -> Iterator[Element]:
    for cell in row.iter(f"{_W}tc"):
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        goes_on = merged is not None and merged.get(f"{_W}val", "continue") == "continue"
        if next(cell.iterancestors(f"{_W}tr")) is row and not goes_on:
            yield cell
