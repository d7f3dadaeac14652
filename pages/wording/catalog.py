"""The words of the screens: a gettext catalog, read as text at run time so that no compiled file is committed.
A msgid is the English text and the catalog says it in Chinese; names of places, indicators and units are data and come
from the reference tables, never from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from etl.language import CHINESE, ENGLISH, is_chinese

LANGUAGES: Mapping[str, str] = {CHINESE: "中文", ENGLISH: "English"}
"""Language codes and what they call themselves; the first is the default."""

FOLDER = Path(__file__).parent


def _(msgid: str) -> str:
    """The text of ``msgid`` in the language in force; a msgid without an entry as it is (a test keeps that from happening)."""
    return (catalog().get(msgid) or msgid) if is_chinese() else msgid


def listed(texts: Iterable[str]) -> str:
    """The texts as one enumeration."""
    return ("、" if is_chinese() else ", ").join(texts)


def run_on(*words: str) -> str:
    """The words that are not empty one after the other, with a space between them where the language has one."""
    return ("" if is_chinese() else " ").join(filter(None, words))


@cache
def catalog() -> Mapping[str, str]:
    """msgid -> Chinese text."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - read once

    with (FOLDER / "zh.po").open("rb") as file:
        messages = read_po(file, locale=CHINESE)
    return {str(message.id): str(message.string) for message in messages if message.id}
