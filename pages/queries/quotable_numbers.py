"""What may be said of the numbers, before it is put into words: which sentence speaks of which numbers (sentences.csv).

Left out for good: numbers of unchecked sources, numbers that may not be printed yet, sentences one of whose numbers is not there, a
version of a conflict without the others, and - unless somebody wrote a row for it - computed numbers that a caution warns of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from typing import Any

import pandas as pd

from etl.language import CHINESE, in_language
from etl.model import Absence, PlaceTime
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.latest import resolved
from etl.rules.printings import newest_printings
from etl.rules.selectors import Selector, Subject, is_undated, matcher, parse_selector, split_selectors
from etl.rules.sentences import SAID, split, star_pins
from etl.rules.templates import LETTERS
from pages.queries.cautions import cautions_meeting
from pages.queries.citations import citations
from pages.queries.data_quality import absences
from pages.queries.numbers import NUMBER_COLUMNS, names, numbers_frame, records, table
from pages.queries.observations import parts_of_projects

QUOTABLE_COLUMNS = (
    "sentence", "position", "project_name", "template", "kind", "part", "absence", "cited", "why", *NUMBER_COLUMNS,
)  # fmt: skip
"""``project`` is the sentence's, ``project_name`` the number's; ``part`` the slot it fills (a, b, ...); ``cited`` its sources
(etl.model.Citation). ``why`` is what to mind when saying it: the row's note, for an
absence its reason. An absence stands in ``absence`` (None for a number) and has an empty ``number_id``."""

BEHIND = 10_000
"""General sentences come behind a project's own, in the order of the indicators."""

Number = dict[str, Any]
_SAME_THING = ("indicator", "place", "period_start", "period_end", "measure", "breakdown", "conflict")


@in_language(CHINESE)
def quotable_numbers(release: Release, project: str = "", *, every_printing: bool = False) -> pd.DataFrame:
    """One row per number of a sentence that may be said of ``project`` and its parts (all projects for ``""``); QUOTABLE_COLUMNS.

    A sentence of another project is said of a part too when one of its numbers is the part's own. By project, then position. Computed numbers and absences are there too, told apart by ``kind``. Every number that may be said has a
    sentence: its own row of sentences.csv, or a general one; the numbers of a row of kind ``never`` have none. What is embargoed at the
    release's moment is never said, whoever asks. A number that a later source revises is said only with ``every_printing``: of a day
    before that it was the newest.
    """
    public = release.as_public()
    found = _quotable(public, project)
    return found if every_printing else found.loc[~found["number_id"].isin(_revised(public))]


@in_language(CHINESE)
def quotable_in_general(release: Release, number_ids: tuple[str, ...]) -> pd.DataFrame:
    """The general sentences of just these numbers, whatever row of sentences.csv speaks of them; QUOTABLE_COLUMNS."""
    asked = _Asked(release.as_public())
    return table(asked.general_sentences(set(asked.printable) - set(number_ids)), QUOTABLE_COLUMNS)


@cached_query
def _revised(release: Release) -> frozenset[str]:
    """The ids of the numbers that may be said but that a later source prints again, the same or revised."""
    every = printable_numbers(release)
    return frozenset(map(_id, every)) - frozenset(map(_id, newest_printings(every)))


@cached_query
def _quotable(release: Release, project: str) -> pd.DataFrame:
    within = parts_of_projects(release).get(project, {project})
    every = records(_all_quotable(release))
    own = {row.number_id for row in release.index.numbers_of(projects=within)} if project else set()
    about = {row["sentence"] for row in every if row["project"] in within or row["number_id"] in own}
    return table([row for row in every if not project or row["sentence"] in about], QUOTABLE_COLUMNS)


@cached_query
def _all_quotable(release: Release) -> pd.DataFrame:
    asked = _Asked(release)
    found = list(asked.own_sentences())
    found += asked.general_sentences({row["number_id"] for row in found} | asked.never())
    found += asked.absent_sentences()
    order = {row["project"]: row["position"] for row in records(release.table("projects"))}
    found.sort(key=lambda row: (order.get(row["project"], BEHIND), row["position"], row["sentence"]))
    return table(found, QUOTABLE_COLUMNS)


class _Asked:
    """The rows of one release, opened as the public sees it, by kind, and its numbers of checked sources."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.geography = release.table("places")
        self.printable = {row["number_id"]: row for row in printable_numbers(release)}
        self.position = {number: at for at, number in enumerate(self.printable)}
        rows = [row for row in records(release.table("sentences")) if row["kind"] != "question"]
        pins = {row["sentence"]: star_pins(row["shows"]) for row in rows}
        self.own = [row for row in rows if pins[row["sentence"]] is None]
        stars = [(asked, row) for row in rows if (asked := pins[row["sentence"]]) is not None]
        self.stars = sorted(stars, key=lambda one: -len(one[0]))
        self.projects = names(release, "projects")
        self.indicators = {row["indicator"]: row for row in records(release.table("indicators"))}
        self.continuous = {row["unit"]: row["continuous"] for row in records(release.table("units"))}

    def own_sentences(self) -> Iterator[Number]:
        """The rows that name their numbers and find all of them."""
        for row in self.own:
            asked = split_selectors(row["shows"]) + split_selectors(row["compared_with"])
            slots = [self._named(dated) for dated in resolved(asked, self._times, self.geography)]
            told = [number for slot in slots for number in slot]
            if row["kind"] in SAID and all(slots) and self._tells_every_version(told):
                yield from self._told(row, row["sentence"], slots, row["position"])

    def never(self) -> set[str]:
        """The numbers that somebody wrote are not to be said on their own."""
        rows = [row for row in self.own if row["kind"] == "never"]
        return {
            number["number_id"]
            for row in rows
            for asked in split_selectors(row["shows"])
            for number in self._named([asked])
        }

    def _times(self, asked: Selector) -> list[PlaceTime]:
        return [PlaceTime._make(row[name] for name in PlaceTime._fields) for row in self._all_named([asked])]

    def _named(self, asked: Sequence[Selector]) -> list[Number]:
        found = self._all_named(asked)
        return found if any(one.names_printing for one in asked) else newest_printings(found)

    def _all_named(self, asked: Sequence[Selector]) -> list[Number]:
        ids = {row.number_id for one in asked for row in self.release.index.numbers(one)}
        return [self.printable[each] for each in sorted(ids & self.printable.keys(), key=self.position.__getitem__)]

    def _tells_every_version(self, told: list[Number]) -> bool:
        ids = {number["number_id"] for number in told}
        return not any(
            set(map(_id, self._versions(number))) - ids
            for number in told
            if number["conflict"] and not number["derived"]
        )

    def _versions(self, number: Number) -> list[Number]:
        return self._contested[_what(number)]

    @cached_property
    def _contested(self) -> Mapping[tuple[Any, ...], list[Number]]:
        """The numbers in conflict, by what they speak of."""
        found: dict[tuple[Any, ...], list[Number]] = {}
        for number in self.printable.values():
            if number["conflict"]:
                found.setdefault(_what(number), []).append(number)
        return found

    def general_sentences(self, covered: set[str]) -> Iterator[Number]:
        """One sentence for each number that no row names, all versions of a conflict in one."""
        done = set(covered)
        for number in self.printable.values():
            row = self._row_for(number)
            if number["number_id"] in done or row is None:
                continue
            said = self._versions(number) if number["conflict"] and not number["derived"] else [number]
            done |= set(map(_id, said))
            position = BEHIND + self.indicators.get(number["indicator"], {}).get("position", 0)
            own = row | {"project": row["project"] or number["project"]}
            yield from self._told(own, f"{row['sentence']}:{number['number_id']}", [said], position)

    def _row_for(self, number: Number) -> Number | None:
        if number["derived"]:
            return self._star({"derived": "yes"}) if self._may_be_computed(number) else None
        if number["conflict"]:
            return self._star({"conflict": "yes"})
        kind = self.indicators.get(number["indicator"], {}).get("kind", "")
        return self._star({"measure": number["measure"], "kind": kind})

    def _may_be_computed(self, number: Number) -> bool:
        """Whether no conflict and no caution stands against a computed number, and it is whole where things are counted."""
        is_whole = number["value"] == number["value"].to_integral_value()
        if number["conflict"] or not (is_whole or self.continuous.get(number["unit"], True)):
            return False
        return not cautions_meeting(self.release, number["observation_ids"].split(";"))

    def _star(self, said: Mapping[str, str]) -> Number | None:
        fitting = (
            row for pins, row in self.stars if pins and all(said.get(key) == value for key, value in pins.items())
        )
        return next(fitting, None)

    def absent_sentences(self) -> Iterator[Number]:
        """One sentence for each declared absence, its places together: the row that names it, or a general one."""
        for absent in absences(self.release):
            own = (row for row in self.own if row["kind"] == "absence" and self._is_asked(absent, row["shows"]))
            row = next(own, None) or self._star({"state": absent.state})
            if row is None:
                continue
            what = (
                absent.indicator, absent.places[0], absent.period_start, absent.period_end, absent.breakdown, absent.measure or "",
            )  # fmt: skip
            name = "/".join("" if part is None else str(part) for part in what)
            position = BEHIND * 2 + self.indicators.get(absent.indicator, {}).get("position", 0)
            number = dict.fromkeys(NUMBER_COLUMNS, "") | absence_cells(absent) | {"derived": False, "verified": True}
            yield from self._told(row | {"project": absent.project}, f"{row['sentence']}:{name}", [[number]], position)

    def _is_asked(self, absent: Absence, shows: str) -> bool:
        """Whether a selector of ``shows`` names this absence at one of its places."""
        return any(is_named_by(absent, matcher(parse_selector(text), self.geography)) for text in split(shows))

    def _told(self, row: Number, sentence: str, slots: Iterable[Iterable[Number]], position: int) -> Iterator[Number]:
        for letter, slot in zip(LETTERS, slots, strict=False):
            for number in slot:
                absent: Absence | None = number.get("absence")
                yield number | {
                    "sentence": sentence, "position": position, "template": row["template"], "kind": row["kind"], "part": letter,
                    "absence": absent, "cited": citations(self.release, str(number["observation_ids"]).split(";")), "why": (absent.reason if absent else "") or ("" if ":" in sentence else row["note"]),
                    "project_name": self.projects.get(number["project"], ""), "project": row["project"] or number["project"],
                }  # fmt: skip


def absence_cells(absent: Absence) -> Number:
    """An absence as the columns of numbers tell it, itself in ``absence``."""
    return asdict(absent) | {"measure": absent.measure or "", "absence": absent}


def is_named_by(absent: Absence, accepts: Callable[[Subject], bool]) -> bool:
    """Whether a matcher of numbers accepts an absence at one of its places."""
    cells = absence_cells(absent) | {
        "as_of": None,
        "variant": "",
        "time_as_printed": "",
        "source": "",
        "verified": True,
    }
    return any(accepts(Subject.of(cells | {"place": place})) for place in absent.places)


def printable_numbers(release: Release) -> list[Number]:
    """The numbers of checked sources, printed and computed, that everybody may see, in the tables' order; none of a former state."""
    return [
        row
        for row in records(numbers_frame(release.as_public()))
        if row["verified"] and not is_undated(Subject.of(row))
    ]


def _id(number: Number) -> str:
    return str(number["number_id"])


def _what(number: Number) -> tuple[Any, ...]:
    return tuple(number[name] for name in _SAME_THING)
