"""The language of the screens: ``?lang=en`` in the link, Chinese without it."""

from __future__ import annotations

import streamlit as st

from pages.wording.catalog import Words, words

PARAM = "lang"


def language() -> Words:
    """The words of the language the link asks for."""
    return words(st.query_params.get(PARAM, ""))
