"""How is one project doing?"""

from pages.queries import projects
from pages.queries.cautions import cautioned_numbers
from pages.queries.numbers import cited_ids
from pages.widgets import profile
from pages.widgets.charts import show_charts
from pages.widgets.choose import choose_filled_part, choose_one
from pages.widgets.lists import show_conflicts
from pages.widgets.screen import show_foot, show_heading, show_place_line, start_screen
from pages.widgets.sections import show_empty
from pages.wording.catalog import _
from pages.wording.screens import detail_parts, screen_names

release = start_screen()

show_place_line(screen_names()["project"])
options = projects.project_options(release)

if not options:
    show_heading(screen_names()["project"], _("How is one project doing?"))
    show_empty(
        key="projects",
        title=_("No project yet"),
        why=_("This city has no row in reference/projects.csv."),
        fill=_("Enter a project there, then a published document whose numbers name it."),
        command="python -m etl new-source …\npython -m etl build",
    )
else:
    project = choose_one("project", _("Project"), options, default=next(iter(options)))
    about = projects.about_project(release, project)
    numbers = projects.project_numbers(release, project)
    statements = projects.project_statements(release, project)
    places = projects.project_places(release, project)
    profile.show_project_head(about)
    part = choose_filled_part(detail_parts(), {"numbers": (numbers,), "facts": (statements, places)})
    if part == "overview":
        profile.show_why_no_number(about, numbers)
        profile.show_project_cards(projects.project_cards(release, project))
        show_charts(projects.project_charts(release, project))
        if conflicts := projects.project_conflicts(release, project):
            show_conflicts(conflicts)
        profile.show_missing(projects.project_absences(release, project))
    elif part == "numbers":
        profile.show_divided(projects.project_divided(release, project))
        profile.show_others(projects.project_others(release, project), project)
        profile.show_derived(projects.project_derived(release, project))
        profile.show_standards(projects.project_standards(release, project))
        profile.show_cautions(cautioned_numbers(release, cited_ids(numbers)))
    elif part == "facts":
        profile.show_statements_section(statements)
        profile.show_named_places(places)

show_foot()
