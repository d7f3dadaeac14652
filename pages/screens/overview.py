"""Where does the year stand?"""

from pages.queries.chart_specs import charts_of
from pages.queries.data_quality import counts
from pages.queries.headlines import evidence, headlines
from pages.widgets.charts import show_charts
from pages.widgets.overview import show_data_quality, show_evidence, show_headlines, show_title
from pages.widgets.screen import show_foot, show_place_line, start_screen
from pages.widgets.sections import show_empty
from pages.wording.catalog import _

release = start_screen()

cards = headlines(release)

show_place_line(_("Livelihood projects"))
show_title(cards)

if not cards:
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
else:
    show_headlines(cards)

show_charts(charts_of(release, "overview"))
show_evidence(evidence(release))
show_data_quality(counts(release))
show_foot()
