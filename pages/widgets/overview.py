"""What the overview shows: headline cards, the projects with one line of evidence each, and how the numbers stand.

A card has the number large, its unit and qualifier small, then target, day and source.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from etl.model import Card, CheckResult, Citation, Number, State
from pages.queries.headlines import EvidenceLine, title_numbers
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.links import show_link, show_sources_link
from pages.widgets.panel import checked_citations
from pages.widgets.screen import this_screen
from pages.widgets.sections import cards_row
from pages.wording.catalog import _
from pages.wording.evidence import CardText, card_text, evidence_state, evidence_text, overview_title
from pages.wording.literal import Markdown, joined, markup
from pages.wording.numbers import NumberText
from pages.wording.sources import short_source


@shown_once
def show_headlines(cards: Sequence[Card]) -> None:
    """The cards beside each other; one without a number says 未公布 and why."""
    with cards_row():
        for card in cards:
            with st.container(key=f"card_{card.card}", border=True, height="stretch"):
                _show_headline(card, card_text(card))


def _show_headline(card: Card, words: CardText) -> None:
    if not words.numbers:
        escaped.large(words.title, markup(":gray[{}]", _("not published")))
        show_link(_("What is not published"), "sources", {"part": "absences"})
        return
    cited = checked_citations(card.card, card.numbers, this_screen().release)
    kind = markup(":small[:blue-badge[{}]] ", words.kind) if words.kind else ""
    escaped.large(words.title, markup("{}{}", kind, joined(" ／ ", map(_sized, words.numbers))))
    lines = ([_("conflicting definitions: both stand")] if words.is_conflict else []) + list(words.lines)
    if lines:
        escaped.markdown(joined("  \n", lines))
    _show_source(cited, card.numbers)


def _sized(number: NumberText) -> Markdown:
    front = markup(":small[:gray[{}]] ", number.qualifier) if number.qualifier else ""
    unit = number.unit + (f"（{number.derived}）" if number.derived else "")
    return markup("{}{}:small[ {}]", front, number.digits, unit)


def _show_source(cited: Sequence[Citation], numbers: Sequence[Number]) -> None:
    escaped.caption(short_source(cited))
    show_sources_link(_("source"), [number.number_id for number in numbers])


@shown_once
def show_title(cards: Sequence[Card]) -> None:
    """The screen's title as a finding: what is done and what is planned, with a link to where they come from."""
    first = title_numbers(cards)
    numbers = [number for _card, number in first]
    cited = checked_citations("title", numbers, this_screen().release) if numbers else ()
    with st.container(key="line_title"):
        escaped.title(overview_title(first) or _("Overview"), anchor=False)
        if numbers:
            with st.container(horizontal=True, key="actions_title"):
                _show_source(cited, numbers)


@shown_once
def show_evidence(lines: Sequence[EvidenceLine]) -> None:
    """One row for each line: the project's name as a link, its numbers, one word, its sources; nothing without lines."""
    if lines:
        escaped.heading(_("Projects, one line each"))
    for line in lines:
        checked_citations(f"evidence_{line.project}", line.numbers, this_screen().release)
        colour, word = evidence_state(line.numbers, is_target_missing=line.is_target_missing)
        with st.container(horizontal=True, vertical_alignment="center", key=f"line_evidence_{line.project}"):
            show_link(line.name, "project", {"project": line.project})
            escaped.markdown(evidence_text(line.numbers, line.elsewhere))
            if word:
                escaped.markdown(markup(":{}-badge[{}]", colour, word))
            show_sources_link(_("source"), [number.number_id for number in line.numbers])


@shown_once
def show_data_quality(counts: Mapping[str, int]) -> None:
    """A row of counts (pages.queries.data_quality.counts), each with a link to the list it counts: conflicts, 未公布, checks, unchecked sources."""
    shown = [
        (CheckResult.CONFLICT, _("Conflicts"), _("{number} places"), "conflicts"),
        (CheckResult.VIOLATED, _("Checks violated"), _("{number} checks"), "checks"),
        (State.NOT_PUBLISHED, _("Not published"), _("{number} items"), "absences"),
        (CheckResult.HOLDS, _("Checks that hold"), _("{number} of {checks}"), "checks"),
        ("unverified", _("Sources not checked against the document"), _("{number} documents"), "documents"),
    ]
    escaped.heading(_("How these numbers stand"))
    with st.grid(5, min_column_width=178, key="counts"):
        for count, name, text, part in shown:
            if counts[count] or count not in (CheckResult.VIOLATED, "unverified"):
                with st.container(key=f"count_{count}", border=True, height="stretch"):
                    escaped.large(name, text.format(number=counts[count], checks=counts["checks"]))
                    show_link(_("Show the list"), "sources", {"part": part})
