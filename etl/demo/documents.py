"""The bulletins of the made-up city: templates of city/documents filled with the city's own numbers, each a source of its own.

``{{key}}`` prints a number that the CSV beside the template describes; where it stands becomes the locator of its fact, and a
second printing a repeat. ``[[word]]`` prints a name.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.demo.design import CITY, Numbers, rows
from etl.demo.printing import plain, printed
from etl.demo.sources import Fact, write_source
from etl.demo.target import Target

SLOT = re.compile(r"\{\{([^{}]+)\}\}|\[\[([^\[\]]+)\]\]")
HOME = CITY / "documents"


@dataclass(frozen=True)
class Said:
    """What the documents say of one key: its value, how it is printed, and the observation it became."""

    value: Decimal
    text: str
    observation: str


@dataclass(frozen=True)
class Slot:
    """Where a template's slot stands in the composed text."""

    slot: str
    start: int
    end: int


def write_documents(target: Target, numbers: Numbers, words: Mapping[str, str]) -> dict[str, Said]:
    """Writes every document with its text attached; key -> what was said of it. Keys are unique over all documents."""
    described = tomllib.loads((HOME / "documents.toml").read_text("utf-8"))
    said: dict[str, Said] = {}
    for name in sorted(described):
        said |= _write(target, name, described[name], numbers, words)
    return said


def _write(
    target: Target, name: str, about: Mapping[str, Any], numbers: Numbers, words: Mapping[str, str]
) -> dict[str, Said]:
    facts = {row["key"]: _filled(row, words) for row in rows(HOME / f"{name}.csv")}
    values = {key: value_of(fact["value"], numbers) for key, fact in facts.items()}
    texts = {key: printed(fact["printed"], values[key]) for key, fact in facts.items()}
    text, slots = composed((HOME / f"{name}.txt").read_text("utf-8"), texts, words)
    entered, seqs = _entered(slots, facts, values, texts)
    digest = hashlib.sha256(text.encode()).hexdigest()
    target.text(text, "attached", digest)
    statements = [_statement(_filled(row, words), text) for row in rows(HOME / f"{name}.statements.csv")]
    write_source(target, name, {**about, "sha256": digest}, entered, statements, list(_corrections(name, seqs)))
    return {key: Said(values[key], texts[key], f"{name}#{seq}") for key, seq in seqs.items()}


def _filled(row: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    return {name: cell.format(**words) for name, cell in row.items()}


def value_of(cell: str, numbers: Numbers) -> Decimal:
    """A number written out, or ``=name`` of one of the city's numbers; KeyError for a name there is none of."""
    return numbers[cell[1:]] if cell.startswith("=") else Decimal(cell)


def composed(template: str, texts: Mapping[str, str], words: Mapping[str, str]) -> tuple[str, list[Slot]]:
    """The template with its slots filled, and where each number stands in the result."""
    made, slots, at = "", [], 0
    for match in SLOT.finditer(template):
        made += template[at : match.start()]
        at = match.end()
        filling = texts[match[1]] if match[1] else words[match[2]]
        if match[1]:
            slots.append(Slot(match[1], len(made), len(made) + len(filling)))
        made += filling
    return made + template[at:], slots


def _entered(
    slots: Sequence[Slot],
    facts: Mapping[str, Mapping[str, str]],
    values: Mapping[str, Decimal],
    texts: Mapping[str, str],
) -> tuple[list[Fact], dict[str, int]]:
    """One fact for each printed number in reading order, and the seq of each key's first one."""
    entered: list[Fact] = []
    seqs: dict[str, int] = {}
    for seq, slot in enumerate(slots, start=1):
        fact: Fact = {
            **facts[slot.slot],
            "as_printed": texts[slot.slot],
            "value": plain(values[slot.slot]),
            "locator": f"char:{slot.start}-{slot.end}",
        }
        if slot.slot in seqs:
            fact |= {"role": "repeat", "repeats": seqs[slot.slot]}
        seqs.setdefault(slot.slot, seq)
        entered.append(fact)
    return entered, seqs


def _statement(row: Mapping[str, str], text: str) -> dict[str, Any]:
    words = row["locator"].removeprefix("=")
    start = text.index(words)
    return {**row, "locator": f"char:{start}-{start + len(words)}"}


def _corrections(name: str, seqs: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for row in rows(HOME / "corrections.csv"):
        if row["source"] == name:
            yield {
                "seq": seqs[row["key"]],
                **{column: row[column] for column in ("column", "expect", "value", "reason", "on", "by")},
            }
