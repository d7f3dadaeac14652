"""Sentences to quote: each with a copy button that takes its source along, and the way to where its numbers come from."""

from collections.abc import Sequence

import streamlit as st

from etl.language import is_chinese
from etl.release.export import SYNTHETIC
from pages.reports.press import press_docx, press_text
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.links import show_link, show_sources_link
from pages.widgets.panel import show_files
from pages.widgets.screen import this_screen
from pages.wording.briefs import Entry, PressSheet
from pages.wording.catalog import _
from pages.wording.literal import markup
from pages.wording.sentences import Question, Sentence, quoted

MOST = 40
"""So many sentences stand on a screen; the file to download has all."""


@shown_once
def show_sentences(key: str, title: str, said: Sequence[Sentence]) -> None:
    """A section of sentences; none, no section. Copying one copies its source, and 模拟数据 where the city is made up."""
    if not said:
        return
    escaped.heading(title)
    for one in said[:MOST]:
        _show_sentence(f"{key}_{one.sentence}", one)
    if len(said) > MOST:
        told = _("The first {shown} of {count} sentences; search above for others, the files below have all.")
        escaped.caption(told.format(shown=MOST, count=len(said)))


def _show_sentence(key: str, one: Sentence) -> None:
    with st.container(key=f"line_{key}" if one.number_ids else f"gap_{key}"):
        st.code(quoted(one, SYNTHETIC if this_screen().release.synthetic else ""), language=None, wrap_lines=True)
        words = [_("computed") if one.is_derived else "", *((one.as_of_text, one.why) if is_chinese() else ())]
        with st.container(horizontal=True, key=f"actions_{key}"):
            if said := " ｜ ".join(filter(None, words)):
                escaped.caption(said, width="content")
            if one.number_ids:
                show_sources_link(_("source"), one.number_ids)
            else:
                show_link(_("What is not published"), "sources", {"part": "absences"})


@shown_once
def show_questions(asked: Sequence[Question]) -> None:
    """Questions with their answers; none, a word on where questions come from."""
    for one in asked:
        escaped.markdown(markup("**{}**", one.text))
        for answer in one.answers:
            _show_sentence(f"answer_{one.question}_{answer.sentence}", answer)


@shown_once
def show_unsaid(title: str, unsaid: Sequence[Entry]) -> None:
    """What must not be said, each with the reason; none, no section."""
    if not unsaid:
        return
    with st.container(key="list_unsaid"):
        escaped.heading(title)
        show_link(_("What is not published"), "sources", {"part": "absences"})
        for one in unsaid:
            below = markup("  \n  :small[:gray[{}]]", "；".join(one.below)) if one.below else ""
            escaped.markdown(markup("- {}{}", one.text, below))


def show_press_files(sheet: PressSheet, project: str) -> None:
    """The whole sheet to take away, as text and as a Word document."""
    show_files(f"words_{project}", {"docx": lambda: press_docx(sheet), "txt": lambda: press_text(sheet)})
