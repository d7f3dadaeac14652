"""What only the district screen shows: the head of a place, its standing among its peers, its numbers by project."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from etl.model import Absence, Number, RelatedPlace
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.bars import strip_of_peers
from pages.charts.drawing import Drawing
from pages.charts.form import note_of
from pages.queries.chart_specs import ChartSpec
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.charts import marks_in_words
from pages.widgets.links import show_link
from pages.widgets.panel import panel
from pages.widgets.screen import this_screen
from pages.widgets.sections import charts_row, show_empty, show_numbers_section
from pages.wording.catalog import _
from pages.wording.districts import peer_rank_finding, place_lines
from pages.wording.literal import joined, markup

SCREEN, PARAM = "district", "place"
ZONE = "functional_zone"


@shown_once
def show_place_head(about: RelatedPlace) -> None:
    """A place's name, a mark on a zone that is no statutory division, what it is, and links to what it lies in and what lies in it."""
    badge = markup(" :small[:gray-badge[{}]]", _("functional zone")) if about.kind == ZONE else ""
    escaped.title(markup("{}{}", about.name, badge), anchor=False)
    escaped.caption(joined("  \n", place_lines(about)))
    upwards = dict(reversed(list(about.lineage.items())))
    for key, label, places in (("up", _("Lies in"), upwards), ("down", _("In it"), about.parts)):
        if places:
            with st.container(horizontal=True, key=f"related_{key}"):
                escaped.caption(label, width="content")
                for place, name in places.items():
                    show_link(name, SCREEN, {PARAM: place})


def show_no_number(absences: Sequence[Absence]) -> None:
    """That no document prints a number of the place, and where its gaps are told: ``absences`` are those that stand below."""
    show_empty(
        key="place_numbers",
        title=_("No published number"),
        why=_("No document entered here prints a number of this place or of a place in it."),
        fill=_("What is expected and not there stands below; a document that prints one fills it.")
        if absences
        else _("Enter a document that prints numbers of this place."),
        links={_("What is not published"): "absences"},
    )


def show_peer_ranks(place: str, charts: Sequence[ChartSpec]) -> None:
    """One strip for each thing that several peers have a number of, with this place's rank; a link to compare them all."""
    release = this_screen().release
    escaped.heading(_("Among its peers"))
    if not charts:
        escaped.caption(
            _("No comparison: it needs the same indicator, kind and time printed for several parts of the same whole.")
        )
        return
    with charts_row("charts_standing", count=len(charts)):
        for chart in charts:
            marks = marks_in_words(release, chart)
            panel(
                key=chart.chart,
                title=peer_rank_finding(marks, place),
                marks=marks,
                chart=strip(release, chart, place, this_screen().is_dark),
                note=note_of(marks, chart.form, chart.note),
            )
    show_link(_("Compare these places"), "compare", {"place": charts[0].place, "indicator": charts[0].indicator})


@cached_query
def strip(release: Release, chart: ChartSpec, place: str, dark: bool) -> Drawing:
    """The chart of one standing."""
    return Drawing.of(strip_of_peers(marks=marks_in_words(release, chart), place=place, dark=dark))


def show_numbers_by_project(numbers: Sequence[Number]) -> None:
    """Every number of the place and below it, one table for each project, with a link to the project."""
    for project, name in {number.project: number.project_name for number in numbers}.items():
        own = [number for number in numbers if number.project == project]
        show_numbers_section(f"of_{project}", name or _("No project"), own)
        if project:
            show_link(_("The whole project"), "project", {"project": project})
