"""A draft checked against the release as one person may see it at one moment; opens the door and hands plain records on.

What that person may not see yet does not exist here either, so that the checker is no oracle. What they may see and must not
print yet is marked as embargoed.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from etl.checking.draft import Finding, check_draft
from etl.checking.published import (
    Absence,
    Caution,
    Measured,
    Outline,
    Place,
    PublishedData,
    PublishedNumber,
    PublishedNumbers,
)
from etl.model import Measure
from etl.release.index import NumberRow, OutlineRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import parse_selector

_ALSO = re.compile("也称([一-鿿]{2,12})")
"""Another word for a term in its definition: 也称智慧书屋."""


def verify(release: Release, text: str, *, written_on: dt.date | None = None) -> list[Finding]:
    """One finding for each number of ``text`` in reading order, against ``release`` as it was opened."""
    return check_draft(text, published_data_of(release), written_on=written_on)


@cached_query
def published_data_of(release: Release) -> PublishedData:
    """Everything of ``release`` that a draft is checked against, numbers as far as drafts ask for them. A number of no current
    state (以前, without a date) confirms nothing and is not among them."""
    numbers = _Numbers(release)
    return PublishedData(
        home=release.city.place,
        numbers=PublishedNumbers(
            lambda: numbers.outlines,
            lambda positions: [numbers.number(row) for row in release.index.numbers_at(positions)],
        ),
        indicators=tuple(
            Measured(*cells) for cells in release.texts("indicators", "indicator", "name", "unit", "kind", "project")
        ),
        places=tuple(_places(release)),
        absences=tuple(
            Absence(**{name: cell for name, cell in row._asdict().items() if name in Absence.__dataclass_fields__})
            for row in release.index.absences_of()
        ),
        cautions=tuple(_cautions(release)),
        items=dict(release.texts("breakdowns", "breakdown", "name")),
        projects=dict(release.texts("projects", "project", "name")),
        units={name: unit for unit, name in release.texts("units", "unit", "name")},
        synonyms={
            also: term
            for term, definition in release.texts("definitions", "term", "definition")
            for also in _ALSO.findall(definition)
        },
        titles=dict(release.texts("sources", "source", "title")),
    )


class _Numbers:
    """The numbers of a release as the checker knows them; those that speak of no current state are left out."""

    def __init__(self, release: Release) -> None:
        self.release = release
        kinds = release.texts("indicators", "indicator", "kind")
        self.running = frozenset(indicator for indicator, kind in kinds if kind == "cumulative")

    @cached_property
    def rows(self) -> Mapping[str, OutlineRow]:
        """Every number by its id."""
        rows = self.release.index.outlines()
        return {row.number_id: row for row in rows if row.derived or not row.undated}

    @cached_property
    def keywords(self) -> Mapping[str, str]:
        """Number -> the words beside each place where it is printed, repeats included, or beside those it is computed from."""
        figures = self.release.table("figures")
        repeated = set(figures.loc[figures["role"] == "repeat", "observation_id"])
        printed: dict[str, dict[str, None]] = {name: {} for name in repeated}
        again = figures[figures["observation_id"].isin(repeated)]
        for name, keyword in zip(again["observation_id"], again["keyword"], strict=True):
            printed[name][keyword] = None
        found = {row.number_id: row.keyword for row in self.rows.values() if not row.derived}
        found |= {name: "·".join(filter(None, words)) or found.get(name, "") for name, words in printed.items()}
        for row in filter(lambda row: row.derived, self.rows.values()):
            words = dict.fromkeys(found[name] for name in self.parents(row) if name in self.rows)
            found[row.number_id] = "·".join(words)
        return found

    @staticmethod
    def parents(row: OutlineRow) -> tuple[str, ...]:
        """The observations that a computed number rests on."""
        return tuple(filter(None, row.observation_ids.split(";"))) if row.derived else ()

    @cached_property
    def outlines(self) -> Sequence[Outline]:
        """All of them, in the tables' order."""
        return [
            Outline(
                row.position,
                name,
                row.indicator,
                row.breakdown,
                row.unit,
                row.place,
                float(row.value),
                row.value_high is not None,
                self.keywords[name],
                (row.published_on or "") if row.verified and not row.embargoed else "",
                self.parents(row),
            )
            for name, row in self.rows.items()
        ]

    def number(self, row: NumberRow) -> PublishedNumber:
        """The number of a row."""
        parents = row.observation_ids if row.derived else ()
        measures = {self.rows[name].measure for name in parents if name in self.rows}
        if_done = " + " in row.formula and bool(measures & {Measure.PLAN, Measure.TARGET}) and row.unit != "%"
        assert row.value is not None
        shared = PublishedNumber.__dataclass_fields__
        told = {
            "id": row.number_id,
            "measure": row.measure if not row.derived else Measure.PLAN if if_done else "",
            "step": row.step or Decimal(1),
            "keyword": self.keywords[row.number_id],
            "as_printed": row.as_printed if any(letter.isdigit() for letter in row.as_printed) else "",
            "running": not row.derived and row.indicator in self.running,
            "parents": parents,
        }
        return PublishedNumber(**{name: cell for name, cell in (row._asdict() | told).items() if name in shared})


def _places(release: Release) -> Iterator[Place]:
    also: dict[str, list[str]] = {}
    for alias, place in release.texts("place_aliases", "alias", "place"):
        also.setdefault(place, []).append(alias)
    for place, name, short, parent, kind in release.texts("places", "place", "name", "short_name", "parent", "kind"):
        names = dict.fromkeys([*also.get(place, []), *([short] if len(short) > 1 else [])])
        names.pop(name, None)
        yield Place(place, name, tuple(names), parent, kind)


def _cautions(release: Release) -> Iterator[Caution]:
    for kind, operands, reason, name in release.texts("cautions", "kind", "operands", "reason", "name"):
        groups = [_named(release, text.strip()) for text in operands.split("|")]
        yield Caution(kind, tuple(group for group in groups if group), reason, name)


def _named(release: Release, text: str) -> frozenset[str]:
    """The observations one operand of a caution names: a selector, or an id."""
    if any(not row.derived for row in release.index.numbers_by_id([text])):
        return frozenset({text})
    return frozenset(row.number_id for row in release.index.numbers(parse_selector(text)) if not row.derived)


def exit_code(findings: Sequence[Finding], *, allow_uncovered: bool = False) -> int:
    """0 when every number passed, else 1."""
    allowed = (True, None) if allow_uncovered else (True,)
    return int(any(one.verdict.passes not in allowed for one in findings))
