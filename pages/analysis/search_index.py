"""What a search looks through: one entry for each thing that can be found, the words that occur in all of them, how words compare."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import chain, islice, product

NAMED = ("place", "project", "indicator", "term", "source", "organisation", "facility")
"""Kinds that are found by their names; the others by what they speak of."""

NARROWING = NAMED[:3]
"""Kinds whose names narrow to what speaks of them."""


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
    found = []
    for reading in islice(product(*syllables), READINGS):
        initials = "".join(syllable[:1] if syllable.isalpha() else syllable for syllable in reading)
        found += [initials.casefold(), "".join(reading).casefold()]
    return tuple(dict.fromkeys(found))


def without_digits(text: str) -> str:
    """Plain ``text`` with a 0 for every digit: what occurs in a text occurs there in this form too."""
    return re.sub(r"\d", "0", plain(text))


@dataclass(frozen=True)
class PlainTexts:
    """What an entry says, for comparing: ``main_title`` is the first of its titles, ``about`` everything that is said of it."""

    key: str
    names: tuple[str, ...]
    main_title: str
    title: str
    breakdown: str
    topic: str
    about: str


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    ``names`` are what it is called, ``title`` what it chiefly speaks of, ``topic`` what tells it from others of that title, ``about``
    everything else that is said of it; ``of`` the codes it speaks of (``place:…``, ``indicator:…``, ``project:…``), ``within`` the
    places around its own; ``month`` is that of the last day it speaks of; ``facets`` what a question may ask for (``measure:plan``, ``kind:rank``, ``about:<property>``);
    ``value`` is a number's. ``standing`` and ``order`` say which comes first when several fit alike. Its ``key`` finds it alone.
    """

    kind: str
    key: str
    names: tuple[str, ...]
    about: str = ""
    title: tuple[str, ...] = ()
    topic: str = ""
    of: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    month: int = 0
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str = ""
    facets: frozenset[str] = frozenset()
    breakdown: str = ""
    standing: tuple[int, ...] = ()
    order: tuple[int, ...] = ()

    def without_digits(self) -> Entry:
        """What all entries have in common that differ from this one in digits alone."""
        names, title = tuple(map(without_digits, self.names)), tuple(map(without_digits, self.title))
        about, topic, breakdown = map(without_digits, (self.about, self.topic, self.breakdown))
        return replace(self, names=names, about=about, title=title, topic=topic, breakdown=breakdown)

    @cached_property
    def plain(self) -> PlainTexts:
        """What it says, for comparing; a named thing is its own title."""
        return PlainTexts(
            key=plain(self.key),
            names=tuple(dict.fromkeys(filter(None, map(plain, self.names)))),
            main_title=plain(self.title[0]) if self.title else "",
            title=plain(" ".join(self.names if self.kind in NAMED else self.title)),
            breakdown=plain(self.breakdown),
            topic=plain(f"{self.breakdown} {self.topic}"),
            about=plain(" ".join((*self.names, *self.title, self.breakdown, self.topic, self.about))),
        )

    @cached_property
    def indicator(self) -> str:
        """The code of its indicator; nothing for what is no number."""
        return next((code for code in self.of if code.startswith("indicator:")), "")

    @cached_property
    def places(self) -> frozenset[str]:
        """The codes of its own places."""
        return frozenset(code for code in self.of if code.startswith("place:"))


@dataclass(frozen=True)
class Index:
    """Everything of a release that can be found; pinyin is spelled out when it is first asked for.

    ``synonyms`` are what people call a thing: plain word -> codes (``project:…``); ``home`` is the code of the city itself.
    Numbers that differ in digits, values and times alone are no entries: each of ``groups`` is what some of them have in common, with
    the last year any of them speaks of, and ``members`` gives the entries of the groups with these keys, and that of the number whose
    id is, for comparing, the text given.
    """

    entries: tuple[Entry, ...]
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    home: str = ""
    groups: tuple[Entry, ...] = ()
    members: Callable[[Collection[str], str], tuple[Entry, ...]] = lambda groups, number_id: ()

    @cached_property
    def _texts(self) -> tuple[Entry, ...]:
        return *self.entries, *self.groups

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """Plain name of a place, project or indicator -> what it may stand for, longest name first."""
        found: dict[str, list[str]] = defaultdict(list)
        for entry in self.entries:
            for name in entry.plain.names if entry.kind in NARROWING else ():
                found[name].append(f"{entry.kind}:{entry.key}")
        return {name: tuple(found[name]) for name in sorted(found, key=len, reverse=True) if len(name) > 1}

    @cached_property
    def place_names(self) -> tuple[str, ...]:
        """Plain names of places."""
        return tuple(name for name, codes in self.codes.items() if any(code.startswith("place:") for code in codes))

    @cached_property
    def all_names(self) -> frozenset[str]:
        """Plain names of everything that has one."""
        return frozenset(name for entry in self.entries if entry.kind in NAMED for name in entry.plain.names)

    @cached_property
    def called(self) -> Mapping[str, str]:
        """Code of a named thing -> its first name, for comparing."""
        return {f"{entry.kind}:{entry.key}": entry.plain.names[0] for entry in self.entries if entry.kind in NAMED}

    @cached_property
    def spelled(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Kind and key of each named entry -> its spellings."""
        every = [entry for entry in self.entries if entry.kind in NAMED]
        return {(each.kind, each.key): tuple(chain.from_iterable(map(spellings, each.names))) for each in every}

    @cached_property
    def newest_year(self) -> int:
        """The last year that a number printed in a checked document speaks of, which 今年 means; 0 without one."""
        firm = (each for each in self._texts if each.kind == "number" and not any(each.standing[:2]))
        return max((max(each.years) for each in firm if each.years), default=0)

    def has_word(self, word: str) -> bool:
        """Whether plain ``word`` occurs in an entry; one with a digit in it only as part of a name. So it is enough
        that groups are told without digits."""
        if any(character.isdigit() for character in word):
            return word in self._all_names
        return all(word[at : at + 2] in self._pairs for at in range(len(word) - 1)) and word in self._all_words

    def has_title_word(self, word: str) -> bool:
        """Whether plain ``word`` occurs in a name, a title or a topic, not only in what is said besides."""
        return word in self._all_names or word in self._all_titles

    @cached_property
    def _all_titles(self) -> str:
        return "\n".join(dict.fromkeys(text for each in self._texts for text in (each.plain.title, each.plain.topic)))

    @cached_property
    def _all_names(self) -> str:
        return "\n".join(sorted(self.all_names))

    @cached_property
    def _all_words(self) -> str:
        return "\n".join(dict.fromkeys(entry.plain.about for entry in self._texts))

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return frozenset(map("".join, zip(self._all_words, self._all_words[1:], strict=False)))
