"""What became of the rows of the gate logs: accepted, kept apart with a reason, or ignored, as the build has counted them."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.citations import GATE_LOG
from pages.queries.numbers import names, records, table
from pages.queries.standing import CHECK_COLUMNS, checks

ACCOUNT_COLUMNS = ("source", "title", "verdict", "rows_in", "accepted", "quarantined", "ignored")
QUARANTINE_COLUMNS = ("source", "title", "reason", "rows", "files", "file", "row", "column", "found")
GATE_CHECKS = f"{GATE_LOG}/"
_ROWS = f"{GATE_CHECKS}rows/"
_PARTS = re.compile(r"(?P<accepted>\d+) \+ (?P<quarantined>\d+) \+ (?P<ignored>\d+) ")


@cached_query
def log_accounts(release: Release) -> pd.DataFrame:
    """One row per source of logs: how many rows came in and what became of them (None where the check does not say); ACCOUNT_COLUMNS."""
    titles = names(release, "sources")
    rows = []
    for check in records(release.table("checks")):
        if check["identity"].startswith(_ROWS):
            source, parts = check["identity"].removeprefix(_ROWS), _PARTS.match(check["right_value"])
            told = {name: int(many) for name, many in parts.groupdict().items()} if parts else {}
            came = {"rows_in": int(check["left_value"])} if check["left_value"].isdecimal() else {}
            rows.append(
                {"source": source, "title": titles.get(source, source), "verdict": check["verdict"]} | told | came
            )
    return table(rows, ACCOUNT_COLUMNS)


@cached_query
def quarantined_rows(release: Release) -> pd.DataFrame:
    """One row per source and reason, the most rows first, with the first of them as an example; QUARANTINE_COLUMNS.

    ``files`` counts the files with such rows; ``found`` is masked where it could be a person's number.
    """
    titles = names(release, "sources")
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in records(release.table("quarantine")):
        own = found.setdefault(
            (row["source"], row["reason"]), row | {"title": titles.get(row["source"], ""), "rows": 0, "files": 0}
        )
        own["rows"] += row["rows"]
        own["files"] += 1
    return table(sorted(found.values(), key=lambda row: (row["source"], -row["rows"])), QUARANTINE_COLUMNS)


@cached_query
def log_checks(release: Release) -> pd.DataFrame:
    """The checks of the gate logs but their accounts; pages.queries.standing.CHECK_COLUMNS."""
    every = records(checks(release))
    return table(
        [row for row in every if row["identity"].startswith(GATE_CHECKS) and not row["identity"].startswith(_ROWS)],
        CHECK_COLUMNS,
    )
