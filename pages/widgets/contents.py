"""The contents in the sidebar: screens by name, the language switch.  Its links keep the language and the release."""

from collections.abc import Mapping, Sequence
from copy import copy

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.choose import choose_part
from pages.widgets.links import LANGUAGE, PRESENT, handed_on, screen_path, show_link, speak_as_linked
from pages.wording.catalog import LANGUAGES, _
from pages.wording.screens import screen_names


def navigated(screens: Sequence[str]) -> StreamlitPage:
    """The screen the visitor is on, with the contents drawn beside it; the first of ``screens`` is the front page."""
    speak_as_linked()
    called = screen_names()
    names = {screen: called.get(screen, screen) for screen in screens}
    pages = [copy(page) for page in _pages(tuple(names.items()))]
    st.set_page_config(layout="wide", page_title=_("Livelihood projects"), initial_sidebar_state=240)
    page = st.navigation(pages, position="hidden")
    with st.sidebar, st.container(key="contents"):
        _show_links(names)
        choose_part(LANGUAGE, _("Language"), LANGUAGES, default=next(iter(LANGUAGES)))
    return page


@st.cache_resource(show_spinner=False)
def _pages(screens: tuple[tuple[str, str], ...]) -> list[StreamlitPage]:
    """Making a page looks its file up on the disk, so that twelve of them cost as much as a small screen; a run works on copies."""
    return [st.Page(screen_path(screen), title=name, default=at == 0) for at, (screen, name) in enumerate(screens)]


@shown_once
def _show_links(screens: Mapping[str, str]) -> None:
    escaped.caption(_("Livelihood projects"))
    for screen, name in screens.items():
        escaped.page_link(screen_path(screen), name, handed_on())
    st.space("small")
    show_link(_("Presentation view"), next(iter(screens)), {PRESENT: "1"})
