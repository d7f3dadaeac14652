"""What must not be done with numbers, and which displays it concerns."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pandas as pd

from etl.language import language
from etl.model import Caution
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import matcher, parse_selector
from pages.queries.numbers import numbers_by_id, reason, records, split

SHOWN = 6
"""So many of the numbers a caution names are shown with it."""

NEVER_TOGETHER = ("do_not_compare", "different_definition", "different_year")
"""Kinds of caution whose operands may not stand in one chart."""


@cached_query
def cautions(release: Release) -> tuple[Caution, ...]:
    """The cautions that name numbers of this release, in their table's order."""
    return tuple(caution for caution, _operands in _with_operands(release))


@cached_query
def cautions_touching(release: Release, observation_ids: Iterable[str]) -> tuple[Caution, ...]:
    """The cautions that name at least one of these observations."""
    asked = set(observation_ids)
    return tuple(caution for caution in cautions(release) if not asked.isdisjoint(caution.observation_ids))


@cached_query
def cautioned_numbers(release: Release, observation_ids: Iterable[str]) -> tuple[tuple[Caution, pd.DataFrame], ...]:
    """The cautions that touch these observations, each with the numbers it names (NUMBER_COLUMNS), those asked about first, at most SHOWN."""
    asked = set(observation_ids)
    return tuple(
        (caution, numbers_by_id(release, sorted(caution.observation_ids, key=lambda each: each not in asked)[:SHOWN]))
        for caution in cautions_touching(release, asked)
    )


def cautions_on(release: Release, observation_ids: Iterable[str]) -> tuple[Caution, ...]:
    """The cautions that a display of just these observations must carry: its numbers meet in them.

    A caution about one thing concerns every display of it; one about several only a display of at least two of them.
    """
    asked = set(observation_ids)
    return tuple(
        caution
        for caution, operands in _with_operands(release)
        if sum(not asked.isdisjoint(ids) for ids in operands) >= min(2, len(operands))
    )


@cached_query
def pairs_apart(release: Release) -> frozenset[tuple[str, str]]:
    """Pairs of observations that may not stand in one chart, in both directions."""
    return frozenset(
        (one, other)
        for caution, operands in _with_operands(release)
        if caution.kind in NEVER_TOGETHER
        for at, ids in enumerate(operands)
        for others in operands[:at] + operands[at + 1 :]
        for one in ids
        for other in others
    )


def may_stand_together(observation_ids: Collection[str], apart: Collection[tuple[str, str]]) -> bool:
    """Whether no caution keeps two of these observations apart."""
    return not any((one, other) in apart for one in observation_ids for other in observation_ids)


@cached_query
def _with_operands(release: Release) -> tuple[tuple[Caution, tuple[tuple[str, ...], ...]], ...]:
    """Each caution with the ids that each of its operands names; cautions naming nothing at all are left out."""
    observed, places = records(release.table("observations")), release.table("places")
    found = []
    for row in records(release.table("cautions")):
        operands = tuple(_ids(text, observed, places) for text in split(row["operands"]))
        if any(operands):
            name = (row["name_en"] if language() == "en" else "") or row["name"]
            ids = tuple(dict.fromkeys(each for own in operands for each in own))
            found.append((Caution(row["caution"], row["kind"], name, reason(row), ids), operands))
    return tuple(found)


def _ids(operand: str, observed: list[dict[str, Any]], places: pd.DataFrame) -> tuple[str, ...]:
    if "#" in operand:
        return tuple(row["observation_id"] for row in observed if row["observation_id"] == operand)
    accepts = matcher(parse_selector(operand), places)
    return tuple(row["observation_id"] for row in observed if accepts(row))
