"""A briefing in each of its formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from etl.reference import read_city
from pages.charts.fonts import CHOICES, PACKAGED, Fonts
from pages.reports.brief import Brief

FORMATS = {**{name: name for name in ("docx", "pptx", "pdf", "xlsx")}, "message": "txt", "png": "png"}
"""Format -> ending of its file."""


def brief_bytes(brief: Brief, form: str, *, template: bytes | None = None, fonts: Fonts = PACKAGED) -> bytes:
    """``brief`` as a file of ``form``, one of FORMATS; NoChart where it cannot be drawn.
    Each writer brings a large library along, so they are imported only here."""
    from pages.reports.docx import docx_bytes  # noqa: PLC0415
    from pages.reports.message import card_png, message_text  # noqa: PLC0415
    from pages.reports.pdf import pdf_bytes  # noqa: PLC0415
    from pages.reports.pptx import pptx_bytes  # noqa: PLC0415
    from pages.reports.xlsx import xlsx_bytes  # noqa: PLC0415

    writers: Mapping[str, Callable[[Brief], bytes]] = {
        "docx": docx_bytes, "pptx": lambda brief: pptx_bytes(brief, template), "pdf": lambda brief: pdf_bytes(brief, fonts), "xlsx": xlsx_bytes,
        "message": lambda brief: f"{message_text(brief)}\n".encode(), "png": lambda brief: card_png(brief, fonts),
    }  # fmt: skip
    return writers[form](brief)


def template_of(folder: Path) -> bytes | None:
    """The city's own slides in its data folder, where there are any; without them the deck is plain."""
    path = folder / "template.pptx"
    return path.read_bytes() if path.is_file() else None


def fonts_of(folder: Path) -> Fonts:
    """The fonts that the city's own city.toml asks for; the packaged ones where it says nothing."""
    return CHOICES[read_city(folder)[0].fonts]
