"""Labels of charts: plotly reads tags and entities in every text, so the data's text is escaped here, once."""

from __future__ import annotations

import html


def literal(text: str) -> str:
    """``text`` shown as it is by plotly."""
    return html.escape(text, quote=False)
