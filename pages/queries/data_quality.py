"""The quality of the numbers: checks with their results, conflicts side by side, what is not published, rows of gate logs kept apart.

How many of each there are is counted too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from operator import attrgetter

import pandas as pd

from etl.language import in_words, language
from etl.model import (
    Absence,
    Check,
    CheckResult,
    Conflict,
    LogAccount,
    Measure,
    QuarantinedRows,
    State,
    SupersededAbsence,
)
from etl.release.index import AbsenceRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import Selector, named, period_of
from pages.queries.documents import GATE_LOG, sources
from pages.queries.numbers import axis_names, names, numbers_by_id, numbers_of
from pages.queries.reference import indicators
from pages.wording.catalog import listed

GATE_CHECKS = f"{GATE_LOG}/"
_ROWS = f"{GATE_CHECKS}rows/"
_PARTS = re.compile(r"(\d+) \+ (\d+) \+ (\d+) ")
"""Accepted, kept apart, ignored."""


@cached_query
def checks(release: Release) -> tuple[Check, ...]:
    """Every check, what needs attention first."""
    return tuple(sorted(checks_in_order(release), key=lambda check: check.result.rank))


@cached_query
def checks_in_order(release: Release) -> tuple[Check, ...]:
    """Every check, in the order of the identities."""
    found = []
    for row in release.rows("checks"):
        told, ids = {name: in_words(row, name) for name in ("name", "reason")}, row["parents"].split(";")
        more = {"result": CheckResult(row["verdict"]), "observation_ids": tuple(filter(None, ids))}
        found.append(Check.of(row | told | more))
    return tuple(found)


@cached_query
def conflicts(release: Release) -> tuple[Conflict, ...]:
    """Every conflict between published numbers.  A number that nothing contradicts, and that belongs to one version, stands with that version."""
    found = []
    for check in checks(release):
        if check.kind == "conflict":
            versions = numbers_by_id(release, check.observation_ids)
            own_to_one = {_version(number) for number in versions if number.variant}
            beside = numbers_of(release, sources={source for source, *_rest in own_to_one})
            alike = (number for number in beside if not number.derived and not number.conflict)
            shown = [*versions, *(number for number in alike if _version(number) in own_to_one)]
            shown.sort(key=lambda number: (number.indicator, number.variant))
            found.append(Conflict(check.identity, check.name, check.reason, tuple(each.number_id for each in shown)))
    return tuple(conflict for conflict in found if conflict.number_ids)


def conflicts_among(release: Release, number_ids: Collection[str]) -> tuple[Conflict, ...]:
    """The conflicts that some of these numbers are in, with these numbers alone."""
    kept = ((each, tuple(filter(number_ids.__contains__, each.number_ids))) for each in conflicts(release))
    return tuple(replace(each, number_ids=ids) for each, ids in kept if ids)


_version = attrgetter("source", "project", "place", "variant")


@cached_query
def absences(release: Release) -> tuple[Absence, ...]:
    """Every number that is declared absent, its places together, in the order of absences.csv."""
    found: dict[AbsenceRow, list[AbsenceRow]] = {}
    for row in release.index.absences_of():
        same = row._replace(project="", place="", reason_en="", as_of=None, note="")
        found.setdefault(same, []).append(row)
    others_than_actual = [measure for measure in Measure if measure != Measure.ACTUAL]
    planned = {row.indicator for row in release.index.numbers_of(measures=others_than_actual)}
    planned |= {row.indicator for row in found if row.measure in others_than_actual}
    geography, known = release.table("places"), indicators(release)
    places, projects, breakdowns = axis_names(release), names(release, "projects"), names(release, "breakdowns")
    made = []
    for first, *others in found.values():
        indicator = known.get(first.indicator)
        project = first.project or (indicator.project if indicator else "")
        there = [each for row in (first, *others) for each in named(geography, row.place) or [row.place]]
        made.append(
            Absence(
                indicator=first.indicator,
                indicator_name=indicator.name if indicator else first.indicator,
                project=project,
                project_name=projects.get(project, ""),
                places=tuple(there),
                place_name=listed(places.get(place, place) for place in there),
                period_start=first.period_start,
                period_end=first.period_end,
                breakdown=first.breakdown,
                breakdown_name=breakdowns.get(first.breakdown, first.breakdown),
                measure=Measure(first.measure) if first.measure else None,
                state=State(first.state),
                reason=(first.reason_en if language() == "en" else "") or first.reason,
                done_word=indicator.done_word if indicator else "",
                is_planned=first.indicator in planned,
            )
        )
    return tuple(made)


def absences_at(release: Release, places: Collection[str]) -> tuple[tuple[Absence, Absence], ...]:
    """Each absence at some of these places as it is declared, and as it speaks of these places alone."""
    called, found = axis_names(release), []
    for each in absences(release):
        if here := tuple(place for place in each.places if place in places):
            name = listed(called.get(place, place) for place in here)
            found.append((each, replace(each, places=here, place_name=name)))
    return tuple(found)


def absences_of(
    absences: Iterable[AbsenceRow], places: pd.DataFrame, asked: Selector, wanted: Collection[str], breakdown: str = ""
) -> dict[str, AbsenceRow]:
    """Place -> the declared absence of what ``asked`` names there, for each of the ``wanted`` places that has one. With
    ``breakdown`` only an absence of just that item counts."""
    found: dict[str, AbsenceRow] = {}
    for row in absences:
        if _speaks_of(row, asked, breakdown) and breakdown in ("", row.breakdown):
            for place in named(places, row.place):
                if place in wanted:
                    found.setdefault(place, row)
    return found


def _speaks_of(row: AbsenceRow, asked: Selector, breakdown: str = "") -> bool:
    if row.indicator != asked.indicator or row.measure not in ("", asked.pins.get("measure", row.measure)):
        return False
    if row.breakdown not in ("", breakdown or asked.pins.get("breakdown", "")):
        return False
    period = "" if asked.is_relative else asked.pins.get("period", "")
    start, end = period_of(period) if period else (None, None)
    first, last = row.period_start, row.period_end
    return (first is None or end is None or first <= end) and (last is None or start is None or start <= last)


def superseded(release: Release) -> tuple[SupersededAbsence, ...]:
    """What was declared absent once and has been published since, with the number that is there now."""
    return tuple(
        SupersededAbsence(number, in_words(row, "reason"), row["as_of"])
        for row in release.rows("superseded_absences")
        for number in numbers_by_id(release, [row["superseded_by"]])
    )


@cached_query
def counts(release: Release) -> Mapping[str, int]:
    """How many conflicts, violated and untestable checks, checks that hold, and absences of each state there are."""
    results = [check.result for check in checks(release)]
    states = [absence.state for absence in absences(release)]
    return {
        **{result: results.count(result) for result in CheckResult},
        "checks": len(results),
        **{state: states.count(state) for state in (State.NOT_PUBLISHED, State.NOT_IN_PLAN)},
        "unverified": sum(not source.verified for source in sources(release).values()),
    }


@cached_query
def indicator_projects(release: Release) -> Mapping[str, str]:
    """Indicator -> its project."""
    return {code: indicator.project for code, indicator in indicators(release).items()}


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
    """The rows kept apart by source and reason, the most rows first, with the first of them as an example. What stood
    there (``found``) is masked where it could be a person's number."""
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
    of_logs = (check for check in checks(release) if check.identity.startswith(GATE_CHECKS))
    return tuple(check for check in of_logs if not check.identity.startswith(_ROWS))
