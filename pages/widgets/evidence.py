"""The projects as a list, one line of evidence each, every number of it with its source."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.links import show_link, show_sources_link
from pages.widgets.panel import checked_citations
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.evidence import evidence_state, evidence_text
from pages.wording.literal import markup


@shown_once
def show_evidence(lines: pd.DataFrame) -> None:
    """One row for each project of pages.queries.evidence: its name as a link, its line, one word, its sources; nothing without rows."""
    if lines.empty:
        return
    escaped.heading(_("Projects, one line each"))
    for project in dict.fromkeys(lines["line"]):
        _show_line(lines[lines["line"] == project])


def _show_line(line: pd.DataFrame) -> None:
    release = this_screen().release
    project, name = str(line["line"].iloc[0]), str(line["line_name"].iloc[0])
    text = evidence_text(line)
    checked_citations(f"evidence_{project}", line.assign(label=name), release)
    colour, word = evidence_state(line)
    with st.container(horizontal=True, vertical_alignment="center", key=f"line_evidence_{project}"):
        show_link(name, "project", {"project": project})
        escaped.markdown(text)
        if word:
            escaped.markdown(markup(":{}-badge[{}]", colour, word))
        show_sources_link(_("source"), list(line["number_id"]))
