"""One project of the reference table: what it is, its headline numbers, what else speaks of it.  No project is known by name here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from etl.language import in_words, language
from etl.model import Absence, Conflict, Facility, Indicator, Measure, RelatedProject, Statement
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.printings import newest_printings
from pages.queries.cautions import cautions_on
from pages.queries.chart_marks import charts_of, marks_of
from pages.queries.chart_specs import ChartSpec
from pages.queries.data_quality import absences, conflicts_among
from pages.queries.documents import statements_of
from pages.queries.facilities import facilities
from pages.queries.funnels import funnels
from pages.queries.geography import INDENT, above, parents, places
from pages.queries.headlines import HEADLINE_COLUMNS
from pages.queries.numbers import (
    NUMBER_COLUMNS,
    frame_of,
    from_frame,
    names,
    numbers_by_id_frame,
    numbers_of_frame,
    records,
    table,
)
from pages.queries.observations import parts_of_projects
from pages.queries.reference import by_position, indicators, projects
from pages.queries.suggested_charts import charts_allowed, divided_often

Rows = list[dict[str, Any]]
CARDS = 5
BESIDE = 4
"""How many headline cards, and how many numbers beside the large one."""

BELOW_DISTRICT = ("subdistrict", "township", "community", "village", "compound", "group")
DERIVED_COLUMNS = (*NUMBER_COLUMNS, "definition", "cautions")
STANDARD_COLUMNS = (
    "name", "scope", "scope_name", "valid_from", "valid_to", "standard_note", *NUMBER_COLUMNS,
)  # fmt: skip
NAMED_COLUMNS = ("place", "place_name", "parent_name", "numbers", "statements", "facilities", "observation_ids")


@cached_query
def project_indicators(release: Release, project: str = "") -> tuple[Indicator, ...]:
    """Every indicator, or those of one project and its parts, in their own order."""
    own = parts_of_projects(release).get(project, {project})
    chosen = (each for each in indicators(release).values() if not project or each.project in own)
    return tuple(sorted(chosen, key=lambda indicator: indicator.position))


@cached_query
def project_options(release: Release) -> Mapping[str, str]:
    """Code -> name of every project, each followed by its parts, which are indented."""
    every = by_position(release)

    def with_parts(parent: str, level: int) -> dict[str, str]:
        found: dict[str, str] = {}
        for each in every:
            if each.parent == parent:
                found |= {each.project: INDENT * level + each.name} | with_parts(each.project, level + 1)
        return found

    return with_parts("", 0)


@cached_query
def about_project(release: Release, project: str) -> RelatedProject:
    """``project`` with who leads it, what it is part of, and its parts; KeyError when there is no such project."""
    every = projects(release)
    about = every[project]
    up = above({each.project: each.parent for each in every.values()}, project)
    return RelatedProject(
        **vars(about),
        lead_name=names(release, "organisations").get(about.lead, about.lead),
        parents={each: every[each].name for each in reversed(up) if each in every},
        parts={each.project: each.name for each in every.values() if each.parent == project},
    )


@cached_query
def project_numbers(release: Release, project: str) -> pd.DataFrame:
    """Every number of ``project`` and its parts, printed and computed; NUMBER_COLUMNS."""
    return numbers_of_frame(release, projects=parts_of_projects(release).get(project, {project}))


@cached_query
def project_cards(release: Release, project: str) -> pd.DataFrame:
    """The headline cards of ``project``: for each of its indicators the printed total at its widest place in the city, what is done,
    planned and required on cards of their own; HEADLINE_COLUMNS, at most CARDS of them.

    The latest and longest period is the large number; the shorter and earlier ones, and a target of the same period, stand beside it.
    Only checked numbers without breakdown, or the one item of a breakdown that a part consists of; the versions of a conflict stand
    together on one card.
    """
    up, inside = parents(release), _inside(release)
    positions = {each.indicator: each.position for each in indicators(release).values()}
    printed = [row for row in records(project_numbers(release, project)) if not row["derived"] and row["verified"]]
    is_one_item = len({(row["indicator"], row["breakdown"]) for row in printed}) == 1
    plain = [row for row in printed if is_one_item or not row["breakdown"]]

    def rank(row: Mapping[str, Any]) -> tuple[Any, ...]:
        level = len(above(up, row["place"]))
        return row["measure"] == Measure.STANDARD, row["place"] not in inside, level, positions.get(row["indicator"], 0)

    groups: dict[tuple[str, str], Rows] = {}
    widest: dict[str, str] = {}
    for row in sorted(plain, key=rank):
        if widest.setdefault(row["indicator"], row["place"]) == row["place"]:
            groups.setdefault((row["indicator"], row["measure"]), []).append(row)
    cards = [headline_card(own, targets, release.city.place) for own, targets in with_targets(groups)]
    return table([row | {"position": at} for at, card in enumerate(cards[:CARDS], 1) for row in card], HEADLINE_COLUMNS)


def with_targets(groups: Mapping[tuple[str, str], Rows]) -> list[tuple[Rows, Rows]]:
    """(own rows, targets beside them) of each card, from rows by indicator and measure: a target stands alone where nothing is done."""
    return [
        (rows, groups.get((indicator, Measure.TARGET), []) if measure == Measure.ACTUAL else [])
        for (indicator, measure), rows in groups.items()
        if measure != Measure.TARGET or (indicator, Measure.ACTUAL) not in groups
    ]


def headline_card(own: Rows, targets: Rows, here: str) -> Rows:
    """The rows of one card from the numbers of one indicator, measure and place, of several printings the newest; a place other than
    ``here`` is named on it.
    """
    own, targets = newest_printings(own), newest_printings(targets)
    latest = max(own, key=latest_and_longest)
    shown = [row for row in own if _time(row) == _time(latest)]
    elsewhen = [row for row in own if _time(row) != _time(latest) and not row["conflict"]]
    others = sorted(elsewhen, key=latest_and_longest, reverse=True)
    beside = [row for row in targets if _time(row)[:2] == _time(latest)[:2]] + others[:BESIDE]
    where = "" if latest["place"] == here else f"{latest['place_name']} · "
    card = {
        "headline": f"{latest['indicator']}_{latest['measure']}", "card_note": "",
        "title": f"{where}{' · '.join(filter(None, (latest['indicator_name'], latest['breakdown_name'])))}",
    }  # fmt: skip
    return [row | card | {"part": "shown"} for row in shown] + [row | card | {"part": "beside"} for row in beside]


def _time(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["period_start"], row["period_end"], row["as_of"]


def latest_and_longest(row: Mapping[str, Any]) -> tuple[str, str, int]:
    """What numbers of one thing are sorted by to have the latest last, of those of one day the longest period."""
    end, start = row["period_end"] or row["as_of"], row["period_start"]
    return str(end or ""), str(row["as_of"] or ""), (end - start).days if start and end else 0


def _inside(release: Release) -> set[str]:
    up = parents(release)
    return {place for place in up if release.city.place in (place, *above(up, place))}


@cached_query
def project_charts(release: Release, project: str) -> tuple[ChartSpec, ...]:
    """The charts of ``project``, funnels last."""
    own = from_frame(project_numbers(release, project))
    return *charts_allowed(release, own), *funnels(release, own)


@cached_query
def project_divided(release: Release, project: str) -> pd.DataFrame:
    """The breakdowns of ``project`` that several places or times have (pages.queries.suggested_charts.divided_often)."""
    rows = [
        {"block": block.block, "title": block.title, "told": told, **row}
        for block in divided_often(release, from_frame(project_numbers(release, project)))
        for told, telling in enumerate(block.tellings)
        for row in records(frame_of(telling))
    ]
    return table(rows, ("block", "title", "told", *NUMBER_COLUMNS))


@cached_query
def project_others(release: Release, project: str, screen: str = "") -> pd.DataFrame:
    """The printed numbers of ``project`` that stand on no card, in no chart and in no table of breakdowns: of each the latest; NUMBER_COLUMNS.

    With ``screen``, the charts are those that charts.csv puts there, and there is no table of breakdowns.
    """
    charts = charts_of(release, screen) if screen else project_charts(release, project)
    shown = set(project_cards(release, project)["number_id"])
    shown |= set() if screen else set(project_divided(release, project)["number_id"])
    for chart in charts:
        shown |= {mark.number_id for mark in marks_of(release, chart)}
    latest: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in records(project_numbers(release, project)):
        if not row["derived"] and row["number_id"] not in shown:
            key = tuple(row[name] for name in ("indicator", "place", "breakdown", "measure", "variant", "verified"))
            if key not in latest or latest_and_longest(latest[key]) <= latest_and_longest(row):
                latest[key] = row
    return table(latest.values(), NUMBER_COLUMNS)


@cached_query
def project_derived(release: Release, project: str) -> pd.DataFrame:
    """The computed numbers of ``project`` with how they are computed and what must not be done with them; DERIVED_COLUMNS."""
    own = [row for row in records(project_numbers(release, project)) if row["derived"]]
    return with_definitions(release, own)


def with_definitions(release: Release, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """``rows`` (NUMBER_COLUMNS) with ``definition`` of the indicator and ``cautions``, the names of those they meet in; DERIVED_COLUMNS."""
    definitions = {each.indicator: each.definition for each in indicators(release).values()}
    joint = "；" if language() == "zh" else "; "
    for row in rows:
        met = cautions_on(release, row["observation_ids"].split(";"))
        cautions = joint.join(caution.name for caution in met)
        row |= {"definition": definitions.get(row["indicator"], ""), "cautions": cautions}
    return table(rows, DERIVED_COLUMNS)


@cached_query
def project_statements(release: Release, project: str) -> tuple[Statement, ...]:
    """What was published of ``project``, its parts, its facilities and its indicators that is no number.

    What was said of a place stands there too where its row names the project: the brand of a community among speciality communities.
    """
    own = parts_of_projects(release).get(project, {project})
    subjects = {
        "project": own,
        "facility": {each.facility for each in project_facilities(release, project)},
        "indicator": {each.indicator for each in project_indicators(release, project)},
    }
    return tuple(
        each
        for each in statements_of(release)
        if own.intersection(each.projects) or each.subject in subjects.get(each.subject_kind, ())
    )


@cached_query
def project_standards(release: Release, project: str) -> pd.DataFrame:
    """The floors and rules for what ``project`` builds, with their number; an unpublished one has no ``number_id``; STANDARD_COLUMNS."""
    measured = {each.indicator for each in project_indicators(release, project)}
    return standards_where(
        release, [row for row in records(release.table("standards")) if row["indicator"] in measured]
    )


@cached_query
def all_standards(release: Release) -> pd.DataFrame:
    """Every floor and rule with its number, the unpublished ones too; STANDARD_COLUMNS."""
    return standards_where(release, records(release.table("standards")))


def standards_where(release: Release, rows: Collection[Mapping[str, Any]]) -> pd.DataFrame:
    """These rows of the standards table with the numbers they name; STANDARD_COLUMNS."""
    named = numbers_by_id_frame(release, [row["observation"] for row in rows])
    known = {row["number_id"]: row for row in records(named)}
    places = names(release, "places")
    missing = dict.fromkeys(NUMBER_COLUMNS, "") | {"value": None, "verified": True, "derived": False}
    return table(
        [
            known.get(row["observation"], missing | {"breakdown": row["breakdown"], "indicator": row["indicator"]})
            | {
                "name": in_words(row, "name"),
                "scope": row["scope"], "scope_name": places.get(row["scope"], row["scope"]),
                "valid_from": row["valid_from"], "valid_to": row["valid_to"], "standard_note": row["note"],
            }
            for row in rows
        ],
        STANDARD_COLUMNS,
    )  # fmt: skip


@cached_query
def project_facilities(release: Release, project: str) -> tuple[Facility, ...]:
    """The facilities of ``project`` and its parts."""
    return facilities(release, projects=parts_of_projects(release).get(project, {project}))


@cached_query
def project_places(release: Release, project: str) -> pd.DataFrame:
    """The communities, villages and subdistricts that a number, a facility or a statement of ``project`` names, with how much is known; NAMED_COLUMNS."""
    own = parts_of_projects(release).get(project, {project})
    every = places(release)
    facilities = project_facilities(release, project)
    said = [each for each in statements_of(release) if each.subject_kind == "place"]
    observed = [row for row in records(project_numbers(release, project)) if not row["derived"]]
    found = []
    for place in every.values():
        here = [row["number_id"] for row in observed if row["place"] == place.place]
        there = [each for each in facilities if each.place == place.place]
        told = [each for each in said if each.subject == place.place]
        if place.kind in BELOW_DISTRICT and (here or there or any(own.intersection(each.projects) for each in told)):
            found.append(
                {
                    "place": place.place, "place_name": place.name,
                    "parent_name": every[place.parent].name if place.parent in every else "", "numbers": len(here), "facilities": len(there),
                    "statements": len(told), "observation_ids": ";".join(here),
                }
            )  # fmt: skip
    return table(found, NAMED_COLUMNS)


@cached_query
def project_conflicts(release: Release, project: str) -> tuple[Conflict, ...]:
    """The conflicts that numbers of ``project`` are in, with these numbers alone."""
    return conflicts_among(release, set(project_numbers(release, project)["number_id"]))


@cached_query
def project_absences(release: Release, project: str) -> tuple[Absence, ...]:
    """What is expected of ``project`` and not there."""
    own = parts_of_projects(release).get(project, {project})
    return tuple(absence for absence in absences(release) if absence.project in own)
