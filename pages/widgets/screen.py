"""What a run shows, and what every screen begins and ends with: stylesheet, the words that a made-up city must carry, title, release.

The release is built on the way when there is none yet, and what refuses it is said in words.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from etl.errors import BrokenRelease, LivelihoodError, NoRelease, Problem, Refused
from etl.language import is_chinese
from etl.release.tables import Release, data_folder, now, open_release
from pages.gate.who import who_is_asking
from pages.widgets import escaped
from pages.widgets.links import RELEASE, is_presenting, show_link, speak_as_linked
from pages.wording.catalog import _

STYLESHEET = Path(__file__).with_name("theme.css")

_BUILDING = threading.Lock()
_screen: ContextVar[Screen] = ContextVar("screen")


@dataclass(frozen=True)
class Screen:
    """What a run shows: the release as its reader may see it, in the dark theme or the light one; its language is etl.language's."""

    release: Release
    is_dark: bool = False


def this_screen() -> Screen:
    """The screen of this run; LookupError before it has started."""
    return _screen.get()


def set_screen(screen: Screen) -> None:
    """Makes ``screen`` the one of the rest of this run."""
    _screen.set(screen)


def start_screen() -> Release:
    """The start of every screen: its release; the link's language is in force, stylesheet and 模拟数据 banner stand by then."""
    speak_as_linked()
    st.html(STYLESHEET)
    if is_presenting():
        with st.container(key="presenting"):
            show_link(_("Leave the presentation view"), "overview")
    release = _open_or_build_release()
    set_screen(Screen(release, is_dark=st.context.theme.type == "dark"))
    if release.synthetic:
        with st.container(key="synthetic"):
            escaped.warning(
                _("Simulated data: this city is made up, none of its numbers has been published by anyone.")
            )
    return release


def _open_or_build_release() -> Release:
    """The release in force, or the one the link names; stops the screen, with what to do, when there is none to show."""
    named = st.query_params.get(RELEASE) or None
    try:
        return open_release(who_is_asking(), now(), named)
    except (NoRelease, BrokenRelease):
        if named:
            escaped.warning(_("The release in this link is not here; the one in force is shown."))
    try:
        return open_release(who_is_asking(), now())
    except (NoRelease, BrokenRelease):
        _build()
    return open_release(who_is_asking(), now())


def _build() -> None:
    from etl.build import build  # noqa: PLC0415 - the pipeline is heavy and needed once, if at all

    place = st.empty()
    try:
        with place, escaped.status(_("Building the tables from the published numbers …"), expanded=True), _BUILDING:
            build(data_folder(), progress=escaped.progress)
    except Refused as refused:
        escaped.error(_("The tables could not be built. Nothing was published; please mend what is listed here."))
        with st.container(key="problems"):
            st.dataframe(problem_table(refused.problems), hide_index=True, alt=_("Problems"))
        st.stop()
    except LivelihoodError as error:
        escaped.error(str(error))
        st.stop()
    place.empty()


def problem_table(problems: Sequence[Problem]) -> pd.DataFrame:
    """A row a problem: where, what was found, what to do."""
    rows = [
        {
            _("Code"): problem.code,
            _("Where"): str(problem.where),
            _("What"): problem.what,
            _("Found"): problem.found,
            _("Expected"): problem.expected,
            _("Remedy"): problem.remedy,
        }
        for problem in problems
    ]
    return pd.DataFrame(rows)


def show_place_line(*more: str) -> None:
    """The quiet first line of a screen: city, and what the screen adds to it."""
    release = this_screen().release
    city = (release.city.name_en if not is_chinese() else "") or release.city.name or _("A city without a name")
    with st.container(key="place_line"):
        escaped.caption(" ｜ ".join(filter(None, [city, *more])))


def show_foot() -> None:
    """The last line of a screen: which release it shows."""
    release = this_screen().release
    with st.container(key="foot"):
        escaped.caption(_("Release {release}").format(release=release.id))


def show_heading(title: str, question: str) -> None:
    """A screen's title and the question it answers."""
    escaped.title(title, anchor=False)
    escaped.caption(question)
