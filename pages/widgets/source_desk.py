"""Where a person holds a source against its document, number by number, or takes it back as a whole with a reason."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from etl.desk.verify_source import NumberToCheck, numbers_to_check, verify_source
from etl.desk.withdraw import withdraw
from etl.errors import Problem, Refused
from etl.model import Number, Source
from etl.release.tables import now
from pages.queries.numbers import numbers_by_id
from pages.widgets import escaped
from pages.widgets.handed_in import show_refusal
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.intake import context_line, meant_line, verified_line
from pages.wording.literal import markup

_TOLD = "handed_source_desk"


def show_source_desk(source: Source, *, has_text: bool) -> None:
    """What can be done with a source: confirm its numbers (only beside a text this reader may see), take it back."""
    name = source.source
    _show_told(name)
    if has_text and not source.verified:
        _show_checking(name)
    _show_withdrawing(name)


def _show_told(name: str) -> None:
    message, problems = st.session_state.pop(f"{_TOLD}_{name}", ("", ()))
    if problems:
        show_refusal(problems, _("Nothing was changed and nothing was published; please mend what is listed here."))
    elif message:
        escaped.info(message)


def _show_checking(name: str) -> None:
    release = this_screen().release
    try:
        numbers = numbers_to_check(release.folder, name)
    except Refused as refused:
        show_refusal(refused.problems, _("Its numbers cannot be checked here."))
        return
    entered = numbers_by_id(release, [f"{name}#{entry.seq}" for entry in numbers])
    known = {number.number_id: number for number in entered}
    with (
        escaped.expander(_("Hold its numbers against the document")),
        st.form(f"checking_{name}", border=False),
        st.container(key="list_checking"),
    ):
        escaped.caption(
            _(
                "Tick each number that stands in the document as it was entered. With the last one the source counts as checked."
            )
        )
        ticked = [entry.seq for entry in numbers if _is_ticked(entry, name, known.get(f"{name}#{entry.seq}"))]
        by = escaped.text_input(_("Who checked it?"), max_chars=40, key=f"checked_by_{name}")
        if escaped.form_submit_button(_("Confirm the ticked numbers"), type="primary"):
            _confirm(name, ticked, str(by or ""))


def _is_ticked(entry: NumberToCheck, name: str, number: Number | None) -> bool:
    label = markup("**{}**", f"{entry.seq}. {meant_line(entry.row, number)}")
    ticked = escaped.checkbox(
        label, bool(entry.checked_by), disabled=bool(entry.checked_by) or entry.differs, key=f"check_{name}_{entry.seq}"
    )
    escaped.caption(context_line(entry.before, entry.printed, entry.behind, entry.row["locator"]))
    if entry.differs:
        escaped.caption(
            markup(":red[{}]", _("The document prints something else here; please correct facts.csv first."))
        )
    return ticked and not entry.checked_by


def _confirm(name: str, seqs: Sequence[int], by: str) -> None:
    release = this_screen().release
    outcome: tuple[str, Sequence[Problem]]
    try:
        done = verify_source(release.folder, name, seqs, by=by, on=now().date())
        outcome = verified_line(done.confirmed, len(done.left), done.release), ()
    except Refused as refused:
        outcome = "", refused.problems
    st.session_state[f"{_TOLD}_{name}"] = outcome
    st.rerun()


def _show_withdrawing(name: str) -> None:
    release = this_screen().release
    with escaped.expander(_("Take this source back")), st.form(f"withdrawing_{name}", border=False):
        escaped.caption(
            _(
                "All its numbers leave every screen with the next release; that it was here, and why it is not, stays below Documents."
            )
        )
        by = escaped.text_input(_("Who takes it back?"), max_chars=40, key=f"withdrawn_by_{name}")
        reason = escaped.text_input(_("Why? (must be given)"), max_chars=200, key=f"withdrawn_why_{name}")
        if escaped.form_submit_button(_("Take it back as a whole")):
            try:
                withdraw(release.folder, name, by=str(by or ""), reason=str(reason or ""), at=now())
            except Refused as refused:
                st.session_state[f"{_TOLD}_{name}"] = "", refused.problems
            st.rerun()
