"""One line of evidence for each project: which numbers stand in it is data (the column ``evidence`` of projects.csv)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from etl.model import Measure, State
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import named
from pages.queries.numbers import NUMBER_COLUMNS, chosen_numbers_frame, records, table
from pages.queries.reference import by_position

EVIDENCE_COLUMNS = ("line", "line_name", "lies_elsewhere", "is_target_missing", *NUMBER_COLUMNS)


@cached_query
def evidence(release: Release) -> pd.DataFrame:
    """One row per number of each project's line, projects by position; EVIDENCE_COLUMNS.

    ``lies_elsewhere`` says that the number speaks of a place other than the city itself, ``is_target_missing`` that a target for
    just what it speaks of is declared not published.  A project without such numbers has no row.
    """
    city, missing = release.city.place, _missing_targets(release)
    rows = []
    for project in by_position(release):
        own = {"line": project.project, "line_name": project.name}
        for number in records(chosen_numbers_frame(release, project.evidence)):
            is_missing = number["measure"] == Measure.ACTUAL and _thing(number, number["place"]) in missing
            rows.append({**number, **own, "lies_elsewhere": number["place"] != city, "is_target_missing": is_missing})
    return table(rows, EVIDENCE_COLUMNS)


def _missing_targets(release: Release) -> set[tuple[Any, ...]]:
    """What a target is declared not published for."""
    wanted = (Measure.TARGET, State.NOT_PUBLISHED)
    rows = [row for row in release.index.absences_of() if (row.measure, row.state) == wanted]
    return {_thing(row._asdict(), place) for row in rows for place in named(release.table("places"), row.place)}


def _thing(row: Mapping[str, Any], place: str) -> tuple[Any, ...]:
    return row["indicator"], place, row["period_start"], row["period_end"], row["breakdown"]
