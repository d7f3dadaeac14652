"""The zip package around an office file, held against what it must not be before any parser sees it.

Its directory is checked first, which costs nothing: torn, locked, unpacking to too much, with macros or objects.  Then each XML
part is looked through for declarations that a parser would follow.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from etl.errors import Refused, Where, refused

MOST_BYTES = 100_000_000
MOST_RATIO = 100
SMALL = 1_000_000
"""A part that unpacks to no more than this may be packed as tightly as it likes."""

READABLE = "TXT、DOCX、XLSX、PDF（有文字层）或网页"
WORD, EXCEL = "word/document.xml", "xl/workbook.xml"
_SAVE_AS = {WORD: ".docx", EXCEL: ".xlsx"}
_OTHERS = {"ppt/": "PowerPoint 演示文稿", "content.xml": "ODF 文件", "OFD.xml": "OFD 文件"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNSAFE = ("<!DOCTYPE", "<!ENTITY")


def opened(raw: bytes, where: Where) -> zipfile.ZipFile:
    """The package in ``raw``, its directory found harmless; raises Refused otherwise."""
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise torn(where) from error
    _check_directory(package.infolist(), where)
    return package


def main_part(package: zipfile.ZipFile, where: Where) -> str:
    """WORD or EXCEL, by the part that a package holds; raises Refused for a package of another kind."""
    names = set(package.namelist())
    found = next((part for part in (WORD, EXCEL) if part in names), "")
    if found:
        return found
    if any(name.startswith("xl/") and name.endswith(".bin") for name in names):
        raise refused("E-702", where, "是二进制的 Excel 文件（.xlsb）", remedy="请另存为 .xlsx")
    kind = next((kind for start, kind in _OTHERS.items() if any(name.startswith(start) for name in names)), "压缩包")
    remedy = "请另存为其中一种，或把文字粘贴到页面上"
    raise refused("E-701", where, "不是 Word 或 Excel 文件", kind, READABLE, remedy)


def refuse_old_office(raw: bytes, where: Where) -> None:
    """Raises Refused for a file of the old Office kind, which is also how an encrypted one is wrapped."""
    if not raw.startswith(_OLE):
        return
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise refused("E-703", where, "文件已加密", remedy="请去掉密码后另存")
    if "WordDocument".encode("utf-16-le") in raw:
        raise refused("E-702", where, "实为旧版 Word 文件（.doc）", remedy="请另存为 .docx")
    if any(stream.encode("utf-16-le") in raw for stream in ("Workbook", "Book")):
        raise refused("E-702", where, "实为旧版 Excel 文件（.xls）", remedy="请另存为 .xlsx")
    raise refused("E-701", where, "不支持的类型", "旧版 Office 文件", READABLE, "请另存为 .docx 或 .xlsx")


def xml_parts(package: zipfile.ZipFile, where: Where) -> dict[str, bytes]:
    """The XML parts of a package by name; raises Refused where one is torn or declares a DTD or entities."""
    return {
        part.filename: _safe(package, part, where)
        for part in package.infolist()
        if part.filename.endswith((".xml", ".rels"))
    }


def empty(where: Where) -> Refused:
    """The error of a file without any byte."""
    return refused("E-102", where, "文件为空", remedy="请检查是否保存完整")


def torn(where: Where) -> Refused:
    """The error of a file that is incomplete or damaged."""
    return refused("E-707", where, "文件不完整或已损坏", remedy="请重新保存或重新上传")


def _check_directory(parts: list[zipfile.ZipInfo], where: Where) -> None:
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
    suffix = next((suffix for part, suffix in _SAVE_AS.items() if part in names), ".docx")
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        raise refused("E-704", where, "不接受含宏的文件", remedy=f"请另存为不含宏的 {suffix}")
    if any(name.startswith(("word/embeddings/", "xl/embeddings/")) and name.endswith(".bin") for name in names):
        raise refused("E-704", where, "文件里嵌有对象（OLE），不接受", remedy="请删去嵌入的对象后另存")


def _safe(package: zipfile.ZipFile, part: zipfile.ZipInfo, where: Where) -> bytes:
    try:
        content = package.read(part)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, zlib.error) as error:
        raise torn(where) from error
    if any(mark.encode(encoding) in content for mark in _UNSAFE for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        raise refused(
            "E-706", where, "含不安全的 XML（DTD 或实体）", part.filename, remedy="请用 Office 或 WPS 重新保存"
        )
    return content
