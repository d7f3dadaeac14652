"""One thing told wrong: every kind of mistake as a small function from a true sentence to its false versions.

A mutation changes one part, or swaps two numbers, and says which numbers it made false (``culprits``) and which it leaves
unsettled (``free``): those that hang on the changed word or number without being certainly false.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from random import Random

from bench.corpora.drafts.amounts import FLOOR, Printed, digits_of, rounded, significant
from bench.corpora.drafts.book import Book, Fact
from bench.corpora.drafts.sentences import Part, Parts, filled, true_ways

OTHER = frozenset({"mismatch", "other_definition"})
LOST = frozenset({"mismatch", "qualifier_lost"})
ANY = OTHER | LOST
CAUGHT = ANY | {"conflict", "embargoed"}
YEAR = re.compile(r"20\d\d(?=年)")
VISITS = frozenset({"人次", "册次"})


@dataclass(frozen=True)
class Mutation:
    """A false version of a sentence; ``culprits`` and ``free`` are positions in ``parts``."""

    kind: str
    parts: Parts
    culprits: frozenset[int]
    free: frozenset[int] = frozenset()


Told = Iterator[tuple[Parts, set[int]]]
Mistake = Callable[[Parts, Book, Random], Told]


def mutations(kind: str, parts: Parts, book: Book, rng: Random) -> Iterator[Mutation]:
    """Every false version of ``parts`` of one kind, with what hangs on the mistake set free."""
    mistake, _ = KINDS[kind]
    for wrong, culprits in mistake(parts, book, rng):
        if culprits:
            yield Mutation(kind, wrong, frozenset(culprits), frozenset(_hanging(parts, wrong, culprits, book)))


def _hanging(parts: Parts, wrong: Parts, culprits: set[int], book: Book) -> set[int]:
    """Numbers that rest on a false one, on the same changed word, or on a number that does."""
    changed = {at for at, part in enumerate(wrong) if at < len(parts) and part != parts[at]}
    keys = {wrong[at].key for at in culprits if wrong[at].kind == "fact"}
    found = set()
    for at, part in enumerate(wrong):
        if at in culprits or part.kind not in ("fact", "computed"):
            continue
        operands = set(_operands(part, book))
        words = {_governor(parts, at, kind) for kind in ("when", "who", "act", "what")}
        if operands & keys or words & changed:
            found.add(at)
    return found


def _operands(part: Part, book: Book) -> tuple[str, ...]:
    computed = book.computed.get(part.key)
    return computed.left + computed.right if computed and part.kind == "computed" else ()


def _governor(parts: Parts, at: int, kind: str) -> int | None:
    """The word of ``kind`` a number hangs on: its own, else the last before it, else the first after it."""
    words = [place for place, part in enumerate(parts) if part.kind == kind]
    own = [place for place in words if parts[place].key == parts[at].key]
    before = [place for place in words if place < at]
    return next(iter(own or before[::-1] or words), None)


def _facts(parts: Parts, book: Book) -> Iterator[tuple[int, Part, Fact]]:
    """The numbers that may be told wrong: facts that a checker can confirm, printed in digits."""
    for at, part in enumerate(parts):
        if part.kind == "fact" and part.printed and not part.printed.literal:
            fact = book.facts[part.key]
            if fact.verdict == "match":
                yield at, part, fact


def _put(parts: Parts, at: int, part: Part) -> Parts:
    return (*parts[:at], part, *parts[at + 1 :])


def _reprinted(parts: Parts, at: int, **change: object) -> Parts:
    printed = replace(parts[at].printed, **change)
    return _put(parts, at, replace(parts[at], printed=printed, text=printed.text))


def _printed(parts: Parts, at: int, printed: Printed) -> Parts:
    return _put(parts, at, replace(parts[at], printed=printed, text=printed.text))


def _hung_on(parts: Parts, word: int, book: Book, is_false: Callable[[Fact], bool]) -> set[int]:
    """The facts that hang on a word and are false once it is changed; only its own fact where that stands in the sentence."""
    facts = list(_facts(parts, book))
    own = {at for at, _, fact in facts if fact.key == parts[word].key and is_false(fact)}
    hung = {at for at, _, fact in facts if _governor(parts, at, parts[word].kind) == word and is_false(fact)}
    return own if any(fact.key == parts[word].key for _, _, fact in facts) else hung


# --- two numbers swapped


def _swaps(parts: Parts, book: Book, is_pair: Callable[[Fact, Fact], bool]) -> Told:
    for (one, part, fact), (other, second, fellow) in combinations(_facts(parts, book), 2):
        if (
            fact.amount.value != fellow.amount.value
            and fact.amount.unit == fellow.amount.unit
            and is_pair(fact, fellow)
        ):
            yield _printed(_printed(parts, one, second.printed), other, part.printed), {one, other}


def _same(fact: Fact, fellow: Fact, *names: str) -> bool:
    return all(fact.row[name] == fellow.row[name] for name in names)


def _swapped_districts(parts: Parts, book: Book, rng: Random) -> Told:
    yield from _swaps(
        parts, book, lambda one, two: _same(one, two, "indicator", "measure", "breakdown") and not _same(one, two, "place")
    )  # fmt: skip
    yield from _elsewhere(parts, book, rng, _is_counted_there)


def _swapped_parts(parts: Parts, book: Book, rng: Random) -> Told:
    yield from _swaps(
        parts, book, lambda one, two: _same(one, two, "place") and not _same(one, two, "indicator", "breakdown")
    )


def _actual_and_target(parts: Parts, book: Book, rng: Random) -> Told:
    yield from _swaps(
        parts, book, lambda one, two: _same(one, two, "place", "indicator", "breakdown") and not _same(one, two, "measure")
    )  # fmt: skip


def _swapped_years(parts: Parts, book: Book, rng: Random) -> Told:
    yield from _swaps(
        parts, book,
        lambda one, two: _same(one, two, "place", "indicator", "breakdown", "measure") and not _same(one, two, "period_start"),
    )  # fmt: skip


# --- a word told wrong


def _elsewhere(parts: Parts, book: Book, rng: Random, may_move: Callable[[Fact, str, Book], bool]) -> Told:
    for at, part in enumerate(parts):
        name = book.places.named_at_start(part.text) if part.kind == "who" and part.text else ""
        if not name:
            continue
        fact = book.facts[part.key]
        named = {book.facts[other.key].row["place"] for other in parts if other.kind == "who"}
        wanted = [place for place in book.places.names if place not in named and may_move(fact, place, book)]
        rng.shuffle(wanted)
        for place in wanted[:2]:
            word = book.places.names[place] + part.text.removeprefix(name)
            false = _hung_on(parts, at, book, lambda told, place=place: _is_false_at(told, place, book))
            yield _put(parts, at, replace(part, text=word)), false


def _is_false_at(fact: Fact, place: str, book: Book) -> bool:
    return fact.row["place"] != place and not book.says(fact.row["indicator"], fact.amount.value, place=place)


def _is_counted_there(fact: Fact, place: str, book: Book) -> bool:
    """Whether ``place`` is a fellow part of the same city that has its own number, or is known not to have one."""
    places, here = book.places, fact.row["place"]
    fellows = places.parents[place] == places.parents[here] and places.kinds[place] != "city"
    return fellows and (_has(fact, place, book) or (fact.row["indicator"], place) in book.absent)


def _is_unheard_of_there(fact: Fact, place: str, book: Book) -> bool:
    """Whether ``place`` is of the same kind and city but nothing is published there on the subject."""
    places, here = book.places, fact.row["place"]
    alike = places.kinds[place] == places.kinds[here] and places.city_of(place) == places.city_of(here)
    known = _has(fact, place, book) or (fact.row["indicator"], place) in book.absent
    return alike and places.kinds[here] not in ("city", "province") and not known


def _has(fact: Fact, place: str, book: Book) -> bool:
    return any(row["indicator"] == fact.row["indicator"] and row["place"] == place for row in book.rows)


def _is_another_city(fact: Fact, place: str, book: Book) -> bool:
    return book.places.kinds[place] == "city" and book.places.city_of(fact.row["place"]) not in ("", place)


def _another_place(parts: Parts, book: Book, rng: Random) -> Told:
    yield from _elsewhere(parts, book, rng, _is_unheard_of_there)


def _another_city(parts: Parts, book: Book, rng: Random) -> Told:
    yield from _elsewhere(parts, book, rng, _is_another_city)


def _wrong_year(parts: Parts, book: Book, rng: Random) -> Told:
    for at, part in enumerate(parts):
        found = YEAR.findall(part.text) if part.kind == "when" else []
        if len(found) != 1 or "以来" in part.text:
            continue
        years = (int(found[0]) - 1, int(found[0]) + 1)
        for year in years if book.facts[part.key].row["period_start"] else years[:1]:
            false = _hung_on(
                parts, at, book,
                lambda fact, year=year: not book.says(
                    fact.row["indicator"], fact.amount.value, place=fact.row["place"], year=year
                ),
            )  # fmt: skip
            yield _put(parts, at, replace(part, text=YEAR.sub(str(year), part.text))), false


def _told_as(measure: str) -> Mistake:
    """The word for something done put where one for a plan, a target or another definition stood."""

    def mistake(parts: Parts, book: Book, rng: Random) -> Told:
        for at, part in enumerate(parts):
            fact = book.facts.get(part.key)
            if part.kind != "act" or fact is None or fact.row["measure"] != measure:
                continue
            false = _hung_on(parts, at, book, lambda told: told.row["measure"] == measure)
            for word in fact.told_as:
                yield _retold(parts, at, word), false

    return mistake


def _retold(parts: Parts, at: int, told: str) -> Parts:
    """Another word for what was done; ``time>word`` changes the time it hangs on as well."""
    time, sign, word = told.rpartition(">")
    when = next((place for place in range(at, -1, -1) if parts[place].kind == "when"), None) if sign else None
    if when is not None:
        parts = _put(parts, when, replace(parts[when], text=time))
    return _put(parts, at, replace(parts[at], text=word if when is not None else time + word))


def _direction_reversed(parts: Parts, book: Book, rng: Random) -> Told:
    for at, part in enumerate(parts):
        if part.kind == "dir":
            told = {place for place, number in enumerate(parts) if number.kind == "computed" and number.key == part.key}
            for word in book.computed[part.key].reversed:
                yield _put(parts, at, replace(part, text=word)), told


# --- the digits told wrong


def _is_false(printed: Printed, fact: Fact) -> bool:
    return not printed.fits(fact.amount)


def _digits_transposed(parts: Parts, book: Book, rng: Random) -> Told:
    for at, part, fact in _facts(parts, book):
        digits = part.printed.digits
        for place in range(len(digits) - 1):
            one, two = digits[place : place + 2]
            wrong = digits[:place] + two + one + digits[place + 2 :]
            if "." in (one, two) or one == two or wrong.startswith("0") or wrong.endswith("0") > digits.endswith("0"):
                continue
            told = replace(part.printed, digits=wrong)
            if _is_false(told, fact) and not _is_elsewhere_true(told, fact, book):
                yield _printed(parts, at, told), {at}


def _is_elsewhere_true(told: Printed, fact: Fact, book: Book) -> bool:
    return book.says(fact.row["indicator"], told.value, place=fact.row["place"])


def _rescaled(change: Mapping[str, str]) -> Mistake:
    """The scale word of a number exchanged or dropped."""

    def mistake(parts: Parts, book: Book, rng: Random) -> Told:
        for at, part, _ in _facts(parts, book):
            if part.printed.scale in change:
                yield _reprinted(parts, at, scale=change[part.printed.scale]), {at}

    return mistake


def _decimal_shifted(parts: Parts, book: Book, rng: Random) -> Told:
    for at, part, fact in _facts(parts, book):
        if part.printed.script == "chinese" or (fact.amount.qualifier in FLOOR and "." not in part.printed.digits):
            continue
        if "." in part.printed.digits or part.printed.digits.endswith("0"):
            factor = 10 if fact.amount.qualifier in FLOOR else rng.choice((10, Fraction(1, 10)))
            yield _reprinted(parts, at, digits=digits_of(Fraction(part.printed.digits) * factor)), {at}


def _rounded_up(parts: Parts, book: Book, rng: Random) -> Told:
    """After a word for more, the number rounded up."""
    for at, part, _ in _facts(parts, book):
        if part.printed.qualifier == "more_than":
            value = Fraction(part.printed.digits)
            digits = _up(value, significant(value, 2))
            if part.printed.many and not part.printed.scale and not digits.endswith("0"):
                digits = _up(value, significant(value, 1))
            yield _reprinted(parts, at, digits=digits), {at}


def _up(value: Fraction, step: Fraction) -> str:
    up = rounded(value, step, up=True)
    return digits_of(up if up != value else value + step)


def _rounded_too_far(parts: Parts, book: Book, rng: Random) -> Told:
    """A count rounded to one digit as if it were exact."""
    for at, part, fact in _facts(parts, book):
        value = fact.amount.value
        one = rounded(value, significant(value, 1)) if value >= 100 else value
        if fact.amount.qualifier == "exact" and fact.amount.counted and one != value:
            told = Printed(digits_of(one), unit=part.printed.unit)
            if not _is_elsewhere_true(told, fact, book):
                yield _printed(parts, at, told), {at}


def _qualifier_dropped(parts: Parts, book: Book, rng: Random) -> Told:
    for at, _, fact in _facts(parts, book):
        if fact.amount.qualifier != "exact":
            yield _reprinted(parts, at, before="", many="", tail=""), {at}


def _qualifier_added(parts: Parts, book: Book, rng: Random) -> Told:
    """A word for more or less before a number that was counted exactly."""
    for at, part, fact in _facts(parts, book):
        is_plain = (
            fact.amount.qualifier == part.printed.qualifier == "exact" and part.printed.value == fact.amount.value
        )
        if is_plain and fact.amount.counted and fact.amount.value > 10 and fact.row["measure"] == "actual":
            yield _reprinted(parts, at, before=rng.choice(("超过", "近", "不足"))), {at}


def _superseded(parts: Parts, book: Book, rng: Random) -> Told:
    """An older number where the present one is spoken of."""
    for at, _, fact in _facts(parts, book):
        if fact.older:
            old = book.facts[fact.older]
            told = rng.choice([way for way in true_ways(old) if way.script == "ascii"])
            yield _printed(parts, at, replace(told, unit=fact.units[0])), {at}


# --- the unit told wrong


def _unit_told(is_usage: bool) -> Mistake:
    def mistake(parts: Parts, book: Book, rng: Random) -> Told:
        for at, _, fact in _facts(parts, book):
            for unit in fact.wrong_units:
                if ({unit, fact.amount.unit} <= VISITS) == is_usage:
                    yield _reprinted(parts, at, unit=unit), {at}

    return mistake


# --- computed numbers told wrong


def _miscomputed(*operations: str) -> Mistake:
    """Another value in place of a sum, share, growth ...; never one that some number of the sentence has."""

    def mistake(parts: Parts, book: Book, rng: Random) -> Told:
        for at, part in enumerate(parts):
            computed = book.computed.get(part.key) if part.kind == "computed" else None
            if (
                not computed
                or computed.operation not in operations
                or computed.verdict == "conflict"
                or computed.literal
            ):
                continue
            true = computed.amount.value
            for factor in rng.sample((Fraction(4, 5), Fraction(9, 10), Fraction(112, 100), Fraction(5, 4)), 2):
                amount = replace(computed.amount, value=rounded(true * factor, significant(true, 2)))
                told = rng.choice([way for way in true_ways(computed, amount) if way.script == "ascii"])
                others = {_value_of(number, book) for number in parts if number.kind in ("fact", "computed")}
                if not told.fits(computed.amount) and told.value not in others:
                    yield _printed(parts, at, told), {at}

    return mistake


def _value_of(part: Part, book: Book) -> Fraction:
    return (book.facts.get(part.key) or book.computed[part.key]).amount.value


def _forbidden_sum(parts: Parts, book: Book, rng: Random) -> Told:
    """A total added that must not be made: overlapping, of different years or definitions, a plan counted as built."""
    told = {part.key for part in parts if part.kind == "fact"}
    for needs, texts in book.forbidden:
        if told >= set(needs) and parts[-1].text.endswith("。"):
            for text in texts:
                added = filled("forbidden", f"，{text}。", book, rng).parts
                head = (*parts[:-1], replace(parts[-1], text=parts[-1].text.removesuffix("。")))
                wrong = (*head, *added)
                yield wrong, {at for at, part in enumerate(wrong) if part.kind == "forbidden"}


KINDS: Mapping[str, tuple[Mistake, frozenset[str]]] = {
    "swapped_districts": (_swapped_districts, OTHER),
    "another_place": (_another_place, OTHER),
    "another_city": (_another_city, OTHER),
    "swapped_parts": (_swapped_parts, OTHER),
    "swapped_years": (_swapped_years, OTHER),
    "actual_and_target_swapped": (_actual_and_target, OTHER),
    "target_told_as_actual": (_told_as("target"), ANY),
    "plan_told_as_done": (_told_as("plan"), ANY),
    "other_definition_told": (_told_as("actual"), ANY),
    "wrong_year": (_wrong_year, OTHER),
    "superseded_told_as_current": (_superseded, ANY),
    "wan_for_yi": (_rescaled({"万": "亿", "亿": "万"}), LOST),
    "wan_dropped": (_rescaled({"万": ""}), LOST),
    "decimal_shifted": (_decimal_shifted, LOST),
    "digits_transposed": (_digits_transposed, LOST),
    "visits_for_loans": (_unit_told(is_usage=True), OTHER),
    "unit_swapped": (_unit_told(is_usage=False), OTHER),
    "qualifier_dropped": (_qualifier_dropped, LOST),
    "qualifier_added": (_qualifier_added, LOST),
    "rounded_up_after_more": (_rounded_up, LOST),
    "rounded_too_far": (_rounded_too_far, LOST),
    "wrong_share": (_miscomputed("share"), ANY),
    "wrong_sum": (_miscomputed("sum"), ANY),
    "wrong_difference": (_miscomputed("difference"), ANY),
    "wrong_growth": (_miscomputed("growth", "multiple"), ANY),
    "wrong_mean": (_miscomputed("mean", "product"), ANY),
    "direction_reversed": (_direction_reversed, ANY),
    "forbidden_sum": (_forbidden_sum, ANY | {"conflict"}),
}
"""Kind of mistake -> the function that makes it, and the verdicts a checker may give the false numbers."""
