"""Finds what a line of text asks for: an amount however it is written, a name, a question such as 148万是哪来的, pinyin.

Best first: a number or name that is exactly what was typed, then one that begins with it, then one that contains it; a number
that only rounds to what was typed comes after those that are it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from etl.reading.quantity import Quantity, quantities
from pages.analysis.spelling import is_letters, plain, spellings

EXACT, PREFIX, CONTAINS, ROUNDED, SPOKEN_OF, BELOW = range(6)
"""How well an entry fits, best first: ... it only rounds to the amount, the words speak of it, they speak of a place it lies in."""

NAMED = ("place", "project", "indicator", "term", "source")
"""Kinds that are found by their names; the others by what they speak of."""

AMOUNT_DIGITS = 2
"""Significant digits an asked amount needs before a number may round to it."""

NEAREST = 5
ALIKE = 50
"""Likeness, of 100, from which a name counts as near."""

_QUESTION = re.compile(
    r"^(?:请问|哪些|哪个|什么|谁|查一下|查)|(?:是|从|出自|来自|有|在)?(?:哪里|哪儿|哪个|哪|怎么|何处|什么|多少|几个|谁)[^\s]{0,4}?(?:的|来|算|说|呢|吗)*[?？]*$|[的吗呢]?[?？]+$"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?(?!\d)")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_EMPTY_WORDS = ("的", "是", "有", "在", "了", "和", "与", "及")
_HAN_DIGIT = re.compile(r"[〇零一二三四五六七八九两]")


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    ``names`` are what it is called, ``about`` everything else that is said of it; ``of`` the codes it speaks of (``place:…``,
    ``indicator:…``, ``project:…``), ``within`` the places around its own; ``value`` is a number's.  Its ``key`` finds it alone.
    """

    kind: str
    key: str
    names: tuple[str, ...]
    about: str = ""
    of: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str = ""
    order: tuple[int, ...] = ()

    @cached_property
    def plain_names(self) -> tuple[str, ...]:
        """The names for comparing."""
        return tuple(dict.fromkeys(filter(None, map(plain, self.names))))

    @cached_property
    def plain_about(self) -> str:
        """Names and everything said of it, for comparing."""
        return plain(" ".join((*self.names, self.about)))


@dataclass(frozen=True)
class Index:
    """Everything of a release that can be found; pinyin is spelled out when it is first asked for."""

    entries: tuple[Entry, ...]

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """Plain name of a place, project or indicator -> what it may stand for, longest name first."""
        found: dict[str, list[str]] = {}
        for entry in self.entries:
            for name in entry.plain_names if entry.kind in NAMED[:3] else ():
                if len(name) > 1:
                    found.setdefault(name, []).append(f"{entry.kind}:{entry.key}")
        return {name: tuple(found[name]) for name in sorted(found, key=len, reverse=True)}

    @cached_property
    def spelled(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Kind and key of each named entry -> its spellings."""
        return {
            (entry.kind, entry.key): tuple(each for name in entry.names for each in spellings(name))
            for entry in self.entries
            if entry.kind in NAMED
        }


@dataclass(frozen=True)
class Asked:
    """What a line of text asks for: codes of names in it, years, an amount, and the words that are left."""

    text: str
    of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    amount: Quantity | None = None
    words: tuple[str, ...] = ()
    is_year_or_amount: bool = False


@dataclass(frozen=True)
class Hit:
    """An entry and how well it fits."""

    entry: Entry
    rank: int


@dataclass(frozen=True)
class Found:
    """The hits, best first, and - only when there is none - the nearest names."""

    asked: Asked
    hits: tuple[Hit, ...]
    near: tuple[str, ...] = ()


def found(index: Index, text: str) -> Found:
    """What ``text`` finds in ``index``; nothing for an empty line."""
    asked = read(index, text)
    if not asked.text:
        return Found(asked, ())
    hits = [Hit(entry, rank) for entry in index.entries if (rank := _rank(index, entry, asked)) is not None]
    if is_letters(asked.text):
        hits += _numbers_of(index, hits)
    best = sorted(hits, key=lambda hit: (hit.rank, hit.entry.order))
    return Found(asked, tuple(best), () if best else nearest(index, asked.text))


def read(index: Index, text: str) -> Asked:
    """``text`` taken apart; a name counts before the numerals in it (七一, 365), and a question's tail asks for nothing."""
    line = _QUESTION.sub("", unicodedata.normalize("NFKC", text).strip())
    whole, rest = plain(line), line.casefold()
    of: dict[str, frozenset[str]] = {}
    for name, codes in index.codes.items():
        if name in plain(rest):
            rest = _without(rest, name)
            for code in codes:
                kind = code.partition(":")[0]
                of[kind] = of.get(kind, frozenset()) | {code}
    years, is_either = frozenset(map(int, _YEAR.findall(rest))), bool(_BARE_YEAR.fullmatch(rest.strip()))
    rest = rest if is_either else _YEAR.sub(" ", rest)
    amounts = [each for each in quantities(rest) if not _HAN_DIGIT.fullmatch(each.as_printed)]
    amount = amounts[0] if len(amounts) == 1 else None
    if amount:
        rest = f"{rest[: amount.start]} {rest[amount.end :]}"
    words = tuple(word for word in (plain(each) for each in rest.split()) if word and word not in _EMPTY_WORDS)
    return Asked(whole, of, years, amount, words, is_either)


def spelled_out(result: Found) -> str:
    """The name that pinyin stood for, where it stood for one exactly; nothing for any other line."""
    if not is_letters(result.asked.text):
        return ""
    return next((hit.entry.names[0] for hit in result.hits if hit.rank == EXACT and hit.entry.kind in NAMED[:3]), "")


def nearest(index: Index, text: str) -> tuple[str, ...]:
    """Names most like ``text``, by their letters or by their pinyin."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where nothing fits

    names = {entry.names[0]: entry for entry in index.entries if entry.kind in NAMED[:4]}
    if is_letters(text):
        sounds = {
            name: each for name, entry in names.items() for each in index.spelled.get((entry.kind, entry.key), ())
        }
        like = process.extract(text, sounds, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=ALIKE)
        return tuple(str(name) for _, _, name in like)
    near = process.extract(text, list(names), scorer=fuzz.WRatio, processor=plain, limit=NEAREST, score_cutoff=ALIKE)
    return tuple(str(name) for name, _, _ in near)


def _rank(index: Index, entry: Entry, asked: Asked) -> int | None:
    ranks = [_by_name(entry.plain_names, asked.text), EXACT if plain(entry.key) == asked.text else None]
    if entry.kind in NAMED:
        if is_letters(asked.text):
            ranks.append(_by_name(index.spelled[entry.kind, entry.key], asked.text))
        if asked.text in entry.plain_about or (
            asked.words and all(word in entry.plain_about for word in asked.words) and not asked.of
        ):
            ranks.append(SPOKEN_OF)
        if f"{entry.kind}:{entry.key}" in asked.of.get(entry.kind, ()):
            ranks.append(SPOKEN_OF)
    else:
        if asked.text in entry.plain_about:
            ranks.append(SPOKEN_OF)
        ranks.append(_by_what_it_speaks_of(entry, asked))
    return min((rank for rank in ranks if rank is not None), default=None)


def _by_name(names: Iterable[str], text: str) -> int | None:
    ranks = [EXACT if name == text else PREFIX if name.startswith(text) else CONTAINS for name in names if text in name]
    return min(ranks, default=None)


def _by_what_it_speaks_of(entry: Entry, asked: Asked) -> int | None:
    if not (asked.of or asked.years or asked.amount or asked.words):
        return None
    rank = SPOKEN_OF
    for codes in asked.of.values():
        if not codes & entry.of:
            if not codes & entry.within:
                return None
            rank = BELOW
    fits_year = not asked.years or bool(asked.years & entry.years)
    if asked.is_year_or_amount and asked.amount is not None:
        return rank if fits_year else _by_amount(entry, asked.amount)
    if not fits_year or not all(word in entry.plain_about for word in asked.words):
        return None
    if asked.amount is None:
        return rank
    fit = _by_amount(entry, asked.amount)
    return None if fit is None else max(fit, rank) if rank == BELOW else fit


def _by_amount(entry: Entry, amount: Quantity) -> int | None:
    if entry.value is None:
        return None
    ends = {entry.value, entry.value if entry.value_high is None else entry.value_high}
    if amount.value in ends:
        return EXACT if amount.unit in ("", entry.unit) else CONTAINS
    digits = len(str(amount.value / amount.step).split(".")[0].lstrip("-"))
    is_near = any(abs(end - amount.value) <= amount.step / 2 for end in ends)
    return ROUNDED if is_near and digits >= AMOUNT_DIGITS and amount.unit in ("", entry.unit) else None


def _numbers_of(index: Index, hits: Sequence[Hit]) -> list[Hit]:
    """The numbers of what pinyin named exactly."""
    meant = {f"{hit.entry.kind}:{hit.entry.key}" for hit in hits if hit.rank == EXACT and hit.entry.kind in NAMED[:3]}
    there = {(hit.entry.kind, hit.entry.key) for hit in hits}
    return [
        Hit(entry, SPOKEN_OF) for entry in index.entries
        if entry.kind == "number" and meant & entry.of and (entry.kind, entry.key) not in there
    ]  # fmt: skip


def _without(line: str, name: str) -> str:
    """``line`` without the first stretch that reads ``name``, whatever spaces and punctuation stand inside it."""
    for start in range(len(line)):
        for end in range(start + len(name), len(line) + 1):
            if plain(line[start:end]) == name:
                return f"{line[:start]} {line[end:]}"
    return line
