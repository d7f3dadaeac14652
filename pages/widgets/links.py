"""Links inside the dashboard: what a screen shows is in its address, and the language and release go along.

The language is ``?lang=en``, Chinese without it.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

import streamlit as st
from streamlit.errors import StreamlitAPIException

from etl.language import CHINESE, set_language
from pages.widgets import escaped
from pages.wording.catalog import LANGUAGES
from pages.wording.literal import link, markup

LANGUAGE, RELEASE = KEPT = ("lang", "release")
"""Parameters that every link hands on."""

OBSERVATION = "observation"
PRESENT = "present"
"""``?present=1`` enlarges a screen for a projector and leaves out all that is not to be read from five metres."""

Params = Mapping[str, str | list[str]]


def speak_as_linked() -> None:
    """Puts the language that the link asks for in force for this run."""
    asked = st.query_params.get(LANGUAGE, "")
    set_language(asked if asked in LANGUAGES else CHINESE)


def is_presenting() -> bool:
    """Whether the screen is shown to a room."""
    return bool(st.query_params.get(PRESENT) == "1")


def screen_path(screen: str) -> str:
    """The file of a screen, as st.Page and st.page_link name it."""
    return f"pages/screens/{screen}.py"


def handed_on(params: Params | None = None) -> dict[str, str | list[str]]:
    """``params`` with the parameters that every link keeps."""
    kept: dict[str, str | list[str]] = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    return kept | dict(params or {})


def address(screen: str, params: Params | None = None) -> str:
    """The relative address of a screen, for tables and passages that cannot hold a page link."""
    query = urlencode(handed_on(params), doseq=True)
    return f"{screen}?{query}" if query else screen


def source_address(number_ids: Iterable[str]) -> str:
    """Where the sources screen shows these numbers."""
    return address("sources", {OBSERVATION: list(number_ids)})


def show_link(label: str, screen: str, params: Params | None = None) -> None:
    """A link to another screen; a screen that runs alone (in a test) has no neighbours and gets a plain link."""
    try:
        escaped.page_link(screen_path(screen), markup(":blue[{}]", label), handed_on(params))
    except StreamlitAPIException:
        escaped.markdown(link(label, address(screen, params)))


def show_sources_link(label: str, number_ids: Iterable[str]) -> None:
    """A link to where these numbers come from."""
    show_link(label, "sources", {OBSERVATION: list(number_ids)})
