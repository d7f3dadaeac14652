"""One palette and one pattern per state, for every bar, point, tile and map.

Solid is done, a blue diagonal hatch is planned, pale is a standard, grey dots are 未公布, a plain outline is 不在计划. Colour is never alone:
the pattern or a word says it too. Two inks per colour because the screens have a light and a dark theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from etl.model import State

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
    """The plotly ``marker`` of a bar in one state."""
    colours, plain = palette(dark=dark), {"shape": ""}
    line, thin = {"color": colours.done, "width": 1.2}, {"color": colours.unknown, "width": 1}
    pale = {"color": colours.tint, "line": line, "pattern": plain}
    dots = {"color": CLEAR, "line": thin, "pattern": _pattern(".", colours.unknown, CLEAR, 6, 0.35)}
    return {
        State.DONE: {"color": colours.done, "line": line, "pattern": plain},
        State.PLANNED: pale | {"pattern": _pattern("/", colours.planned, colours.tint, 7, 0.28)},
        **dict.fromkeys((State.TARGET, State.STANDARD), pale),
        State.NOT_IN_PLAN: {"color": CLEAR, "line": thin, "pattern": plain},
        **dict.fromkeys((State.NOT_APPLICABLE, State.NOT_PUBLISHED, State.NOT_IN_SOURCES, State.UNDECLARED), dots),
    }[State(state)]


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
