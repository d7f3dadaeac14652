"""Everything a briefing may say, typed: chosen for an audience, a place and a period, known by a day, fit to be printed.

What may not be printed yet is left out whoever asks, because a briefing is given away; so are unchecked sources.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter

from etl.checking.draft import check_draft
from etl.errors import Problem, Refused, Where, nearest
from etl.language import CHINESE, in_language
from etl.model import (
    Absence,
    Axis,
    Card,
    Citation,
    Conflict,
    Mark,
    Measure,
    Number,
    QuotableSentence,
    Source,
    Statement,
)
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.printings import newest_printings
from etl.verify import published_data_of
from pages.queries.cautions import cautions_on
from pages.queries.chart_specs import ChartSpec, charts_of, marks_of
from pages.queries.data_quality import absences_at, conflicts_among
from pages.queries.districts import peer_rank_charts, place_cards, place_charts, place_statements
from pages.queries.documents import citations, sources, statements_of
from pages.queries.geography import parents, place_and_below
from pages.queries.headlines import headlines
from pages.queries.numbers import cited_ids, names, numbers_by_id
from pages.queries.plans import PlanVariance, lagging, lead_of, plan_states, published_rates, tied_numbers
from pages.queries.quotable_numbers import printable_numbers, quotable_in_general, sentences_about
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
    """What one briefing is made of.

    ``numbers``: all that may be used; ``said``: the sentences, without their sources; ``lagging``, ``conflicts`` and ``absences`` there;
    ``leads``: project -> the name of who leads it; ``told``: the published problems and next steps with their sources; ``plans``: plan ->
    how it stands (open_plans); ``rates``: number -> the published per cent of its plan (published_rates); ``priority``: indicator -> how
    much it matters, 1 first; ``charts``, all that are offered, each with its marks.
    """

    asked: BriefRequest
    release_id: str
    synthetic: bool
    city: str
    place: str
    place_name: str
    return_day: int
    numbers: tuple[Number, ...]
    cards: tuple[Card, ...]
    said: tuple[QuotableSentence, ...]
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
    cautions: Callable[[Iterable[Number]], Sequence[str]]
    is_quotable: Callable[[str], bool]


@in_language(CHINESE)
def brief_rows(release: Release, asked: BriefRequest) -> BriefRows:
    """What a briefing is made of, as everybody may see it; Refused for a place or an audience nobody knows, and a district's without a place."""
    release = release.as_public()
    place = _place(release, asked)
    scope = _Scope(release, place, asked)
    cards = scope.cards(place_cards(release, place) if asked.place else headlines(release))
    organisations = names(release, "organisations")
    behind = lagging(release, scope.inside.values(), known=scope.known.values())
    plans, charts = scope.plans(), tuple(_charts(release, scope))
    told = {number.number_id for card in cards for number in card.shown}
    told |= {plan for plan, state in plans.items() if state}
    told |= {each for found in behind for each in (found.number.number_id, found.against_id)}
    told |= {mark.number_id for _chart, marks in charts for mark in marks}
    return BriefRows(
        asked=asked,
        release_id=release.id,
        synthetic=release.synthetic,
        city=release.city.name,
        place=place,
        place_name=names(release, "places").get(place, release.city.name),
        return_day=release.city.return_day,
        numbers=tuple(scope.inside.values()),
        cards=cards,
        said=tuple(scope.sentences(told)),
        lagging=behind,
        conflicts=conflicts_among(release, scope.inside),
        absences=tuple(scope.missing.values()),
        leads={project: organisations.get(lead, "") for project, lead in lead_of(release).items()},
        told=scope.told(),
        plans=plans,
        rates=scope.rates(cards),
        priority={code: each.priority for code, each in indicators(release).items()},
        charts=charts,
        cited=partial(citations, release),
        cautions=lambda marks: tuple(caution.name for caution in cautions_on(release, cited_ids(marks))),
        is_quotable=lambda text: all(each.verdict.passes for each in check_draft(text, published_data_of(release))),
    )


@cached_query
def brief_periods(release: Release) -> tuple[str, ...]:
    """The years that numbers of the city speak of, the newest first."""
    inside = place_and_below(parents(release), release.city.place)
    times = release.as_public().index.times_at(places=inside)
    days = (time.period_end or time.as_of or time.period_start for time in times)
    return tuple(sorted({str(day.year) for day in days if day}, reverse=True))


def _place(release: Release, asked: BriefRequest) -> str:
    if asked.audience not in AUDIENCES:
        raise Refused([Problem("E-701", Where("pages.reports"), "没有这种简报", asked.audience, "、".join(AUDIENCES))])
    if asked.audience == DISTRICT and not asked.place:
        raise Refused([Problem("E-702", Where("--place"), "地区画像须指定地区", "", "地区编号或名称，如 --place 编号")])
    places = names(release, "places")
    known = {name: place for place, name in places.items()} | {place: place for place in places}
    if asked.place and asked.place not in known:
        near = nearest(asked.place, [*places, *places.values()])
        remedy = f"是否“{near}”？" if near else "见 reference/places.csv"
        raise Refused(
            [Problem("E-703", Where("--place"), "未知地区", asked.place, "places.csv 中的编号或名称", remedy)]
        )
    return known[asked.place] if asked.place else release.city.place


class _Scope:
    """Which numbers may be used: ``known`` of the place and all in it by the day, fit to be printed, of several printings the newest;
    ``inside`` also of the period."""

    def __init__(self, release: Release, place: str, asked: BriefRequest) -> None:
        self.release, self.place, self.asked = release, place, asked
        self.places = frozenset(place_and_below(parents(release), place))
        self.day = asked.day or release.moment.date()
        self.known = self._known(places=self.places)
        self.latest_days: dict[tuple[Hashable, ...], dt.date] = {}
        for number in self.known.values():
            if not number.period_start and (day := number.last_day):
                self.latest_days[_series(number)] = max(self.latest_days.get(_series(number), dt.date.min), day)
        known, missing = self.known.items(), absences_at(release, self.places)
        self.inside = {name: each for name, each in known if self._is_meant(each.period_start, each.last_day)}
        self.missing = {first: each for first, each in missing if self._is_meant(each.period_start, each.period_end)}

    def _known(self, **chosen: Collection[str]) -> dict[str, Number]:
        """The numbers chosen by indicator and place that may be used, by id; a computed one where all that it rests on were out."""
        found = printable_numbers(self.release, **chosen)
        published = {number.number_id: number.published_on for number in found if not number.derived}
        rested_on = {each for number in found if number.derived for each in number.observation_ids}
        others = self.release.index.numbers_of(number_ids=rested_on - published.keys())
        published |= {row.number_id: row.published_on for row in others}
        late = {each for each, day in published.items() if day and day > self.day}
        known = newest_printings(number for number in found if late.isdisjoint(number.observation_ids))
        return {number.number_id: number for number in known}

    def usable(self, numbers: Iterable[Number]) -> dict[str, Number]:
        """Those of some numbers, of whatever place, that may be used, by id."""
        numbers = list(numbers)
        elsewhere = [number for number in numbers if number.place not in self.places]
        there = self.known
        if elsewhere:
            places = {each.place for each in elsewhere}
            there = there | self._known(indicators={each.indicator for each in elsewhere}, places=places)
        return {number.number_id: number for number in numbers if number.number_id in there}

    def cards(self, cards: Iterable[Card]) -> tuple[Card, ...]:
        """The headline cards with the numbers that may be used; of a briefing about one year, those whose large number speaks of it."""
        cards = tuple(cards)
        usable = self.usable(number for card in cards for number in card.numbers)

        def kept(numbers: Iterable[Number]) -> tuple[Number, ...]:
            return tuple(number for number in numbers if number.number_id in usable)

        if self.asked.period:
            cards = tuple(card for card in cards if any(number.number_id in self.inside for number in card.shown))
        return tuple(replace(card, shown=kept(card.shown), compared_with=kept(card.compared_with)) for card in cards)

    def sentences(self, asked: Collection[str]) -> Iterator[QuotableSentence]:
        """The sentences all of whose numbers may be used and one of which is meant; absences of the place.

        General ones are those a briefing can tell: of the numbers that are ``asked`` for, and of a series the last of each year.  A
        briefing about one place says its own number of a sentence that lists several places, not the others'.
        """
        numbers = tuple(self.inside.values())
        overtaken = {each.number_id for each in numbers if not each.conflict and self._is_overtaken(each)}
        found = sentences_about(self.release, numbers, self.missing, asked=asked, overtaken=overtaken)
        usable = self.usable(number for sentence in found if not sentence.is_general for number in sentence.numbers)
        alone, said = dict[str, None](), set[str]()
        for sentence in found:
            if gap := sentence.absence:
                yield replace(sentence, slots=((self.missing[gap],),))
            elif all(each in self.known or each in usable for each in sentence.number_ids):
                if self._lists_others(sentence):
                    alone |= dict.fromkeys(each for each in sentence.number_ids if each in self.inside)
                elif not (sentence.is_general and self._is_overtaken(sentence.numbers[0])):
                    said |= set(sentence.number_ids)
                    yield sentence
        yield from quotable_in_general(self.release, [each for each in alone if each not in said])

    def _lists_others(self, sentence: QuotableSentence) -> bool:
        """Whether a slot of a sentence holds several places, some of which the briefing is not about."""
        slots = ({each.place for each in slot if isinstance(each, Number)} for slot in sentence.slots)
        return bool(self.asked.place) and any(len(each) > 1 and not each <= self.places for each in slots)

    def plans(self) -> dict[str, str]:
        """How each plan stands, by its id."""
        plans = {each.number_id: each for each in self.inside.values() if each.measure == Measure.PLAN}
        known = self.known | self._tied(plans)
        times = self.release.index.times_at(measures=[Measure.ACTUAL], printed_by=self.day)
        days = (time.period_end or time.as_of or time.period_start for time in times)
        return plan_states(self.release, plans.values(), known.values(), max(filter(None, days), default=dt.date.min))

    def rates(self, cards: Iterable[Card]) -> dict[str, str]:
        """The published per cent of what each number on a card was planned, by ids."""
        shown = {number.number_id: number for card in cards for number in card.shown}
        return published_rates(self.release, self.known | shown | self._tied(shown))

    def _tied(self, numbers: Mapping[str, Number]) -> dict[str, Number]:
        """The usable numbers of elsewhere that an identity ties to some numbers."""
        tied = {each for ids in tied_numbers(self.release, numbers).values() for each in ids}
        return self.usable(numbers_by_id(self.release, tied - self.known.keys()))

    def told(self) -> tuple[tuple[Statement, Source], ...]:
        """The published problems and next steps of the place, of checked sources that were out by the day, the newest
        first. A whole city's are those of everything in it."""
        known, statements = sources(self.release), place_statements(self.release, self.place)
        if not self.asked.place:
            about = {("project", number.project) for number in self.inside.values()}
            about |= {(each.subject_kind, each.subject) for each in statements}
            every = statements_of(self.release)
            statements = tuple(each for each in every if (each.subject_kind, each.subject) in about)
        found = [
            (statement, source)
            for statement in statements
            if statement.attribute in (PROBLEM, NEXT_STEP)
            and (source := known[statement.source]).verified
            and (source.published_on or dt.date.min) <= self.day
            and self._is_meant(None, statement.as_of or source.published_on)
        ]
        return tuple(sorted(found, key=lambda each: each[1].published_on or dt.date.min, reverse=True))

    def _is_overtaken(self, number: Number) -> bool:
        """Whether a number of a day (a stock, a running total) has a known one of a later day: 32 spaces, where 41 are known."""
        latest = self.latest_days.get(_series(number), dt.date.min)
        return not number.period_start and (number.last_day or dt.date.min) < latest

    def _is_meant(self, start: dt.date | None, end: dt.date | None) -> bool:
        """Whether a time is of the year that is asked for; ``end`` is the day of a number without a period."""
        last = end or start
        if not self.asked.period or last is None:
            return not self.asked.period
        year = int(self.asked.period)
        return last.year == year or (start is not None and end is not None and start.year <= year <= end.year)


def _charts(release: Release, scope: _Scope) -> Iterator[tuple[ChartSpec, tuple[Mark, ...]]]:
    asked, place = scope.asked, scope.place
    if asked.place:
        offered = [*peer_rank_charts(release, place), *place_charts(release, place)]
    else:
        offered = [chart for screen in SCREENS[asked.audience] for chart in charts_of(release, screen)]
    if not asked.place and asked.audience == PLANNER:
        offered = [each for each in offered if Axis.of(each.form) is Axis.PLACE]
    for chart in offered:
        marks = marks_of(release, chart)
        usable = scope.usable(mark for mark in marks if mark.number_id)
        valued = {mark.number_id for mark in marks if mark.number_id in usable and mark.part == "shown"}
        if len(valued) > 1 and valued & scope.inside.keys():
            yield chart, tuple(mark for mark in marks if not mark.number_id or mark.number_id in usable)


_series = attrgetter("indicator", "place", "breakdown", "measure", "variant", "derived")
