"""The panel: a chart never stands without its table, its source line with a day, and its download.

There is no other way to show a chart, and a panel whose numbers have no source raises: what cannot be traced is not shown.  Nor is a
number that says neither day nor period nor what was printed in their place.  What a title does not name - indicator, place, time - is added.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from etl.language import language, spoken
from etl.model import Citation, Number
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.drawing import Drawing
from pages.charts.form import Build
from pages.charts.palette import MODEBAR
from pages.charts.to_svg import is_printable
from pages.queries.documents import citations_of
from pages.queries.numbers import cited_ids, names
from pages.reports.download import csv_bytes, file_name, marks_xlsx, svg_text
from pages.reports.files import fonts_of
from pages.reports.kit import MEDIA_TYPES, png_bytes
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.links import show_link, show_sources_link, source_address
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.literal import in_markdown, link
from pages.wording.marks import WordedMark, numbers_table
from pages.wording.sources import source_line
from pages.wording.titles import named_title, undated

TABLE = "table_"
"""``?table_years=true`` in the link opens the table of the panel ``years``; a closed one costs a rerun nothing."""

MOST_ROWS = 100
"""A table on screen has no more rows; the downloads have them all."""


class Uncited(ValueError):
    """A display was asked for whose numbers do not all lead to a source."""

    def __init__(self, key: str, missing: list[str]) -> None:
        told = ", ".join(missing) or "no number at all"
        super().__init__(f"display {key!r} cannot be shown without its sources: {told}")


class Undated(ValueError):
    """A chart was asked for that shows numbers without any time, not even words printed for one."""

    def __init__(self, key: str, labels: list[str]) -> None:
        timeless = ", ".join(labels)
        super().__init__(
            f"display {key!r} cannot be shown without a day, a period or printed words for time: {timeless}"
        )


def panel(
    *,
    key: str,
    title: str,
    chart: Drawing | None,
    marks: Sequence[WordedMark],
    note: str = "",
    about: str = "",
    exportable: Callable[[], Drawing] | None = None,
) -> None:
    """A titled chart with the table behind it, its source line, its links and its download.

    Every number among ``marks`` must rest on observations of this release and speak of some time, otherwise Uncited or Undated is raised before anything is drawn.  ``about`` is
    the place that a chart over several places is about, the city where it is not given.  ``exportable`` makes the chart that downloads
    draw where the one on the screen may not be exported.
    """
    if labels := undated(marks):
        raise Undated(key, labels)
    release = this_screen().release
    title = named_title(title, marks, about or names(release, "places").get(release.city.place, ""))
    with st.container(key=f"panel_{key}"):
        _show_cited_chart(key, title=title, chart=chart, marks=marks, note=note)
        table = escaped.expander(_("Table and download"), key=f"{TABLE}{key}", bind="query-params")
        if table.open:
            with table:
                show_numbers_table(marks, is_brief=True)
                show_downloads(key, title=title, note=note, chart=exportable() if exportable else chart, marks=marks)


def build_drawing(build: Build, marks: Sequence[WordedMark]) -> Drawing:
    """The chart that ``build`` draws of few ``marks`` in this run's theme, drawn once for all who see the same."""
    return _drawing(this_screen().release, build, tuple(marks), this_screen().is_dark)


@cached_query
def _drawing(_release: Release, build: Build, marks: tuple[WordedMark, ...], dark: bool) -> Drawing:
    return Drawing.of(build(marks=marks, dark=dark))


@shown_once
def _show_cited_chart(key: str, *, title: str, chart: Drawing | None, marks: Sequence[WordedMark], note: str) -> None:
    ids = [mark.number_id for mark in marks if mark.number_id] or cited_ids(marks)
    cited = checked_citations(key, marks, this_screen().release)
    escaped.heading(title)
    if chart is not None:
        st.plotly_chart(chart.figure(), key=f"chart_{key}", config=MODEBAR, alt=title)
    if note:
        escaped.caption(note)
    escaped.caption(source_line(cited))
    with st.container(horizontal=True, key=f"actions_{key}"):
        if ids:
            show_sources_link(_("Each number's source ({count})").format(count=len(ids)), ids)
        if not all(each.observation_ids for each in cited):
            show_link(_("The logs these numbers come from"), "sources", {"part": "documents"})


def checked_citations(key: str, numbers: Sequence[Number], release: Release) -> tuple[Citation, ...]:
    """The sources of all ``numbers``; raises Uncited when one has none, or when there is no number.

    A number rests on observations, or it is one of a log and names the log.
    """
    cited = citations_of(release, numbers)
    known = {each for citation in cited for each in citation.observation_ids}
    missing = [each for each in cited_ids(numbers) if each not in known]
    logs = {each.source for each in cited if not each.observation_ids}
    bare = [
        f"{number.place_name} {number.indicator_name}".strip()
        for number in numbers
        if number.value is not None and not number.observation_ids and logs.isdisjoint(number.logs)
    ]
    if not cited or missing or bare:
        raise Uncited(key, missing + bare)
    return cited


@shown_once
def show_numbers_table(marks: Sequence[Number], *, is_brief: bool = False) -> None:
    """The table behind a display as plain text, readable without the chart, each row with a link to where it comes from."""
    rows = numbers_table(marks[:MOST_ROWS], is_brief=is_brief)
    links = [link(_("source"), source_address([number])) if number else in_markdown("") for number in rows["number_id"]]
    escaped.table(rows.drop(columns="number_id"), behind={_("Source"): links})
    if len(marks) > MOST_ROWS:
        escaped.caption(
            _("The first {shown} of {count} rows; the downloads hold all.").format(shown=MOST_ROWS, count=len(marks))
        )


def show_downloads(key: str, *, title: str, note: str, chart: Drawing | None, marks: Sequence[WordedMark]) -> None:
    """The downloads of one display: table as CSV and XLSX; the chart, where there is one, as PNG and SVG."""
    release = this_screen().release
    figure = chart.figure() if chart else None

    def cited() -> tuple[Citation, ...]:
        return citations_of(release, marks)

    def picture() -> str:
        assert figure is not None
        return svg_text(figure, cited(), release, title=title, note=note)

    files: dict[str, Callable[[], bytes]] = {
        "csv": lambda: csv_bytes(marks, cited(), release),
        "xlsx": lambda: marks_xlsx(marks, cited(), release, title=title, note=note),
    }
    if is_printable(figure):
        files["png"] = lambda: png_bytes(picture(), fonts_of(release.folder))
        files["svg"] = lambda: picture().encode("utf-8")
    show_files(key, files)


def show_files(key: str, files: Mapping[str, Callable[[], bytes]], *, labels: Mapping[str, str] | None = None) -> None:
    """A row of buttons, one a file: ending -> what makes it; ``labels`` where a button says more than the format."""
    with st.container(horizontal=True, key=f"downloads_{key}"):
        for suffix, make in files.items():
            escaped.download_button(
                (labels or {}).get(suffix) or _("Download {format}").format(format=suffix.upper()),
                data=partial(spoken, language(), make),
                file_name=file_name(key, this_screen().release, suffix),
                mime=MEDIA_TYPES[suffix],
                on_click="ignore",
                key=f"download_{key}_{suffix}",
            )
