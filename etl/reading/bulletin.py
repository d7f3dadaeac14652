"""The numbers of a bulletin as candidate observations: what, how much, where, when - nothing looked up, nothing written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etl.reading.compact import compact
from etl.reading.dates import dates_of
from etl.reading.exclusions import is_no_figure, name_spans
from etl.reading.grammar import ORDINAL, Reading, in_unit, readings
from etl.reading.indicators import Indicators, KnownIndicator
from etl.reading.layout import Layout, Span, is_inside, layout
from etl.reading.lexicon import words
from etl.reading.measures import Measures
from etl.reading.places import KnownPlace, mentions
from etl.reading.quantity import as_quantity
from etl.reading.sections import sections
from etl.reading.subjects import subjects
from etl.reading.times import Times

_PLACED = re.compile("[居排列获][^，。；：0-9]{0,6}$(?!\n)")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class Candidate:
    """One number of a text at ``[start:end]``, with what it seems to speak of.

    ``value`` is in base units, ``value_high`` only set for a range; ``place`` is the name of the reference tables, or as
    printed; ``indicator`` an id or ""; ``time_as_printed`` the words for a time without days; ``confidence`` from 0 to 1, below 0.5 rather no figure.
    """

    start: int
    end: int
    as_printed: str
    value: Decimal
    value_high: Decimal | None
    unit: str
    qualifier: str
    measure: str
    place: str
    indicator: str
    period_start: date | None
    period_end: date | None
    as_of: date | None
    time_as_printed: str
    confidence: float

    @property
    def is_upside_down(self) -> bool:
        """Whether it is a range whose upper end is printed first."""
        return self.value_high is not None and self.value_high < self.value


def read_bulletin(
    text: str,
    *,
    places: Sequence[KnownPlace] = (),
    indicators: Sequence[KnownIndicator] = (),
    published_on: date | None = None,
    city: str = "",
) -> list[Candidate]:
    """Return the figures of ``text`` in reading order; one of several places (各4个) comes once for each.

    A text that names no place in its title and no other city speaks of ``city``, where that is given.

    Works without any reference data: places then are as printed and indicators empty. Ranks (第一名) come with the unit
    ``ordinal`` and a confidence below 0.5.
    """
    narrowed = compact(text)
    parts = layout(narrowed.text)
    headings = sections(parts)
    dated = dates_of(parts, headings, published_on)
    names = name_spans(narrowed.text)
    named = mentions(narrowed.text, places, names, city)
    spans = [Span(one.start, one.end) for one in dated] + [Span(one.start, one.end) for one in named]
    figures = _figures(parts, sorted([*names, *spans], key=lambda span: span.start))
    owners = subjects(parts, named, [reading.core for reading in figures], city)
    times = Times(parts, headings, dated, published_on, [reading.core for reading in figures])
    measured, measures = Indicators(indicators), Measures(parts, times)
    found = []
    after = 0
    for reading, measure in zip(figures, measures.of(figures), strict=True):
        quantity = as_quantity(reading, narrowed)
        time = times.of(reading.core, reading.end, is_planned=measure in ("plan", "target"))
        for place in owners.owners(reading.core) or [""]:
            found.append(
                Candidate(
                    start=quantity.start,
                    end=quantity.end,
                    as_printed=quantity.as_printed,
                    value=quantity.value,
                    value_high=quantity.value_high,
                    unit=quantity.unit,
                    qualifier=quantity.qualifier,
                    measure=measure,
                    place=place,
                    indicator=measured.of(parts, reading, after),
                    period_start=time.period_start,
                    period_end=time.period_end,
                    as_of=time.as_of,
                    time_as_printed=time.as_printed,
                    confidence=_confidence(reading, place),
                )
            )
        after = reading.end
    return found


def _figures(parts: Layout, names: Sequence[Span]) -> list[Reading]:
    """Return the readings that are figures: in no date and no name (``names``), and of no word class that is none."""
    found = (_figure(parts, reading) for reading in readings(parts.text) if not is_inside(names, reading.core))
    return [reading for reading in found if reading]


def _figure(parts: Layout, reading: Reading) -> Reading | None:
    """Return ``reading`` where it is a figure, a bare number of a table in the unit of its cell, or without any; else None."""
    if reading.unit == ORDINAL:
        return reading if _is_a_rank(parts.text, reading) else None
    cell = None if reading.unit or not reading.numeral else parts.cell(reading.core)
    if not cell:
        return None if is_no_figure(parts.text, reading) else reading
    before, behind = parts.text[cell.span.start : reading.start], parts.text[reading.end : cell.span.end]
    is_named = any(parts.text[one.start : one.end] in words("numbering") for one in cell.headers[-1:])
    if cell.is_header or is_named or before or (behind and behind[0] not in "（("):
        return None
    if cell.unit:
        return in_unit(reading, parts.text[cell.unit.start : cell.unit.end])
    return None if _FIRST_YEAR <= reading.value <= _LAST_YEAR else reading


def _is_a_rank(text: str, reading: Reading) -> bool:
    """第2名, 居全省第二, 排第三; not 第二季度, 第三中学."""
    printed = text[reading.unit_at : reading.end]
    placed = _PLACED.search(text, max(0, reading.core - 8), reading.core)
    return text[reading.core] == "第" and (
        printed in ("名", "位")
        or (not printed and placed is not None)
        or text[reading.core - 1 : reading.core] in tuple("居排列获")
    )


def _confidence(reading: Reading, place: str) -> float:
    is_upside_down = reading.value_high is not None and reading.value_high < reading.value
    if is_upside_down or reading.unit in ("", ORDINAL):
        return 0.4
    sure = 0.95 if reading.word is None or reading.word.strong else 0.8
    return sure if place else sure - 0.15
