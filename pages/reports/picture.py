"""A printed chart as PNG: 300 dots per inch, with Chinese letters or not at all.

A machine without a Chinese font would draw empty boxes and say nothing, so ``has_chinese_font`` asks first.  An SVG needs no
font here: whoever opens it draws it with theirs.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache

ZOOM = 2
DOTS_PER_METRE = round(300 / 0.0254)
_SIGNATURE_AND_HEADER = 8 + 25
"""Bytes of a PNG before the second chunk: its signature, and the header that always stands first."""


def png_bytes(svg: str) -> bytes:
    """``svg`` as PNG at twice its size in pixels, marked as 300 dpi (960 units come to 163 mm, the width of a page's text)."""
    drawn = _drawn(svg, ZOOM)
    return drawn[:_SIGNATURE_AND_HEADER] + _resolution() + drawn[_SIGNATURE_AND_HEADER:]


@cache
def has_chinese_font() -> bool:
    """Whether this machine draws two different Chinese characters differently, which boxes and blanks are not."""
    first, second = (_drawn(_one_letter(letter), 1) for letter in "测试")
    return first != second


def _drawn(svg: str, zoom: int) -> bytes:
    import resvg_py  # noqa: PLC0415 - only when a picture is asked for

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, background="#FFFFFF"))


def _one_letter(letter: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">'
        f'<text x="2" y="26" font-size="24" font-family="sans-serif">{letter}</text></svg>'
    )


def _resolution() -> bytes:
    """The pHYs chunk of a PNG."""
    content = b"pHYs" + struct.pack(">IIB", DOTS_PER_METRE, DOTS_PER_METRE, 1)
    return struct.pack(">I", 9) + content + struct.pack(">I", zlib.crc32(content))
