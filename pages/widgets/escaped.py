"""Streamlit's calls that read markdown, given plain text: what data says is shown as it stands, never obeyed.

Nothing else calls them (tests/test_architecture.py).  Text that is markdown on purpose is ``Markdown`` of pages.wording.literal.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from pages.wording.literal import Markdown, in_markdown, markup

P = ParamSpec("P")
T = TypeVar("T")
Columns = Mapping[str, Sequence[Markdown]]


def _escaped(sink: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
    """``sink`` with its first argument, a text or a label, shown as it is."""

    @wraps(sink)
    def show(text: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return sink(in_markdown(text), *args, **kwargs)

    return show


markdown = _escaped(st.markdown)
caption = _escaped(st.caption)
title = _escaped(st.title)
header = _escaped(st.header)
subheader = _escaped(st.subheader)
info = _escaped(st.info)
warning = _escaped(st.warning)
error = _escaped(st.error)
status = _escaped(st.status)
spinner = _escaped(st.spinner)
expander = _escaped(st.expander)
button = _escaped(st.button)
download_button = _escaped(st.download_button)
form_submit_button = _escaped(st.form_submit_button)
checkbox = _escaped(st.checkbox)
toggle = _escaped(st.toggle)
selectbox = _escaped(st.selectbox)
multiselect = _escaped(st.multiselect)
segmented_control = _escaped(st.segmented_control)
text_input = _escaped(st.text_input)
text_area = _escaped(st.text_area)
date_input = _escaped(st.date_input)
file_uploader = _escaped(st.file_uploader)


def heading(text: str, about: str = "") -> None:
    """The head of a section, and what is said about it."""
    markdown(markup("### {}", text))
    if about:
        caption(about)


def large(title: str, number: str) -> None:
    """A number to be read first, under its title, in a container whose key begins with card_ or count_ (theme.css).

    It is text and no st.metric: what draws a metric is loaded on its own, so that the numbers of a first visit stood there later.
    """
    markdown(markup("{}\n\n{}", title, number))


def progress(text: str) -> None:
    """A line of what is being done."""
    st.markdown(in_markdown(text))


def page_link(page: str, label: str, query_params: Mapping[str, str | list[str]]) -> None:
    """A link to another screen of the application."""
    st.page_link(page, label=in_markdown(label), query_params=query_params)


def table(
    rows: pd.DataFrame,
    *,
    before: Columns | None = None,
    behind: Columns | None = None,
    most: int | None = None,
    header: bool = True,
) -> None:
    """The first ``most`` of ``rows``, which are plain text, with columns of markdown before them and behind (or in place of) theirs."""
    shown = pd.DataFrame(dict(before or {}), index=rows.index).join(rows.map(in_markdown)).assign(**dict(behind or {}))
    shown.columns = [in_markdown(str(name)) for name in shown.columns]
    st.table(shown.iloc[:most], border="horizontal", hide_index=True, hide_header=not header)
