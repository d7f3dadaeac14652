"""The spaces one by one: who is used most, fairly counted, and how new ones come into use."""

from __future__ import annotations

import pandas as pd

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.bars import horizontal_bars
from pages.charts.drawing import Drawing
from pages.queries.numbers import records
from pages.queries.use_patterns import spaces_ranked, use_after_opening
from pages.widgets import escaped
from pages.widgets.choose import choose_one, choose_part
from pages.widgets.layout import filters_row
from pages.widgets.panel import panel
from pages.widgets.screen import this_screen
from pages.widgets.sections import show_section
from pages.wording.catalog import _
from pages.wording.marks import worded_from_frame
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
    every = spaces_ranked(release, project, "per_day")
    with filters_row():
        places = dict(
            sorted(
                {row["place"]: row["place_name"] for row in records(every)}.items(),
                key=lambda pair: _rank(pair[0]),
            )
        )
        place = choose_one("place", _("Place"), {"": _("all"), **places})
    by = choose_part("by", _("Order"), rank_options(), default="per_day")
    ranked = spaces_ranked(release, project, by, place)
    panel(
        key="usage_spaces", title=spaces_finding(ranked, by), marks=worded_from_frame(worded_spaces(ranked, by)), chart=drawn_spaces(release, project, by, place, this_screen().is_dark), note=spaces_note(ranked, by, TOP))  # fmt: skip
    _show_openings(project)
    about = _("From the logs of {period}; a rate that needs what is not published stands as —.").format(
        period=span_text(ranked)
    )
    with escaped.expander(_("All spaces")):
        show_section("spaces", _("All spaces"), spaces_table(ranked), about=about)


def _rank(place: str) -> int:
    release = this_screen().release
    order = list(release.city.order)
    return order.index(place) if place in order else len(order)


def _show_openings(project: str) -> None:
    release = this_screen().release
    steps = use_after_opening(release, project)
    if len(steps):
        panel(
            key="usage_openings", title=ramp_finding(steps), marks=worded_from_frame(worded_ramp(steps)), chart=drawn_openings(release, project, this_screen().is_dark), note=ramp_note(steps))  # fmt: skip


@cached_query
def drawn_spaces(release: Release, project: str, by: str, place: str, dark: bool) -> Drawing:
    """The first spaces of the ranking as a chart."""
    ranked: pd.DataFrame = worded_spaces(spaces_ranked(release, project, by, place), by)
    return Drawing.of(horizontal_bars(marks=worded_from_frame(ranked.head(TOP)), dark=dark))


@cached_query
def drawn_openings(release: Release, project: str, dark: bool) -> Drawing:
    """The steps after an opening as a chart."""
    return Drawing.of(
        horizontal_bars(marks=worded_from_frame(worded_ramp(use_after_opening(release, project))), dark=dark)
    )
