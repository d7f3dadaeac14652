"""Are the reading spaces used?"""

from pages.queries import projects
from pages.queries.cautions import cautioned_numbers
from pages.queries.chart_specs import charts_of
from pages.queries.numbers import cited_ids
from pages.queries.usage import logged_facilities, project_of_screen
from pages.widgets import profile
from pages.widgets.charts import show_charts
from pages.widgets.choose import choose_part
from pages.widgets.links import show_link
from pages.widgets.screen import show_foot, show_heading, show_place_line, start_screen
from pages.widgets.sections import show_empty
from pages.widgets.usage import choose_facility, show_forecast, show_log_quality, show_no_log, show_spaces, show_trend
from pages.wording.catalog import _
from pages.wording.screens import screen_names
from pages.wording.usage import reading_parts

release = start_screen()

show_place_line(screen_names()["reading"])
show_heading(screen_names()["reading"], _("Are the reading spaces used?"))
project = project_of_screen(release, "reading")
part = "everything"

if not project:
    show_empty(
        key="reading",
        title=_("No reading space yet"),
        why=_("No chart in reference/charts.csv stands on this screen, and no facility has a gate log."),
        fill=_("Name the numbers of visits, loans and cards in charts.csv with screen=reading, or hand in the spaces' gate logs."),
        command="python -m etl new-source …\npython -m etl build",
    )  # fmt: skip
elif logged_facilities(release, project):
    part = choose_part("part", _("Part"), reading_parts(), default="overview")

if project and part in ("overview", "everything"):
    profile.show_project_cards(projects.project_cards(release, project))
    show_charts(charts_of(release, "reading"))
if project and part == "everything":
    show_no_log()
if part == "trend":
    show_trend(project, choose_facility(project))
if part == "forecast":
    show_forecast(project, choose_facility(project))
if part == "spaces":
    show_spaces(project)
if part == "quality":
    show_log_quality()
if project and part in ("notes", "everything"):
    numbers = projects.project_numbers(release, project)
    profile.show_derived(projects.project_derived(release, project))
    profile.show_others(projects.project_others(release, project, "reading"), project)
    profile.show_statements_section(projects.project_statements(release, project))
    profile.show_facilities(projects.project_facilities(release, project))
    profile.show_cautions(cautioned_numbers(release, cited_ids(numbers)))
    profile.show_missing(projects.project_absences(release, project))
if project:
    show_link(_("The whole project"), "project", {"project": project})

show_foot()
