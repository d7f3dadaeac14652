"""How do places differ, fairly?"""

from pages.queries.compared import first_of, peers, series
from pages.widgets.choose import choose_if_several, choose_one, choose_part, choose_several
from pages.widgets.comparison import show_comparisons, show_judgements, show_peers
from pages.widgets.screen import show_foot, show_heading, show_place_line, start_screen
from pages.widgets.sections import choices_row, filters_row, show_empty
from pages.wording.catalog import _
from pages.wording.compared import measure_options, peer_options, sort_options, time_options, view_options
from pages.wording.screens import compare_parts, screen_names

release = start_screen()

show_place_line(screen_names()["compare"])
show_heading(screen_names()["compare"], _("How do places differ, fairly?"))

part = choose_part("part", _("Part"), compare_parts(), default="places")

if part == "places":
    offered = series(release)
    if offered:
        parents = {row.parent: row.parent_name for row in offered}
        with filters_row():
            parent = choose_if_several("place", _("Parts of"), parents)
            here = [row for row in offered if row.parent == parent]
            names, first = (
                {row.number.indicator: row.number.indicator_name for row in here},
                first_of(here).number.indicator,
            )
            indicators = choose_several("indicator", _("Indicators (up to 4)"), names, default=first, at_most=4)
            chosen = [row for row in here if row.number.indicator in indicators]
            kind = first_of(chosen).number.measure
            measure = choose_one("measure", _("Kind"), measure_options(chosen), default=kind)
            dated = [row for row in chosen if row.number.measure == measure]
            time = choose_one("period", _("Period"), time_options(dated), default=first_of(dated).time)
        with choices_row():
            view = choose_part("view", _("Shown as"), view_options(), default="value")
            sort = choose_part("sort", _("Order"), sort_options(), default="value")
        show_comparisons(parent, indicators, measure, time, view=view, sort=sort)
    else:
        show_empty(
            key="series",
            title=_("Nothing to compare yet"),
            why=_("No indicator has, for every part of a place, a number or a declared absence."),
            fill=_("Enter a document that prints a number by district; what it leaves out goes into absences.csv."),
            links={_("What is not published"): "absences"},
        )

elif part == "peers":
    groups = peers(release)
    if groups:
        options = peer_options(groups)
        show_peers(choose_one("peers", _("Compared"), options, default=next(iter(options))))
    else:
        show_empty(
            key="peers",
            title=_("No peer city yet"),
            why=_("No other city has a number of the same indicator, and no caution ties two by their years."),
            fill=_("Enter a document of another city; its numbers stand beside the city's own, each with its year."),
        )

elif part == "standards" and not show_judgements():
    show_empty(
        key="standards",
        title=_("Nothing to hold against a standard"),
        why=_("No number is of the same thing as a standard of its own place."),
        fill=_("Standards stand in reference/standards.csv, each with its place, its years and its source."),
    )

show_foot()
