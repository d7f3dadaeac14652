"""Which indicator a number measures, by the words of its sentence and its unit. Names come in with the call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from etl.reading.grammar import Reading
from etl.reading.layout import Layout

_BEFORE, _BEHIND = 30, 16
_ENOUGH = 0.5


@dataclass(frozen=True)
class KnownIndicator:
    """An indicator of the reference tables: its ``id``, its name, other words for it, and its unit."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    unit: str = ""


def indicator(parts: Layout, reading: Reading, known: Sequence[KnownIndicator]) -> str:
    """Return the id of the indicator whose name is best found around the number and whose unit agrees; "" for none."""
    sentence = parts.sentence(reading.core)
    near = parts.text[max(sentence.start, reading.start - _BEFORE) : min(sentence.end, reading.end + _BEHIND)]
    unit = reading.unit.split("/")[0]
    best, score = "", _ENOUGH
    for one in known:
        if one.unit and one.unit.split("/")[0] != unit:
            continue
        found = max(_share_found(name, near) for name in (one.name, *one.aliases))
        if found > score:
            best, score = one.id, found
    return best


def _share_found(name: str, near: str) -> float:
    pairs = _pairs(name)
    return sum(pair in near for pair in pairs) / len(pairs) if pairs else 0.0


@cache
def _pairs(name: str) -> tuple[str, ...]:
    return tuple(name[index : index + 2] for index in range(len(name) - 1))
