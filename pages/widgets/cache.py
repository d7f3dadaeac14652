"""What was asked, drawn or shown once is not made again, for all sessions.

- ``cached``: the answer of a query (pages.queries.once says what keeps two answers apart);
- ``shared``: a chart or a table that everyone is given as it is, found by its question instead of its content;
- ``shown_once``: a display without controls, found by its content - every cell of the tables it is given, every word, the
  release, the reader, the language, what its links hand on, whether a room looks on - and sent again as it stands.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Mapping
from functools import partial, wraps
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from etl.release.tables import Release
from pages.queries.once import answered, kept, question, scope
from pages.widgets.links import handed_on, is_presenting
from pages.wording.catalog import Words

if TYPE_CHECKING:
    import plotly.graph_objects as go

P = ParamSpec("P")
T = TypeVar("T")
D = TypeVar("D", "go.Figure", pd.DataFrame)

DISPLAYS = 4000

_RECORDING = threading.local()
"""Whether this thread is recording a display."""

_SHARED: dict[int, tuple[weakref.ref[Any], str]] = {}
"""Shared objects by their id: the object itself, as long as it lives, and the fingerprint of its question."""


def cached(release: Release, ask: Callable[Concatenate[Release, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """``ask(release, *args, **kwargs)``, computed once for everyone who sees the same rows; each caller gets a copy.

    ``ask`` is a query (a pure function of the release); arguments are what tells two answers apart: codes, words, the language.
    """
    return answered(ask, release, *args, **kwargs)


def shared(release: Release, make: Callable[Concatenate[Release, P], D], /, *args: P.args, **kwargs: P.kwargs) -> D:
    """The same for a chart or a table whose display is found by the question: all get the one object, so nobody may change it."""
    made = kept(make, release, *args, **kwargs)
    at = id(made)
    if at not in _SHARED:
        alive = weakref.ref(made, lambda _: _SHARED.pop(at, None))
        _SHARED[at] = alive, fingerprint(question(make, release, *args, **kwargs))
    return made


def shown_once(show: Callable[P, None]) -> Callable[P, None]:
    """``show`` as a display that runs once for everyone who would see the same; afterwards its messages are sent again.

    It may show text, tables, charts and links, and read nothing but its arguments: no control, no parameter of the link.  A display
    inside another one is recorded with it: sent again on its own it would leave the container it stands in.
    """

    @wraps(show)
    def shown(*args: P.args, **kwargs: P.kwargs) -> None:
        context = get_script_run_ctx()
        if context is None or getattr(_RECORDING, "is_on", False):
            show(*args, **kwargs)
            return
        around = (show.__module__, show.__qualname__, context.main_script_path, handed_on(), is_presenting())
        _recorded(fingerprint((around, args, kwargs)), _show=partial(show, *args, **kwargs))

    return shown


def fingerprint(content: object) -> str:
    """A short text that is the same for the same content."""
    return blake2b(repr(_told(content)).encode(), digest_size=16).hexdigest()


def _told(content: Any) -> Any:
    if isinstance(content, str) or content is None:
        return content
    shared_one, of = _SHARED.get(id(content), (None, ""))
    if shared_one is not None and shared_one() is content:
        return of
    if isinstance(content, pd.DataFrame):
        return list(content.columns), content.to_numpy(dtype=object).tolist()
    if isinstance(content, Mapping):
        return [(name, _told(each)) for name, each in content.items()]
    if isinstance(content, list | tuple):
        return [_told(each) for each in content]
    if isinstance(content, Words):
        return content.lang
    if isinstance(content, Release):
        return scope(content)
    if hasattr(content, "to_plotly_json"):
        return content.to_json()
    return content


@st.cache_resource(show_spinner=False, max_entries=DISPLAYS)
def _recorded(content: str, *, _show: Callable[[], None]) -> None:
    _RECORDING.is_on = True
    try:
        _show()
    finally:
        _RECORDING.is_on = False
