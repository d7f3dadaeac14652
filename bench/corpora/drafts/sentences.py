"""Templates filled with words and numbers: sentences as parts that remember what they are, so that one part can be told wrong.

Marks of a template: ``{=key}`` a fact or computed number, ``{when.key}`` a word of a fact, ``{dir.key}`` the direction of a
computed number, ``{!text}`` a number nothing is published about, ``{#text}`` a total that must not be made, ``{?text}`` a numeral
a reader may list or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bench.corpora.drafts.amounts import Amount, Printed, likelihood, ways
from bench.corpora.drafts.book import Book, Computed, Fact

SLOT = re.compile(r"\{(?P<mark>[=!?#])(?P<told>[^}]+)\}|\{(?P<kind>[a-z]+)\.(?P<key>\w+)\}")
FIXED = {"!": "unpublished", "?": "optional", "#": "forbidden"}
NUMBERS = frozenset({"fact", "computed", *FIXED.values()})


@dataclass(frozen=True)
class Part:
    """A piece of a sentence; ``kind`` is "" for plain text, a word kind, ``dir``, or one of NUMBERS."""

    text: str
    kind: str = ""
    key: str = ""
    printed: Printed | None = None


Parts = tuple[Part, ...]


@dataclass(frozen=True)
class Sentence:
    """One filled template."""

    template: str
    parts: Parts

    @property
    def text(self) -> str:
        """What stands in the draft."""
        return text_of(self.parts)

    @property
    def is_dated(self) -> bool:
        """Whether it says its own time, so that it may follow any other sentence."""
        return any(part.kind == "when" and part.text for part in self.parts)


def text_of(parts: Parts) -> str:
    """The characters of ``parts``."""
    return "".join(part.text for part in parts)


def filled(template: str, text: str, book: Book, rng: Random) -> Sentence:
    """``text`` with every slot filled by a true word or print chosen by ``rng``."""
    parts: list[Part] = []
    end = 0
    operands = _operands(text, book)
    for slot in SLOT.finditer(text):
        parts += [Part(text[end : slot.start()]), _slot(slot, book, rng, operands)]
        end = slot.end()
    parts.append(Part(text[end:]))
    return Sentence(template, tuple(part for part in _without_orphans(parts) if part.text or part.kind == "when"))


def pattern_for(fact: Fact, text: str) -> str:
    """A general pattern with its bare slots named for one fact."""
    named = re.sub(r"\{(when|who|act|what)\}", rf"{{\1.{fact.key}}}", text)
    return named.replace("{n}", f"{{={fact.key}}}")


def _operands(text: str, book: Book) -> frozenset[str]:
    """The facts from which some number of the template is computed."""
    computed = [book.computed[slot["told"]] for slot in SLOT.finditer(text) if slot["told"] in book.computed]
    return frozenset(key for number in computed for key in number.left + number.right)


def number_part(number: Fact | Computed, rng: Random, *, is_operand: bool = False) -> Part:
    """A true print of a fact or computed number; an operand is not rounded, so that a reader can compute along."""
    kind = "fact" if isinstance(number, Fact) else "computed"
    if number.literal:
        printed = Printed(literal=rng.choice(number.literal))
    else:
        found = [way for way in true_ways(number) if not is_operand or way.value == number.amount.value]
        printed = rng.choices(found, [likelihood(way, number.amount) for way in found])[0]
    return Part(printed.text, kind, number.key, printed)


def true_ways(number: Fact | Computed, amount: Amount | None = None) -> tuple[Printed, ...]:
    """Every print of ``number`` the corpus uses, or of another ``amount`` told in its place."""
    amount = amount or number.amount
    if isinstance(number, Computed):
        return ways(amount, number.units, number.decimals, number.scale)
    return ways(amount, number.units)


def _slot(slot: re.Match[str], book: Book, rng: Random, operands: frozenset[str]) -> Part:
    if slot["mark"] == "=":
        key = slot["told"]
        return number_part(book.facts.get(key) or book.computed[key], rng, is_operand=key in operands)
    if slot["mark"]:
        return Part(slot["told"], FIXED[slot["mark"]], "", Printed(literal=slot["told"]))
    if slot["kind"] == "dir":
        return Part(rng.choice(book.computed[slot["key"]].directions), "dir", slot["key"])
    return Part(rng.choice(book.facts[slot["key"]].words[slot["kind"]]), slot["kind"], slot["key"])


def _without_orphans(parts: list[Part]) -> Iterator[Part]:
    """Drops the comma after a time that is not said."""
    after_silence = False
    for part in parts:
        text = part.text.removeprefix("，") if after_silence and not part.kind else part.text
        after_silence = part.kind == "when" and not part.text
        yield Part(text, part.kind, part.key, part.printed)
