"""Pieces of SVG: every text escaped once, every colour one that office software reads.

Widths and places are in the page's units, a unit being a CSS pixel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pages.charts.fonts import IN_SVG
from pages.wording.literal import in_xml

LEADING = 1.45
"""Distance of two lines of text, as a multiple of its size."""

_RGBA = re.compile(r"rgba\((\d+),\s*(\d+),\s*(\d+),\s*([\d.]+)\)")


def page(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """A whole white picture; ``title`` is what screen readers say."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" '
        f'viewBox="0 0 {_n(width)} {_n(height)}" role="img" font-family="{IN_SVG}"><title>{in_xml(title)}</title>'
        f"{rectangle(0, 0, width, height, fill='#FFFFFF')}{''.join(parts)}</svg>\n"
    )


def rectangle(x: float, y: float, width: float, height: float, *, fill: str, ink: str = "", thick: float = 0) -> str:
    """A box; ``fill`` is a colour or ``url(#pattern)``."""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" {_fill(fill)} {_stroke(ink, thick)}/>'
    )


def line(points: Sequence[tuple[float, float]], *, ink: str, thick: float = 1, fill: str = "") -> str:
    """A line through ``points``; with ``fill`` the shape they enclose."""
    shape = "polygon" if fill else "polyline"
    drawn = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return f'<{shape} points="{drawn}" {_fill(fill)} {_stroke(ink, thick)}/>'


def circle(x: float, y: float, radius: float, *, fill: str, ink: str = "", thick: float = 0) -> str:
    """A round mark."""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {_fill(fill)} {_stroke(ink, thick)}/>'


def text(
    rows: Sequence[str], x: float, y: float, *, size: float, ink: str, anchor: str = "start", bold: bool = False
) -> str:
    """Lines of text; ``y`` is the first line's baseline, ``anchor`` start, middle or end."""
    spans = "".join(
        f'<tspan x="{_n(x)}" y="{_n(y + at * size * LEADING)}">{in_xml(row)}</tspan>' for at, row in enumerate(rows)
    )
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text font-size="{_n(size)}" text-anchor="{anchor}"{weight} {_fill(ink)} xml:space="preserve">{spans}</text>'
    )


def pattern(name: str, shape: str, *, ink: str, ground: str, size: float, solidity: float) -> str:
    """The definition of ``url(#name)``: ``.`` dots, ``/`` ``\\`` ``-`` ``|`` hatching."""
    if shape == ".":
        mark = circle(size / 2, size / 2, size * (solidity / 3.1416) ** 0.5, fill=ink)
    else:
        mark = rectangle(0, 0, size * solidity, size, fill=ink)
    turned = {"/": 45, "\\": -45, "-": 90, "x": 45}.get(shape, 0)
    return (
        f'<defs><pattern id="{name}" width="{_n(size)}" height="{_n(size)}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turned})">{rectangle(0, 0, size, size, fill=ground)}{mark}</pattern></defs>'
    )


def _fill(colour: str) -> str:
    return _paint("fill", colour)


def _stroke(colour: str, thick: float) -> str:
    return f'{_paint("stroke", colour)} stroke-width="{_n(thick)}"' if colour and thick else 'stroke="none"'


def _paint(attribute: str, colour: str) -> str:
    """Office software knows no rgba(): the opacity stands apart."""
    clear = _RGBA.fullmatch(colour or "rgba(0,0,0,0)")
    if clear is None:
        return f'{attribute}="{in_xml(colour)}"'
    red, green, blue, opacity = clear.groups()
    if float(opacity) == 0:
        return f'{attribute}="none"'
    return f'{attribute}="#{int(red):02X}{int(green):02X}{int(blue):02X}" {attribute}-opacity="{opacity}"'


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
