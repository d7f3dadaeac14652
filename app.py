"""The table of contents: the screens by name and order, inside the one application of pages/gate.

``streamlit run app.py`` serves it; the same file is the script that each visit runs.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.gate.application import gates
from pages.widgets.contents import navigated

SCREENS = (
    "overview",
    "project",
    "reading",
    "district",
    "compare",
    "map",
    "words",
    "brief",
    "draft",
    "intake",
    "sources",
    "search",
)

if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(__file__, **gates(SCREENS[0]))
else:
    navigated(SCREENS).run()
