"""What was asked once is not asked again: answers are kept for all sessions, apart by release, reader, parameters and language.

Whatever a reader may not see decides the answer, so the reader's rights are part of the key; for a reader who waits for
embargoes the moment is too, to the full minute that has begun: a number shows at most a minute late and never early.

Left out on purpose: whether a document is attached is no part of a release, so documents and passages are asked each time.
A developer who changes a query restarts the server or clears the cache.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import plotly.graph_objects as go
import streamlit as st

from etl.tables import SEE_EMBARGOED, Release

P = ParamSpec("P")
T = TypeVar("T")

ANSWERS = 4000
CHARTS = 1000

Question = Callable[..., Any]


def cached(release: Release, ask: Callable[Concatenate[Release, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """``ask(release, *args, **kwargs)``, computed once for everyone who sees the same rows; each caller gets a copy.

    ``ask`` is a query (a pure function of the release); arguments are what tells two answers apart: codes, words, the language.
    """
    seen = _to_the_minute(release)
    answer: T = _answer(_name(ask), scope(seen), args, tuple(sorted(kwargs.items())), _ask=ask, _release=seen)
    return answer


def cached_chart(
    release: Release, draw: Callable[Concatenate[Release, P], go.Figure], /, *args: P.args, **kwargs: P.kwargs
) -> go.Figure:
    """The same for a chart; everyone gets the one drawing, so nobody may change it once it is drawn."""
    seen = _to_the_minute(release)
    return _drawing(_name(draw), scope(seen), args, tuple(sorted(kwargs.items())), _draw=draw, _release=seen)


def scope(release: Release) -> tuple[str, ...]:
    """What decides which rows are there: two readers with the same scope see the same tables."""
    waits = SEE_EMBARGOED not in release.who.rights
    return (
        str(release.folder), release.id, repr(release.city), *sorted(release.who.rights), release.moment.isoformat() if waits else "",
    )  # fmt: skip


def _to_the_minute(release: Release) -> Release:
    return Release(release.folder, release.id, release.who, release.moment.replace(second=0, microsecond=0))


def _name(ask: Question) -> str:
    return f"{ask.__module__}.{ask.__qualname__}"


@st.cache_data(show_spinner=False, max_entries=ANSWERS)
def _answer(
    question: str, seen_by: tuple[str, ...], args: Any, kwargs: Any, *, _ask: Question, _release: Release
) -> Any:
    return _ask(_release, *args, **dict(kwargs))


@st.cache_resource(show_spinner=False, max_entries=CHARTS)
def _drawing(
    question: str, seen_by: tuple[str, ...], args: Any, kwargs: Any, *, _draw: Question, _release: Release
) -> go.Figure:
    return _draw(_release, *args, **dict(kwargs))
