"""How the numbers stand, counted, each count with a link to the list it counts."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from etl.model import CheckResult, State
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.layout import counts_row
from pages.widgets.links import show_link
from pages.wording.catalog import _


@shown_once
def show_data_quality(counts: Mapping[str, int]) -> None:
    """A row of counts (pages.queries.data_quality.counts): conflicts, 未公布, checks that hold or do not, unchecked sources."""
    shown = [
        (CheckResult.CONFLICT, _("Conflicts"), _("{number} places"), "conflicts"),
        (CheckResult.VIOLATED, _("Checks violated"), _("{number} checks"), "checks"),
        (State.NOT_PUBLISHED, _("Not published"), _("{number} items"), "absences"),
        (CheckResult.HOLDS, _("Checks that hold"), _("{number} of {checks}"), "checks"),
        ("unverified", _("Sources not checked against the document"), _("{number} documents"), "documents"),
    ]
    escaped.heading(_("How these numbers stand"))
    with counts_row():
        for count, name, text, part in shown:
            if counts[count] or count not in (CheckResult.VIOLATED, "unverified"):
                with st.container(key=f"count_{count}", border=True, height="stretch"):
                    escaped.large(name, text.format(number=counts[count], checks=counts["checks"]))
                    show_link(_("Show the list"), "sources", {"part": part})
