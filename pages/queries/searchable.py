"""Everything of a release that can be found, and where each number is shown."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import ParamSpec, TypeVar

from etl.language import CHINESE, language, spoken
from etl.model import Absence, Check, Measure, NumberInPassing, NumberResult, ReferenceRow, State
from etl.release.index import NumberRow
from etl.release.query_cache import cached_query
from etl.release.schema import COLUMNS
from etl.release.tables import Release, records
from pages.analysis.search_index import Entry, Index, plain, spellings
from pages.queries.data_quality import absences, checks, indicator_projects
from pages.queries.documents import sources, statements_of
from pages.queries.geography import above, facilities, organisations, parents, places
from pages.queries.headlines import headlines
from pages.queries.numbers import chosen_numbers, names, numbers_by_id
from pages.queries.observations import parts_of_projects
from pages.queries.reference import indicators, projects, terms
from pages.wording.catalog import LANGUAGES
from pages.wording.numbers import digits_text
from pages.wording.states import measure_label, state_word

P = ParamSpec("P")
T = TypeVar("T")

ABSENCE = "absence-"
"""Stands before the position of a gap in pages.queries.data_quality.absences, which is its key."""

ID_SIGNS = "#@"
"""One of them stands in the id of every number, printed or computed."""

INCIDENTAL, REPEAT = "incidental", "repeat"
HALF_A_YEAR = 180
NOT_SHOWN = 99
"""Position of a number that stands on no headline card."""
MEASURE_ORDER = (Measure.ACTUAL, Measure.TARGET, Measure.PLAN, Measure.STANDARD, "")
NO_STANDING = (1, 1, 2, NOT_SHOWN, len(MEASURE_ORDER), 1)
"""Standing of what is no number: behind every number."""


@cached_query
def searchable(release: Release) -> Index:
    """The index of a release; what is called by two languages is found by both, and shown by the one in force. A number
    becomes an entry when a line can mean it."""
    around = _Around(release)
    numbers = _Numbers(release, around)
    entries = (
        *_absences(release, around),
        *_statements(release, around),
        *_incidentals(release, around),
        *_named(release, around),
    )

    def members(groups: Collection[str], number_id: str) -> tuple[Entry, ...]:
        return numbers.members(groups, number_id)

    meant: dict[str, list[str]] = defaultdict(list)
    for synonym, kind, subject in release.texts("synonyms", "synonym", "subject_kind", "subject"):
        meant[plain(synonym)].append(f"{kind}:{subject}")
    return Index(
        entries,
        {word: tuple(codes) for word, codes in meant.items()},
        f"place:{around.home}" * bool(around.home),
        numbers.groups(),
        members,
    )


@cached_query
def number_results(release: Release, number_ids: Iterable[str]) -> tuple[NumberResult, ...]:
    """The numbers with these ids, in their order, with what stands beside each."""
    known_sources, called, project_of = sources(release), names(release, "projects"), indicator_projects(release)
    screens = where_shown(release)
    checked: dict[str, list[Check]] = defaultdict(list)
    for check in checks(release):
        for observation in check.observation_ids:
            checked[observation].append(check)
    found = []
    for number in numbers_by_id(release, number_ids):
        key, project = number.number_id, number.project or project_of.get(number.indicator, "")
        about = (project, called.get(project, ""), known_sources.get(number.source))
        found.append(NumberResult(number, *about, tuple(checked.get(key, ())), screens.get(key, ())))
    return tuple(found)


@cached_query
def where_shown(release: Release) -> Mapping[str, tuple[str, ...]]:
    """Number -> the screens whose cards or charts show it, as headlines.csv and charts.csv say."""
    shown: dict[str, dict[str, None]] = defaultdict(dict)
    for card in headlines(release):
        for number in (*card.shown, *card.compared_with):
            shown[number.number_id]["overview"] = None
    for selectors, others, screen in release.texts("charts", "shows", "compared_with", "screen"):
        for number in chosen_numbers(release, f"{selectors}|{others}"):
            shown[number.number_id][screen] = None
    return {number: tuple(screens) for number, screens in shown.items() if number}


class _Around:
    """What entries of several kinds are told with: names in both languages, what is above a place, which project holds which."""

    def __init__(self, release: Release) -> None:
        self.home = release.city.place
        self.places = _called(release, "places")
        self.projects = _called(release, "projects")
        self.indicators = _called(release, "indicators")
        self.units, self.breakdowns = names(release, "units"), names(release, "breakdowns")
        self.up = parents(release)
        self.project_of = indicator_projects(release)
        self._below = parts_of_projects(release)
        self.properties = dict(release.texts("breakdowns", "breakdown", "dimension_name"))
        self.measured = indicators(release)
        columns = ("observation", "name", "indicator", "breakdown", "scope")
        standards = release.texts("standards", *columns)
        self.listed = {observation: name for observation, name, *_speaks_of in standards if observation}
        self.missing = {tuple(speaks_of) for observation, _name, *speaks_of in standards if not observation}
        self.there: dict[tuple[str, str], list[str]] = defaultdict(list)
        for place, own, name in release.texts("facilities", "place", "project", "name"):
            for project in self.holders(own):
                self.there[place, project].append(name)
        cards = reversed(headlines(release))
        self.shown = {number.number_id: card.position for card in cards for number in card.shown}

    def holders(self, project: str) -> list[str]:
        """``project`` and every project it is part of."""
        return [whole for whole, below in self._below.items() if project in below]

    def of(self, places: Iterable[str], indicator: str, project: str) -> frozenset[str]:
        """Codes of what a number speaks of."""
        codes = {f"place:{place}" for place in places} | {f"project:{whole}" for whole in self.holders(project)}
        return frozenset(codes | {f"indicator:{indicator}"})

    def within(self, places: Iterable[str]) -> frozenset[str]:
        """Codes of the places around these."""
        return frozenset(f"place:{whole}" for place in places for whole in above(self.up, place))

    def said(self, places: Iterable[str], project: str, *more: str) -> str:
        """The names of the places and projects that a number speaks of, and more words."""
        words = [name for place in places for name in self.places.get(place, ())]
        words += [name for whole in self.holders(project) for name in self.projects.get(whole, ())]
        words += [name for place in places for name in self.there.get((place, project), ())]
        return " ".join(filter(None, [*words, *more]))

    def facets(self, indicator: str, measure: str, breakdown: str, *, is_listed: bool) -> frozenset[str]:
        """What a question may ask a number or a gap for: its measure, its kind of indicator, what its breakdown divides by."""
        kind = self.measured[indicator].kind if indicator in self.measured else ""
        facets = (f"measure:{measure}", f"kind:{kind}", f"about:{self.properties.get(breakdown, '')}")
        return frozenset((*facets, "listed") if is_listed else facets)

    def distance(self, places: Collection[str]) -> int:
        """0 for the city itself, 1 for what lies in it, 2 for any other place."""
        return 0 if self.home in places else int(f"place:{self.home}" not in self.within(places)) + 1


class _Numbers:
    """The numbers of a release in groups of those that differ in digits, values and times alone; each read when it is first asked for."""

    def __init__(self, release: Release, around: _Around) -> None:
        self.release = release
        self.around = around
        self.again: dict[str, list[str]] = defaultdict(list)
        """Observation -> the words around it where its source prints it once more."""
        for role, observation, keyword in release.texts("figures", "role", "observation_id", "keyword"):
            if role == REPEAT:
                self.again[observation].append(keyword)
        self.alike = release.index.alike_numbers(apart={*around.listed, *self.again})
        self.common = [self._common(group.first) for group in self.alike]
        self.made: dict[int, Entry] = {}

    def groups(self) -> tuple[Entry, ...]:
        """What the numbers of each group have in common, without their digits."""
        years = (frozenset({int(group.last_day[:4])} if group.last_day else ()) for group in self.alike)
        return tuple(
            replace(common.without_digits(), key=str(at), years=own)
            for at, (common, own) in enumerate(zip(self.common, years, strict=True))
        )

    def members(self, groups: Collection[str], number_id: str) -> tuple[Entry, ...]:
        """The numbers of the groups with these keys, and the one whose id is, for comparing, ``number_id``."""
        common = {at: self.common[int(key)] for key in groups for at in self.alike[int(key)].positions}
        if any(sign in number_id for sign in ID_SIGNS):
            named = self.by_plain_id.get(number_id, 0)
            for group, made in zip(self.alike, self.common, strict=True):
                if named in group.positions:
                    common[named] = made
        missing = sorted(common.keys() - self.made.keys())
        rows = self.release.index.numbers_at(missing)
        self.made |= {at: self._entry(common[at], number, at) for at, number in zip(missing, rows, strict=True)}
        return tuple(self.made[at] for at in common)

    @cached_property
    def by_plain_id(self) -> Mapping[str, int]:
        """Plain id -> where the number stands in the tables."""
        positions = sorted(at for group in self.alike for at in group.positions)
        numbers = self.release.index.numbers_at(positions)
        return {plain(number.number_id): at for at, number in zip(positions, numbers, strict=True)}

    def _common(self, number: NumberRow) -> Entry:
        """The entry of a number as far as it does not depend on its digits, value, time and source."""
        around, places = self.around, (number.place,)
        project = number.project or around.project_of.get(number.indicator, "")
        listed, again = around.listed.get(number.number_id, ""), self.again.get(number.number_id, ())
        words = (number.note, around.units.get(number.unit, number.unit), *_in_each(measure_label, number.measure))
        return Entry(
            "number",
            "",
            (number.as_printed,),
            around.said(places, project, *words),
            title=around.indicators.get(number.indicator, ()),
            topic=" ".join((number.keyword, listed, *again)),
            of=around.of(places, number.indicator, project),
            within=around.within(places),
            unit=number.unit,
            breakdown=around.breakdowns.get(number.breakdown, number.breakdown),
            facets=around.facets(number.indicator, number.measure, number.breakdown, is_listed=bool(listed)),
            standing=(int(number.derived), int(not number.verified), around.distance(places)),
        )

    def _entry(self, common: Entry, number: NumberRow, at: int) -> Entry:
        """The entry of a number that stands at ``at`` in the tables."""
        start, last, published = number.period_start, number.period_end or number.as_of, number.published_on
        is_short = start and number.period_end and (number.period_end - start).days < HALF_A_YEAR
        shown = self.around.shown.get(number.number_id, NOT_SHOWN)
        return replace(
            common,
            key=number.number_id,
            names=(number.as_printed,),
            years=_years(start, last),
            month=last.month if last else 0,
            value=number.value,
            value_high=number.value_high,
            standing=(*common.standing, shown, MEASURE_ORDER.index(number.measure), int(bool(is_short))),
            order=(-last.toordinal() if last else 0, -published.toordinal() if published else 0, at),
        )


def _absences(release: Release, around: _Around) -> Iterator[Entry]:
    for at, absent in enumerate(absences(release)):
        measure, places = absent.measure or "", absent.places
        is_listed = any((absent.indicator, absent.breakdown, place) in around.missing for place in places)
        is_left_out = absent.state != State.NOT_PUBLISHED
        yield Entry(
            "absence",
            f"{ABSENCE}{at}",
            (absent.reason,),
            around.said(places, absent.project, *_in_each(state_word, absent.state)),
            title=around.indicators.get(absent.indicator, ()),
            of=around.of(places, absent.indicator, absent.project),
            within=around.within(places),
            years=_years(absent.period_start, absent.period_end),
            unit=around.measured[absent.indicator].unit if absent.indicator in around.measured else "",
            facets=around.facets(absent.indicator, measure, absent.breakdown, is_listed=is_listed),
            breakdown=absent.breakdown_name,
            standing=(0, int(not is_left_out), around.distance(places), NOT_SHOWN, MEASURE_ORDER.index(measure), 0),
            order=(-(absent.period_end.toordinal() if absent.period_end else 0), 0, at),
        )


def _statements(release: Release, around: _Around) -> Iterator[Entry]:
    homes = {source.source: source.place for source in sources(release).values()}
    located = {
        "facility": {facility.facility: facility.place for facility in facilities(release)},
        "organisation": {organisation.organisation: organisation.place for organisation in organisations(release)},
    }
    definitions = dict(release.texts("attributes", "attribute", "definition"))
    for at, statement in enumerate(statements_of(release)):
        kind, subject = statement.subject_kind, statement.subject
        place = subject if kind == "place" else located.get(kind, {}).get(subject) or homes.get(statement.source, "")
        places = [place] if place else []
        project = subject if kind == "project" else next(iter(statement.projects), "")
        yield Entry(
            "statement",
            statement.statement_id,
            (statement.text,),
            around.said(places, project, definitions.get(statement.attribute, ""), statement.note),
            title=(statement.text, statement.attribute_name),
            topic=f"{statement.subject_name} {statement.keyword}",
            of=around.of(places, "", project) - {"indicator:"} | {f"{kind}:{subject}"},
            within=around.within(places),
            years=frozenset({statement.as_of.year} if statement.as_of else ()),
            facets=frozenset({f"about:{statement.attribute_name}"}),
            standing=(0, 0, around.distance(places), NOT_SHOWN, 0, 0),
            order=(0, 0, at),
        )


def _incidentals(release: Release, around: _Around) -> Iterator[Entry]:
    """Numbers that a document prints but that have nothing to do with a project: found, and said to be that."""
    homes = {source.source: source.place for source in sources(release).values()}
    for at, (key, number) in enumerate(_numbers_in_passing(release).items()):
        places = [homes[number.source]] if homes.get(number.source) else []
        yield Entry(
            INCIDENTAL,
            key,
            (number.as_printed,),
            around.said(places, "", number.note),
            title=(number.keyword,),
            of=frozenset(f"place:{place}" for place in places),
            within=around.within(places),
            value=number.value,
            value_high=number.value_high,
            unit=number.unit,
            standing=NO_STANDING,
            order=(0, 0, at),
        )


@cached_query
def _numbers_in_passing(release: Release) -> Mapping[str, NumberInPassing]:
    """source#seq -> a number that has nothing to do with a project."""
    titles, figures = spoken(CHINESE, names, release, "sources"), release.table("figures")
    return {
        f"{row['source']}#{row['seq']}": NumberInPassing.of(row | {"source_title": titles.get(row["source"], "")})
        for row in records(figures[figures["role"] == INCIDENTAL])
    }


def _named(release: Release, around: _Around) -> Iterator[Entry]:
    """What is found by its names, each kind in the order of its table."""
    entry = partial(Entry, standing=NO_STANDING)
    aliases: dict[str, list[str]] = defaultdict(list)
    for place, alias in release.texts("place_aliases", "place", "alias"):
        aliases[place].append(alias)
    for at, (place, short, note) in enumerate(release.texts("places", "place", "short_name", "note")):
        called = (*around.places[place], short, *aliases[place], place)
        yield entry("place", place, called, note, within=around.within([place]), order=(at,))
    leads = names(release, "organisations")
    for at, (key, project) in enumerate(projects(release).items()):
        about = " ".join((project.definition, project.note, leads.get(project.lead, "")))
        yield entry("project", key, around.projects[key], about, facets=_filled({"lead": project.lead}), order=(at,))
    for at, (key, indicator) in enumerate(indicators(release).items()):
        about = f"{indicator.definition} {indicator.denominator} {indicator.note}"
        yield entry("indicator", key, around.indicators[key], about, order=(at,))
    for at, term in enumerate(terms(release)):
        called, about = _in_order(term.term, term.name_en), f"{term.definition} {term.note}"
        yield entry("term", term.term, called, about, order=(at,))
    for at, source in enumerate(sources(release).values()):
        yield entry("source", source.source, (source.title,), source.publisher, order=(at,))
    organised = release.texts("organisations", "organisation", "place", "note")
    competent = [(key, place, {"note": note}) for key, place, note in organised]
    built = []
    for each in facilities(release):
        cells = {"address": each.address, "opened_on": str(each.opened_on or ""), "note": each.note}
        built.append((each.facility, each.place, cells))
    for kind, table, rows in (("organisation", "organisations", competent), ("facility", "facilities", built)):
        names_of = _called(release, table)
        for at, (key, place, cells) in enumerate(rows):
            of, within = frozenset({f"place:{place}"}), around.within([place])
            about, facets = " ".join(cells.values()), _filled(cells)
            yield entry(kind, key, names_of[key], about, of=of, within=within, facets=facets, order=(at,))


def _filled(cells: Mapping[str, str]) -> frozenset[str]:
    """What a question may ask a reference row for: the columns that are filled in."""
    return frozenset(f"about:{COLUMNS[column].zh}" for column, cell in cells.items() if cell)


def _called(release: Release, reference: str) -> dict[str, tuple[str, ...]]:
    """Id -> its names, that of the language in force first."""
    chinese, english = _in_each(names, release, reference)
    return {code: _in_order(name, english[code]) for code, name in chinese.items()}


def _in_each(tell: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> list[T]:
    """What ``tell`` says of the arguments in each language."""
    return [spoken(code, tell, *args, **kwargs) for code in LANGUAGES]


def _in_order(chinese: str, english: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (english, chinese) if language() == "en" else (chinese, english))))


def _years(start: dt.date | None, last: dt.date | None) -> frozenset[int]:
    first = start or last
    return frozenset(range(first.year, last.year + 1)) if first and last else frozenset()


@cached_query
def absence_results(release: Release, keys: Iterable[str]) -> tuple[Absence, ...]:
    """The gaps with these keys, in their order."""
    rows = absences(release)
    return tuple(rows[int(key.removeprefix(ABSENCE))] for key in keys)


def incidental_results(release: Release, keys: Iterable[str]) -> tuple[NumberInPassing, ...]:
    """The numbers printed in passing with these keys (source#seq), in their order."""
    known = _numbers_in_passing(release)
    return tuple(known[key] for key in keys)


@cached_query
def reference_results(release: Release, kind: str, keys: Iterable[str]) -> tuple[ReferenceRow, ...]:
    """The rows of a reference table with these keys, in their order."""
    where = names(release, "places")
    match kind:
        case "place":
            rows = [ReferenceRow(key, each.name, where.get(each.parent, "")) for key, each in places(release).items()]
        case "project":
            rows = [ReferenceRow(key, each.name, each.definition) for key, each in projects(release).items()]
        case "indicator":
            measured = indicators(release).items()
            rows = [ReferenceRow(key, each.name, each.definition, each.unit) for key, each in measured]
        case "term":
            called = ((each, _in_order(each.term, each.name_en)[0]) for each in terms(release))
            rows = [ReferenceRow(each.term, name, each.definition) for each, name in called]
        case "organisation":
            there = organisations(release)
            rows = [ReferenceRow(each.organisation, each.name, where.get(each.place, "")) for each in there]
        case _:
            built = facilities(release)
            rows = [ReferenceRow(each.facility, each.facility_name, where.get(each.place, "")) for each in built]
    known = {row.code: row for row in rows}
    return tuple(known[key] for key in keys)


@cached_query
def examples(release: Release) -> tuple[str, ...]:
    """A few lines to search for, drawn from the release's own headlines: an amount, a project and its pinyin, a place's question."""
    shown = [number for card in headlines(release) for number in card.shown]
    if not shown:
        return ()
    called, first, last = names(release, "projects"), shown[0], shown[-1]
    project = called.get(last.project or indicator_projects(release).get(last.indicator, ""), "")
    spelled = next(iter(spellings(project)), "")
    gap = next((absent for absent in absences(release) if len(absent.places) > 1), None)
    question = f"{names(release, 'places').get(gap.places[0], '')} {gap.indicator_name}" if gap else ""
    amounts = [digits_text(number.value, number.step) for number in (last, first) if number.value is not None]
    return tuple(dict.fromkeys(filter(None, [*amounts, project, spelled, last.place_name, question])))
