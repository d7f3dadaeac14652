"""How every screen is dressed: one stylesheet, the theme in force, the words that a made-up city must carry."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from etl.language import is_chinese
from etl.release.tables import Release
from pages.widgets import escaped
from pages.widgets.door import opened
from pages.widgets.language import speak_as_linked
from pages.widgets.links import is_presenting, show_link
from pages.wording.catalog import _

STYLESHEET = Path(__file__).with_name("theme.css")


def is_dark() -> bool:
    """Whether the browser shows the dark theme."""
    return bool(st.context.theme.type == "dark")


def start_screen() -> Release:
    """The start of every screen: its release, the link's language in force; stylesheet and 模拟数据 banner stand by then."""
    speak_as_linked()
    st.html(STYLESHEET)
    if is_presenting():
        with st.container(key="presenting"):
            show_link(_("Leave the presentation view"), "overview")
    release = opened()
    if release.synthetic:
        with st.container(key="synthetic"):
            escaped.warning(
                _("Simulated data: this city is made up, none of its numbers has been published by anyone.")
            )
    return release


def show_place_line(
    release: Release,
    *more: str,
) -> None:
    """The quiet first line of a screen: city, and what the screen adds to it."""
    city = (release.city.name_en if not is_chinese() else "") or release.city.name or _("A city without a name")
    with st.container(key="place_line"):
        escaped.caption(" ｜ ".join(filter(None, [city, *more])))


def show_foot(release: Release) -> None:
    """The last line of a screen: which release it shows."""
    with st.container(key="foot"):
        escaped.caption(_("Release {release}").format(release=release.id))


def show_heading(title: str, question: str) -> None:
    """A screen's title and the question it answers."""
    escaped.title(title, anchor=False)
    escaped.caption(question)
