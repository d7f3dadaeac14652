"""The vocabulary of a city as lists: what is measured and how, the words of the field."""

from __future__ import annotations

import pandas as pd

from etl.model import Indicator, Term
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import names, records
from pages.queries.observations import parts_of_projects
from pages.queries.projects import standards_where


@cached_query
def indicators(release: Release, project: str = "") -> tuple[Indicator, ...]:
    """Every indicator, or those of one project and its parts, in their own order."""
    within = parts_of_projects(release).get(project, {project})
    units, called = names(release, "units"), names(release, "indicators")
    made = (
        Indicator.of(row | {"name": called[row["indicator"]], "unit_name": units.get(row["unit"], row["unit"])})
        for row in records(release.table("indicators"))
        if not project or row["project"] in within
    )
    return tuple(sorted(made, key=lambda indicator: indicator.position))


@cached_query
def terms(release: Release) -> tuple[Term, ...]:
    """The words of the field with the document each is taken from."""
    titles = names(release, "sources")
    rows = records(release.table("definitions"))
    return tuple(Term.of(row | {"source_title": titles.get(row["source"], "")}) for row in rows)


@cached_query
def all_standards(release: Release) -> pd.DataFrame:
    """Every floor and rule with its number, the unpublished ones too; pages.queries.projects.STANDARD_COLUMNS."""
    return standards_where(release, records(release.table("standards")))
