"""The published per cent of a plan: which rate belongs to which number, an identity says (identities.csv, kind ratio)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.model import CheckResult, Measure
from etl.release.tables import Release
from pages.queries.numbers import records

PER_CENT = "%"
DUE = (Measure.PLAN, Measure.TARGET)


def published_rates(release: Release, known: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Number -> the printed per cent that an identity ties to it: what was done and what was due, each by its number_id.

    Only where the identity speaks of one actual number, one plan or target and one printed rate, all among ``known``, and holds.
    """
    found: dict[str, str] = {}
    for check in records(release.table("checks")):
        rows = [known[each] for each in str(check["parents"] or "").split(";") if each in known]
        rates = [row for row in rows if row["unit"] == PER_CENT and not row["derived"]]
        done = [row for row in rows if row["measure"] == Measure.ACTUAL and row not in rates]
        due = [row for row in rows if row["measure"] in DUE and row not in rates]
        holds = check["kind"] == "ratio" and check["verdict"] == CheckResult.HOLDS
        if holds and len(rates) == len(done) == len(due) == 1:
            found |= {row["number_id"]: rates[0]["number_id"] for row in (*done, *due)}
    return found
