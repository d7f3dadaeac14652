"""How does a new bulletin get into the tables?"""

from pages.widgets.handed_in import choose_text
from pages.widgets.intake import show_intake
from pages.widgets.screen import show_foot, show_heading, show_place_line, start_screen
from pages.widgets.sections import show_empty
from pages.wording.catalog import _
from pages.wording.screens import screen_names

release = start_screen()

show_place_line(screen_names()["intake"])
show_heading(screen_names()["intake"], _("How does a new bulletin get into the tables?"))

document = choose_text("intake", _("The bulletin"), _("Read its numbers"))

if document:
    show_intake(document)
else:
    show_empty(
        key="intake",
        title=_("No bulletin yet"),
        why=_("Its numbers are read and stand beside the text: accept, edit or leave out each of them."),
        fill=_(
            "Then a source is written, reconciled with everything that is there, and published; or nothing is, and you are told why."
        ),
    )

show_foot()
