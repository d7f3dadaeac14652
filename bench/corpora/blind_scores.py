"""The blind corpus: texts and sentences written and marked by somebody who had not read a rule (bench/corpora/blind/README.md)."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from etl.checking.draft import Finding
from etl.model import Verdict
from etl.reading.bulletin import Candidate
from etl.reading.indicators import same_unit

CORPORA = ("blind", "blind2")
"""Folders beside this file: each was marked by somebody who had read no rule."""
OWN = ("", "全市", "我市", "本市", "全县", "全区")
"""What names the place that a text is about."""
PARTS = ("number", "measure", "place", "time")
_MARK = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_HEAD = re.compile(r"published_on=(\S+) city=(\S+)")


@dataclass(frozen=True)
class Figure:
    """One figure as it should be read; ``days`` are the period and the day it stands at, all None where the text leaves them open."""

    start: int
    end: int
    as_printed: str
    number: tuple[Decimal, Decimal | None, str, str]
    measure: str
    place: str
    days: tuple[dt.date | None, dt.date | None, dt.date | None]
    is_optional: bool


@dataclass(frozen=True)
class Text:
    """A text with its figures, the day it was published and the city it is about."""

    name: str
    text: str
    city: str
    published_on: dt.date
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Sentence:
    """One sentence of a draft with one number in question at ``[start:end]`` and the verdicts that are right.

    ``right`` is the published value that may be offered, None where none may; ``may_offer`` whether a computed one may.
    """

    name: str
    kind: str
    written_on: dt.date
    text: str
    start: int
    end: int
    verdicts: frozenset[Verdict]
    right: Decimal | None
    may_offer: bool


def texts(corpus: str) -> Iterator[Text]:
    """The texts of one of ``CORPORA`` by file name."""
    for path in sorted((Path(__file__).with_name(corpus) / "texts").glob("*.txt")):
        head, _, marked = path.read_text("utf-8").partition("\n")
        described = _HEAD.match(head)
        assert described, path
        day, city = dt.date.fromisoformat(described[1]), described[2]
        plain, figures, last = "", list[Figure](), 0
        for mark in _MARK.finditer(marked):
            plain += marked[last : mark.start()]
            figures += _figures(mark[1], len(plain))
            plain += figures[-1].as_printed
            last = mark.end()
        yield Text(path.name, plain + marked[last:], city, day, tuple(figures))


def _figures(mark: str, start: int) -> Iterator[Figure]:
    printed, value, unit, qualifier, measure, places, *days = mark.split("|")
    low, _, high = value.rstrip("%").partition("~")
    shown = printed.removeprefix("?")
    first, last, as_of = (dt.date.fromisoformat(day) if day else None for day in days)
    number = (Decimal(low), Decimal(high) if high else None, same_unit(unit), qualifier)
    for place in places.split("+"):
        yield Figure(
            start, start + len(shown), shown, number, measure, place, (first, last, as_of), shown != printed
        )  # fmt: skip


def sentences(corpus: str) -> Iterator[Sentence]:
    """The sentences of one of ``CORPORA`` in the file's order."""
    with (Path(__file__).with_name(corpus) / "sentences.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            right = row["right_value"].removeprefix("=")
            yield Sentence(
                row["id"],
                row["kind"],
                dt.date.fromisoformat(row["written_on"]),
                row["text"],
                int(row["start"]),
                int(row["end"]),
                frozenset(map(Verdict, row["verdict"].split("|"))),
                Decimal(right) if right else None,
                row["right_value"].startswith("="),
            )


def faults(text: Text, read: Iterable[Candidate]) -> dict[str, list[tuple[Figure, Candidate]]]:
    """What was found of the figures of ``text``, and of these where a part is wrong: found, then PARTS, each figure with its reading."""
    free = [candidate for candidate in read if candidate.confidence >= 0.5]
    result: dict[str, list[tuple[Figure, Candidate]]] = {name: [] for name in ("found", "optional", *PARTS)}
    for figure in text.figures:
        there = [each for each in free if each.start < figure.end and figure.start < each.end]
        if not there:
            continue
        best = min(there, key=lambda each: sum(_wrong(text, figure, each)))
        free.remove(best)
        result["optional" if figure.is_optional else "found"].append((figure, best))
        for part, wrong in zip(PARTS, _wrong(text, figure, best), strict=True):
            if wrong and not figure.is_optional:
                result[part].append((figure, best))
    return result


def _wrong(text: Text, figure: Figure, read: Candidate) -> tuple[bool, bool, bool, bool]:
    own = (*OWN, text.city)
    number = (read.value, read.value_high, same_unit(read.unit), read.qualifier)
    is_placed = read.place == figure.place or (read.place in own and figure.place in own)
    days = (read.period_start, read.period_end, read.as_of)
    is_timed = not any(figure.days) or all(
        want is None or want == have for want, have in zip(figure.days, days, strict=True)
    )
    return number != figure.number, read.measure != figure.measure, not is_placed, not is_timed


def of_the_number(sentence: Sentence, findings: Iterable[Finding]) -> list[Finding]:
    """The findings about the number in question."""
    return [finding for finding in findings if finding.start < sentence.end and sentence.start < finding.end]
