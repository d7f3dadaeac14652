"""The numbers that were read of a bulletin as a table to tick and edit."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from etl.desk.enterable import chosen_row
from etl.extract import SURE
from etl.rows import ProposedNumber
from pages.queries.data_quality import indicator_projects
from pages.queries.reference import choices
from pages.widgets import escaped
from pages.widgets.screen import this_screen
from pages.wording import intake as wording
from pages.wording.catalog import _
from pages.wording.states import measure_names

_DAYS = ("period_start", "period_end", "as_of")
_FREE = ("value", "value_high", "time_as_printed", "note")
_ORDER = (
    "taken", "as_printed", "measure", *_DAYS, "time_as_printed", "indicator", "place", "value", "value_high", "unit", "qualifier",
    "breakdown", "role", "keyword", "note", "seq",
)  # fmt: skip
_WIDTHS = dict.fromkeys(("as_printed", *_DAYS), 92) | {"taken": 48, "measure": 64, "time_as_printed": 88}
"""Pixels; what a number says (its kind, its time) stands in the first 570, before anything has to be scrolled to."""

_PINNED = ("taken", "as_printed")
_FIXED = ("seq", "as_printed", "keyword")


def choose_rows(rows: Sequence[ProposedNumber]) -> tuple[ProposedNumber, ...]:
    """The candidates as a table to tick and edit; the rows that are ticked, as they were left."""
    release = this_screen().release
    state = "edited_intake_all"
    with st.container(horizontal=True, key="choose_all"):
        for taken, label, key in ((True, _("Accept all"), "accept_all"), (False, _("Reject all"), "reject_all")):
            if escaped.button(label, key=key):
                st.session_state[state] = (taken, st.session_state.get(state, (None, 0))[1] + 1)
    every, version = st.session_state.get(state, (None, 0))
    known = {name: choices(release, f"{name}s") for name in ("indicator", "place", "unit", "breakdown")}
    known |= {"qualifier": wording.qualifier_names(), "measure": measure_names(), "role": wording.role_names()}
    options = {column: {**given, **_unknown(rows, column, given)} for column, given in known.items()}
    shown = pd.DataFrame([_shown(row, options, every) for row in rows])
    edited = st.data_editor(
        shown, hide_index=True, disabled=_FIXED, key=f"edited_intake_{version}_{release.id}", column_config=_columns(options),
        column_order=_ORDER, placeholder="",
        alt=_("The numbers that were read"),
    )  # fmt: skip
    projects = indicator_projects(release)
    return tuple(
        chosen_row(row, _left(given, options, projects))
        for row, given in zip(rows, edited.to_dict("records"), strict=True)
        if given["taken"]
    )


def _unknown(rows: Sequence[ProposedNumber], column: str, known: Mapping[str, str]) -> dict[str, str]:
    """What was read and stands in no reference table, so that it is seen and not lost."""
    said = {str(row.cells()[column]) for row in rows} - {"", "repeat", *known}
    return {word: word for word in sorted(said)}


def _shown(
    row: ProposedNumber, options: Mapping[str, Mapping[str, str]], every: bool | None
) -> dict[str, str | bool | dt.date | None]:
    cells = row.cells()
    named = {name: known.get(cells[name], "" if name == "role" else cells[name]) for name, known in options.items()}
    days = {name: dt.date.fromisoformat(cells[name]) if cells[name] else None for name in _DAYS}
    shown = {**cells, **named, **days, "taken": row.confidence >= SURE if every is None else every}
    return {name: shown[name] for name in _ORDER}


def _left(
    given: Mapping[Any, Any], options: Mapping[str, Mapping[str, str]], projects: Mapping[str, str]
) -> dict[str, str]:
    """The cells a person may have changed, as facts.csv writes them."""
    ids = {column: {name: key for key, name in known.items()} for column, known in options.items()}
    said = {column: ids[column].get(_text(given[column]), _text(given[column])) for column in options}
    days = {name: _text(given[name])[:10] for name in _DAYS}
    free = {name: _text(given[name]) for name in _FREE}
    said["role"] = said["role"] or "observation"
    return {"repeats": "", **said, **days, **free, "project": projects.get(said["indicator"], "")}


def _text(cell: Any) -> str:
    return "" if cell is None or cell != cell else str(cell).strip()  # noqa: PLR0124 - NaN and NaT alone do


def _columns(options: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    named = wording.column_names()
    made: dict[str, Any] = {}
    for name in _ORDER:
        plain: dict[str, Any] = {"label": named[name], "width": _WIDTHS.get(name), "pinned": name in _PINNED or None}
        if name in options:
            made[name] = st.column_config.SelectboxColumn(**plain, options=list(options[name].values()))
        elif name in _DAYS:
            made[name] = st.column_config.DateColumn(**plain, format="YYYY-MM-DD")
        elif name == "taken":
            made[name] = st.column_config.CheckboxColumn(**plain)
        else:
            made[name] = st.column_config.TextColumn(**plain)
    return made
