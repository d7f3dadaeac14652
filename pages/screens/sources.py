"""Says who? Every number with its source, its checks, and what nobody has published."""

from pages.queries.cautions import cautioned_numbers, cautions
from pages.queries.data_quality import absences, checks, conflicts
from pages.queries.documents import documents, marked_document, statements_of
from pages.queries.numbers import numbers_by_id
from pages.queries.observations import FILTERS, filter_options
from pages.queries.projects import project_indicators, standards
from pages.queries.reference import terms
from pages.widgets import lists
from pages.widgets.choose import choose_one, choose_part, choose_words, in_link
from pages.widgets.detail import show_detail, show_document
from pages.widgets.profile import show_cautions
from pages.widgets.screen import show_foot, show_heading, show_place_line, start_screen
from pages.widgets.sections import filters_row
from pages.wording.catalog import _
from pages.wording.screens import filter_labels, screen_names, source_parts

release = start_screen()

show_place_line()
show_heading(screen_names()["sources"], _("Every number here leads to the document it was printed in."))

part = choose_part("part", _("Part"), source_parts(), default="numbers")

if part == "numbers":
    selected = numbers_by_id(release, in_link("observation"))
    show_detail(selected, in_link("observation"))
    options, labels = filter_options(release), filter_labels()
    search = choose_words("q", _("Search"), placeholder=_("148万, 1480000, a place, an indicator …"))
    with filters_row():
        chosen = {column: choose_one(column, labels[column], {"": _("all"), **options[column]}) for column in FILTERS}
    lists.show_numbers(chosen, search)

elif part == "documents":
    known = documents(release)
    lists.show_documents(known)
    if known:
        titles = {"": _("choose a document")} | {each.source: each.title for each in known}
        if source := choose_one("source", _("Document"), titles):
            show_document(next(each for each in known if each.source == source), marked_document(release, source))

elif part == "checks":
    lists.show_checks(checks(release))

elif part == "conflicts":
    lists.show_conflicts(conflicts(release))

elif part == "absences":
    lists.show_absences(absences(release))

elif part == "statements":
    lists.show_statements(statements_of(release))

elif part == "definitions":
    projects = filter_options(release)["project"]
    project = choose_one("project", filter_labels()["project"], {"": _("all"), **projects})
    lists.show_definitions(project_indicators(release, project))
    every = tuple(each for caution in cautions(release) for each in caution.observation_ids)
    show_cautions(cautioned_numbers(release, every))

elif part == "standards":
    lists.show_standards_list(standards(release))

elif part == "glossary":
    lists.show_glossary(terms(release))

elif part == "tables":
    lists.show_tables()

show_foot()
