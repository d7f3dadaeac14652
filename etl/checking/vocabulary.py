"""The words of everything known, as pairs of characters: of each subject, of its items, of its project, and how rare each is.

A subject is an indicator with one item of a breakdown (养老床位, 日间照料). Its words are the indicator's name, the item's name and the
words that stood beside its numbers where they were published. They are worked out once for a published.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import fsum

from etl.checking.published import Caution, PublishedData
from etl.reading.indicators import same_unit

Subject = tuple[str, str]
Pairs = frozenset[str]
_WORDS = re.compile("[一-鿿]+")
_BRACKETS = re.compile("[（）()“”]")
_FUNCTION = re.compile("的|分别|依次|其中|其余|以及|还有|共有|达到|左右|同时|一个|目前|已经")
_HOLLOW = re.compile("[“”（）()、的]|数量$|[人户册座个件起张份]?次?数$|比重$")
_ALIKE, _MUCH_ALIKE = 0.2, 0.5
_FEW = 8


@lru_cache(maxsize=4)
def vocabulary_of(published: PublishedData) -> Vocabulary:
    """The words of ``published``, worked out once."""
    return Vocabulary(published)


@dataclass(frozen=True)
class Vocabulary:
    """The words of one published."""

    published: PublishedData
    _totals: dict[Pairs, float] = field(default_factory=dict)

    def total(self, name: Pairs) -> float:
        """What all pairs of ``name`` weigh."""
        if name not in self._totals:
            self._totals[name] = fsum(self.weight.get(pair, 1.0) for pair in name)
        return self._totals[name]

    @cached_property
    def everything(self) -> Mapping[Subject, Pairs]:
        """Every word of each subject, those of its items and its project among them."""
        return {
            subject: known.union(self.project_pairs.get(subject[0], ()), *self.item_pairs[subject])
            for subject, known in self.all_pairs.items()
        }

    @cached_property
    def subjects_of(self) -> Mapping[str, frozenset[Subject]]:
        """Pair of characters -> the subjects it is a word of."""
        found: dict[str, set[Subject]] = {}
        for subject, known in self.everything.items():
            for pair in known:
                found.setdefault(pair, set()).add(subject)
        return {pair: frozenset(subjects) for pair, subjects in found.items()}

    @cached_property
    def subjects_in(self) -> Mapping[str, frozenset[Subject]]:
        """The subjects that have numbers in each unit, where so few share it that it speaks of them."""
        found: dict[str, set[Subject]] = {}
        for indicator, breakdown, unit in self.published.numbers.of_subject:
            if self.sharing[same_unit(unit)] == 1:
                found.setdefault(same_unit(unit), set()).add((indicator, breakdown))
        return {unit: frozenset(subjects) for unit, subjects in found.items()}

    @cached_property
    def not_to_be_called(self) -> tuple[Caution, ...]:
        """The cautions that say what a number must not be called."""
        return tuple(caution for caution in self.published.cautions if "不是" in caution.name)

    @cached_property
    def likes(self) -> Mapping[str, tuple[Pairs, ...]]:
        """For each indicator the words of those with a like name and the same unit, without the words of the project."""
        plain = {
            one.id: frozenset(pairs_of(_HOLLOW.sub("", one.name))) - self.project_pairs[one.id]
            for one in self.published.indicators
        }
        units = {one.id: same_unit(one.unit) for one in self.published.indicators}
        return {
            one: tuple(
                there
                for other, there in plain.items()
                if other != one and there and _are_alike(own, there, same=units[other] == units[one])
            )
            for one, own in plain.items()
        }

    @cached_property
    def sharing(self) -> Mapping[str, int]:
        """Return how many indicators have numbers in each unit; shares and sums of money are of anything."""
        found = self.published.indicators_in
        return {unit: max(len(known), 10 if unit in ("%", "元", "m2") else 1) for unit, known in found.items()}

    @cached_property
    def _keywords(self) -> Mapping[Subject, set[str]]:
        found: dict[Subject, set[str]] = {}
        outlines = self.published.numbers.outlines
        for indicator, breakdown, keyword in dict.fromkeys(
            (one.indicator, one.breakdown, one.keyword) for one in outlines
        ):
            words = self._without_places(keyword).split("·")
            found.setdefault((indicator, breakdown), set()).update(words)
        return found

    def _without_places(self, keyword: str) -> str:
        return re.sub(self._any_place, "·", keyword) if self._any_place else keyword

    @cached_property
    def _any_place(self) -> str:
        names = sorted(self.published.place_named, key=len, reverse=True)
        return "|".join(re.escape(name) for name in names if name)

    @cached_property
    def names(self) -> Mapping[Subject, tuple[Pairs, ...]]:
        """Every way each subject is named."""
        found = {}
        for subject, keywords in self._keywords.items():
            indicator = self.published.indicator.get(subject[0])
            name = self._without_places(_HOLLOW.sub("", indicator.name)) if indicator else ""
            item = self.published.items.get(subject[1], "")
            sets = [frozenset(pairs_of(one)) for one in (name, *sorted(keywords), f"{name}·{item}")]
            found[subject] = tuple(dict.fromkeys(one for one in sets if one))
        return found

    @cached_property
    def all_pairs(self) -> Mapping[Subject, Pairs]:
        """The words of all names of each subject."""
        return {subject: frozenset().union(*names) for subject, names in self.names.items()}

    @cached_property
    def project_pairs(self) -> Mapping[str, Pairs]:
        """The words of each indicator's project."""
        named = {one.id: self.published.projects.get(one.project, "") for one in self.published.indicators}
        return {indicator: frozenset(pairs_of(name)) for indicator, name in named.items()}

    @cached_property
    def letters(self) -> Mapping[str, frozenset[str]]:
        """The characters of each indicator's name."""
        return {one.id: frozenset(one.name) for one in self.published.indicators}

    @cached_property
    def rare(self) -> frozenset[str]:
        """The characters that few indicators have in their names."""
        counted = Counter(letter for letters in self.letters.values() for letter in letters)
        return frozenset(letter for letter, count in counted.items() if count <= _FEW)

    @cached_property
    def item_pairs(self) -> Mapping[Subject, tuple[Pairs, ...]]:
        """The words that tell a breakdown's item from the rest of its indicator."""
        found = {}
        for (indicator, breakdown), keywords in self._keywords.items():
            item = self.published.items.get(breakdown, "")
            known = self.published.indicator.get(indicator)
            plain = frozenset(pairs_of(_HOLLOW.sub("", known.name))) if known else frozenset()
            sets = [frozenset(pairs_of(one)) - plain for one in (item, *sorted(keywords))]
            found[indicator, breakdown] = tuple(one for one in sets if one) or (frozenset(pairs_of(item)),)
        return found

    @cached_property
    def items_of(self) -> Mapping[str, tuple[Subject, ...]]:
        """The items of each indicator, of whatever breakdown."""
        found: dict[str, list[Subject]] = {}
        for indicator, breakdown in self._keywords:
            if breakdown:
                found.setdefault(indicator, []).append((indicator, breakdown))
        return {indicator: tuple(items) for indicator, items in found.items()}

    @cached_property
    def siblings(self) -> Mapping[Subject, tuple[Subject, ...]]:
        """The other items of the same indicator, of whatever breakdown."""
        groups = self.items_of.values()
        return {one: tuple(other for other in group if other != one) for group in groups for one in group}

    @cached_property
    def any_item(self) -> Mapping[str, Pairs]:
        """The words of all items of each indicator."""
        found: dict[str, Pairs] = {}
        for (indicator, _), items in self.item_pairs.items():
            found[indicator] = found.get(indicator, frozenset()).union(*items)
        return found

    @cached_property
    def others_letters(self) -> Mapping[str, frozenset[str]]:
        """For each indicator the characters that tell those with a like name and the same unit apart from it: 长 for 宽度."""
        names = {one.id: self.letters[one.id] for one in self.published.indicators}
        units = {one.id: same_unit(one.unit) for one in self.published.indicators}
        return {
            one: frozenset().union(
                *(there - own for other, there in names.items() if units[other] == units[one] and len(there ^ own) <= 2)
            )
            for one, own in names.items()
        }

    @cached_property
    def weight(self) -> Mapping[str, float]:
        """What each pair weighs: the more, the fewer indicators have it."""
        owners: dict[str, set[str]] = {}
        for (indicator, _), known in self.all_pairs.items():
            for pair in known:
                owners.setdefault(pair, set()).add(indicator)
        counted = Counter({pair: len(found) for pair, found in owners.items()})
        return {pair: float(count) ** -0.5 for pair, count in counted.items()}


def _are_alike(one: Pairs, other: Pairs, *, same: bool) -> bool:
    """Return whether two names share enough for one to be taken for the other; of different units only where a word parts them."""
    shared = len(one & other)
    if same:
        return shared >= _ALIKE * min(len(one), len(other))
    return shared >= _MUCH_ALIKE * min(len(one), len(other)) and len(one - other) > 1 and len(other - one) > 1


def pairs_of(text: str) -> Iterable[str]:
    """Yield the neighbouring characters of the words of ``text``, two by two, function words left out."""
    for word in _WORDS.findall(_FUNCTION.sub("·", _BRACKETS.sub("", text))):
        for index in range(len(word) - 1):
            yield word[index : index + 2]
