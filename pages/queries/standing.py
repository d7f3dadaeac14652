"""How the numbers stand: checks with their results, conflicts side by side, what is not published - and how many of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from etl.language import language
from etl.model import CheckResult, Measure, State
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import named
from pages.queries.numbers import (
    NUMBER_COLUMNS,
    axis_names,
    done_words,
    names,
    numbers,
    numbers_by_id,
    reason,
    records,
    table,
)

CHECK_COLUMNS = (
    "identity", "name", "kind", "severity", "verdict", "left_value", "right_value", "difference", "tolerance", "reason",
    "observation_ids",
)  # fmt: skip
ABSENCE_COLUMNS = (
    "indicator", "indicator_name", "project", "project_name", "places", "place_name", "period_start", "period_end", "breakdown",
    "breakdown_name", "measure", "state", "reason", "follows_from", "done_word", "is_planned",
)  # fmt: skip
_SAME_ABSENCE = ("indicator", "period_start", "period_end", "breakdown", "measure", "state", "reason", "follows_from")


@cached_query
def checks(release: Release) -> pd.DataFrame:
    """One row per check, what needs attention first; CHECK_COLUMNS."""
    rows = [
        row
        | {
            "name": (row["name_en"] if language() == "en" else "") or row["name"],
            "reason": reason(row),
            "observation_ids": row["parents"],
        }
        for row in records(release.table("checks"))
    ]
    return table(sorted(rows, key=lambda row: CheckResult(row["verdict"]).rank), CHECK_COLUMNS)


def conflicts(release: Release) -> pd.DataFrame:
    """The numbers of every conflict, side by side: ``identity`` and ``identity_name`` before NUMBER_COLUMNS, by conflict and variant.

    A number that nothing contradicts, and that belongs to one version, stands with that version.
    """
    rows, every = [], [row for row in records(numbers(release)) if not row["derived"]]
    for check in records(checks(release)):
        if check["kind"] == "conflict":
            versions = records(numbers_by_id(release, check["observation_ids"].split(";")))
            own_to_one = {_version(row) for row in versions if row["variant"]}
            told = [*versions, *(row for row in every if not row["conflict"] and _version(row) in own_to_one)]
            own = {"identity": check["identity"], "identity_name": check["name"], "reason": check["reason"]}
            rows += [
                number | own for number in sorted(told, key=lambda number: (number["indicator"], number["variant"]))
            ]
    return table(rows, ("identity", "identity_name", "reason", *NUMBER_COLUMNS))


def _version(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["source"], row["project"], row["place"], row["variant"]


@cached_query
def absences(release: Release) -> pd.DataFrame:
    """One row per number that is declared absent, wherever it is: ``places`` and ``place_name`` join the places by 、.

    Order of absences.csv; ABSENCE_COLUMNS with names.  ``done_word`` is the indicator's word for what is done, ``is_planned`` whether
    a plan, a target or a standard of it is published or declared absent, so that an actual number has to be called one.
    """
    places, indicators = axis_names(release), names(release, "indicators")
    projects, breakdowns = names(release, "projects"), names(release, "breakdowns")
    geography, known = release.table("places"), indicator_projects(release)
    done, planned = done_words(release), _planned(release)
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in records(release.table("absences")):
        project = row["project"] or known.get(row["indicator"], "")
        named_here = {
            "project": project, "project_name": projects.get(project, ""), "places": [],
            "indicator_name": indicators.get(row["indicator"], row["indicator"]),
            "breakdown_name": breakdowns.get(row["breakdown"], row["breakdown"]), "reason": reason(row),
            "done_word": done.get(row["indicator"], ""), "is_planned": row["indicator"] in planned,
        }  # fmt: skip
        same = found.setdefault(tuple(row[column] for column in _SAME_ABSENCE), row | named_here)
        same["places"] += named(geography, row["place"]) or [row["place"]]
    joint = "、" if language() == "zh" else ", "
    for row in found.values():
        row["place_name"] = joint.join(places.get(place, place) for place in row["places"])
    return table(found.values(), ABSENCE_COLUMNS)


def _planned(release: Release) -> set[str]:
    """The indicators of which something other than an actual number is published or declared absent."""
    told = (release.table(name)[["indicator", "measure"]].drop_duplicates() for name in ("observations", "absences"))
    return {row["indicator"] for rows in told for row in records(rows) if row["measure"] not in ("", Measure.ACTUAL)}


def superseded(release: Release) -> pd.DataFrame:
    """What was declared absent once and has been published since, with the number that is there now; NUMBER_COLUMNS, ``reason``, ``declared_on``."""
    rows = records(release.table("superseded_absences"))
    known = {row["number_id"]: row for row in records(numbers_by_id(release, [row["superseded_by"] for row in rows]))}
    return table(
        [
            known[row["superseded_by"]] | {"reason": reason(row), "declared_on": row["as_of"]}
            for row in rows if row["superseded_by"] in known
        ],
        (*NUMBER_COLUMNS, "reason", "declared_on"),
    )  # fmt: skip


@cached_query
def counts(release: Release) -> Mapping[str, int]:
    """How many conflicts, violated and untestable checks, checks that hold, and absences of each state there are."""
    results = [row["verdict"] for row in records(release.table("checks"))]
    states = list(absences(release)["state"])
    return {
        **{result: results.count(result) for result in CheckResult},
        "checks": len(results),
        **{state: states.count(state) for state in (State.NOT_PUBLISHED, State.NOT_IN_PLAN)},
        "unverified": len([row for row in records(release.table("sources")) if not row["verified"]]),
    }


@cached_query
def indicator_projects(release: Release) -> Mapping[str, Any]:
    """Indicator -> its project."""
    return {row["indicator"]: row["project"] for row in records(release.table("indicators"))}
