"""A line of text taken apart into names, words, amounts, years and what the question asks for.

Of all ways to cut the line the cheapest is taken: names and words of questions cost least, words of titles more, those that merely occur in a
remark still more, and what nobody has written down most. So a name counts before the numerals in it (七一, 365), and a long word before its parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import sqrt

from etl.reading.quantity import Quantity, quantities
from pages.analysis.question_words import (
    HOME,
    PARTS,
    SKIP,
    YEARS_AGO,
    QuestionWord,
    asked_amounts,
    question_words,
    same_words,
)
from pages.analysis.search_index import Index, plain, without_digits

NAME, SYNONYM, WORD, PASSING, QUESTION = "name", "synonym", "word", "passing", "question"
THING, YEAR, MONTH, AMOUNT, UNKNOWN = "thing", "year", "month", "amount", "unknown"
COST = dict.fromkeys((NAME, SYNONYM, QUESTION, YEAR, MONTH), 1.0)
COST |= {AMOUNT: 1.3, WORD: 2.0, PASSING: 2.5, THING: 3.0, UNKNOWN: 4.0}
SKIPPED = 0.9
"""Cost of a word that asks for nothing."""
LONGER = 0.04
"""What the root of its length takes off the cost of a word, so that of two equal ways the one with longer and even words is taken:
矛调中心 and 成功率, not 矛调中心成 and 功率."""

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*年度?|(?!\d))")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*月(?:份|底|末)?")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_ONE = re.compile(r"[〇零一二三四五六七八九两]$|一[^〇零二三四五六七八九十百千万亿]")
"""A numeral that is no amount by itself: 七, and 一次, 一个 in a question."""


@dataclass(frozen=True)
class Token:
    """One piece of a line: what it is, and its text for comparing."""

    kind: str
    text: str
    start: int
    end: int
    question: QuestionWord | None = None
    amount: Quantity | None = None

    @property
    def cost(self) -> float:
        """What taking it costs."""
        base = SKIPPED if self.question and self.question.asks == SKIP else COST[self.kind]
        return base * len(self.text) if self.kind == UNKNOWN else base - LONGER * sqrt(len(self.text))


@dataclass(frozen=True)
class Term:
    """A word that an entry must speak of: itself, one of its ``codes``, or else what the city calls so, or another word for it."""

    text: str
    is_name: bool = False
    codes: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    other_codes: frozenset[str] = frozenset()

    def without_digits(self) -> Term:
        """The same word as groups of numbers are told, which have no digits."""
        others, other_names = (tuple(map(without_digits, texts)) for texts in (self.others, self.other_names))
        return replace(self, text=without_digits(self.text), others=others, other_names=other_names)


@dataclass(frozen=True)
class SearchQuery:
    """What a line of text asks for: codes of names in it, years, an amount, the words that are left, and the questions.
    ``unknown`` are pieces that occur nowhere; ``tokens`` the line as it was cut."""

    text: str
    of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    month: int = 0
    amount: Quantity | None = None
    terms: tuple[Term, ...] = ()
    questions: tuple[QuestionWord, ...] = ()
    unknown: tuple[str, ...] = ()
    is_year_or_amount: bool = False
    tokens: tuple[Token, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are no names, as they were typed."""
        return tuple(term.text for term in self.terms if not term.is_name)

    @property
    def places(self) -> frozenset[str]:
        """Codes of the places it narrows to."""
        return self.of.get("place", frozenset())

    @property
    def parts(self) -> str:
        """Whether it asks for the parts of a whole: ``parts``, ``most``, ``least`` or nothing."""
        return next((word.asks for word in reversed(self.questions) if word.asks in PARTS), "")

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing that an entry could be found by."""
        return not (self.of or self.years or self.month or self.amount or self.terms or self.questions)


def read(index: Index, text: str) -> SearchQuery:
    """``text`` taken apart against the names and words of ``index``."""
    tokens = _tokens(index, unicodedata.normalize("NFKC", text).casefold().strip())
    of: dict[str, frozenset[str]] = {}
    years, questions = set[int](), list[QuestionWord]()
    for token in tokens:
        codes = index.codes[token.text] if token.kind == NAME else ()
        if token.kind == YEAR:
            years.add(int(token.text[:4]))
        elif asks := token.question:
            if asks.asks == YEARS_AGO and index.newest_year:
                years.add(index.newest_year - int(asks.means[0]))
            elif asks.asks == HOME and index.home:
                codes = (index.home,)
            elif asks.asks not in (SKIP, HOME, YEARS_AGO):
                questions.append(asks)
        for code in codes:
            kind = code.partition(":")[0]
            of[kind] = of.get(kind, frozenset()) | {code}
    amounts = [token.amount for token in tokens if token.amount]
    terms = [_term(index, token) for token in tokens if token.kind in (NAME, SYNONYM, WORD, PASSING)]
    if len(amounts) > 1:
        terms += [Term(token.text) for token in tokens if token.amount]
    told = "".join(token.text for token in tokens if token.kind not in (QUESTION, THING))
    told = told or "".join(word.word for word in questions)
    is_either = bool(_BARE_YEAR.fullmatch(told)) and bool(years)
    if is_either:
        amounts = list(quantities(told))
    return SearchQuery(
        told,
        of,
        frozenset(years),
        max((int(token.text.partition("月")[0]) for token in tokens if token.kind == MONTH), default=0),
        amounts[0] if len(amounts) == 1 else None,
        tuple(filter(None, terms)),
        tuple(questions),
        tuple(token.text for token in tokens if token.kind == UNKNOWN),
        is_either,
        tuple(tokens),
    )


def _term(index: Index, token: Token) -> Term | None:
    """What an entry must speak of; nothing for a place, which narrows."""
    codes = frozenset(index.codes.get(token.text, ()) if token.kind == NAME else ())
    if any(code.startswith("place:") for code in codes):
        return None
    meant = frozenset(index.synonyms.get(token.text, ()))
    called = tuple(index.called[code] for code in sorted(meant) if code in index.called)
    others = list(same_words().get(token.text, ()))
    without_place = (token.text.removeprefix(name) for name in index.place_names)
    others += [rest for rest in without_place if len(rest) > 1 and rest != token.text]
    for word, means in same_words().items():
        if word in token.text and word != token.text:
            others += [token.text.replace(word, each) for each in means if each not in token.text]
    return Term(token.text, token.kind == NAME, codes, tuple(dict.fromkeys(others)), called, meant)


def _tokens(index: Index, line: str) -> list[Token]:
    """``line`` cut into the pieces that together cost least; unknown characters that touch are one."""
    kept = [(at, character) for at, character in enumerate(line) if plain(character)]
    text = "".join(character for _, character in kept)
    apart = frozenset(at for at in range(1, len(kept)) if kept[at][0] - kept[at - 1][0] > 1)
    starting: list[list[Token]] = [[_unknown(text, at, apart)] for at in range(len(text))]
    for token in _candidates(index, line, text, [at for at, _ in kept], apart):
        starting[token.start].insert(-1, token)
    costs, best = [0.0] * (len(text) + 1), list[Token]()
    for tried in reversed(starting):
        token = min(tried, key=lambda each: (round(each.cost + costs[each.end], 6), -each.end))
        costs[token.start] = token.cost + costs[token.end]
        best.append(token)
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        token = best[-1 - at]
        at = token.end
        if token.kind == UNKNOWN and tokens and tokens[-1].kind == UNKNOWN:
            token = Token(UNKNOWN, tokens[-1].text + token.text, tokens.pop().start, token.end)
        tokens.append(token)
    return tokens


def _unknown(text: str, at: int, apart: frozenset[int]) -> Token:
    """One character that nothing explains, or a whole run of Latin letters."""
    end = at + 1
    while _is_inside(text, end, apart):
        end += 1
    return Token(UNKNOWN, text[at:end], at, end)


def _is_inside(text: str, at: int, apart: frozenset[int]) -> bool:
    """Whether a cut at ``at`` would divide a Latin word or a numeral."""
    if not 0 < at < len(text) or at in apart:
        return False
    both = text[at - 1 : at + 1]
    return both.isascii() and both.isalnum() and both[0].isdigit() == both[1].isdigit()


def _candidates(index: Index, line: str, text: str, offsets: list[int], apart: frozenset[int]) -> Iterator[Token]:
    known = question_words()
    others = [word for word in same_words() if word not in known]
    for kind, names in ((NAME, index.codes), (SYNONYM, index.synonyms), (SYNONYM, others)):
        for name in names:
            at = text.find(name)
            while at >= 0:
                if not (_is_inside(text, at, apart) or _is_inside(text, at + len(name), apart)):
                    yield Token(kind, name, at, at + len(name))
                at = text.find(name, at + 1)
    for start, end, asks in asked_amounts(text):
        yield Token(THING if asks.asks == "of" else QUESTION, text[start:end], start, end, asks)
    yield from _spans(line, text, offsets)
    for start in (at for at in range(len(text)) if not _is_inside(text, at, apart)):
        is_word = True
        for end in range(start + 1, len(text) + 1):
            piece = text[start:end]
            if _is_inside(text, end, apart):
                continue
            if piece in known:
                yield Token(QUESTION, piece, start, end, known[piece])
            is_word = is_word and (end - start == 1 or (end - 1 not in apart and index.has_word(piece)))
            if is_word and end - start > 1 and not piece.isdigit() and not _holds_place(index, piece):
                yield Token(WORD if index.has_title_word(piece) else PASSING, piece, start, end)


def _holds_place(index: Index, piece: str) -> bool:
    """Whether the name of a place stands in ``piece``, which then comes apart; a name as a whole does not."""
    return piece not in index.all_names and any(name in piece and name != piece for name in index.place_names)


def _spans(line: str, text: str, offsets: list[int]) -> Iterator[Token]:
    """Years, months and amounts of ``line``, at their place in ``text``."""
    where = {offset: at for at, offset in enumerate(offsets)}

    def placed(start: int, end: int) -> tuple[int, int]:
        inside = [where[at] for at in range(start, end) if at in where]
        return inside[0], inside[-1] + 1

    for kind, pattern in ((YEAR, _YEAR), (MONTH, _MONTH)):
        for match in pattern.finditer(line):
            start, end = placed(*match.span())
            yield Token(kind, text[start:end], start, end)
    for amount in quantities(line):
        if not _ONE.match(amount.as_printed) and any(at in where for at in range(amount.start, amount.end)):
            start, end = placed(amount.start, amount.end)
            yield Token(AMOUNT, text[start:end], start, end, amount=amount)
