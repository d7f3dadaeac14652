"""How the numbers stand, counted, each count with a link to the list it counts."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.widgets.links import show_link
from pages.wording.catalog import Words


def show_standing(counts: Mapping[str, int], _: Words) -> None:
    """One line of counts (pages.queries.standing.counts): conflicts, violated checks, 未公布, unchecked sources, checks that hold."""
    lines = [
        (_("{number} conflicting definitions"), "conflict", "conflicts"),
        (_("{number} checks violated"), "violated", "checks"),
        (_("{number} items not published"), "not_published", "absences"),
        (_("{number} of {checks} checks hold"), "holds", "checks"),
        (_("{number} sources not checked against the document"), "unverified", "documents"),
    ]
    with st.container(key="count_standing"):
        st.markdown(f"### {_('How these numbers stand')}")
        with st.container(horizontal=True, key="count_links"):
            for text, count, part in lines:
                if counts[count] or count in ("conflict", "not_published", "holds"):
                    show_link(text.format(number=counts[count], checks=counts["checks"]), "sources", {"part": part})
