"""Where?"""

from pages.queries.compared import first_of, series
from pages.widgets.charts import show_map
from pages.widgets.choose import choose_one, choose_part
from pages.widgets.screen import show_foot, show_heading, show_place_line, start_screen
from pages.widgets.sections import filters_row, show_empty
from pages.wording.catalog import _
from pages.wording.compared import measure_options, time_options
from pages.wording.screens import map_views, screen_names

release = start_screen()

show_place_line(screen_names()["map"])
show_heading(screen_names()["map"], _("Where?"))

offered = [row for row in series(release) if row.parent == release.city.place]

if offered:
    first = first_of(offered)
    with filters_row():
        names = {row.number.indicator: row.number.indicator_name for row in offered}
        indicator = choose_one("indicator", _("Indicator"), names, default=first.number.indicator)
        chosen = [row for row in offered if row.number.indicator == indicator]
        measure = choose_one("measure", _("Kind"), measure_options(chosen), default=first_of(chosen).number.measure)
        dated = [row for row in chosen if row.number.measure == measure]
        time = choose_one("period", _("Period"), time_options(dated), default=first_of(dated).time)
    view = choose_part("view", _("Shown as"), map_views(), default="outlines")
    show_map(indicator, measure, time, view=view)
else:
    show_empty(
        key="map",
        title=_("Nothing to put on a map yet"),
        why=_("No indicator has, for every part of the city, a number or a declared absence."),
        fill=_("Enter a document that prints a number by district; what it leaves out goes into absences.csv."),
        links={_("What is not published"): "absences"},
    )

show_foot()
