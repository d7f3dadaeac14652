"""The words of the screens: gettext catalogs, read as text at run time so that no compiled file is committed.

A msgid is English and the catalogs say it in each language; names of places, indicators and units are data and come
from the reference tables, never from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LANGUAGES: Mapping[str, str] = {"zh": "中文", "en": "English"}
"""Language codes and what they call themselves; the first is the default."""

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """One language: call it with a msgid for the text; ``lang`` is the language's code.

    A msgid without an entry is returned as it is (a test keeps that from happening).
    """

    lang: str
    entries: Mapping[str, str]

    def __call__(self, msgid: str) -> str:
        """The text of ``msgid`` in this language."""
        return self.entries.get(msgid) or msgid

    @property
    def chinese(self) -> bool:
        """Whether names and numbers are written the Chinese way."""
        return self.lang == "zh"


@lru_cache
def words(lang: str) -> Words:
    """The words of ``lang``; an unknown code gives the default language."""
    known = lang if lang in LANGUAGES else next(iter(LANGUAGES))
    return Words(known, catalog(known))


@lru_cache
def catalog(lang: str) -> Mapping[str, str]:
    """msgid -> text of one catalog file."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - read once per language

    with (FOLDER / f"{lang}.po").open("rb") as file:
        messages = read_po(file, locale=lang)
    return {str(message.id): str(message.string) for message in messages if message.id}
