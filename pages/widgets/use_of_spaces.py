"""The spaces one by one: who is used most, fairly counted, and how new ones come into use."""

from __future__ import annotations

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.bars import horizontal_bars
from pages.charts.drawing import Drawing
from pages.queries.use_patterns import spaces_ranked, use_after_opening
from pages.widgets import escaped
from pages.widgets.choose import choose_one, choose_part
from pages.widgets.panel import panel
from pages.widgets.screen import this_screen
from pages.widgets.sections import filters_row, show_section
from pages.wording.catalog import _
from pages.wording.use_of_spaces import (
    ramp_finding,
    ramp_note,
    rank_options,
    spaces_finding,
    spaces_note,
    spaces_table,
    span_text,
    worded_ramp,
    worded_spaces,
)

TOP = 15
"""So many spaces the chart shows."""


def show_spaces(project: str) -> None:
    """The ranking of the spaces with its rule, the table of all of them, and what came after openings."""
    release = this_screen().release
    order = {place: rank for rank, place in enumerate(release.city.order)}
    facilities = [ranked.space.facility for ranked in spaces_ranked(release, project, "per_day")]
    places = {facility.place: facility.place_name for facility in facilities}
    with filters_row():
        in_order = {place: places[place] for place in sorted(places, key=lambda place: order.get(place, len(order)))}
        place = choose_one("place", _("Place"), {"": _("all"), **in_order})
    by = choose_part("by", _("Order"), rank_options(), default="per_day")
    ranked = spaces_ranked(release, project, by, place)
    panel(
        key="usage_spaces",
        title=spaces_finding(ranked, by),
        marks=worded_spaces(ranked, by),
        chart=drawn_spaces(release, project, by, place, this_screen().is_dark),
        note=spaces_note(ranked, by, TOP),
    )
    _show_openings(project)
    about = _("From the logs of {period}; a rate that needs what is not published stands as —.").format(
        period=span_text(ranked)
    )
    with escaped.expander(_("All spaces")):
        show_section("spaces", _("All spaces"), spaces_table(ranked), about=about)


def _show_openings(project: str) -> None:
    release = this_screen().release
    steps = use_after_opening(release, project)
    if steps:
        panel(
            key="usage_openings",
            title=ramp_finding(steps),
            marks=worded_ramp(steps),
            chart=drawn_openings(release, project, this_screen().is_dark),
            note=ramp_note(steps),
        )


@cached_query
def drawn_spaces(release: Release, project: str, by: str, place: str, dark: bool) -> Drawing:
    """The first spaces of the ranking as a chart."""
    ranked = worded_spaces(spaces_ranked(release, project, by, place), by)
    return Drawing.of(horizontal_bars(marks=ranked[:TOP], dark=dark))


@cached_query
def drawn_openings(release: Release, project: str, dark: bool) -> Drawing:
    """The steps after an opening as a chart."""
    return Drawing.of(horizontal_bars(marks=worded_ramp(use_after_opening(release, project)), dark=dark))
