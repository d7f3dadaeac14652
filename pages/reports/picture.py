"""A printed chart as PNG: 300 dots per inch, in the fonts of pages/charts/fonts."""

from __future__ import annotations

import struct
import zlib

from pages.charts.fonts import PACKAGED, SANS, Fonts, font_files, set_in

ZOOM = 2
DOTS_PER_METRE = round(300 / 0.0254)
_SIGNATURE_AND_HEADER = 8 + 25
"""Bytes of a PNG before the second chunk: its signature, and the header that always stands first."""


def png_bytes(svg: str, fonts: Fonts = PACKAGED) -> bytes:
    """``svg`` as PNG at twice its size in pixels, marked as 300 dpi (960 units come to 163 mm, the width of a page's text).

    The same drawing gives the same bytes on every machine unless ``fonts`` uses the machine's own.
    """
    drawn = _drawn(set_in(svg, fonts), fonts)
    return drawn[:_SIGNATURE_AND_HEADER] + _resolution() + drawn[_SIGNATURE_AND_HEADER:]


def _drawn(svg: str, fonts: Fonts) -> bytes:
    import resvg_py  # noqa: PLC0415 - only when a picture is asked for

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, zoom=ZOOM, background="#FFFFFF", font_files=[str(path) for path in font_files()], skip_system_fonts=not fonts.uses_system,
            font_family=SANS, sans_serif_family=SANS,
        )
    )  # fmt: skip


def _resolution() -> bytes:
    """The pHYs chunk of a PNG."""
    content = b"pHYs" + struct.pack(">IIB", DOTS_PER_METRE, DOTS_PER_METRE, 1)
    return struct.pack(">I", 9) + content + struct.pack(">I", zlib.crc32(content))
