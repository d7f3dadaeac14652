"""The language of the screens: ``?lang=en`` in the link, Chinese without it."""

from __future__ import annotations

import streamlit as st

from etl.language import CHINESE, set_language
from pages.wording.catalog import LANGUAGES

PARAM = "lang"


def speak_as_linked() -> None:
    """Puts the language that the link asks for in force for this run."""
    asked = st.query_params.get(PARAM, "")
    set_language(asked if asked in LANGUAGES else CHINESE)
