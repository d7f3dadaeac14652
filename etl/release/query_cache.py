"""Answers to queries, each computed once for all sessions and shared as one object that nobody can change.

What tells two answers apart is the query, the release with what its reader may see (``Release.scope``), the language in force and
the arguments.  Left out on purpose: whether a document is attached is no part of a release, so queries about documents and
passages are not decorated.  A developer who changes a query restarts the server.
"""

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sized
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import lru_cache, wraps
from types import FunctionType, MappingProxyType, UnionType
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

import pandas as pd

from etl.language import language
from etl.release.tables import Release

P = ParamSpec("P")
T = TypeVar("T")

MOST = 4000
"""What the answers kept may weigh together; the one that nobody has asked for longest goes first."""

UNIT = 10_000
"""Characters or cells that weigh as much as an answer by itself."""

_IMMUTABLE = (str, int, float, bool, bytes, Decimal, dt.date, Enum, type(None), FunctionType, Release)


class FrozenFrame(pd.DataFrame):
    """A table shared by all sessions: whoever would change it gets an error; what is made from it is an ordinary table.

    ``question`` tells it from every other answer, so that a display need not compare its cells; ``cells`` is a second holder of
    them, for whose sake pandas copies them before it writes.
    """

    question: Hashable = None
    cells: pd.DataFrame | None = None

    @property
    def _constructor(self) -> Callable[..., pd.DataFrame]:
        return pd.DataFrame

    def __setattr__(self, name: str, value: object) -> None:
        if self.question is not None:
            _refuse()
        super().__setattr__(name, value)


def _refuse(*_args: object, **_kwargs: object) -> NoReturn:
    raise TypeError("this table is shared by all sessions: change a copy()")


def _on_copy(indexer: str) -> property:
    """``indexer`` of a copy that shares its cells until one is written: a write through it reaches nobody."""
    return property(lambda table: getattr(pd.DataFrame(table), indexer))


for _name in ("__setitem__", "__delitem__", "insert", "isetitem", "pop", "update"):
    setattr(FrozenFrame, _name, _refuse)
for _name in ("loc", "iloc", "at", "iat", "attrs", "index", "columns"):
    setattr(FrozenFrame, _name, _on_copy(_name))


def cached_query(ask: Callable[Concatenate[Release, P], T]) -> Callable[Concatenate[Release, P], T]:
    """``ask``, a pure function of a release and plain arguments, computed once for all who see the same rows. Its answer is immutable all
    the way down (tables are FrozenFrames, sequences tuples); TypeError for one that cannot be frozen."""

    @wraps(ask)
    def answer(release: Release, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if type(release) is not Release:  # rows of its own answer for themselves
            return ask(release, *args, **kwargs)
        question = (ask.__module__, ask.__qualname__, release.scope, language(), _hashable(args), _hashable(kwargs))
        with _answers.lock:
            if question in _answers.entries:
                _answers.entries.move_to_end(question)
                found: T = _answers.entries[question][0]
                return found
        made: T = frozen(ask(release, *args, **kwargs), question)
        with _answers.lock:
            _answers.keep(question, made)
        return made

    return answer


def frozen(answer: Any, question: Hashable) -> Any:
    """``answer`` as an object that cannot be changed; TypeError, naming the type, where that is not known how."""
    if isinstance(answer, _IMMUTABLE) or _is_immutable(answer.__class__):
        return answer
    if isinstance(answer, pd.DataFrame):
        table = FrozenFrame(answer)
        object.__setattr__(table, "cells", answer)
        object.__setattr__(table, "question", question)
        return table
    if isinstance(answer, Mapping):
        return MappingProxyType({name: frozen(value, (question, name)) for name, value in answer.items()})
    if isinstance(answer, list | tuple) and not hasattr(answer, "_fields"):
        return tuple(frozen(value, (question, place)) for place, value in enumerate(answer))
    if isinstance(answer, set | frozenset):
        return frozenset(answer)
    if _is_frozen(answer.__class__):
        values = {field.name: getattr(answer, field.name) for field in fields(answer) if field.init}
        return replace(answer, **{name: frozen(value, (question, name)) for name, value in values.items()})
    raise TypeError(f"an answer shared by all sessions cannot hold a {type(answer).__name__}")


@lru_cache
def _is_immutable(kind: Any) -> bool:
    """Whether the declared types of all fields of a frozen dataclass are immutable, so that its objects need not be looked into."""
    if get_origin(kind) in (Union, UnionType) or get_origin(kind) is tuple:
        return all(each is Ellipsis or _is_immutable(each) for each in get_args(kind))
    if not isinstance(kind, type):
        return False
    if _is_frozen(kind):
        types = get_type_hints(kind)
        return all(_is_immutable(types[field.name]) for field in fields(kind))
    return issubclass(kind, _IMMUTABLE)


def _is_frozen(kind: type) -> bool:
    return is_dataclass(kind) and bool(vars(kind)["__dataclass_params__"].frozen)


def forget() -> None:
    """Forgets every answer, for measurements of first visits."""
    with _answers.lock:
        _answers.entries.clear()
        _answers.weight = 0


class _Answers:
    """Each answer with its weight, the one that nobody has asked for longest first, and what they weigh together; used under its lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self.weight = 0

    def keep(self, question: Hashable, answer: Any) -> None:
        """Adds an answer, or puts it in the place of one that another thread computed meanwhile, and lets go of what is too much."""
        _other, replaced = self.entries.pop(question, (None, 0))
        weight = 1 + _size(answer) // UNIT
        self.entries[question] = answer, weight
        self.weight += weight - replaced
        while self.weight > MOST and len(self.entries) > 1:
            self.weight -= self.entries.popitem(last=False)[1][1]


_answers = _Answers()


def _size(answer: Any) -> int:
    if isinstance(answer, pd.DataFrame):
        return int(answer.size)
    if is_dataclass(answer):
        return sum(_size(getattr(answer, field.name)) for field in fields(answer))
    return len(answer) if isinstance(answer, Sized) else 0


def _hashable(value: Any) -> Hashable:
    if isinstance(value, Mapping):
        return tuple((name, _hashable(each)) for name, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(_hashable, value))
    return frozenset(value) if isinstance(value, set) else value
