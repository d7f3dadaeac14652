"""What the corpus may say about a city: facts taken from the tables of a release, computed numbers, words and templates.

A fact names its observation by a selector; its value, unit, qualifier, measure and time come from the tables alone. Computed
numbers use exact fractions and know nothing of the formulas of ``indicators``.

A folder of words holds six tables; ``|`` separates words of which one is drawn. facts.csv: a selector, the time, the subject,
what was done and the thing it was done to, units, the shapes of sentence these words fit (c number before the thing, n after it,
t as an attribute, s a size, v a size with a verb), and the ways it can be told wrong (another measure or definition, another
unit, an older observation). derived.csv: an operation on facts, its roundings, and the words of its direction. patterns.csv:
sentences for any fact of a shape. sentences.csv: sentences for named facts. unpublished.csv: sentences about what no table
holds. forbidden.csv: totals that must not be made of two facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from bench.corpora.drafts.amounts import FLOOR, Amount
from bench.corpora.drafts.made_up import HERE, rows_of
from etl.rules.selectors import chosen

WORD_KINDS = ("when", "who", "act", "what")
OWN_CITY = ("我市", "全市", "市区")


@dataclass(frozen=True)
class Fact:
    """One observation with the words that may stand around it."""

    key: str
    row: Mapping[str, Any]
    amount: Amount
    words: Mapping[str, tuple[str, ...]]
    units: tuple[str, ...]
    shapes: str = ""
    told_as: tuple[str, ...] = ()
    wrong_units: tuple[str, ...] = ()
    literal: tuple[str, ...] = ()
    older: str = ""

    @property
    def observations(self) -> tuple[str, ...]:
        """The observation it rests on."""
        return (self.row["observation_id"],)

    @property
    def verdict(self) -> str:
        """What a checker with all rights must say of it."""
        if self.row["release_at"] is not None and not pd.isna(self.row["release_at"]):
            return "embargoed"
        return "conflict" if self.row["conflict"] else "match"


@dataclass(frozen=True)
class Computed:
    """One number that follows from facts; ``left`` and ``right`` are the keys of its operands."""

    key: str
    operation: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    amount: Amount
    units: tuple[str, ...]
    scale: str
    decimals: tuple[int, ...]
    observations: tuple[str, ...]
    verdict: str
    directions: tuple[str, ...] = ()
    reversed: tuple[str, ...] = ()
    literal: tuple[str, ...] = ()


@dataclass(frozen=True)
class Places:
    """Names of places and what lies where."""

    names: Mapping[str, str]
    ids: Mapping[str, str]
    parents: Mapping[str, str]
    kinds: Mapping[str, str]

    def city_of(self, place: str) -> str:
        """The city ``place`` lies in; "" above cities."""
        while place and self.kinds[place] != "city":
            place = self.parents[place]
        return place

    def named_at_start(self, word: str) -> str:
        """The longest place name or alias ``word`` begins with; "" for none."""
        return max((name for name in self.ids if word.startswith(name)), key=len, default="")


@dataclass(frozen=True)
class Book:
    """Everything a draft about one city can be made of."""

    city: str
    facts: Mapping[str, Fact]
    computed: Mapping[str, Computed]
    places: Places
    rows: Sequence[Mapping[str, Any]]
    absent: frozenset[tuple[str, str]]
    patterns: Sequence[Mapping[str, str]]
    sentences: Sequence[Mapping[str, str]]
    unpublished: Sequence[str]
    forbidden: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]
    asides: Sequence[Mapping[str, str]]

    def says(self, indicator: str, value: Fraction, *, place: str, year: int | None = None) -> bool:
        """Whether some observation of ``indicator`` at ``place`` (touching ``year``) has that value, whatever its measure."""
        return any(
            row["indicator"] == indicator
            and row["place"] == place
            and Fraction(row["value"]) == value
            and (year is None or year in years_of(row))
            for row in self.rows
        )


def years_of(row: Mapping[str, Any]) -> range:
    """The years an observation speaks of: those of its period, else the year of its as-of day."""
    days = [row[name] for name in ("period_start", "period_end") if row[name]] or [row["as_of"]]
    return range(days[0].year, days[-1].year + 1)


def read_book(folder: str, city: str, frames: Mapping[str, pd.DataFrame]) -> Book:
    """The book of the city whose words stand in ``folder``; ``frames`` are the tables of its release.

    Raises ValueError where a selector of facts.csv does not name exactly one observation.
    """
    home = HERE / folder
    places = _places(frames, city)
    counted = {str(row["unit"]): not row["continuous"] for row in frames["units"].to_dict("records")}
    facts = {row["key"]: _fact(row, frames, counted) for row in rows_of(home / "facts.csv")}
    computed = {row["key"]: _computed(row, facts) for row in rows_of(home / "derived.csv")}
    forbidden = [(tuple(row["needs"].split()), _words(row["text"])) for row in rows_of(home / "forbidden.csv")]
    return Book(
        city, facts, computed, places, frames["observations"].to_dict("records"), _absent(frames),
        rows_of(home / "patterns.csv"), rows_of(home / "sentences.csv"),
        [row["text"] for row in rows_of(home / "unpublished.csv")], forbidden, rows_of(Path(HERE / "asides.csv")),
    )  # fmt: skip


def _words(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _places(frames: Mapping[str, pd.DataFrame], city: str) -> Places:
    rows = frames["places"].to_dict("records")
    names = {row["place"]: row["name"] for row in rows}
    ids = {row["alias"]: row["place"] for row in frames["place_aliases"].to_dict("records")}
    ids |= {name: place for place, name in names.items()} | dict.fromkeys(OWN_CITY, city)
    column = {name: {row["place"]: row[name] for row in rows} for name in ("parent", "kind")}
    return Places(names, ids, column["parent"], column["kind"])


def _absent(frames: Mapping[str, pd.DataFrame]) -> frozenset[tuple[str, str]]:
    """Pairs of indicator and place that are declared not to be in a plan."""
    rows = frames["absences"].to_dict("records")
    return frozenset((row["indicator"], row["place"]) for row in rows if row["state"] == "not_in_plan")


def _fact(said: Mapping[str, str], frames: Mapping[str, pd.DataFrame], counted: Mapping[str, bool]) -> Fact:
    found = chosen(frames["observations"], frames["places"], said["selector"]).to_dict("records")
    if len(found) != 1:
        raise ValueError(f"{said['key']}: {said['selector']} names {len(found)} observations")
    row = found[0]
    is_counted = counted[row["unit"]] and not any(scale in row["as_printed"] for scale in "万亿")
    return Fact(
        said["key"], row, Amount(Fraction(row["value"]), row["unit"], row["qualifier"], is_counted),
        {kind: _words(said[kind]) or ("",) for kind in WORD_KINDS}, _words(said["unit"]), said["shape"],
        _words(said["told_as"]), _words(said["wrong_unit"]), _words(said["literal"]), said["older"],
    )  # fmt: skip


def _computed(said: Mapping[str, str], facts: Mapping[str, Fact]) -> Computed:
    left, right = (tuple(said[side].split("+")) if said[side] else () for side in ("left", "right"))
    operands = [facts[key] for key in left + right]
    value = compute(said["op"], [facts[key].amount.value for key in left], [facts[key].amount.value for key in right])
    units = _words(said["unit"])
    unit = "m2" if units[0] == "平方米" else units[0]
    qualifier = said["qualifier"] or "exact"
    assert (qualifier in FLOOR) == any(fact.amount.qualifier in FLOOR for fact in operands), said["key"]
    verdicts = {fact.verdict for fact in operands}
    verdict = next((name for name in ("embargoed", "conflict") if name in verdicts), "derived_match")
    return Computed(
        said["key"], said["op"], left, right, Amount(value, unit, qualifier, False), units, said["scale"],
        tuple(int(size) for size in said["decimals"].split()), tuple(fact.observations[0] for fact in operands),
        verdict, _words(said["dir"]), _words(said["reversed"]), _words(said["literal"]),
    )  # fmt: skip


def compute(operation: str, left: Sequence[Fraction], right: Sequence[Fraction]) -> Fraction:
    """The value of one operation; a side of several operands is their sum."""
    one, other = sum(left, Fraction()), sum(right, Fraction())
    match operation:
        case "sum":
            return one + other
        case "difference":
            return one - other
        case "share":
            return 100 * one / other
        case "growth":
            return 100 * (one - other) / other
        case "multiple" | "mean":
            return one / other
        case "product":
            return one * other
    raise ValueError(operation)
