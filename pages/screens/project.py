"""How is one project doing?"""

from pages.queries.cautions import cautioned_numbers
from pages.queries.numbers import cited_ids
from pages.queries.projects import (
    about_project,
    project_absences,
    project_cards,
    project_charts,
    project_conflicts,
    project_derived,
    project_divided,
    project_numbers,
    project_options,
    project_others,
    project_places,
    project_standards,
    project_statements,
)
from pages.widgets.charts import show_charts
from pages.widgets.choose import choose_filled_part, choose_one
from pages.widgets.lists import show_conflicts
from pages.widgets.profile import (
    show_cautions,
    show_derived,
    show_divided,
    show_missing,
    show_named_places,
    show_others,
    show_project_cards,
    show_project_head,
    show_standards,
    show_statements_section,
    show_why_no_number,
)
from pages.widgets.screen import show_foot, show_heading, show_place_line, start_screen
from pages.widgets.sections import show_empty
from pages.wording.catalog import _
from pages.wording.screens import detail_parts, screen_names

release = start_screen()

show_place_line(screen_names()["project"])
options = project_options(release)

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
    about = about_project(release, project)
    numbers = project_numbers(release, project)
    statements = project_statements(release, project)
    places = project_places(release, project)
    show_project_head(about)
    part = choose_filled_part(detail_parts(), {"numbers": (numbers,), "facts": (statements, places)})
    if part == "overview":
        show_why_no_number(about, numbers)
        show_project_cards(project_cards(release, project))
        show_charts(project_charts(release, project))
        if conflicts := project_conflicts(release, project):
            show_conflicts(conflicts)
        show_missing(project_absences(release, project))
    elif part == "numbers":
        show_divided(project_divided(release, project))
        show_others(project_others(release, project), project)
        show_derived(project_derived(release, project))
        show_standards(project_standards(release, project))
        show_cautions(cautioned_numbers(release, cited_ids(numbers)))
    elif part == "facts":
        show_statements_section(statements)
        show_named_places(places)

show_foot()
