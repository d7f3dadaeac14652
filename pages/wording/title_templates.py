"""Titles and notes that are templates of reference data, filled from what is shown: no typed number outlives the number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from etl.language import is_chinese
from etl.rules.templates import SEPARATOR, Slot, SlotValue, filled
from etl.rules.titles import SLOTS
from pages.wording.dates import day_text
from pages.wording.numbers import number_text
from pages.wording.rows import rows_of
from pages.wording.times import as_of_text, time_text


def title_of(template: str, rows: pd.DataFrame) -> str:
    """``template`` filled from ``rows`` (with the columns of pages.queries.numbers and ``part``); a text without slots stays as it is."""
    if "{" not in template:
        return template
    valued = [row for row in rows_of(rows) if row["number_id"]]
    said = filled(template, {slot: Slot(tuple(_told(row) for row in _of(valued, slot))) for slot in SLOTS})
    return said if is_chinese() else said.replace(SEPARATOR, ", ")


def _of(rows: Sequence[Mapping[str, Any]], slot: str) -> list[Mapping[str, Any]]:
    """What a slot holds: the numbers shown or beside; ``plan``, ``actual`` ... those shown of one measure."""
    if slot in ("shown", "beside"):
        return [row for row in rows if row["part"] == slot]
    return [row for row in rows if row["part"] == "shown" and row["measure"] == slot]


def _told(row: Mapping[str, Any]) -> SlotValue:
    return SlotValue(
        text=str(number_text(row)),
        place=str(row["place_name"]),
        indicator=str(row["indicator_name"]),
        breakdown=str(row["breakdown_name"] or ""),
        when=time_text(row),
        period=time_text(row) if row["period_start"] or row["period_end"] else "",
        as_of=day_text(row["as_of"]) if as_of_text(row) else "",
    )
