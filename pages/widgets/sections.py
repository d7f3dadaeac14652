"""What screens are laid out in: rows and columns, titled tables with links at their end, and empty states that say what would fill them."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from etl.model import Number
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.links import address, is_presenting, show_link, source_address
from pages.widgets.panel import checked_citations, show_numbers_table
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.literal import Markdown, in_markdown, link, markup

MOST_LINES = 100
"""A section of text has no more rows."""


def cards_row() -> DeltaGenerator:
    """A row of equal cards that wraps; three to a row where they are read from afar."""
    return st.grid(3 if is_presenting() else 5, min_column_width=178, row_height="content", key="cards")


def charts_row(key: str = "charts", *, count: int = 2) -> DeltaGenerator:
    """Two columns of panels, one where the window is narrow or ``count`` is one; a second such row on a screen needs a key of its own."""
    return st.grid(min(count, 2), min_column_width=440, gap="medium", key=key)


def filters_row() -> DeltaGenerator:
    """Five filters beside each other, fewer where the window is narrow."""
    return st.grid(5, min_column_width=150, gap="small", key="filters")


def choices_row() -> DeltaGenerator:
    """Rows of buttons beside each other, wrapped where the window is narrow."""
    return st.container(horizontal=True, gap="large", key="choices")


def show_empty(
    *, key: str, title: str, why: str, fill: str = "", command: str = "", links: Mapping[str, str] | None = None
) -> None:
    """A bordered note: ``fill`` says what would fill it, ``command`` how, ``links`` are label -> part of the sources screen."""
    with st.container(key=f"empty_{key}", border=True):
        escaped.markdown(markup("#### {}", title))
        for text in filter(None, (why, fill)):
            escaped.markdown(text)
        if command:
            st.code(command, language=None)
        for label, part in (links or {}).items():
            show_link(label, "sources", {"part": part})


@shown_once
def show_section(
    key: str,
    title: str,
    rows: pd.DataFrame,
    *,
    before: escaped.Columns | None = None,
    links: escaped.Columns | None = None,
    about: str = "",
) -> None:
    """A titled table of text; ``before`` and ``links`` are columns of markdown put before and behind it.  No row, no section.

    Columns without a word are left out, and rows after the first MOST_LINES, which is told.
    """
    if rows.empty:
        return
    with st.container(key=f"list_{key}"):
        escaped.heading(title, about)
        escaped.table(rows.loc[:, rows.astype(bool).any()], before=before, behind=links, most=MOST_LINES)
        if len(rows) > MOST_LINES:
            escaped.caption(_("The first {shown} of {count} rows.").format(shown=MOST_LINES, count=len(rows)))


@shown_once
def show_numbers_section(key: str, title: str, numbers: Sequence[Number]) -> None:
    """The same for numbers, each with the link to where it comes from; numbers without a source raise."""
    if not numbers:
        return
    checked_citations(key, numbers, this_screen().release)
    with st.container(key=f"list_{key}"):
        escaped.heading(title)
        show_numbers_table(numbers)


def source_link(ids: Sequence[str]) -> Markdown:
    """A link to where numbers come from; nothing without ids."""
    return link(_("source"), source_address(ids)) if ids else in_markdown("")


def document_link(source: str, title: str) -> Markdown:
    """A document as a link to the sources screen."""
    return link(title, address("sources", {"part": "documents", "source": source}))
