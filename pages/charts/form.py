"""All that is known of one form of chart, declared by one file: ``pages/charts/forms/<form>.py`` binds FORM; its name tells its axis (etl.model.Axis)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol

import plotly.graph_objects as go

from etl.model import Mark
from pages.charts.map_scene import Scene
from pages.wording.marks import WordedMark, chart_note, mark_texts, worded

FOLDER = Path(__file__).parent / "forms"


class Build(Protocol):
    """Draws marks with their words (``worded_marks``)."""

    def __call__(self, *, marks: Sequence[WordedMark], dark: bool = False) -> go.Figure:
        """The chart."""


class OfficeKind(StrEnum):
    """What office programs draw natively."""

    BARS = "bars"
    COLUMNS = "columns"
    POINTS = "points"


@dataclass(frozen=True)
class Numbers:
    """The marks with a value that a chart shows, those it compares them with, and its plain title."""

    shown: Sequence[Mark]
    beside: Sequence[Mark]
    title: str


def _says_nothing(_marks: Numbers | Sequence[Mark]) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form of chart.
    ``label`` stands on the axis for a mark, ``texts`` beside the marks; ``finding`` is a title that says what the marks tell, ``""``
    where nothing can be said, ``note`` what a reader must know of these marks; ``office`` is drawn natively in office files, whose
    tables head the labels with ``header``. ``build`` is None where a chart needs more than its marks: briefings draw no such form.
    A map has ``build_map`` instead, which draws its marks on the outlines of their places."""

    label: Callable[[Mark], str]
    build: Build | None
    build_map: Callable[[Scene], go.Figure] | None = None
    texts: Callable[[Sequence[Mark]], list[str]] = mark_texts
    finding: Callable[[Numbers], str] = _says_nothing
    note: Callable[[Sequence[Mark]], str] = _says_nothing
    office: OfficeKind = OfficeKind.BARS
    header: str = "分项"


def forms() -> tuple[str, ...]:
    """The names of all forms."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.py")))


@cache
def form_of(name: str) -> Form:
    """The form of this name; KeyError for one that has no file."""
    if name not in forms():
        raise KeyError(name)
    form: Form = import_module(f"pages.charts.forms.{name}").FORM
    return form


def drawn(*, form: str, marks: Sequence[WordedMark], dark: bool = False) -> go.Figure:
    """``marks`` with their words as a chart of ``form``; KeyError for a form that its marks alone do not draw."""
    build = form_of(form).build
    if build is None:
        raise KeyError(form)
    return build(marks=marks, dark=dark)


def worded_marks(marks: Sequence[Mark], form: str) -> tuple[WordedMark, ...]:
    """``marks`` (pages.queries.chart_specs) with label and text as ``form`` has them."""
    return worded(marks, form_of(form).label, form_of(form).texts)


def finding(marks: Sequence[Mark], form: str, title: str) -> str:
    """The title of a chart as its ``marks`` tell it; its plain ``title`` where they tell nothing."""
    shown, beside = _valued(marks, "shown"), _valued(marks, "beside")
    said = form_of(form).finding(Numbers(shown, beside, title)) if shown else ""
    return f"{said[:1].upper()}{said[1:]}" or title


def note_of(marks: Sequence[Mark], form: str, remark: str = "") -> str:
    """The note below a chart: unit, what the marks mean, what its form adds, and the chart's own ``remark``."""
    return chart_note(marks, form_of(form).note(_valued(marks, "shown")), remark)


def _valued(marks: Sequence[Mark], part: str) -> list[Mark]:
    return [mark for mark in marks if mark.part == part and mark.value is not None]
