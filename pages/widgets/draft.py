"""A checked draft: what it comes to, the text with its marks, the list to work through, and the file to take away."""

from collections.abc import Sequence

import streamlit as st

from etl.desk.received import Received
from etl.model import CheckedNumber
from etl.release.tables import Release
from pages.queries.documents import citations
from pages.queries.drafts import checked_draft, gravest_first
from pages.reports.download import display_lines
from pages.reports.kit import MEDIA_TYPES
from pages.reports.press import Remark, checked_draft_docx
from pages.widgets import escaped
from pages.widgets.handed_in import answered_here
from pages.widgets.links import show_sources_link
from pages.widgets.screen import this_screen
from pages.wording import drafts as wording
from pages.wording.catalog import _
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
    checked = answered_here("draft", (draft.text, release.scope), lambda: checked_draft(release, draft.text))
    with st.container(key="line_draft"):
        if not checked:
            escaped.info(_("There is no number in this text that could be checked."))
            return
        escaped.markdown(markup("## {}", wording.draft_headline(checked)))
        escaped.markdown(wording.verdict_badges(checked))
        _show_export(draft, checked)
    text, list_of_work = st.columns([5, 4], gap="medium")
    with text, st.container(key="document_draft", height=640 if len(draft.text) > LONG else "content"):
        st.html(wording.draft_html(draft.text, checked))
    ranked = gravest_first(checked)
    passed = [number for number in ranked if number.verdict.passes]
    others = [number for number in ranked if not number.verdict.passes]
    with list_of_work:
        for number in others[:MOST_ITEMS]:
            _show_item(number)
        if len(others) > MOST_ITEMS:
            escaped.caption(_("{count} more are in the file.").format(count=len(others) - MOST_ITEMS))
        if passed:
            with escaped.expander(_("Numbers that agree ({count})").format(count=len(passed)), expanded=not others):
                for number in passed[:MOST_ITEMS]:
                    _show_item(number)


def _show_item(number: CheckedNumber) -> None:
    """One number of the list: verdict, what should stand there, why, the sentence that would be right, sources."""
    with st.container(key=f"line_finding_{number.number}", border=not number.verdict.passes):
        printed, colour = f"{number.number}. {number.as_printed}", outcome_colour(number.verdict)
        head = markup("**{}** :{}-badge[{}]", printed, colour, wording.verdict_words()[number.verdict])
        better = wording.better_text(number)
        escaped.markdown(markup("{} **{}**", head, better) if better else head)
        escaped.caption(wording.reason_text(number))
        if number.right:
            escaped.caption(_("The sentence that would be right:"))
            st.html(wording.right_html(number))
        if ids := number.observation_ids:
            with st.container(horizontal=True, vertical_alignment="center", key=f"actions_finding_{number.number}"):
                escaped.caption(short_source(citations(this_screen().release, ids)), width="content")
                show_sources_link(_("source"), ids)


def _show_export(draft: Received, checked: Sequence[CheckedNumber]) -> None:
    release = this_screen().release
    name = draft.name.rpartition(".")[0] or draft.name
    made_up = "模拟数据-" if release.synthetic else ""
    escaped.download_button(
        _("Checked draft as DOCX, with comments"),
        data=lambda: checked_draft_docx(draft.text, remarks(checked, release), about(checked, release)),
        file_name=f"{made_up}核数-{name}.docx",
        mime=MEDIA_TYPES["docx"],
        on_click="ignore",
        key="download_draft",
    )


def remarks(checked: Sequence[CheckedNumber], release: Release) -> list[Remark]:
    """The comments of the exported draft, one a number, each with its sources."""
    found = []
    for number in checked:
        cited = citations(release, number.observation_ids)
        text = wording.comment_text(number, source_line(cited) if cited else "")
        found.append(Remark(number.start, number.end, text, outcome_colour(number.verdict)))
    return found


def about(checked: Sequence[CheckedNumber], release: Release) -> list[str]:
    """The lines above the exported draft: 模拟数据 where it is, what it comes to, the city and release it was held against."""
    *before, _no_source, origin = display_lines(citations(release, []), release, note=wording.draft_headline(checked))
    return [*before, origin]
