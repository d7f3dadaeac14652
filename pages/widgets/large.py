"""A number to be read first: large, under its title.

It is text and no st.metric: what draws a metric is loaded on its own and waits behind the charts, so that the numbers of a first
visit stood there two seconds later.
"""

from __future__ import annotations

from pages.widgets import escaped
from pages.wording.literal import Markdown, markup


def show_large(title: str, number: Markdown) -> None:
    """A number under its title, inside a container whose key begins with card_ or count_ (theme.css)."""
    escaped.markdown(markup("{}\n\n{}", title, number))
