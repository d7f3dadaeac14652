"""The list of all numbers, narrowed by what the link says and by a search that reads 148万 and 1480000 alike."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from etl.model import Number
from etl.reading.quantity import quantities
from etl.release.index import NumberRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import names, numbers_of, with_names
from pages.queries.reference import projects

FILTERS = ("source", "project", "indicator", "place", "measure")
"""The columns the list can be narrowed by."""


def listed_numbers(release: Release, chosen: Mapping[str, str], search: str = "") -> tuple[Number, ...]:
    """The numbers that match every filter of ``chosen`` (column -> code, ``""`` for all) and the search.

    Printed numbers of checked sources come first, the newest source on top, in its order; unchecked and computed ones follow.  A project stands for its parts too.
    """
    asked = {column: [code] for column, code in chosen.items() if code}
    project = chosen.get("project")
    rows = release.index.numbers_of(
        sources=asked.get("source"),
        projects=parts_of_projects(release).get(project, {project}) if project else None,
        indicators=asked.get("indicator"),
        places=asked.get("place"),
        measures=asked.get("measure"),
    )
    if search.split():
        rows = _searched(release, rows, search)
    rows.sort(key=lambda row: str(row.published_on or ""), reverse=True)
    return with_names(release, sorted(rows, key=lambda row: (row.derived, not row.verified)))


def _searched(release: Release, rows: list[NumberRow], search: str) -> list[NumberRow]:
    amounts, words = amounts_in(search), search.lower().split()
    tables = ("indicators", "places", "breakdowns", "sources", "projects")
    indicators, places, breakdowns, titles, projects = (names(release, each) for each in tables)

    def has_words(row: NumberRow) -> bool:
        texts = (
            *(row.number_id, row.as_printed, row.keyword, row.note, str(row.value or "")),
            *(indicators.get(row.indicator, row.indicator), places.get(row.place, row.place)),
            *(projects.get(row.project, ""), breakdowns.get(row.breakdown, row.breakdown), titles.get(row.source, "")),
        )
        text = " ".join(texts).lower()
        return all(word in text for word in words)

    return [row for row in rows if row.value in amounts or has_words(row)]


def amounts_in(search: str) -> set[Decimal]:
    """The number a search asks for, in base units, however it is written: 148万, 1,480,000, 超过148万人次, 一百一十八."""
    found = quantities(search.replace(" ", ""))
    return {found[0].value} if len(found) == 1 else set()


@cached_query
def filter_options(release: Release) -> Mapping[str, Mapping[str, str]]:
    """Filter column -> code -> name, only what some number has, in the order of the reference tables."""
    options: dict[str, dict[str, str]] = {}
    for column, reference in zip(FILTERS[:-1], ("sources", "projects", "indicators", "places"), strict=True):
        used = set(release.index.values(column))
        if column == "project":
            used |= {parent for parent, parts in parts_of_projects(release).items() if parts & used}
        options[column] = {code: name for code, name in names(release, reference).items() if code in used}
    return options | {"measure": {code: code for code in release.index.values("measure") if code}}


@cached_query
def parts_of_projects(release: Release) -> Mapping[str, frozenset[str]]:
    """Project -> itself and every project below it."""
    every = projects(release).values()
    below = {each.project: {each.project} for each in every}
    for _ in every:
        for each in every:
            if each.parent in below:
                below[each.parent] |= below[each.project]
    return {project: frozenset(parts) for project, parts in below.items()}


def related(release: Release, number_id: str) -> tuple[Number, ...]:
    """The computed numbers that rest on this observation, or the observations a computed number rests on."""
    for number in release.index.numbers_by_id([number_id]):
        if number.derived:
            parents = numbers_of(release, number_ids=number.observation_ids)
            return tuple(parent for parent in parents if not parent.derived)
    return with_names(release, release.index.computed_from(number_id))
