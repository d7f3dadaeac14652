"""One palette and one pattern per state, for every bar, point, tile and map.

Solid is done, a blue diagonal hatch is planned, pale is a standard, grey dots are 未公布, a plain outline is 不在计划. Colour is never alone:
the pattern or a word says it too. Two inks per colour because the screens have a light and a dark theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CLEAR = "rgba(0,0,0,0)"


@dataclass(frozen=True)
class Palette:
    """The few colours of one theme: what is done, what is planned, what is behind or wrong, what is unknown."""

    done: str
    planned: str
    tint: str
    accent: str
    unknown: str
    quiet: str
    ink: str


LIGHT = Palette("#1F4E8C", "#1F4E8C", "#C9DAF0", "#C8102E", "#6B7684", "#D5DCE6", "#16202E")
DARK = Palette("#8DB4EA", "#8DB4EA", "#2A4468", "#FF8A94", "#A7B3C2", "#32435A", "#E8EDF4")


def palette(*, dark: bool) -> Palette:
    """The colours of the theme in force."""
    return DARK if dark else LIGHT


def bar_marker(state: str, *, dark: bool) -> Mapping[str, Any]:
    """The plotly ``marker`` of a bar in one state (see pages.queries.states for the states)."""
    colours = palette(dark=dark)
    line = {"color": colours.done, "width": 1.2}
    if state == "done":
        return {"color": colours.done, "line": {"color": colours.done, "width": 1.2}, "pattern": {"shape": ""}}
    if state == "planned":
        return {"color": colours.tint, "line": line, "pattern": _pattern("/", colours.planned, colours.tint, 7, 0.28)}
    if state == "not_in_plan":
        return {"color": CLEAR, "line": {"color": colours.unknown, "width": 1}, "pattern": {"shape": ""}}
    if state in ("standard", "target"):
        return {"color": colours.tint, "line": line, "pattern": {"shape": ""}}
    dots = _pattern(".", colours.unknown, CLEAR, 6, 0.35)
    return {"color": CLEAR, "line": {"color": colours.unknown, "width": 1}, "pattern": dots}


def point_marker(*, is_bound: bool, is_checked: bool, dark: bool) -> Mapping[str, Any]:
    """The plotly ``marker`` of a dated point: open for a bound, grey for a source nobody has checked."""
    colours = palette(dark=dark)
    ink = colours.done if is_checked else colours.unknown
    return {
        "size": 12,
        "symbol": "circle-open" if is_bound else "circle",
        "color": ink,
        "line": {"color": ink, "width": 2.5},
    }


def _pattern(shape: str, ink: str, ground: str, size: int, solidity: float) -> Mapping[str, Any]:
    return {
        "shape": shape, "fgcolor": ink, "bgcolor": ground, "size": size, "solidity": solidity, "fillmode": "replace",
    }  # fmt: skip
