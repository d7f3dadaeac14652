"""How well the words around a number fit what is known: by pairs of characters, the rarer the weightier, the nearer the better.

A subject is an indicator with one item of a breakdown (养老床位, 日间照料). Its words are the indicator's name, the item's name and the
words that stood beside its numbers where they were published. All of that comes in with the call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import fsum

from etl.checking.claims import Claim
from etl.checking.published import Outline, PublishedData, PublishedNumber
from etl.checking.synonyms import synonyms
from etl.checking.vocabulary import Pairs, Subject, Vocabulary, pairs_of, vocabulary_of
from etl.reading.indicators import same_unit

_LONE = re.compile("(?<![一-鿿])[一-鿿](?![一-鿿])")
_NEAR, _CLAUSE, _SENTENCE, _PARAGRAPH, _AFTER = 1.0, 0.7, 0.5, 0.3, 0.28
_FARTHER = 0.1
_ALONE = 0.36
_EMPTY = re.compile(
    "年度|目标|任务|完成|计划|建成|实际|超额|全部|新增|净增|投入|建设|分别|合计|其中|承担|在|中|的|为|是|比|较|与|和|占|了|约|近|共|达|将|要|已|就|有|各"
)
_CONTENT = re.compile("[一-鿿]{2}")
_HOLLOW = frozenset(
    pairs_of(
        "年度目标任务·完成计划·建成·实际·超额·全部·新增·投入·建设·完成率·数量·占比·人数·户数·总数·平均·累计·得到·变化·其他·进行·各项·工作·情况·方面"
    )
)
_SMOOTH = 0.3
_RECALL, _EXPLAINED, _ITEM = 0.55, 0.45, 0.5
_PROJECT = 0.2
_LONE_WORD = 0.3
_SOME = 0.25
_UNIT = 0.3
_MORE_THAN_HALF = 0.5
_SIZE = re.compile("(?<![延增成生校市县组队提升最])([长宽高深厚重])$")
_MEAN = re.compile("(?:平均|[户人村年月日]均|每[天日周月季])[^，。；0-9]{0,10}$(?!\n)")
_FRONTED = re.compile("(?:方面|来看|来说|而言)[，：]?$")
_TOTAL = re.compile("(?:总(?!共)|合计|共计)[^，。；0-9]{0,6}$(?!\n)")
_A_DAY = re.compile("(?:每[天日周月季]|[日月]均)[^，。；0-9]{0,8}$(?!\n)")
_BRACKETED = re.compile("[（(]((?:[^（()）]|[（(][^（()）]*[）)])+)[）)]")
_MEANT = re.compile("均|每|单")
_ELSE = 0.3
_NO_WORD = re.compile("[^一-鿿（）()“”·]+")
_REMEMBERED = 5000


Meaning = tuple[float, Mapping[str, float], float]
"""How near the nearest words stand that mean anything here, what each of them weighs, and all of them together."""


@dataclass(frozen=True, eq=False)
class Around:
    """The words around one claim as pairs of characters, the nearest first with what they count; ``lone`` are words of one (宽).

    ``counted`` are those of the noun right behind, None where none stands there; ``scores`` and ``items`` remember what was worked out.
    """

    near: Pairs
    lone: frozenset[str]
    levels: tuple[tuple[float, Pairs], ...]
    counted: Pairs | None = None
    scores: dict[Subject, float] = field(default_factory=dict)
    items: dict[Subject, bool] = field(default_factory=dict)
    meanings: list[Meaning] = field(default_factory=list)

    @cached_property
    def all(self) -> Pairs:
        """All pairs, however far."""
        return frozenset(self.nearness)

    @cached_property
    def there(self) -> Pairs:
        """All pairs but those of what follows."""
        return frozenset().union(*(pairs for count, pairs in self.levels if count > _AFTER))

    @cached_property
    def nearness(self) -> Mapping[str, float]:
        """How much each pair counts."""
        return {pair: count for count, there in reversed(self.levels) for pair in there}


@lru_cache(maxsize=4)
def _remembered(published: PublishedData) -> dict[tuple[str, ...], Around]:
    """What was read around numbers before, by the words around them."""
    del published
    return {}


@dataclass
class Relevance:
    """The subjects of one published, ready to be compared with the words around a claim."""

    published: PublishedData
    _around: dict[int, Around] = field(default_factory=dict)

    @cached_property
    def words(self) -> Vocabulary:
        """The words of everything known."""
        return vocabulary_of(self.published)

    def of(self, claim: Claim, one: PublishedNumber | Outline) -> float:
        """Return from 0 to about 1.3 how much the words around ``claim`` speak of what ``one`` measures."""
        return self.spoken(claim, one) + self._by_unit(claim, one)

    def spoken(self, claim: Claim, one: PublishedNumber | Outline) -> float:
        """Return how much of that the words themselves say, the unit aside."""
        subject, around = (one.indicator, one.breakdown), self.around(claim)
        if subject not in around.scores:
            known = self.words.everything[subject]
            is_else = around.counted is not None and known.isdisjoint(around.counted)
            around.scores[subject] = (_ELSE if is_else else 1.0) * self._score(around, subject)
        return around.scores[subject]

    def may_be_spoken_of(self, claim: Claim) -> frozenset[Subject]:
        """Return the subjects of which the words may say anything: that share a word with them, or have the unit nearly alone."""
        around = self.around(claim)
        if around.lone:
            return frozenset(self.words.all_pairs)
        by_pair, unit = self.words.subjects_of, same_unit(claim.told.unit)
        return frozenset().union(
            *(by_pair[pair] for pair in around.all if pair in by_pair), self.words.subjects_in.get(unit, ())
        )

    def is_other(self, claim: Claim, one: PublishedNumber) -> bool:
        """Return whether the words speak of something else than ``one``: another item, a like indicator, what it must not be called."""
        if not self.has_item(claim, one):
            return True
        there = self.around(claim).there
        called = (
            caution.name for caution in self.words.not_to_be_called if any(one.id in group for group in caution.groups)
        )
        if any(self._is_called(claim, name) for name in called):
            return True
        lone = self.around(claim).lone
        if lone & self.words.others_letters.get(one.indicator, frozenset()):
            return True
        if lone & self.words.letters.get(one.indicator, frozenset()):
            return False
        own = self.words.all_pairs[one.indicator, one.breakdown]
        return any(self._is_like(own, like, there) for like in self.words.likes[one.indicator])

    def has_item(self, claim: Claim, one: PublishedNumber, *, far: bool = False) -> bool:
        """Return whether the item of a number's breakdown is named, where it has one, and no sibling of it nearer; ``far`` lets siblings be."""
        if not one.breakdown:
            return True
        subject = (one.indicator, one.breakdown)
        if far:
            return self._named(self.around(claim).there, subject) >= _SOME
        items = self.around(claim).items
        if subject not in items:
            items[subject] = self._is_nearest_item(self.around(claim), subject)
        return items[subject]

    def _is_nearest_item(self, around: Around, subject: Subject) -> bool:
        for count, there in around.levels:
            if count <= _AFTER or there.isdisjoint(self.words.any_item[subject[0]]):
                continue
            own = self._named(there, subject)
            best = max((self._named(there, other) for other in self.words.siblings[subject]), default=0.0)
            if max(own, best) >= _SOME:
                return own >= _SOME and own > _MORE_THAN_HALF * best
        return False

    def is_item_near(self, claim: Claim, one: PublishedNumber) -> bool:
        """Return whether the item of a number's breakdown is named right beside the claim: 新建5个."""
        return bool(one.breakdown) and self._named(self.around(claim).near, (one.indicator, one.breakdown)) >= _SOME

    def is_named_as(self, claim: Claim, one: PublishedNumber) -> bool:
        """Return whether the noun counted, or the name of the ratio (满意度), is a word of ``one``; so where none stands there."""
        counted = self.around(claim).counted
        return counted is None or not counted.isdisjoint(self.words.everything[one.indicator, one.breakdown])

    def names_another_item(self, claim: Claim, one: PublishedNumber) -> bool:
        """Return whether the clause names an item, of which ``one`` is not: by its name, or by any words in brackets."""
        subject = (one.indicator, one.breakdown)
        own = self.words.everything[subject]
        if any(not own.issuperset(pairs_of(words)) for words in _BRACKETED.findall(claim.raw_before)):
            return True
        there = frozenset(pairs_of(self._said(claim.near)))
        named = self._named(there, subject) if one.breakdown else 0.0
        items = (other for other in self.words.items_of.get(one.indicator, ()) if other != subject)
        return any(self._named(there - own, other) >= max(_MORE_THAN_HALF, named) for other in items)

    def is_mean_of_other(self, claim: Claim, one: PublishedNumber) -> bool:
        """Return whether the words tell a mean (平均每户) and the number is none, or a total (总面积) and the number is of one."""
        name = self.published.indicator[one.indicator].name if one.indicator in self.published.indicator else ""
        means_itself = bool(_MEANT.search(f"{name}{one.keyword}"))
        is_daily = one.unit.partition("/")[2] in ("日", "天", "月", "周", "季")
        if _A_DAY.search(claim.raw_before) and not (is_daily or (means_itself and not one.is_derived)):
            return True
        if one.is_derived:
            return False
        if "/" in one.unit:
            return bool(_TOTAL.search(claim.raw_before))
        return bool(_MEAN.search(claim.raw_before)) and not means_itself

    def _named(self, there: Pairs, subject: Subject) -> float:
        """Return how much of an item's words stand there."""
        return max((len(item & there) / len(item) for item in self.words.item_pairs[subject] if item), default=0.0)

    def _is_like(self, own: Pairs, like: Pairs, there: Pairs) -> bool:
        """Return whether what tells a like indicator apart stands there, and nothing of what tells ``own`` apart."""
        mine, theirs = own - like, like - own
        return bool(theirs) and bool(mine) and not mine & there and len(theirs & there) * 2 >= len(theirs)

    def _is_called(self, claim: Claim, name: str) -> bool:
        right, wrong = (frozenset(pairs_of(part)) for part in name.split("不是", 1))
        near = self.around(claim).near
        return bool((wrong - right) & near) and not (right - wrong) & self.around(claim).there

    def is_silent(self, claim: Claim) -> bool:
        """Return whether the nearest words name nothing that is known, so that the number goes on with what was said before."""
        around = self.around(claim)
        return not around.lone and not any(pair in self.words.weight for pair in around.near)

    def around(self, claim: Claim) -> Around:
        """Return the words around ``claim``, other words for the same put as the tables do; like words are looked at once."""
        if claim.core not in self._around:
            spoken = (claim.near, claim.clause, claim.sentence, claim.before, claim.after, claim.farther)
            size = _SIZE.findall(claim.raw_before)
            key = (*(_NO_WORD.sub("·", text) for text in (*spoken, claim.rest, claim.topic)), claim.counted, *size)
            known = _remembered(self.published)
            if key not in known:
                if len(known) >= _REMEMBERED:
                    known.clear()
                known[key] = self._read(claim, spoken, size)
            self._around[claim.core] = known[key]
        return self._around[claim.core]

    def _read(self, claim: Claim, spoken: Sequence[str], size: Sequence[str]) -> Around:
        texts = [self._said(text) for text in spoken]
        if claim.topic and (_FRONTED.search(claim.topic) or not self._says(texts[0])):
            texts[0] = f"{texts[0]}·{self._said(claim.topic)}"
        found = [frozenset(pairs_of(text)) for text in texts]
        says = any(self._says(text) for text in texts[:3])
        farther = _FARTHER if says else _AFTER
        if not says and not (self._says(texts[3]) or self._says(texts[5])):
            found[5] |= frozenset(pairs_of(self._said(claim.rest)))
            farther = _FARTHER if _CONTENT.search(_EMPTY.sub("·", claim.near)) else _ALONE
        levels = zip((_NEAR, _CLAUSE, _SENTENCE, _PARAGRAPH, _AFTER, farther), found, strict=True)
        lone = {*_LONE.findall(texts[0]), *size} & self.words.rare
        counted = frozenset(pairs_of(self._said(claim.counted))) if claim.counted else None
        return Around(found[0], frozenset(lone), tuple(levels), counted)

    def _says(self, text: str) -> bool:
        """Whether a text has words that mean something here, numbers and plans aside."""
        return bool((frozenset(pairs_of(text)) & self.words.weight.keys()) - _HOLLOW)

    def _said(self, text: str) -> str:
        for written, meant in (*self.published.synonyms.items(), *synonyms()):
            if written in text and meant not in text:
                text = text.replace(written, f"{written}·{meant}")
        return text

    def _score(self, around: Around, subject: Subject) -> float:
        if not around.lone and around.all.isdisjoint(self.words.everything[subject]):
            return 0.0
        recall = max((self._recall(around, name) for name in self.words.names[subject]), default=0.0)
        score = _RECALL * recall + _EXPLAINED * self._explained(around, self.words.all_pairs[subject])
        score += _PROJECT * self._recall(around, self.words.project_pairs[subject[0]])
        if around.lone and around.lone & self.words.letters.get(subject[0], frozenset()):
            score += _LONE_WORD
        if subject[1]:
            items = self.words.item_pairs[subject]
            return score * (1 - _ITEM) + _ITEM * max(
                (self._recall(around, item, power=2) for item in items), default=0.5
            )
        return score

    def _recall(self, around: Around, name: Pairs, *, power: int = 1) -> float:
        there = name & around.all
        if not there:
            return 0.0
        nearness, weight = around.nearness, self.words.weight
        found = fsum([weight.get(pair, 1.0) * nearness[pair] ** power for pair in there])
        return found / (self.words.total(name) + _SMOOTH)

    def _explained(self, around: Around, known: Pairs) -> float:
        """Return how much of the nearest words that mean anything here the subject's own words explain."""
        if not around.meanings:
            around.meanings.append(self._meaning(around))
        count, weights, total = around.meanings[0]
        return count * fsum(weights[pair] for pair in known & weights.keys()) / total if total else 0.0

    def _meaning(self, around: Around) -> Meaning:
        known = self.words.weight
        for hollow in (_HOLLOW, frozenset[str]()):
            for count, there in (*around.levels[:3], around.levels[4], around.levels[3], *around.levels[5:]):
                weights = {pair: known[pair] for pair in (there & known.keys()) - hollow}
                if weights:
                    return count, weights, fsum(weights.values())
        return 0.0, {}, 0.0

    def _by_unit(self, claim: Claim, one: PublishedNumber | Outline) -> float:
        unit = same_unit(one.unit)
        return _UNIT / self.words.sharing[unit] if unit == same_unit(claim.told.unit) else 0.0
