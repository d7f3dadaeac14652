"""One place: the numbers of it and of what lies in it, how it stands among its peers, what was said of it, what is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from operator import attrgetter

from etl.model import Absence, Axis, Card, Facility, Measure, Number, Standard, State, Statement
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.chart_specs import ChartSpec, marks_of
from pages.queries.data_quality import absences_at
from pages.queries.documents import statements_of
from pages.queries.geography import facilities, organisations, parents, place_and_below
from pages.queries.numbers import LEAST, numbers_of
from pages.queries.projects import CARDS, headline_card, latest_and_longest, standards, with_targets
from pages.queries.reference import indicators, projects
from pages.queries.suggested_charts import charts_allowed, charts_by_place

MOST_PEER_RANKS = 6
MANY = 60
"""So many comparisons with the peers; from so many numbers of one project on, only the latest of each thing is listed."""


@cached_query
def place_numbers(release: Release, place: str) -> tuple[Number, ...]:
    """Every number of ``place`` and of the places below it.

    By project, then by indicator as the reference tables have them, the place itself before those below, printed before computed.
    Of a project with more than MANY numbers here, only the latest of each thing.
    """
    below = place_and_below(parents(release), place)
    positions = {each.project: each.position for each in projects(release).values()}
    ranks = {each.indicator: each.position for each in indicators(release).values()}
    numbers = numbers_of(release, places=below)

    def rank(number: Number) -> tuple[int, bool, int, int]:
        level, position = below.index(number.place), ranks.get(number.indicator, 0)
        return positions.get(number.project, 0), number.derived, level, position

    thing = attrgetter("indicator", "place", "breakdown", "measure", "variant", "verified", "derived")
    counted = Counter(number.project for number in numbers)
    latest = {thing(number): number for number in sorted(numbers, key=latest_and_longest)}
    kept = [each for each in numbers if counted[each.project] <= MANY or latest[thing(each)] is each]
    return tuple(sorted(kept, key=rank))


@cached_query
def place_cards(release: Release, place: str) -> tuple[Card, ...]:
    """The headline cards of ``place``: the first total of each project, those on the livelihood list before others, then the second
    ones, of each project what matters most first (``priority`` of indicators.csv).

    Only checked numbers without breakdown that are no standard; what is done and what is planned stand on cards of their own.
    """
    listed = {each.project for each in projects(release).values() if each.list_years}
    checked = (each for each in place_numbers(release, place) if each.place == place and each.verified)
    whole = (each for each in checked if not (each.derived or each.breakdown or each.is_undated))
    own = [number for number in whole if number.measure != Measure.STANDARD]
    priorities = {each.indicator: each.priority for each in indicators(release).values()}
    own.sort(key=lambda number: (number.project not in listed, priorities.get(number.indicator, LEAST)))
    kept = with_targets(own)
    of = [numbers[0].project for numbers, _targets in kept]
    order = sorted(range(len(kept)), key=lambda at: of[:at].count(of[at]))
    return tuple(headline_card(*kept[at], place) for at in order[:CARDS])


@cached_query
def peer_rank_charts(release: Release, place: str) -> tuple[ChartSpec, ...]:
    """The charts that put ``place`` beside the other parts of its parent, by the indicators' order.

    Only where the same indicator of the same measure and time is printed for several of them.  A place that is itself without a number
    there has its state, unless nobody declared why.  At most MOST_PEER_RANKS of them.
    """
    up = parents(release)
    peers = {each for each, parent in up.items() if parent and parent == up.get(place)}
    found = (
        replace(chart, chart=f"standing_{chart.chart}")
        for chart in charts_by_place(release, peers)
        if any(mark.place == place and mark.state != State.UNDECLARED for mark in marks_of(release, chart))
    )
    return tuple(islice(found, MOST_PEER_RANKS))


@cached_query
def place_charts(release: Release, place: str) -> tuple[ChartSpec, ...]:
    """The charts of ``place`` itself over time and of its parts side by side."""
    allowed = charts_allowed(release, place_numbers(release, place))
    return tuple(chart for chart in allowed if Axis.of(chart.form) is not Axis.BREAKDOWN and chart.place == place)


@cached_query
def place_statements(release: Release, place: str) -> tuple[Statement, ...]:
    """What was published of ``place``, of the places below it, and of facilities and organisations there. The place
    itself first, then in the order of the places."""
    below = place_and_below(parents(release), place)
    where = {("place", each): each for each in below}
    where |= {("facility", each.facility): each.place for each in facilities(release, places=below)}
    where |= {("organisation", each.organisation): each.place for each in organisations(release) if each.place in below}
    told = [each for each in statements_of(release) if (each.subject_kind, each.subject) in where]
    return tuple(sorted(told, key=lambda each: below.index(where[each.subject_kind, each.subject])))


@cached_query
def place_facilities(release: Release, place: str) -> tuple[Facility, ...]:
    """The facilities in ``place``."""
    return facilities(release, places=place_and_below(parents(release), place))


@cached_query
def place_standards(release: Release, place: str) -> tuple[Standard, ...]:
    """The standards in force at just this place."""
    return tuple(standard for standard in standards(release) if standard.scope == place)


@cached_query
def place_absences(release: Release, place: str) -> tuple[Absence, ...]:
    """What is expected of ``place`` and the places below it and not there, by state: 不在计划 first; naming only these places."""
    found = (absence for _, absence in absences_at(release, place_and_below(parents(release), place)))
    return tuple(sorted(found, key=lambda absence: (absence.state.rank, place not in absence.places)))
