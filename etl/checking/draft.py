"""Checking a press draft number by number against what is published.

Every number is bound to its subject by the words around it, then compared. The verdict says the first thing that is wrong:
embargoed, conflict, mismatch, other_definition, qualifier_lost; or that all is well: match, derived_match; or that nothing is
known to compare it with: uncovered. What may be known is decided before: the records hold only what this reader may see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from etl.checking.claims import Claim, Draft, read_draft
from etl.checking.cues import is_a_sum, is_compared, is_ratio_of_its_own, is_told_as_derived
from etl.checking.derivations import Derivation, Derivations
from etl.checking.matching import Match, Matcher
from etl.checking.offers import COMPUTED, offer, offer_computed
from etl.checking.published import PublishedData, PublishedNumber
from etl.checking.reasons import describe_number, told_absence, told_as, why_against
from etl.model import State, Verdict
from etl.reading.grammar import ORDINAL
from etl.reading.indicators import same_unit

_RIVAL = 0.87
_BOUND = 0.33
_KNOWN_ELSEWHERE = 0.36
_SURER = 1.25
_CLEAR = 0.6
_OUTRIGHT = 0.8
_SOME_WORD = 0.08


@dataclass(frozen=True)
class Finding:
    """What became of one number of a draft at ``[start:end]``.

    ``expected`` is what should stand there ("" where nothing better is known), ``observations`` the ids it rests on, ``reason``
    a Chinese sentence.
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


def check_draft(text: str, published: PublishedData, *, written_on: date | None = None) -> list[Finding]:
    """Return one finding for each number of ``text`` in reading order; dates and idioms are no numbers.

    What is offered instead is checked again as it would stand there, and not offered where it would not pass.
    ``written_on`` is the day 今年 and 目前 are read from; without it the day of the newest publication about the draft's city.
    An empty text gives an empty list.
    """
    found = _findings(text, published, written_on)
    offered = {index: one.expected.removesuffix(COMPUTED) for index, one in enumerate(found) if one.expected}
    if not offered:
        return found
    mended, starts = _mended(text, found, offered)
    passed = {one.start for one in _findings(mended, published, written_on) if one.verdict.passes}
    failed = {
        index for index, told in offered.items() if passed.isdisjoint(range(starts[index], starts[index] + len(told)))
    }
    return [replace(one, expected="") if index in failed else one for index, one in enumerate(found)]


def _findings(text: str, published: PublishedData, written_on: date | None) -> list[Finding]:
    draft = read_draft(text, published, written_on)
    checker = _Checker(published, draft)
    found = [checker.finding(index) for index in range(len(draft.claims)) if checker.is_listed(index)]
    return _one_each(found)


def _mended(text: str, found: Sequence[Finding], offered: Mapping[int, str]) -> tuple[str, list[int]]:
    """Return the text with what is offered for its findings, and where each finding then begins."""
    made, starts, at = "", [], 0
    for index, one in enumerate(found):
        made += text[at : one.start]
        starts.append(len(made))
        made += offered.get(index, text[one.start : one.end])
        at = one.end
    return made + text[at:], starts


def _one_each(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings with those of one printed number (甲、乙各4个) joined: the gravest verdict, all observations."""
    joined: dict[tuple[int, int], Finding] = {}
    for one in found:
        before = joined.get((one.start, one.end))
        if before:
            worse = min(before, one, key=lambda finding: finding.verdict.rank)
            ids = tuple(dict.fromkeys((*before.observations, *one.observations)))
            joined[one.start, one.end] = replace(worse, observations=ids)
        else:
            joined[one.start, one.end] = one
    return list(joined.values())


class _Checker:
    """One draft beside one published; claims are judged in reading order, because later ones may rest on earlier ones."""

    def __init__(self, published: PublishedData, draft: Draft) -> None:
        self.published = published
        self.draft = draft
        self.matcher = Matcher(published)
        self.matches: list[list[Match]] = []
        self.strict: list[list[Match]] = []
        self.subjects: list[list[Match]] = []
        for index, claim in enumerate(draft.claims):
            self.matches.append(self.matcher.matches(claim, self._before(index)))
            self.strict.append(self._matching(index))
            self.subjects.append(self._subject(index))
        self.derivations = Derivations(published, draft, self.matcher, self.subjects)

    def _before(self, index: int) -> Match | None:
        """Return what the nearest earlier claim of the sentence in the same unit speaks of."""
        claim = self.draft.claims[index]
        for earlier in range(index - 1, -1, -1):
            other = self.draft.claims[earlier]
            if other.sentence_at != claim.sentence_at:
                return None
            if same_unit(other.told.unit) == same_unit(claim.told.unit) and self.subjects[earlier]:
                return self.subjects[earlier][0]
        return None

    def _subject(self, index: int) -> list[Match]:
        """Return what a claim speaks of: what it matches, else the best-bound number whatever its value."""
        strict = [match for match in self.strict[index] if not match.one.is_derived]
        if is_compared(self.draft.claims[index]):
            return strict[:1]
        return strict[:1] or self._bound(index)[:1]

    def is_listed(self, index: int) -> bool:
        """Return whether a number is one to check: a place in an order (第一名) only where a rank is known to speak of."""
        return self.draft.claims[index].told.unit != ORDINAL or bool(self._bound(index))

    def finding(self, index: int) -> Finding:
        """Return the verdict on one claim."""
        claim = self.draft.claims[index]
        derived = is_told_as_derived(claim)
        matching = [match for match in self.strict[index] if derived or _may_stand_alone(match)]
        published = bool(matching) and not matching[0].one.is_derived
        short = self._short_of(index) if published else None
        if short:
            return replace(
                self._mismatch(index, [matching[0]], []),
                expected="",
                reason=f"合计{claim.told.as_printed}比前面的分项{short.told.as_printed}还少：{describe_number(matching[0].one, self.published)}",
            )
        if published and not is_compared(claim):
            return self._other_measure(index, matching[0]) or self._published(index, matching)
        worked_out = self.derivations.of(index)
        right = [one for one in worked_out if one.fits]
        wrong_way = any(one.is_wrong_way for one in right)
        named = self._named(index)
        if right and named and not (wrong_way or published or self._rests_beside(index, right)):
            return self._mismatch(index, [named], self._elsewhere(index))
        if right and (wrong_way or not published):
            return self._derived(claim, right)
        if matching:
            return self._published(index, matching)
        return self._faulty(index, worked_out)

    def _short_of(self, index: int) -> Claim | None:
        """Return a part of the same thing in the sentence that is more than what is told as its sum."""
        claim = self.draft.claims[index]
        if not is_a_sum(claim):
            return None
        mine = self.subjects[index]
        for earlier in self.draft.beside(index):
            part = self.draft.claims[earlier]
            same = part.sentence_at == claim.sentence_at and earlier < index
            same = same and same_unit(part.told.unit) == same_unit(claim.told.unit)
            alike = mine and self.subjects[earlier] and self.subjects[earlier][0].one.indicator == mine[0].one.indicator
            if same and alike and part.told.value > claim.told.value:
                return part
        return None

    def _named(self, index: int) -> Match | None:
        """Return the published ratio that the words name outright (合格率), if the one told is not it."""
        bound = self._bound(index)
        is_ratio = is_ratio_of_its_own(self.draft.claims[index])
        return bound[0] if is_ratio and bound and bound[0].relevance >= _OUTRIGHT and not bound[0].fits else None

    def _rests_beside(self, index: int, right: Sequence[Derivation]) -> bool:
        """Whether a number was worked out from numbers that stand in its paragraph."""
        beside = {
            name for other in self.draft.beside(index) for match in self.subjects[other] for name in match.one.rests_on
        }
        return any(set(one.ids) <= beside for one in right)

    def _other_measure(self, index: int, best: Match) -> Finding | None:
        """Return the fault of a number that fits one thing while the words clearly speak of another, planned and not done."""
        for match in self._elsewhere(index):
            surer = match.relevance > _SURER * best.relevance and match.one.indicator != best.one.indicator
            if match.against in (("measure",), ("time",)) and surer:
                return self._from_elsewhere(index, match)
        return None

    def _matching(self, index: int) -> list[Match]:
        """Return the numbers that fit and agree, unless another that agrees is clearly more what the words speak of."""
        agreeing = [match for match in self.matches[index] if match.agrees]
        claim = self.draft.claims[index]
        fitting = [
            match
            for match in agreeing
            if match.fits and match.relevance >= min(_enough(claim) - _told_more(claim, match), _least(match))
        ]
        rivals = [match for match in agreeing if not (match.fits or match.one.is_derived or match.one.embargoed)]
        found = [match for match in fitting if match.one.is_derived or not _is_outdone(match, rivals)]
        return sorted(found, key=_rank)

    def _bound(self, index: int) -> list[Match]:
        """Return what the words speak of whatever its value, the best first."""
        agreeing = [match for match in self.matches[index] if match.agrees and not match.one.is_derived]
        claim = self.draft.claims[index]
        agreeing = [
            match
            for match in agreeing
            if match.relevance >= _least(match) and self.matcher.relevance.spoken(claim, match.one) >= _SOME_WORD
        ]
        return sorted(
            agreeing, key=lambda match: (match.one.embargoed, -round(match.relevance, 2), -match.place, -match.sureness)
        )

    def _offer(self, index: int, match: Match) -> str:
        """Return what should stand there where that is just the number of ``match``."""
        return offer(self.draft.claims[index], match, self.matches[index], self.matcher.relevance)

    def _published(self, index: int, matching: Sequence[Match]) -> Finding:
        claim, best = self.draft.claims[index], matching[0]
        newer = self._newer(claim, best.one)
        if newer and not any(match.one == newer for match in matching):
            reason = f"这是{describe_number(best.one, self.published)}；已有更新的数，引用旧数要写明截至日"
            return self._on(best.one, claim, Verdict.OTHER_DEFINITION, self._offer(index, best), reason)
        verdict = Verdict.DERIVED_MATCH if best.one.is_derived else Verdict.MATCH
        rounded = "（已四舍五入）" if best.fit == "rounded" else ""
        return self._on(best.one, claim, verdict, reason=f"与{describe_number(best.one, self.published)}一致{rounded}")

    def _on(
        self, one: PublishedNumber, claim: Claim, verdict: Verdict, expected: str = "", reason: str = ""
    ) -> Finding:
        """Return the finding that rests on a published number; before any other verdict goes that it must not be told alone, or yet."""
        if one.embargoed:
            return _found(claim, Verdict.EMBARGOED, one, reason="此数尚未到公开时间，不能见报")
        return self._in_conflict(claim, one) if one.conflict else _found(claim, verdict, one, expected, reason)

    def _in_conflict(self, claim: Claim, one: PublishedNumber) -> Finding:
        both = [row for row in self.published.of_indicator[one.indicator] if row.conflict == one.conflict]
        told = "、".join(dict.fromkeys(told_as(row, self.published) for row in (both or [one])))
        ids = tuple(dict.fromkeys(name for row in (both or [one]) for name in row.rests_on))
        return replace(
            _found(claim, Verdict.CONFLICT, one, reason=f"公布的说法不一致（{told}），不能单独引用"), observations=ids
        )

    def _newer(self, claim: Claim, one: PublishedNumber) -> PublishedNumber | None:
        """Return a later number of the same series, where the draft tells an old one as if it held now."""
        kind = self.published.indicator[one.indicator].kind if one.indicator in self.published.indicator else ""
        now = claim.moment.kind == "now"
        if one.is_derived or claim.moment.kind not in ("silent", "now"):
            return None
        if kind not in ("cumulative", "stock") and not now:
            return None
        later = [
            row
            for row in self.matcher.series(one)
            if row.day
            and one.day
            and row.day > one.day
            and row.value != one.value
            and (row.verified or not one.verified)
            and not row.embargoed
        ]
        return max(later, key=lambda row: row.day or date.min, default=None)

    def _derived(self, claim: Claim, right: Sequence[Derivation]) -> Finding:
        wrong_way = [one for one in right if one.is_wrong_way]
        best = wrong_way[0] if wrong_way else next((one for one in right if not one.fault), right[0])
        ids = best.ids
        rows = [self.published.by_id[name] for name in ids if name in self.published.by_id]
        if any(row.embargoed for row in rows):
            return replace(
                _found(claim, Verdict.EMBARGOED, rows[0], reason="所依据的数尚未到公开时间，不能见报"), observations=ids
            )
        clash = next((row for row in rows if row.conflict), None)
        if clash:
            return replace(self._in_conflict(claim, clash), observations=ids)
        if best.fault:
            verdict = Verdict.MISMATCH if best.is_wrong_way else Verdict.OTHER_DEFINITION
            return replace(_plain(claim, verdict, best.fault), observations=ids)
        return replace(_plain(claim, Verdict.DERIVED_MATCH, f"推算一致：{best.how}{best.warning}"), observations=ids)

    def _faulty(self, index: int, worked_out: Sequence[Derivation]) -> Finding:
        claim = self.draft.claims[index]
        forbidden = self.derivations.forbidden(index)
        if forbidden:
            return self._derived(claim, forbidden)
        bound = self._bound(index)
        lost = [
            match
            for match in self.matches[index]
            if match.agrees and match.fit == "qualifier" and match.relevance >= _enough(claim)
        ]
        lost = [match for match in lost if not bound or match.relevance >= _RIVAL * bound[0].relevance]
        elsewhere = self._elsewhere(index)
        if lost and not lost[0].one.is_derived:
            return self._lost(index, sorted(lost, key=_rank)[0])
        own = is_ratio_of_its_own(claim)
        if named := self.derivations.named(index, worked_out):
            return self._worked_out_otherwise(claim, named)
        computed = [
            match
            for match in self.matches[index]
            if match.agrees and match.one.is_derived and match.relevance >= _BOUND + 0.15
        ]
        clear = [match for match in computed if match.relevance >= _CLEAR + 0.05]
        if not (bound or is_compared(claim)) and (clear or (computed and is_told_as_derived(claim))):
            return self._mismatch(index, sorted(computed, key=_rank), elsewhere)
        if worked_out and not own and (is_compared(claim) or not bound):
            return _plain(claim, Verdict.MISMATCH, "照稿件和公布的数推算不出这个数")
        if is_compared(claim):
            return self._uncovered(index)
        if bound and not (elsewhere and _is_other_measure(elsewhere[0], bound[0])):
            return self._mismatch(index, bound, elsewhere)
        faint = [match for match in self.matches[index] if match.agrees and match.fits and not match.one.is_derived]
        if elsewhere and faint and max(match.relevance for match in faint) * 1.05 >= elsewhere[0].relevance:
            return self._published(index, sorted(faint, key=_rank))
        if elsewhere:
            return self._from_elsewhere(index, elsewhere[0])
        return self._uncovered(index)

    def _lost(self, index: int, match: Match) -> Finding:
        reason = f"限定词与公布数不同：{describe_number(match.one, self.published)}"
        return self._on(match.one, self.draft.claims[index], Verdict.QUALIFIER_LOST, self._offer(index, match), reason)

    def _worked_out_otherwise(self, claim: Claim, best: Derivation) -> Finding:
        finding = _plain(claim, Verdict.MISMATCH, f"推算不符：{best.how}")
        return replace(finding, observations=best.ids, expected=offer_computed(claim, best.value))

    def _mismatch(self, index: int, bound: Sequence[Match], elsewhere: Sequence[Match]) -> Finding:
        claim, one = self.draft.claims[index], bound[0].one
        if one.embargoed:
            return _found(claim, Verdict.EMBARGOED, one, reason="所说的数尚未到公开时间，不能见报")
        told = self._offer(index, bound[0])
        also = f"；{claim.told.as_printed}是{describe_number(elsewhere[0].one, self.published)}" if elsewhere else ""
        lead = f"应为{told}" if told else "与公布的不同"
        return _found(claim, Verdict.MISMATCH, one, told, f"{lead}：{describe_number(one, self.published)}{also}")

    def _elsewhere(self, index: int) -> list[Match]:
        """Return the numbers with this very value that speak of something else: another place, time, measure or unit."""
        claim = self.draft.claims[index]
        found = [
            match
            for match in self.matches[index]
            if match.against
            and not match.one.is_derived
            and match.relevance
            >= max(_KNOWN_ELSEWHERE - (0.15 if len(match.against) == 1 else 0), _enough(claim) - 0.08)
            and match.fit != "other"
            and (len(match.against) == 1 or match.relevance >= _CLEAR or not _is_small(claim))
        ]
        return sorted(found, key=lambda match: (len(match.against), *_rank(match)))

    def _from_elsewhere(self, index: int, match: Match) -> Finding:
        claim = self.draft.claims[index]
        verdict = Verdict.MISMATCH if match.against[0] in ("unit", "place") else Verdict.OTHER_DEFINITION
        bound = self._bound(index)
        told = self._offer(index, bound[0]) if bound else ""
        return self._on(match.one, claim, verdict, told, why_against(match.against, claim, match.one, self.published))

    def _uncovered(self, index: int) -> Finding:
        claim = self.draft.claims[index]
        absence = self.matcher.absence(claim)
        if absence and absence.state == State.NOT_IN_PLAN:
            return _plain(
                claim,
                Verdict.MISMATCH,
                f"{told_absence(absence, self.published)}不在计划，没有这个数：{absence.reason}",
            )
        if absence and absence.state == State.NOT_PUBLISHED:
            return _plain(
                claim, Verdict.OTHER_DEFINITION, f"{told_absence(absence, self.published)}未公布：{absence.reason}"
            )
        return _plain(claim, Verdict.UNCOVERED, "没有可以核对的公布数，不等于正确")


def _enough(claim: Claim) -> float:
    """How relevant a fitting number must at least be: the fewer digits agree, the more the words must say."""
    digits = len(claim.told.value.normalize().as_tuple().digits) + (claim.told.qualifier != "exact")
    return {1: 0.32, 2: 0.23, 3: 0.14, 4: 0.1}.get(digits, 0.08)


def _is_outdone(match: Match, rivals: Sequence[Match]) -> bool:
    """Whether the words speak clearly more of another number, whose nature (done, planned, laid down) they tell no worse."""
    told = [rival.relevance for rival in rivals if rival.measure >= match.measure]
    nearer = [rival.relevance for rival in rivals if rival.measure >= match.measure and _is_nearer(rival, match)]
    return match.relevance < _RIVAL * max(told, default=0.0) or match.relevance <= max(nearer, default=0.0)


def _is_nearer(rival: Match, match: Match) -> bool:
    """Whether a number of the same indicator is of just the place told, and the other only of one near it."""
    return rival.one.indicator == match.one.indicator and rival.place > match.place and rival.time >= match.time


def _is_small(claim: Claim) -> bool:
    """Whether a number has but one digit, which many things have by chance."""
    return len(claim.told.value.normalize().as_tuple().digits) == 1 and claim.told.value < 10


def _least(match: Match) -> float:
    """How relevant a number must at least be to be what the words speak of, whatever its value."""
    return _BOUND - (0.06 if match.sureness > 4 else 0)


def _told_more(claim: Claim, match: Match) -> float:
    """How much less the words need say where the sentence names place and measure and both agree."""
    return 0.06 if match.sureness == 6 and claim.measure != "actual" and claim.scope == "sentence" else 0.0


def _may_stand_alone(match: Match) -> bool:
    """Whether a number may pass without a word of arithmetic beside it: published, or computed with three digits that agree."""
    if not match.one.is_derived:
        return True
    digits = len(match.one.value.normalize().as_tuple().digits)
    return digits > 2 and (match.one.measure == "plan" or match.relevance >= _CLEAR)


def _rank(match: Match) -> tuple[bool, float, bool, int]:
    return (match.one.is_derived, -round(match.relevance, 1), match.fit != "same", -match.sureness)


def _is_other_measure(elsewhere: Match, bound: Match) -> bool:
    """Whether the number is there for another measure of just this subject, which says more than a looser neighbour."""
    sure = elsewhere.place + elsewhere.time
    return (
        elsewhere.against in (("measure",), ("time",), ("definition",))
        and sure >= bound.place + bound.time
        and elsewhere.relevance > 1.1 * bound.relevance
    )


def _plain(claim: Claim, verdict: Verdict, reason: str) -> Finding:
    told = claim.told
    return Finding(
        claim.start, claim.end, told.as_printed, told.value, told.unit, told.qualifier, verdict, reason=reason
    )


def _found(claim: Claim, verdict: Verdict, one: PublishedNumber, expected: str = "", reason: str = "") -> Finding:
    return replace(_plain(claim, verdict, reason), expected=expected, observations=one.rests_on)
