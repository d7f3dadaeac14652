"""The marks of a chart with their words: a label for the axis, a text beside the bar, a row of the table behind it, the note below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from etl.language import is_chinese
from etl.model import Mark, Number, State
from pages.wording.catalog import _, listed, run_on
from pages.wording.dates import time_text
from pages.wording.numbers import embargo_text, measure_word, number_text
from pages.wording.states import measure_label, state_word


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


@dataclass(frozen=True, slots=True)
class WordedMark(Mark):
    """A mark with its label for the axis and the text beside it."""

    label: str = ""
    text: str = ""


def place_label(mark: Number) -> str:
    """The name of a mark's place, short enough for an axis."""
    return mark.place_short


def mark_texts(marks: Iterable[Number]) -> list[str]:
    """The text of each mark."""
    return [mark_text(mark) for mark in marks]


def worded(
    marks: Sequence[Mark],
    label: Callable[[Mark], str] = time_text,
    texts: Callable[[Sequence[Mark]], list[str]] = mark_texts,
) -> tuple[WordedMark, ...]:
    """``marks`` with their labels and texts, in their order."""
    each = zip(marks, texts(marks), strict=True)
    return tuple(WordedMark.of(mark, label=label(mark), text=text) for mark, text in each)


def mark_text(mark: Number) -> str:
    """The number with its kind, or the word of the state; an unchecked source and an embargo are said."""
    if mark.value is None:
        return state_word(mark.state if isinstance(mark, Mark) else "")
    kind = measure_word(mark.measure)
    unchecked = "" if mark.verified else _(" (unchecked)")
    return f"{run_on(kind, str(number_text(mark)))}{unchecked}{embargo_text(mark)}"


def numbers_table(marks: Iterable[Number], *, is_brief: bool = False) -> pd.DataFrame:
    """The table behind a display: one row per number, columns in the screen's language, ``number_id`` last.
    Empty columns (no breakdown anywhere, no reason) are left out; a brief table also leaves out what all its rows share.  The number
    stands beside what is measured, so that a narrow window shows it."""
    rows = [
        {
            _("Indicator"): mark.indicator_name,
            _("Place"): mark.place_name,
            _("Breakdown"): mark.breakdown_name,
            _("Period"): time_text(mark),
            _("Kind"): measure_label(mark.measure) if mark.value is not None else "",
            _("Number"): mark_text(mark),
            _("As printed"): mark.as_printed,
            _("Reason"): mark.reason if isinstance(mark, Mark) else "",
            "number_id": mark.number_id,
        }
        for mark in marks
    ]
    made = pd.DataFrame(rows)
    if len(made) and not is_brief:
        made.insert(1, _("Number"), made.pop(_("Number")))
    empty = [name for name in made.columns if name != "number_id" and not made[name].astype(bool).any()]
    same = [_("Indicator"), _("Period"), _("Breakdown"), _("Kind")] if is_brief and len(made) > 1 else []
    shared = [name for name in same if name not in empty and made.loc[made[name] != "", name].nunique() == 1]
    return made.drop(columns=[*empty, *shared])


SUBJECT = ("number_id", "observation_ids", "derived", "state", "indicator", "indicator_name", "place", "place_name")
TIME = ("breakdown", "period_start", "period_end", "as_of")
VALUE = ("measure", "qualifier", "value", "value_high", "unit", "as_printed", "verified", "formula", "reason")
RAW_COLUMNS = [*SUBJECT, *TIME, *VALUE]


def raw_table(marks: Iterable[Mark]) -> pd.DataFrame:
    """What a download holds: exact values in base units, qualifiers and ids, one row per number or declared absence."""
    cells = [[getattr(mark, name) for name in RAW_COLUMNS] for mark in marks]
    made = pd.DataFrame(cells, columns=pd.Index(RAW_COLUMNS), dtype=object)
    return made.assign(observation_ids=[";".join(ids) for ids in made["observation_ids"]])
