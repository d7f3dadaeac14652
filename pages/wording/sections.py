"""The tables of the project, reading and district screens as text, columns in the screen's language; same rows, same order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from operator import attrgetter

import pandas as pd

from etl import model
from etl.language import is_chinese
from pages.wording.catalog import _, listed, run_on
from pages.wording.dates import as_of_text, day_text, period_text, span_text, time_text
from pages.wording.marks import mark_text
from pages.wording.states import caution_word, measure_label, place_kind_word, state_word

FEW = 4  # so many places are named one by one


def derived_table(derived: Iterable[model.ComputedNumber]) -> pd.DataFrame:
    """One row per computed number: how it is computed, and what must not be done with it."""
    return pd.DataFrame(
        {
            _("Computed number"): computed.number.indicator_name,
            _("Place"): computed.number.place_name,
            _("Period"): time_text(computed.number),
            _("Number"): mark_text(computed.number),
            _("How it is computed"): computed.definition if is_chinese() else computed.number.formula,
            _("Mind"): _("; ").join(computed.cautions),
        }
        for computed in derived
    )


def statement_groups(statements: Sequence[model.Statement]) -> list[list[model.Statement]]:
    """The statements of one subject, property, day and document together, by property."""
    order = list(dict.fromkeys(each.attribute for each in statements))
    ordered = sorted(statements, key=lambda each: order.index(each.attribute))
    same = attrgetter("attribute_name", "subject_name", "as_of", "source", "source_title")
    return [list(group) for _same, group in groupby(ordered, key=same)]


def statement_group_table(groups: Iterable[Sequence[model.Statement]]) -> pd.DataFrame:
    """One row per group, its contents joined."""
    return pd.DataFrame(
        {
            _("Property"): group[0].attribute_name,
            _("Content"): _("; ").join(each.text for each in group),
            _("About"): group[0].subject_name,
            _("As of"): day_text(group[0].as_of),
        }
        for group in groups
    )


def standards_table(standards: Iterable[model.Standard]) -> pd.DataFrame:
    """One row per floor or rule: where and when it is in force, and its number or 未公布."""
    return pd.DataFrame(
        {
            _("Standard"): each.name,
            _("In force at"): each.scope_name,
            _("In force"): period_text(each.valid_from, each.valid_to)
            or (as_of_text(each.number) if each.number else ""),
            _("Number"): mark_text(each.number) if each.number else state_word(model.State.NOT_PUBLISHED),
            _("Remark"): each.note if is_chinese() else "",
        }
        for each in standards
    )


def named_table(places: Iterable[model.NamedPlace]) -> pd.DataFrame:
    """One row per place that a project names, with how much is known of it."""
    return pd.DataFrame(
        {
            _("Lies in"): place.parent_name,
            _("Numbers"): str(len(place.number_ids)),
            _("Statements"): str(place.statements),
            _("Facilities"): str(place.facilities),
        }
        for place in places
    )


def caution_table(cautions: Iterable[tuple[model.Caution, Sequence[model.Number]]]) -> pd.DataFrame:
    """One row per thing that must not be done, why, and with which numbers (of many, the first)."""
    made = []
    for caution, numbers in cautions:
        told = _("; ").join(
            run_on(each.place_name, each.breakdown_name or each.indicator_name, mark_text(each)) for each in numbers
        )
        is_all = len(caution.observation_ids) <= len(numbers)
        made.append(
            {
                _("Kind"): caution_word(caution.kind),
                _("What must not be done"): caution.name,
                _("Numbers"): told if is_all else _("{numbers} and others").format(numbers=told),
                _("Reason"): caution.reason,
            }
        )
    return pd.DataFrame(made)


def divided_table(tellings: Sequence[Sequence[model.Number]]) -> pd.DataFrame:
    """One row per telling (what one place said at one time), one column per item of the breakdown."""
    items = dict.fromkeys(number.breakdown_name for telling in tellings for number in telling)
    return pd.DataFrame(
        {_("Place"): telling[0].place_name, _("Period"): time_text(telling[0])}
        | dict.fromkeys(items, "—")
        | {number.breakdown_name: mark_text(number) for number in telling}
        for telling in tellings
    )


def gap_table(absences: Iterable[model.Absence]) -> pd.DataFrame:
    """One row per thing that is not there: its places (the first and how many, where they are many) and all its
    items and reasons together."""
    made: dict[Hashable, list[model.Absence]] = {}
    for each in absences:
        same = (each.state, each.indicator_name, each.place_name, each.period_start, each.period_end, each.measure)
        made.setdefault((same, bool(each.breakdown)), []).append(each)
    return pd.DataFrame(
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
    )


def _places(absence: model.Absence) -> str:
    if len(absence.places) <= FEW:
        return absence.place_name
    first = absence.place_name.partition("、" if is_chinese() else ",")[0]
    return _("{place} and others, {count} in all").format(place=first, count=len(absence.places))


def facility_table(facilities: Sequence[model.Facility]) -> pd.DataFrame:
    """One row per facility: where it is as far as published."""
    missing = state_word(model.State.NOT_PUBLISHED)
    return pd.DataFrame(
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
    )


def timed_title(card: model.Card) -> str:
    """The title of a headline card with the period of its large number."""
    period = span_text(card.shown[0]) if card.shown else ""
    return _("{title} ({period})").format(title=card.title, period=period) if period else card.title


def project_lines(about: model.RelatedProject) -> list[str]:
    """What stands below a project's name: when it was on the list, who leads it, what it is."""
    years = listed(about.list_years)
    facts = [
        _("on the livelihood list of {years}").format(years=years) if years else "",
        _("lead: {organisation}").format(organisation=about.lead_name) if about.lead_name else "",
    ]
    definition, note = (about.definition, about.note) if is_chinese() else ("", "")
    return list(filter(None, [definition, " · ".join(filter(None, facts)), note]))


ZONE = "functional_zone"


def place_lines(about: model.RelatedPlace) -> list[str]:
    """What stands below a place's name: kind and code, where a zone lies, its other names with their days, a remark."""
    code = _("administrative code {code}").format(code=about.code) if about.code else ""
    facts = [place_kind_word(about.kind), code, _zone(about)]
    names = listed(_alias(each) for each in about.aliases)
    called = _("also called: {names}").format(names=names) if names and is_chinese() else ""
    return list(filter(None, [" · ".join(filter(None, facts)), called, about.note if is_chinese() else ""]))


def _zone(about: model.RelatedPlace) -> str:
    if about.located_in_name:
        return _("lies in {place}").format(place=about.located_in_name)
    return _("no statutory division; no document entered here says which one it lies in") if about.kind == ZONE else ""


def _alias(other: model.Alias) -> str:
    days = [
        _("from {day}").format(day=day_text(other.valid_from)) if other.valid_from else "",
        _("until {day}").format(day=day_text(other.valid_to)) if other.valid_to else "",
    ]
    said = _(", ").join(filter(None, days))
    return _("{title} ({period})").format(title=other.alias, period=said) if said else other.alias


def peer_rank_finding(marks: Iterable[model.Mark], place: str) -> str:
    """礼堂数（2019年）：东区计划6个，3地有数，居第1 - the rank only among exact numbers; a place without a number has its state."""
    shown = [mark for mark in marks if mark.part == "shown"]
    valued = [mark for mark in shown if mark.value is not None]
    own = next(mark for mark in shown if mark.place == place)
    first = valued[0]
    counted = _("{count} of {places} places have a number").format(count=len(valued), places=len(shown))
    parts = [run_on(own.place_name, mark_text(own)), counted]
    if own.value is not None and all(mark.qualifier == model.Qualifier.EXACT for mark in valued):
        ahead = len([mark for mark in valued if mark.amount > own.value])
        same = len([mark for mark in valued if mark.value == own.value])
        rank = _("number {rank}") if same == 1 else _("number {rank}, level with others")
        parts.append(rank.format(rank=ahead + 1))
    indicator = _("{title} ({period})").format(title=first.indicator_name, period=time_text(first))
    return _("{title}: {items}").format(title=indicator, items=_(", ").join(parts))
