"""What differs between two releases, by identity: which numbers stand on which card, chart or sentence before and after, which checks and absences."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from etl.tables import Release
from pages.queries.charted import charts_of, marks_of
from pages.queries.headlines import headlines
from pages.queries.numbers import names, numbers, records
from pages.queries.sayable import sayable
from pages.queries.standing import absences, checks

Kind = Literal["headline", "chart", "sentence", "check", "absence"]
Number = Mapping[str, Any]
_WHAT = ("value", "value_high", "qualifier")
_CHECKED = ("verdict", "left_value", "right_value")


@dataclass(frozen=True)
class Change:
    """One thing a screen shows otherwise: ``old`` and ``new`` are the numbers that only the one release shows there.

    For a check and an absence ``old_row`` and ``new_row`` are its rows; None where it is not there.
    """

    screen: str
    kind: Kind
    name: str
    old: tuple[Number, ...] = ()
    new: tuple[Number, ...] = ()
    old_row: Mapping[str, Any] | None = None
    new_row: Mapping[str, Any] | None = None


def changes(before: Release, after: Release, *, lang: str = "zh") -> list[Change]:
    """What ``after`` shows otherwise than ``before``: headlines, charts of charts.csv, sentences, checks, absences, in this order."""
    return [
        *_of_numbers("overview", "headline", _headlines(before, lang), _headlines(after, lang)),
        *_charts(before, after, lang),
        *_of_numbers("words", "sentence", _sentences(before, lang), _sentences(after, lang)),
        *_of_rows("check", _rows(before, lang, "check"), _rows(after, lang, "check")),
        *_of_rows("absence", _rows(before, lang, "absence"), _rows(after, lang, "absence")),
    ]


def new_numbers(before: Release, after: Release, *, lang: str = "zh") -> list[Number]:
    """The numbers, printed and computed, that only ``after`` has; in its order."""
    there = {_identity(row) for row in records(numbers(before, lang=lang))}
    return [row for row in records(numbers(after, lang=lang)) if _identity(row) not in there]


Shown = Mapping[str, tuple[str, list[Number]]]
"""Key -> name and the numbers shown under it."""


def _headlines(release: Release, lang: str) -> Shown:
    found: dict[str, tuple[str, list[Number]]] = {}
    for row in records(headlines(release, lang=lang)):
        here = found.setdefault(row["headline"], (row["title"], []))
        if row["part"] == "shown" and row["number_id"]:
            here[1].append(row)
    return found


def _charts(before: Release, after: Release, lang: str) -> Iterator[Change]:
    screens = dict.fromkeys(row["screen"] for row in records(after.table("charts")))
    for screen in screens:
        yield from _of_numbers(screen, "chart", _drawn(before, screen, lang), _drawn(after, screen, lang))


def _drawn(release: Release, screen: str, lang: str) -> Shown:
    return {
        row["chart"]: (row["title"], [m for m in records(marks_of(release, row, lang=lang)) if m["number_id"]])
        for row in records(charts_of(release, screen, lang=lang))
    }


def _sentences(release: Release, lang: str) -> Shown:
    """By the numbers a sentence tells: a general sentence has one row for each of them."""
    projects = names(release, "projects", lang)
    found: dict[str, tuple[str, list[Number]]] = {}
    for row in records(sayable(release, lang=lang)):
        if row["number_id"]:
            found.setdefault(row["project"], (projects.get(row["project"], ""), []))[1].append(row)
    return found


def _of_numbers(screen: str, kind: Kind, before: Shown, after: Shown) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        (_, old), (title, new) = before.get(key, ("", [])), after.get(key, before.get(key, ("", [])))
        new = new if key in after else []
        only_old, only_new = _only(old, new), _only(new, old)
        if only_old or only_new:
            yield Change(screen, kind, title, only_old, only_new)


def _only(here: list[Number], there: list[Number]) -> tuple[Number, ...]:
    known = {_identity(row) for row in there}
    return tuple({_identity(row): row for row in here if _identity(row) not in known}.values())


def _identity(row: Number) -> Hashable:
    return (row["number_id"], *(row[name] for name in _WHAT))


def _rows(release: Release, lang: str, kind: Kind) -> dict[Hashable, Mapping[str, Any]]:
    if kind == "check":
        return {(row["identity"], row["observation_ids"]): row for row in records(checks(release, lang=lang))}
    key = ("indicator", "places", "period_start", "period_end", "breakdown", "measure")
    return {str([row[name] for name in key]): row for row in records(absences(release, lang=lang))}


def _of_rows(
    kind: Kind, before: Mapping[Hashable, Mapping[str, Any]], after: Mapping[Hashable, Mapping[str, Any]]
) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old is None or new is None or _said(old) != _said(new):
            there = new or old or {}
            yield Change("sources", kind, there["name" if kind == "check" else "indicator_name"], (), (), old, new)


def _said(row: Mapping[str, Any]) -> list[Any]:
    return [row.get(name) for name in (*_CHECKED, "state", "reason")]
