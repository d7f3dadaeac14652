"""What differs between two releases, by identity: which numbers stand on which card, chart or sentence before and after, which checks and absences."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from etl.model import Absence, Check
from etl.release.tables import Release
from pages.queries.chart_marks import charts_of, marks_frame, marks_of
from pages.queries.data_quality import absences, checks
from pages.queries.headlines import cards_frame, headlines
from pages.queries.numbers import NUMBER_COLUMNS, names, numbers_frame, records, table
from pages.queries.quotable_numbers import quotable_numbers

CHANGE_COLUMNS = ("screen", "kind", "name", "old", "new", "old_row", "new_row")
"""``kind`` is headline, chart, sentence, check or absence; ``old`` and ``new`` are the numbers that only the one release shows there (of
a headline all that it shows), as tuples; of a check and an absence ``old_row`` and ``new_row`` are the Check or Absence, None where it is not there."""

Number = dict[str, Any]
Change = dict[str, Any]
_WHAT = ("value", "value_high", "qualifier")


def changes(before: Release, after: Release) -> pd.DataFrame:
    """One row per thing that ``after`` shows otherwise than ``before``: headlines, charts of charts.csv, sentences, checks, absences."""
    rows = [
        *_of_numbers("overview", "headline", _headlines(before), _headlines(after)),
        *_charts(before, after),
        *_of_numbers("words", "sentence", _sentences(before), _sentences(after)),
        *_of_rows("check", _checks(before), _checks(after)),
        *_of_rows("absence", _absences(before), _absences(after)),
    ]
    return table(rows, CHANGE_COLUMNS)


def new_numbers(before: Release, after: Release) -> pd.DataFrame:
    """The numbers, printed and computed, that only ``after`` has; in its order, NUMBER_COLUMNS."""
    there = {_identity(row) for row in records(numbers_frame(before))}
    return table([row for row in records(numbers_frame(after)) if _identity(row) not in there], NUMBER_COLUMNS)


_Shown = Mapping[str, tuple[str, list[Number]]]
"""Key -> name and the numbers shown under it."""


def _headlines(release: Release) -> _Shown:
    found: dict[str, tuple[str, list[Number]]] = {}
    for row in records(cards_frame(headlines(release))):
        here = found.setdefault(row["headline"], (row["title"], []))
        if row["part"] == "shown" and row["number_id"]:
            here[1].append(row)
    return found


def _charts(before: Release, after: Release) -> Iterator[Change]:
    screens = dict.fromkeys(row["screen"] for row in records(after.table("charts")))
    for screen in screens:
        yield from _of_numbers(screen, "chart", _drawn(before, screen), _drawn(after, screen))


def _drawn(release: Release, screen: str) -> _Shown:
    return {
        chart.chart: (chart.title, records(marks_frame(mark for mark in marks_of(release, chart) if mark.number_id)))
        for chart in charts_of(release, screen)
    }


def _sentences(release: Release) -> _Shown:
    """By the numbers a sentence tells: a general sentence has one row for each of them."""
    projects = names(release, "projects")
    found: dict[str, tuple[str, list[Number]]] = {}
    for row in records(quotable_numbers(release)):
        if row["number_id"]:
            found.setdefault(row["project"], (projects.get(row["project"], ""), []))[1].append(row)
    return found


def _of_numbers(screen: str, kind: str, before: _Shown, after: _Shown) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        (_, old), (title, new) = before.get(key, ("", [])), after.get(key, before.get(key, ("", [])))
        new = new if key in after else []
        only_old, only_new = _only(old, new), _only(new, old)
        if only_old or only_new:
            whole = kind == "headline"  # a card is read as a whole, of a chart or a sentence what is new is
            yield _change(
                screen, kind, title, old=tuple(old) if whole else only_old, new=tuple(new) if whole else only_new
            )


def _only(here: list[Number], there: list[Number]) -> tuple[Number, ...]:
    known = {_identity(row) for row in there}
    return tuple({_identity(row): row for row in here if _identity(row) not in known}.values())


def _identity(row: Number) -> Hashable:
    return (row["number_id"], *(row[name] for name in _WHAT))


def _checks(release: Release) -> dict[Hashable, Check | Absence]:
    return {(check.identity, check.observation_ids): check for check in checks(release)}


def _absences(release: Release) -> dict[Hashable, Check | Absence]:
    return {
        (each.indicator, each.places, each.period_start, each.period_end, each.breakdown, each.measure): each
        for each in absences(release)
    }


def _of_rows(
    kind: str, before: Mapping[Hashable, Check | Absence], after: Mapping[Hashable, Check | Absence]
) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        there = new or old
        if there and (old is None or new is None or _said(old) != _said(new)):
            name = there.name if isinstance(there, Check) else there.indicator_name
            yield _change("sources", kind, name, old_row=old, new_row=new)


def _said(row: Check | Absence) -> tuple[str, ...]:
    if isinstance(row, Check):
        return row.result, row.left_value, row.right_value, row.reason
    return row.state, row.reason


def _change(screen: str, kind: str, name: str, **sides: Any) -> Change:
    return {
        "old": (),
        "new": (),
        "old_row": None,
        "new_row": None,
        **sides,
        "screen": screen,
        "kind": kind,
        "name": name,
    }
