"""The marks of a chart as office programs draw them: categories, one series a state, labels - and as a small table.
A number's label says what the number says: where one number format can write every label of a series (``"计划"0"个"``), the
labels follow the data when somebody edits it; where it cannot (超过148万人次, 约7700人), each label is written out, because a
bound must never turn into an exact number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.model import Measure, State
from pages.charts.bars import shown_marks
from pages.charts.form import OfficeKind, form_of
from pages.charts.palette import LIGHT
from pages.reports.brief import Chart, CitedText, Table
from pages.wording.marks import WordedMark, done_text, units_of
from pages.wording.states import state_word
from pages.wording.titles import shown_numbers

COLOURS: Mapping[str, str] = {**{measure.state: LIGHT.tint for measure in Measure}, State.DONE: LIGHT.done}


@dataclass(frozen=True)
class Series:
    """One series: a value or None for each category, the labels, and the number format that writes them all, or ``""``."""

    name: str
    state: State
    values: tuple[Decimal | None, ...]
    labels: tuple[str, ...]
    number_format: str

    @property
    def colour(self) -> str:
        """The fill of its bars, as RRGGBB."""
        return COLOURS.get(self.state, LIGHT.unknown).removeprefix("#")


@dataclass(frozen=True)
class Native:
    """What a native chart needs: its kind, its categories from the first, its series."""

    kind: OfficeKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]


def native(chart: Chart) -> Native:
    """The shown marks of ``chart``; a place without a number says why in its category, a target stands in its period's."""
    kind, shown = form_of(chart.form).office, shown_marks(chart.marks)
    beside = [mark for mark in chart.marks if mark.part == "beside" and mark.measure == Measure.TARGET]
    targets = {mark.period: mark for mark in beside if kind is OfficeKind.COLUMNS}
    categories = tuple(_category(mark, targets.get(mark.period)) for mark in shown)
    states = dict.fromkeys(mark.state for mark in shown if mark.value is not None)
    return Native(kind, categories, tuple(_series(state, shown) for state in states))


def marks_table(chart: Chart) -> Table:
    """The same marks as a table of label and number, those beside them last."""
    cited = [(mark, tuple(filter(None, [mark.number_id]))) for mark in chart.marks]
    rows = tuple(
        (CitedText(one_line(mark.label)), CitedText(mark.text, ids, mark.observation_ids)) for mark, ids in cited
    )
    return Table(chart.title.text, (form_of(chart.form).header, "数"), rows, (1, 1), unit_line(chart), chart.source)


def unit_line(chart: Chart) -> str:
    """单位：万元, as the labels of the shown marks have it."""
    return f"单位：{'、'.join(units_of(shown_numbers(chart.marks)))}"


def chart_ids(chart: Chart) -> tuple[str, ...]:
    """Every observation the marks rest on."""
    return tuple(dict.fromkeys(number for mark in chart.marks for number in mark.observation_ids))


def one_line(label: str) -> str:
    """A label of an axis where it has one line."""
    return " ".join(label.split("\n"))


def _category(mark: WordedMark, target: WordedMark | None) -> str:
    label = one_line(mark.label)
    if mark.value is None:
        return f"{label}（{mark.text}）"
    return f"{label}（{target.text}）" if target and mark.measure == Measure.ACTUAL else label


def _series(state: State, shown: Sequence[WordedMark]) -> Series:
    of_state = [mark if mark.state == state and mark.value is not None else None for mark in shown]
    values = tuple(mark.value if mark else None for mark in of_state)
    labels = tuple(mark.text if mark else "" for mark in of_state)
    name = done_text(filter(None, of_state)) if state == State.DONE else state_word(state)
    return Series(name, state, values, labels, _number_format(values, labels))


def _number_format(values: Sequence[Decimal | None], labels: Sequence[str]) -> str:
    formats = set()
    for value, label in zip(values, labels, strict=True):
        if value is None:
            continue
        digits = f"{value:f}"
        before, found, behind = label.partition(digits)
        if not found or before[-1:].isdigit() or behind[:1].isdigit() or behind[:1] == ".":
            return ""
        decimals = "" if value == int(value) else f".{'0' * len(digits.partition('.')[2])}"
        formats.add(f"{_quoted(before)}0{decimals}{_quoted(behind)}")
    return formats.pop() if len(formats) == 1 else ""


def _quoted(words_around: str) -> str:
    return f'"{words_around.replace(chr(34), "")}"' if words_around else ""
