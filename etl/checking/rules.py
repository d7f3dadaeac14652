"""The rules by which a number of a draft gets its verdict, in their order: the first that says anything decides.

Each takes a case and returns a finding, or None where it has nothing to say. What it is for and what it must leave alone stand
as sentences in ``tests/etl/checking/test_rules.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile

from etl.checking import thresholds as least
from etl.checking.case import Case, Finding, by_rank
from etl.checking.cues import deed, is_ratio_of_its_own, is_set
from etl.checking.derivations import Derivation
from etl.checking.matching import AHEAD, Match
from etl.checking.offers import offer_computed
from etl.checking.published import PublishedNumber
from etl.checking.reasons import told_absence, why_against
from etl.model import State, Verdict
from etl.reading.indicators import same_unit

_LEAST_IN_COMMON = 2
_WORD = (2, 4)
"""How many characters two names share at least at their end, and how many the word has in which they differ."""


def sum_below_a_part(case: Case) -> Finding | None:
    """What is told as a sum is less than one of its parts, though it is a published number."""
    part = case.short_of if case.is_published else None
    if not part:
        return None
    one, told = case.matching[0].one, case.claim.told.as_printed
    return case.on(one, Verdict.MISMATCH, f"合计{told}比前面的分项{part.told.as_printed}还少：{case.describe(one)}")


def told_as_another_measure(case: Case) -> Finding | None:
    """It fits one thing by chance, while the words speak clearly of another that was planned and not done, or is of another time."""
    if not case.is_published or case.is_compared:
        return None
    best = case.matching[0]
    for match in case.elsewhere:
        is_surer = match.relevance > least.MUCH_MORE * best.relevance and match.one.indicator != best.one.indicator
        if match.against in (("measure",), ("time",)) and is_surer:
            return _from_elsewhere(case, match)
    return None


def another_deed(case: Case) -> Finding | None:
    """What it fits was built or renewed, and is told as pulled down; or was renewed, and is told as new."""
    if not case.is_published or case.is_compared:
        return None
    one = case.matching[0].one
    told, known = (
        deed(case.claim.near),
        deed(f"{case.name_of(one)}{case.published.items.get(one.breakdown, one.keyword)}"),
    )
    if not told or told == known or not (known or told == "removed"):
        return None
    return case.on(one, Verdict.OTHER_DEFINITION, f"稿件说的不是同一件事：公布的是{case.describe(one)}")


def named_as_its_twin(case: Case) -> Finding | None:
    """It fits one indicator, and is told by the word in which another's name differs: 受理纠纷 for 接待纠纷."""
    if not case.is_published or case.is_compared:
        return None
    one, near = case.matching[0].one, case.claim.raw_before
    for twin in case.published.indicators:
        own, other = _differing(case.name_of(one), twin.name)
        if not other or other not in near or own in near:
            continue
        if any(_is_beside(one, row) for row in case.published.of_indicator.get(twin.id, ())):
            meant = next((match for match in case.bound if match.one.indicator == twin.id), None)
            reason = f"{case.claim.told.as_printed}不是“{other}”的数：公布的是{case.describe(one)}"
            return case.on(one, Verdict.OTHER_DEFINITION, reason, case.offer(meant) if meant else "")
    return None


def _is_beside(one: PublishedNumber, other: PublishedNumber) -> bool:
    return not other.is_derived and (one.place, one.day, same_unit(one.unit)) == (
        other.place,
        other.day,
        same_unit(other.unit),
    )


def _in_common(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


@cache
def _differing(one: str, other: str) -> tuple[str, str]:
    """Return the one word in which two names differ, of each name; ("", "") where they differ in more or in length of it."""
    start = _in_common(one, other)
    end = _in_common(one[start:][::-1], other[start:][::-1])
    words = one[start : len(one) - end], other[start : len(other) - end]
    alike = end >= _LEAST_IN_COMMON and all(_WORD[0] <= len(word) <= _WORD[1] for word in words)
    return words if alike else ("", "")


def another_ratio(case: Case) -> Finding | None:
    """It fits a ratio of another name: 办结率 is no 满意率."""
    if not case.is_published or same_unit(case.claim.told.unit) != "%":
        return None
    one = case.matching[0].one
    if case.book.matcher.relevance.is_named_as(case.claim, one):
        return None
    return case.on(
        one, Verdict.OTHER_DEFINITION, f"{case.claim.counted}不是{case.name_of(one)}：公布的是{case.describe(one)}"
    )


def part_told_as_its_whole(case: Case) -> Finding | None:
    """The number of the whole is told once more behind 其中, of a part of it."""
    earlier = case.said_before if case.is_published else None
    if not earlier or "其中" not in case.book.draft.parts.text[earlier.claim.stop : case.claim.core]:
        return None
    one = case.matching[0].one
    return case.on(one, Verdict.MISMATCH, f"总数不能又说成其中的一部分：公布的是{case.describe(one)}")


def whole_told_as_an_item(case: Case) -> Finding | None:
    """It fits the whole, while the words name an item of it that has another number: 护理型床位12480张."""
    if not case.is_published or case.matching[0].one.breakdown:
        return None
    whole = case.matching[0].one
    if not case.book.matcher.relevance.names_another_item(case.claim, whole):
        return None
    items = [
        match
        for match in case.bound
        if match.one.indicator == whole.indicator and match.one.breakdown and match.definition and not match.fits
    ]
    return _mismatch(case, items[0]) if items and _is_as_sure(items[0], case.matching[0]) else None


def _is_as_sure(item: Match, whole: Match) -> bool:
    """Whether an item is of just the place, time and measure of its whole."""
    return (item.place, item.time, item.measure) == (whole.place, whole.time, whole.measure)


def published_as_told(case: Case) -> Finding | None:
    """It is a published number and is told as what it is."""
    return _published(case, case.matching) if case.is_published and not case.is_compared else None


def ratio_named_outright(case: Case) -> Finding | None:
    """A ratio has a name of its own (合格率) and was published: what fits by arithmetic does not count."""
    named = case.named_ratio if case.right and not case.is_wrong_way and not case.is_published else None
    return _mismatch(case, named) if named and not case.is_made_of_what_stands_beside else None


def worked_out(case: Case) -> Finding | None:
    """It is told as worked out, and comes to what is told."""
    return _derived(case, case.right) if case.right and (case.is_wrong_way or not case.is_published) else None


def known_as_told(case: Case) -> Finding | None:
    """It fits a number computed here, or one that was published as a difference."""
    return _published(case, case.matching) if case.matching else None


def forbidden_sum(case: Case) -> Finding | None:
    """It comes to a sum that a caution forbids."""
    found = case.book.derivations.forbidden(case.index)
    return _derived(case, found) if found else None


def qualifier_lost(case: Case) -> Finding | None:
    """It fits a published number but for its qualifier."""
    best = case.lost[0] if case.lost else None
    if not best or best.one.is_derived:
        return None
    reason = f"限定词与公布数不同：{case.describe(best.one)}"
    return case.on(best.one, Verdict.QUALIFIER_LOST, reason, case.offer(best))


def worked_out_otherwise(case: Case) -> Finding | None:
    """The sentence names operation and operands, and they come to another number."""
    named = case.book.derivations.named(case.index, case.worked_out)
    if not named:
        return None
    return case.plain(Verdict.MISMATCH, f"推算不符：{named.how}", named.ids, offer_computed(case.claim, named.value))


def computed_otherwise(case: Case) -> Finding | None:
    """The words speak of a number computed here, which is another."""
    return _mismatch(case, case.computed[0]) if case.computed and not (case.bound or case.is_compared) else None


def nothing_works_out(case: Case) -> Finding | None:
    """It is told as worked out, and nothing that stands there or was published comes to it."""
    is_open = case.is_compared or not case.bound
    if not case.worked_out or is_ratio_of_its_own(case.claim) or not is_open:
        return None
    return case.plain(Verdict.MISMATCH, "照稿件和公布的数推算不出这个数")


def compared_with_the_unknown(case: Case) -> Finding | None:
    """It is a difference to something that nobody knows."""
    return not_known(case) if case.is_compared else None


def aim_as_set(case: Case) -> Finding | None:
    """It is the published aim, told by who sets it and not called one: 年初确定建设38个."""
    best = case.elsewhere[0] if case.elsewhere and is_set(case.claim) else None
    if not best or not best.fits or best.against != ("measure",) or best.one.measure not in AHEAD:
        return None
    return case.on(best.one, Verdict.MATCH, f"与{case.describe(best.one)}一致")


def another_was_published(case: Case) -> Finding | None:
    """The words speak of a published number, which is another."""
    other = bool(case.elsewhere) and bool(case.bound) and _is_other_measure(case.elsewhere[0], case.bound[0])
    return _mismatch(case, case.bound[0]) if case.bound and not other else None


def faintly_as_told(case: Case) -> Finding | None:
    """It is a published number of which the words speak as much as of the like one elsewhere."""
    faint = by_rank(match for match in case.matches if match.agrees and match.fits and not match.one.is_derived)
    if not faint or not case.elsewhere:
        return None
    most = max(match.relevance for match in faint)
    return _published(case, faint) if most * least.AS_MUCH >= case.elsewhere[0].relevance else None


def published_elsewhere(case: Case) -> Finding | None:
    """It is a published number of another place, time, measure or unit."""
    return _from_elsewhere(case, case.elsewhere[0]) if case.elsewhere else None


def declared_absent(case: Case) -> Finding | None:
    """There is no such number, and that is known: 不在计划, 未公布."""
    absence = case.book.matcher.absence(case.claim)
    if not absence:
        return None
    told = told_absence(absence, case.published)
    if absence.state == State.NOT_IN_PLAN:
        return case.plain(Verdict.MISMATCH, f"{told}不在计划，没有这个数：{absence.reason}")
    if absence.state == State.NOT_PUBLISHED:
        return case.plain(Verdict.OTHER_DEFINITION, f"{told}未公布：{absence.reason}")
    return None


def not_known(case: Case) -> Finding:
    """Nothing is known to hold it against."""
    return declared_absent(case) or case.plain(Verdict.UNCOVERED, "没有可以核对的公布数，不等于正确")


RULES: tuple[Callable[[Case], Finding | None], ...] = (
    sum_below_a_part,
    told_as_another_measure,
    another_deed,
    named_as_its_twin,
    another_ratio,
    part_told_as_its_whole,
    whole_told_as_an_item,
    published_as_told,
    ratio_named_outright,
    worked_out,
    known_as_told,
    forbidden_sum,
    qualifier_lost,
    worked_out_otherwise,
    computed_otherwise,
    nothing_works_out,
    compared_with_the_unknown,
    aim_as_set,
    another_was_published,
    faintly_as_told,
    published_elsewhere,
    declared_absent,
    not_known,
)


def decided(case: Case) -> Finding:
    """Return what the first rule says that says anything, with its name."""
    for rule in RULES:
        found = rule(case)
        if found:
            return found if found.rule else replace(found, rule=rule.__name__)
    raise AssertionError


def _published(case: Case, matching: Sequence[Match]) -> Finding:
    best = matching[0]
    if case.matching and case.newer:
        reason = f"这是{case.describe(best.one)}；已有更新的数，引用旧数要写明截至日"
        return replace(case.on(best.one, Verdict.OTHER_DEFINITION, reason, case.offer(best)), rule="old_as_new")
    verdict = Verdict.DERIVED_MATCH if best.one.is_derived else Verdict.MATCH
    rounded = "（已四舍五入）" if best.fit == "rounded" else ""
    return case.on(best.one, verdict, f"与{case.describe(best.one)}一致{rounded}")


def _derived(case: Case, right: Sequence[Derivation]) -> Finding:
    wrong_way = [one for one in right if one.is_wrong_way]
    best = wrong_way[0] if wrong_way else next((one for one in right if not one.fault), right[0])
    rows = [case.published.by_id[name] for name in best.ids if name in case.published.by_id]
    if any(row.embargoed for row in rows):
        return case.embargoed(best.ids, "所依据的数")
    clash = next((row for row in rows if row.conflict), None)
    if clash:
        return case.in_conflict(clash, best.ids)
    if best.fault:
        return case.plain(Verdict.MISMATCH if best.is_wrong_way else Verdict.OTHER_DEFINITION, best.fault, best.ids)
    return case.plain(Verdict.DERIVED_MATCH, f"推算一致：{best.how}{best.warning}", best.ids)


def _mismatch(case: Case, match: Match) -> Finding:
    one, told = match.one, case.claim.told.as_printed
    if one.embargoed:
        return case.embargoed(one.rests_on, "所说的数")
    offered = case.offer(match)
    also = f"；{told}是{case.describe(case.elsewhere[0].one)}" if case.elsewhere else ""
    lead = f"应为{offered}" if offered else "与公布的不同"
    return case.plain(Verdict.MISMATCH, f"{lead}：{case.describe(one)}{also}", one.rests_on, offered)


def _from_elsewhere(case: Case, match: Match) -> Finding:
    verdict = Verdict.MISMATCH if match.against[0] in ("unit", "place") else Verdict.OTHER_DEFINITION
    offered = case.offer(case.bound[0]) if case.bound else ""
    return case.on(match.one, verdict, why_against(match.against, case.claim, match.one, case.published), offered)


def _is_other_measure(elsewhere: Match, bound: Match) -> bool:
    """Whether the number is there for another measure of just this subject, which says more than a looser neighbour."""
    return (
        elsewhere.against in (("measure",), ("time",), ("definition",))
        and elsewhere.place + elsewhere.time >= bound.place + bound.time
        and elsewhere.relevance > least.MORE * bound.relevance
    )
