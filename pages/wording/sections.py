"""The tables of the project, reading and district screens as text, columns in the screen's language; same rows, same order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

import pandas as pd

from etl.language import is_chinese
from etl.model import Absence, Caution, Facility, RelatedProject, State, Statement
from pages.wording.catalog import _, listed
from pages.wording.dates import day_text, period_text
from pages.wording.marks import mark_text
from pages.wording.rows import rows_of
from pages.wording.states import caution_word, measure_label, state_word
from pages.wording.times import as_of_text, span_text, time_text

FEW = 4
"""So many places are named one by one."""


def derived_table(derived: pd.DataFrame) -> pd.DataFrame:
    """One row per computed number: how it is computed, and what must not be done with it."""
    return pd.DataFrame(
        [
            {
                _("Computed number"): row["indicator_name"],
                _("Place"): row["place_name"],
                _("Period"): time_text(row),
                _("Number"): mark_text(row),
                _("How it is computed"): row["definition"] if is_chinese() else row["formula"],
                _("Mind"): row["cautions"],
            }
            for row in rows_of(derived)
        ]
    )


def statement_groups(statements: Sequence[Statement]) -> pd.DataFrame:
    """One row per subject, property, day and document, its contents joined; ``source`` and ``source_title`` last."""
    order = list(dict.fromkeys(each.attribute for each in statements))
    told = sorted(statements, key=lambda each: order.index(each.attribute))
    same = attrgetter("attribute_name", "subject_name", "as_of", "source", "source_title")
    joint = "；" if is_chinese() else "; "
    return pd.DataFrame(
        [
            {
                _("Property"): attribute,
                _("Content"): joint.join(each.text for each in group),
                _("About"): subject,
                _("As of"): day_text(day),
                "source": source,
                "source_title": title,
            }
            for (attribute, subject, day, source, title), group in groupby(told, key=same)
        ]
    )


def standards_table(standards: pd.DataFrame) -> pd.DataFrame:
    """One row per floor or rule: where and when it is in force, and its number or 未公布."""
    return pd.DataFrame(
        [
            {
                _("Standard"): row["name"],
                _("In force at"): row["scope_name"],
                _("In force"): period_text(row["valid_from"], row["valid_to"]) or as_of_text(row),
                _("Number"): mark_text(row) if row["number_id"] else state_word(State.NOT_PUBLISHED),
                _("Remark"): row["standard_note"] if is_chinese() else "",
            }
            for row in rows_of(standards)
        ]
    )


def named_table(places: pd.DataFrame) -> pd.DataFrame:
    """One row per place that a project names, with how much is known of it."""
    return pd.DataFrame(
        [
            {
                _("Lies in"): row["parent_name"],
                _("Numbers"): str(row["numbers"]),
                _("Statements"): str(row["statements"]),
                _("Facilities"): str(row["facilities"]),
            }
            for row in rows_of(places)
        ]
    )


def caution_table(cautions: Iterable[tuple[Caution, pd.DataFrame]]) -> pd.DataFrame:
    """One row per thing that must not be done, why, and with which numbers (of many, the first); ``number_ids`` last."""
    made = []
    for caution, numbers in cautions:
        told = _("; ").join(_told_number(row) for row in rows_of(numbers))
        is_all = len(caution.observation_ids) <= len(numbers)
        made.append(
            {
                _("Kind"): caution_word(caution.kind),
                _("What must not be done"): caution.name,
                _("Numbers"): told if is_all else _("{numbers} and others").format(numbers=told),
                _("Reason"): caution.reason,
                "number_ids": ";".join(numbers["number_id"]),
            }
        )
    return pd.DataFrame(made)


def _told_number(row: Mapping[str, Any]) -> str:
    said = (row["place_name"], row["breakdown_name"] or row["indicator_name"], mark_text(row))
    return ("" if is_chinese() else " ").join(filter(None, said))


def divided_table(numbers: pd.DataFrame) -> pd.DataFrame:
    """One row per ``told`` (a place at a time), one column per item of the breakdown; ``observation_ids`` last."""
    rows = rows_of(numbers)
    items = list(dict.fromkeys(row["breakdown_name"] for row in rows))
    made = []
    for _told, group in groupby(rows, key=lambda row: row["told"]):
        own = list(group)
        cells = {row["breakdown_name"]: mark_text(row) for row in own}
        made.append(
            {
                _("Place"): own[0]["place_name"],
                _("Period"): time_text(own[0]),
                **{item: cells.get(item, "—") for item in items},
                "observation_ids": ";".join(row["observation_ids"] for row in own),
            }
        )
    return pd.DataFrame(made)


def gap_table(absences: Iterable[Absence]) -> pd.DataFrame:
    """One row per thing that is not there: its places (the first and how many, where they are many) and all its
    items and reasons together."""
    made: dict[Hashable, list[Absence]] = {}
    for each in absences:
        same = (each.state, each.indicator_name, each.place_name, each.period_start, each.period_end, each.measure)
        made.setdefault((same, bool(each.breakdown)), []).append(each)
    return pd.DataFrame(
        [
            {
                _("State"): state_word(first.state),
                _("Indicator"): first.indicator_name,
                _("Place"): _places(first),
                _("Period"): period_text(first.period_start, first.period_end),
                _("Breakdown"): listed(filter(None, (each.breakdown_name for each in (first, *others)))),
                _("Kind"): measure_label(first.measure) if first.measure else "",
                _("Reason"): _("; ").join(dict.fromkeys(each.reason for each in (first, *others))),
            }
            for first, *others in made.values()
        ]
    )


def _places(absence: Absence) -> str:
    if len(absence.places) <= FEW:
        return absence.place_name
    first = absence.place_name.partition("、" if is_chinese() else ",")[0]
    return _("{place} and others, {count} in all").format(place=first, count=len(absence.places))


def facility_table(facilities: Sequence[Facility]) -> pd.DataFrame:
    """One row per facility: where it is as far as published."""
    missing = state_word(State.NOT_PUBLISHED)
    return pd.DataFrame(
        [
            {
                _("Facility"): each.facility_name,
                _("Project"): each.project_name,
                _("Place"): each.place_name,
                _("Address"): each.address or missing,
                _("Coordinates"): _("published") if each.has_point else missing,
                _("Opened"): day_text(each.opened_on) or missing,
                _("Remark"): each.note if is_chinese() else "",
            }
            for each in facilities
        ]
    )


def timed_titles(cards: pd.DataFrame) -> pd.DataFrame:
    """Headline cards whose titles say the period of their large number."""
    shown = {row["headline"]: row for row in reversed(rows_of(cards)) if row["part"] == "shown"}

    def title(row: Mapping[str, Any]) -> str:
        period = span_text(shown[row["headline"]])
        return _("{title} ({period})").format(title=row["title"], period=period) if period else str(row["title"])

    return cards.assign(title=[title(row) for row in rows_of(cards)])


def project_lines(about: RelatedProject) -> list[str]:
    """What stands below a project's name: when it was on the list, who leads it, what it is."""
    years = listed(about.list_years)
    facts = [
        _("on the livelihood list of {years}").format(years=years) if years else "",
        _("lead: {organisation}").format(organisation=about.lead_name) if about.lead_name else "",
    ]
    said = [about.definition, about.note] if is_chinese() else ["", ""]
    return list(filter(None, [said[0], " · ".join(filter(None, facts)), said[1]]))
