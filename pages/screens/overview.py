"""Where does the year stand?"""

from pages.charts.drawn import drawn
from pages.queries.charted import charts_of, marks_of
from pages.queries.evidence import evidence
from pages.queries.headlines import card_ids, headlines
from pages.queries.numbers import cited_ids, records
from pages.queries.standing import counts
from pages.widgets.empty import show_empty
from pages.widgets.evidence import show_evidence
from pages.widgets.headline import show_headline, show_title
from pages.widgets.layout import cards_row, charts_row
from pages.widgets.panel import panel
from pages.widgets.standing import show_standing
from pages.widgets.theme import enter, is_dark, show_foot, show_place_line
from pages.wording.findings import chart_note, finding
from pages.wording.marks import worded

release, _ = enter()

cards = headlines(release, lang=_.lang)
charts = records(charts_of(release, "overview", lang=_.lang))

show_place_line(release, _("Livelihood projects"), _=_)
show_title(cards, release=release, _=_)

if cards.empty:
    show_empty(
        key="headlines",
        title=_("No headline numbers yet"),
        why=_("This city has no row in reference/headlines.csv, or nothing has been entered yet."),
        fill=_(
            "Enter a published document as a source, then name the numbers that should stand here in reference/headlines.csv."
        ),
        command="python -m etl new-source …\npython -m etl build",
        links={_("What a number needs: sources and definitions"): "documents"},
    )

with cards_row():
    for headline in card_ids(cards):
        show_headline(cards[cards["headline"] == headline], release=release, _=_)

with charts_row():
    for chart in charts:
        marks = worded(marks_of(release, chart, lang=_.lang), chart["form"], _)
        if cited_ids(marks):
            panel(
                key=chart["chart"],
                title=finding(marks, chart, _),
                chart=drawn(form=chart["form"], marks=marks, dark=is_dark()),
                marks=marks,
                release=release,
                note=chart_note(marks, chart, _),
                _=_,
            )
        else:
            show_empty(
                key=chart["chart"],
                title=chart["title"],
                why=_("None of the numbers this chart shows has been published."),
                links={_("What is not published"): "absences"},
            )

show_evidence(evidence(release, lang=_.lang), release=release, _=_)
show_standing(counts(release), _)
show_foot(release, _)
