"""What became of the rows of the gate logs: accepted, kept apart with a reason, or ignored, as the build has counted them."""

from __future__ import annotations

import re
from dataclasses import replace

from etl.model import Check, CheckResult, LogAccount, QuarantinedRows
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.citations import GATE_LOG
from pages.queries.data_quality import checks
from pages.queries.numbers import names, records

GATE_CHECKS = f"{GATE_LOG}/"
_ROWS = f"{GATE_CHECKS}rows/"
_PARTS = re.compile(r"(\d+) \+ (\d+) \+ (\d+) ")
"""Accepted, kept apart, ignored."""


@cached_query
def log_accounts(release: Release) -> tuple[LogAccount, ...]:
    """For each source of logs, how many rows came in and what became of them, in the order of the checks."""
    titles, found = names(release, "sources"), []
    for check in records(release.table("checks")):
        if check["identity"].startswith(_ROWS):
            source, rows_in = check["identity"].removeprefix(_ROWS), check["left_value"]
            parts = _PARTS.match(check["right_value"])
            became = [int(many) for many in parts.groups()] if parts else [None] * 3
            came = int(rows_in) if rows_in.isdecimal() else None
            title, result = titles.get(source, source), CheckResult(check["verdict"])
            found.append(LogAccount(source, title, result, came, *became))
    return tuple(found)


@cached_query
def quarantined_rows(release: Release) -> tuple[QuarantinedRows, ...]:
    """The rows kept apart by source and reason, the most rows first, with the first of them as an example.

    What stood there (``found``) is masked where it could be a person's number.
    """
    titles = names(release, "sources")
    found: dict[tuple[str, str], QuarantinedRows] = {}
    for row in records(release.table("quarantine")):
        source, why = row["source"], row["reason"]
        first = QuarantinedRows(
            source, titles.get(source, ""), why, 0, 0, row["file"], row["row"], row["column"], row["found"]
        )
        own = found.setdefault((source, why), first)
        found[source, why] = replace(own, rows=own.rows + row["rows"], files=own.files + 1)
    return tuple(sorted(found.values(), key=lambda own: (own.source, -own.rows)))


@cached_query
def log_checks(release: Release) -> tuple[Check, ...]:
    """The checks of the gate logs but their accounts."""
    return tuple(
        check
        for check in checks(release)
        if check.identity.startswith(GATE_CHECKS) and not check.identity.startswith(_ROWS)
    )
