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
from pages.widgets.cache import cached
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
options = cached(release, project_options, lang=_.lang)

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
    about = cached(release, about_project, project, lang=_.lang)
    numbers = cached(release, project_numbers, project, lang=_.lang)
    statements = cached(release, project_statements, project, lang=_.lang)
    places = cached(release, project_places, project, lang=_.lang)
    show_project_head(about, _)
    part = choose_filled_part(detail_parts(_), {"numbers": (numbers,), "facts": (statements, places)}, _)
    if part == "overview":
        show_why_no_number(about, numbers, _)
        show_project_cards(cached(release, project_cards, project, lang=_.lang), release=release, _=_)
        show_charts(cached(release, project_charts, project, lang=_.lang), release=release, _=_)
        if len(conflicts := cached(release, project_conflicts, project, lang=_.lang)):
            show_conflicts(conflicts, release=release, _=_)
        show_missing(cached(release, project_absences, project, lang=_.lang), _)
    elif part == "numbers":
        show_divided(cached(release, project_divided, project, lang=_.lang), release=release, _=_)
        show_others(cached(release, project_others, project, lang=_.lang), project, release=release, _=_)
        show_derived(cached(release, project_derived, project, lang=_.lang), _)
        show_standards(cached(release, project_standards, project, lang=_.lang), _)
        show_cautions(cached(release, cautioned_numbers, tuple(cited_ids(numbers)), lang=_.lang), _)
    elif part == "facts":
        show_statements_section(statements, _)
        show_named_places(places, _)

show_foot(release, _)
