"""What only the project screen shows: the head of a project, its parts, and why a project has no number."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

import streamlit as st

from etl.model import (
    Absence,
    Card,
    Caution,
    ComputedNumber,
    Facility,
    NamedPlace,
    Number,
    RelatedProject,
    Standard,
    Statement,
)
from pages.queries.cautions import cautions_on
from pages.queries.numbers import cited_ids
from pages.queries.suggested_charts import DividedNumbers
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.links import show_link
from pages.widgets.overview import show_headlines
from pages.widgets.screen import this_screen
from pages.widgets.sections import document_link, screen_links, show_numbers_section, show_section, source_link
from pages.wording.catalog import _
from pages.wording.literal import joined, markup
from pages.wording.sections import (
    caution_table,
    derived_table,
    divided_table,
    facility_table,
    gap_table,
    named_table,
    project_lines,
    standards_table,
    statement_group_table,
    statement_groups,
    timed_title,
)

SCREEN, PARAM = "project", "project"


@shown_once
def show_project_head(about: RelatedProject) -> None:
    """A project's name, what it is, and links to the project it is part of and to its parts."""
    escaped.title(about.name, anchor=False)
    escaped.caption(joined("  \n", project_lines(about)))
    for key, label, others in (("up", _("Part of"), about.parents), ("down", _("Parts"), about.parts)):
        if others:
            with st.container(horizontal=True, key=f"related_{key}"):
                escaped.caption(label, width="content")
                for project, name in others.items():
                    show_link(name, SCREEN, {PARAM: project})


@shown_once
def show_project_cards(cards: Sequence[Card]) -> None:
    """The headline numbers of a project, each title with its period."""
    show_headlines([replace(card, title=timed_title(card)) for card in cards])


def show_why_no_number(about: RelatedProject, numbers: Sequence[Number]) -> None:
    """Without ``numbers``, why nothing is counted here, and where to go: a part's numbers stand with the project it is part of."""
    if numbers:
        return
    with st.container(key="empty_project", border=True):
        escaped.markdown(markup("#### {}", _("No number of its own")))
        if about.parents:
            escaped.markdown(_("What was published of this part is counted in the project it belongs to:"))
            for project, name in about.parents.items():
                show_link(name, SCREEN, {PARAM: project})
        else:
            escaped.markdown(_("No document entered here prints a number of this project."))
            st.code("python -m etl new-source …\npython -m etl build", language=None)
        show_link(_("What is not published"), "sources", {"part": "absences"})


@shown_once
def show_divided(breakdowns: Sequence[DividedNumbers]) -> None:
    """Breakdowns that several places or times have: one table for each, a row for each place and time, with its cautions."""
    release = this_screen().release
    for divided in breakdowns:
        ids = [cited_ids(telling) for telling in divided.tellings]
        about = _("; ").join(caution.name for caution in cautions_on(release, itertools.chain(*ids)))
        links = {_("Source"): [source_link(each) for each in ids]}
        rows = divided_table(divided.tellings)
        show_section(f"divided_{divided.block}", divided.title, rows, links=links, about=about)


@shown_once
def show_derived(derived: Sequence[ComputedNumber]) -> None:
    """The computed numbers, each with its way of computing and its caution."""
    links = {_("Source"): [source_link([each.number.number_id]) for each in derived]}
    about = _("None of these is a published number: each is computed from the published ones it links to.")
    show_section("derived", _("Computed numbers"), derived_table(derived), links=links, about=about)


def show_others(numbers: Sequence[Number], project: str) -> None:
    """The printed numbers that no card, chart or table above shows, and the way to the list of all."""
    if numbers:
        show_numbers_section("others", _("Further published numbers"), numbers)
        show_link(_("All numbers of this project"), "sources", {PARAM: project})


@shown_once
def show_statements_section(statements: Sequence[Statement]) -> None:
    """What was published that is no number, by property."""
    if statements:
        groups = statement_groups(statements)
        links = {_("Document"): [document_link(first.source, first.source_title) for first, *_others in groups]}
        rows = statement_group_table(groups)
        show_section("statements", _("Published facts that are not numbers"), rows, links=links)


@shown_once
def show_standards(standards: Sequence[Standard]) -> None:
    """Floors and rules with where and when they are in force."""
    links = {_("Source"): [source_link([each.number.number_id] if each.number else ()) for each in standards]}
    about = _("A place is judged only by a standard of its own scope and year.")
    show_section("standards", _("Standards"), standards_table(standards), links=links, about=about)


@shown_once
def show_named_places(places: Sequence[NamedPlace]) -> None:
    """The places below the districts that a project names, each with a link to what is known of it."""
    names = screen_links("district", "place", [each.place for each in places], [each.name for each in places])
    links = {_("Source"): [source_link(each.number_ids) for each in places]}
    title = _("Communities and villages named")
    show_section("named", title, named_table(places), before={_("Place"): names}, links=links)


@shown_once
def show_facilities(facilities: Sequence[Facility]) -> None:
    """The facilities with what is published of each."""
    if facilities:
        show_section("facilities", _("Facilities"), facility_table(facilities))


@shown_once
def show_missing(absences: Iterable[Absence]) -> None:
    """What is expected here and not there."""
    about = _("Never 0, never an estimate: these numbers are not in any document entered here.")
    show_section("absences", _("Not published, not in the plan"), gap_table(absences), about=about)


@shown_once
def show_cautions(cautions: Sequence[tuple[Caution, Sequence[Number]]]) -> None:
    """What must not be done with the numbers of this screen, and which ones they are."""
    if cautions:
        links = {_("Source"): [source_link([each.number_id for each in numbers]) for _caution, numbers in cautions]}
        show_section("cautions", _("Use with care"), caution_table(cautions), links=links)
