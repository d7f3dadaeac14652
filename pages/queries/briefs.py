"""Everything a briefing may say, as small tables: chosen for an audience, a place and a period, known by a day, fit to be printed.

What may not be printed yet is left out whoever asks, because a briefing is given away; so are unchecked sources.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import pandas as pd

from etl.errors import Problem, Refused, Where, nearest
from etl.language import CHINESE, in_language
from etl.model import Absence, Axis, Citation, Conflict, Mark, Number, Source, Statement
from etl.reading.draft import verify_draft
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.printings import newest_printings
from etl.verify import knowledge_of
from pages.queries.cautions import cautions_on
from pages.queries.chart_marks import charts_of, marks_of
from pages.queries.chart_specs import ChartSpec
from pages.queries.citations import citations, sources
from pages.queries.data_quality import absences_at, conflicts_among
from pages.queries.districts import peer_rank_charts, place_cards, place_charts, place_statements
from pages.queries.documents import statements_of
from pages.queries.geography import parents, place_and_below
from pages.queries.headlines import HEADLINE_COLUMNS, cards_frame, headlines
from pages.queries.lagging import PlanVariance, lagging, lead_of
from pages.queries.numbers import NUMBER_COLUMNS, cited_ids, names, records, table
from pages.queries.open_plans import plan_states, published_rates
from pages.queries.quotable_numbers import QUOTABLE_COLUMNS, printable_numbers, quotable_in_general, quotable_numbers
from pages.queries.reference import indicators

LEADER, PRESS, PLANNER, DISTRICT = "leader", "press", "planner", "district"
AUDIENCES = (LEADER, PRESS, PLANNER, DISTRICT)
SCREENS = {LEADER: ("overview",), PRESS: ("overview",), PLANNER: ("overview", "reading", "compare", "project")}
PROBLEM, NEXT_STEP = "problem", "next_step"
"""The attributes of statements (attributes.csv) that a briefing tells: published problems, published next steps."""

PEER_RANK = "standing_"
"""How the ids of charts begin that put a place beside its peers (pages.queries.districts)."""


@dataclass(frozen=True)
class BriefRequest:
    """Who the briefing is for, about which place (``""``: the city), which year (``""``: all), with what was known on ``day``."""

    audience: str
    place: str = ""
    period: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, eq=False)
class BriefRows:
    """The small tables of one briefing.

    ``cards`` (HEADLINE_COLUMNS), ``said`` (QUOTABLE_COLUMNS), ``lagging``, ``conflicts`` and ``absences`` there, ``leads``: project -> the name of
    who leads it, ``charts``, all that are offered: (chart, its marks), ``numbers``: all that may be used (NUMBER_COLUMNS),
    ``told``: the published problems and next steps with their sources, ``plans``: plan -> how it stands (open_plans), ``rates``:
    number -> the published per cent of its plan (published_rates), ``priority``: indicator -> how much it matters, 1 first.
    """

    asked: BriefRequest
    release_id: str
    synthetic: bool
    city: str
    place: str
    place_name: str
    return_day: int
    numbers: pd.DataFrame
    cards: pd.DataFrame
    said: pd.DataFrame
    lagging: tuple[PlanVariance, ...]
    conflicts: tuple[Conflict, ...]
    absences: tuple[Absence, ...]
    leads: Mapping[str, str]
    told: tuple[tuple[Statement, Source], ...]
    plans: Mapping[str, str]
    rates: Mapping[str, str]
    priority: Mapping[str, int]
    charts: tuple[tuple[ChartSpec, tuple[Mark, ...]], ...]
    cited: Callable[[Iterable[str]], tuple[Citation, ...]]
    cautions: Callable[[Sequence[Number]], Sequence[str]]
    is_quotable: Callable[[str], bool]


@in_language(CHINESE)
def brief_rows(release: Release, asked: BriefRequest) -> BriefRows:
    """What a briefing is made of, as everybody may see it; Refused for a place or an audience nobody knows, and a district's without a place."""
    release = release.as_public()
    place = _place(release, asked)
    scope = _Scope(release, place, asked)
    inside, known = ({key: Number.from_row(row) for key, row in rows.items()} for rows in (scope.inside, scope.known))
    cards = cards_frame(place_cards(release, place) if asked.place else headlines(release))
    organisations = names(release, "organisations")
    return BriefRows(
        asked=asked,
        release_id=release.id,
        synthetic=release.synthetic,
        city=release.city.name,
        place=place,
        place_name=names(release, "places").get(place, release.city.name),
        return_day=release.city.return_day,
        numbers=table(scope.inside.values(), NUMBER_COLUMNS),
        cards=table(scope.cards(records(cards)), HEADLINE_COLUMNS),
        said=table(scope.quotable_numbers(), QUOTABLE_COLUMNS),
        lagging=lagging(release, inside.values(), known=known.values()),
        conflicts=conflicts_among(release, scope.inside),
        absences=tuple(scope.missing.values()),
        leads={project: organisations.get(lead, "") for project, lead in lead_of(release).items()},
        told=scope.told(),
        plans=plan_states(release, inside.values(), known.values()),
        rates=published_rates(release, known),
        priority={code: each.priority for code, each in indicators(release).items()},
        charts=tuple(_charts(release, scope)),
        cited=partial(citations, release),
        cautions=lambda marks: tuple(caution.name for caution in cautions_on(release, cited_ids(marks))),
        is_quotable=lambda text: all(each.verdict.passes for each in verify_draft(text, knowledge_of(release))),
    )


@cached_query
def brief_periods(release: Release) -> tuple[str, ...]:
    """The years that numbers of the city speak of, the newest first."""
    inside = place_and_below(parents(release), release.city.place)
    years = {str(day.year) for row in printable_numbers(release) if row["place"] in inside and (day := _day(row))}
    return tuple(sorted(years, reverse=True))


def _place(release: Release, asked: BriefRequest) -> str:
    places = names(release, "places")
    if asked.audience not in AUDIENCES:
        raise Refused([Problem("E-701", Where("pages.reports"), "没有这种简报", asked.audience, "、".join(AUDIENCES))])
    if asked.audience == DISTRICT and not asked.place:
        raise Refused([Problem("E-702", Where("--place"), "地区画像须指定地区", "", "地区编号或名称，如 --place 编号")])
    if not asked.place:
        return release.city.place
    by_name = {name: place for place, name in places.items()}
    found = asked.place if asked.place in places else by_name.get(asked.place, "")
    if not found:
        near = nearest(asked.place, [*places, *by_name])
        remedy = f"是否“{near}”？" if near else "见 reference/places.csv"
        raise Refused(
            [Problem("E-703", Where("--place"), "未知地区", asked.place, "places.csv 中的编号或名称", remedy)]
        )
    return found


class _Scope:
    """Which numbers may be used: ``known`` by the day, fit to be printed, of several printings the newest, ``inside`` also of the place and the period."""

    def __init__(self, release: Release, place: str, asked: BriefRequest) -> None:
        self.release, self.place, self.asked = release, place, asked
        self.places = place_and_below(parents(release), place)
        self.day = asked.day or release.moment.date()
        published = {row["observation_id"]: row["published_on"] for row in records(release.table("observations"))}
        known = [
            row for row in printable_numbers(release)
            if all((published.get(each) or dt.date.min) <= self.day for each in row["observation_ids"].split(";"))
        ]  # fmt: skip
        self.known = {row["number_id"]: row for row in newest_printings(known)}
        self.inside = {
            each: row
            for each, row in self.known.items()
            if row["place"] in self.places and self._is_meant(row["period_start"], row["period_end"] or row["as_of"])
        }
        self.missing = {
            declared: absence
            for declared, absence in absences_at(release, self.places)
            if self._is_meant(absence.period_start, absence.period_end)
        }

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows of the headline cards that may be used; of a briefing about one year, those whose large number speaks of it."""
        meant = {row["headline"] for row in rows if row["part"] == "shown" and row["number_id"] in self.inside}
        return [
            row
            for row in rows
            if row["number_id"] in self.known and (not self.asked.period or row["headline"] in meant)
        ]

    def quotable_numbers(self) -> list[dict[str, Any]]:
        """The rows of the sentences all of whose numbers are known and one of which is meant; absences of the place.

        A briefing about one place says its own number of a sentence that lists several places, not the others'.
        """
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in records(quotable_numbers(self.release, every_printing=True)):
            groups.setdefault(row["sentence"], []).append(row)
        kept, alone = [], []
        for own in groups.values():
            if own[0]["number_id"] and self._may_say(own):
                if self._lists_others(own):
                    alone += [row["number_id"] for row in own if row["number_id"] in self.inside]
                else:
                    kept += own
            elif absent := self.missing.get(own[0]["absence"]):
                kept.append(own[0] | {"place_name": absent.place_name, "absence": absent})
        said = {row["number_id"] for row in kept}
        fresh = tuple(dict.fromkeys(each for each in alone if each not in said))
        return [*kept, *(records(quotable_in_general(self.release, fresh)) if fresh else ())]

    def _lists_others(self, own: list[dict[str, Any]]) -> bool:
        """Whether a slot of a sentence holds several places, some of which the briefing is not about."""
        slots: dict[str, set[str]] = {}
        for row in own:
            slots.setdefault(row["part"], set()).add(row["place"])
        return bool(self.asked.place) and any(len(each) > 1 and not each <= set(self.places) for each in slots.values())

    def told(self) -> tuple[tuple[Statement, Source], ...]:
        """The published problems and next steps of the place, of checked sources that were out by the day, the newest first.

        A whole city's are those of everything in it.
        """
        known = sources(self.release)
        statements = place_statements(self.release, self.place) if self.asked.place else self._of_city()
        found = [
            (statement, source)
            for statement in statements
            if statement.attribute in (PROBLEM, NEXT_STEP)
            and (source := known[statement.source]).verified
            and (source.published_on or dt.date.min) <= self.day
            and self._is_meant(None, statement.as_of or source.published_on)
        ]
        return tuple(sorted(found, key=lambda each: each[1].published_on or dt.date.min, reverse=True))

    def _of_city(self) -> tuple[Statement, ...]:
        """Statements of the city's places and of its projects, those of other cities left out."""
        inside = place_statements(self.release, self.place)
        projects = {row["project"] for row in self.inside.values()}
        return tuple(
            each
            for each in statements_of(self.release)
            if each in inside or (each.subject_kind == "project" and each.subject in projects)
        )

    def _may_say(self, own: list[dict[str, Any]]) -> bool:
        ids = {row["number_id"] for row in own}
        if own[0]["sentence"].endswith(f":{own[0]['number_id']}") and self._is_overtaken(own[0]):
            return False
        return ids <= self.known.keys() and not ids.isdisjoint(self.inside)

    def _is_overtaken(self, row: Mapping[str, Any]) -> bool:
        """Whether a number of a day (a stock, a running total) has a known one of a later day: 32 spaces, where 41 are known."""
        latest = self._latest_days.get(_series(row))
        return not row["period_start"] and bool(latest) and (_day(row) or dt.date.min) < latest  # type: ignore[operator]

    @cached_property
    def _latest_days(self) -> dict[tuple[Any, ...], dt.date]:
        days: dict[tuple[Any, ...], dt.date] = {}
        for row in self.known.values():
            if not row["period_start"] and (day := _day(row)):
                days[_series(row)] = max(days.get(_series(row), dt.date.min), day)
        return days

    def _is_meant(self, start: dt.date | None, end: dt.date | None) -> bool:
        """Whether a time is of the year that is asked for; ``end`` is the day of a number without a period."""
        last = end or start
        if not self.asked.period or last is None:
            return not self.asked.period
        year = int(self.asked.period)
        return last.year == year or (start is not None and end is not None and start.year <= year <= end.year)


def _charts(release: Release, scope: _Scope) -> Iterator[tuple[ChartSpec, tuple[Mark, ...]]]:
    for chart in _offered(release, scope):
        marks = marks_of(release, chart)
        kept = tuple(mark for mark in marks if not mark.number_id or mark.number_id in scope.known)
        valued = [mark.number_id for mark in kept if mark.number_id and mark.part == "shown"]
        if len(valued) > 1 and set(valued) & set(scope.inside):
            yield chart, kept


def _offered(release: Release, scope: _Scope) -> list[ChartSpec]:
    if scope.asked.place:
        return [*peer_rank_charts(release, scope.place), *place_charts(release, scope.place)]
    charts = [chart for screen in SCREENS[scope.asked.audience] for chart in charts_of(release, screen)]
    return [each for each in charts if Axis.of(each.form) is Axis.PLACE] if scope.asked.audience == PLANNER else charts


def _series(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("indicator", "place", "breakdown", "measure", "variant", "derived"))


def _day(row: Mapping[str, Any]) -> dt.date | None:
    day: dt.date | None = row["period_end"] or row["as_of"] or row["period_start"]
    return day
