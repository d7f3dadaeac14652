"""The vocabulary of a city: its projects, what is measured and how, the words of the field."""

from __future__ import annotations

from collections.abc import Mapping

from etl.model import Indicator, Project, Term
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import names, records


@cached_query
def projects(release: Release) -> Mapping[str, Project]:
    """Id -> project or part of one, in the table's order."""
    called = names(release, "projects")
    return {
        row["project"]: Project.of(
            row | {"name": called[row["project"]], "list_years": tuple(filter(None, row["list_year"].split(";")))}
        )
        for row in records(release.table("projects"))
    }


def by_position(release: Release) -> list[Project]:
    """Every project and part of one, as the city orders them."""
    return sorted(projects(release).values(), key=lambda project: project.position)


@cached_query
def indicators(release: Release) -> Mapping[str, Indicator]:
    """Id -> indicator, in the table's order."""
    units, called = names(release, "units"), names(release, "indicators")
    return {
        row["indicator"]: Indicator.of(
            row | {"name": called[row["indicator"]], "unit_name": units.get(row["unit"], row["unit"])}
        )
        for row in records(release.table("indicators"))
    }


@cached_query
def terms(release: Release) -> tuple[Term, ...]:
    """The words of the field with the document each is taken from."""
    titles = names(release, "sources")
    rows = records(release.table("definitions"))
    return tuple(Term.of(row | {"source_title": titles.get(row["source"], "")}) for row in rows)
