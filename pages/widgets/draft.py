"""A checked draft: what it comes to, the text with its marks, the list to work through, and the file to take away."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from etl.desk.received import Received
from etl.model import Verdict
from etl.release.tables import Release
from pages.queries.citations import citations
from pages.queries.drafts import checked_draft, gravest_first
from pages.queries.numbers import records
from pages.reports.checked_draft import Remark, checked_draft_docx
from pages.reports.download import display_lines
from pages.reports.kit import MEDIA_TYPES
from pages.widgets import escaped
from pages.widgets.handed_in import answered_here
from pages.widgets.links import show_sources_link
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.drafts import (
    better_text,
    comment_text,
    draft_headline,
    draft_html,
    reason_text,
    right_html,
    verdict_badges,
    verdict_words,
)
from pages.wording.literal import markup
from pages.wording.sources import short_source, source_line
from pages.wording.states import outcome_colour

MOST_ITEMS = 60
"""The list on the screen is no longer; the file has every number."""
LONG = 900
"""A text of more characters scrolls beside the list."""


def show_checked_draft(draft: Received) -> None:
    """Every number of a draft with what became of it; a draft without numbers says so."""
    release = this_screen().release
    findings = answered_here("draft", (draft.text, release.scope), lambda: checked_draft(release, draft.text))
    if findings.empty:
        with st.container(key="line_draft"):
            escaped.info(_("There is no number in this text that could be checked."))
        return
    with st.container(key="line_draft"):
        escaped.markdown(markup("## {}", draft_headline(findings)))
        escaped.markdown(verdict_badges(findings))
        _show_export(draft, findings)
    text, list_of_work = st.columns([5, 4], gap="medium")
    with text, st.container(key="document_draft", height=640 if len(draft.text) > LONG else "content"):
        st.html(draft_html(draft.text, findings))
    with list_of_work:
        _show_work(findings)


def _show_work(findings: pd.DataFrame) -> None:
    ranked = gravest_first(findings)
    passed = ranked["verdict"].isin([verdict for verdict in Verdict if verdict.passes])
    for row in records(ranked[~passed].head(MOST_ITEMS)):
        _show_item(row)
    left_out = int((~passed).sum()) - MOST_ITEMS
    if left_out > 0:
        escaped.caption(_("{count} more are in the file.").format(count=left_out))
    if passed.any():
        with escaped.expander(
            _("Numbers that agree ({count})").format(count=int(passed.sum())), expanded=not (~passed).any()
        ):
            for row in records(ranked[passed].head(MOST_ITEMS)):
                _show_item(row)


def _show_item(row: dict[str, object]) -> None:
    """One number of the list: verdict, what should stand there, why, the sentence that would be right, sources."""
    release = this_screen().release
    verdict = Verdict(str(row["verdict"]))
    ids = [each for each in str(row["observation_ids"]).split(";") if each]
    with st.container(key=f"line_finding_{row['number']}", border=not verdict.passes):
        word = verdict_words()[verdict]
        better = better_text(row)
        head = markup("**{}** :{}-badge[{}]", f"{row['number']}. {row['as_printed']}", outcome_colour(verdict), word)
        escaped.markdown(markup("{} **{}**", head, better) if better else head)
        escaped.caption(reason_text(row))
        if row["right"]:
            escaped.caption(_("The sentence that would be right:"))
            st.html(right_html(row))
        if ids:
            with st.container(horizontal=True, vertical_alignment="center", key=f"actions_finding_{row['number']}"):
                escaped.caption(short_source(citations(release, ids)), width="content")
                show_sources_link(_("source"), ids)


def _show_export(draft: Received, findings: pd.DataFrame) -> None:
    release = this_screen().release

    def made() -> bytes:
        return checked_draft_docx(draft.text, remarks(findings, release), about(findings, release))

    name = draft.name.rpartition(".")[0] or draft.name
    made_up = "模拟数据-" if release.synthetic else ""
    escaped.download_button(
        _("Checked draft as DOCX, with comments"), data=made, file_name=f"{made_up}核数-{name}.docx", mime=MEDIA_TYPES["docx"], on_click="ignore",
        key="download_draft",
    )  # fmt: skip


def remarks(findings: pd.DataFrame, release: Release) -> list[Remark]:
    """The comments of the exported draft, one a number, each with its sources."""
    found = []
    for row in records(findings):
        cited = citations(release, [each for each in row["observation_ids"].split(";") if each])
        sources = source_line(cited) if cited else ""
        found.append(
            Remark(row["start"], row["end"], comment_text(row, sources), outcome_colour(Verdict(row["verdict"])))
        )
    return found


def about(findings: pd.DataFrame, release: Release) -> list[str]:
    """The lines above the exported draft: 模拟数据 where it is, what it comes to, the city and release it was held against."""
    *before, _no_source, origin = display_lines(citations(release, []), release, note=draft_headline(findings))
    return [*before, origin]
