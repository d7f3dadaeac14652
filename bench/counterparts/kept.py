"""What a process of our screens keeps between runs - tables, answers, charts, displays, catalogs - and how to take it away."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import streamlit as st

from etl.release import query_cache
from pages.widgets import cache, contents


def before_each_run(do: Callable[[], None]) -> None:
    """Has app.py do ``do`` at the start of every run of its script."""
    navigated = contents.navigated

    def first(*args: Any, **kwargs: Any) -> Any:
        do()
        return navigated(*args, **kwargs)

    contents.navigated = first


def forget() -> None:
    """Empties every memory, as if the server had just started; modules stay imported."""
    st.cache_data.clear()
    st.cache_resource.clear()
    query_cache.forget()
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("etl", "pages"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def keep_only_what_a_run_reads() -> None:
    """A table is read once a run, as at the top of a script; every question, chart and display is made each time it is wanted."""
    forget()
    query_cache.MOST = 0
    cache._recorded = lambda content, *, _show: _show()
