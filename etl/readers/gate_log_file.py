"""One file of a gate log, looked at byte by byte before any engine reads it: its hash, encoding, header, and how many rows it holds.

The rows are counted here without parsing them, so that an engine that loses some is found out. Deliberately left out: what
stands in the rows.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from etl.handwritten import ENCODINGS

FORMS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".parquet": "parquet"}
"""Suffix -> form of the files that are read."""
MEANINGS = ("event_id", "ts", "space_id", "card_id", "action", "n")
MUST = ("event_id", "ts", "space_id", "action")
WORDS = Path(__file__).with_name("gate_log_words.csv")

_CHUNK = 1 << 22
_LF, _CR = b"\n\r"
_DELIMITERS = ",\t;|"


class Unreadable(Exception):
    """A file that is no gate log; says ``what`` is wrong, what was ``found`` there, where (``row``), and the ``remedy``."""

    def __init__(self, code: str, what: str, remedy: str, *, found: str = "", row: int = 0) -> None:
        super().__init__(what)
        self.code, self.what, self.remedy, self.found, self.row = code, what, remedy, found, row


@dataclass(frozen=True)
class Layout:
    """How the columns of a file stand: files of one layout are read together.

    ``names`` are the file's own columns in their order, ``types`` those of Parquet, ``meanings`` what each stands for ("" is not read).
    """

    form: str
    names: tuple[str, ...]
    meanings: tuple[str, ...]
    types: tuple[str, ...] = ()
    delimiter: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names an engine reads by: those of Parquet, and for CSV such as no two columns share, whatever the header says."""
        return self.names if self.form == "parquet" else tuple(f"c{at}" for at in range(len(self.names)))


@dataclass(frozen=True)
class Content:
    """What the bytes of one file say. ``rows`` counts its data rows, whatever stands in them."""

    sha256: str
    rows: int
    encoding: str
    layout: Layout


@cache
def words(kind: str) -> dict[str, str]:
    """Word -> meaning, for ``column`` (of a header) or ``action`` (of a row)."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return {row["word"]: row["means"] for row in csv.DictReader(file) if row["kind"] == kind}


def look(path: Path) -> Content:
    """What the file at ``path`` is; raises Unreadable for one that cannot be a gate log."""
    return _looked_at_parquet(path) if FORMS[path.suffix.lower()] == "parquet" else _looked_at_csv(path)


def _looked_at_parquet(path: Path) -> Content:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    try:
        with pq.ParquetFile(path) as opened:
            schema, rows = opened.schema_arrow, opened.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        what = "文件为空" if path.stat().st_size == 0 else "不是完整的 Parquet 文件"
        raise Unreadable("E-111", what, "请重新导出并上传") from error
    types = tuple(str(kind) for kind in schema.types)
    layout = Layout("parquet", tuple(schema.names), _meanings(schema.names), types)
    for name, means, kind in zip(layout.names, layout.meanings, schema.types, strict=True):
        _typed_as_it_must_be(name, means, kind)
    return Content(digest, rows, "", layout)


def _typed_as_it_must_be(name: str, means: str, kind: pa.DataType) -> None:
    """Raises Unreadable for a type that has lost what the column says."""
    if means == "ts" and pa.types.is_timestamp(kind) and kind.tz:
        raise Unreadable("E-110", "时间带有时区", "请导出为不带时区的北京时间", found=name)
    if means == "ts" and not (pa.types.is_timestamp(kind) or _is_text(kind)):
        raise Unreadable("E-110", "时间列的类型不对", "请导出为日期时间或文字，精确到分", found=f"{name}：{kind}")
    if means == "event_id" and pa.types.is_floating(kind):
        raise Unreadable("E-110", "编号列是小数，大的编号已经不准", "请导出为整数或文字", found=f"{name}：{kind}")


def _is_text(kind: pa.DataType) -> bool:
    cells = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(cells) or pa.types.is_large_string(cells) or pa.types.is_string_view(cells))


@dataclass
class _Count:
    """What is known of a CSV so far; ``is_utf8`` until a piece shows otherwise."""

    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    lines: int = 0
    quoted: bool = False
    is_utf8: bool = True


def _looked_at_csv(path: Path) -> Content:
    count = _Count()
    with path.open("rb") as file:
        header = file.readline()
        if not header.strip():
            raise Unreadable("E-102", "文件为空", f"第一行应为列名：{','.join(MEANINGS)}")
        if header.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise Unreadable("E-101", "是 UTF-16 编码", "请另存为“CSV UTF-8”")
        file.seek(0)
        for chunk in _chunks(file):
            count.digest.update(chunk)
            count.lines += _lines(count, chunk)
            count.is_utf8 = count.is_utf8 and _is_utf8(chunk)
    encoding = ENCODINGS[0] if count.is_utf8 else _encoding(path)
    if count.quoted:
        raise Unreadable("E-104", "引号没有成对", "文件可能不完整，请重新导出")
    if b"\0" in header:
        raise Unreadable("E-104", "不是文本文件", "请重新导出为 CSV")
    line = header.decode(encoding, "replace").lstrip("\ufeff")
    delimiter = max(_DELIMITERS, key=line.count)
    names = tuple(name.strip() for name in next(csv.reader([line.strip("\r\n")], delimiter=delimiter)))
    layout = Layout("csv", names, _meanings(names), (), delimiter)
    return Content(count.digest.hexdigest(), count.lines - 1, encoding, layout)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces that end where a line ends, so that no character is cut in two."""
    while chunk := file.read(_CHUNK):
        yield chunk if chunk.endswith(b"\n") else chunk + file.readline()


def _is_utf8(chunk: bytes) -> bool:
    """Arrow's check leaves the interpreter to the other threads, which decoding does not."""
    ends = pa.py_buffer(np.array([0, len(chunk)], np.int32))
    try:
        pa.Array.from_buffers(pa.binary(), 1, [None, ends, pa.py_buffer(chunk)]).cast(pa.string())
    except pa.ArrowInvalid:
        return False
    return True


def _encoding(path: Path) -> str:
    """The first of ENCODINGS that the whole file is in; raises Unreadable with the row where the last of them gives up."""
    wrong = [_first_wrong(path, encoding) for encoding in ENCODINGS]
    if None in wrong:
        return ENCODINGS[wrong.index(None)]
    row = max(row for row in wrong if row)
    raise Unreadable("E-101", "不是 UTF-8 也不是 GB18030 编码，或两种混在一起", "请另存为“CSV UTF-8”", row=row)


def _first_wrong(path: Path, encoding: str) -> int | None:
    """The first row that is not in ``encoding``, from 1; None where all are."""
    ends = 0
    with path.open("rb") as file:
        for chunk in _chunks(file):
            try:
                chunk.decode(encoding)
            except UnicodeDecodeError as error:
                return ends + chunk.count(b"\n", 0, error.start) + 1
            ends += chunk.count(b"\n")
    return None


def _lines(count: _Count, chunk: bytes) -> int:
    """How many rows end in ``chunk``: line ends outside quotation marks, blank lines not counted."""
    ends, has_blank = _line_ends(chunk)
    blank = sum(not line.strip(b"\r\n") for line in chunk.splitlines()) if has_blank else 0
    unended = 0 if chunk.endswith(b"\n") else 1
    if b'"' not in chunk:
        return 0 if count.quoted else ends + unended - blank
    ended = 0
    for number, part in enumerate(chunk.split(b'"')):
        count.quoted ^= number > 0
        ended += 0 if count.quoted else part.count(b"\n")
    return ended + (0 if count.quoted else unended - blank)


def _line_ends(chunk: bytes) -> tuple[int, bool]:
    """How many there are, and whether a line may be blank; NumPy, too, leaves the interpreter to the other threads."""
    text = np.frombuffer(chunk, np.uint8)
    ends = np.flatnonzero(text == _LF)
    gaps = np.diff(ends)
    return len(ends), bool((gaps == 1).any() or (text[ends[1:][gaps == 2] - 1] == _CR).any() or chunk[:1] in b"\r\n")


def _meanings(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """What each column stands for; raises Unreadable when one that must be there is not, or two stand for the same."""
    known = words("column")
    meanings = tuple(known.get(unicodedata.normalize("NFKC", name).strip().casefold(), "") for name in names)
    missing = [name for name in MUST if name not in meanings]
    if missing:
        also = {
            name: [word for word, means in known.items() if means == name and not word.isascii()] for name in missing
        }
        called = "、".join(f"“{name}”（也可写：{'、'.join(listed[:2])}）" for name, listed in also.items())
        found, remedy = "、".join(names)[:120], "第一行应为列名；请补上这一列或改列名"
        raise Unreadable("E-105", f"缺少列{called}", remedy, found=found, row=1)
    for name in MEANINGS:
        if meanings.count(name) > 1:
            both = [own_name for own_name, means in zip(names, meanings, strict=True) if means == name]
            raise Unreadable("E-107", f"有两列都是“{name}”", "请只留一列", found="、".join(both), row=1)
    return meanings
