"""What the screens of one project and one place show: its head, its cards, its rank among peers, its numbers and all else by kind."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from etl import model
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.bars import strip_of_peers
from pages.charts.drawing import Drawing
from pages.charts.form import note_of
from pages.queries.cautions import cautions_on
from pages.queries.chart_specs import ChartSpec
from pages.queries.numbers import cited_ids
from pages.queries.suggested_charts import DividedNumbers
from pages.widgets import escaped, sections
from pages.widgets.cache import shown_once
from pages.widgets.charts import marks_in_words
from pages.widgets.links import address, show_link
from pages.widgets.overview import show_headlines
from pages.widgets.panel import panel
from pages.widgets.screen import this_screen
from pages.wording import sections as wording
from pages.wording.catalog import _
from pages.wording.literal import joined, link, markup

PLACE, PROJECT = ("district", "place"), ("project", "project")
"""A screen, and its parameter that names what it is about."""


@shown_once
def show_place_head(about: model.RelatedPlace) -> None:
    """A place's name, a mark on a zone that is no statutory division, what it is, and links to what it lies in and what lies in it."""
    badge = markup(" :small[:gray-badge[{}]]", _("functional zone")) if about.kind == wording.ZONE else ""
    escaped.title(markup("{}{}", about.name, badge), anchor=False)
    escaped.caption(joined("  \n", wording.place_lines(about)))
    _show_related("up", _("Lies in"), dict(reversed(list(about.lineage.items()))), PLACE)
    _show_related("down", _("In it"), about.parts, PLACE)


@shown_once
def show_project_head(about: model.RelatedProject) -> None:
    """A project's name, what it is, and links to the project it is part of and to its parts."""
    escaped.title(about.name, anchor=False)
    escaped.caption(joined("  \n", wording.project_lines(about)))
    _show_related("up", _("Part of"), about.parents, PROJECT)
    _show_related("down", _("Parts"), about.parts, PROJECT)


def _show_related(key: str, label: str, names: Mapping[str, str], screen: tuple[str, str]) -> None:
    if names:
        with st.container(horizontal=True, key=f"related_{key}"):
            escaped.caption(label, width="content")
            for code, name in names.items():
                show_link(name, screen[0], {screen[1]: code})


@shown_once
def show_project_cards(cards: Sequence[model.Card]) -> None:
    """The headline numbers of a project, each title with its period."""
    show_headlines([replace(card, title=wording.timed_title(card)) for card in cards])


def show_no_number(absences: Sequence[model.Absence]) -> None:
    """That no document prints a number of the place, and where its gaps are told: ``absences`` are those that stand below."""
    sections.show_empty(
        key="place_numbers",
        title=_("No published number"),
        why=_("No document entered here prints a number of this place or of a place in it."),
        fill=_("What is expected and not there stands below; a document that prints one fills it.")
        if absences
        else _("Enter a document that prints numbers of this place."),
        links={_("What is not published"): "absences"},
    )


def show_why_no_number(about: model.RelatedProject, numbers: Sequence[model.Number]) -> None:
    """Without ``numbers``, why nothing is counted here, and where to go: a part's numbers stand with the project it is part of."""
    if numbers:
        return
    with st.container(key="empty_project", border=True):
        escaped.markdown(markup("#### {}", _("No number of its own")))
        if about.parents:
            escaped.markdown(_("What was published of this part is counted in the project it belongs to:"))
            for project, name in about.parents.items():
                show_link(name, "project", {"project": project})
        else:
            escaped.markdown(_("No document entered here prints a number of this project."))
            st.code("python -m etl new-source …\npython -m etl build", language=None)
        show_link(_("What is not published"), "sources", {"part": "absences"})


def show_peer_ranks(place: str, charts: Sequence[ChartSpec]) -> None:
    """One strip for each thing that several peers have a number of, with this place's rank; a link to compare them all."""
    release = this_screen().release
    escaped.heading(_("Among its peers"))
    if not charts:
        escaped.caption(
            _("No comparison: it needs the same indicator, kind and time printed for several parts of the same whole.")
        )
        return
    with sections.charts_row("charts_standing", count=len(charts)):
        for chart in charts:
            marks = marks_in_words(release, chart)
            panel(
                key=chart.chart,
                title=wording.peer_rank_finding(marks, place),
                marks=marks,
                chart=_strip(release, chart, place, this_screen().is_dark),
                note=note_of(marks, chart.form, chart.note),
            )
    show_link(_("Compare these places"), "compare", {"place": charts[0].place, "indicator": charts[0].indicator})


@cached_query
def _strip(release: Release, chart: ChartSpec, place: str, dark: bool) -> Drawing:
    return Drawing.of(strip_of_peers(marks=marks_in_words(release, chart), place=place, dark=dark))


def show_numbers_by_project(numbers: Sequence[model.Number]) -> None:
    """Every number of the place and below it, one table for each project, with a link to the project."""
    for project, name in {number.project: number.project_name for number in numbers}.items():
        own = [number for number in numbers if number.project == project]
        sections.show_numbers_section(f"of_{project}", name or _("No project"), own)
        if project:
            show_link(_("The whole project"), "project", {"project": project})


@shown_once
def show_divided(breakdowns: Sequence[DividedNumbers]) -> None:
    """Breakdowns that several places or times have: one table for each, a row for each place and time, with its cautions."""
    for divided in breakdowns:
        ids = [cited_ids(telling) for telling in divided.tellings]
        about = _("; ").join(caution.name for caution in cautions_on(this_screen().release, itertools.chain(*ids)))
        links = {_("Source"): [sections.source_link(each) for each in ids]}
        rows = wording.divided_table(divided.tellings)
        sections.show_section(f"divided_{divided.block}", divided.title, rows, links=links, about=about)


@shown_once
def show_derived(derived: Sequence[model.ComputedNumber]) -> None:
    """The computed numbers, each with its way of computing and its caution."""
    links = {_("Source"): [sections.source_link([each.number.number_id]) for each in derived]}
    about = _("None of these is a published number: each is computed from the published ones it links to.")
    sections.show_section("derived", _("Computed numbers"), wording.derived_table(derived), links=links, about=about)


def show_others(numbers: Sequence[model.Number], project: str) -> None:
    """The printed numbers that no card, chart or table above shows, and the way to the list of all."""
    if numbers:
        sections.show_numbers_section("others", _("Further published numbers"), numbers)
        show_link(_("All numbers of this project"), "sources", {"project": project})


@shown_once
def show_statements_section(statements: Sequence[model.Statement]) -> None:
    """What was published that is no number, by property."""
    if statements:
        groups = wording.statement_groups(statements)
        links = {
            _("Document"): [sections.document_link(first.source, first.source_title) for first, *_others in groups]
        }
        rows = wording.statement_group_table(groups)
        sections.show_section("statements", _("Published facts that are not numbers"), rows, links=links)


@shown_once
def show_standards(standards: Sequence[model.Standard]) -> None:
    """Floors and rules with where and when they are in force."""
    links = {_("Source"): [sections.source_link([each.number.number_id] if each.number else ()) for each in standards]}
    about = _("A place is judged only by a standard of its own scope and year.")
    sections.show_section("standards", _("Standards"), wording.standards_table(standards), links=links, about=about)


@shown_once
def show_named_places(places: Sequence[model.NamedPlace]) -> None:
    """The places below the districts that a project names, each with a link to what is known of it."""
    names = [link(each.name, address("district", {"place": each.place})) for each in places]
    links = {_("Source"): [sections.source_link(each.number_ids) for each in places]}
    title = _("Communities and villages named")
    sections.show_section("named", title, wording.named_table(places), before={_("Place"): names}, links=links)


@shown_once
def show_facilities(facilities: Sequence[model.Facility]) -> None:
    """The facilities with what is published of each."""
    if facilities:
        sections.show_section("facilities", _("Facilities"), wording.facility_table(facilities))


@shown_once
def show_missing(absences: Iterable[model.Absence]) -> None:
    """What is expected here and not there."""
    about = _("Never 0, never an estimate: these numbers are not in any document entered here.")
    sections.show_section("absences", _("Not published, not in the plan"), wording.gap_table(absences), about=about)


@shown_once
def show_cautions(cautions: Sequence[tuple[model.Caution, Sequence[model.Number]]]) -> None:
    """What must not be done with the numbers of this screen, and which ones they are."""
    if cautions:
        links = {
            _("Source"): [sections.source_link([each.number_id for each in numbers]) for _caution, numbers in cautions]
        }
        sections.show_section("cautions", _("Use with care"), wording.caution_table(cautions), links=links)
