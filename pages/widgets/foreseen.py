"""What a bulletin would change, shown before it is entered: the release it would make, compared with the one in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from etl.desk.adopt import About
from etl.desk.preview import previewed
from etl.desk.received import Received
from etl.errors import Problem, Refused
from etl.model import Change, Number
from etl.release.tables import Release
from etl.rows import ProposedNumber
from pages.queries.changes import changes, new_numbers
from pages.widgets import escaped
from pages.widgets.handed_in import show_refusal
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.intake import change_rows, changes_line, number_line, unverified_line
from pages.wording.literal import joined, markup

_KEPT = "here_intake_preview"
_SOMEBODY = "—"


@dataclass(frozen=True)
class Foreseen:
    """What a document would change: as it is entered, and once it is checked; or why it would be refused."""

    numbers: Sequence[Number] = ()
    changed: Sequence[Change] = ()
    problems: Sequence[Problem] = ()


def choose_preview(
    question: tuple[str, tuple[ProposedNumber, ...], About, str, str], document: Received, *, is_ready: bool
) -> bool:
    """Whether a person saw what changes and then pressed the button that enters it; ``question`` is what the preview is of."""
    release = this_screen().release
    _text, chosen, about, name, _id = question
    if escaped.button(_("See what changes"), key="preview_intake", disabled=not is_ready):
        with escaped.spinner(_("Building it apart, nothing is entered yet …")):
            now = _foresee(document, name, about, chosen, release)
            later = now if about.checked_by else _foresee(document, name, _as_checked(about), chosen, release)
        st.session_state[_KEPT] = question, now, later
    kept, now, later = st.session_state.get(_KEPT, (None, Foreseen(), Foreseen()))
    if kept != question or not is_ready:
        return False
    with st.container(key="line_foreseen", border=True):
        if now.problems:
            show_refusal(now.problems, _("It cannot be entered like this; nothing was written."))
            return False
        _show(now)
        if not about.checked_by:
            escaped.warning(unverified_line())
            _show_later(now, later)
    return escaped.button(_("Enter, check and publish"), type="primary", key="enter_intake")


def _as_checked(about: About) -> About:
    return replace(about, checked_by=_SOMEBODY)


def _foresee(
    document: Received, name: str, about: About, chosen: Sequence[ProposedNumber], release: Release
) -> Foreseen:
    try:
        with previewed(release, name, document.raw, document.text, about, rows=chosen) as preview:
            return Foreseen(new_numbers(release, preview.release), changes(release, preview.release))
    except Refused as refused:
        return Foreseen(problems=refused.problems)


def _show(foreseen: Foreseen) -> None:
    escaped.markdown(markup("**{}**", _("These numbers would be there besides:")))
    escaped.markdown(joined("\n", (markup("- {}", number_line(number)) for number in foreseen.numbers)))
    _show_changes(foreseen.changed)


def _show_later(now: Foreseen, later: Foreseen) -> None:
    if later.problems:
        show_refusal(later.problems, _("Once it is checked it would be refused:"))
        return
    further = [change for change in later.changed if change not in now.changed]
    escaped.markdown(markup("**{}**", _("Once every number is held against the document:")))
    _show_changes(further)


def _show_changes(changed: Sequence[Change]) -> None:
    escaped.markdown(changes_line(changed))
    if changed:
        escaped.table(pd.DataFrame(change_rows(changed)))
