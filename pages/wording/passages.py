"""Passages of documents as HTML: every character of the document escaped, numbers marked by role."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from pages.wording.literal import in_html


class Piece(Protocol):
    """What a passage is made of (pages.queries.documents.Segment)."""

    @property
    def text(self) -> str:
        """The characters, as the document has them."""

    @property
    def role(self) -> str:
        """observation, repeat, incidental, or nothing for plain text."""

    @property
    def observation_id(self) -> str:
        """The observation this number is, if it is one."""


def passage_html(pieces: Sequence[Piece], address: Callable[[str], str] | None = None) -> str:
    """One block of text; numbers stand in ``<mark>``, linked to ``address(observation_id)`` where they are observations."""
    text = "".join(_piece(piece, address) for piece in pieces).strip()
    return f'<div class="passage">{text}</div>'


def _piece(piece: Piece, address: Callable[[str], str] | None) -> str:
    text = in_html(piece.text)
    if not piece.role:
        return text
    marked = f'<mark class="{in_html(piece.role)}">{text}</mark>'
    if address is None or not piece.observation_id:
        return marked
    return f'<a href="{in_html(address(piece.observation_id))}" target="_self">{marked}</a>'
