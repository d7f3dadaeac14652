"""What a map shows, whatever draws it: which places have an outline, one pattern per state, symbols for counts, shading for rates alone.
Places without an outline stand beside the map, never at an invented point."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.model import Outline, Qualifier, State
from pages.charts.palette import CLEAR, Paint, bar_paint, palette
from pages.wording.maps import Legend, MapMark

ZERO, RATE = "zero", "rate"  # a legend's entries that are no state of a place: a true 0, and the reach of a shaded rate
STEPS = 5  # shades of a rate: more could not be told apart
LARGEST, SMALLEST = 23, 8  # radius in pixels of the symbol of the highest count, and of one that is next to nothing


@dataclass(frozen=True)
class Symbol:
    """The symbol of a count: the number ``inside`` where it fits; ``fill`` is ``""`` for the colour of the ground."""

    radius: float
    inside: str
    fill: str
    is_solid: bool


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Marks on outlines: ``legend`` lists (state, words), ``strip`` heads the places without an outline, ``credit`` (with 审图号 or
    内部参考) stands below; ``rate`` shades by value, otherwise values are symbols."""

    marks: tuple[MapMark, ...]
    outlines: tuple[Outline, ...] = ()
    legend: Legend = ()
    strip: str = ""
    credit: str = ""
    rate: bool = False
    dark: bool = False

    @property
    def drawn(self) -> list[tuple[Outline, MapMark]]:
        """Each outline that has a mark, with it, in the outlines' order."""
        by_place = {mark.place: mark for mark in self.marks}
        return [(outline, by_place[outline.place]) for outline in self.outlines if outline.place in by_place]

    @property
    def beside(self) -> list[MapMark]:
        """The marks without an outline."""
        drawn = {outline.place for outline in self.outlines}
        return [mark for mark in self.marks if mark.place not in drawn]

    def shade(self, mark: MapMark) -> str:
        """The shade of a rate; ``""`` for what is not shaded."""
        if not self.rate or mark.value is None:
            return ""
        values = self._values()
        return shade(mark.value, min(values), max(values), dark=self.dark)

    def paint(self, mark: MapMark) -> Paint:
        """The fill of a mark's outline or tile."""
        plain = paint(mark.state, dark=self.dark)
        return replace(plain, ground=self.shade(mark) or plain.ground)

    def symbol(self, mark: MapMark) -> Symbol | None:
        """The symbol of a count; None for a rate, and where there is no number."""
        value = mark.value
        if self.rate or value is None:
            return None
        inside, colours = digits(value, mark.qualifier), palette(dark=self.dark)
        is_solid = mark.state == State.DONE and bool(value)
        size = max(radius(value, max(self._values())), 4 + 4.5 * len(inside))
        return Symbol(size, inside, colours.done if is_solid else colours.tint if value else "", is_solid)

    def _values(self) -> list[Decimal]:
        return [mark.value for mark in self.marks if mark.value is not None]


def paint(state: str, *, dark: bool) -> Paint:
    """The fill of a place in one state (etl.model.State): the pattern of its bar, on a light ground where it is done."""
    colours = palette(dark=dark)
    if state in (State.DONE, ZERO):
        return Paint(colours.tint if state == State.DONE else CLEAR, "", colours.done, colours.done)
    paint = bar_paint(state, dark=dark)
    return replace(paint, edge=colours.unknown, solidity=paint.solidity * 0.6)


def shade(value: Decimal, low: Decimal, high: Decimal, *, dark: bool) -> str:
    """The colour of a rate between the lowest and the highest mark, in STEPS steps from light to full."""
    colours = palette(dark=dark)
    share = float((value - low) / (high - low)) if high > low else 0.5
    step = min(STEPS - 1, int(share * STEPS)) / (STEPS - 1)
    return blend(colours.tint, colours.done, 0.05 + 0.8 * step)


def swatch(state: str, *, dark: bool, highest: bool = False) -> Paint:
    """The fill of a legend's entry: that of its state; for a rate the lightest shade, or the fullest."""
    if state != RATE:
        return paint(state, dark=dark)
    ground = shade(Decimal(int(highest)), Decimal(0), Decimal(1), dark=dark)
    return Paint(ground, "", palette(dark=dark).done, palette(dark=dark).done)


def blend(first: str, second: str, share: float) -> str:
    """The colour ``share`` of the way from one #RRGGBB to another."""
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def radius(value: Decimal, highest: Decimal) -> float:
    """Radius of a count's symbol in pixels: its area grows with the count, and a count of 1 can still be seen."""
    if not value or not highest:
        return float(SMALLEST)
    return round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(abs(float(value / highest))), 1)


def digits(value: Decimal, qualifier: str) -> str:
    """The number as it fits into its symbol; "" for one that needs its word, a fraction, or more than three digits."""
    is_short = qualifier == Qualifier.EXACT and value == value.to_integral_value() and abs(value) < 1000
    return f"{value:.0f}" if is_short else ""
