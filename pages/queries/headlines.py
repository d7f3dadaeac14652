"""The headline cards of the overview and one line of evidence for each project: which numbers stand there is data.

Cards are rows of headlines.csv, a project's line is the column ``evidence`` of projects.csv.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from etl.language import in_words
from etl.model import Card, Measure, Number, State
from etl.release.index import AbsenceRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import named, split_selectors
from pages.queries.numbers import chosen_numbers, dated_selectors
from pages.queries.reference import by_position
from pages.wording.titles import title_of


@dataclass(frozen=True)
class EvidenceLine:
    """The numbers of one project's line; ``elsewhere`` are the names of the places other than the city itself that they
    speak of. ``is_target_missing``: for just what one of them speaks of, a target is declared not published."""

    project: str
    name: str
    numbers: tuple[Number, ...]
    elsewhere: tuple[str, ...] = ()
    is_target_missing: bool = False


@cached_query
def headlines(release: Release) -> tuple[Card, ...]:
    """The cards, by position."""
    cards = []
    for row in sorted(release.rows("headlines"), key=lambda row: row["position"]):
        asked, beside = split_selectors(row["shows"]), split_selectors(row["compared_with"])
        shown, others = (chosen_numbers(release, dated) for dated in dated_selectors(release, asked, beside))
        title, note = (title_of(template, shown, others) for template in (in_words(row, "title"), row["note"]))
        cards.append(Card(row["headline"], title, note, row["position"], shown, others))
    return tuple(cards)


def title_numbers(cards: Iterable[Card]) -> tuple[tuple[Card, Number], ...]:
    """The shown numbers that make the screen's title, each with its card: the first, and the first of another measure (what is done,
    what is planned)."""
    first: dict[str, tuple[Card, Number]] = {}
    for card in cards:
        for number in card.shown:
            first.setdefault(number.measure, (card, number))
    return tuple(first.values())[:2]


@cached_query
def evidence(release: Release) -> tuple[EvidenceLine, ...]:
    """The line of each project that has such numbers, projects by position."""
    absences, wanted = release.index.absences_of(), (Measure.TARGET, State.NOT_PUBLISHED)
    absent = [row for row in absences if (row.measure, row.state) == wanted]
    missing = {_thing(row, place) for row in absent for place in named(release.table("places"), row.place)}
    lines = []
    for project in by_position(release):
        if numbers := chosen_numbers(release, project.evidence):
            elsewhere = dict.fromkeys(each.place_name for each in numbers if each.place != release.city.place)
            is_missing = any(each.measure == Measure.ACTUAL and _thing(each, each.place) in missing for each in numbers)
            lines.append(EvidenceLine(project.project, project.name, numbers, tuple(elsewhere), is_missing))
    return tuple(lines)


def _thing(row: Number | AbsenceRow, place: str) -> tuple[str, str, dt.date | None, dt.date | None, str]:
    return row.indicator, place, row.period_start, row.period_end, row.breakdown
