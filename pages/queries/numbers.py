"""Every number a screen may show, printed and computed alike, with its names and the observations it rests on.

A screen never looks a number up by its value: it asks for what the number speaks of and gets rows that carry ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from etl.language import language
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.latest import resolved
from etl.rules.printings import newest_printings
from etl.rules.selectors import chosen, parse_selector

NUMBER_COLUMNS = (
    "number_id", "observation_ids", "derived", "value", "value_high", "step", "unit", "unit_name", "qualifier", "measure",
    "project", "indicator", "indicator_name", "place", "place_name", "place_short", "period_start", "period_end", "as_of", "time_as_printed", "breakdown",
    "breakdown_name", "done_word", "variant", "conflict", "verified", "source", "as_printed", "keyword", "locator", "published_on",
    "formula", "read_by", "corrected", "note", "embargoed",
)  # fmt: skip
"""Columns of every table of numbers below.  ``number_id`` is the observation's or derived row's own id; ``observation_ids``
the observations it rests on, joined by ``;`` (its own for a printed number, its parents for a computed one); ``embargoed`` says that
it is shown to who may see it, and to nobody else before its moment."""

ROOM = 4
"""Characters a place's name may have on an axis before its short name is used."""

LEAST = 9
"""The priority of a number that leads nothing: it stands behind all others and in no message."""

_NOT_OBSERVED: Mapping[str, Any] = {
    "derived": True, "measure": "", "source": "", "as_printed": "", "keyword": "", "locator": "", "published_on": None,
    "read_by": "", "corrected": "",
}  # fmt: skip


@cached_query
def numbers(release: Release) -> pd.DataFrame:
    """All numbers of a release, observations first, in the tables' order; NUMBER_COLUMNS; empty without data."""
    units, places = names(release, "units"), names(release, "places")
    short = axis_names(release)
    indicators, breakdowns = names(release, "indicators"), names(release, "breakdowns")
    done = done_words(release)
    rows: list[dict[str, Any]] = []
    for row in records(release.table("observations")):
        own = {
            "number_id": row["observation_id"],
            "observation_ids": row["observation_id"],
            "derived": False,
            "formula": "",
        }
        rows.append(row | own)
    for row in records(release.table("derived")):
        own = {"number_id": row["derived_id"], "observation_ids": row["parents"], "conflict": row["in_conflict"]}
        rows.append({**_NOT_OBSERVED, **row, **own})
    for row in rows:
        row["embargoed"] = bool(row["release_at"] and row["release_at"] > release.moment)
        row["unit_name"] = units.get(row["unit"], row["unit"])
        row["indicator_name"] = indicators.get(row["indicator"], row["indicator"])
        row["done_word"] = done.get(row["indicator"], "")
        row["place_name"] = places.get(row["place"], row["place"])
        row["place_short"] = short.get(row["place"], row["place"])
        row["breakdown_name"] = breakdowns.get(row["breakdown"], row["breakdown"])
    return table(rows, NUMBER_COLUMNS)


@cached_query
def dated_selectors(release: Release, shows: str, beside: str = "") -> tuple[str, str]:
    """``shows`` and ``beside`` (selectors separated by ``|``) with a date for each word such as ``latest`` (etl.rules.latest), as of what is there."""
    first, others = split(shows), split(beside)
    made = resolved([*first, *others], numbers(release), release.table("places"))
    return "|".join(filter(None, made[: len(first)])), "|".join(filter(None, made[len(first) :]))


@cached_query
def chosen_numbers(release: Release, selectors: str) -> pd.DataFrame:
    """The numbers that ``selectors`` (separated by ``|``) name, in the selectors' order; NUMBER_COLUMNS.

    Of several printings of one number the newest, unless a selector names the day or the source.
    """
    every, places = numbers(release), release.table("places")
    found: list[dict[str, Any]] = []
    for text in split(dated_selectors(release, selectors)[0]):
        rows = records(chosen(every, places, text))
        names_printing = parse_selector(text).names_printing
        found += [row for row in (rows if names_printing else newest_printings(rows)) if row not in found]
    return table(found, NUMBER_COLUMNS)


def numbers_by_id(release: Release, number_ids: Iterable[str]) -> pd.DataFrame:
    """The numbers with these ids (observed or derived), in the ids' order; unknown ids are left out."""
    wanted = list(number_ids)
    every = records(numbers(release)) if wanted else []
    known = {row["number_id"]: row for row in every}
    return table([known[each] for each in wanted if each in known], NUMBER_COLUMNS)


@cached_query
def names(release: Release, reference: str) -> Mapping[str, str]:
    """Id -> name of one reference table; the Chinese name where English is missing."""
    rows = records(release.table(reference))
    key = next(iter(rows[0])) if rows else ""
    return {row[key]: _name(row) for row in rows}


def _name(row: Mapping[str, Any]) -> str:
    english = row.get("name_en", "") if language() == "en" else ""
    return str(english or row.get("name", "") or row.get("title", ""))


@cached_query
def done_words(release: Release) -> Mapping[str, str]:
    """Indicator -> its word for what is done (建成, 投入), of those that have one; the Chinese word where English is missing."""
    rows = records(release.table("indicators"))
    said = {row["indicator"]: (row["done_word_en"] if language() == "en" else "") or row["done_word"] for row in rows}
    return {indicator: word for indicator, word in said.items() if word}


@cached_query
def priorities(release: Release) -> Mapping[str, int]:
    """Indicator -> how much its numbers matter (1: first), of every indicator; those without a priority come last, as LEAST."""
    return {row["indicator"]: int(row["priority"] or LEAST) for row in records(release.table("indicators"))}


def reason(row: Mapping[str, Any]) -> str:
    """Why, of a row of absences or cautions; the Chinese reason where English is missing."""
    return str((row["reason_en"] if language() == "en" else "") or row["reason"])


@cached_query
def axis_names(release: Release) -> Mapping[str, str]:
    """Place -> its name where room is scarce: the full name unless it is long and has a short one."""
    full = names(release, "places")
    short = {row["place"]: row["short_name"] for row in records(release.table("places")) if row["short_name"]}
    return {
        place: short.get(place, name) if language() == "zh" and len(name) > ROOM else name
        for place, name in full.items()
    }


def split(selectors: str) -> list[str]:
    """The selectors of a cell of headlines.csv or charts.csv."""
    return [piece.strip() for piece in selectors.split("|") if piece.strip()]


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts, dates and decimals as they are, missing ones as None."""
    columns = [str(name) for name in rows.columns]
    cells = rows.to_numpy(dtype=object).tolist()  # at once: column by column costs ten times as much
    return [
        dict(zip(columns, [None if cell != cell else cell for cell in row], strict=True))  # noqa: PLR0124 - NaN and NaT alone do
        for row in cells
    ]


def table(rows: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> pd.DataFrame:
    """A small table with exactly ``columns``, also when there is no row."""
    wanted, given = list(columns), list(rows)
    cells = np.fromiter((row.get(name) for row in given for name in wanted), object, len(given) * len(wanted))
    made = pd.DataFrame(cells.reshape(-1, len(wanted)), columns=pd.Index(wanted), dtype=object, copy=False)
    for flag in {"derived", "verified"} & set(wanted):
        made.isetitem(wanted.index(flag), np.array([bool(row.get(flag)) for row in given], bool))
    return made


def cited_ids(rows: pd.DataFrame) -> list[str]:
    """The observations that the numbers of a small table rest on, each once, in order of appearance."""
    joined = ";".join(text for text in rows["observation_ids"] if text) if len(rows) else ""
    return list(dict.fromkeys(filter(None, joined.split(";"))))
