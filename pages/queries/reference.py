"""The vocabulary of a city: its projects, what is measured and how, the words of the field."""

from __future__ import annotations

from collections.abc import Mapping

from etl.language import in_words
from etl.model import Indicator, Project, Term
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import LEAST, names


@cached_query
def projects(release: Release) -> Mapping[str, Project]:
    """Id -> project or part of one, in the table's order."""
    found = {}
    for row in release.rows("projects"):
        years = tuple(filter(None, row["list_year"].split(";")))
        found[row["project"]] = Project.of(row | {"name": in_words(row, "name"), "list_years": years})
    return found


def by_position(release: Release) -> list[Project]:
    """Every project and part of one, as the city orders them."""
    return sorted(projects(release).values(), key=lambda project: project.position)


@cached_query
def indicators(release: Release) -> Mapping[str, Indicator]:
    """Id -> indicator, in the table's order."""
    units, found = names(release, "units"), {}
    for row in release.rows("indicators"):
        words = {column: in_words(row, column) for column in ("name", "done_word")}
        more = {"unit_name": units.get(row["unit"], row["unit"]), "priority": int(row["priority"] or LEAST)}
        found[row["indicator"]] = Indicator.of(row | words | more)
    return found


@cached_query
def terms(release: Release) -> tuple[Term, ...]:
    """The words of the field with the document each is taken from."""
    titles = names(release, "sources")
    rows = release.rows("definitions")
    return tuple(Term.of(row | {"source_title": titles.get(row["source"], "")}) for row in rows)


@cached_query
def choices(release: Release, table: str) -> Mapping[str, str]:
    """Id -> name of a reference table's rows, every name once: one that two rows share carries its id."""
    called = names(release, table)
    if table == "indicators":
        computed = {each.indicator for each in indicators(release).values() if each.formula}
        called = {key: name for key, name in called.items() if key not in computed}
    shared = [name for name in called.values() if list(called.values()).count(name) > 1]
    return {key: f"{name} ({key})" if name in shared else name for key, name in called.items()}
