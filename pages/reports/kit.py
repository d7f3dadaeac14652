"""What all files to take away share: their media types, the start of a Word document, its fonts, and how an office file is saved."""

from __future__ import annotations

import datetime as dt
import io
from typing import IO, Any, Protocol

from pages.reports.archive import LONG_AGO, with_fixed_timestamps

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
