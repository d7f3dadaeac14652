"""One number in full: what it says, where it stands, the passage around it, what rests on it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from etl.model import Number
from pages.queries.citations import citations
from pages.queries.documents import passage
from pages.queries.observations import related
from pages.queries.reference import indicators
from pages.widgets import escaped
from pages.widgets.links import show_link, source_address
from pages.widgets.panel import show_numbers_table
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.dates import time_text
from pages.wording.literal import joined, link, markup
from pages.wording.marks import mark_text
from pages.wording.passages import passage_html
from pages.wording.sources import detail_rows

FULL = 3
"""This many numbers are shown in full; more stand in one table to choose from."""


def show_detail(numbers: Sequence[Number], asked: Sequence[str]) -> None:
    """The numbers the link asks for; an id that no number has is told, never guessed."""
    found = {number.number_id for number in numbers}
    for each in asked:
        if each not in found:
            escaped.warning(_("No number has the id {id}.").format(id=each))
    if len(numbers) > FULL:
        with st.container(key="line_asked", border=True):
            escaped.markdown(markup("#### {}", _("The numbers of this display")))
            show_numbers_table(numbers)
            show_link(_("clear the selection"), "sources")
        return
    for number in numbers:
        _show_one(number)


def _show_one(number: Number) -> None:
    release = this_screen().release
    with st.container(key=f"detail_{number.number_id}", border=True):
        escaped.caption(" · ".join(filter(None, (number.place_name, number.indicator_name, time_text(number)))))
        escaped.markdown(markup("## {}", mark_text(number)))
        rows = detail_rows(
            number, indicators(release).get(number.indicator), citations(release, number.observation_ids)
        )
        escaped.table(pd.DataFrame(list(rows.items())), header=False)
        if not number.derived:
            _show_passage(number)
        _show_related(number)
        show_link(_("clear the selection"), "sources")


def _show_passage(number: Number) -> None:
    release = this_screen().release
    pieces = passage(release, number.source, int(number.number_id.rpartition("#")[2]))
    if pieces:
        st.html(passage_html(pieces))
        show_link(_("The whole document"), "sources", {"part": "documents", "source": number.source})
    else:
        escaped.caption(
            _("The document is not attached here, so its passage cannot be shown. Whoever has it can attach it:")
        )
        st.code(f"python -m etl attach {number.source} FILE", language=None)


def _show_related(number: Number) -> None:
    release = this_screen().release
    others = related(release, number.number_id)
    if not others:
        return
    title = _("Computed from") if number.derived else _("Numbers computed from it")
    links = [
        markup(
            "- {} · {}: {}",
            other.place_name,
            other.indicator_name,
            link(mark_text(other), source_address([other.number_id])),
        )
        for other in others
    ]
    escaped.markdown(markup("**{}**\n\n{}", title, joined("\n", links)))
