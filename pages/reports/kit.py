"""What all files to take away share: media types, the start of a Word document, its fonts, pictures, and archives with no clock inside.
The same content gives the same bytes.  Every library stamps its files with the time of writing - in the zip directory, in
docProps/core.xml, and once more in the workbook that stands inside a native chart."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import IO, Any, Protocol

from pages.charts.fonts import PACKAGED, SANS, Fonts, font_files, set_in

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    "csv": "text/csv",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "zip": "application/zip",
}
"""Ending of a file -> its media type."""

A4_MM = (210, 297)


class OfficeFile(Protocol):
    """What python-docx and python-pptx write."""

    def save(self, to: IO[bytes], /) -> None:
        """Writes the file to a stream."""


def office_bytes(file: OfficeFile, day: dt.date | None = None) -> bytes:
    """``file`` as bytes, the same for the same content, as if it had been written on ``day``."""
    made = io.BytesIO()
    file.save(made)
    return with_fixed_timestamps(made.getvalue(), day or LONG_AGO)


def a4_document(**margins_mm: float) -> Any:
    """An empty Word document on A4 with these margins (left, right, top, bottom; those of python-docx where one is not given)."""
    from docx import Document  # noqa: PLC0415 - only when a document is asked for
    from docx.shared import Mm  # noqa: PLC0415

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = (Mm(side) for side in A4_MM)
    for edge, wide in margins_mm.items():
        setattr(page, f"{edge}_margin", Mm(wide))
    return document


def set_font(holder: Any, font: str, size: float, *, latin: str = "") -> None:
    """Chinese letters of a run or style in ``font``, all others in ``latin``, which is the same where none is given; size in points."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    holder.font.name, holder.font.size = latin or font, Pt(size)
    holder.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of every file in an archive, so that the same release gives the same bytes; none is earlier in a zip."""

LONG_AGO = dt.date(2000, 1, 1)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def archived(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these (path, content) pairs in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            archive.writestr(zipfile.ZipInfo(path, EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def with_fixed_timestamps(content: bytes, day: dt.date = LONG_AGO) -> bytes:
    """An Office file as if it had been written on ``day``, whenever it is written; files inside it too."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {each.filename: archive.read(each) for each in archive.infolist()}
    for path, inner in files.items():
        if path == "docProps/core.xml":
            files[path] = _STAMP.sub(rb"\g<1>%sT00:00:00Z\g<2>" % day.isoformat().encode(), inner)
        elif path.endswith((".xlsx", ".docx", ".pptx")):
            files[path] = with_fixed_timestamps(inner, day)
    return archived(files.items())


DOTS_PER_METRE = round(300 / 0.0254)
_SIGNATURE_AND_HEADER = 8 + 25
"""Bytes of a PNG before the second chunk: its signature, and the header that always stands first."""


def png_bytes(svg: str, fonts: Fonts = PACKAGED) -> bytes:
    """``svg`` as PNG at twice its size in pixels, marked as 300 dpi (960 units come to 163 mm, the width of a page's text).
    The same drawing gives the same bytes on every machine unless ``fonts`` uses the machine's own."""
    import resvg_py  # noqa: PLC0415 - only when a picture is asked for

    drawn = bytes(
        resvg_py.svg_to_bytes(
            svg_string=set_in(svg, fonts), zoom=2, background="#FFFFFF", font_files=[str(path) for path in font_files()],
            skip_system_fonts=not fonts.uses_system, font_family=SANS, sans_serif_family=SANS,
        )
    )  # fmt: skip
    content = b"pHYs" + struct.pack(">IIB", DOTS_PER_METRE, DOTS_PER_METRE, 1)
    resolution = struct.pack(">I", 9) + content + struct.pack(">I", zlib.crc32(content))
    return drawn[:_SIGNATURE_AND_HEADER] + resolution + drawn[_SIGNATURE_AND_HEADER:]
