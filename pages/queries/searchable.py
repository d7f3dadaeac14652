"""Everything of a release that can be found, and where each number is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from etl.tables import Release
from pages.analysis.search import Entry, Index
from pages.analysis.spelling import spellings
from pages.queries.documents import statements_of
from pages.queries.geography import above, parents
from pages.queries.headlines import headlines
from pages.queries.numbers import NUMBER_COLUMNS, chosen_numbers, names, numbers, records, table
from pages.queries.observations import parts_of_projects
from pages.queries.once import asked_once
from pages.queries.standing import ABSENCE_COLUMNS, absences, checks, indicator_projects
from pages.wording.catalog import LANGUAGES, words
from pages.wording.numbers import digits_text
from pages.wording.states import measure_label, state_word

ABSENCE = "absence-"
"""Stands before the position of a gap in pages.queries.standing.absences, which is its key."""

NUMBER_HIT_COLUMNS = (*NUMBER_COLUMNS, "project_name", "source_title", "publisher", "checks", "screens")


@asked_once
def searchable(release: Release, *, lang: str = "zh") -> Index:
    """The index of a release; what is called by two languages is found by both, and shown by ``lang``."""
    around = _Around(release, lang)
    return Index(
        (
            *_numbers(release, around), *_absences(release, around), *_places(release, around), *_projects(release, around),
            *_indicators(release, around), *_terms(release, around), *_sources(release), *_statements(release, lang),
        )
    )  # fmt: skip


def number_hits(release: Release, number_ids: Iterable[str], *, lang: str = "zh") -> pd.DataFrame:
    """The numbers with these ids, in their order, with what stands beside each; NUMBER_HIT_COLUMNS.

    ``checks`` are the checks it takes part in (pages.queries.standing.CHECK_COLUMNS as dicts), ``screens`` those whose cards or charts
    show it, joined by ``;``.
    """
    known = {row["number_id"]: row for row in records(numbers(release, lang=lang))}
    titles, projects = names(release, "sources", lang), names(release, "projects", lang)
    of = indicator_projects(release)
    publishers = {row["source"]: row["publisher"] for row in records(release.table("sources"))}
    checked, screens = _checks(release, lang), where_shown(release)
    rows = []
    for each in number_ids:
        if each in known:
            row = known[each]
            project = row["project"] or of.get(row["indicator"], "")
            own = {
                "project": project, "project_name": projects.get(project, ""), "source_title": titles.get(row["source"], ""),
                "publisher": publishers.get(row["source"], ""), "checks": checked.get(each, []),
                "screens": ";".join(screens.get(each, ())),
            }  # fmt: skip
            rows.append(row | own)
    return table(rows, NUMBER_HIT_COLUMNS)


@asked_once
def where_shown(release: Release) -> dict[str, list[str]]:
    """Number -> the screens whose cards or charts show it, as headlines.csv and charts.csv say."""
    shown: dict[str, dict[str, None]] = defaultdict(dict)
    for row in records(headlines(release)):
        shown[row["number_id"]]["overview"] = None
    for chart in records(release.table("charts")):
        for row in records(chosen_numbers(release, f"{chart['shows']}|{chart['beside']}")):
            shown[row["number_id"]][chart["screen"]] = None
    return {number: list(screens) for number, screens in shown.items() if number}


@asked_once
def _checks(release: Release, lang: str) -> dict[str, list[dict[str, Any]]]:
    """Observation -> every check it takes part in."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records(checks(release, lang=lang)):
        for each in filter(None, row["observation_ids"].split(";")):
            found[each].append(row)
    return dict(found)


class _Around:
    """What entries of several kinds are told with: names in both languages, what is above a place, which project holds which."""

    def __init__(self, release: Release, lang: str) -> None:
        self.lang = lang
        self.places = _called(release, "places", lang)
        self.projects = _called(release, "projects", lang)
        self.indicators = _called(release, "indicators", lang)
        self.up = parents(release)
        self.project_of = indicator_projects(release)
        self._below = parts_of_projects(release)

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

    def said(self, places: Iterable[str], indicator: str, project: str, *more: str) -> str:
        """Every name of what a number speaks of, and more words."""
        told = [*self.indicators.get(indicator, ()), *(name for place in places for name in self.places.get(place, ()))]
        told += [name for each in self.holders(project) for name in self.projects.get(each, ())]
        return " ".join(filter(None, [*told, *more]))


def _numbers(release: Release, around: _Around) -> list[Entry]:
    made = []
    for at, row in enumerate(records(numbers(release, lang=around.lang))):
        project = row["project"] or around.project_of.get(row["indicator"], "")
        kinds = [measure_label(row["measure"], words(lang)) for lang in LANGUAGES]
        more = (row["keyword"], row["breakdown_name"], row["note"], row["unit_name"], *kinds)
        newest = -(row["published_on"].toordinal() if row["published_on"] else 0)
        made.append(
            Entry(
                "number", row["number_id"], (row["as_printed"],),
                around.said([row["place"]], row["indicator"], project, *more),
                of=around.of([row["place"]], row["indicator"], project), within=around.within([row["place"]]), years=_years(row),
                value=row["value"], value_high=row["value_high"], unit=row["unit"],
                order=(int(row["derived"]), int(not row["verified"]), newest, at),
            )
        )  # fmt: skip
    return made


def _absences(release: Release, around: _Around) -> list[Entry]:
    made = []
    for at, row in enumerate(records(absences(release, lang=around.lang))):
        states = [state_word(row["state"], words(lang)) for lang in LANGUAGES]
        made.append(
            Entry(
                "absence", f"{ABSENCE}{at}", (row["reason"],),
                around.said(row["places"], row["indicator"], row["project"], row["breakdown_name"], *states),
                of=around.of(row["places"], row["indicator"], row["project"]), within=around.within(row["places"]),
                years=_years(row), order=(at,),
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
            row["note"], order=(at,),
        )
        for at, row in enumerate(records(release.table("places")))
    ]  # fmt: skip


def _projects(release: Release, around: _Around) -> list[Entry]:
    return [
        Entry(
            "project",
            row["project"],
            around.projects[row["project"]],
            f"{row['definition']} {row['note']}",
            order=(at,),
        )
        for at, row in enumerate(records(release.table("projects")))
    ]


def _indicators(release: Release, around: _Around) -> list[Entry]:
    return [
        Entry(
            "indicator", row["indicator"], around.indicators[row["indicator"]],
            f"{row['definition']} {row['denominator']} {row['note']}", order=(at,),
        )
        for at, row in enumerate(records(release.table("indicators")))
    ]  # fmt: skip


def _terms(release: Release, around: _Around) -> list[Entry]:
    return [
        Entry(
            "term", row["term"], _in_order(row["term"], row["name_en"], around.lang), f"{row['definition']} {row['note']}",
            order=(at,),
        )
        for at, row in enumerate(records(release.table("definitions")))
    ]  # fmt: skip


def _sources(release: Release) -> list[Entry]:
    return [
        Entry("source", row["source"], (row["title"],), row["publisher"], order=(at,))
        for at, row in enumerate(records(release.table("sources")))
    ]


def _statements(release: Release, lang: str) -> list[Entry]:
    return [
        Entry(
            "statement", row["statement_id"], (row["text"],), f"{row['subject_name']} {row['attribute_name']} {row['note']}",
            of=frozenset({f"{row['subject_kind']}:{row['subject']}"}), order=(at,),
        )
        for at, row in enumerate(records(statements_of(release, lang=lang)))
    ]  # fmt: skip


def _called(release: Release, reference: str, lang: str) -> dict[str, tuple[str, ...]]:
    """Id -> its names, that of ``lang`` first."""
    chinese, english = names(release, reference, "zh"), names(release, reference, "en")
    return {code: _in_order(name, english[code], lang) for code, name in chinese.items()}


def _in_order(chinese: str, english: str, lang: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (english, chinese) if lang == "en" else (chinese, english))))


def _years(row: Mapping[str, Any]) -> frozenset[int]:
    last = row["period_end"] or row.get("as_of")
    first = row["period_start"] or last
    return frozenset(range(first.year, last.year + 1)) if first and last else frozenset()


def absence_hits(release: Release, keys: Iterable[str], *, lang: str = "zh") -> pd.DataFrame:
    """The gaps with these keys, in their order; ABSENCE_COLUMNS."""
    rows = records(absences(release, lang=lang))
    return table([rows[int(key.removeprefix(ABSENCE))] for key in keys], ABSENCE_COLUMNS)


def reference_hits(release: Release, kind: str, keys: Iterable[str], *, lang: str = "zh") -> pd.DataFrame:
    """The rows of a reference table with these keys, in their order: ``code``, ``name``, ``about``, ``unit``; for a place ``about`` is
    the place it lies in.
    """
    reference = {"place": "places", "project": "projects", "indicator": "indicators", "term": "definitions"}[kind]
    places = names(release, "places", lang)
    rows = {next(iter(row.values())): row for row in records(release.table(reference))}
    found = []
    for key in keys:
        row = rows[key]
        own = _in_order(row.get("name", key), row["name_en"], lang)[0]
        about = places.get(row["parent"], "") if kind == "place" else row["definition"]
        found.append({"code": key, "name": own, "about": about, "unit": row.get("unit", "")})
    return table(found, ("code", "name", "about", "unit"))


def examples(release: Release, *, lang: str = "zh") -> list[str]:
    """A few lines to search for, drawn from the release's own headlines: an amount, a project and its pinyin, a place's question."""
    shown = [row for row in records(headlines(release, lang=lang)) if row["number_id"] and row["part"] == "shown"]
    if not shown:
        return []
    projects, last = names(release, "projects", lang), shown[-1]
    of = indicator_projects(release)
    project = projects.get(last["project"] or of.get(last["indicator"], ""), "")
    spelled = next(iter(spellings(project)), "")
    gap = next((row for row in records(absences(release, lang=lang)) if len(row["places"]) > 1), None)
    asked = f"{names(release, 'places', lang).get(gap['places'][0], '')} {gap['indicator_name']}" if gap else ""
    amounts = [digits_text(row["value"], row["step"], words(lang)) for row in (last, shown[0])]
    return list(dict.fromkeys(filter(None, [*amounts, project, spelled, last["place_name"], asked])))
