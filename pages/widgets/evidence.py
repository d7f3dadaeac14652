"""The projects as a list, one line of evidence each, every number of it with its source."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.queries.evidence import EvidenceLine
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.links import show_link, show_sources_link
from pages.widgets.panel import checked_citations
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.evidence import evidence_state, evidence_text
from pages.wording.literal import markup


@shown_once
def show_evidence(lines: Sequence[EvidenceLine]) -> None:
    """One row for each line: the project's name as a link, its numbers, one word, its sources; nothing without lines."""
    if lines:
        escaped.heading(_("Projects, one line each"))
    for line in lines:
        _show_line(line)


def _show_line(line: EvidenceLine) -> None:
    release = this_screen().release
    checked_citations(f"evidence_{line.project}", line.numbers, release)
    colour, word = evidence_state(line.numbers, is_target_missing=line.is_target_missing)
    with st.container(horizontal=True, vertical_alignment="center", key=f"line_evidence_{line.project}"):
        show_link(line.name, "project", {"project": line.project})
        escaped.markdown(evidence_text(line.numbers, line.elsewhere))
        if word:
            escaped.markdown(markup(":{}-badge[{}]", colour, word))
        show_sources_link(_("source"), [number.number_id for number in line.numbers])
