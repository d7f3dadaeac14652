"""Is every number of this draft right?"""

from pages.queries.drafts import sample_drafts
from pages.widgets.draft import show_checked_draft
from pages.widgets.handed_in import choose_text
from pages.widgets.screen import show_foot, show_heading, show_place_line, start_screen
from pages.widgets.sections import show_empty
from pages.wording.catalog import _
from pages.wording.screens import screen_names

release = start_screen()

show_place_line(screen_names()["draft"])
show_heading(screen_names()["draft"], _("Is every number of this draft right?"))

samples = sample_drafts(release)
draft = choose_text("draft", _("The draft"), _("Check its numbers"), samples=samples)

if draft:
    show_checked_draft(draft)
else:
    show_empty(
        key="draft",
        title=_("No draft yet"),
        why=_(
            "Each number is held against what is published: does it agree, what should stand there, from which document."
        ),
        fill=_("The draft stays in this session: it is in no link, and nobody else sees it."),
    )

show_foot()
