"""The vocabulary of a city as lists: what is measured and how, the words of the field."""

from __future__ import annotations

import pandas as pd

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import names, records, table
from pages.queries.observations import parts_of_projects
from pages.queries.projects import standards_where

INDICATOR_COLUMNS = (
    "indicator", "name", "unit", "unit_name", "kind", "polarity", "sums", "definition", "denominator", "frequency", "formula", "note",
    "project",
)  # fmt: skip
TERM_COLUMNS = ("term", "name_en", "definition", "source", "source_title", "note")


@cached_query
def indicators(release: Release, project: str = "") -> pd.DataFrame:
    """Every indicator, or those of one project and its parts, in their own order; INDICATOR_COLUMNS."""
    within = parts_of_projects(release).get(project, {project})
    units, called = names(release, "units"), names(release, "indicators")
    rows = sorted(records(release.table("indicators")), key=lambda row: row["position"])
    return table(
        [
            row | {"name": called[row["indicator"]], "unit_name": units.get(row["unit"], row["unit"])}
            for row in rows
            if not project or row["project"] in within
        ],
        INDICATOR_COLUMNS,
    )


@cached_query
def terms(release: Release) -> pd.DataFrame:
    """The words of the field with the document each is taken from; TERM_COLUMNS."""
    titles = names(release, "sources")
    rows = [row | {"source_title": titles.get(row["source"], "")} for row in records(release.table("definitions"))]
    return table(rows, TERM_COLUMNS)


@cached_query
def all_standards(release: Release) -> pd.DataFrame:
    """Every floor and rule with its number, the unpublished ones too; pages.queries.projects.STANDARD_COLUMNS."""
    return standards_where(release, records(release.table("standards")))
