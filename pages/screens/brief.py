"""What can I take into the room?"""

from pages.queries.briefs import DISTRICT, LEADER, BriefRequest, brief_periods
from pages.queries.geography import place_options
from pages.widgets.brief import brief_asked, show_brief, show_brief_files
from pages.widgets.choose import choose_one, choose_part
from pages.widgets.screen import show_foot, show_heading, show_place_line, start_screen, this_screen
from pages.widgets.sections import filters_row, show_empty
from pages.wording.catalog import _
from pages.wording.screens import audiences, screen_names

release = start_screen()

show_place_line(screen_names()["brief"])
show_heading(screen_names()["brief"], _("What can I take into the room?"))

audience = choose_part("audience", _("For"), audiences(), default=LEADER)
places = place_options(release)
districts = [each for each in release.city.order if each in places]
years = brief_periods(release)

with filters_row():
    if audience == DISTRICT and districts:
        place = choose_one("place", _("Place"), places, default=districts[0])
    else:
        place = choose_one("place", _("Place"), {"": _("the whole city"), **places})
    period = choose_one("period", _("Period"), {"": _("all"), **{year: year for year in years}})

if years and (place or audience != DISTRICT):
    asked = BriefRequest(audience, place, period)
    show_brief_files(brief_asked(release, asked))
    show_brief(asked, dark=this_screen().is_dark)
else:
    show_empty(
        key="brief",
        title=_("No briefing yet"),
        why=_("No number of this city may be printed yet."),
        fill=_("Enter a published document as a source; its numbers fill the briefing, each with its source."),
        command="python -m etl new-source …\npython -m etl build",
    )

show_foot()
