"""Numbers held against their standards: the judgements of each standard as a list, what misses it first, and why some are not judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.analysis.reasons import Judgement
from pages.analysis.standards import judged
from pages.queries.cautions import cautions_on
from pages.queries.numbers import NUMBER_COLUMNS, from_frame, records, table
from pages.queries.standards import standard_pairs
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.choose import choose_one
from pages.widgets.panel import checked_citations
from pages.widgets.screen import this_screen
from pages.widgets.sections import source_link
from pages.wording.catalog import _
from pages.wording.compared import (
    judgement_colour,
    judgement_text,
    judgement_words,
    reason_text,
    standard_title,
    tally_text,
)
from pages.wording.literal import Markdown, joined, markup
from pages.wording.sources import source_line

JUDGED_COLUMNS = (*NUMBER_COLUMNS, "standard", "standard_name", "scope_name", "judgement", "why", "part")
FEW, MANY = 12, 100
"""Rows of a standard's table: where all standards stand on the screen, and where one was chosen."""


def show_judgements() -> bool:
    """Every standard that some number could be held against, or the one that is chosen; False where there is none."""
    release = this_screen().release
    every = judgements(release)
    if every.empty:
        return False
    names = {
        row["standard"]: f"{row['scope_name']} · {row['standard_name']}"
        for row in every.drop_duplicates("standard").to_dict("records")
    }
    chosen = choose_one("standard", _("Standard"), {"": _("all"), **names}) if len(names) > 1 else ""
    for standard in [chosen] if chosen else names:
        _show_standard(standard, every[every["standard"] == standard], MANY if chosen else FEW)
    return True


@shown_once
def _show_standard(standard: str, rows: pd.DataFrame, most: int) -> None:
    release = this_screen().release
    floor, numbers = rows[rows["part"] == "beside"].iloc[:1], rows[rows["part"] == "shown"]
    shown = numbers.head(most)
    with st.container(key=f"line_standard_{standard}", border=True):
        escaped.markdown(markup("#### {}", standard_title(records(floor)[0])))
        escaped.markdown(tally_text(list(numbers["judgement"])))
        escaped.markdown(joined("\n", (_line(row, records(floor)[0]) for row in records(shown))))
        if len(shown) < len(numbers):
            escaped.caption(_("The first {shown} of {count} rows.").format(shown=len(shown), count=len(numbers)))
        cited = checked_citations(standard, from_frame(pd.concat([floor, shown])), release)
        escaped.caption(source_line(cited))
        escaped.markdown(source_link([standard]))


def _line(number: Mapping[str, Any], standard: Mapping[str, Any]) -> Markdown:
    judgement, source = Judgement(number["judgement"]), source_link([number["number_id"]])
    text = judgement_text(number, standard)
    return markup("- :{}-badge[{}] {} {}", judgement_colour(judgement), judgement_words()[judgement], text, source)


@cached_query
def judgements(release: Release) -> pd.DataFrame:
    """One row per number that could be held against a standard, with its judgement and why, behind one row of the standard itself
    (``part`` beside); by standard, those below first.  JUDGED_COLUMNS.
    """
    pairs = records(standard_pairs(release))
    found: dict[str, list[dict[str, Any]]] = {}
    for number, standard in zip(pairs[::2], pairs[1::2], strict=True):
        own = found.setdefault(standard["standard"], [standard | {"judgement": "", "why": ""}])
        own.append(number | _judgement(release, number, standard))
    ranked = [
        row
        for rows in found.values()
        for row in (rows[0], *sorted(rows[1:], key=lambda row: list(Judgement).index(row["judgement"])))
    ]
    return table(ranked, JUDGED_COLUMNS)


def _judgement(release: Release, number: Mapping[str, Any], standard: Mapping[str, Any]) -> dict[str, str]:
    ids = (number["number_id"], standard["number_id"])
    result = judged(number, standard, cautions=cautions_on(release, ids))
    if isinstance(result, Judgement):
        return {"judgement": result, "why": ""}
    why = _("; ").join(reason_text(reason) for reason in result.reasons)
    return {"judgement": Judgement.NOT_JUDGED, "why": why}
