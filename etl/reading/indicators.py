"""Which indicator a number measures, by the words around it and its unit. The names come in with the call."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from etl.reading.grammar import Reading
from etl.reading.layout import Layout, Span
from etl.reading.lexicon import words

_NEAR, _CLAUSE, _SENTENCE, _PARAGRAPH = 1.0, 0.6, 0.35, 0.2
_ENOUGH = 0.15
_SMOOTH = 0.3
_SURE = 0.35
_PART = re.compile("其中|其余")
_BEHIND = re.compile("[^，。；、：0-9\n]{0,12}")
_GENERIC = re.compile("[“”（）()、的]|数量$|[人户册座]?数$")


@dataclass(frozen=True)
class KnownIndicator:
    """An indicator of the reference tables: its ``id``, its name, other words for it, and its unit."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    unit: str = ""


@dataclass
class Indicators:
    """The known indicators, ready to be compared with the words around a number.

    A pair of characters counts the more the fewer names of the same unit share it, and the nearer it stands to the number.
    """

    known: Sequence[KnownIndicator]
    _parts: dict[Span, frozenset[str]] = field(default_factory=dict)
    _last: tuple[str, Span, str] = ("", Span(0, 0), "")

    def of(self, parts: Layout, reading: Reading, after: int) -> str:
        """Return the id of the best indicator for a number whose neighbour before it ends at ``after``; "" if none is good."""
        same = self._by_unit.get(same_unit(reading.unit), ())
        if not same:
            return ""
        clause = parts.clause(reading.core)
        behind = _BEHIND.match(parts.text, reading.end)
        near = parts.text[max(clause.start, after) : behind.end() if behind else reading.end]
        contexts = (
            (_NEAR, frozenset(pairs(near))),
            (_CLAUSE, self._pairs_of(parts, clause)),
            (_SENTENCE, self._pairs_of(parts, parts.sentence(reading.core))),
            (_PARAGRAPH, self._pairs_of(parts, parts.paragraph(reading.core))),
        )
        scored = [(max(self._score(name, reading.unit, contexts) for name in names), one.id) for one, names in same]
        best = max(scored)
        found = best[1] if best[0] >= _ENOUGH else ""
        if not found or best[0] < _SURE:
            found = self._inherited(parts, reading) or found
        self._last = (reading.unit, parts.sentence(reading.core), found or self._carried(parts, reading))
        return self._last[2]

    def _carried(self, parts: Layout, reading: Reading) -> str:
        """Return the indicator of the number before in the same unit and paragraph, where nothing nearer names one."""
        unit, sentence, found = self._last
        return found if unit == reading.unit and sentence.start in parts.paragraph(reading.core) else ""

    def _inherited(self, parts: Layout, reading: Reading) -> str:
        """Return the indicator of the number before where this one is a part of it: 44个社区，其中甲区4个、乙区20个."""
        unit, sentence, found = self._last
        same = unit == reading.unit and reading.core in sentence
        return found if same and _PART.search(parts.text, sentence.start, reading.core) else ""

    @cached_property
    def _by_unit(self) -> dict[str, list[tuple[KnownIndicator, list[tuple[str, ...]]]]]:
        found: dict[str, list[tuple[KnownIndicator, list[tuple[str, ...]]]]] = {}
        for one in self.known:
            names = [pairs(_GENERIC.sub("", name)) for name in (one.name, *one.aliases)]
            found.setdefault(same_unit(one.unit), []).append((one, [name for name in names if name]))
        return {unit: [row for row in rows if row[1]] for unit, rows in found.items()}

    @cached_property
    def _shared(self) -> dict[str, Counter[str]]:
        return {
            unit: Counter(pair for _, names in rows for pair in {pair for name in names for pair in name})
            for unit, rows in self._by_unit.items()
        }

    def _score(self, name: tuple[str, ...], unit: str, contexts: Sequence[tuple[float, frozenset[str]]]) -> float:
        shared = self._shared[same_unit(unit)]
        weights = [1 / shared[pair] for pair in name]
        found = [next((near for near, there in contexts if pair in there), 0.0) for pair in name]
        return sum(weight * near for weight, near in zip(weights, found, strict=True)) / (sum(weights) + _SMOOTH)

    def _pairs_of(self, parts: Layout, span: Span) -> frozenset[str]:
        if span not in self._parts:
            self._parts[span] = frozenset(pairs(parts.text[span.start : span.end]))
        return self._parts[span]


@cache
def same_unit(unit: str) -> str:
    """Return the unit under which ``unit`` is compared: what stands before the slash, 场次 as 场, 大类 as 类."""
    base = unit.split("/", maxsplit=1)[0]
    return words("same_unit").get(base, base)


def pairs(text: str) -> tuple[str, ...]:
    """Return the neighbouring characters of ``text``, two by two."""
    return tuple(text[index : index + 2] for index in range(len(text) - 1))
