"""Where does this number come from?"""

from pages.queries.searchable import examples, searchable
from pages.widgets.choose import choose_words
from pages.widgets.screen import show_foot, show_heading, show_place_line, start_screen
from pages.widgets.search_results import show_examples, show_found
from pages.widgets.sections import show_empty
from pages.wording.catalog import _
from pages.wording.screens import screen_names

release = start_screen()

show_place_line(screen_names()["search"])
show_heading(screen_names()["search"], _("Where does this number come from, and where does it stand?"))

line = choose_words("q", _("Search"), placeholder=_("148万, 1480000, a place, an indicator, pinyin initials …"))

if line:
    show_found(searchable(release), line)
elif tries := examples(release):
    show_examples(tries, _("For example:"))
else:
    show_empty(
        key="search",
        title=_("Nothing to find yet"),
        why=_("Nothing has been entered for this city."),
        fill=_("Make a folder for a document and enter its numbers in facts.csv, then build:"),
        command="python -m etl new-source …\npython -m etl build",
    )

show_foot()
