"""Opens the release a screen reads; builds it on the way when there is none yet, and says in words when that is refused."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from etl.errors import BrokenRelease, LivelihoodError, NoRelease, Problem, Refused
from etl.release.tables import Release, data_folder, now, open_release
from pages.gate.who import who_is_asking
from pages.widgets import escaped
from pages.wording.catalog import _

PARAM = "release"
_BUILDING = threading.Lock()


def open_or_build_release() -> Release:
    """The release in force, or the one the link names; stops the screen, with what to do, when there is none to show."""
    named = st.query_params.get(PARAM) or None
    try:
        return open_release(who_is_asking(), now(), named)
    except (NoRelease, BrokenRelease):
        if named:
            escaped.warning(_("The release in this link is not here; the one in force is shown."))
    try:
        return open_release(who_is_asking(), now())
    except (NoRelease, BrokenRelease):
        return _built()


def _built() -> Release:
    try:
        _build()
    except Refused as refused:
        show_problems(refused.problems)
        st.stop()
    except LivelihoodError as error:
        escaped.error(str(error))
        st.stop()
    return open_release(who_is_asking(), now())


def _build() -> None:
    from etl.build import build  # noqa: PLC0415 - the pipeline is heavy and needed once, if at all

    place = st.empty()
    with place, escaped.status(_("Building the tables from the published numbers …"), expanded=True), _BUILDING:
        build(data_folder(), progress=escaped.progress)
    place.empty()


def show_problems(problems: Sequence[Problem]) -> None:
    """Every reason why a build was refused, as a table: where, what was found, what to do."""
    escaped.error(_("The tables could not be built. Nothing was published; please mend what is listed here."))
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
    with st.container(key="problems"):
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("Problems"))
