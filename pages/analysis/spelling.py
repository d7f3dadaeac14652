"""How words are compared when somebody looks for them: as plain text, and by the pinyin of Chinese names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, product

READINGS = 16
"""Readings kept of one name: a character with two sounds doubles them."""

_QUIET = re.compile(r"[\s·、，。；：？！“”‘’《》（）()\[\]【】,;:?!\"'|｜]+")


def plain(text: str) -> str:
    """``text`` for comparing: half-width, lower case, without spaces and punctuation."""
    return _QUIET.sub("", unicodedata.normalize("NFKC", text).casefold())


def is_letters(text: str) -> bool:
    """Whether ``text`` is Latin letters, perhaps with digits between them, as pinyin is typed."""
    return text.isascii() and text.isalnum() and not text.isdigit()


def spellings(name: str) -> tuple[str, ...]:
    """The pinyin of ``name``, its initials and its full syllables, in each of its readings; none without a Chinese character."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - only once somebody types pinyin

    syllables = pinyin(plain(name), style=Style.NORMAL, heteronym=True)
    if not syllables or plain(name).isascii():
        return ()
    return tuple(
        dict.fromkeys(spelling for reading in islice(product(*syllables), READINGS) for spelling in _both(reading))
    )


def _both(reading: tuple[str, ...]) -> Iterator[str]:
    yield "".join(syllable[:1] if syllable.isalpha() else syllable for syllable in reading).casefold()
    yield "".join(reading).casefold()
