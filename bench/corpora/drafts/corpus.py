"""The corpus: true drafts in many wordings, and each mistake made once, every number with what a checker must say of it.

Deterministic by seed. Two cities: the shipped one (``shipped_drafts``) and a made-up one (``unseen_drafts``) whose words nobody
can have built for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import pandas as pd

from bench.corpora.drafts.book import Book, read_book
from bench.corpora.drafts.mutations import KINDS, mutations
from bench.corpora.drafts.sentences import NUMBERS, Part, Parts, Sentence, filled, pattern_for

ANYTHING = frozenset(
    {"embargoed", "conflict", "mismatch", "other_definition", "qualifier_lost", "match", "derived_match", "uncovered"}
)
TRUE = "true"
EACH_TEMPLATE = 4
"""How often one template may be mistaken in one way."""


@dataclass(frozen=True)
class Gold:
    """One number of a draft: where it stands and the verdicts a checker may give it.

    ``role`` is true (as the tables have it), culprit (what the mutation made false), free (anything may be said of it) or
    optional (need not be listed at all). ``key`` names the fact or computed number; ``verdict`` is the one expected where there
    is exactly one.
    """

    start: int
    end: int
    as_printed: str
    role: str
    acceptable: frozenset[str]
    observations: tuple[str, ...] = ()
    key: str = ""

    @property
    def verdict(self) -> str:
        """The one verdict expected; "" where several are right."""
        return next(iter(self.acceptable)) if len(self.acceptable) == 1 else ""


@dataclass(frozen=True)
class Draft:
    """One press draft; ``kind`` is true or the mutation made, ``of`` the true draft it was made from."""

    name: str
    kind: str
    text: str
    golds: tuple[Gold, ...]
    templates: tuple[str, ...]
    of: str = ""

    @property
    def culprits(self) -> tuple[Gold, ...]:
        """The numbers a checker must not let pass."""
        return tuple(gold for gold in self.golds if gold.role == "culprit")


@dataclass(frozen=True)
class Page:
    """A draft before its text is joined: paragraphs of sentences."""

    name: str
    paragraphs: tuple[tuple[Sentence, ...], ...]

    def places(self) -> Iterator[tuple[int, int]]:
        """Where its sentences stand."""
        return ((at, place) for at, paragraph in enumerate(self.paragraphs) for place in range(len(paragraph)))

    def put(self, at: int, place: int, parts: Parts) -> Page:
        """The same page with other parts in one sentence."""
        sentence = replace(self.paragraphs[at][place], parts=parts)
        paragraph = (*self.paragraphs[at][:place], sentence, *self.paragraphs[at][place + 1 :])
        return replace(self, paragraphs=(*self.paragraphs[:at], paragraph, *self.paragraphs[at + 1 :]))


def shipped_drafts(frames: Mapping[str, pd.DataFrame], seed: int = 0) -> list[Draft]:
    """The drafts about the shipped city; ``frames`` are the tables ``make_tables`` gives for data/."""
    return drafts(
        read_book("xuchang", "xuchang", frames), seed, patterns_each=3, sentences_each=3, long=60, each_kind=26
    )


def unseen_drafts(frames: Mapping[str, pd.DataFrame], seed: int = 0) -> list[Draft]:
    """The drafts about the made-up city; ``frames`` are the tables ``make_tables`` gives for ``write_city``."""
    return drafts(
        read_book("unseen", "lanchuan", frames), seed, patterns_each=1, sentences_each=2, long=16, each_kind=8
    )


def drafts(book: Book, seed: int, *, patterns_each: int, sentences_each: int, long: int, each_kind: int) -> list[Draft]:
    """True drafts first, then up to ``each_kind`` false ones of every kind, each made from one of the true ones."""
    rng = Random(f"{book.city} {seed}")
    sentences = list(_sentences(book, rng, patterns_each, sentences_each))
    pages = [*_short(sentences, book, rng), *_long(sentences, book, rng, long)]
    true = [_draft(page, page.name, TRUE, book) for page in pages]
    return [*true, *_false(pages, book, seed, each_kind)]


def _sentences(book: Book, rng: Random, patterns_each: int, sentences_each: int) -> Iterator[Sentence]:
    for fact in book.facts.values():
        fitting = [row for row in book.patterns if set(row["shapes"]) & set(fact.shapes)]
        for row in rng.sample(fitting, min(patterns_each, len(fitting))):
            yield filled(row["pattern"], pattern_for(fact, row["text"]), book, rng)
    for row in book.sentences:
        for _ in range(sentences_each):
            yield filled(row["sentence"], row["text"], book, rng)
    for text in book.unpublished:
        yield filled("unpublished", text, book, rng)


def _aside(book: Book, rng: Random, place: str) -> Sentence:
    text = rng.choice([row["text"] for row in book.asides if row["place"] == place])
    return Sentence("aside", (Part(text),))


def _short(sentences: Sequence[Sentence], book: Book, rng: Random) -> Iterator[Page]:
    """One sentence each, half of them with a clause or a paragraph of numerals that are no numbers around it."""
    for number, sentence in enumerate(sentences, 1):
        paragraph = [sentence]
        if rng.random() < 0.25 and not sentence.text.startswith("“"):
            paragraph.insert(0, _aside(book, rng, "clause"))
        paragraphs = [tuple(paragraph)]
        if rng.random() < 0.35:
            paragraphs.insert(rng.choice((0, 1)), (_aside(book, rng, "paragraph"),))
        yield Page(f"{book.city}-{number:03}", tuple(paragraphs))


def _long(sentences: Sequence[Sentence], book: Book, rng: Random, count: int) -> Iterator[Page]:
    """Several paragraphs of unrelated subjects; sentences share one only where each says its own time and all are of one city."""
    for number in range(1, count + 1):
        paragraphs: list[tuple[Sentence, ...]] = []
        for sentence in rng.sample(list(sentences), rng.randint(3, 6)):
            if paragraphs and _may_share((*paragraphs[-1], sentence), book) and rng.random() < 0.4:
                paragraphs[-1] = (*paragraphs[-1], sentence)
            else:
                paragraphs.append((sentence,))
            if rng.random() < 0.3:
                paragraphs.append((_aside(book, rng, "paragraph"),))
        yield Page(f"{book.city}-long-{number:02}", tuple(paragraphs))


def _may_share(sentences: Sequence[Sentence], book: Book) -> bool:
    facts = [book.facts[part.key] for one in sentences for part in one.parts if part.key in book.facts]
    cities = {book.places.city_of(fact.row["place"]) for fact in facts}
    return len(cities) == 1 and all(sentence.is_dated for sentence in sentences)


def _false(pages: Sequence[Page], book: Book, seed: int, each_kind: int) -> Iterator[Draft]:
    for kind in KINDS:
        rng = Random(f"{book.city} {seed} {kind}")
        templates: Counter[str] = Counter()
        seen: set[str] = set()
        for page in rng.sample(list(pages), len(pages)) * 2:
            if len(seen) == each_kind:
                break
            draft = _mistaken(page, kind, book, rng, templates)
            if draft and draft.text not in seen:
                seen.add(draft.text)
                yield replace(draft, name=f"{draft.name}-{len(seen):02}")


def _mistaken(page: Page, kind: str, book: Book, rng: Random, templates: Counter[str]) -> Draft | None:
    """One mistake of ``kind`` somewhere on the page; None where none can be made, or its template was mistaken often enough."""
    places = list(page.places())
    for at, place in rng.sample(places, len(places)):
        sentence = page.paragraphs[at][place]
        found = list(mutations(kind, sentence.parts, book, rng)) if templates[sentence.template] < EACH_TEMPLATE else []
        if found:
            mutation = rng.choice(found)
            templates[sentence.template] += 1
            roles = {(at, place): (mutation.culprits, mutation.free)}
            wrong = page.put(at, place, mutation.parts)
            return _draft(wrong, f"{page.name}-{kind}", kind, book, of=page.name, roles=roles)
    return None


Roles = Mapping[tuple[int, int], tuple[frozenset[int], frozenset[int]]]


def _draft(page: Page, name: str, kind: str, book: Book, *, of: str = "", roles: Roles | None = None) -> Draft:
    text, golds, templates = "", [], []
    for at, paragraph in enumerate(page.paragraphs):
        text += "\n\n" if at else ""
        for place, sentence in enumerate(paragraph):
            culprits, free = (roles or {}).get((at, place), (frozenset(), frozenset()))
            templates.append(sentence.template)
            for number, part in enumerate(sentence.parts):
                if part.kind in NUMBERS:
                    role = "culprit" if number in culprits else "free" if number in free else "true"
                    golds.append(_gold(part, len(text), role, kind, book))
                text += part.text
    return Draft(name, kind, text, tuple(golds), tuple(templates), of)


def _gold(part: Part, start: int, role: str, kind: str, book: Book) -> Gold:
    told = book.facts.get(part.key) or book.computed.get(part.key)
    if role == "culprit":
        acceptable = KINDS[kind][1]
    elif part.kind == "optional" or role == "free":
        acceptable = ANYTHING
    else:
        acceptable = frozenset({told.verdict if told else "uncovered"})
    role = "optional" if part.kind == "optional" else role
    return Gold(start, start + len(part.text), part.text, role, acceptable, told.observations if told else (), part.key)


def by_kind(found: Iterable[Draft]) -> Counter[str]:
    """How many drafts there are of each kind."""
    return Counter(draft.kind for draft in found)
