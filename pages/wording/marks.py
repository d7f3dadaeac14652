"""The marks of a chart with their words: a label for the axis, a text beside the bar, a row of the table behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from etl import model
from etl.language import is_chinese
from etl.model import Number
from pages.wording.catalog import _
from pages.wording.numbers import embargo_text, measure_word, number_text
from pages.wording.rows import rows_of
from pages.wording.states import measure_label, state_word
from pages.wording.times import time_text

Mark = Mapping[str, Any]


def place_label(mark: Mark) -> str:
    """The name of a mark's place, short enough for an axis."""
    return str(mark["place_short"])


def mark_texts(marks: Sequence[Mark]) -> list[str]:
    """The text of each mark."""
    return [mark_text(mark) for mark in marks]


def worded(
    marks: pd.DataFrame,
    label: Callable[[Mark], str] = time_text,
    texts: Callable[[Sequence[Mark]], list[str]] = mark_texts,
) -> pd.DataFrame:
    """``marks`` (pages.queries.chart_marks) with ``label`` and ``text`` added; same rows, same order."""
    rows = rows_of(marks)
    return marks.assign(
        label=pd.Series([label(row) for row in rows], index=marks.index, dtype=object),
        text=pd.Series(texts(rows), index=marks.index, dtype=object),
    )


def same_period(one: Mark, other: Mark) -> bool:
    """Whether two numbers cover one period."""
    return (one["period_start"], one["period_end"]) == (other["period_start"], other["period_end"])


def mark_text(mark: Number | Mark) -> str:
    """The number with its kind, or the word of the state; an unchecked source and an embargo are said."""
    if not isinstance(mark, Number):
        mark = model.Mark.from_row(mark) if "state" in mark else Number.from_row(mark)
    if mark.value is None:
        return state_word(mark.state if isinstance(mark, model.Mark) else "")
    kind = measure_word(mark.measure)
    text = f"{kind}{number_text(mark)}" if is_chinese() else f"{kind} {number_text(mark)}".strip()
    return f"{text}{embargo_text(mark)}" if mark.verified else f"{text}{_(' (unchecked)')}{embargo_text(mark)}"


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
