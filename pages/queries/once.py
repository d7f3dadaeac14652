"""A question that was asked once is answered from memory, for all sessions: apart by release, reader, parameters and language.

Whatever a reader may not see decides the answer, so the reader's rights are part of the key; for a reader who waits for
embargoes the moment is too, to the full minute that has begun: a number shows at most a minute late and never early.

Left out on purpose: whether a document is attached is no part of a release, so documents and passages are asked each time.
A developer who changes a query restarts the server.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from etl.release.tables import Release

P = ParamSpec("P")
T = TypeVar("T")

ANSWERS = 4000
"""Answers kept; the one that nobody has asked for longest goes first."""

_ANSWERS: OrderedDict[Hashable, Any] = OrderedDict()
_LOCK = threading.Lock()


def asked_once(ask: Callable[Concatenate[Release, P], T]) -> Callable[Concatenate[Release, P], T]:
    """``ask`` as a query that is computed once: see ``answered``."""

    @wraps(ask)
    def answer(release: Release, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return answered(ask, release, *args, **kwargs)

    return answer


def answered(ask: Callable[Concatenate[Release, P], T], release: Release, /, *args: P.args, **kwargs: P.kwargs) -> T:
    """``ask(release, *args, **kwargs)``, a pure function of a release and plain arguments, computed once for all who see the same rows.

    Each caller may change what it gets: a table as a whole, a dict, list or set at its first level.
    """
    return cast("T", _own(kept(ask, release, *args, **kwargs)))


def kept(ask: Callable[Concatenate[Release, P], T], release: Release, /, *args: P.args, **kwargs: P.kwargs) -> T:
    """The same answer as the one object that all callers share: nobody may change it."""
    if type(release) is not Release:
        return ask(release, *args, **kwargs)  # a stand-in with rows of its own answers for itself
    key = question(ask, release, *args, **kwargs)
    with _LOCK:
        if key in _ANSWERS:
            _ANSWERS.move_to_end(key)
            return cast("T", _ANSWERS[key])
    made = ask(release, *args, **kwargs)
    with _LOCK:
        _ANSWERS[key] = made
        while len(_ANSWERS) > ANSWERS:
            _ANSWERS.popitem(last=False)
    return made


def question(ask: Callable[..., Any], release: Release, /, *args: Any, **kwargs: Any) -> Hashable:
    """What tells this question from every other one."""
    return ask.__module__, ask.__qualname__, scope(release), _hashable(args), _hashable(kwargs)


def scope(release: Release) -> Hashable:
    """What decides which rows are there: two readers with the same scope see the same tables."""
    return release.scope


def _hashable(value: Any) -> Hashable:
    if isinstance(value, Mapping):
        return tuple((name, _hashable(each)) for name, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(_hashable, value))
    return frozenset(value) if isinstance(value, set) else value


def _own(answer: Any) -> Any:
    if isinstance(answer, pd.DataFrame):
        return answer.copy(deep=False)
    return answer.copy() if isinstance(answer, dict | list | set) else answer
