"""How displays stand beside each other: cards in a row, charts in two columns, one column on a telephone."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.widgets.links import is_presenting


def cards_row() -> DeltaGenerator:
    """A row of equal cards that wraps; three to a row where they are read from afar."""
    return st.grid(3 if is_presenting() else 5, min_column_width=178, row_height="content", key="cards")


def charts_row(key: str = "charts", *, count: int = 2) -> DeltaGenerator:
    """Two columns of panels, one where the window is narrow or ``count`` is one; a second such row on a screen needs a key of its own."""
    return st.grid(min(count, 2), min_column_width=440, gap="medium", key=key)


def filters_row() -> DeltaGenerator:
    """Five filters beside each other, fewer where the window is narrow."""
    return st.grid(5, min_column_width=150, gap="small", key="filters")


def counts_row() -> DeltaGenerator:
    """A row of small counts that wraps."""
    return st.grid(5, min_column_width=178, key="counts")


def choices_row() -> DeltaGenerator:
    """Rows of buttons beside each other, wrapped where the window is narrow."""
    return st.container(horizontal=True, gap="large", key="choices")
