"""What was asked, drawn or shown once is not made again, for all sessions.

- ``cached``: the answer of a query (pages.queries.once says what keeps two answers apart);
- ``cached_chart``: a chart, found by the question it draws;
- ``shown_once``: a display without controls, found by its content - every cell of the tables it is given, every word, the
  release, the reader, the language, what its links hand on, whether a room looks on - and sent again as it stands.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Mapping
from functools import partial, wraps
from hashlib import blake2b
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from plotly.basedatatypes import BaseFigure
from streamlit.runtime.scriptrunner import get_script_run_ctx

from etl.tables import Release
from pages.queries.once import answered, question, scope
from pages.widgets.links import handed_on, is_presenting
from pages.wording.catalog import Words

P = ParamSpec("P")
T = TypeVar("T")

DISPLAYS = 4000

_RECORDING = threading.local()
"""Whether this thread is recording a display."""

_DRAWN: dict[int, tuple[weakref.ref[go.Figure], str]] = {}


def cached(release: Release, ask: Callable[Concatenate[Release, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """``ask(release, *args, **kwargs)``, computed once for everyone who sees the same rows; each caller gets a copy.

    ``ask`` is a query (a pure function of the release); arguments are what tells two answers apart: codes, words, the language.
    """
    return answered(ask, release, *args, **kwargs)


def cached_chart(
    release: Release, draw: Callable[Concatenate[Release, P], go.Figure], /, *args: P.args, **kwargs: P.kwargs
) -> go.Figure:
    """The same for a chart; everyone gets the one drawing, so nobody may change it once it is drawn."""
    chart = answered(draw, release, *args, **kwargs)
    at = id(chart)
    if at not in _DRAWN:
        alive = weakref.ref(chart, lambda _: _DRAWN.pop(at, None))
        _DRAWN[at] = alive, fingerprint(question(draw, release, *args, **kwargs))
    return chart


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
    if isinstance(content, BaseFigure):
        drawn, of = _DRAWN.get(id(content), (None, ""))
        return of if drawn is not None and drawn() is content else content.to_json()
    return content


@st.cache_resource(show_spinner=False, max_entries=DISPLAYS)
def _recorded(content: str, *, _show: Callable[[], None]) -> None:
    _RECORDING.is_on = True
    try:
        _show()
    finally:
        _RECORDING.is_on = False
