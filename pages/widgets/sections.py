"""A section of a screen that is a table: heading, what it holds, rows as plain text, links at their end."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from etl.model import Number
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.links import address, source_address
from pages.widgets.panel import checked_citations, show_numbers_table
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.literal import Markdown, in_markdown, link

MOST_LINES = 100
"""A section of text has no more rows."""


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
def show_numbers_section(key: str, title: str, numbers: Sequence[Number], *, about: str = "") -> None:
    """The same for numbers, each with the link to where it comes from; numbers without a source raise."""
    release = this_screen().release
    if not numbers:
        return
    checked_citations(key, numbers, release)
    with st.container(key=f"list_{key}"):
        escaped.heading(title, about)
        show_numbers_table(numbers)


def source_link(ids: Sequence[str]) -> Markdown:
    """A link to where numbers come from; nothing without ids."""
    return link(_("source"), source_address(ids)) if ids else in_markdown("")


def screen_links(screen: str, param: str, codes: Sequence[str], labels: Sequence[str]) -> list[Markdown]:
    """For each row, its label as a link to ``screen`` with its code."""
    return [link(label, address(screen, {param: code})) for code, label in zip(codes, labels, strict=True)]


def document_link(source: str, title: str) -> Markdown:
    """A document as a link to the sources screen."""
    return link(title, address("sources", {"part": "documents", "source": source}))
