"""A bulletin becomes a source: its numbers beside its text, accepted, edited or left out, what they lack asked for, what they change shown.

Only then are they written, checked and built by the desk.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from etl.desk.adopt import About, Adopted, adopt, first_line, previewed
from etl.desk.enterable import answered_row, joined_spans, open_questions, outlook, proposals
from etl.desk.received import Received, printed_day, suggested_name
from etl.errors import Problem, Refused
from etl.model import Change, Number
from etl.release.tables import Release, now
from etl.rows import ProposedNumber
from pages.queries.changes import changes, new_numbers
from pages.queries.data_quality import indicator_projects
from pages.queries.reference import choices
from pages.widgets import escaped
from pages.widgets.candidates import choose_rows
from pages.widgets.handed_in import answered_here, forget, show_refusal
from pages.widgets.links import show_link
from pages.widgets.screen import this_screen
from pages.wording import intake as wording
from pages.wording.catalog import _
from pages.wording.drafts import marked_html
from pages.wording.literal import joined, markup

KEY = "intake"
LONG = 900
_RECEIPT, _PREVIEW = f"handed_{KEY}_receipt", f"here_{KEY}_preview"


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
        ticked = choose_rows(rows)
    chosen = _ask_what_is_missing(ticked, day)
    entered, pending = answered_here(
        "intake_outlook", (chosen, day, release.id), lambda: outlook(release.folder, chosen, day)
    )
    with st.container(key="line_intake"):
        escaped.markdown(markup("#### {}", wording.entered_line(len(entered), len(pending), len(rows) - len(chosen))))
        if pending:
            escaped.table(pd.DataFrame(wording.pending_table(pending)))
        for asked in unanswered:
            escaped.warning(asked)
        question = (document.text, chosen, about, name, release.id)
        if _choose_preview(question, document, is_ready=bool(entered) and not unanswered):
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
                escaped.markdown(wording.question_line(row))
                with st.grid(len(lacks), min_column_width=220, gap="small", key=f"choose_missing_{row.seq}"):
                    answers[row.seq] = {what: _ask_one(row, what) for what in lacks}
    projects = indicator_projects(release)
    answered = [answered_row(row, answers.get(row.seq, {}), day) for row in chosen]
    return tuple(replace(row, project=projects.get(row.indicator, "")) for row in answered)


def _ask_one(row: ProposedNumber, what: str) -> str:
    label, key = wording.question_labels()[what], f"edited_{KEY}_missing_{row.seq}_{what}"
    if what == "time":
        return str(escaped.text_input(label, key=key, placeholder=_("such as 2026年1月至9月")) or "")
    known = {"": "", **choices(this_screen().release, f"{what}s")}
    choose = _("Choose")
    code = escaped.selectbox(label, list(known), format_func=lambda code: known[code], key=key, placeholder=choose)
    return str(code or "")


@dataclass(frozen=True)
class _Foreseen:
    """What a document would change: as it is entered, and once it is checked; or why it would be refused."""

    numbers: Sequence[Number] = ()
    changed: Sequence[Change] = ()
    problems: Sequence[Problem] = ()


def _choose_preview(
    question: tuple[str, tuple[ProposedNumber, ...], About, str, str], document: Received, *, is_ready: bool
) -> bool:
    """Whether a person saw what changes and then pressed the button that enters it; ``question`` is what the preview is of."""
    release = this_screen().release
    _text, chosen, about, name, _id = question
    if escaped.button(_("See what changes"), key="preview_intake", disabled=not is_ready):
        with escaped.spinner(_("Building it apart, nothing is entered yet …")):
            first = _foresee(document, name, about, chosen, release)
            checked = about if about.checked_by else replace(about, checked_by="—")
            later = first if checked == about else _foresee(document, name, checked, chosen, release)
        st.session_state[_PREVIEW] = question, first, later
    kept, first, later = st.session_state.get(_PREVIEW, (None, _Foreseen(), _Foreseen()))
    if kept != question or not is_ready:
        return False
    with st.container(key="line_foreseen", border=True):
        if first.problems:
            show_refusal(first.problems, _("It cannot be entered like this; nothing was written."))
            return False
        escaped.markdown(markup("**{}**", _("These numbers would be there besides:")))
        escaped.markdown(joined("\n", (markup("- {}", wording.number_line(number)) for number in first.numbers)))
        _show_changes(first.changed)
        if not about.checked_by:
            escaped.warning(wording.unverified_line())
            _show_later(first, later)
    return escaped.button(_("Enter, check and publish"), type="primary", key="enter_intake")


def _foresee(
    document: Received, name: str, about: About, chosen: Sequence[ProposedNumber], release: Release
) -> _Foreseen:
    try:
        with previewed(release, name, document.raw, document.text, about, rows=chosen) as preview:
            return _Foreseen(new_numbers(release, preview), changes(release, preview))
    except Refused as refused:
        return _Foreseen(problems=refused.problems)


def _show_later(first: _Foreseen, later: _Foreseen) -> None:
    if later.problems:
        show_refusal(later.problems, _("Once it is checked it would be refused:"))
        return
    escaped.markdown(markup("**{}**", _("Once every number is held against the document:")))
    _show_changes([change for change in later.changed if change not in first.changed])


def _show_changes(changed: Sequence[Change]) -> None:
    escaped.markdown(wording.changes_line(changed))
    if changed:
        escaped.table(pd.DataFrame(wording.change_rows(changed)))


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
        escaped.info(wording.receipt_line(receipt.entered, len(receipt.pending_rows), receipt.source, receipt.release))
        escaped.markdown(_("Source: {sources}").format(sources=receipt.source))
        if not receipt.is_checked:
            escaped.warning(wording.unverified_line())
            escaped.markdown(_("Hold its numbers against the document one by one: below the document, or with"))
            st.code(f"python -m etl verify-source {receipt.source} --by …", language=None)
        if receipt.pending_rows:
            escaped.markdown(_("{count} numbers wait in {file} until they are completed:").format(
                count=len(receipt.pending_rows), file=f"sources/{receipt.source}/waiting.csv"
            ))  # fmt: skip
            escaped.table(pd.DataFrame(wording.pending_table(receipt.pending_rows)))
        show_link(_("The whole document"), "sources", {"part": "documents", "source": receipt.source})
        escaped.button(_("Enter another one"), key="another_intake", on_click=forget, args=(KEY,))
