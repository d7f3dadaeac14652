"""What a run shows, and what every screen begins and ends with: stylesheet, the words that a made-up city must carry, title, release."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from etl.language import is_chinese
from etl.release.tables import Release
from pages.widgets import escaped
from pages.widgets.door import open_or_build_release
from pages.widgets.language import speak_as_linked
from pages.widgets.links import is_presenting, show_link
from pages.wording.catalog import _

STYLESHEET = Path(__file__).with_name("theme.css")


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
    release = open_or_build_release()
    set_screen(Screen(release, is_dark=st.context.theme.type == "dark"))
    if release.synthetic:
        with st.container(key="synthetic"):
            escaped.warning(
                _("Simulated data: this city is made up, none of its numbers has been published by anyone.")
            )
    return release


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
