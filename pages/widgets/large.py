"""A number to be read first: large, under its title.

It is text and no st.metric: what draws a metric is loaded on its own and waits behind the charts, so that the numbers of a first
visit stood there two seconds later.
"""

from __future__ import annotations

import streamlit as st

from pages.wording.literal import in_markdown


def show_large(title: str, number: str) -> None:
    """``title`` is plain text, ``number`` Markdown; inside a container whose key begins with card_ or count_ (theme.css)."""
    st.markdown(f"{in_markdown(title)}\n\n{number}")
