"""A display that was shown once is not made again, for all sessions: it is found by its content and sent again as it stands.

Its content is every cell of the tables and numbers it is given (a table shared by all sessions is known by the question it answers), every
word, the release and its reader, the language, what its links hand on, whether a room looks on.
"""

import threading
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache, partial, wraps
from hashlib import blake2b
from typing import Any, ParamSpec

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from etl.language import language
from etl.model import Number
from etl.release.query_cache import FrozenFrame
from etl.release.tables import Release
from pages.charts.drawing import Drawing
from pages.widgets.links import handed_on, is_presenting
from pages.widgets.screen import this_screen

P = ParamSpec("P")

DISPLAYS = 4000

_RECORDING = threading.local()
"""Whether this thread is recording a display."""


def shown_once(show: Callable[P, None]) -> Callable[P, None]:
    """``show`` as a display that runs once for everyone who would see the same; afterwards its messages are sent again.

    It may show text, tables, charts and links, and read nothing but its arguments and this run's release: no control, no parameter of the link.  A display
    inside another one is recorded with it: sent again on its own it would leave the container it stands in.
    """

    @wraps(show)
    def shown(*args: P.args, **kwargs: P.kwargs) -> None:
        context = get_script_run_ctx()
        if context is None or getattr(_RECORDING, "is_on", False):
            show(*args, **kwargs)
            return
        name = (show.__module__, show.__qualname__, context.main_script_path)
        try:
            scope: Hashable = this_screen().release.scope
        except LookupError:  # a run that has not opened one yet
            scope = None
        around = (name, scope, language(), handed_on(), is_presenting())
        _recorded(fingerprint((around, args, kwargs)), _show=partial(show, *args, **kwargs))

    return shown


def fingerprint(content: object) -> str:
    """A short text that is the same for the same content."""
    return blake2b(repr(_told(content)).encode(), digest_size=16).hexdigest()


def _told(content: Any) -> Any:
    if isinstance(content, str) or content is None:
        return content
    if isinstance(content, FrozenFrame):
        return content.question
    if isinstance(content, Drawing):
        return content.digest
    if isinstance(content, pd.DataFrame):
        return list(content.columns), content.to_numpy(dtype=object).tolist()
    if isinstance(content, Mapping):
        return [(name, _told(each)) for name, each in content.items()]
    if isinstance(content, tuple) and all(isinstance(each, Number) for each in content):
        return _told_numbers(content)
    if isinstance(content, list | tuple):
        return [_told(each) for each in content]
    if isinstance(content, Release):
        return content.scope
    return content


@lru_cache(maxsize=DISPLAYS)
def _told_numbers(numbers: tuple[Number, ...]) -> str:
    """The digest of numbers, which as a rule are one answer of a query, asked for again and again."""
    return blake2b(repr(numbers).encode(), digest_size=16).hexdigest()


@st.cache_resource(show_spinner=False, max_entries=DISPLAYS)
def _recorded(content: str, *, _show: Callable[[], None]) -> None:
    _RECORDING.is_on = True
    try:
        _show()
    finally:
        _RECORDING.is_on = False
