"""What differs between two releases, by identity: which numbers stand on which card, chart or sentence before and after, which checks and absences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter

from etl.model import Absence, Change, Check, Number
from etl.release.index import NumberRow
from etl.release.tables import Release
from pages.queries.chart_specs import charts_of, marks_of
from pages.queries.data_quality import absences, checks
from pages.queries.headlines import headlines
from pages.queries.numbers import names, with_names
from pages.queries.quotable_numbers import quotable_numbers


def changes(before: Release, after: Release) -> tuple[Change, ...]:
    """What ``after`` shows otherwise than ``before``: headlines, charts of charts.csv, sentences, checks, absences."""
    screens = dict.fromkeys(after.table("charts")["screen"])
    charts = (_of_numbers(each, "chart", _drawn(before, each), _drawn(after, each)) for each in screens)
    return (
        *_of_numbers("overview", "headline", _headlines(before), _headlines(after)),
        *chain.from_iterable(charts),
        *_of_numbers("words", "sentence", _sentences(before), _sentences(after)),
        *_of_rows("check", _checks(before), _checks(after)),
        *_of_rows("absence", _absences(before), _absences(after)),
    )


def new_numbers(before: Release, after: Release) -> tuple[Number, ...]:
    """The numbers, printed and computed, that only ``after`` has, in its order."""
    there = set(map(_identity, before.index.numbers_of()))
    return with_names(after, (row for row in after.index.numbers_of() if _identity(row) not in there))


_Shown = Mapping[str, tuple[str, tuple[Number, ...]]]
"""Key -> name and the numbers shown under it."""


def _headlines(release: Release) -> _Shown:
    return {card.card: (card.title, card.shown) for card in headlines(release)}


def _drawn(release: Release, screen: str) -> _Shown:
    return {
        chart.chart: (chart.title, tuple(mark for mark in marks_of(release, chart) if mark.number_id))
        for chart in charts_of(release, screen)
    }


def _sentences(release: Release) -> _Shown:
    """By the numbers a sentence tells: a general sentence has one row for each of them."""
    found: dict[str, list[Number]] = defaultdict(list)
    for sentence in filter(attrgetter("numbers"), quotable_numbers(release)):
        found[sentence.project] += sentence.numbers
    called = names(release, "projects")
    return {project: (called.get(project, ""), tuple(numbers)) for project, numbers in found.items()}


def _of_numbers(screen: str, kind: str, before: _Shown, after: _Shown) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        title, _there = after.get(key) or before[key]
        (_, old), (_, new) = before.get(key, ("", ())), after.get(key, ("", ()))
        only_old, only_new = _only(old, new), _only(new, old)
        if only_old or only_new:
            whole = kind == "headline"  # a card is read as a whole, of a chart or a sentence what is new is
            yield Change(screen, kind, title, old=old if whole else only_old, new=new if whole else only_new)


def _only(here: Iterable[Number], there: Iterable[Number]) -> tuple[Number, ...]:
    known = set(map(_identity, there))
    return tuple({_identity(number): number for number in here if _identity(number) not in known}.values())


def _identity(number: Number | NumberRow) -> Hashable:
    return number.number_id, number.value, number.value_high, number.qualifier


_Rows = Mapping[Hashable, tuple[str, tuple[str, ...], Check | Absence]]
"""Key -> name of a row, what it says, and the row itself."""


def _checks(release: Release) -> _Rows:
    said = attrgetter("result", "left_value", "right_value", "reason")
    return {(each.identity, each.observation_ids): (each.name, said(each), each) for each in checks(release)}


def _absences(release: Release) -> _Rows:
    key = attrgetter("indicator", "places", "period_start", "period_end", "breakdown", "measure")
    return {key(each): (each.indicator_name, (each.state, each.reason), each) for each in absences(release)}


def _of_rows(kind: str, before: _Rows, after: _Rows) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        there = new or old
        if there and (old is None or new is None or old[1] != new[1]):
            yield Change("sources", kind, there[0], old_row=old and old[2], new_row=new and new[2])
