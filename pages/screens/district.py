"""What do we know about one place?"""

from pages.queries import districts
from pages.queries.cautions import cautioned_numbers
from pages.queries.geography import about_place, place_options
from pages.queries.numbers import cited_ids
from pages.widgets import profile
from pages.widgets.charts import show_charts
from pages.widgets.choose import choose_filled_part, choose_one
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
    in_order = [each for each in release.city.order if each in options]
    place = choose_one("place", _("Place"), options, default=next(iter([*in_order, *options])))
    numbers = districts.place_numbers(release, place)
    cards = districts.place_cards(release, place)
    absences = districts.place_absences(release, place)
    statements = districts.place_statements(release, place)
    facilities = districts.place_facilities(release, place)
    filled = {"overview": (cards, absences), "numbers": (numbers,), "facts": (statements, facilities)}

    profile.show_place_head(about_place(release, place))
    part = choose_filled_part(detail_parts(), filled)
    if part == "overview":
        if not numbers:
            profile.show_no_number(absences)
        profile.show_project_cards(cards)
        profile.show_peer_ranks(place, districts.peer_rank_charts(release, place))
        show_charts(districts.place_charts(release, place))
        profile.show_missing(absences)
    elif part == "numbers":
        profile.show_numbers_by_project(numbers)
        profile.show_standards(districts.place_standards(release, place))
        profile.show_cautions(cautioned_numbers(release, cited_ids(numbers)))
    elif part == "facts":
        profile.show_statements_section(statements)
        profile.show_facilities(facilities)

show_foot()
