"""Where people paste or upload a text.  What they hand in stays in their own session: it is in no link and in no shared memory."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import TypeVar

import streamlit as st

from etl.desk.received import ENDINGS, Received, received, received_paste
from etl.errors import Problem, Refused
from pages.widgets import escaped
from pages.widgets.screen import problem_table
from pages.wording.catalog import _

MOST_MB = 20
T = TypeVar("T")


def choose_text(key: str, ask: str, press: str, *, samples: Mapping[str, str] | None = None) -> Received | None:
    """A box to paste into and a file to choose, sent off with one button; what was handed in last, None before that.

    ``samples`` are texts to try it with, name -> text.  A file that cannot be read is told in words, and what was there goes.
    """
    kept = f"handed_{key}"
    with st.container(key=f"choose_{key}"):
        with st.form(f"form_{key}", border=False):
            pasted = escaped.text_area(ask, key=f"paste_{key}", height=180, placeholder=_("Paste the text here"))
            file = escaped.file_uploader(
                _("or choose a file (TXT, DOCX, XLSX, PDF with a text layer, web page)"),
                type=ENDINGS,
                key=f"file_{key}",
                max_upload_size=MOST_MB,
            )
            pressed = escaped.form_submit_button(press, type="primary")
        if samples:
            with st.container(horizontal=True, key=f"samples_{key}"):
                for name, text in samples.items():
                    if escaped.button(_("Try it with {name}").format(name=name), key=f"sample_{key}_{name}"):
                        _keep(key, partial(Received, name, text.encode(), text))
        if pressed:
            _keep(key, lambda: received(file.getvalue(), file.name) if file else received_paste(pasted or ""))
    refused = st.session_state.get(f"{kept}_refused")
    if refused:
        show_refusal(refused, _("This cannot be read."))
    found: Received | None = st.session_state.get(kept)
    for note in found.notes if found else ():
        escaped.warning(note)
    return found


def _keep(key: str, read: Callable[[], Received]) -> None:
    forget(key)
    try:
        st.session_state[f"handed_{key}"] = read()
    except Refused as refused:
        st.session_state[f"handed_{key}_refused"] = refused.problems


def forget(key: str) -> None:
    """Lets go of what was handed in, and of what was worked out from it."""
    kept = (f"handed_{key}", f"here_{key}", f"edited_{key}")
    for name in [name for name in st.session_state if str(name).startswith(kept)]:
        del st.session_state[name]


def answered_here(key: str, question: Hashable, ask: Callable[[], T]) -> T:
    """``ask()``, remembered in this session alone until the question changes."""
    place = f"here_{key}"
    if place not in st.session_state or st.session_state[place][0] != question:
        st.session_state[place] = question, ask()
    answer: T = st.session_state[place][1]
    return answer


def show_refusal(problems: Sequence[Problem], what: str) -> None:
    """Every reason why something was not taken, as a table: where, what was found, what to do."""
    escaped.error(what)
    with st.container(key="problems"):
        shown = problem_table(problems)
        escaped.table(shown.loc[:, shown.astype(bool).any()])
