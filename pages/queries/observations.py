"""The list of all numbers, narrowed by what the link says and by a search that reads 148万 and 1480000 alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from etl.reading.quantity import quantities
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import NUMBER_COLUMNS, names, numbers_by_id_frame, numbers_frame, records, table
from pages.queries.reference import projects

FILTERS = ("source", "project", "indicator", "place", "measure")
"""The columns the list can be narrowed by."""

LISTED_COLUMNS = (*NUMBER_COLUMNS, "source_title", "project_name")


def listed_numbers(release: Release, chosen: Mapping[str, str], search: str = "") -> pd.DataFrame:
    """The numbers that match every filter of ``chosen`` (column -> code, ``""`` for all) and the search; LISTED_COLUMNS.

    Printed numbers of checked sources come first, the newest source on top, in its order; unchecked and computed ones follow.  A project stands for its parts too.
    """
    titles, projects = names(release, "sources"), names(release, "projects")
    parts = parts_of_projects(release)
    wanted = {
        column: parts.get(code, {code}) if column == "project" else {code} for column, code in chosen.items() if code
    }
    amounts, words = amounts_in(search), search.lower().split()
    found = []
    for row in records(numbers_frame(release)):
        if any(row[column] not in codes for column, codes in wanted.items()):
            continue
        row |= {"source_title": titles.get(row["source"], ""), "project_name": projects.get(row["project"], "")}
        if not words or row["value"] in amounts or _has(row, words):
            found.append(row)
    newest_first = sorted(found, key=lambda row: str(row["published_on"] or ""), reverse=True)
    return table(sorted(newest_first, key=lambda row: (row["derived"], not row["verified"])), LISTED_COLUMNS)


def amounts_in(search: str) -> set[Decimal]:
    """The number a search asks for, in base units, however it is written: 148万, 1,480,000, 超过148万人次, 一百一十八."""
    found = quantities(search.replace(" ", ""))
    return {found[0].value} if len(found) == 1 else set()


@cached_query
def filter_options(release: Release) -> Mapping[str, Mapping[str, str]]:
    """Filter column -> code -> name, only what some number has, in the order of the reference tables."""
    every = numbers_frame(release)
    options: dict[str, dict[str, str]] = {}
    for column, reference in zip(FILTERS[:-1], ("sources", "projects", "indicators", "places"), strict=True):
        used = set(every[column])
        if column == "project":
            used |= {parent for parent, parts in parts_of_projects(release).items() if parts & used}
        options[column] = {code: name for code, name in names(release, reference).items() if code in used}
    options["measure"] = {code: code for code in dict.fromkeys(every["measure"]) if code}
    return options


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


def related(release: Release, number_id: str) -> pd.DataFrame:
    """The computed numbers that rest on this observation, or the observations a computed number rests on; NUMBER_COLUMNS."""
    own = next(iter(records(numbers_by_id_frame(release, [number_id]))), None)
    if own is None:
        return table([], NUMBER_COLUMNS)
    every = records(numbers_frame(release))
    if own["derived"]:
        parents = _ids(own["observation_ids"])
        return table([row for row in every if not row["derived"] and row["number_id"] in parents], NUMBER_COLUMNS)
    return table([row for row in every if row["derived"] and number_id in _ids(row["observation_ids"])], NUMBER_COLUMNS)


def _ids(joined: str) -> set[str]:
    return set(filter(None, joined.split(";")))


def _has(row: Mapping[str, Any], words: Iterable[str]) -> bool:
    text = " ".join(
        str(row[column] or "")
        for column in (
            "number_id", "as_printed", "keyword", "indicator_name", "place_name", "project_name", "breakdown_name", "source_title",
            "note", "value",
        )
    ).lower()  # fmt: skip
    return all(word in text for word in words)
