"""A project's line of evidence: its numbers as one sentence, and the one word that sums up how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from etl.language import is_chinese
from etl.model import Measure, Qualifier
from pages.wording.catalog import _
from pages.wording.marks import mark_text
from pages.wording.rows import rows_of
from pages.wording.times import as_of_text, time_text

Number = Mapping[str, Any]


def evidence_text(line: pd.DataFrame) -> str:
    """The numbers of one project (rows of pages.queries.evidence with one ``line``) in a sentence.

    A place other than the city is named in front; the versions of a conflict stand side by side, none of them alone. Numbers of one
    time say it once, behind them.
    """
    rows = rows_of(line)
    places = list(dict.fromkeys(str(row["place_name"]) for row in rows if row["lies_elsewhere"]))
    versions = [list(group) for _variant, group in groupby(sorted(rows, key=_variant_of), key=_variant_of)]
    said = _(" / ").join(_said(version) for version in versions)
    front = _(", ").join(places)
    return _("{place}: {said}").format(place=front, said=said) if front else said


def _variant_of(row: Number) -> str:
    return str(row["variant"])


def _said(rows: Sequence[Number]) -> str:
    by_indicator = [list(group) for _name, group in groupby(rows, key=lambda row: str(row["indicator_name"]))]
    by_time = [(when, list(own)) for when, own in groupby(by_indicator, key=_shared_time)]
    return _("; ").join(_at(when, _("; ").join(_of_one_indicator(group) for group in own)) for when, own in by_time)


def _shared_time(rows: Sequence[Number]) -> str:
    """The time of an indicator with one number; several say their own."""
    first = rows[0]
    whole = first["period_start"] and first["period_end"]
    return "" if len(rows) > 1 else time_text(first) if whole else as_of_text(first) or time_text(first)


def _at(when: str, said: str) -> str:
    return _("{title} ({period})").format(title=said, period=when) if when else said


def _of_one_indicator(rows: Sequence[Number]) -> str:
    gap = "" if is_chinese() else " "
    name = str(rows[0]["indicator_name"])
    timed = len(rows) > 1
    texts = [gap.join(filter(None, [time_text(row) if timed else "", mark_text(row)])) for row in rows]
    return f"{name}{gap}{_(', ').join(texts)}"


def evidence_state(line: pd.DataFrame) -> tuple[str, str]:
    """Colour and word for how a project stands; a conflict before all, then the target, then whether it is only planned.

    Only a target of the same indicator, place and period as what was done is held against it; without one there is no verdict, and
    no word unless somebody declared that it was not published: what has no target is not said to lack one.
    """
    rows = rows_of(line)
    if any(row["conflict"] for row in rows):
        return "red", _("conflicting definitions")
    for target in (row for row in rows if row["measure"] == Measure.TARGET):
        for done in (row for row in rows if row["measure"] == Measure.ACTUAL and _same_thing(row, target)):
            return _against(done, target)
    if rows and all(row["measure"] == Measure.PLAN for row in rows):
        return "blue", _("plan")
    return "gray", _("no target published") if any(row["is_target_missing"] for row in rows) else ""


def _same_thing(row: Number, other: Number) -> bool:
    return all(row[name] == other[name] for name in ("indicator", "place", "period_start", "period_end", "breakdown"))


def _against(done: Number, target: Number) -> tuple[str, str]:
    if done["value"] > target["value"]:
        return "blue", _("above target")
    if done["value"] == target["value"]:
        return "blue", _("target met")
    return ("gray", _("as of now")) if done["qualifier"] != Qualifier.EXACT else ("red", _("below target"))
