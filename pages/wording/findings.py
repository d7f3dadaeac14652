"""Titles that say what a chart finds, built from its own marks; where nothing can be said, the chart's plain title stays.

A share computed here is rounded to one decimal and marked 推算; a bound keeps its word; a plan is called a plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from pages.wording.catalog import Words
from pages.wording.marks import mark_text
from pages.wording.numbers import measure_word, number_text, per_cent_text
from pages.wording.rows import rows_of
from pages.wording.times import as_of_text, time_text

Mark = Mapping[str, Any]


def finding(marks: pd.DataFrame, chart: Mapping[str, Any], _: Words) -> str:
    """The title of ``chart`` (a row of charts_of) as its ``marks`` tell it."""
    rows = rows_of(marks)
    shown = [row for row in rows if row["part"] == "shown" and row["value"] is not None]
    beside = [row for row in rows if row["part"] == "beside" and row["value"] is not None]
    if not shown:
        return str(chart["title"])
    said = {
        "bars_by_place": _leading_places,
        "bars_by_period": _against_target,
        "points_over_time": _latest_point,
    }.get(chart["form"], _nothing)(shown, beside, _)
    return f"{said[:1].upper()}{said[1:]}" or str(chart["title"])


def _nothing(_shown: Sequence[Mark], _beside: Sequence[Mark], _: Words) -> str:
    return ""


def _leading_places(shown: Sequence[Mark], beside: Sequence[Mark], _: Words) -> str:
    """甲区、乙区合计36个，占计划44个的81.8%（推算） - only where the total is printed and the numbers are exact."""
    total = next((row for row in beside if _same_thing(row, shown[0])), None)
    if total is None or len(shown) < 3 or any(row["qualifier"] != "exact" for row in [*shown, total]):
        return ""
    first = shown[:2]
    value = sum((row["value"] for row in first), start=Decimal(0))
    joint = number_text({**first[0], "value": value}, _)
    return _("{places}: {number} together, {share} of the {kind} {total} (computed)").format(
        places=_(", ").join(row["place_name"] for row in first)
        if not _.chinese
        else "、".join(row["place_name"] for row in first),
        number=joint,
        share=per_cent_text(100 * value / total["value"]),
        kind=measure_word(total["measure"], _),
        total=number_text(total, _),
    )


def _against_target(shown: Sequence[Mark], beside: Sequence[Mark], _: Words) -> str:
    """2018年81个，为目标73个的111.0%（推算）；2019年计划44个."""
    parts = []
    for row in shown:
        target = next((each for each in beside if each["measure"] == "target" and _same_period(row, each)), None)
        if target is not None and row["measure"] == "actual" and target["value"]:
            share = per_cent_text(100 * row["value"] / target["value"])
            parts.append(
                _("{period}: {number}, {share} of the target {target} (computed)").format(
                    period=time_text(row, _), number=number_text(row, _), share=share, target=number_text(target, _)
                )
            )
        elif row["measure"] == "plan":
            parts.append(_("{period}: {number}").format(period=time_text(row, _), number=mark_text(row, _)))
    return _("; ").join(parts)


def _latest_point(shown: Sequence[Mark], _beside: Sequence[Mark], _: Words) -> str:
    """截至2019年3月21日，累计接待超过148万人次 - the latest checked point only."""
    checked = [row for row in shown if row["verified"]]
    if not checked:
        return ""
    last = checked[-1]
    return _("{when}: {indicator} {number}").format(
        when=as_of_text(last, _) or time_text(last, _), indicator=last["indicator_name"], number=number_text(last, _)
    )


def _same_thing(one: Mark, other: Mark) -> bool:
    return all(one[name] == other[name] for name in ("indicator", "measure", "unit")) and _same_period(one, other)


def _same_period(one: Mark, other: Mark) -> bool:
    return (one["period_start"], one["period_end"]) == (other["period_start"], other["period_end"])


def chart_note(marks: pd.DataFrame, chart: Mapping[str, Any], _: Words) -> str:
    """Unit, what the marks mean, how many places have no number, and the chart's own remark."""
    shown = [row for row in rows_of(marks) if row["part"] == "shown"]
    valued = [row for row in shown if row["value"] is not None]
    units = dict.fromkeys(row["unit_name"] for row in valued)
    parts = [_("Unit: {unit}").format(unit="、".join(units) if _.chinese else ", ".join(units))]
    states = dict.fromkeys(row["state"] for row in shown)
    keys = {
        "done": _("solid = done"),
        "planned": _("hatched = planned"),
        "not_in_plan": _("outline = not in the plan"),
        "not_published": _("dots = not published"),
    }
    if len(states) > 1 or "planned" in states:
        parts += [keys[state] for state in states if state in keys]
    if any(row["qualifier"] in ("more_than", "at_least") for row in valued):
        parts.append(_("open mark with arrow = lower bound, no line between points"))
    return _("; ").join(filter(None, [*parts, str(chart["note"] or "") if _.chinese else ""]))
