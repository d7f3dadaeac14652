"""What is behind what was planned, and what passed its target for the first time: numbers that a briefing chooses by rule.

A number is held against two things only: the target printed for the same indicator, place and period, and the node of the plan
curve (plans.csv) that was due on the very day it speaks of.  Bounds and ranges are never judged, nor is a place without a plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from etl.tables import Release
from pages.queries.numbers import NUMBER_COLUMNS, names, records, table

BEHIND, OVER_TARGET = "behind", "over_target"
TARGET, NODE = "target", "node"
LAGGING_COLUMNS = (
    "rule", "against", "against_id", "planned", "share_pct", "due_on", "responsible", "responsible_name", "lead_name", *NUMBER_COLUMNS,
)  # fmt: skip
"""``against`` is target or node, ``against_id`` the observation or the plan held against, ``share_pct`` 100 * value / planned."""

ANSWERS = ("government", "zone_committee")
"""Kinds of organisation that answer for a place."""


def lagging(release: Release, rows: Iterable[Mapping[str, Any]], *, lang: str = "zh") -> pd.DataFrame:
    """One row per number of ``rows`` (NUMBER_COLUMNS) that is behind, the widest gap first, then those over target for the first time;
    LAGGING_COLUMNS.

    Of each indicator at each place only the latest number counts, and only indicators that are better when larger.
    """
    rising = {row["indicator"] for row in records(release.table("indicators")) if row["polarity"] == "up"}
    plain = [
        row for row in rows
        if row["indicator"] in rising and not row["derived"] and not row["breakdown"] and not row["conflict"] and row["qualifier"] == "exact"
    ]  # fmt: skip
    judged = [*_against_targets(plain), *_against_nodes(release, plain)]
    latest: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in sorted(judged, key=_day):
        latest[row["indicator"], row["place"], row["against"]] = row
    behind = [row | {"rule": BEHIND} for row in latest.values() if row["value"] < row["planned"]]
    over = [
        row | {"rule": OVER_TARGET} for row in latest.values()
        if row["against"] == TARGET and row["value"] > row["planned"] and not _was_over(row, judged)
    ]  # fmt: skip
    behind.sort(key=lambda row: (row["share_pct"], row["place"]))
    return table([_answered(release, row, lang) for row in [*behind, *over]], LAGGING_COLUMNS)


def _against_targets(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    every = list(rows)
    targets = {_key(row): row for row in every if row["measure"] == "target"}
    return [
        _judged(row, TARGET, targets[_key(row)]["number_id"], targets[_key(row)]["value"], row["period_end"])
        for row in every
        if row["measure"] == "actual" and _key(row) in targets and targets[_key(row)]["value"]
    ]


def _against_nodes(release: Release, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    due = {(row["indicator"], row["place"], row["due_on"]): row for row in records(release.table("plans"))}
    found = []
    for row in rows:
        node = due.get((row["indicator"], row["place"], row["as_of"]))
        if node and row["measure"] == "actual" and node["unit"] == row["unit"] and node["value"]:
            found.append(_judged(row, NODE, node["plan"], node["value"], node["due_on"]))
    return found


def _judged(
    row: Mapping[str, Any], against: str, against_id: str, planned: Any, due_on: dt.date | None
) -> dict[str, Any]:
    share = 100 * row["value"] / planned
    return dict(row) | {
        "against": against,
        "against_id": against_id,
        "planned": planned,
        "share_pct": share,
        "due_on": due_on,
    }


def _was_over(row: Mapping[str, Any], judged: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the same thing passed an earlier target already."""
    return any(
        each["value"] > each["planned"] and _day(each) < _day(row)
        for each in judged
        if (each["indicator"], each["place"], each["against"]) == (row["indicator"], row["place"], row["against"])
    )


def _answered(release: Release, row: Mapping[str, Any], lang: str) -> dict[str, Any]:
    called = names(release, "organisations", lang)
    lead = lead_of(release).get(row["project"], "")
    responsible = answering(release).get(row["place"], lead)
    return dict(row) | {
        "responsible": responsible, "responsible_name": called.get(responsible, ""), "lead_name": called.get(lead, ""),
    }  # fmt: skip


def lead_of(release: Release) -> dict[str, str]:
    """Project -> its lead organisation, or that of what it is part of."""
    rows = {row["project"]: row for row in records(release.table("projects"))}

    def lead(project: str, seen: frozenset[str] = frozenset()) -> str:
        row = rows.get(project)
        if row is None or project in seen:
            return ""
        return row["lead"] or lead(row["parent"], seen | {project})

    return {project: lead(project) for project in rows}


def answering(release: Release) -> dict[str, str]:
    """Place -> the organisation that answers for it; only places below the city have one."""
    rows = [row for row in records(release.table("organisations")) if row["kind"] in ANSWERS]
    return {row["place"]: row["organisation"] for row in reversed(rows) if row["place"] != release.city.place}


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["indicator"], row["place"], row["period_start"], row["period_end"]


def _day(row: Mapping[str, Any]) -> str:
    return str(row["period_end"] or row["as_of"] or "")
