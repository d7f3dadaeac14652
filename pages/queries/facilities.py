"""Facilities and organisations with their names, and where they are."""

from __future__ import annotations

from collections.abc import Collection

from etl.model import Facility, Organisation
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import names


def facilities(
    release: Release, *, projects: Collection[str] | None = None, places: Collection[str] | None = None
) -> tuple[Facility, ...]:
    """The facilities of these projects, at these places (None for any), in their table's order."""
    return tuple(
        facility
        for facility in _all(release)
        if (projects is None or facility.project in projects) and (places is None or facility.place in places)
    )


@cached_query
def _all(release: Release) -> tuple[Facility, ...]:
    called, of, where = names(release, "facilities"), names(release, "projects"), names(release, "places")
    return tuple(
        Facility.of(
            row
            | {
                "facility_name": called[row["facility"]],
                "project_name": of.get(row["project"], row["project"]),
                "place_name": where.get(row["place"], row["place"]),
            }
        )
        for row in release.rows("facilities")
    )


@cached_query
def organisations(release: Release) -> tuple[Organisation, ...]:
    """All organisations, in their table's order."""
    called = names(release, "organisations")
    rows = release.rows("organisations")
    return tuple(Organisation.of(row | {"name": called[row["organisation"]]}) for row in rows)
