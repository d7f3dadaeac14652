"""What stands below a chart: the unit of its labels and what its marks mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.language import is_chinese
from etl.model import Mark, Number, State
from pages.wording.catalog import _, listed
from pages.wording.numbers import number_text


def chart_note(marks: Sequence[Mark], more: str = "", remark: str = "") -> str:
    """Unit as the labels have it, what the marks mean, ``more``, and the chart's own ``remark``, which is Chinese."""
    shown = [mark for mark in marks if mark.part == "shown"]
    valued = [mark for mark in shown if mark.value is not None]
    labelled = valued or [mark for mark in marks if mark.value is not None]
    parts = [_("Unit: {unit}").format(unit=listed(units_of(labelled))) if labelled else ""]
    states = dict.fromkeys(mark.state for mark in shown)
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


def units_of(valued: Iterable[Number]) -> list[str]:
    """The units that the labels of these numbers carry, scale and all: 万元 where a label says 2611万元; each once."""
    return list(dict.fromkeys(number_text(number).unit for number in valued))


def done_text(marks: Iterable[Mark]) -> str:
    """What solid marks stand for: the own word of their indicator where all have one, else 实际."""
    words = {mark.done_word for mark in marks if mark.state == State.DONE}
    return words.pop() if len(words) == 1 and "" not in words else _("actual")
