"""An empty page in a process that has imported all that our screens import: one line of text, nothing else."""

import all_of_ours  # noqa: F401
import streamlit as st

st.text("empty")
