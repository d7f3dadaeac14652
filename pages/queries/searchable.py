"""Everything of a release that can be found, and where each number is shown."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ParamSpec, TypeVar

import pandas as pd

from etl.language import CHINESE, language, spoken
from etl.model import Absence, Check, Measure, State
from etl.release.query_cache import cached_query
from etl.release.schema import COLUMNS
from etl.release.tables import Release
from pages.analysis.search_index import Entry, Index
from pages.analysis.spelling import plain, spellings
from pages.queries.citations import sources
from pages.queries.data_quality import absences, checks, indicator_projects
from pages.queries.documents import statements_of
from pages.queries.facilities import facilities, organisations
from pages.queries.geography import above, parents
from pages.queries.headlines import cards_frame, headlines
from pages.queries.numbers import (
    NUMBER_COLUMNS,
    chosen_numbers_frame,
    names,
    numbers_by_id_frame,
    numbers_frame,
    records,
    table,
)
from pages.queries.observations import parts_of_projects
from pages.queries.reference import indicators
from pages.wording.catalog import LANGUAGES
from pages.wording.numbers import digits_text
from pages.wording.states import measure_label, state_word

P = ParamSpec("P")
T = TypeVar("T")

ABSENCE = "absence-"
"""Stands before the position of a gap in pages.queries.data_quality.absences, which is its key."""

INCIDENTAL = "incidental"
HALF_A_YEAR = 180
NOT_SHOWN = 99
"""Position of a number that stands on no headline card."""
MEASURE_ORDER = (Measure.ACTUAL, Measure.TARGET, Measure.PLAN, Measure.STANDARD, "")
NO_STANDING = (1, 1, 2, NOT_SHOWN, len(MEASURE_ORDER), 1)
"""Standing of what is no number: behind every number."""

NUMBER_RESULT_COLUMNS = (*NUMBER_COLUMNS, "project_name", "cited", "checks", "screens")


@cached_query
def searchable(release: Release) -> Index:
    """The index of a release; what is called by two languages is found by both, and shown by ``lang``."""
    around = _Around(release)
    entries = (
        *_numbers(release, around), *_absences(release, around), *_statements(release, around), *_incidentals(release, around),
        *_places(release, around), *_projects(release, around), *_indicators(release, around), *_terms(release, around),
        *_sources(release), *_organisations(release, around), *_facilities(release, around),
    )  # fmt: skip
    meant: dict[str, list[str]] = defaultdict(list)
    for row in records(release.table("synonyms")):
        meant[plain(row["synonym"])].append(f"{row['subject_kind']}:{row['subject']}")
    return Index(
        entries, {word: tuple(codes) for word, codes in meant.items()}, f"place:{around.home}" * bool(around.home)
    )


@cached_query
def number_results(release: Release, number_ids: Iterable[str]) -> pd.DataFrame:
    """The numbers with these ids, in their order, with what stands beside each; NUMBER_RESULT_COLUMNS.

    ``cited`` is the source of a printed number, ``checks`` are the checks it takes part in (Check), ``screens`` those whose cards or charts
    show it, joined by ``;``.
    """
    known_sources, projects = sources(release), names(release, "projects")
    of = indicator_projects(release)
    checked, screens = _checks(release), where_shown(release)
    rows = []
    for row in records(numbers_by_id_frame(release, number_ids)):
        project, each = row["project"] or of.get(row["indicator"], ""), row["number_id"]
        own = {
            "project": project, "project_name": projects.get(project, ""), "cited": known_sources.get(row["source"]),
            "checks": checked.get(each, ()), "screens": ";".join(screens.get(each, ())),
        }  # fmt: skip
        rows.append(row | own)
    return table(rows, NUMBER_RESULT_COLUMNS)


@cached_query
def where_shown(release: Release) -> Mapping[str, tuple[str, ...]]:
    """Number -> the screens whose cards or charts show it, as headlines.csv and charts.csv say."""
    shown: dict[str, dict[str, None]] = defaultdict(dict)
    for row in records(cards_frame(headlines(release))):
        shown[row["number_id"]]["overview"] = None
    for chart in records(release.table("charts")):
        for row in records(chosen_numbers_frame(release, f"{chart['shows']}|{chart['compared_with']}")):
            shown[row["number_id"]][chart["screen"]] = None
    return {number: tuple(screens) for number, screens in shown.items() if number}


@cached_query
def _checks(release: Release) -> Mapping[str, tuple[Check, ...]]:
    """Observation -> every check it takes part in."""
    found: dict[str, list[Check]] = defaultdict(list)
    for check in checks(release):
        for each in check.observation_ids:
            found[each].append(check)
    return {number: tuple(rows) for number, rows in found.items()}


class _Around:
    """What entries of several kinds are told with: names in both languages, what is above a place, which project holds which."""

    def __init__(self, release: Release) -> None:
        self.home = release.city.place
        self.places = _called(release, "places")
        self.projects = _called(release, "projects")
        self.indicators = _called(release, "indicators")
        self.up = parents(release)
        self.project_of = indicator_projects(release)
        self._below = parts_of_projects(release)
        self.properties = {row["breakdown"]: row["dimension_name"] for row in records(release.table("breakdowns"))}
        measured = indicators(release)
        self.kinds = {each: indicator.kind for each, indicator in measured.items()}
        self.units = {each: indicator.unit for each, indicator in measured.items()}
        standards = records(release.table("standards"))
        self.listed: dict[str, str] = {row["observation"]: row["name"] for row in standards if row["observation"]}
        self.missing = {
            (row["indicator"], row["breakdown"], row["scope"]) for row in standards if not row["observation"]
        }
        self.there: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in records(release.table("facilities")):
            for project in self.holders(row["project"]):
                self.there[row["place"], project].append(row["name"])
        self.shown = {
            row["number_id"]: row["position"]
            for row in reversed(records(cards_frame(headlines(release))))
            if row["part"] == "shown"
        }

    def holders(self, project: str) -> list[str]:
        """``project`` and every project it is part of."""
        return [each for each, below in self._below.items() if project in below]

    def of(self, places: Iterable[str], indicator: str, project: str) -> frozenset[str]:
        """Codes of what a number speaks of."""
        own = [f"project:{each}" for each in self.holders(project)]
        return frozenset([*(f"place:{place}" for place in places), f"indicator:{indicator}", *own])

    def within(self, places: Iterable[str]) -> frozenset[str]:
        """Codes of the places around these."""
        return frozenset(f"place:{each}" for place in places for each in above(self.up, place))

    def said(self, places: Iterable[str], project: str, *more: str) -> str:
        """The names of the places and projects that a number speaks of, and more words."""
        told = [name for place in places for name in self.places.get(place, ())]
        told += [name for each in self.holders(project) for name in self.projects.get(each, ())]
        told += [name for place in places for name in self.there.get((place, project), ())]
        return " ".join(filter(None, [*told, *more]))

    def facets(self, row: Mapping[str, Any], *more: str) -> frozenset[str]:
        """What a question may ask a number or a gap for: its measure, its kind of indicator, what its breakdown divides by."""
        own = (f"measure:{row['measure']}", f"kind:{self.kinds.get(row['indicator'], '')}")
        return frozenset((*own, f"about:{self.properties.get(row['breakdown'], '')}", *more))

    def distance(self, places: Iterable[str]) -> int:
        """0 for the city itself, 1 for what lies in it, 2 for any other place."""
        there = list(places)
        return 0 if self.home in there else int(f"place:{self.home}" not in self.within(there)) + 1


def _numbers(release: Release, around: _Around) -> list[Entry]:
    made = []
    again = _printed_again(release)
    for at, row in enumerate(records(numbers_frame(release))):
        key = row["number_id"]
        project = row["project"] or around.project_of.get(row["indicator"], "")
        kinds = _in_each(measure_label, row["measure"])
        places, listed = [row["place"]], around.listed.get(key, "")
        made.append(
            Entry(
                "number", key, (row["as_printed"],), around.said(places, project, row["note"], row["unit_name"], *kinds),
                title=around.indicators.get(row["indicator"], ()), topic=" ".join((row["keyword"], listed, *again.get(key, ()))),
                of=around.of(places, row["indicator"], project), within=around.within(places), years=_years(row["period_start"], row["period_end"] or row["as_of"]), month=_month(row),
                value=row["value"], value_high=row["value_high"], unit=row["unit"], breakdown=row["breakdown_name"],
                facets=around.facets(row, *(("listed",) if listed else ())),
                standing=(
                    int(row["derived"]), int(not row["verified"]), around.distance(places),
                    around.shown.get(key, NOT_SHOWN),
                    MEASURE_ORDER.index(row["measure"]), _is_short(row),
                ),
                order=(-_newest(row), -(row["published_on"].toordinal() if row["published_on"] else 0), at),
            )
        )  # fmt: skip
    return made


def _printed_again(release: Release) -> dict[str, list[str]]:
    """Observation -> the words around it where its source prints it once more."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in records(release.table("figures")):
        if row["role"] == "repeat":
            found[row["observation_id"]].append(row["keyword"])
    return found


def _absences(release: Release, around: _Around) -> list[Entry]:
    made = []
    for at, absent in enumerate(absences(release)):
        states = _in_each(state_word, absent.state)
        places, project = absent.places, absent.project
        is_listed = any((absent.indicator, absent.breakdown, place) in around.missing for place in places)
        is_left_out = absent.state != State.NOT_PUBLISHED
        row = {"measure": absent.measure or "", "indicator": absent.indicator, "breakdown": absent.breakdown}
        made.append(
            Entry(
                "absence", f"{ABSENCE}{at}", (absent.reason,), around.said(places, project, *states),
                title=around.indicators.get(absent.indicator, ()), breakdown=absent.breakdown_name,
                of=around.of(places, absent.indicator, project), within=around.within(places),
                years=_years(absent.period_start, absent.period_end), unit=around.units.get(absent.indicator, ""), facets=around.facets(row, *(("listed",) if is_listed else ())),
                standing=(0, int(not is_left_out), around.distance(places), NOT_SHOWN, MEASURE_ORDER.index(absent.measure or ""), 0),
                order=(-(absent.period_end.toordinal() if absent.period_end else 0), 0, at),
            )
        )  # fmt: skip
    return made


def _statements(release: Release, around: _Around) -> list[Entry]:
    homes = {each.source: each.place for each in sources(release).values()}
    located = {
        "facility": {each.facility: each.place for each in facilities(release)},
        "organisation": {each.organisation: each.place for each in organisations(release)},
    }
    told = {row["attribute"]: row["definition"] for row in records(release.table("attributes"))}
    made = []
    for at, each in enumerate(statements_of(release)):
        kind, subject = each.subject_kind, each.subject
        place = subject if kind == "place" else located.get(kind, {}).get(subject) or homes.get(each.source, "")
        places, project = [place] if place else [], subject if kind == "project" else next(iter(each.projects), "")
        made.append(
            Entry(
                "statement", each.statement_id, (each.text,), around.said(places, project, told.get(each.attribute, ""), each.note),
                title=(each.text, each.attribute_name), topic=f"{each.subject_name} {each.keyword}",
                of=around.of(places, "", project) - {"indicator:"} | {f"{kind}:{subject}"}, within=around.within(places),
                years=frozenset({each.as_of.year} if each.as_of else ()),
                facets=frozenset({f"about:{each.attribute_name}"}),
                standing=(0, 0, around.distance(places), NOT_SHOWN, 0, 0), order=(0, 0, at),
            )
        )  # fmt: skip
    return made


def _incidentals(release: Release, around: _Around) -> list[Entry]:
    """Numbers that a document prints but that have nothing to do with a project: found, and said to be that."""
    homes = {each.source: each.place for each in sources(release).values()}
    made = []
    for at, row in enumerate(records(release.table("figures"))):
        if row["role"] == INCIDENTAL:
            places = list(filter(None, [homes.get(row["source"], "")]))
            made.append(
                Entry(
                    INCIDENTAL, f"{row['source']}#{row['seq']}", (row["as_printed"],), around.said(places, "", row["note"]),
                    title=(row["keyword"],), of=frozenset(f"place:{place}" for place in places), within=around.within(places),
                    value=row["value"], value_high=row["value_high"], unit=row["unit"], standing=NO_STANDING, order=(0, 0, at),
                )
            )  # fmt: skip
    return made


def _places(release: Release, around: _Around) -> list[Entry]:
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in records(release.table("place_aliases")):
        aliases[row["place"]].append(row["alias"])
    return [
        Entry(
            "place", row["place"], (*around.places[row["place"]], row["short_name"], *aliases[row["place"]], row["place"]),
            row["note"], within=around.within([row["place"]]), standing=NO_STANDING, order=(at,),
        )
        for at, row in enumerate(records(release.table("places")))
    ]  # fmt: skip


def _projects(release: Release, around: _Around) -> list[Entry]:
    leads = names(release, "organisations")
    return [
        Entry(
            "project", row["project"], around.projects[row["project"]],
            " ".join((row["definition"], row["note"], leads.get(row["lead"], ""))),
            facets=_filled(row, ("lead",)), standing=NO_STANDING, order=(at,),
        )
        for at, row in enumerate(records(release.table("projects")))
    ]  # fmt: skip


def _indicators(release: Release, around: _Around) -> list[Entry]:
    return [
        Entry(
            "indicator", row["indicator"], around.indicators[row["indicator"]],
            f"{row['definition']} {row['denominator']} {row['note']}", standing=NO_STANDING, order=(at,),
        )
        for at, row in enumerate(records(release.table("indicators")))
    ]  # fmt: skip


def _terms(release: Release, around: _Around) -> list[Entry]:
    return [
        Entry(
            "term", row["term"], _in_order(row["term"], row["name_en"]), f"{row['definition']} {row['note']}",
            standing=NO_STANDING, order=(at,),
        )
        for at, row in enumerate(records(release.table("definitions")))
    ]  # fmt: skip


def _sources(release: Release) -> list[Entry]:
    return [
        Entry("source", each.source, (each.title,), each.publisher, standing=NO_STANDING, order=(at,))
        for at, each in enumerate(sources(release).values())
    ]


def _organisations(release: Release, around: _Around) -> list[Entry]:
    return _located(release, around, "organisation", "organisations", ("note",))


def _facilities(release: Release, around: _Around) -> list[Entry]:
    return _located(release, around, "facility", "facilities", ("address", "opened_on", "note"))


def _filled(row: Mapping[str, Any], columns: Iterable[str]) -> frozenset[str]:
    """What a question may ask a reference row for: the columns that are filled in."""
    return frozenset(f"about:{COLUMNS[name].zh}" for name in columns if row[name])


def _located(release: Release, around: _Around, kind: str, table_name: str, told: Iterable[str]) -> list[Entry]:
    called = _called(release, table_name)
    return [
        Entry(
            kind, row[kind], called[row[kind]], " ".join(str(row[name] or "") for name in told), of=frozenset({f"place:{row['place']}"}),
            within=around.within([row["place"]]), facets=_filled(row, told), standing=NO_STANDING, order=(at,),
        )
        for at, row in enumerate(records(release.table(table_name)))
    ]  # fmt: skip


def _called(release: Release, reference: str) -> dict[str, tuple[str, ...]]:
    """Id -> its names, that of the language in force first."""
    chinese, english = _in_each(names, release, reference)
    return {code: _in_order(name, english[code]) for code, name in chinese.items()}


def _in_each(tell: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> list[T]:
    """What ``tell`` says of the arguments in each language."""
    return [spoken(code, tell, *args, **kwargs) for code in LANGUAGES]


def _in_order(chinese: str, english: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (english, chinese) if language() == "en" else (chinese, english))))


def _newest(row: Mapping[str, Any]) -> int:
    """The last day a number speaks of, as a number of days; 0 where none is known."""
    last = row["period_end"] or row["as_of"]
    return last.toordinal() if last else 0


def _month(row: Mapping[str, Any]) -> int:
    last = row["period_end"] or row["as_of"]
    return last.month if last else 0


def _is_short(row: Mapping[str, Any]) -> int:
    """Whether a number covers less than half a year: a month's count does not stand for the year's."""
    return int(
        bool(row["period_start"] and row["period_end"]) and (row["period_end"] - row["period_start"]).days < HALF_A_YEAR
    )


def _years(start: dt.date | None, last: dt.date | None) -> frozenset[int]:
    first = start or last
    return frozenset(range(first.year, last.year + 1)) if first and last else frozenset()


@cached_query
def absence_results(release: Release, keys: Iterable[str]) -> tuple[Absence, ...]:
    """The gaps with these keys, in their order."""
    rows = absences(release)
    return tuple(rows[int(key.removeprefix(ABSENCE))] for key in keys)


@cached_query
def incidental_results(release: Release, keys: Iterable[str]) -> pd.DataFrame:
    """The numbers printed in passing with these keys (source#seq), in their order: ``as_printed``, ``keyword``, ``source_title``."""
    titles = spoken(CHINESE, names, release, "sources")
    rows = {f"{row['source']}#{row['seq']}": row for row in records(release.table("figures"))}
    found = [rows[key] | {"source_title": titles.get(rows[key]["source"], "")} for key in keys]
    return table(found, ("as_printed", "keyword", "source_title"))


@cached_query
def reference_results(release: Release, kind: str, keys: Iterable[str]) -> pd.DataFrame:
    """The rows of a reference table with these keys, in their order: ``code``, ``name``, ``about``, ``unit``; for a place ``about`` is
    the place it lies in, as for an organisation and a facility.
    """
    reference = {
        "place": "places", "project": "projects", "indicator": "indicators", "term": "definitions", "organisation": "organisations",
        "facility": "facilities",
    }[kind]  # fmt: skip
    places = names(release, "places")
    rows = {next(iter(row.values())): row for row in records(release.table(reference))}
    found = []
    for key in keys:
        row = rows[key]
        own = _in_order(row.get("name", key), row["name_en"])[0]
        where = {"place": "parent", "organisation": "place", "facility": "place"}.get(kind, "")
        about = places.get(row[where], "") if where else row["definition"]
        found.append({"code": key, "name": own, "about": about, "unit": row.get("unit", "")})
    return table(found, ("code", "name", "about", "unit"))


@cached_query
def examples(release: Release) -> tuple[str, ...]:
    """A few lines to search for, drawn from the release's own headlines: an amount, a project and its pinyin, a place's question."""
    shown = [row for row in records(cards_frame(headlines(release))) if row["number_id"] and row["part"] == "shown"]
    if not shown:
        return ()
    projects, last = names(release, "projects"), shown[-1]
    of = indicator_projects(release)
    project = projects.get(last["project"] or of.get(last["indicator"], ""), "")
    spelled = next(iter(spellings(project)), "")
    gap = next((absent for absent in absences(release) if len(absent.places) > 1), None)
    asked = f"{names(release, 'places').get(gap.places[0], '')} {gap.indicator_name}" if gap else ""
    amounts = [digits_text(row["value"], row["step"]) for row in (last, shown[0])]
    return tuple(dict.fromkeys(filter(None, [*amounts, project, spelled, last["place_name"], asked])))
