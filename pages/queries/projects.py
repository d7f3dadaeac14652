"""One project of the reference table: what it is, its headline numbers, what else speaks of it.  No project is known by name here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from etl.language import in_words
from etl.model import (
    Absence,
    Card,
    ComputedNumber,
    Conflict,
    Facility,
    Indicator,
    Measure,
    NamedPlace,
    Number,
    RelatedProject,
    Standard,
    Statement,
)
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.printings import newest_printings
from pages.queries.cautions import cautions_on
from pages.queries.chart_specs import ChartSpec, charts_of, marks_of
from pages.queries.data_quality import absences, conflicts_among
from pages.queries.documents import statements_of
from pages.queries.geography import INDENT, above, facilities, parents, place_and_below, places
from pages.queries.numbers import names, numbers_by_id, numbers_of
from pages.queries.observations import parts_of_projects
from pages.queries.reference import by_position, indicators, projects
from pages.queries.suggested_charts import DividedNumbers, charts_allowed, divided_often, funnels

CARDS = 5
BESIDE = 4
"""How many headline cards, and how many numbers below the large one."""

BELOW_DISTRICT = ("subdistrict", "township", "community", "village", "compound", "group")


@cached_query
def project_indicators(release: Release, project: str = "") -> tuple[Indicator, ...]:
    """Every indicator, or those of one project and its parts, in their own order."""
    within = parts_of_projects(release).get(project, {project})
    chosen = (each for each in indicators(release).values() if not project or each.project in within)
    return tuple(sorted(chosen, key=lambda indicator: indicator.position))


@cached_query
def project_options(release: Release) -> Mapping[str, str]:
    """Code -> name of every project, each followed by its parts, which are indented."""
    every = by_position(release)

    def with_parts(parent: str, level: int) -> Iterator[tuple[str, str]]:
        for each in every:
            if each.parent == parent:
                yield each.project, INDENT * level + each.name
                yield from with_parts(each.project, level + 1)

    return dict(with_parts("", 0))


@cached_query
def about_project(release: Release, project: str) -> RelatedProject:
    """``project`` with who leads it, what it is part of, and its parts; KeyError when there is no such project."""
    every = projects(release)
    about = every[project]
    up = above({each.project: each.parent for each in every.values()}, project)
    return RelatedProject(
        **about.cells(),
        lead_name=names(release, "organisations").get(about.lead, about.lead),
        parents={each: every[each].name for each in reversed(up) if each in every},
        parts={each.project: each.name for each in every.values() if each.parent == project},
    )


@cached_query
def project_numbers(release: Release, project: str) -> tuple[Number, ...]:
    """Every number of ``project`` and its parts, printed and computed."""
    return numbers_of(release, projects=parts_of_projects(release).get(project, {project}))


@cached_query
def project_cards(release: Release, project: str) -> tuple[Card, ...]:
    """The headline cards of ``project``: for each of its indicators the printed total at its widest place in the city, what is done,
    planned and required on cards of their own; at most CARDS of them.

    The latest and longest period is the large number; the shorter and earlier ones, and a target of the same period, stand below it.
    Only checked numbers without breakdown, or the one item of a breakdown that a part consists of; the versions of a conflict stand
    together on one card.
    """
    up, known = parents(release), indicators(release)
    inside = set(place_and_below(up, release.city.place))
    printed = [number for number in project_numbers(release, project) if not number.derived and number.verified]
    is_one_item = len({(number.indicator, number.breakdown) for number in printed}) == 1

    def rank(number: Number) -> tuple[bool, bool, int, int]:
        position = known[number.indicator].position if number.indicator in known else 0
        is_standard, is_outside = number.measure == Measure.STANDARD, number.place not in inside
        return is_standard, is_outside, len(above(up, number.place)), position

    plain = sorted((number for number in printed if is_one_item or not number.breakdown), key=rank)
    widest: dict[str, str] = {}
    at_widest = [each for each in plain if widest.setdefault(each.indicator, each.place) == each.place]
    return tuple(headline_card(*numbers, release.city.place) for numbers in with_targets(at_widest)[:CARDS])


def with_targets(numbers: Iterable[Number]) -> list[tuple[list[Number], list[Number]]]:
    """The numbers of each indicator and measure, in order of appearance, with the targets that stand below them on their card: a target
    stands alone only where nothing is done."""
    groups: dict[tuple[str, str], list[Number]] = {}
    for number in numbers:
        groups.setdefault((number.indicator, number.measure), []).append(number)
    return [
        (group, groups.get((indicator, Measure.TARGET), []) if measure == Measure.ACTUAL else [])
        for (indicator, measure), group in groups.items()
        if measure != Measure.TARGET or (indicator, Measure.ACTUAL) not in groups
    ]


def headline_card(numbers: Sequence[Number], targets: Sequence[Number], here: str) -> Card:
    """The card of the numbers of one indicator, measure and place, of several printings the newest; a place other than ``here`` is named."""
    numbers, targets = newest_printings(numbers), newest_printings(targets)
    time = attrgetter("period_start", "period_end", "as_of")
    latest = max(numbers, key=latest_and_longest)
    shown = [number for number in numbers if time(number) == time(latest)]
    elsewhen = [number for number in numbers if time(number) != time(latest) and not number.conflict]
    others = sorted(elsewhen, key=latest_and_longest, reverse=True)
    goals = [number for number in targets if time(number)[:2] == time(latest)[:2]]
    where = "" if latest.place == here else latest.place_name
    named = filter(None, (where, latest.indicator_name, latest.breakdown_name))
    return Card(
        f"{latest.indicator}_{latest.measure}",
        " · ".join(named),
        shown=tuple(shown),
        compared_with=(*goals, *others[:BESIDE]),
    )


def latest_and_longest(number: Number) -> tuple[str, str, int]:
    """What numbers of one thing are sorted by to have the latest last, of those of one day the longest period."""
    end, start = number.period_end or number.as_of, number.period_start
    return str(end or ""), str(number.as_of or ""), (end - start).days if start and end else 0


@cached_query
def project_charts(release: Release, project: str) -> tuple[ChartSpec, ...]:
    """The charts of ``project``, funnels last."""
    numbers = project_numbers(release, project)
    return *charts_allowed(release, numbers), *funnels(release, numbers)


@cached_query
def project_divided(release: Release, project: str) -> tuple[DividedNumbers, ...]:
    """The breakdowns of ``project`` that several places or times have."""
    return divided_often(release, project_numbers(release, project))


@cached_query
def project_others(release: Release, project: str, screen: str = "") -> tuple[Number, ...]:
    """The printed numbers of ``project`` that stand on no card, in no chart and in no table of breakdowns: of each the
    latest. With ``screen``, the charts are those that charts.csv puts there, and there is no table of breakdowns."""
    charts = charts_of(release, screen) if screen else project_charts(release, project)
    shown = {number.number_id for card in project_cards(release, project) for number in card.numbers}
    shown |= {mark.number_id for chart in charts for mark in marks_of(release, chart)}
    if not screen:
        tellings = (telling for divided in project_divided(release, project) for telling in divided.tellings)
        shown |= {number.number_id for telling in tellings for number in telling}
    thing = attrgetter("indicator", "place", "breakdown", "measure", "variant", "verified")
    latest: dict[Hashable, Number] = {}
    for number in project_numbers(release, project):
        if not number.derived and number.number_id not in shown:
            before = latest.setdefault(thing(number), number)
            latest[thing(number)] = max(number, before, key=latest_and_longest)
    return tuple(latest.values())


@cached_query
def project_derived(release: Release, project: str) -> tuple[ComputedNumber, ...]:
    """The computed numbers of ``project`` with how they are computed and what must not be done with them."""
    definitions, found = {code: each.definition for code, each in indicators(release).items()}, []
    for number in project_numbers(release, project):
        if number.derived:
            warnings = tuple(caution.name for caution in cautions_on(release, number.observation_ids))
            found.append(ComputedNumber(number, definitions.get(number.indicator, ""), warnings))
    return tuple(found)


@cached_query
def project_statements(release: Release, project: str) -> tuple[Statement, ...]:
    """What was published of ``project``, its parts, its facilities and its indicators that is no number.

    What was said of a place stands there too where its row names the project: the brand of a community among speciality communities.
    """
    within = parts_of_projects(release).get(project, {project})
    subjects = {
        "project": within,
        "facility": {each.facility for each in project_facilities(release, project)},
        "indicator": {each.indicator for each in project_indicators(release, project)},
    }
    return tuple(
        each
        for each in statements_of(release)
        if within.intersection(each.projects) or each.subject in subjects.get(each.subject_kind, ())
    )


@cached_query
def project_standards(release: Release, project: str) -> tuple[Standard, ...]:
    """The floors and rules for what ``project`` builds."""
    measured = {each.indicator for each in project_indicators(release, project)}
    return tuple(standard for standard in standards(release) if standard.indicator in measured)


@cached_query
def standards(release: Release) -> tuple[Standard, ...]:
    """Every floor and rule with its number, the unpublished ones too."""
    rows, places = release.rows("standards"), names(release, "places")
    known = {number.number_id: number for number in numbers_by_id(release, [row["observation"] for row in rows])}
    found = []
    for row in rows:
        scope, number = places.get(row["scope"], row["scope"]), known.get(row["observation"])
        found.append(Standard.of(row | {"name": in_words(row, "name"), "scope_name": scope, "number": number}))
    return tuple(found)


@cached_query
def project_facilities(release: Release, project: str) -> tuple[Facility, ...]:
    """The facilities of ``project`` and its parts."""
    return facilities(release, projects=parts_of_projects(release).get(project, {project}))


@cached_query
def project_places(release: Release, project: str) -> tuple[NamedPlace, ...]:
    """The communities, villages and subdistricts that a number, a facility or a statement of ``project`` names, with how much is known."""
    within, every = parts_of_projects(release).get(project, {project}), places(release)
    built = Counter(facility.place for facility in project_facilities(release, project))
    about = [statement for statement in statements_of(release) if statement.subject_kind == "place"]
    statements = Counter(statement.subject for statement in about)
    named = {statement.subject for statement in about if within.intersection(statement.projects)}
    printed: dict[str, list[str]] = defaultdict(list)
    for number in project_numbers(release, project):
        if not number.derived:
            printed[number.place].append(number.number_id)
    found = []
    for code, place in every.items():
        if place.kind in BELOW_DISTRICT and (printed[code] or built[code] or code in named):
            parent = every[place.parent].name if place.parent in every else ""
            found.append(NamedPlace(code, place.name, parent, tuple(printed[code]), statements[code], built[code]))
    return tuple(found)


@cached_query
def project_conflicts(release: Release, project: str) -> tuple[Conflict, ...]:
    """The conflicts that numbers of ``project`` are in, with these numbers alone."""
    return conflicts_among(release, {number.number_id for number in project_numbers(release, project)})


@cached_query
def project_absences(release: Release, project: str) -> tuple[Absence, ...]:
    """What is expected of ``project`` and not there."""
    within = parts_of_projects(release).get(project, {project})
    return tuple(absence for absence in absences(release) if absence.project in within)
