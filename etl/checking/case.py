"""One number of a draft with all that decides about it: what fits, what its words speak of, what fits elsewhere, how it works out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from etl.checking import thresholds as least
from etl.checking.claims import Claim, Draft
from etl.checking.cues import is_a_sum, is_compared, is_ratio_of_its_own, is_told_as_derived
from etl.checking.derivations import Derivation, Derivations
from etl.checking.matching import Match, Matcher
from etl.checking.offers import offer
from etl.checking.published import PublishedData, PublishedNumber
from etl.checking.reasons import describe_number, told_as
from etl.model import Verdict
from etl.reading.indicators import same_unit


@dataclass(frozen=True)
class Finding:
    """What became of one number of a draft at ``[start:end]``.

    ``expected`` is what should stand there ("" where nothing better is known), ``observations`` the ids it rests on, ``reason``
    a Chinese sentence, ``rule`` the name of the rule that decided.
    """

    start: int
    end: int
    as_printed: str
    value: Decimal
    unit: str
    qualifier: str
    verdict: Verdict
    expected: str = ""
    observations: tuple[str, ...] = ()
    reason: str = ""
    rule: str = ""


@dataclass(frozen=True, eq=False)
class Book:
    """One draft beside what is published: of each claim the numbers it may speak of, and what it does speak of."""

    published: PublishedData
    draft: Draft
    matcher: Matcher
    cases: list[Case]
    subjects: list[list[Match]]
    derivations: Derivations


def open_book(published: PublishedData, draft: Draft) -> Book:
    """Return a draft with its cases in reading order, because later claims may rest on earlier ones."""
    matcher, subjects = Matcher(published), list[list[Match]]()
    book = Book(published, draft, matcher, [], subjects, Derivations(published, draft, matcher, subjects))
    for index, claim in enumerate(draft.claims):
        case = Case(index, claim, book, matcher.matches(claim, _goes_on_from(book, index)))
        book.cases.append(case)
        subjects.append(case.subject)
    return book


def _goes_on_from(book: Book, index: int) -> Match | None:
    """Return what the nearest earlier claim of the sentence in the same unit speaks of."""
    claim = book.draft.claims[index]
    for earlier in range(index - 1, -1, -1):
        other = book.draft.claims[earlier]
        if other.sentence_at != claim.sentence_at:
            return None
        if same_unit(other.told.unit) == same_unit(claim.told.unit) and book.subjects[earlier]:
            return book.subjects[earlier][0]
    return None


@dataclass(frozen=True, eq=False)
class Case:
    """One claim; ``matches`` are the known numbers that its words may speak of."""

    index: int
    claim: Claim
    book: Book
    matches: Sequence[Match]

    @property
    def published(self) -> PublishedData:
        """What is known."""
        return self.book.published

    @cached_property
    def is_compared(self) -> bool:
        """Whether it is told as a difference."""
        return is_compared(self.claim)

    @cached_property
    def is_told_as_derived(self) -> bool:
        """Whether it is told as worked out."""
        return is_told_as_derived(self.claim)

    @cached_property
    def fitting(self) -> list[Match]:
        """The numbers that fit and agree, unless another that agrees is clearly more what the words speak of; the best first."""
        agreeing = [match for match in self.matches if match.agrees]
        enough, relevance = _enough(self.claim), self.book.matcher.relevance
        fitting = [
            match
            for match in agreeing
            if match.fits
            and match.relevance >= min(enough - _told_more(self.claim, match), _bound(match))
            and (relevance.spoken(self.claim, match.one) > 0 or relevance.is_silent(self.claim))
        ]
        rivals = [match for match in agreeing if not (match.fits or match.one.is_derived or match.one.embargoed)]
        return by_rank(match for match in fitting if match.one.is_derived or not _is_outdone(match, rivals))

    @cached_property
    def matching(self) -> list[Match]:
        """Those of ``fitting`` that may pass without a word of arithmetic, or where the words tell one."""
        return [match for match in self.fitting if self.is_told_as_derived or _may_stand_alone(match)]

    @property
    def is_published(self) -> bool:
        """Whether it fits a number that was published, not computed."""
        return bool(self.matching) and not self.matching[0].one.is_derived

    @cached_property
    def bound(self) -> list[Match]:
        """What the words speak of whatever its value, the best first."""
        spoken = self.book.matcher.relevance.spoken
        found = [
            match
            for match in self.matches
            if match.agrees
            and not match.one.is_derived
            and match.relevance >= _bound(match)
            and spoken(self.claim, match.one) >= least.SOME_WORD
        ]
        return sorted(
            found, key=lambda match: (match.one.embargoed, -round(match.relevance, 2), -match.place, -match.sureness)
        )

    @cached_property
    def subject(self) -> list[Match]:
        """What it speaks of: what it fits, else what it is bound to."""
        strict = [match for match in self.fitting if not match.one.is_derived][:1]
        return strict if self.is_compared else strict or self.bound[:1]

    @cached_property
    def elsewhere(self) -> list[Match]:
        """The numbers with this very value that speak of something else: another place, time, measure or unit."""
        found = [
            match
            for match in self.matches
            if match.against and not match.one.is_derived and match.fit != "other" and self._is_known_elsewhere(match)
        ]
        return sorted(found, key=lambda match: (len(match.against), *_rank(match)))

    def _is_known_elsewhere(self, match: Match) -> bool:
        is_by_one = len(match.against) == 1
        enough = max(
            least.ELSEWHERE_BY_ONE if is_by_one else least.KNOWN_ELSEWHERE,
            _enough(self.claim) - least.DIGITS_ELSEWHERE,
        )
        return match.relevance >= enough and (is_by_one or match.relevance >= least.CLEAR or not _is_small(self.claim))

    @cached_property
    def lost(self) -> list[Match]:
        """The numbers that fit but for their qualifier, the best first."""
        enough = max(_enough(self.claim), least.RIVAL * self.bound[0].relevance if self.bound else 0.0)
        return by_rank(
            match for match in self.matches if match.agrees and match.fit == "qualifier" and match.relevance >= enough
        )

    @cached_property
    def computed(self) -> list[Match]:
        """The computed numbers that the words speak of whatever their value, the best first."""
        enough = least.COMPUTED if self.is_told_as_derived else least.CLEARLY_COMPUTED
        found = [match for match in self.matches if match.agrees and match.one.is_derived]
        return (
            by_rank(match for match in found if match.relevance >= least.COMPUTED)
            if any(match.relevance >= enough for match in found)
            else []
        )

    @cached_property
    def worked_out(self) -> list[Derivation]:
        """The ways to work it out, those that fit first."""
        return self.book.derivations.of(self.index)

    @property
    def right(self) -> list[Derivation]:
        """The ways that come to what is told; a ratio of its own (受理率) is one of what it is named after."""
        found = [one for one in self.worked_out if one.fits]
        if not is_ratio_of_its_own(self.claim):
            return found
        named = self.book.matcher.relevance.is_named_as
        tops = ((one, one.result.operands[0].one if one.result else None) for one in found)
        return [one for one, top in tops if not top or named(self.claim, top)]

    @property
    def is_wrong_way(self) -> bool:
        """Whether one of them has the wrong direction or unit."""
        return any(one.is_wrong_way for one in self.right)

    @property
    def named_ratio(self) -> Match | None:
        """The published ratio that the words name outright (合格率), if the one told is not it."""
        best = self.bound[0] if self.bound else None
        is_named = is_ratio_of_its_own(self.claim) and best and best.relevance >= least.OUTRIGHT and not best.fits
        return best if is_named else None

    @property
    def is_made_of_what_stands_beside(self) -> bool:
        """Whether it was worked out from numbers that stand in its paragraph."""
        there = {
            name
            for other in self.book.draft.beside(self.index)
            for match in self.book.subjects[other]
            for name in match.one.rests_on
        }
        return any(set(one.ids) <= there for one in self.right)

    @property
    def short_of(self) -> Claim | None:
        """A part of the same thing in the sentence that is more than what is told as its sum."""
        if not is_a_sum(self.claim) or not self.subject:
            return None
        for other in self.book.draft.beside(self.index):
            part, theirs = self.book.draft.claims[other], self.book.subjects[other]
            is_part = part.sentence_at == self.claim.sentence_at and other < self.index
            is_alike = same_unit(part.told.unit) == same_unit(self.claim.told.unit) and bool(theirs)
            is_alike = is_alike and theirs[0].one.indicator == self.subject[0].one.indicator
            if is_part and is_alike and part.told.value > self.claim.told.value:
                return part
        return None

    @property
    def said_before(self) -> Case | None:
        """An earlier number of the sentence that is the same published one."""
        for other in self.book.draft.beside(self.index):
            earlier = self.book.cases[other]
            is_same = earlier.claim.sentence_at == self.claim.sentence_at and other < self.index
            if is_same and earlier.is_published and earlier.matching[0].one.id == self.matching[0].one.id:
                return earlier
        return None

    @property
    def newer(self) -> PublishedNumber | None:
        """A later number of the series it fits, where the draft tells an old one as if it held now."""
        one, moment = self.matching[0].one, self.claim.moment.kind
        kind = self.published.indicator[one.indicator].kind if one.indicator in self.published.indicator else ""
        if (
            one.is_derived
            or moment not in ("silent", "now")
            or (kind not in ("cumulative", "stock") and moment != "now")
        ):
            return None
        later = [row for row in self.book.matcher.series(one) if row.day and one.day and row.day > one.day]
        later = [
            row for row in later if row.value != one.value and (row.verified or not one.verified) and not row.embargoed
        ]
        newest = max(later, key=lambda row: row.day or date.min, default=None)
        return None if any(match.one == newest for match in self.matching) else newest

    def offer(self, match: Match) -> str:
        """Return what should stand there where that is just the number of ``match``."""
        return offer(self.claim, match, self.matches, self.book.matcher.relevance)

    def name_of(self, one: PublishedNumber) -> str:
        """Return what a number measures."""
        known = self.published.indicator.get(one.indicator)
        return known.name if known else ""

    def describe(self, one: PublishedNumber) -> str:
        """Return a number in words."""
        return describe_number(one, self.published)

    def plain(self, verdict: Verdict, reason: str, observations: tuple[str, ...] = (), expected: str = "") -> Finding:
        """Return a finding that rests on no single published number."""
        claim, told = self.claim, self.claim.told
        return Finding(
            claim.start,
            claim.end,
            told.as_printed,
            told.value,
            told.unit,
            told.qualifier,
            verdict,
            expected,
            observations,
            reason,
        )

    def on(self, one: PublishedNumber, verdict: Verdict, reason: str, expected: str = "") -> Finding:
        """Return the finding that rests on a published number; before any other verdict goes that it must not be told alone, or yet."""
        if one.embargoed:
            return self.embargoed(one.rests_on)
        return self.in_conflict(one) if one.conflict else self.plain(verdict, reason, one.rests_on, expected)

    def embargoed(self, ids: tuple[str, ...], lead: str = "此数") -> Finding:
        """Return the finding that something is not public yet."""
        return replace(self.plain(Verdict.EMBARGOED, f"{lead}尚未到公开时间，不能见报", ids), rule="embargoed")

    def in_conflict(self, one: PublishedNumber, ids: tuple[str, ...] = ()) -> Finding:
        """Return the finding that several versions of a number were published."""
        both = [row for row in self.published.of_indicator[one.indicator] if row.conflict == one.conflict] or [one]
        told = "、".join(dict.fromkeys(told_as(row, self.published) for row in both))
        ids = ids or tuple(dict.fromkeys(name for row in both for name in row.rests_on))
        return replace(
            self.plain(Verdict.CONFLICT, f"公布的说法不一致（{told}），不能单独引用", ids), rule="in_conflict"
        )


def by_rank(matches: Iterable[Match]) -> list[Match]:
    """Return matches, the best first: published before computed, then the more relevant, the same value, the surer."""
    return sorted(matches, key=_rank)


def _rank(match: Match) -> tuple[bool, float, bool, int]:
    return (match.one.is_derived, -round(match.relevance, 1), match.fit != "same", -match.sureness)


def _enough(claim: Claim) -> float:
    """How relevant a fitting number must at least be: the fewer digits agree, the more the words must say."""
    digits = len(claim.told.value.normalize().as_tuple().digits) + (claim.told.qualifier != "exact")
    return least.BY_DIGITS.get(digits, least.BY_MANY_DIGITS)


def _bound(match: Match) -> float:
    return least.SURELY_BOUND if match.sureness > 4 else least.BOUND


def _is_outdone(match: Match, rivals: Sequence[Match]) -> bool:
    """Whether the words speak clearly more of another number, whose nature (done, planned, laid down) they tell no worse."""
    told = [rival.relevance for rival in rivals if rival.measure >= match.measure]
    nearer = [rival.relevance for rival in rivals if rival.measure >= match.measure and _is_nearer(rival, match)]
    return match.relevance < least.RIVAL * max(told, default=0.0) or match.relevance <= max(nearer, default=0.0)


def _is_nearer(rival: Match, match: Match) -> bool:
    """Whether a number of the same indicator is of just the place told, and the other only of one near it."""
    return rival.one.indicator == match.one.indicator and rival.place > match.place and rival.time >= match.time


def _is_small(claim: Claim) -> bool:
    """Whether a number has but one digit, which many things have by chance."""
    return len(claim.told.value.normalize().as_tuple().digits) == 1 and claim.told.value < 10


def _told_more(claim: Claim, match: Match) -> float:
    """How much less the words need say where the sentence names place and measure and both agree."""
    is_told = match.sureness == 6 and claim.measure != "actual" and claim.scope == "sentence"
    return least.TOLD_MORE if is_told else 0.0


def _may_stand_alone(match: Match) -> bool:
    """Whether a number may pass without a word of arithmetic beside it: published, or computed with three digits that agree."""
    if not match.one.is_derived:
        return True
    digits = len(match.one.value.normalize().as_tuple().digits)
    return digits > 2 and (match.one.measure == "plan" or match.relevance >= least.CLEAR)
