"""Bulletins with the figures a reader should find in them - made-up ones, and the published documents beside this checkout - and its score.

A figure counts as found when value, unit and qualifier agree and the offsets overlap; figures marked as optional and candidates
below 0.5 count neither way.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from etl.reading.bulletin import Candidate
from etl.reading.indicators import same_unit
from etl.reading.places import KnownPlace

ROOT = Path(__file__).resolve().parents[2]
MADE_UP = Path(__file__).with_name("bulletins")
SHARED = ROOT.parent / "shared"
REFERENCE = ROOT / "data" / "reference"
_MARK = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True)
class Figure:
    """One figure as it should be read; ``scored`` is no for those a reader may take or leave."""

    start: int
    end: int
    as_printed: str
    value: Decimal
    value_high: Decimal | None
    unit: str
    qualifier: str
    measure: str
    place: str
    scored: bool


@dataclass(frozen=True)
class Bulletin:
    """A text with its figures and the day it was published."""

    name: str
    text: str
    figures: tuple[Figure, ...]
    published_on: date


@dataclass(frozen=True)
class Score:
    """What became of one bulletin: figures found, missed and invented; places and measures right among the found."""

    found: int
    missed: tuple[Figure, ...]
    invented: tuple[Candidate, ...]
    places: int
    measures: int

    @property
    def f1(self) -> float:
        return 2 * self.found / (2 * self.found + len(self.missed) + len(self.invented))

    @property
    def place(self) -> float:
        return self.places / self.found

    @property
    def measure(self) -> float:
        return self.measures / self.found


def made_up_bulletins() -> list[Bulletin]:
    return [_made_up(path) for path in sorted(MADE_UP.glob("*.txt"))]


def _made_up(path: Path) -> Bulletin:
    head, _, body = path.read_text(encoding="utf-8").partition("\n")
    text, figures, position = "", [], 0
    for mark in _MARK.finditer(body):
        text += body[position : mark.start()]
        printed, value, unit, qualifier, measure, places = mark.group(1).split("|")
        shown = printed.removeprefix("?")
        low, _, high = value.rstrip("%").partition("~")
        figures += [
            Figure(len(text), len(text) + len(shown), shown, Decimal(low), Decimal(high) if high else None,
                   unit, qualifier, measure, place, shown == printed)
            for place in places.split("+")
        ]  # fmt: skip
        text += shown
        position = mark.end()
    published = re.search(r"published_on=(\S+)", head)
    assert published, path
    return Bulletin(path.name, text + body[position:], tuple(figures), date.fromisoformat(published.group(1)))


def published_documents() -> list[Bulletin]:
    """Return the published documents with their figures; none where they do not lie beside this checkout."""
    if not (SHARED / "figures").is_dir():
        return []
    offsets = {(row["document"], row["seq"]): row for row in _rows(SHARED / "figures" / "figure_offsets.csv")}
    figures: dict[str, list[Figure]] = {}
    for row in _rows(SHARED / "figures" / "figures.csv"):
        at = offsets[row["document"], row["seq"]]
        high = Decimal(row["value_high"]) if row["value_high"] else None
        figures.setdefault(row["document"], []).append(
            Figure(int(at["start_char"]), int(at["end_char"]), row["as_printed"], Decimal(row["value"]), high,
                   row["unit"], row["qualifier"], row["measure"], row["place"], row["scored"] == "yes")
        )  # fmt: skip
    return [
        Bulletin(name, _raw(SHARED / "documents" / name), tuple(rows), _published_on(name))
        for name, rows in figures.items()
    ]


def not_figures() -> list[tuple[str, str]]:
    """Return (document, string) for strings of the published documents that are no figures."""
    return [(row["document"], row["as_printed"]) for row in _rows(SHARED / "figures" / "not_figures.csv")]


def _published_on(name: str) -> date:
    day = re.search(r"\d{4}-\d{2}-\d{2}", name)
    assert day, name
    return date.fromisoformat(day.group())


def _raw(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def known_places() -> list[KnownPlace]:
    aliases: dict[str, list[str]] = {}
    for row in _rows(REFERENCE / "place_aliases.csv"):
        aliases.setdefault(row["place"], []).append(row["alias"])
    return [
        KnownPlace(row["place"], row["name"], tuple(aliases.get(row["place"], ())), row["parent"])
        for row in _rows(REFERENCE / "places.csv")
    ]


def score(bulletin: Bulletin, candidates: Iterable[Candidate]) -> Score:
    sure = [candidate for candidate in candidates if candidate.confidence >= 0.5]
    free, optional = set(range(len(sure))), set()
    missed, places, measures, found = [], 0, 0, 0
    for figure in bulletin.figures:
        there = [index for index in free if sure[index].start < figure.end and figure.start < sure[index].end]
        if not figure.scored:
            optional.update(there)
            continue
        same = [index for index in there if _is_same(sure[index], figure)]
        if not same:
            missed.append(figure)
            continue
        best = min(same, key=lambda index: (sure[index].place != figure.place, index))
        free.discard(best)
        found += 1
        places += sure[best].place == figure.place
        measures += sure[best].measure == figure.measure
    invented = tuple(sure[index] for index in sorted(free - optional))
    return Score(found, tuple(missed), invented, places, measures)


def _is_same(candidate: Candidate, figure: Figure) -> bool:
    return (candidate.value, candidate.value_high, same_unit(candidate.unit), candidate.qualifier) == (
        figure.value,
        figure.value_high,
        same_unit(figure.unit),
        figure.qualifier,
    )


def total(scores: Sequence[Score]) -> Score:
    return Score(
        sum(one.found for one in scores),
        tuple(figure for one in scores for figure in one.missed),
        tuple(candidate for one in scores for candidate in one.invented),
        sum(one.places for one in scores),
        sum(one.measures for one in scores),
    )
