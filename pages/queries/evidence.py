"""One line of evidence for each project: which numbers stand in it is data (the column ``evidence`` of projects.csv)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from etl.model import Measure, Number, State
from etl.release.index import AbsenceRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import named
from pages.queries.numbers import chosen_numbers
from pages.queries.reference import by_position


@dataclass(frozen=True)
class EvidenceLine:
    """The numbers of one project's line; ``elsewhere`` are the names of the places other than the city itself that they speak of.

    ``is_target_missing``: for just what one of them speaks of, a target is declared not published.
    """

    project: str
    name: str
    numbers: tuple[Number, ...]
    elsewhere: tuple[str, ...] = ()
    is_target_missing: bool = False


@cached_query
def evidence(release: Release) -> tuple[EvidenceLine, ...]:
    """The line of each project that has such numbers, projects by position."""
    missing = _missing_targets(release)
    lines = []
    for project in by_position(release):
        if numbers := chosen_numbers(release, project.evidence):
            elsewhere = dict.fromkeys(each.place_name for each in numbers if each.place != release.city.place)
            is_missing = any(each.measure == Measure.ACTUAL and _thing(each, each.place) in missing for each in numbers)
            lines.append(EvidenceLine(project.project, project.name, numbers, tuple(elsewhere), is_missing))
    return tuple(lines)


Thing = tuple[str, str, dt.date | None, dt.date | None, str]


def _missing_targets(release: Release) -> set[Thing]:
    """What a target is declared not published for."""
    wanted = (Measure.TARGET, State.NOT_PUBLISHED)
    rows = [row for row in release.index.absences_of() if (row.measure, row.state) == wanted]
    return {_thing(row, place) for row in rows for place in named(release.table("places"), row.place)}


def _thing(row: Number | AbsenceRow, place: str) -> Thing:
    return row.indicator, place, row.period_start, row.period_end, row.breakdown
