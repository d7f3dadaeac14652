"""One number or one document in full: what it says, where it stands, its text with every number marked, what rests on it.

Beside its text a person holds a source against its document, number by number; whole sources are taken back here with a reason.
"""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from etl.desk.source_desk import NumberToCheck, numbers_to_check, verify_source, withdraw
from etl.errors import Refused
from etl.model import Number, Segment, Source
from etl.release.tables import now
from pages.queries.documents import citations, passage
from pages.queries.numbers import numbers_by_id
from pages.queries.observations import related
from pages.queries.reference import indicators
from pages.widgets import escaped
from pages.widgets.handed_in import show_refusal
from pages.widgets.links import show_link, source_address
from pages.widgets.panel import show_numbers_table
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.dates import time_text
from pages.wording.drafts import passage_html
from pages.wording.intake import checked_line, context_line, meant_line, verified_line
from pages.wording.literal import joined, link, markup
from pages.wording.marks import mark_text
from pages.wording.sources import detail_rows

FULL = 3
"""This many numbers are shown in full; more stand in one table to choose from."""
_TOLD = "handed_source_desk"


def show_detail(numbers: Sequence[Number], asked: Sequence[str]) -> None:
    """The numbers the link asks for; an id that no number has is told, never guessed."""
    found = {number.number_id for number in numbers}
    for each in asked:
        if each not in found:
            escaped.warning(_("No number has the id {id}.").format(id=each))
    if len(numbers) > FULL:
        with st.container(key="line_asked", border=True):
            escaped.markdown(markup("#### {}", _("The numbers of this display")))
            show_numbers_table(numbers)
            show_link(_("clear the selection"), "sources")
        return
    for number in numbers:
        _show_number(number)


def _show_number(number: Number) -> None:
    release = this_screen().release
    with st.container(key=f"detail_{number.number_id}", border=True):
        escaped.caption(" · ".join(filter(None, (number.place_name, number.indicator_name, time_text(number)))))
        escaped.markdown(markup("## {}", mark_text(number)))
        indicator = indicators(release).get(number.indicator)
        rows = detail_rows(number, indicator, citations(release, number.observation_ids))
        escaped.table(pd.DataFrame(list(rows.items())), header=False)
        if not number.derived:
            pieces = passage(release, number.source, int(number.number_id.rpartition("#")[2]))
            if pieces:
                st.html(passage_html(pieces))
                show_link(_("The whole document"), "sources", {"part": "documents", "source": number.source})
            else:
                _show_not_attached(number.source)
        if others := related(release, number.number_id):
            title = _("Computed from") if number.derived else _("Numbers computed from it")
            links = [link(mark_text(other), source_address([other.number_id])) for other in others]
            lines = [
                markup("- {} · {}: {}", other.place_name, other.indicator_name, to_it)
                for other, to_it in zip(others, links, strict=True)
            ]
            escaped.markdown(markup("**{}**\n\n{}", title, joined("\n", lines)))
        show_link(_("clear the selection"), "sources")


def _show_not_attached(source: str) -> None:
    escaped.caption(
        _("The document is not attached here, so its passage cannot be shown. Whoever has it can attach it:")
    )
    st.code(f"python -m etl attach {source} FILE", language=None)


def show_document(source: Source, pieces: Sequence[Segment]) -> None:
    """One source: its data, when it is attached its text with every number marked, and what can be done with it.

    Its numbers are confirmed only beside a text that this reader may see.
    """
    with st.container(key="document"):
        escaped.heading(source.title)
        for line in filter(None, (source.dated_by, source.note, checked_line(source))):
            escaped.caption(line)
        escaped.caption(f"SHA-256 {source.sha256 or '—'}")
        if pieces:
            escaped.caption(
                _("Marked: solid = observation (click for its data), dashed = repeat, dotted = incidental.")
            )
            st.html(passage_html(pieces, lambda each: source_address([each])))
        else:
            _show_not_attached(source.source)
    message, problems = st.session_state.pop(f"{_TOLD}_{source.source}", ("", ()))
    if problems:
        show_refusal(problems, _("Nothing was changed and nothing was published; please mend what is listed here."))
    elif message:
        escaped.info(message)
    if pieces and not source.verified:
        _show_checking(source.source)
    _show_withdrawing(source.source)


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
            try:
                done = verify_source(release.folder, name, ticked, by=str(by or ""), on=now().date())
                st.session_state[f"{_TOLD}_{name}"] = verified_line(done.confirmed, len(done.left), done.release), ()
            except Refused as refused:
                st.session_state[f"{_TOLD}_{name}"] = "", refused.problems
            st.rerun()


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


def _show_withdrawing(name: str) -> None:
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
                folder = this_screen().release.folder
                withdraw(folder, name, by=str(by or ""), reason=str(reason or ""), at=now())
            except Refused as refused:
                st.session_state[f"{_TOLD}_{name}"] = "", refused.problems
            st.rerun()
