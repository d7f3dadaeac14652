"""What is expected and not there. ``parts:<place>`` in absences.csv stands for each part of a place, one row each.

An absence speaks of the day it was declared. A checked number that was published later supersedes it by itself; the absence stays as
history. Only a number that was there on that day contradicts it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl.errors import Problem, Where
from etl.reference import Reference
from etl.rows import DeclaredAbsence, Observation
from etl.rules.selectors import places_named


def absences(reference: Reference) -> list[DeclaredAbsence]:
    """One row per expected number that is not there, ``parts:`` written out in the order of places.csv."""
    return [
        replace(row, place=place)
        for row in reference.rows(DeclaredAbsence)
        for place in places_named(reference.places, row.place)
    ]


Subject = tuple[str, str, str]
Key = tuple[Subject, dt.date | None, dt.date | None]
LONG_AGO = dt.datetime(1900, 1, 1)
"""From when an absence is hidden whose number everybody may see."""


def superseded(
    absent: Sequence[DeclaredAbsence], observations: Sequence[Observation]
) -> tuple[list[DeclaredAbsence], list[DeclaredAbsence]]:
    """The absences with ``hidden_from``, and a row of history for each that a later number took the place of: one of its measure and,
    where it names a period, of just that period. ``hidden_from`` is the number's ``release_at``: who may not see it sees the absence."""
    by_subject: dict[Subject, list[Observation]] = {}
    for number in observations:
        if number.verified:
            by_subject.setdefault(_subject(number), []).append(number)
    rows, history = [], []
    for row in absent:
        later = [
            (number.release_at or LONG_AGO, number.published_on or dt.date.max, number)
            for number in by_subject.get(_subject(row), ())
            if (not row.measure or number.measure == row.measure) and _is_later(number, row)
            if (row.period_start, row.period_end) in ((None, None), (number.period_start, number.period_end))
        ]
        if not later:
            rows.append(row)
            continue
        hidden_from, _published_on, first = min(later, key=lambda found: found[:2])
        rows.append(replace(row, hidden_from=hidden_from))
        history.append(replace(row, superseded_by=first.observation_id, release_at=first.release_at))
    return rows, history


def _is_later(number: Observation, absent: DeclaredAbsence) -> bool:
    return bool(absent.as_of and number.published_on and number.published_on > absent.as_of)


def contradictions(absent: Sequence[DeclaredAbsence], observations: Sequence[Observation]) -> Iterator[Problem]:
    """A problem for each number that was published when it was declared absent, and for each absence declared twice."""
    observed: dict[Key, list[Observation]] = {}
    for number in observations:
        observed.setdefault(_key(number), []).append(number)
    seen: dict[tuple[Key, str], int] = {}
    for row in absent:
        where = Where("reference/absences.csv", row.line, "indicator")
        for found in observed.get(_key(row), ()):
            if (not row.measure or found.measure == row.measure) and not _is_later(found, row):
                what = f"“{row.place}”的这个数既已公布又被列为缺项"
                printed = f"{found.as_printed}({found.observation_id})"
                remedy = "已公布就删去这一行；parts: 请改为逐个列出；此后才公布的会自动取代缺项"
                yield Problem("E-216", where, what, printed, remedy=remedy)
        key = (_key(row), row.measure)
        if key in seen:
            what = f"与第{seen[key]}行是同一个缺项（地区“{row.place}”）"
            yield Problem("E-203", where, what, row.indicator, remedy="请删去其中一行")
        seen.setdefault(key, row.line)


def _subject(row: DeclaredAbsence | Observation) -> Subject:
    return row.indicator, row.place, row.breakdown


def _key(row: DeclaredAbsence | Observation) -> Key:
    return _subject(row), row.period_start, row.period_end
