"""What do we know about one place?"""

from pages.queries.cautions import cautioned_numbers
from pages.queries.districts import (
    peer_rank_charts,
    place_absences,
    place_cards,
    place_charts,
    place_facilities,
    place_numbers,
    place_standards,
    place_statements,
)
from pages.queries.geography import about_place, place_options
from pages.queries.numbers import cited_ids
from pages.widgets.charts import show_charts
from pages.widgets.choose import choose_filled_part, choose_one
from pages.widgets.profile import (
    show_cautions,
    show_facilities,
    show_missing,
    show_no_number,
    show_numbers_by_project,
    show_peer_ranks,
    show_place_head,
    show_project_cards,
    show_standards,
    show_statements_section,
)
from pages.widgets.screen import show_foot, show_heading, show_place_line, start_screen
from pages.widgets.sections import show_empty
from pages.wording.catalog import _
from pages.wording.screens import detail_parts, screen_names

release = start_screen()

show_place_line(screen_names()["district"])
options = place_options(release)

if not options:
    show_heading(screen_names()["district"], _("What do we know about one place?"))
    show_empty(
        key="places",
        title=_("No place yet"),
        why=_("This city has no row in reference/places.csv."),
        fill=_("A new city's districts come from its administrative code; others are rows of places.csv."),
        command="python -m etl new-city …\npython -m etl build",
    )
else:
    districts = [each for each in release.city.order if each in options]
    place = choose_one("place", _("Place"), options, default=next(iter([*districts, *options])))
    numbers = place_numbers(release, place)
    cards = place_cards(release, place)
    absences = place_absences(release, place)
    statements = place_statements(release, place)
    facilities = place_facilities(release, place)
    filled = {"overview": (cards, absences), "numbers": (numbers,), "facts": (statements, facilities)}

    show_place_head(about_place(release, place))
    part = choose_filled_part(detail_parts(), filled)
    if part == "overview":
        if not numbers:
            show_no_number(absences)
        show_project_cards(cards)
        show_peer_ranks(place, peer_rank_charts(release, place))
        show_charts(place_charts(release, place))
        show_missing(absences)
    elif part == "numbers":
        show_numbers_by_project(numbers)
        show_standards(place_standards(release, place))
        show_cautions(cautioned_numbers(release, cited_ids(numbers)))
    elif part == "facts":
        show_statements_section(statements)
        show_facilities(facilities)

show_foot()
