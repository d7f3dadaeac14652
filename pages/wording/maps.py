"""The words of a map: its legend with every state and how many, what hovering says, whose outlines these are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from etl.model import Citation, Measure, State
from pages.wording.catalog import _
from pages.wording.findings import done_text
from pages.wording.marks import place_label, worded_frame, worded_from_frame
from pages.wording.rows import rows_of
from pages.wording.sources import source_line
from pages.wording.states import state_word

ALWAYS = (State.NOT_IN_PLAN, State.NOT_PUBLISHED)
"""States that every legend explains, even where no place is in them."""

VALUES = [measure.state for measure in Measure]

Legend = Sequence[tuple[str, str]]


def map_words(marks: pd.DataFrame, sources: Mapping[str, Sequence[Citation]]) -> pd.DataFrame:
    """``marks`` (pages.queries.boundaries.map_marks) with ``label``, ``text`` and ``hover``: name, value, source and day."""
    shown = worded_frame(marks, place_label)
    hovers = [
        "\n".join(
            filter(
                None,
                [
                    f"{row['place_name']}  {row['text']}",
                    str(row["reason"] or ""),
                    source_line(sources[row["place"]]) if row["place"] in sources else "",
                ],
            )
        )
        for row in rows_of(shown)
    ]
    return shown.assign(hover=pd.Series(hovers, index=shown.index, dtype=object))


def legend_of(marks: pd.DataFrame, *, rate: bool = False) -> Legend:
    """(state, words with the number of places) of every state on a map: values by kind, a true 0, then 不在计划 and 未公布.

    The last two stand there even when no place is in them; further states only when one is. ``marks`` is what map_words gives; with
    ``rate`` the values are one entry ``rate`` that tells the lowest and the highest.
    """
    rows = rows_of(marks)
    states = [_state(row) for row in rows]
    kinds = [state for state in dict.fromkeys(states) if state in VALUES] or [State.DONE]
    named: dict[str, str] = {State.DONE: done_text(worded_from_frame(marks))} if rows else {}
    values = [(state, legend_line(named.get(state) or state_word(state), states.count(state))) for state in kinds]
    if rate and any(row["value"] is not None for row in rows):
        values = [("rate", _reach(rows))]
    further = [state for state in dict.fromkeys(states) if state not in (*VALUES, *ALWAYS, "zero")]
    others = [("zero", legend_line(_("true 0"), states.count("zero")))]
    others += [(state, legend_line(state_word(state), states.count(state))) for state in (*ALWAYS, *further)]
    return [*values, *others]


def _reach(rows: Sequence[Mapping[str, Any]]) -> str:
    """The lowest and the highest of the rates shown, and how many there are."""
    valued = sorted((row for row in rows if row["value"] is not None), key=lambda row: row["value"])
    low, high = (str(row["text"]) for row in (valued[0], valued[-1]))
    reach = low if low == high else _("{low} to {high}").format(low=low, high=high)
    return legend_line(reach, len(valued))


def _state(row: Mapping[str, Any]) -> str:
    return "zero" if row["value"] is not None and not row["value"] else str(row["state"])


def legend_line(word: str, count: int) -> str:
    """One entry of a legend and how many places are in it."""
    return _("{state} ({count})").format(state=word, count=count)


def without_number(marks: pd.DataFrame) -> str:
    """How many of the places shown have no number, those known to be in no plan counted apart; nothing when all have one."""
    rows = rows_of(marks)
    states = [str(row["state"]) for row in rows if row["value"] is None]
    apart = states.count(State.NOT_IN_PLAN)
    said = [
        _("{missing} of {places} places are not in the plan").format(missing=apart, places=len(rows)) if apart else "",
        _("{missing} of {places} places have no number").format(missing=len(states) - apart, places=len(rows))
        if len(states) > apart else "",
    ]  # fmt: skip
    return _("; ").join(filter(None, said))


def review_text(review_number: str) -> str:
    """审图号 where the outlines bear one, else 内部参考: a map without it may not be exported."""
    if review_number:
        return _("Map review number {number}").format(number=review_number)
    return _("For internal reference only")


def credit_text(credit: Mapping[str, str]) -> str:
    """Whether the map may be published and whose outlines these are; nothing where no outline is drawn."""
    if not credit["credit"]:
        return ""
    line = _("Outlines: {credit}").format(credit=credit["credit"])
    return f"{review_text(credit['review_number'])}{_('; ')}{line}"


def strip_title() -> str:
    """What stands over the places that no outline is published for."""
    return _("No boundary in the documents")


def facilities_text(count: int) -> str:
    """What the small points on a map are, and how many."""
    return legend_line(_("facility with a published point"), count)


def no_outline() -> str:
    """Why there is no map at all, and what would give one."""
    return _(
        "No district has an outline: write their codes in reference/places.csv, or put a boundary file into boundaries/."
    )
