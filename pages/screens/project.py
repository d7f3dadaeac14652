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
from pages.widgets.charted import show_charts
from pages.widgets.choose import choose_filled_part, choose_one
from pages.widgets.empty import show_empty
from pages.widgets.lists import show_conflicts
from pages.widgets.project import (
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
from pages.widgets.theme import enter, show_foot, show_heading, show_place_line
from pages.wording.screens import detail_parts, screen_names

release, _ = enter()

show_place_line(release, screen_names(_)["project"], _=_)
options = project_options(release, lang=_.lang)

if not options:
    show_heading(screen_names(_)["project"], _("How is one project doing?"))
    show_empty(
        key="projects",
        title=_("No project yet"),
        why=_("This city has no row in reference/projects.csv."),
        fill=_("Enter a project there, then a published document whose numbers name it."),
        command="python -m etl new-source …\npython -m etl build",
    )
else:
    project = choose_one("project", _("Project"), options, default=next(iter(options)))
    about = about_project(release, project, lang=_.lang)
    numbers = project_numbers(release, project, lang=_.lang)
    statements = project_statements(release, project, lang=_.lang)
    places = project_places(release, project, lang=_.lang)
    show_project_head(about, _)
    part = choose_filled_part(detail_parts(_), {"numbers": (numbers,), "facts": (statements, places)}, _)
    if part == "overview":
        show_why_no_number(about, numbers, _)
        show_project_cards(project_cards(release, project, lang=_.lang), release=release, _=_)
        show_charts(project_charts(release, project, lang=_.lang), release=release, _=_)
        if len(conflicts := project_conflicts(release, project, lang=_.lang)):
            show_conflicts(conflicts, release=release, _=_)
        show_missing(project_absences(release, project, lang=_.lang), _)
    elif part == "numbers":
        show_divided(project_divided(release, project, lang=_.lang), release=release, _=_)
        show_others(project_others(release, project, lang=_.lang), project, release=release, _=_)
        show_derived(project_derived(release, project, lang=_.lang), _)
        show_standards(project_standards(release, project, lang=_.lang), _)
        show_cautions(cautioned_numbers(release, tuple(cited_ids(numbers)), lang=_.lang), _)
    elif part == "facts":
        show_statements_section(statements, _)
        show_named_places(places, _)

show_foot(release, _)
