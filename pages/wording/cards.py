"""The words of a headline card: the large number and the lines below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from etl.language import is_chinese
from etl.model import Measure, Qualifier
from pages.wording.catalog import _
from pages.wording.numbers import NumberText, embargo_text, measure_word, number_text, per_cent_text
from pages.wording.rows import rows_of
from pages.wording.times import time_text

Number = Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """One card: ``numbers`` is usually one; several printed versions of one thing all stand, with ``is_conflict``."""

    title: str
    kind: str
    numbers: tuple[NumberText, ...]
    lines: tuple[str, ...]
    is_conflict: bool = False


def card_text(card: pd.DataFrame) -> Card:
    """The words of one card (the rows of pages.queries.headlines with one ``headline``); no number gives no ``numbers``."""
    rows = rows_of(card)
    shown = [row for row in rows if row["part"] == "shown" and row["number_id"]]
    beside = [row for row in rows if row["part"] == "beside"]
    kinds = dict.fromkeys(measure_word(row["measure"]) for row in shown)
    kinds |= dict.fromkeys(_("Embargoed") for row in shown if row.get("embargoed"))
    return Card(
        title=str(rows[0]["title"]),
        kind=_("/").join(filter(None, kinds)),
        numbers=tuple(number_text(row) for row in shown),
        lines=tuple(filter(None, [*_lines(shown, beside), str(rows[0]["card_note"] or "") if is_chinese() else ""])),
        is_conflict=any(row["conflict"] for row in shown),
    )


def _lines(shown: Sequence[Number], beside: Sequence[Number]) -> list[str]:
    """Targets with their percentage first, then numbers of the same indicator by period, then other indicators by name."""
    first = shown[0] if shown else None
    return [_line(row, first) for row in beside]


def _line(row: Number, first: Number | None) -> str:
    number = f"{number_text(row)}{embargo_text(row)}"
    gap, colon = ("", "") if is_chinese() else (" ", ":")
    if first is not None and row["measure"] == Measure.TARGET:
        percentage = _percentage(first, row)
        return _("; ").join(filter(None, [f"{_('target')}{gap}{number}", percentage]))
    kind = measure_word(row["measure"])
    if first is not None and row["indicator"] == first["indicator"]:
        name = row["breakdown_name"] or (row["place_name"] if row["place"] != first["place"] else time_text(row))
    else:
        name = row["breakdown_name"] or row["indicator_name"]
    return gap.join(filter(None, [f"{name}{colon}", kind, number]))


def _percentage(actual: Number, target: Number) -> str:
    comparable = actual["unit"] == target["unit"] and actual["qualifier"] == target["qualifier"] == Qualifier.EXACT
    if not comparable or actual["measure"] != Measure.ACTUAL or not target["value"]:
        return ""
    return _("{share} of the target (computed)").format(share=per_cent_text(100 * actual["value"] / target["value"]))


def overview_title(cards: pd.DataFrame) -> str:
    """What the first headline numbers say, as one line: 2017—2018年建成规范化城市社区118个；2019年计划再建44个; ``""`` without any."""
    gap = "" if is_chinese() else ": "
    return _("; ").join(f"{row['title']}{gap}{number_text(row)}" for row in rows_of(cards))
