"""A briefing on the screen: what it will say, each number with the way to its source, and the files to take along.

The text is Chinese in every language, because official documents are.
"""

from functools import partial

import pandas as pd
import streamlit as st

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.charts.form import drawn
from pages.charts.palette import MODEBAR
from pages.queries.briefs import BriefRequest, brief_rows
from pages.reports.brief import Brief, Chart, Section, Table
from pages.reports.compose_brief import compose_brief
from pages.reports.files import FORMATS, brief_bytes, fonts_of, template_of
from pages.reports.message import message_text
from pages.reports.series import chart_ids
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.links import show_sources_link, source_address
from pages.widgets.panel import show_files
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.literal import joined, link, markup


def brief_asked(release: Release, asked: BriefRequest) -> Brief:
    """The briefing about a place and a year, composed once for everyone who would read the same."""
    return _brief(release.as_public(), asked)


@cached_query
def _brief(release: Release, asked: BriefRequest) -> Brief:
    return compose_brief(brief_rows(release, asked))


def show_brief_files(brief: Brief) -> None:
    """A button a format; a file is made when its button is pressed."""
    folder = this_screen().release.folder
    made = partial(brief_bytes, brief, template=template_of(folder), fonts=fonts_of(folder))
    files = {FORMATS[form]: partial(made, form) for form in FORMATS if form != "png" or brief.charts()}
    with st.container(key="choose_files"):
        show_files(f"brief_{brief.audience}", files)
        escaped.caption(_("Ctrl+P prints this page without its controls."))


@shown_once
def show_brief(asked: BriefRequest, *, dark: bool) -> None:
    """The whole text with its tables and charts, then the message for a chat; what it says is found as in :func:`brief_asked`."""
    brief = brief_asked(this_screen().release, asked)
    escaped.header(brief.title, anchor=False)
    escaped.caption(joined("  \n", brief.about))
    for number, section in zip("一二三四五六", brief.sections, strict=False):
        escaped.subheader(f"{number}、{section.heading}", anchor=False)
        _show_section(number, section, brief, dark)
    escaped.caption(joined("  \n", (f"[{source.note}] {source.text}" for source in brief.sources)))
    escaped.caption(f"选取规则：{'；'.join(brief.rules)}。" if brief.rules else "")
    with escaped.expander(_("As a message (at most 200 characters)")):
        st.code(message_text(brief), language=None, wrap_lines=True)


def _show_section(number: str, section: Section, brief: Brief, dark: bool) -> None:
    for at, said in enumerate(section.paragraphs):
        rule = markup("**{}**：", said.rule) if said.rule else ""
        notes = "".join(f"[{note}]" for note in brief.notes_of(said.observation_ids))
        text = markup("{}{}{}", rule, said.text, markup(" :small[:gray[{}]]", notes) if notes else "")
        if said.observation_ids:
            with st.container(key=f"line_brief_{number}_{at}"):
                escaped.markdown(markup("{} :small[{}]", text, link(_("source"), source_address(said.number_ids))))
        else:
            escaped.markdown(text)
    for at, table in enumerate(section.tables):
        _show_table(f"{number}_{at}", table)
    for chart in section.charts:
        _show_chart(chart, dark)


def _show_table(key: str, table: Table) -> None:
    cited = [said for row in table.rows for said in row if said.observation_ids]
    ids = list(dict.fromkeys(each for said in cited for each in said.number_ids))
    with st.container(key=f"line_brief_table_{key}" if ids else f"brief_table_{key}"):
        escaped.markdown(markup("**{}**", table.title))
        rows = [[said.text for said in row] for row in table.rows]
        escaped.table(pd.DataFrame(rows, columns=list(table.columns)))
        if table.source:
            escaped.caption(table.source)
        if ids:
            show_sources_link(_("Each number's source ({count})").format(count=len(ids)), ids)


def _show_chart(chart: Chart, dark: bool) -> None:
    ids = [mark.number_id for mark in chart.marks if mark.number_id]
    assert chart_ids(chart), f"a chart without a source: {chart.key}"
    with st.container(key=f"panel_brief_{chart.key}"):
        escaped.markdown(markup("**{}**", chart.title.text))
        picture = drawn(form=chart.form, marks=chart.marks, dark=dark)
        st.plotly_chart(picture, key=f"chart_brief_{chart.key}", config=MODEBAR, alt=chart.title.text)
        escaped.caption("  ｜  ".join(filter(None, (chart.note, chart.source))))
        show_sources_link(_("Each number's source ({count})").format(count=len(ids)), ids)
