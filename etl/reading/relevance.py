"""How well the words around a number fit what is known: by pairs of characters, the rarer the weightier, the nearer the better.

A subject is an indicator with one item of a breakdown (养老床位, 日间照料). Its words are the indicator's name, the item's name and the
words that stood beside its numbers where they were published. All of that comes in with the call.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from etl.reading.alike import alike
from etl.reading.claims import Claim
from etl.reading.indicators import same_unit
from etl.reading.known import Caution, Knowledge, Number

Subject = tuple[str, str]
Pairs = frozenset[str]
_WORDS = re.compile("[一-鿿]+")
_BRACKETS = re.compile("[（）()“”]")
_FUNCTION = re.compile("的|分别|依次|其中|其余|以及|还有|共有|达到|左右|同时|一个|目前|已经")
_LONE = re.compile("(?<![一-鿿])[一-鿿](?![一-鿿])")
_HOLLOW = re.compile("[“”（）()、的]|数量$|[人户册座个件起张份]?次?数$|比重$")
_NEAR, _CLAUSE, _SENTENCE, _PARAGRAPH, _AFTER = 1.0, 0.7, 0.5, 0.3, 0.28
_SMOOTH = 0.3
_RECALL, _EXPLAINED, _ITEM = 0.55, 0.45, 0.5
_PROJECT = 0.2
_LONE_WORD = 0.3
_SOME = 0.25
_ALIKE, _MUCH_ALIKE = 0.2, 0.5
_FEW = 8
_UNIT = 0.3


@dataclass(frozen=True)
class Around:
    """The words around one claim as pairs of characters, the nearest first with what they count; ``lone`` are words of one (宽)."""

    near: Pairs
    lone: frozenset[str]
    levels: tuple[tuple[float, Pairs], ...]

    @cached_property
    def nearness(self) -> Mapping[str, float]:
        """How much each pair counts."""
        return {pair: count for count, there in reversed(self.levels) for pair in there}


@dataclass
class Relevance:
    """The subjects of one knowledge, ready to be compared with the words around a claim."""

    knowledge: Knowledge
    _cache: dict[tuple[int, Subject], float] = field(default_factory=dict)
    _around: dict[int, Around] = field(default_factory=dict)
    _totals: dict[Pairs, float] = field(default_factory=dict)
    _meant: dict[int, tuple[float, Mapping[str, float], float]] = field(default_factory=dict)
    _seen: dict[int, Pairs] = field(default_factory=dict)

    def of(self, claim: Claim, one: Number) -> float:
        """Return from 0 to about 1.3 how much the words around ``claim`` speak of what ``one`` measures."""
        subject = (one.indicator, one.breakdown)
        key = (claim.core, subject)
        if key not in self._cache:
            self._cache[key] = self._score(claim, subject) + self._by_unit(claim, one)
        return self._cache[key]

    def is_other(self, claim: Claim, one: Number) -> bool:
        """Return whether the words speak of something else than ``one``: another item, a like indicator, what it must not be called."""
        if not self.has_item(claim, one):
            return True
        there = self._there(claim)
        called = (
            caution.name for caution in self._not_to_be_called if any(one.id in group for group in caution.groups)
        )
        if any(self._is_called(claim, name) for name in called):
            return True
        if self.around(claim).lone & self._letters.get(one.indicator, frozenset()):
            return False
        own = self._all_pairs[one.indicator, one.breakdown]
        return any(self._is_like(own, like, there) for like in self._likes[one.indicator])

    def has_item(self, claim: Claim, one: Number) -> bool:
        """Return whether the item of a number's breakdown is named, where it has one."""
        if not one.breakdown:
            return True
        there = self._there(claim)
        return any(len(item & there) >= _SOME * len(item) for item in self._item_pairs[one.indicator, one.breakdown])

    def _there(self, claim: Claim) -> Pairs:
        if claim.core not in self._seen:
            self._seen[claim.core] = frozenset().union(
                *(pairs for count, pairs in self.around(claim).levels if count > _AFTER)
            )
        return self._seen[claim.core]

    def _is_like(self, own: Pairs, like: Pairs, there: Pairs) -> bool:
        """Return whether what tells a like indicator apart stands there, and nothing of what tells ``own`` apart."""
        mine, theirs = own - like, like - own
        return bool(theirs) and bool(mine) and not mine & there and len(theirs & there) * 2 >= len(theirs)

    def _is_called(self, claim: Claim, name: str) -> bool:
        right, wrong = (frozenset(_pairs(part)) for part in name.split("不是", 1))
        near = self.around(claim).near
        return bool((wrong - right) & near) and not (right - wrong) & self._there(claim)

    @cached_property
    def _not_to_be_called(self) -> tuple[Caution, ...]:
        return tuple(caution for caution in self.knowledge.cautions if "不是" in caution.name)

    @cached_property
    def _likes(self) -> Mapping[str, tuple[Pairs, ...]]:
        """For each indicator the words of those with a like name and the same unit, without the words of the project."""
        plain = {
            one.id: frozenset(_pairs(_HOLLOW.sub("", one.name))) - self._project_pairs[one.id]
            for one in self.knowledge.indicators
        }
        units = {one.id: same_unit(one.unit) for one in self.knowledge.indicators}
        return {
            one: tuple(
                there
                for other, there in plain.items()
                if other != one and there and _are_alike(own, there, same=units[other] == units[one])
            )
            for one, own in plain.items()
        }

    def is_silent(self, claim: Claim) -> bool:
        """Return whether the nearest words name nothing that is known, so that the number goes on with what was said before."""
        around = self.around(claim)
        return not around.lone and not any(pair in self._weight for pair in around.near)

    def around(self, claim: Claim) -> Around:
        """Return the words around ``claim``, other words for the same put as the tables do."""
        if claim.core not in self._around:
            texts = [self._said(text) for text in (claim.near, claim.clause, claim.sentence, claim.before, claim.after)]
            found = [frozenset(_pairs(text)) for text in texts]
            levels = zip((_NEAR, _CLAUSE, _SENTENCE, _PARAGRAPH, _AFTER), found, strict=True)
            self._around[claim.core] = Around(found[0], frozenset(_LONE.findall(texts[0])) & self._rare, tuple(levels))
        return self._around[claim.core]

    def _said(self, text: str) -> str:
        for written, meant in (*self.knowledge.alike.items(), *alike()):
            if written in text and meant not in text:
                text = text.replace(written, f"{written}·{meant}")
        return text

    def _score(self, claim: Claim, subject: Subject) -> float:
        around = self.around(claim)
        recall = max((self._recall(around, name) for name in self._names[subject]), default=0.0)
        score = _RECALL * recall + _EXPLAINED * self._explained(claim, around, self._all_pairs[subject])
        score += _PROJECT * self._recall(around, self._project_pairs[subject[0]])
        if around.lone and around.lone & self._letters.get(subject[0], frozenset()):
            score += _LONE_WORD
        if subject[1]:
            items = self._item_pairs[subject]
            return score * (1 - _ITEM) + _ITEM * max(
                (self._recall(around, item, power=2) for item in items), default=0.5
            )
        return score

    def _recall(self, around: Around, name: Pairs, *, power: int = 1) -> float:
        weight, nearness = self._weight, around.nearness
        found = sum(weight.get(pair, 1.0) * nearness[pair] ** power for pair in name if pair in nearness)
        return found / (self._total(name) + _SMOOTH) if found else 0.0

    def _total(self, name: Pairs) -> float:
        if name not in self._totals:
            self._totals[name] = sum(self._weight.get(pair, 1.0) for pair in name)
        return self._totals[name]

    def _explained(self, claim: Claim, around: Around, known: Pairs) -> float:
        """Return how much of the nearest words that mean anything here the subject's own words explain."""
        if claim.core not in self._meant:
            self._meant[claim.core] = self._meaning(around)
        count, weights, total = self._meant[claim.core]
        return count * sum(weight for pair, weight in weights.items() if pair in known) / total if total else 0.0

    def _meaning(self, around: Around) -> tuple[float, Mapping[str, float], float]:
        for count, there in around.levels:
            weights = {pair: self._weight[pair] for pair in there if pair in self._weight}
            if weights:
                return count, weights, sum(weights.values())
        return 0.0, {}, 0.0

    def _by_unit(self, claim: Claim, one: Number) -> float:
        unit = same_unit(one.unit)
        return _UNIT / self._sharing[unit] if unit == same_unit(claim.told.unit) else 0.0

    @cached_property
    def _sharing(self) -> Mapping[str, int]:
        """Return how many indicators have numbers in each unit; shares and sums of money are of anything."""
        found = {unit: len({row.indicator for row in rows}) for unit, rows in self.knowledge.by_unit.items()}
        return {unit: max(count, 10 if unit in ("%", "元", "m2") else 1) for unit, count in found.items()}

    @cached_property
    def _keywords(self) -> Mapping[Subject, set[str]]:
        found: dict[Subject, set[str]] = {}
        for one in self.knowledge.numbers:
            words = self._without_places(one.keyword).split("·")
            found.setdefault((one.indicator, one.breakdown), set()).update(words)
        return found

    def _without_places(self, keyword: str) -> str:
        return re.sub(self._any_place, "·", keyword) if self._any_place else keyword

    @cached_property
    def _any_place(self) -> str:
        names = sorted(self.knowledge.place_named, key=len, reverse=True)
        return "|".join(re.escape(name) for name in names if name)

    @cached_property
    def _names(self) -> Mapping[Subject, tuple[Pairs, ...]]:
        found = {}
        for subject, keywords in self._keywords.items():
            indicator = self.knowledge.indicator.get(subject[0])
            name = self._without_places(_HOLLOW.sub("", indicator.name)) if indicator else ""
            item = self.knowledge.items.get(subject[1], "")
            sets = [frozenset(_pairs(one)) for one in (name, *sorted(keywords), f"{name}·{item}")]
            found[subject] = tuple(dict.fromkeys(one for one in sets if one))
        return found

    @cached_property
    def _all_pairs(self) -> Mapping[Subject, Pairs]:
        return {subject: frozenset().union(*names) for subject, names in self._names.items()}

    @cached_property
    def _project_pairs(self) -> Mapping[str, Pairs]:
        named = {one.id: self.knowledge.projects.get(one.project, "") for one in self.knowledge.indicators}
        return {indicator: frozenset(_pairs(name)) for indicator, name in named.items()}

    @cached_property
    def _letters(self) -> Mapping[str, frozenset[str]]:
        return {one.id: frozenset(one.name) for one in self.knowledge.indicators}

    @cached_property
    def _rare(self) -> frozenset[str]:
        """The characters that few indicators have in their names."""
        counted = Counter(letter for letters in self._letters.values() for letter in letters)
        return frozenset(letter for letter, count in counted.items() if count <= _FEW)

    @cached_property
    def _item_pairs(self) -> Mapping[Subject, tuple[Pairs, ...]]:
        """The words that tell a breakdown's item from the rest of its indicator."""
        found = {}
        for (indicator, breakdown), keywords in self._keywords.items():
            item = self.knowledge.items.get(breakdown, "")
            known = self.knowledge.indicator.get(indicator)
            plain = frozenset(_pairs(_HOLLOW.sub("", known.name))) if known else frozenset()
            sets = [frozenset(_pairs(one)) - plain for one in (item, *sorted(keywords))]
            found[indicator, breakdown] = tuple(one for one in sets if one) or (frozenset(_pairs(item)),)
        return found

    @cached_property
    def _weight(self) -> Mapping[str, float]:
        owners: dict[str, set[str]] = {}
        for (indicator, _), known in self._all_pairs.items():
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


def _pairs(text: str) -> Iterable[str]:
    for word in _WORDS.findall(_FUNCTION.sub("·", _BRACKETS.sub("", text))):
        for index in range(len(word) - 1):
            yield word[index : index + 2]
