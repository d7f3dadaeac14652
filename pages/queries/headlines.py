"""The headline cards of the overview: which numbers stand on them is data (headlines.csv)."""

from __future__ import annotations

import pandas as pd

from etl.language import in_words
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import NUMBER_COLUMNS, chosen_numbers_frame, dated_selectors, records, table
from pages.wording.title_templates import title_of

HEADLINE_COLUMNS = ("headline", "position", "title", "part", "card_note", *NUMBER_COLUMNS)


@cached_query
def headlines(release: Release) -> pd.DataFrame:
    """One row per number of a card: ``part`` is ``shown`` for the large number, ``beside`` for those compared with it.

    Sorted by the card's position, the shown number first.  A card whose number is not there has one row with an empty
    ``number_id``, so that it can say why.  No cards, no rows.
    """
    rows = []
    for card in sorted(records(release.table("headlines")), key=lambda card: card["position"]):
        title = in_words(card, "title")
        shows, others = dated_selectors(release, card["shows"], card["compared_with"])
        shown = records(chosen_numbers_frame(release, shows)) or [dict.fromkeys(NUMBER_COLUMNS, "")]
        beside = records(chosen_numbers_frame(release, others))
        own = [number | {"part": "shown"} for number in shown] + [number | {"part": "beside"} for number in beside]
        told = table(own, (*NUMBER_COLUMNS, "part"))
        named = {"headline": card["headline"], "position": card["position"]}
        named |= {
            "title": title_of(title, told),
            "card_note": title_of(card["note"], told),
        }
        rows += [number | named for number in own]
    return table(rows, HEADLINE_COLUMNS)


def title_numbers(cards: pd.DataFrame) -> pd.DataFrame:
    """The shown numbers that make the screen's title: the first, and the first of another measure (what is done, what is planned)."""
    shown = cards[cards["number_id"].astype(bool) & (cards["part"] == "shown")]
    return shown.drop_duplicates("measure").head(2)


def card_ids(cards: pd.DataFrame) -> list[str]:
    """The cards of a table of headlines, in order."""
    return list(dict.fromkeys(cards["headline"]))
