"""What is behind what was planned, and what passed its target: numbers that a briefing chooses by rule.

A number is held against two things only: the target printed for the same indicator, place and period, and the node of the plan
curve (plans.csv) that was due on the very day it speaks of.  Bounds and ranges are never judged, nor is a place without a plan.
That a target was passed *for the first time* is said only where every earlier period is known, target and result.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from etl.model import Measure, Qualifier
from etl.release.tables import Release
from etl.rules.selectors import named
from pages.queries.chart_specs import months_of
from pages.queries.numbers import NUMBER_COLUMNS, names, records, table

BEHIND, OVER_TARGET, FIRST_OVER = "behind", "over_target", "first_over"
TARGET, NODE = Measure.TARGET, "node"
LAGGING_COLUMNS = (
    "rule", "against", "against_id", "planned", "share_pct", "due_on", "responsible", "responsible_name", "lead_name", *NUMBER_COLUMNS,
)  # fmt: skip
"""``against`` is target or node, ``against_id`` the observation or the plan held against, ``share_pct`` 100 * value / planned."""

ANSWERS = ("government", "zone_committee")
"""Kinds of organisation that answer for a place."""


def lagging(
    release: Release, rows: Iterable[Mapping[str, Any]], *, known: Iterable[Mapping[str, Any]] = ()
) -> pd.DataFrame:
    """One row per number of ``rows`` (NUMBER_COLUMNS) that is behind, the widest gap first, then those over their target;
    LAGGING_COLUMNS.

    Of each indicator at each place only the latest number counts, and only indicators that are better when larger.  ``known`` are
    all numbers that may be used, of whatever year and place: what a first time is judged by.  The rule is first_over where every
    earlier period of the same length is known and none passed its target, else over_target.
    """
    rising = {row["indicator"] for row in records(release.table("indicators")) if row["polarity"] == "up"}
    plain = [row for row in rows if row["indicator"] in rising and _is_plain(row)]
    judged = [*_against_targets(plain), *_against_nodes(release, plain)]
    latest: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in sorted(judged, key=_day):
        latest[row["indicator"], row["place"], row["against"]] = row
    behind = [row | {"rule": BEHIND} for row in latest.values() if row["value"] < row["planned"]]
    every = [*known] or plain
    over = [
        row | {"rule": FIRST_OVER if _is_first(release, row, every) else OVER_TARGET} for row in latest.values()
        if row["against"] == TARGET and row["value"] > row["planned"]
    ]  # fmt: skip
    behind.sort(key=lambda row: (row["share_pct"], row["place"]))
    return table([_answered(release, row) for row in [*behind, *over]], LAGGING_COLUMNS)


def _is_plain(row: Mapping[str, Any]) -> bool:
    """Whether a number can be judged: printed, whole, uncontested, exact."""
    return not row["derived"] and not row["breakdown"] and not row["conflict"] and row["qualifier"] == Qualifier.EXACT


def _against_targets(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    every = list(rows)
    targets = {_key(row): row for row in every if row["measure"] == Measure.TARGET}
    return [
        _judged(row, TARGET, targets[_key(row)]["number_id"], targets[_key(row)]["value"], row["period_end"])
        for row in every
        if row["measure"] == Measure.ACTUAL and _key(row) in targets and targets[_key(row)]["value"]
    ]


def _against_nodes(release: Release, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    due = {(row["indicator"], row["place"], row["due_on"]): row for row in records(release.table("plans"))}
    found = []
    for row in rows:
        node = due.get((row["indicator"], row["place"], row["as_of"]))
        if node and row["measure"] == Measure.ACTUAL and node["unit"] == row["unit"] and node["value"]:
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


def _is_first(release: Release, row: Mapping[str, Any], known: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the same thing passed its target in no earlier period, and that is known: there are earlier periods of this length,
    without a hole between them, and each has an exact target and an exact number that is no larger.
    """
    own = [each for each in known if (each["indicator"], each["place"]) == (row["indicator"], row["place"])]
    periods = _earlier(row, [*own, *_declared(release, row)])
    judged = {_key(each): each for each in _against_targets(filter(_is_plain, own))}
    return bool(periods) and _is_unbroken([*periods, _period(row)]) and all(
        key in judged and judged[key]["value"] <= judged[key]["planned"]
        for key in ((row["indicator"], row["place"], *period) for period in periods)
    )  # fmt: skip


def _declared(release: Release, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is declared absent of the same thing: a period of which something is missing is a period, too."""
    places = release.table("places")
    absent = release.index.absences_of(indicators=[row["indicator"]])
    return [each._asdict() for each in absent if not each.breakdown and row["place"] in named(places, each.place)]


def _earlier(row: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> list[tuple[dt.date, dt.date]]:
    """The periods before that of ``row`` and as long as it, the first one first."""
    whole = (each for each in rows if each["period_start"] and each["period_end"])
    return sorted(
        {
            _period(each)
            for each in whole
            if months_of(each) == months_of(row) and each["period_end"] < row["period_start"]
        }
    )


def _is_unbroken(periods: list[tuple[dt.date, dt.date]]) -> bool:
    return all((after[0] - before[1]).days == 1 for before, after in pairwise(periods))


def _period(row: Mapping[str, Any]) -> tuple[dt.date, dt.date]:
    return row["period_start"], row["period_end"]


def _answered(release: Release, row: Mapping[str, Any]) -> dict[str, Any]:
    called = names(release, "organisations")
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
