"""Empty states that speak: why there is nothing, what would fill it, where to go."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.widgets import escaped
from pages.widgets.links import show_link
from pages.wording.literal import markup


def show_empty(
    *, key: str, title: str, why: str, fill: str = "", command: str = "", links: Mapping[str, str] | None = None
) -> None:
    """A bordered note: ``fill`` says what would fill it, ``command`` how, ``links`` are label -> part of the sources screen."""
    with st.container(key=f"empty_{key}", border=True):
        escaped.markdown(markup("#### {}", title))
        escaped.markdown(why)
        if fill:
            escaped.markdown(fill)
        if command:
            st.code(command, language=None)
        for label, part in (links or {}).items():
            show_link(label, "sources", {"part": part})
