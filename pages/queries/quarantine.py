"""What became of the rows of the gate logs: accepted, kept apart with a reason, or ignored, as the build has counted them."""

from __future__ import annotations

import re
from dataclasses import replace

from etl.model import Check, LogAccount, QuarantinedRows
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.citations import GATE_LOG
from pages.queries.data_quality import checks, checks_in_order
from pages.queries.numbers import names

GATE_CHECKS = f"{GATE_LOG}/"
_ROWS = f"{GATE_CHECKS}rows/"
_PARTS = re.compile(r"(\d+) \+ (\d+) \+ (\d+) ")
"""Accepted, kept apart, ignored."""


@cached_query
def log_accounts(release: Release) -> tuple[LogAccount, ...]:
    """For each source of logs, how many rows came in and what became of them, in the order of the checks."""
    titles, found = names(release, "sources"), []
    for check in checks_in_order(release):
        if check.identity.startswith(_ROWS):
            source, parts = check.identity.removeprefix(_ROWS), _PARTS.match(check.right_value)
            became = [int(count) for count in parts.groups()] if parts else [None] * 3
            rows_in = int(check.left_value) if check.left_value.isdecimal() else None
            found.append(LogAccount(source, titles.get(source, source), check.result, rows_in, *became))
    return tuple(found)


@cached_query
def quarantined_rows(release: Release) -> tuple[QuarantinedRows, ...]:
    """The rows kept apart by source and reason, the most rows first, with the first of them as an example.

    What stood there (``found``) is masked where it could be a person's number.
    """
    titles = names(release, "sources")
    found: dict[tuple[str, str], QuarantinedRows] = {}
    for row in release.rows("quarantine"):
        more = QuarantinedRows.of(row | {"title": titles.get(row["source"], ""), "files": 1})
        first = found.get((more.source, more.reason))
        together = replace(first, rows=first.rows + more.rows, files=first.files + 1) if first else more
        found[more.source, more.reason] = together
    return tuple(sorted(found.values(), key=lambda apart: (apart.source, -apart.rows)))


@cached_query
def log_checks(release: Release) -> tuple[Check, ...]:
    """The checks of the gate logs but their accounts."""
    return tuple(
        check
        for check in checks(release)
        if check.identity.startswith(GATE_CHECKS) and not check.identity.startswith(_ROWS)
    )
