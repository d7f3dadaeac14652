"""A draft checked against the release as one person may see it at one moment; opens the door and hands plain records on.

What that person may not see yet does not exist here either, so that the checker is no oracle. What they may see and must not
print yet is marked as embargoed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from etl.model import Measure
from etl.reading.draft import Finding, verify_draft
from etl.reading.known import Absence, Caution, Knowledge, Measured, Number, Place
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import Subject, chosen, is_undated, parse_selector

_ALSO = re.compile("也称([一-鿿]{2,12})")


def verify(release: Release, text: str, *, written_on: dt.date | None = None) -> list[Finding]:
    """One finding for each number of ``text`` in reading order, against ``release`` as it was opened."""
    return verify_draft(text, knowledge_of(release), written_on=written_on)


@cached_query
def knowledge_of(release: Release) -> Knowledge:
    """Everything of ``release`` that a draft is checked against; made once for a release as it was opened.

    A number of no current state (以前, without a date) confirms nothing and is not among them.
    """
    observations, places = release.table("observations"), release.table("places")
    printed = _printed_beside(release.table("figures"))
    indicators = release.table("indicators")
    running = frozenset(indicators.loc[indicators["kind"] == "cumulative", "indicator"])
    dated = (row for row in _rows(observations) if not is_undated(Subject.of(row)))
    numbers = tuple(_observation(row, printed, running, release.moment) for row in dated)
    by_id = {one.id: one for one in numbers}
    breakdowns = release.table("breakdowns")
    return Knowledge(
        home=release.city.place,
        numbers=numbers + tuple(_derived(row, by_id, release.moment) for row in _rows(release.table("derived"))),
        indicators=tuple(
            Measured(row["indicator"], row["name"], row["unit"], row["kind"], row["project"])
            for row in _rows(indicators)
        ),
        places=tuple(_places(places, release.table("place_aliases"))),
        absences=tuple(_absence(row) for row in _rows(release.table("absences"))),
        cautions=tuple(_cautions(release.table("cautions"), observations, places)),
        items=dict(zip(breakdowns["breakdown"], breakdowns["name"], strict=True)),
        projects=dict(zip(*(release.table("projects")[name] for name in ("project", "name")), strict=True)),
        units={name: unit for unit, name in zip(*(release.table("units")[c] for c in ("unit", "name")), strict=True)},
        alike=dict(_alike(release.table("definitions"))),
        titles=dict(zip(*(release.table("sources")[name] for name in ("source", "title")), strict=True)),
    )


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _printed_beside(figures: pd.DataFrame) -> Mapping[str, str]:
    """Observation -> the words beside each place where it was printed, repeats included, separated by ·."""
    found: dict[str, dict[str, None]] = {}
    for name, keyword in zip(figures["observation_id"], figures["keyword"], strict=True):
        found.setdefault(name, {})[keyword] = None
    return {name: "·".join(filter(None, words)) for name, words in found.items()}


def _observation(
    row: Mapping[str, Any], printed: Mapping[str, str], running: frozenset[str], moment: dt.datetime
) -> Number:
    return Number(
        id=row["observation_id"],
        running=row["indicator"] in running,
        measure=row["measure"],
        conflict=row["conflict"],
        keyword=printed.get(row["observation_id"], "") or row["keyword"],
        as_printed=row["as_printed"] if any(letter.isdigit() for letter in row["as_printed"]) else "",
        source=row["source"],
        published_on=row["published_on"],
        **_told(row, moment),
    )


def _derived(row: Mapping[str, Any], by_id: Mapping[str, Number], moment: dt.datetime) -> Number:
    parents = tuple(filter(None, row["parents"].split(";")))
    measures = {by_id[name].measure for name in parents if name in by_id}
    if_done = " + " in row["formula"] and bool(measures & {Measure.PLAN, Measure.TARGET}) and row["unit"] != "%"
    return Number(
        id=row["derived_id"],
        measure=Measure.PLAN if if_done else "",
        conflict=row["in_conflict"],
        parents=parents,
        keyword="·".join(dict.fromkeys(by_id[name].keyword for name in parents if name in by_id)),
        **_told(row, moment),
    )


def _told(row: Mapping[str, Any], moment: dt.datetime) -> dict[str, Any]:
    """The columns that observations and derived numbers share."""
    same = ("unit", "indicator", "place", "qualifier", "value", "value_high", "period_start", "period_end", "as_of")
    return {
        **{name: row[name] for name in (*same, "breakdown", "variant", "verified")},
        "step": row["step"] or Decimal(1),
        "embargoed": row["release_at"] is not None and row["release_at"] > moment,
    }


def _places(places: pd.DataFrame, aliases: pd.DataFrame) -> Iterator[Place]:
    also: dict[str, list[str]] = {}
    for alias, place in zip(aliases["alias"], aliases["place"], strict=True):
        also.setdefault(place, []).append(alias)
    for row in _rows(places):
        names = dict.fromkeys(
            [*also.get(row["place"], []), *([row["short_name"]] if len(row["short_name"]) > 1 else [])]
        )
        names.pop(row["name"], None)
        yield Place(row["place"], row["name"], tuple(names), row["parent"], row["kind"])


def _absence(row: Mapping[str, Any]) -> Absence:
    names = ("indicator", "place", "state", "reason", "measure", "period_start", "period_end", "breakdown")
    return Absence(**{name: row[name] for name in names})


def _cautions(cautions: pd.DataFrame, observations: pd.DataFrame, places: pd.DataFrame) -> Iterator[Caution]:
    for row in _rows(cautions):
        groups = [_named(text.strip(), observations, places) for text in row["operands"].split("|")]
        yield Caution(row["kind"], tuple(group for group in groups if group), row["reason"], row["name"])


def _named(text: str, observations: pd.DataFrame, places: pd.DataFrame) -> frozenset[str]:
    """The observations one operand of a caution names: a selector, or an id."""
    if text in set(observations["observation_id"]):
        return frozenset({text})
    return frozenset(chosen(observations, places, parse_selector(text))["observation_id"])


def _alike(definitions: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Other words for a term, as its definition gives them: 也称智慧书屋."""
    for term, definition in zip(definitions["term"], definitions["definition"], strict=True):
        for also in _ALSO.findall(definition):
            yield also, term


def exit_code(findings: Sequence[Finding], *, allow_uncovered: bool = False) -> int:
    """0 when every number passed, else 1."""
    allowed = (True, None) if allow_uncovered else (True,)
    return int(any(one.verdict.passes not in allowed for one in findings))
