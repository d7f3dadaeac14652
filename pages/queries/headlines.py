"""The headline cards of the overview: which numbers stand on them is data (headlines.csv)."""

from __future__ import annotations

from collections.abc import Iterable

from etl.language import in_words
from etl.model import Card, Number
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import split_selectors
from pages.queries.numbers import chosen_numbers, dated_selectors
from pages.wording.titles import title_of


@cached_query
def headlines(release: Release) -> tuple[Card, ...]:
    """The cards, by position."""
    cards = []
    for row in sorted(release.rows("headlines"), key=lambda row: row["position"]):
        shown, others = (
            chosen_numbers(release, selectors)
            for selectors in dated_selectors(
                release, split_selectors(row["shows"]), split_selectors(row["compared_with"])
            )
        )
        title, note = (title_of(template, shown, others) for template in (in_words(row, "title"), row["note"]))
        cards.append(Card(row["headline"], title, note, row["position"], shown, others))
    return tuple(cards)


def title_numbers(cards: Iterable[Card]) -> tuple[tuple[Card, Number], ...]:
    """The shown numbers that make the screen's title, each with its card: the first, and the first of another measure (what is done,
    what is planned)."""
    first: dict[str, tuple[Card, Number]] = {}
    for card in cards:
        for number in card.shown:
            first.setdefault(number.measure, (card, number))
    return tuple(first.values())[:2]
