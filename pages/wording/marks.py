"""The marks of a chart with their words: a label for the axis, a text beside the bar, a row of the table behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from etl.language import is_chinese
from etl.model import Qualifier
from pages.wording.catalog import _
from pages.wording.dates import stacked_day
from pages.wording.numbers import embargo_text, measure_word, number_text, per_cent_text
from pages.wording.rows import rows_of
from pages.wording.states import measure_label, state_word
from pages.wording.times import day_of, time_text


def worded(marks: pd.DataFrame, form: str) -> pd.DataFrame:
    """``marks`` (pages.queries.charted) with ``label`` and ``text`` added; same rows, same order."""
    rows = rows_of(marks)
    texts = step_texts(rows) if form == "funnel" else [mark_text(row) for row in rows]
    return marks.assign(
        label=pd.Series([mark_label(row, form) for row in rows], index=marks.index, dtype=object),
        text=pd.Series(texts, index=marks.index, dtype=object),
    )


def step_texts(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """The steps of a funnel, each but the first with its share of the step before, computed here and marked so; of exact numbers only."""
    texts = [mark_text(step) for step in steps]
    for at, (before, step) in enumerate(pairwise(steps), start=1):
        is_exact = before["qualifier"] == step["qualifier"] == Qualifier.EXACT
        if before["value"] and step["value"] is not None and is_exact:
            share = per_cent_text(100 * step["value"] / before["value"])
            texts[at] += _(" ({share} of the step before, computed)").format(share=share)
    return texts


def mark_label(mark: Mapping[str, Any], form: str) -> str:
    """What stands on the axis for this mark."""
    if form == "bars_by_place":
        return str(mark["place_short"])
    if form == "bars_by_breakdown":
        return str(mark["breakdown_name"] or mark["indicator_name"])
    if form == "funnel":
        return str(mark["indicator_name"])
    if form == "points_over_time":
        return stacked_day(day_of(mark) if mark["as_of"] else None) or time_text(mark)
    return time_text(mark)


def mark_text(mark: Mapping[str, Any]) -> str:
    """The number with its kind, or the word of the state; an unchecked source and an embargo are said."""
    if mark["value"] is None:
        return state_word(mark["state"])
    kind = measure_word(mark["measure"])
    text = f"{kind}{number_text(mark)}" if is_chinese() else f"{kind} {number_text(mark)}".strip()
    return f"{text}{embargo_text(mark)}" if mark["verified"] else f"{text}{_(' (unchecked)')}{embargo_text(mark)}"


def numbers_table(marks: pd.DataFrame, *, is_brief: bool = False) -> pd.DataFrame:
    """The table behind a display: one row per number, columns in the screen's language, ``number_id`` last.

    Empty columns (no breakdown anywhere, no reason) are left out; a brief table also leaves out what all its rows share.  The number
    stands beside what is measured, so that a narrow window shows it.
    """
    rows = [
        {
            _("Indicator"): row["indicator_name"],
            _("Place"): row["place_name"],
            _("Breakdown"): row["breakdown_name"] or "",
            _("Period"): time_text(row),
            _("Kind"): measure_label(row["measure"]) if row["value"] is not None else "",
            _("Number"): mark_text(row),
            _("As printed"): row["as_printed"] or "",
            _("Reason"): row.get("reason") or "",
            "number_id": row["number_id"] or "",
        }
        for row in rows_of(marks)
    ]
    made = pd.DataFrame(rows)
    if len(made) and not is_brief:
        made.insert(1, _("Number"), made.pop(_("Number")))
    empty = [name for name in made.columns if name != "number_id" and not made[name].astype(bool).any()]
    same = [_("Indicator"), _("Period"), _("Breakdown"), _("Kind")] if is_brief and len(made) > 1 else []
    shared = [name for name in same if name not in empty and made.loc[made[name] != "", name].nunique() == 1]
    return made.drop(columns=[*empty, *shared])


def raw_table(marks: pd.DataFrame) -> pd.DataFrame:
    """What a download holds: exact values in base units, qualifiers and ids, one row per number or declared absence."""
    columns = [
        "number_id", "observation_ids", "derived", "state", "indicator", "indicator_name", "place", "place_name", "breakdown",
        "period_start", "period_end", "as_of", "measure", "qualifier", "value", "value_high", "unit", "as_printed", "verified",
        "formula", "reason",
    ]  # fmt: skip
    return marks.reindex(columns=[name for name in columns if name in marks.columns])
