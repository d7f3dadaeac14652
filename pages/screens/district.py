"""What do we know about one place?"""

from pages.queries.cautions import cautioned_numbers
from pages.queries.districts import (
    place_absences,
    place_cards,
    place_charts,
    place_facilities,
    place_numbers,
    place_standards,
    place_standing,
    place_statements,
)
from pages.queries.geography import about_place, place_options
from pages.queries.numbers import cited_ids
from pages.widgets.charted import show_charts
from pages.widgets.choose import choose_filled_part, choose_one
from pages.widgets.district import (
    show_no_number,
    show_numbers_by_project,
    show_place_head,
    show_standing_among_peers,
)
from pages.widgets.empty import show_empty
from pages.widgets.project import (
    show_cautions,
    show_facilities,
    show_missing,
    show_project_cards,
    show_standards,
    show_statements_section,
)
from pages.widgets.theme import enter, show_foot, show_heading, show_place_line
from pages.wording.screens import detail_parts, screen_names

release, _ = enter()

show_place_line(release, screen_names(_)["district"], _=_)
options = place_options(release, lang=_.lang)

if not options:
    show_heading(screen_names(_)["district"], _("What do we know about one place?"))
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
    numbers = place_numbers(release, place, lang=_.lang)
    cards = place_cards(release, place, lang=_.lang)
    absences = place_absences(release, place, lang=_.lang)
    statements = place_statements(release, place, lang=_.lang)
    facilities = place_facilities(release, place, lang=_.lang)
    filled = {"overview": (cards, absences), "numbers": (numbers,), "facts": (statements, facilities)}

    show_place_head(about_place(release, place, lang=_.lang), _)
    part = choose_filled_part(detail_parts(_), filled, _)
    if part == "overview":
        if numbers.empty:
            show_no_number(absences, _)
        show_project_cards(cards, release=release, _=_)
        show_standing_among_peers(place, place_standing(release, place, lang=_.lang), release=release, _=_)
        show_charts(place_charts(release, place, lang=_.lang), release=release, _=_)
        show_missing(absences, _)
    elif part == "numbers":
        show_numbers_by_project(numbers, release=release, _=_)
        show_standards(place_standards(release, place, lang=_.lang), _)
        show_cautions(cautioned_numbers(release, tuple(cited_ids(numbers)), lang=_.lang), _)
    elif part == "facts":
        show_statements_section(statements, _)
        show_facilities(facilities, _)

show_foot(release, _)
