"""What may be said of a project, and how?"""

from etl.language import CHINESE, in_language
from pages.queries.cautions import cautions_touching
from pages.queries.numbers import cited_ids
from pages.queries.press_questions import never_said, press_questions
from pages.queries.projects import about_project, project_options
from pages.queries.quotable_numbers import quotable_numbers
from pages.reports.press import about_release
from pages.widgets.choose import choose_one, choose_part, choose_words, choose_yes
from pages.widgets.screen import show_foot, show_heading, show_place_line, start_screen
from pages.widgets.sections import filters_row, show_empty
from pages.widgets.words import show_press_files, show_questions, show_sentences, show_unsaid
from pages.wording.briefs import found, general, prepared, press_sheet, unsaid_entries, without_computed
from pages.wording.catalog import _
from pages.wording.screens import screen_names, words_parts
from pages.wording.sentences import questions, sentences

release = start_screen()

show_place_line()
show_heading(screen_names()["words"], _("What may be said of a project, and how?"))
options = project_options(release)

if not options:
    show_empty(
        key="words",
        title=_("Nothing to say yet"),
        why=_("Sentences are made from the numbers of a project, and this city has no project yet."),
        fill=_(
            "Enter a project, then a published document whose numbers name it: every number gets a sentence by itself. Rows of reference/sentences.csv say it better."
        ),
        command="python -m etl new-source …\npython -m etl build",
    )
else:
    with filters_row():
        project = choose_one("project", _("Project"), options, default=next(iter(options)))
        search = choose_words("q", _("Search"), placeholder=_("a word or a number of a sentence"))
    part = choose_part("part", _("Part"), words_parts(), default="say")
    computed = choose_yes(
        "computed",
        _("Computed numbers too"),
        help_text=_("They follow from published numbers but are not published themselves."),
    )

    found_sentences = quotable_numbers(release, project)
    said = sentences(found_sentences)
    shown = found(without_computed(said) if not computed else said, search)
    asked = questions(press_questions(release, project), without_computed(said))
    with in_language(CHINESE):
        warned = cautions_touching(release, cited_ids(number for each in found_sentences for number in each.numbers))
        about = about_project(release, project)
    unsaid = unsaid_entries(said, never_said(release, project), warned, computed=computed)

    if not said:
        show_empty(
            key="words",
            title=_("Nothing to say of this project"),
            why=_("None of its numbers is published in a checked document, or all stand with another project."),
            links={_("What is not published"): "absences"},
        )
    elif part == "say":
        show_sentences("said", _("Prepared sentences"), prepared(shown))
        show_sentences("general", _("Other numbers, in general words"), general(shown))
    elif part == "ask":
        show_questions(asked)
    else:
        show_unsaid(_("Not to be said"), unsaid)
    sheet = press_sheet(about.name, shown, asked, unsaid, about=about_release(release))
    show_press_files(sheet, project)

show_foot()
