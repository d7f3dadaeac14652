"""What stands below a chart: the unit of its labels and what its marks mean."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from etl.language import is_chinese
from etl.model import State
from pages.wording.catalog import _, listed
from pages.wording.marks import Mark
from pages.wording.numbers import number_text
from pages.wording.rows import rows_of


def chart_note(marks: pd.DataFrame, more: str = "", remark: str = "") -> str:
    """Unit as the labels have it, what the marks mean, ``more``, and the chart's own ``remark``, which is Chinese."""
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
    return _("; ").join(filter(None, [*parts, more, remark if is_chinese() else ""]))


def units_of(valued: Sequence[Mark]) -> list[str]:
    """The units that the labels of these numbers carry, scale and all: 万元 where a label says 2611万元; each once."""
    return list(dict.fromkeys(str(number_text(row).unit) for row in valued))


def done_text(rows: Sequence[Mark]) -> str:
    """What solid marks stand for: the own word of their indicator where all have one, else 实际."""
    words = dict.fromkeys(str(row.get("done_word") or "") for row in rows if row["state"] == State.DONE)
    return next(iter(words)) if len(words) == 1 and "" not in words else _("actual")
