"""One line of evidence for each project: which numbers stand in it is data (the column ``evidence`` of projects.csv)."""

from __future__ import annotations

import pandas as pd

from etl.tables import Release
from pages.queries.numbers import NUMBER_COLUMNS, chosen_numbers, names, records, table

EVIDENCE_COLUMNS = ("line", "line_name", "lies_elsewhere", *NUMBER_COLUMNS)


def evidence(release: Release, *, lang: str = "zh") -> pd.DataFrame:
    """One row per number of each project's line, projects by position; EVIDENCE_COLUMNS.

    ``lies_elsewhere`` says that the number speaks of a place other than the city itself.  A project without such numbers
    has no row.
    """
    called, city = names(release, "projects", lang), release.city.place
    rows = []
    for project in sorted(records(release.table("projects")), key=lambda row: row["position"]):
        own = {"line": project["project"], "line_name": called[project["project"]]}
        for number in records(chosen_numbers(release, project["evidence"], lang=lang)):
            rows.append({**number, **own, "lies_elsewhere": number["place"] != city})
    return table(rows, EVIDENCE_COLUMNS)
