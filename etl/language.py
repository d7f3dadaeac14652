"""The language that names and texts are asked for in: Chinese unless the link, a download or a test says otherwise.

It belongs to the context of a run, so that two sessions can read two languages at the same time, and is part of every cached answer.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

CHINESE = "zh"
ENGLISH = "en"

_language: ContextVar[str] = ContextVar("language", default=CHINESE)


def language() -> str:
    """The code of the language in force."""
    return _language.get()


def is_chinese() -> bool:
    """Whether names and numbers are written the Chinese way."""
    return _language.get() == CHINESE


def in_words(row: Mapping[str, Any], column: str) -> str:
    """The text of ``column`` in the language in force: in English that of ``<column>_en``, where it is filled, else the Chinese one."""
    return str((row[f"{column}_en"] if _language.get() == ENGLISH else "") or row[column])


def set_language(code: str) -> None:
    """Puts ``code`` in force for the rest of this run."""
    _language.set(code)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """``code`` in force inside the block, what was in force before it afterwards."""
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


def spoken(code: str, tell: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What ``tell`` says of the arguments in the language ``code``."""
    with in_language(code):
        return tell(*args, **kwargs)
