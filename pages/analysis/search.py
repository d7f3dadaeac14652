"""Finds what a line of text asks for: an amount however it is written, a name, a question such as 148万是哪来的, pinyin.

What is exactly what was typed comes first; then what answers the question, by one criterion after the other.
Where a word occurs nowhere, or no entry speaks of all words together, nothing is found and the nearest questions are told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from etl.reading.quantity import Quantity
from pages.analysis.question_words import SKIP, QuestionWord
from pages.analysis.search_index import NAMED, NARROWING, Entry, Index, is_letters, plain, without_digits
from pages.analysis.search_query import NAME, PASSING, SYNONYM, UNKNOWN, WORD, SearchQuery, Term, read

EXACT, PREFIX, CONTAINS, ROUNDED, SPOKEN_OF, BELOW = range(6)
"""How well an entry fits, best first: ... it only rounds to the amount, the words speak of it, they speak of a place it lies in."""

KINDS = ("number", "absence", "statement", "incidental", *NAMED)
"""Kinds in the order in which they come when all else is equal."""

TYPED = tuple(kind for kind in KINDS if kind not in ("absence", "statement", "indicator"))
"""Kinds that come first where they are exactly what was typed; of an indicator its numbers are wanted."""

AMOUNT_DIGITS = 2
"""Significant digits an asked amount needs before a number may round to it."""

NEAREST = 5
ALIKE = 50
"""Likeness, of 100, from which a name counts as near."""

SHORTEST_TOPIC = 3
"""Characters that must have been understood before a word that occurs nowhere is left aside."""

MISSED = 2
"""What a question costs that an entry does not answer."""

IN_TITLE, OF_CODE, IN_TOPIC, APART, IN_ABOUT, ABOUT_APART = 0, 0, 1, 2, 4, 5
ANOTHER_NAME, ANOTHER_WORD = 1, 2
"""How far from an entry's title a word stands; what the city calls so stands further, another word of the language further still."""

PART_OF_PLACE, PART_OF_BREAKDOWN, NO_PART = range(3)
NO_WHOLE = (9,)
"""Standing of the whole of what is no part."""


@dataclass(frozen=True)
class Hit:
    """An entry and how well it fits; ``missed`` are the words of a question that it does not answer."""

    entry: Entry
    rank: int
    missed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """The hits, best first; the nearest questions and names where there is none; the words of the line that were left aside."""

    asked: SearchQuery
    hits: tuple[Hit, ...]
    near: tuple[str, ...] = ()
    left_aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """An entry that fits, with everything that decides its place among the hits."""

    entry: Entry
    rank: int
    words: int = 0
    amount: int = 0
    missed: tuple[tuple[str, int], ...] = ()
    part: int = NO_PART
    whole: tuple[int, ...] = ()


def found(index: Index, text: str) -> Found:
    """What ``text`` finds in ``index``; nothing for an empty line."""
    asked = read(index, text)
    if not asked.text:
        return Found(asked, ())
    understood = [term.text for term in asked.terms]
    understood += [word.word for word in asked.questions if word.asks == "about"]
    is_enough = len("".join(understood)) >= max(SHORTEST_TOPIC, 2 * len("".join(asked.unknown)))
    aside = asked.unknown if is_enough else ()
    if hits := tuple(_hits(index, replace(asked, unknown=()) if aside else asked)):
        missed = (word.word for word in asked.questions if word.word in hits[0].missed)
        return Found(asked, hits, left_aside=(*aside, *missed))
    return Found(asked, (), tuple(dict.fromkeys((*_nearest_questions(index, asked), *nearest(index, asked.text)))))


def spelled_out(result: Found) -> str:
    """The name that pinyin stood for, where it stood for one exactly; nothing for any other line."""
    named = (hit.entry.names[0] for hit in result.hits if hit.rank == EXACT and hit.entry.kind in NARROWING)
    return next(named, "") if is_letters(result.asked.text) else ""


def nearest(index: Index, text: str) -> tuple[str, ...]:
    """Names most like ``text``, by their letters or by their pinyin."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where nothing fits

    names = {entry.names[0]: (entry.kind, entry.key) for entry in index.entries if entry.kind in NAMED[:4]}
    if is_letters(text):
        sounds = {name: each for name, key in names.items() for each in index.spelled.get(key, ())}
        like = process.extract(text, sounds, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=ALIKE)
        return tuple(str(name) for _, _, name in like)
    near = process.extract(text, list(names), scorer=fuzz.WRatio, processor=plain, limit=NEAREST, score_cutoff=ALIKE)
    return tuple(str(name) for name, _, _ in near)


def _nearest_questions(index: Index, asked: SearchQuery) -> Iterator[str]:
    """The line without what occurs nowhere, else without one of its words, where that finds something."""
    told = [each for each in asked.tokens if not (each.question and each.question.asks == SKIP)]
    known = [each for each in told if each.kind != UNKNOWN]
    ways = [known] if len(known) < len(told) else [[each for each in known if each is not left] for left in known]
    for kept in ways:
        line = " ".join(each.text for each in kept)
        if any(each.kind in (NAME, SYNONYM, WORD, PASSING) for each in kept) and any(_hits(index, read(index, line))):
            yield line


def _hits(index: Index, asked: SearchQuery) -> Iterator[Hit]:
    """Everything that fits, best first."""
    entries = (*index.entries, *index.members(_groups(index, asked), asked.text))
    matches = [match for entry in entries if (match := _match(index, entry, asked))]
    if asked.amount and asked.questions:
        matches += _kin(index, asked, matches)
    if is_letters(asked.text):
        matches += _numbers_of(index, matches)
    if asked.parts:
        matches = _with_parts(matches)
    for match in sorted(_answering(matches, asked), key=lambda match: _order(match, asked)):
        yield Hit(match.entry, match.rank, _unanswered(match))


def _unanswered(match: Match) -> tuple[str, ...]:
    return tuple(word for word, cost in match.missed if cost >= MISSED)


def _answering(matches: Sequence[Match], asked: SearchQuery) -> Sequence[Match]:
    """Without what does not answer 谁负责, 有什么荣誉 ..., or a question that names no topic, where something does answer it.
    An asked amount stays beside its answer."""
    wanted = {word.word for word in asked.questions if word.asks == "about" or not asked.terms}
    answers = [match for match in matches if wanted.isdisjoint(_unanswered(match))]
    if asked.parts and not asked.terms and not asked.amount:
        answers = [match for match in answers if match.part != NO_PART] or answers
    return answers if wanted and answers and not asked.amount else matches


def _order(match: Match, asked: SearchQuery) -> tuple[Any, ...]:
    """What decides which hit comes first; a later criterion only where all before it are equal."""
    entry, kind, typed = match.entry, match.entry.kind, [term.text for term in asked.terms]
    by_size = bool(asked.parts) and match.part != NO_PART and entry.value is not None
    return (
        # a place's name alone finds the place before its numbers; with 多少户 it does not
        match.rank != EXACT or bool(asked.questions) or kind not in TYPED,
        # a number of the asked place comes before one of a place in it
        match.rank == BELOW,
        # where the parts are asked for, they come before the whole, those of a headline number first
        match.part,
        match.whole,
        # 第几 finds a rank before a count, 计划 a plan before what was done
        sum(cost for _, cost in match.missed),
        # 44个 finds 44个 before 44座 and before what rounds to it
        match.amount,
        # 2018年 finds a number of 2018 before one of 2017 to 2018
        bool(asked.years) and entry.years != asked.years,
        # what answers comes before what has nothing to do with the projects, and what is only called so after both
        1 if kind == "incidental" else 2 if kind in NAMED else 0,
        # 老人 finds 老人数 before a number that mentions them in a remark
        match.words,
        # a number comes before a gap, a gap before a statement
        KINDS.index(kind),
        # printed before computed, verified before hearsay, the city before its parts and those before other places
        entry.standing[:3],
        # a whole comes before one of its parts that nobody named
        bool(entry.plain.breakdown) and not any(text in entry.plain.breakdown for text in typed),
        # a headline before the rest, what was done before what is planned, a year before a month
        entry.standing[3:],
        # 礼堂 finds 礼堂数 before 有舞台的礼堂数
        len(entry.plain.main_title) - sum(len(text) for text in typed if text in entry.plain.main_title),
        # parts come by period, the newest first, then by size
        entry.order[0] if asked.parts and entry.order else 0,
        (entry.value or 0) * (1 if asked.parts == "least" else -1) if by_size else 0,
        # the newest first, then as the tables have it
        entry.order,
    )


# --- what fits ------------------------------------------------------------------------------------------------------------


def _groups(index: Index, asked: SearchQuery) -> list[str]:
    """The keys of the groups of which a number may fit."""
    text = without_digits(asked.text)
    terms = () if asked.is_year_or_amount else tuple(term.without_digits() for term in asked.terms)
    speaks = not (asked.is_empty or asked.unknown)
    return [
        group.key
        for group in index.groups
        if any(text in name for name in group.plain.names)
        or (speaks and _by_place(group, asked.places) is not None and _words(group, terms) is not None)
    ]


def _match(index: Index, entry: Entry, asked: SearchQuery) -> Match | None:
    names = entry.plain.names
    if entry.kind in NAMED and is_letters(asked.text):
        names = (*names, *index.spelled[entry.kind, entry.key])
    text = asked.text
    ranks = [EXACT if name == text else PREFIX if name.startswith(text) else CONTAINS for name in names if text in name]
    by_name = EXACT if entry.plain.key == text else min(ranks, default=None)
    spoken = _by_what_it_speaks_of(entry, asked)
    if by_name is None or (spoken is not None and by_name > spoken.rank):
        return spoken
    return Match(entry, by_name, words=spoken.words if spoken else IN_TITLE, missed=tuple(_missed(entry, asked)))


def _by_what_it_speaks_of(entry: Entry, asked: SearchQuery, *, amount_of: bool = False) -> Match | None:
    """The match of an entry that speaks of everything that is asked; with ``amount_of`` its amount may be another's."""
    if asked.is_empty or asked.unknown:
        return None
    rank = _by_place(entry, asked.places)
    if rank is None:
        return None
    fits_year = not asked.years or bool(asked.years & entry.years)
    fit = None if asked.amount is None else _by_amount(entry, asked.amount)
    if asked.is_year_or_amount:
        return Match(entry, rank) if fits_year else None if fit is None else Match(entry, fit, amount=fit)
    is_other_month = bool(asked.month) and asked.month != entry.month
    is_other_amount = asked.amount is not None and fit is None and not amount_of
    words = None if not fits_year or is_other_month or is_other_amount else _words(entry, asked.terms)
    if words is None:
        return None
    return Match(entry, rank if fit is None or rank == BELOW else fit, words, fit or 0, tuple(_missed(entry, asked)))


def _by_place(entry: Entry, places: frozenset[str]) -> int | None:
    own = f"place:{entry.key}" if entry.kind == "place" else ""
    if not places or places & entry.of or own in places:
        return SPOKEN_OF
    return BELOW if places & entry.within else None


def _by_amount(entry: Entry, amount: Quantity) -> int | None:
    if entry.value is None:
        return None
    ends = {entry.value, entry.value if entry.value_high is None else entry.value_high}
    is_in_unit = amount.unit in ("", entry.unit)
    if amount.value in ends:
        return EXACT if is_in_unit else CONTAINS
    digits = len(str(amount.value / amount.step).split(".")[0].lstrip("-"))
    is_near = any(abs(end - amount.value) <= amount.step / 2 for end in ends)
    return ROUNDED if is_near and is_in_unit and digits >= AMOUNT_DIGITS else None


def _words(entry: Entry, terms: Sequence[Term]) -> int | None:
    """How far from the entry's title all terms together stand; None when it does not speak of one."""
    far = [_far(entry, term) for term in terms]
    return None if None in far else sum(each for each in far if each is not None)


def _far(entry: Entry, term: Term) -> int | None:
    codes = entry.of | {f"{entry.kind}:{entry.key}"}
    ways = [_far_text(entry, term.text, may_be_apart=not term.is_name)]
    ways += [further for meant, further in ((term.codes, OF_CODE), (term.other_codes, ANOTHER_NAME)) if meant & codes]
    for others, further in ((term.other_names, ANOTHER_NAME), (term.others, ANOTHER_WORD)):
        another = (_far_text(entry, other, may_be_apart=False) for other in others)
        ways += [each + further for each in another if each is not None]
    return min((each for each in ways if each is not None), default=None)


def _far_text(entry: Entry, text: str, *, may_be_apart: bool) -> int | None:
    """How far from the title ``text`` stands, whole or in two halves; in what is said besides, halves count only where they may."""
    if text in entry.plain.title:
        return IN_TITLE
    if text in entry.plain.topic:
        return IN_TOPIC
    halves = _halves(text)
    if any(left in entry.plain.title and right in entry.plain.title for left, right in halves):
        return IN_TITLE
    if any(_has_title(entry, left) and _has_title(entry, right) for left, right in halves):
        return APART
    if text in entry.plain.about:
        return IN_ABOUT
    is_apart = may_be_apart and any(left in entry.plain.about and right in entry.plain.about for left, right in halves)
    return ABOUT_APART if is_apart else None


@lru_cache(maxsize=1000)
def _halves(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((text[:at], text[at:]) for at in range(2, len(text) - 1))


def _has_title(entry: Entry, text: str) -> bool:
    return text in entry.plain.title or text in entry.plain.topic


# --- what is asked --------------------------------------------------------------------------------------------------------


def _missed(entry: Entry, asked: SearchQuery) -> Iterator[tuple[str, int]]:
    """The words of the questions that an entry does not answer, with what each costs."""
    for word in asked.questions:
        cost = _cost(entry, word)
        if cost and not (_has_title(entry, word.word) and word.asks in ("measure", "ratio", "rank", "about")):
            yield word.word, cost


def _cost(entry: Entry, word: QuestionWord) -> int:
    """How far an entry is from answering a word of a question; every entry answers one that asks for parts."""
    match word.asks:
        case "number":  # a gap answers it too, but after a number
            return {"number": 0, "incidental": 0, "absence": 1}.get(entry.kind, MISSED)
        case "of":
            return 0 if any(_has_title(entry, each) for each in word.means) else MISSED
        case "unit":  # 小时 is answered by 小时, and nearly by 小时/日; 多少人 nearly by 人次
            return 0 if entry.unit in word.means else 1 if entry.unit.startswith(word.means) else MISSED
        case "measure" | "ratio" | "rank" | "about":
            facet = "kind" if word.asks in ("ratio", "rank") else word.asks
            if entry.facets.isdisjoint(f"{facet}:{each}" for each in word.means):
                return MISSED
            # a standard that the city lists comes before one that merely stands in a document
            return int(word.asks == "measure" and "standard" in word.means and "listed" not in entry.facets)
    return 0


def _kin(index: Index, asked: SearchQuery, matches: Sequence[Match]) -> Iterator[Match]:
    """Numbers and gaps of the same indicator and time as those with the asked amount: 20个完成了吗 asks for those of the 20."""
    meant = [match.entry for match in matches if match.entry.kind == "number" and match.rank != BELOW]
    indicators = {entry.indicator for entry in meant}
    groups = [group.key for group in index.groups if group.indicator in indicators]
    for entry in _others(index, groups, matches):
        is_kin = any(entry.indicator == each.indicator and _same_time(entry, each) for each in meant)
        if is_kin and (match := _by_what_it_speaks_of(entry, asked, amount_of=True)):
            yield match


def _others(index: Index, groups: Collection[str], matches: Sequence[Match]) -> Iterator[Entry]:
    """All entries, and the members of these groups, that did not match yet."""
    there = {(match.entry.kind, match.entry.key) for match in matches}
    every = (*index.entries, *index.members(groups, ""))
    return (entry for entry in every if (entry.kind, entry.key) not in there)


def _same_time(entry: Entry, other: Entry) -> bool:
    return not entry.years or not other.years or bool(entry.years & other.years)


def _with_parts(matches: Sequence[Match]) -> list[Match]:
    """The matches, each told whether it is a part of another: of its place, or of its breakdown."""
    wholes: dict[tuple[str, frozenset[str]], list[Entry]] = {}
    for match in matches:
        if match.entry.kind == "number" and not match.entry.breakdown:
            wholes.setdefault(_series(match.entry), []).append(match.entry)
    return [_as_part(match, wholes.get(_series(match.entry), ())) for match in matches]


def _series(entry: Entry) -> tuple[str, frozenset[str]]:
    return entry.indicator, frozenset(facet for facet in entry.facets if facet.startswith("measure:"))


def _as_part(match: Match, wholes: Sequence[Entry]) -> Match:
    entry, is_number = match.entry, match.entry.kind == "number"
    if not entry.indicator or entry.kind not in ("number", "absence"):
        return replace(match, whole=NO_WHOLE)
    same = [whole for whole in wholes if whole is not entry and _same_time(entry, whole)]
    if entry.breakdown:
        around = [whole for whole in same if is_number and whole.places == entry.places]
    else:
        around = [whole for whole in same if whole.places & entry.within]
    part = PART_OF_PLACE if is_number and not entry.breakdown else PART_OF_BREAKDOWN
    whole = min((whole.standing for whole in around), default=NO_WHOLE)
    return replace(match, part=part if around else NO_PART, whole=whole)


def _numbers_of(index: Index, matches: Sequence[Match]) -> list[Match]:
    """The numbers of what pinyin named exactly."""
    exact = [match.entry for match in matches if match.rank == EXACT and match.entry.kind in NARROWING]
    meant = {f"{entry.kind}:{entry.key}" for entry in exact}
    groups = [group.key for group in index.groups if meant & group.of]
    others = _others(index, groups, matches)
    return [Match(entry, SPOKEN_OF) for entry in others if entry.kind == "number" and meant & entry.of]
