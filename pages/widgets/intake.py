"""A bulletin becomes a source: its numbers beside its text, accepted, edited or left out, what they lack asked for, what they change shown.

Only then are they written, checked and built by the desk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from etl.desk.adopt import About, Adopted, adopt, first_line
from etl.desk.proposals import answered_row, chosen_row, is_sure, joined_spans, open_questions, outlook, proposals
from etl.desk.received import Received, printed_day, suggested_name
from etl.errors import Refused
from etl.release.tables import now
from etl.rows import ProposedNumber
from pages.queries.data_quality import indicator_projects
from pages.queries.reference import choices
from pages.widgets import escaped
from pages.widgets.foreseen import choose_preview
from pages.widgets.handed_in import answered_here, forget, show_refusal
from pages.widgets.links import show_link
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.drafts import marked_html
from pages.wording.intake import (
    column_names,
    entered_line,
    pending_table,
    qualifier_names,
    question_labels,
    question_line,
    receipt_line,
    role_names,
    unverified_line,
)
from pages.wording.literal import markup
from pages.wording.states import measure_names

KEY = "intake"
LONG = 900
_DAYS = ("period_start", "period_end", "as_of")
_FREE = ("value", "value_high", "time_as_printed", "note")
_ORDER = (
    "taken", "as_printed", "measure", *_DAYS, "time_as_printed", "indicator", "place", "value", "value_high", "unit", "qualifier",
    "breakdown", "role", "keyword", "note", "seq",
)  # fmt: skip
_WIDTHS = {
    "taken": 48,
    "as_printed": 92,
    "measure": 64,
    "period_start": 92,
    "period_end": 92,
    "as_of": 92,
    "time_as_printed": 88,
}
"""Pixels; what a number says (its kind, its time) stands in the first 570, before anything has to be scrolled to."""

_PINNED = ("taken", "as_printed")
_FIXED = ("seq", "as_printed", "keyword")
_RECEIPT = f"handed_{KEY}_receipt"


def show_intake(document: Received) -> None:
    """The whole way of one document: what it is, its candidates, what they lack, what they would change, the button, the receipt."""
    release = this_screen().release
    receipt: Adopted | None = st.session_state.get(_RECEIPT)
    if receipt:
        _show_receipt(receipt)
        return
    about, name, unanswered = _ask_about(document)
    day = about.published_on
    if day is None:
        escaped.info(_("On which day was it published? 今年 and 目前 are read from it."))
        return
    rows = answered_here(
        "intake_rows", (document.text, day, release.id), lambda: proposals(release.folder, document.text, day)
    )
    if not rows:
        with st.container(key="line_intake"):
            escaped.info(_("No number was read in this text."))
        return
    text, candidates = st.columns([1, 2], gap="medium")
    with text, st.container(key="document_intake", height=560 if len(document.text) > LONG else "content"):
        marks = [(*span, "observation", "、".join(seqs)) for span, seqs in joined_spans(rows).items()]
        st.html(marked_html(document.text, marks))
    with candidates:
        chosen = _choose_rows(rows)
    chosen = _ask_what_is_missing(chosen, day)
    entered, pending = answered_here(
        "intake_outlook", (chosen, day, release.id), lambda: outlook(release.folder, chosen, day)
    )
    with st.container(key="line_intake"):
        escaped.markdown(markup("#### {}", entered_line(len(entered), len(pending), len(rows) - len(chosen))))
        _show_pending(pending)
        for asked in unanswered:
            escaped.warning(asked)
        ready = bool(entered) and not unanswered
        question = (document.text, chosen, about, name, release.id)
        if choose_preview(question, document, is_ready=ready):
            _enter(document, name, about, chosen)


def _ask_about(document: Received) -> tuple[About, str, list[str]]:
    """Title, publisher, place and day of a document, who checked it; what its source will be called; the questions left open."""
    release = this_screen().release
    places = {"": _("the city"), **choices(release, "places")}
    with st.grid(4, min_column_width=180, gap="small", key="choose_about"):
        title = escaped.text_input(_("Title"), first_line(document.text), max_chars=80, key=f"edited_{KEY}_title")
        publisher = escaped.text_input(
            _("Publisher (as printed; 报名未印 where none is printed)"),
            max_chars=60,
            key=f"edited_{KEY}_publisher",
            placeholder=_("Who published it?"),
        )
        day = escaped.date_input(
            _("Published on"), printed_day(document.text), min_value=dt.date(1990, 1, 1), key=f"edited_{KEY}_day"
        )
        place = escaped.selectbox(
            _("Place"), list(places), format_func=lambda code: places[code], key=f"edited_{KEY}_place"
        )
    held = escaped.checkbox(
        _("I have held every number against the document (the source counts as checked)"), key=f"edited_{KEY}_verified"
    )
    by = escaped.text_input(_("Who checked it?"), max_chars=40, key=f"edited_{KEY}_checked_by") if held else ""
    on = day if isinstance(day, dt.date) else None
    about = About(str(title or ""), str(publisher or "").strip(), str(place or ""), on, str(by or "").strip())
    unanswered = {
        _("Who published it? Nothing can be entered before its publisher is named above."): about.publisher,
        _("Who checked it? Name that person above, or leave the box empty."): about.checked_by or not held,
    }
    name = suggested_name(release.folder, on or now().date(), place or release.city.place)
    return about, name, [question for question, answer in unanswered.items() if not answer]


def _ask_what_is_missing(chosen: tuple[ProposedNumber, ...], day: dt.date) -> tuple[ProposedNumber, ...]:
    """The chosen rows with what a person answers to the questions that they leave open, each in an empty field of its own."""
    release = this_screen().release
    asked = open_questions(release.folder, chosen)
    if not asked:
        return chosen
    answers: dict[str, dict[str, str]] = {}
    with st.container(key="choose_missing", border=True):
        escaped.markdown(
            markup("**{}**", _("What is missing is asked here; a number without its answer is not entered."))
        )
        for row in chosen:
            lacks = asked.get(row.seq, [])
            if lacks:
                escaped.markdown(question_line(row))
                with st.grid(len(lacks), min_column_width=220, gap="small", key=f"choose_missing_{row.seq}"):
                    answers[row.seq] = {what: _ask_one(row, what) for what in lacks}
    projects = indicator_projects(release)
    answered = [answered_row(row, answers.get(row.seq, {}), day) for row in chosen]
    return tuple(replace(row, project=projects.get(row.indicator, "")) for row in answered)


def _ask_one(row: ProposedNumber, what: str) -> str:
    release = this_screen().release
    label, key = question_labels()[what], f"edited_{KEY}_missing_{row.seq}_{what}"
    if what == "time":
        return str(escaped.text_input(label, key=key, placeholder=_("such as 2026年1月至9月")) or "")
    known = {"": "", **choices(release, f"{what}s")}
    placeholder = _("Choose")
    return str(
        escaped.selectbox(label, list(known), format_func=lambda code: known[code], key=key, placeholder=placeholder)
        or ""
    )


def _choose_rows(rows: Sequence[ProposedNumber]) -> tuple[ProposedNumber, ...]:
    """The candidates as a table to tick and edit; the rows that are ticked, as they were left."""
    release = this_screen().release
    state = f"edited_{KEY}_all"
    with st.container(horizontal=True, key="choose_all"):
        if escaped.button(_("Accept all"), key="accept_all"):
            st.session_state[state] = (True, st.session_state.get(state, (None, 0))[1] + 1)
        if escaped.button(_("Reject all"), key="reject_all"):
            st.session_state[state] = (False, st.session_state.get(state, (None, 0))[1] + 1)
    every, version = st.session_state.get(state, (None, 0))
    names = {table: choices(release, table) for table in ("indicators", "places", "breakdowns", "units")}
    known: dict[str, Mapping[str, str]] = {
        "indicator": names["indicators"], "place": names["places"], "unit": names["units"], "qualifier": qualifier_names(),
        "measure": measure_names(), "breakdown": names["breakdowns"], "role": role_names(),
    }  # fmt: skip
    options = {column: {**given, **_unknown(rows, column, given)} for column, given in known.items()}
    shown = pd.DataFrame([_shown(row, options, every) for row in rows])
    edited = st.data_editor(
        shown, hide_index=True, disabled=_FIXED, key=f"edited_{KEY}_{version}_{release.id}", column_config=_columns(options),
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
    shown = {**cells, **named, **days, "taken": is_sure(row) if every is None else every}
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
    named = column_names()
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


def _show_pending(pending_rows: Sequence[ProposedNumber]) -> None:
    if pending_rows:
        escaped.table(pd.DataFrame(pending_table(pending_rows)))


def _enter(document: Received, name: str, about: About, chosen: Sequence[ProposedNumber]) -> None:
    release = this_screen().release
    place = st.empty()
    try:
        with place, escaped.status(_("Writing, checking and building …"), expanded=True):
            st.session_state[_RECEIPT] = adopt(
                release.folder, name, document.raw, document.text, about, rows=chosen, progress=escaped.progress
            )
    except Refused as refused:
        place.empty()
        show_refusal(
            refused.problems, _("Nothing was entered and nothing was published; please mend what is listed here.")
        )
        return
    st.rerun()


def _show_receipt(receipt: Adopted) -> None:
    with st.container(key="line_receipt", border=True):
        escaped.info(receipt_line(receipt.entered, len(receipt.pending_rows), receipt.source, receipt.release))
        escaped.markdown(_("Source: {sources}").format(sources=receipt.source))
        if not receipt.is_checked:
            escaped.warning(unverified_line())
            escaped.markdown(_("Hold its numbers against the document one by one: below the document, or with"))
            st.code(f"python -m etl verify-source {receipt.source} --by …", language=None)
        if receipt.pending_rows:
            escaped.markdown(_("{count} numbers wait in {file} until they are completed:").format(
                count=len(receipt.pending_rows), file=f"sources/{receipt.source}/waiting.csv"
            ))  # fmt: skip
            _show_pending(receipt.pending_rows)
        show_link(_("The whole document"), "sources", {"part": "documents", "source": receipt.source})
        escaped.button(_("Enter another one"), key="another_intake", on_click=forget, args=(KEY,))
