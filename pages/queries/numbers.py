"""Every number a screen may show, printed and computed alike, with its names and the observations it rests on.

A screen never looks a number up by its value: it asks for what the number speaks of and gets rows that carry ids.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence

from etl.language import in_words, language
from etl.model import Number
from etl.release.index import NumberRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.latest import resolved
from etl.rules.printings import newest_printings
from etl.rules.selectors import Selector, split_selectors

ROOM = 4
"""Characters a place's name may have on an axis before its short name is used."""

LEAST = 9
"""The priority of a number that leads nothing: it stands behind all others and in no message."""


def numbers_of(
    release: Release,
    *,
    indicators: Collection[str] | None = None,
    places: Collection[str] | None = None,
    projects: Collection[str] | None = None,
    sources: Collection[str] | None = None,
    number_ids: Collection[str] | None = None,
) -> tuple[Number, ...]:
    """The numbers of any of these indicators, at any of these places, and so on, in the tables' order."""
    rows = release.index.numbers_of(
        indicators=indicators, places=places, projects=projects, sources=sources, number_ids=number_ids
    )
    return with_names(release, rows)


def numbers_by_id(release: Release, number_ids: Iterable[str]) -> tuple[Number, ...]:
    """The numbers with these ids (observed or derived), in the ids' order; unknown ids are left out."""
    return with_names(release, release.index.numbers_by_id(list(number_ids)))


def with_names(release: Release, rows: Iterable[NumberRow]) -> tuple[Number, ...]:
    """The rows with the names of what they speak of, in the language in force."""
    units, places, short = names(release, "units"), names(release, "places"), axis_names(release)
    indicators, breakdowns, done = names(release, "indicators"), names(release, "breakdowns"), done_words(release)
    projects = names(release, "projects")
    return tuple(
        Number(
            *row,
            unit_name=units.get(row.unit, row.unit),
            indicator_name=indicators.get(row.indicator, row.indicator),
            place_name=places.get(row.place, row.place),
            place_short=short.get(row.place, row.place),
            breakdown_name=breakdowns.get(row.breakdown, row.breakdown),
            done_word=done.get(row.indicator, ""),
            project_name=projects.get(row.project, ""),
        )
        for row in rows
    )


@cached_query
def dated_selectors(
    release: Release, shows: Sequence[Selector], compared_with: Sequence[Selector] = ()
) -> tuple[tuple[Selector, ...], tuple[Selector, ...]]:
    """Both with a date for each word such as ``latest`` (etl.rules.latest), as of what is there."""
    made = resolved([*shows, *compared_with], release.index.times, release.table("places"))
    shown, others = made[: len(shows)], made[len(shows) :]
    return tuple(itertools.chain(*shown)), tuple(itertools.chain(*others))


@cached_query
def chosen_numbers(release: Release, selectors: str | Sequence[Selector]) -> tuple[Number, ...]:
    """The numbers that ``selectors`` (parsed, or text separated by ``|``) name, in the selectors' order. Of several
    printings of one number the newest, unless a selector names the day or the source."""
    asked = split_selectors(selectors) if isinstance(selectors, str) else selectors
    found: dict[str, NumberRow] = {}
    for dated in resolved(asked, release.index.times, release.table("places")):
        for selector in dated:
            rows = release.index.numbers(selector)
            for row in rows if selector.names_printing else newest_printings(rows):
                found.setdefault(row.number_id, row)
    return with_names(release, found.values())


@cached_query
def names(release: Release, reference: str) -> Mapping[str, str]:
    """Id -> name of one reference table; the Chinese name where English is missing."""
    english = "name_en" if language() == "en" else ""
    columns = (english, "name", "title")
    return {
        next(iter(row.values())): next((row[column] for column in columns if row.get(column)), "")
        for row in release.rows(reference)
    }


@cached_query
def axis_names(release: Release) -> Mapping[str, str]:
    """Place -> its name where room is scarce: the full name unless it is long and has a short one."""
    short, is_chinese = dict(release.texts("places", "place", "short_name")), language() == "zh"
    full = names(release, "places").items()
    return {place: (is_chinese and len(name) > ROOM and short[place]) or name for place, name in full}


def cited_ids(numbers: Iterable[Number]) -> tuple[str, ...]:
    """The observations that the numbers rest on, each once, in order of appearance."""
    return tuple(dict.fromkeys(each for number in numbers for each in number.observation_ids))


@cached_query
def done_words(release: Release) -> Mapping[str, str]:
    """Indicator -> its word for what is done (建成, 投入); the Chinese word where English is missing."""
    return {row["indicator"]: in_words(row, "done_word") for row in release.rows("indicators")}
