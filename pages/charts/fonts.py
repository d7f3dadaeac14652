"""Which fonts text is set in, by family: the one place that knows, for PDF, PNG and SVG.
The packaged fonts are found by path and the machine's own are not looked at, so a PDF or a PNG is the same on every machine.
A city that says ``fonts = "official"`` has its PDF and PNG set in the licensed fonts of official documents where they are
installed; for what is not, the packaged ones stand in.  An SVG only names families: whoever opens it draws it with theirs.
Left out on purpose: Word files and slides, which name the official fonts first and bring none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pylopdf_fonts_zh_cn import sans_path, serif_path

SANS, SERIF = "Noto Sans SC", "Noto Serif SC"  # the families of the packaged fonts
IN_SVG = f"{SANS}, Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, WenQuanYi Micro Hei, sans-serif"
BOLD = 0.025  # how far a letter is thickened where the font has one weight only, as a multiple of its size
_ROOT_FAMILIES = re.compile(r'(?<=font-family=")[^"]*')
_BOLD_TEXT = re.compile(r'font-size="([\d.]+)"([^>]*?) font-weight="700" fill="(#[0-9A-Fa-f]{6})"')


@dataclass(frozen=True)
class Fonts:
    """Families in the order they are tried, for running text and for headings and charts; ``uses_system``: the machine's own too."""

    body: tuple[str, ...] = (SERIF,)
    heads: tuple[str, ...] = (SANS,)
    uses_system: bool = False


PACKAGED = Fonts()
CHOICES: Mapping[str, Fonts] = {
    "packaged": PACKAGED,
    "official": Fonts(
        body=("FangSong_GB2312", "FangSong", "STFangsong", SERIF), heads=("SimHei", "STHeiti", SANS), uses_system=True
    ),
}
"""What city.toml may say under ``fonts``."""


def font_files() -> list[Path]:
    """The packaged font files."""
    return [sans_path(), serif_path()]


def font_folders() -> list[Path]:
    """The folders that hold the packaged font files."""
    return sorted({path.parent for path in font_files()})


def set_in(svg: str, fonts: Fonts) -> str:
    """``svg`` with the families of headings instead of those an SVG names; bold letters thickened, for these have one weight."""
    return _BOLD_TEXT.sub(_thickened, _ROOT_FAMILIES.sub(", ".join(fonts.heads), svg, count=1))


def _thickened(found: re.Match[str]) -> str:
    size, between, ink = found.groups()
    return f'font-size="{size}"{between} fill="{ink}" stroke="{ink}" stroke-width="{float(size) * BOLD:.2f}"'
