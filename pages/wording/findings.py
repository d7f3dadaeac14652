"""Titles that say what a chart finds, built from its own marks; where nothing can be said, the chart's plain title stays.

A share computed here is rounded to one decimal and marked 推算; a bound keeps its word; a plan is called a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import Any

import pandas as pd

from etl.language import is_chinese
from etl.model import Measure, Qualifier, State
from etl.rules.interval import Interval, point, printed, qualifier_of
from pages.wording.catalog import _, listed
from pages.wording.marks import mark_text, step_texts
from pages.wording.numbers import PER_CENT, embargo_text, measure_word, number_text, per_cent_text, qualifier_word
from pages.wording.rows import rows_of
from pages.wording.times import as_of_text, time_text

Mark = Mapping[str, Any]

GROUPS = 3
"""More than this many different numbers make no title."""

SHARE_STEP = Decimal("0.1")
"""The last digit of a share."""


def finding(marks: pd.DataFrame, chart: Mapping[str, Any]) -> str:
    """The title of ``chart`` (a row of charts_of) as its ``marks`` tell it."""
    rows = rows_of(marks)
    shown = [row for row in rows if row["part"] == "shown" and row["value"] is not None]
    beside = [row for row in rows if row["part"] == "beside" and row["value"] is not None]
    if not shown:
        return str(chart["title"])
    forms: Mapping[str, Callable[..., str]] = {
        "bars_by_place": _leading_places,
        "bars_by_period": _against_target,
        "points_over_time": _latest_point,
        "bars_by_breakdown": partial(_items, title=str(chart["title"])),
        "funnel": _steps,
    }
    said = forms.get(chart["form"], _nothing)(shown, beside)
    return f"{said[:1].upper()}{said[1:]}" or str(chart["title"])


def _nothing(_shown: Sequence[Mark], _beside: Sequence[Mark]) -> str:
    return ""


def _leading_places(shown: Sequence[Mark], beside: Sequence[Mark]) -> str:
    """甲区、乙区合计36个，占甲市计划44个的81.8%（推算） - only where the total is printed, the numbers are exact and these are the two
    largest: a third that equals the second is left out of no sentence, so then nothing is said.
    """
    total = next((row for row in beside if _same_thing(row, shown[0])), None)
    if total is None or len(shown) < 3 or any(not _adds_up(row) for row in [*shown, total]):
        return ""
    first = sorted(shown, key=lambda row: -row["value"])[:3]
    if first.pop()["value"] == first[-1]["value"]:
        return ""
    value = sum((row["value"] for row in first), start=Decimal(0))
    joint = number_text({**first[0], "value": value})
    return _("{places}: {number} together, {share} of the {kind} {total} of {place} (computed)").format(
        place=total["place_name"],
        places=_(", ").join(row["place_name"] for row in first)
        if not is_chinese()
        else "、".join(row["place_name"] for row in first),
        number=joint,
        share=_share_text(first, total),
        kind=measure_word(total["measure"]),
        total=number_text(total),
    )


def _share_text(parts: Sequence[Mark], total: Mark) -> str:
    """The parts as per cent of the total; 约 where what their printing leaves open changes the digit shown."""
    share = 100 * sum((row["value"] for row in parts), start=Decimal(0)) / total["value"]
    left_open = point(Decimal(100)) * sum(map(_range, parts), start=point(Decimal(0))) / _range(total)
    is_approx = qualifier_of(left_open, share, SHARE_STEP) is Qualifier.APPROX
    word = qualifier_word(Qualifier.APPROX, PER_CENT) if is_approx else ""
    return ("" if is_chinese() else " ").join(filter(None, (word, per_cent_text(share))))


def _range(row: Mark) -> Interval:
    return printed(row["value"], None, row["qualifier"], row["step"], continuous=False)


def _adds_up(row: Mark) -> bool:
    """Whether a number may be added to others: an exact one that was counted - no share, nothing computed."""
    return row["qualifier"] == Qualifier.EXACT and row["unit"] != PER_CENT and not row["derived"]


def _against_target(shown: Sequence[Mark], beside: Sequence[Mark]) -> str:
    """2018年81个，为目标73个的111.0%（推算）；2019年计划44个 - a share of checked numbers only; what was done beside what was planned."""
    parts = []
    planned = [row for row in shown if row["measure"] == Measure.PLAN]
    checked = [row for row in beside if row["measure"] == Measure.TARGET and row["verified"]]
    for row in shown:
        target = next((each for each in checked if _same_period(row, each)), None)
        if target is not None and row["measure"] == Measure.ACTUAL and row["verified"] and target["value"]:
            share = per_cent_text(100 * row["value"] / target["value"])
            parts.append(
                _("{period}: {number}, {share} of the target {target} (computed)").format(
                    period=time_text(row), number=_done(row), share=share, target=number_text(target)
                )
            )
        elif row["measure"] == Measure.ACTUAL and row["verified"] and any(_same_period(row, each) for each in planned):
            parts.append(_("{period}: {number}").format(period=time_text(row), number=_done(row)))
        elif row["measure"] == Measure.PLAN:
            parts.append(_("{period}: {number}").format(period=time_text(row), number=mark_text(row)))
    return _("; ").join(parts)


def _done(row: Mark) -> str:
    """An actual number with its indicator's own word for what was done: 建成81个; without a word, the number alone."""
    word = str(row.get("done_word") or "")
    return f"{word}{number_text(row)}" if is_chinese() else f"{number_text(row)} {word}".strip()


def _latest_point(shown: Sequence[Mark], _beside: Sequence[Mark]) -> str:
    """截至2019年3月21日，甲市累计接待超过148万人次 - the latest checked point only."""
    checked = [row for row in shown if row["verified"]]
    if not checked:
        return ""
    last = checked[-1]
    return _("{when}, {place}: {indicator} {number}").format(
        when=_when(last), place=last["place_name"], indicator=last["indicator_name"],
        number=f"{number_text(last)}{embargo_text(last)}",
    )  # fmt: skip


def _when(row: Mark) -> str:
    """The day a number stood at; its period where it is a rate or where that day is only its document's."""
    is_over = row["period_end"] and (row["unit"] == PER_CENT or (row["as_of"] and row["as_of"] > row["period_end"]))
    return time_text(row) if is_over else as_of_text(row) or time_text(row)


def _items(shown: Sequence[Mark], _beside: Sequence[Mark], *, title: str) -> str:
    """甲区 · 座数 · 方式：新建、改建各5个 - items of one number together, where that leaves at most GROUPS groups."""
    ranked = sorted(shown, key=lambda row: -row["value"])
    groups = [(text, list(rows)) for text, rows in groupby(ranked, key=mark_text)]
    if len(groups) > GROUPS:
        return ""
    joint = "、" if is_chinese() else ", "
    each = _("{items} {number} each")
    said = [
        (each if len(rows) > 1 else _("{items} {number}")).format(
            items=joint.join(str(row["breakdown_name"]) for row in rows), number=text
        )
        for text, rows in groups
    ]
    return _("{title}: {items}").format(title=title, items=_("; ").join(said))


def _steps(shown: Sequence[Mark], _beside: Sequence[Mark]) -> str:
    """接待358起 → 受理259起（为上一步的72.3%，推算）→ …"""
    where = "" if len({row["place"] for row in shown}) > 1 else str(shown[0]["place_name"])
    steps = " → ".join(
        f"{row['indicator_name']}{'' if is_chinese() else ' '}{text}"
        for row, text in zip(shown, step_texts(shown), strict=True)
    )
    return _("{title}: {items}").format(title=where, items=steps) if where else steps


def _same_thing(one: Mark, other: Mark) -> bool:
    return all(one[name] == other[name] for name in ("indicator", "measure", "unit")) and _same_period(one, other)


def _same_period(one: Mark, other: Mark) -> bool:
    return (one["period_start"], one["period_end"]) == (other["period_start"], other["period_end"])


def chart_note(marks: pd.DataFrame, chart: Mapping[str, Any]) -> str:
    """Unit as the labels have it, what the marks mean, how many places have no number, and the chart's own remark."""
    shown = [row for row in rows_of(marks) if row["part"] == "shown"]
    valued = [row for row in shown if row["value"] is not None]
    labelled = valued or [row for row in rows_of(marks) if row["value"] is not None]
    parts = [_("Unit: {unit}").format(unit=listed(units_of(labelled))) if labelled else ""]
    states = dict.fromkeys(row["state"] for row in shown)
    keys = {
        State.DONE: _("solid = {done}").format(done=done_text(valued)),
        State.PLANNED: _("hatched = planned"),
        State.NOT_IN_PLAN: _("outline = not in the plan"),
        State.NOT_PUBLISHED: _("dots = not published"),
        State.NOT_IN_SOURCES: _("dots = not in the documents entered"),
        State.STANDARD: _("pale = a standard, no result"),
    }
    if len(states) > 1 or {State.PLANNED, State.STANDARD} & set(states):
        parts += [keys[state] for state in states if state in keys]
    bounds = {Qualifier.MORE_THAN, Qualifier.AT_LEAST} & {row["qualifier"] for row in valued}
    if chart["form"] == "points_over_time" and bounds:
        parts.append(_("open mark with arrow = lower bound, no line between points"))
    return _("; ").join(filter(None, [*parts, str(chart["note"] or "") if is_chinese() else ""]))


def units_of(valued: Sequence[Mark]) -> list[str]:
    """The units that the labels of these numbers carry, scale and all: 万元 where a label says 2611万元; each once."""
    return list(dict.fromkeys(str(number_text(row).unit) for row in valued))


def done_text(rows: Sequence[Mark]) -> str:
    """What solid marks stand for: the own word of their indicator where all have one, else 实际."""
    words = dict.fromkeys(str(row.get("done_word") or "") for row in rows if row["state"] == State.DONE)
    return next(iter(words)) if len(words) == 1 and "" not in words else _("actual")
