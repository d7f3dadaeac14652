"""Facilities with their names, and whether their points are known."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from etl.release.tables import Release
from pages.queries.numbers import names, records, table

FACILITY_COLUMNS = (
    "facility", "facility_name", "project", "project_name", "place", "place_name", "address", "has_point", "opened_on", "note",
)  # fmt: skip


def facilities(
    release: Release, *, projects: Collection[str] | None = None, places: Collection[str] | None = None
) -> pd.DataFrame:
    """The facilities of these projects, at these places (None for any), in their table's order; FACILITY_COLUMNS."""
    called, of = names(release, "facilities"), names(release, "projects")
    where = names(release, "places")
    return table(
        [
            row
            | {
                "facility_name": called[row["facility"]],
                "project_name": of.get(row["project"], row["project"]),
                "place_name": where.get(row["place"], row["place"]),
                "has_point": row["lon"] is not None and row["lat"] is not None,
            }
            for row in records(release.table("facilities"))
            if (projects is None or row["project"] in projects) and (places is None or row["place"] in places)
        ],
        FACILITY_COLUMNS,
    )
