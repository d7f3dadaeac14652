"""A headline card: the number large, its unit and qualifier small, then target, day and source."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from etl.model import Card
from pages.queries.headlines import title_numbers
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.layout import cards_row
from pages.widgets.links import show_link, show_sources_link
from pages.widgets.panel import checked_citations
from pages.widgets.screen import this_screen
from pages.wording.cards import CardText, card_text, overview_title
from pages.wording.catalog import _
from pages.wording.literal import Markdown, joined, markup
from pages.wording.numbers import NumberText
from pages.wording.sources import short_source


@shown_once
def show_headlines(cards: Sequence[Card]) -> None:
    """The cards beside each other."""
    with cards_row():
        for card in cards:
            show_headline(card)


@shown_once
def show_headline(card: Card) -> None:
    """One card; without a number it says 未公布 and why."""
    release = this_screen().release
    words = card_text(card)
    with st.container(key=f"card_{card.card}", border=True, height="stretch"):
        if not words.numbers:
            escaped.large(words.title, markup(":gray[{}]", _("not published")))
            show_link(_("What is not published"), "sources", {"part": "absences"})
            return
        cited = checked_citations(card.card, card.numbers, release)
        escaped.large(words.title, _numbers(words))
        lines = ([_("conflicting definitions: both stand")] if words.is_conflict else []) + list(words.lines)
        if lines:
            escaped.markdown(joined("  \n", lines))
        escaped.caption(short_source(cited))
        show_sources_link(_("source"), [number.number_id for number in card.numbers])


@shown_once
def show_title(cards: Sequence[Card]) -> None:
    """The screen's title as a finding: what is done and what is planned, with a link to where they come from."""
    release = this_screen().release
    first = title_numbers(cards)
    title = overview_title(first)
    with st.container(key="line_title"):
        if not title:
            escaped.title(_("Overview"), anchor=False)
            return
        numbers = [number for _card, number in first]
        cited = checked_citations("title", numbers, release)
        escaped.title(title, anchor=False)
        with st.container(horizontal=True, key="actions_title"):
            escaped.caption(short_source(cited))
            show_sources_link(_("source"), [number.number_id for number in numbers])


def _numbers(card: CardText) -> Markdown:
    kind = markup(":small[:blue-badge[{}]] ", card.kind) if card.kind else ""
    return markup("{}{}", kind, joined(" ／ ", map(_sized, card.numbers)))


def _sized(number: NumberText) -> Markdown:
    front = markup(":small[:gray[{}]] ", number.qualifier) if number.qualifier else ""
    return markup(
        "{}{}:small[ {}]", front, number.digits, number.unit + (f"（{number.derived}）" if number.derived else "")
    )
