"""PublishedNumbers a draft worked out itself: sums, differences, shares, growth, means, multiples of what stands beside them.

Only operands that stand in the paragraph, or are the only natural counterparts of what it speaks of, are tried; what a caution
forbids is never right, and a difference told the wrong way round is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from itertools import combinations, product

from etl.checking.arithmetic import (
    Result,
    by_years,
    difference,
    is_completion,
    mentions_plans,
    mixes_plans,
    multiple,
    percent,
    together,
    total,
)
from etl.checking.claims import Claim, Draft
from etl.checking.cues import (
    LESS,
    MEAN,
    MORE,
    REST,
    SUM,
    cues_of,
    direction,
    is_a_sum,
    is_compared,
    is_held_against,
    is_told_as_derived,
    is_whole,
)
from etl.checking.matching import Match, Matcher
from etl.checking.named import Naming
from etl.checking.operands import Operand, is_same_time, operand, relatives, unique, whole_sets
from etl.checking.published import PublishedData, PublishedNumber
from etl.checking.reasons import amount
from etl.checking.rounding import fit
from etl.checking.times import Moment, agreement
from etl.reading.indicators import same_unit
from etl.reading.lexicon import unit_words

_SHORTFALL = re.compile("还差|尚差|仍差|差|缺口|未完成")
_IF = re.compile("将|会|有望|届时|可达|预计")
_GROWTH = re.compile("增长|增幅|提高|下降|减少|上升|同比|增加|多|少|超额|超出|超")
_EXCESS = ("超出", "超额", "高出")
_PER = re.compile("(?:每|单)(?P<unit>[一-鿿]{1,2})|(?P<per>[户人村镇])均")
_YEARLY = re.compile("每年|年均")
_ADDED = re.compile("加上|加之|合计|两[地区县者项类]|三[地区县者项类]|[共和]占|一共|共计|合起来")
_YEAR_BEFORE = re.compile("(?:比|较)(?:上年|上一年|前一年|去年)")
_VERSUS = re.compile("比|较")
_FORMER = re.compile("前者比后者|前者较后者")
_REVERSED = re.compile("后者比前者|后者较前者")
_AHEAD = ("plan", "target")
_NATURAL = 0.3
_PAIRS = 60
_STRICT = ("do_not_compare", "different_definition", "different_year", "do_not_add")


@dataclass(frozen=True)
class Derivation:
    """One way to work a claim out: its value, how, from which observations; ``fault`` says why it may not be told so."""

    value: Decimal
    how: str
    ids: tuple[str, ...]
    fits: bool
    fault: str = ""
    is_wrong_way: bool = False
    warning: str = ""
    result: Result | None = None


class Derivations:
    """The claims of one draft with what each speaks of (``subjects``), ready to be worked out."""

    def __init__(
        self, published: PublishedData, draft: Draft, matcher: Matcher, subjects: Sequence[Sequence[Match]]
    ) -> None:
        self.published = published
        self.draft = draft
        self.matcher = matcher
        self.subjects = subjects
        self.worked_out: dict[int, Operand] = {}
        self._spoken: dict[int, list[Operand]] = {}
        self._compared: dict[int, Moment | None] = {}

    def of(self, index: int) -> list[Derivation]:
        """Return the ways to work claim ``index`` out, those that fit first, then the most natural; [] where none is."""
        claim = self.draft.claims[index]
        if not is_told_as_derived(claim):
            return []
        with localcontext() as context:
            context.prec = 34
            found = [self._judged(claim, result) for result in self._results(claim, index)]
            if not any(one.fits for one in found):
                found = self._in_another_unit(claim, index) or found
        found.sort(key=lambda one: (not one.fits, bool(one.fault) and not one.is_wrong_way))
        if found and found[0].fits:
            best = found[0]
            self.worked_out[index] = Operand(
                best.value, same_unit(claim.told.unit), "approx", best.ids, told=claim.told.as_printed
            )
        return found

    def named(self, index: int, found: Sequence[Derivation]) -> Derivation | None:
        """Return the one way to work claim ``index`` out that its sentence names; None where it names none, or several."""
        claim = self.draft.claims[index]
        naming = Naming(
            claim,
            self.draft,
            self.published,
            self._listed_before(claim),
            self._compared_moment(claim),
            self._per(claim),
        )
        named = [one for one in found if one.result and not one.fits and naming.names(one.result)]
        return self._explained(claim, named[0]) if len({one.value for one in named}) == 1 else None

    def _in_another_unit(self, claim: Claim, index: int) -> list[Derivation]:
        """Return what fits but for its unit: 比目标多8户."""
        units = {row.unit for row in self._beside(claim, index)[:4]} - {same_unit(claim.told.unit), "%"}
        found = []
        for unit in sorted(units):
            other = replace(claim, told=replace(claim.told, unit=unit))
            found += [self._judged(other, result) for result in self._results(other, index)]
        return [
            replace(one, fault=f"单位不同：{one.how}", is_wrong_way=True) for one in found if one.fits and not one.fault
        ]

    def _results(self, claim: Claim, index: int) -> Iterator[Result]:
        unit = same_unit(claim.told.unit)
        beside = self._beside(claim, index)
        around = cues_of(claim, 20)
        if unit == "%" and _ADDED.search(claim.raw_sentence):
            beside = [*self._added(claim, beside), *beside]
        pairs = [pair for pair in self._pairs(claim, beside) if self._is_comparison(claim, pair)][:_PAIRS]
        if unit == "%":
            if _ADDED.search(claim.raw_before):
                yield from self._shares_added(beside)
            grown = bool(_GROWTH.search(claim.raw_before[-8:]))
            yield from (result for pair in pairs for result in percent(*pair, grown=grown))
        elif unit == "倍":
            yield from (result for pair in pairs for result in multiple(*pair, around))
        elif unit == "百分点":
            yield from (difference(*pair) for pair in pairs if pair[0].unit == "%" and _is_one_thing(*pair, beside))
        else:
            if SUM.search(around) or is_whole(claim) or (claim.places_joined and not claim.is_in_turn):
                yield from self._products(claim, unit, beside)
                yield from self._sums(claim, unit, beside)
            if is_compared(claim) or any(cue.search(around) for cue in (MORE, LESS, REST)):
                yield from (
                    difference(*pair) for pair in pairs if pair[0].unit == unit and _is_one_thing(*pair, beside)
                )
            if MEAN.search(around):
                yield from self._means(claim, unit, beside)

    def _beside(self, claim: Claim, index: int) -> list[Operand]:
        """Return the numbers that stand in the paragraph, those of the sentence first, the nearest first."""
        found = []
        for other in self.draft.beside(index):
            told = self.draft.claims[other].told.as_printed
            if other in self.worked_out:
                found.append(self.worked_out[other])
                continue
            found += [operand(match.one, told) for match in self.subjects[other]]
        return unique(found)

    def _added(self, claim: Claim, beside: Sequence[Operand]) -> list[Operand]:
        """Return the sums of two and more numbers of the sentence, which a share may speak of: 20个加上16个，占八成."""
        units = {row.unit for row in beside[:2]}
        alike = [row for row in beside[:4] if row.one and row.unit in units and self._may_be_added(claim, row)]
        sums = [total(alike[:size]) for size in range(2, len(alike) + 1)] if len(units) == 1 else []
        return [
            Operand(
                one.value,
                alike[0].unit,
                "exact",
                tuple(name for row in one.operands for name in row.ids),
                made=one.told(self.published),
            )
            for one in sums
        ]

    def _shares_added(self, beside: Sequence[Operand]) -> Iterator[Result]:
        """Yield the sums of two and three shares that stand there: 甲占45.5%、乙占36.4%，合计超过八成."""
        shares = [row for row in beside if row.unit == "%"][:4]
        for size in (2, 3):
            yield from (total(rows) for rows in combinations(shares, size))

    def _pairs(self, claim: Claim, beside: Sequence[Operand]) -> Iterator[tuple[Operand, Operand]]:
        """Yield pairs of one unit: what stands together, then what stands there and its counterparts, then counterparts alone."""
        subjects = self._spoken_of(claim)
        near = list(beside)
        yield from self._alike(combinations(near[:6], 2))
        for row in near[:4]:
            if row.one is None:
                yield from self._alike((row, whole) for whole in self._wholes(row))
        for row in [*near[:4], *subjects[:3]]:
            if row.one:
                yield from self._alike((row, other) for other in self._then(claim, row.one))
                others = [operand(other) for other in relatives(row.one, self.published)]
                yield from self._alike((row, other) for other in others)
        yield from self._alike(combinations([*subjects[:4], *near[:2]], 2))

    def _is_comparison(self, claim: Claim, pair: tuple[Operand, Operand]) -> bool:
        """Whether a pair holds what the draft compares: with the year it names, with the number it goes with."""
        if claim.partner is not None:
            ids = set(self._partner_ids(claim))
            if not any(ids & set(row.ids) for row in pair):
                return False
        if same_unit(claim.told.unit) == "%" and not self._is_share(claim, pair):
            return False
        moment = self._compared_moment(claim)
        if not moment:
            return True
        there = [bool(row.one and agreement(moment, row.one, alone=False)) for row in pair]
        other = next((row.one for row, then in zip(pair, there, strict=True) if not then), None)
        is_own = not other or claim.moment.kind != "period" or agreement(claim.moment, other, alone=False) > 0
        return there.count(True) == 1 and is_own

    def _is_share(self, claim: Claim, pair: tuple[Operand, Operand]) -> bool:
        """Whether of two numbers of different places one place lies in the other, or both are named in the sentence."""
        one, other = (row.one for row in pair)
        if not one or not other or one.place == other.place:
            return True
        nested = one.place in self.published.above(other.place) or other.place in self.published.above(one.place)
        return nested or {one.place, other.place} <= set(claim.places_here)

    def _compared_moment(self, claim: Claim) -> Moment | None:
        """Return the time a claim is compared with: the period it names, or the year before its own (比上年)."""
        if claim.core not in self._compared:
            self._compared[claim.core] = self._compared_with(claim)
        return self._compared[claim.core]

    def _compared_with(self, claim: Claim) -> Moment | None:
        grown = _GROWTH.match(claim.raw_before)
        start = claim.sentence_at if grown else claim.core - len(claim.raw_before)
        period = self.draft.times.compared_with(start, claim.core)
        if period and period.first:
            return Moment("period", period.first, period.last, here=True)
        first, last = claim.moment.first, claim.moment.last
        if not _YEAR_BEFORE.search(claim.raw_before) or not first or not last or (first.month, last.month) != (1, 12):
            return None
        return Moment("period", date(first.year - 1, 1, 1), date(last.year - 1, 12, 31), here=True)

    def _partner_ids(self, claim: Claim) -> tuple[str, ...]:
        """Return what the number a claim goes with rests on; () where nobody knows it."""
        for other in self.draft.indexes_at(claim.partner):
            known = [name for match in self.subjects[other] for name in match.one.rests_on]
            return (*known, *(self.worked_out[other].ids if other in self.worked_out else ()))
        return ()

    def _wholes(self, row: Operand) -> Iterator[Operand]:
        """Yield what a sum that was worked out before may be a share of: the same thing at the place above."""
        part = self.published.by_id.get(row.ids[0]) if row.ids else None
        if part and part.place in self.published.place:
            above = self.published.place[part.place].parent
            found = (other for other in relatives(part, self.published) if other.place == above)
            yield from (operand(other) for other in found)

    def _then(self, claim: Claim, one: PublishedNumber) -> list[Operand]:
        """Return what the same thing was, at any measure, in the period the draft compares with."""
        moment = self._compared_moment(claim)
        if not moment:
            return []
        rows = [
            row
            for row in self.published.of_indicator.get(one.indicator, ())
            if (row.place, row.breakdown) == (one.place, one.breakdown) and not row.is_derived
        ]
        return [operand(row) for row in rows if agreement(moment, row, alone=False)]

    def _alike(self, pairs: Iterator[tuple[Operand, Operand]]) -> Iterator[tuple[Operand, Operand]]:
        for one, other in pairs:
            if one.unit == other.unit and one.ids != other.ids:
                yield one, other

    def _spoken_of(self, claim: Claim) -> list[Operand]:
        """Return the numbers of any unit at the claim's place and time that its words speak of, the best first."""
        if claim.core in self._spoken:
            return self._spoken[claim.core]
        found = []
        for one in self.matcher.spoken_of(claim, _NATURAL):
            if one.is_derived or not self.matcher.place(claim, one):
                continue
            match = self.matcher.match(claim, one)
            if match.time:
                found.append(match)
        found.sort(key=lambda match: (-round(match.relevance, 1), -match.time - match.place))
        self._spoken[claim.core] = [operand(match.one) for match in found[:6]]
        return self._spoken[claim.core]

    def _sums(self, claim: Claim, unit: str, beside: Sequence[Operand]) -> Iterator[Result]:
        alike = [row for row in beside if row.unit == unit and self._may_be_added(claim, row)]
        listed = self._listed_before(claim)
        sums = [alike[:size] for size in range(2, min(len(alike), 6) + 1)]
        sums += [list(pair) for pair in combinations(alike[:4], 2)]
        yield from (total(rows) for rows in sums if listed <= {row.told for row in rows})
        seeds = [row.one for row in (*self._spoken_of(claim), *alike) if row.one and row.unit == unit]
        for seed in seeds[:6]:
            named = self._named_parts(claim, seed)
            if named:
                yield total([operand(row) for row in named])
            for rows in whole_sets(seed, self.published):
                if self.matcher.measure(claim, seed) and agreement(claim.moment, together(rows), alone=True):
                    yield total([operand(row) for row in rows])

    def _listed_before(self, claim: Claim) -> frozenset[str]:
        """Return the numbers of one unit that the clause before lists, where there are several: 4个、3个、1个，加起来是8个."""
        parts = self.draft.parts
        start = parts.clause(claim.core).start
        if not is_a_sum(claim) or start <= claim.sentence_at:
            return frozenset()
        before = parts.clause(start - 1)
        unit = same_unit(claim.told.unit)
        there = [
            one.told.as_printed
            for one in self.draft.of_sentence(claim)
            if one.core in before and same_unit(one.told.unit) == unit
        ]
        return frozenset(there) if len(there) > 1 else frozenset()

    def _products(self, claim: Claim, unit: str, beside: Sequence[Operand]) -> Iterator[Result]:
        """Yield what all of them have together: 32座 times 50平方米 a piece."""
        around = unique([*beside[:8], *self._spoken_of(claim)])
        for each in around:
            per = each.one.unit.partition("/")[2] if each.one else ""
            if per and each.unit == unit:
                counts = (row for row in around if row.unit == same_unit(per))
                yield from (Result(row.value * each.value, "×", (row, each)) for row in counts)

    def _may_be_added(self, claim: Claim, row: Operand) -> bool:
        return row.one is None or claim.is_supposed or self.matcher.measure(claim, row.one) > 0

    def _named_parts(self, claim: Claim, seed: PublishedNumber) -> list[PublishedNumber]:
        """Return what the places named in the sentence have of the same thing: 甲区和乙区合计."""
        named = claim.places_joined
        rows = [
            row
            for row in self.published.of_indicator.get(seed.indicator, ())
            if (row.measure, row.breakdown, row.variant) == (seed.measure, seed.breakdown, seed.variant)
            and not row.is_derived
            and row.place in named
            and is_same_time(seed, row)
        ]
        return rows if len(rows) > 1 and len({row.place for row in rows}) == len(rows) else []

    def _means(self, claim: Claim, unit: str, beside: Sequence[Operand]) -> Iterator[Result]:
        around = [*beside[:8], *self._spoken_of(claim)]
        tops = [row for row in around if row.unit == unit]
        per = self._per(claim)
        for top in unique(tops)[:5]:
            if top.one and _YEARLY.search(claim.raw_before):
                yield from by_years(top, top.one)
                continue
            counts = [row for row in beside[:8] if row.unit in per and row.value]
            counts = [row for row in counts if row.told in self._printed_with(claim)] or counts
            if not counts:
                counts = [row for row in around if row.unit != unit and row.value]
                counts += [
                    operand(row)
                    for row in (relatives(top.one, self.published) if top.one else ())
                    if top.one and row.measure == top.one.measure
                ]
            for below in unique(counts)[:12]:
                if below.unit not in (unit, "%") and below.value and (not per or below.unit in per):
                    yield Result(top.value / below.value, "÷", (top, below))

    def _printed_with(self, claim: Claim) -> frozenset[str]:
        """Return the numbers of a claim's sentence as printed."""
        return frozenset(other.told.as_printed for other in self.draft.of_sentence(claim))

    def _per(self, claim: Claim) -> tuple[str, ...]:
        """Return the units a mean is told by (每公里, 户均); () where none is named that anything is counted in."""
        found = list(_PER.finditer(claim.raw_before))
        if not found:
            return ()
        named = found[-1].group("unit") or found[-1].group("per")
        units = [unit_words()[word].unit for word in (named, named[:1]) if word in unit_words()]
        told = same_unit(units[0]) if units else ""
        return tuple({"人": ("人", "人次")}.get(told, (told,))) if told in self.published.indicators_in else ()

    def _judged(self, claim: Claim, result: Result) -> Derivation:
        exact = all(row.qualifier == "exact" for row in result.operands)
        value = abs(result.value)
        told = claim.told
        if result.sign == "-" and told.qualifier == "more_than" and told.as_printed.startswith(_EXCESS):
            told = replace(told, qualifier="exact")
        fits = fit(told, value, None, "exact" if exact else "approx", derived=True) in ("same", "rounded")
        ids = tuple(dict.fromkeys(name for row in result.operands for name in row.ids))
        found = Derivation(value, "", ids, fits, result=result)
        return self._warned(claim, result, self._explained(claim, found)) if fits else found

    def _explained(self, claim: Claim, found: Derivation) -> Derivation:
        """Return a derivation with how it was made, in words."""
        unit = same_unit(claim.told.unit)
        shown = amount(found.value.quantize(Decimal("0.1")) if unit in ("%", "倍", "百分点") else found.value, unit)
        return replace(found, how=f"{found.result.told(self.published)} = {shown}" if found.result else "")

    def _warned(self, claim: Claim, result: Result, found: Derivation) -> Derivation:
        told, value = direction(claim), self._oriented(claim, result)
        if told and value and (told > 0) != (value > 0):
            return replace(found, fault=f"方向相反：{found.how}", is_wrong_way=True)
        if self._is_planned(claim, result):
            return replace(found, fault=f"计划数不能说成完成：{found.how}")
        if _falls_short(claim, result):
            return replace(found, fault=f"方向相反：{found.how}", is_wrong_way=True)
        ids = frozenset(name for row in result.operands for name in row.ids)
        is_sum = result.sign == "+"
        if result.sign == "-" and claim.measure in _AHEAD and not claim.is_neutral and not mentions_plans(result):
            return replace(found, fits=False)
        if is_sum and mixes_plans(result) and not (claim.is_supposed or _IF.search(claim.raw_before)):
            return replace(found, fault=f"已完成数与计划数不能直接相加：{found.how}，只能写若完成")
        if (not is_sum or claim.is_supposed) and ids in self.published.numbers.computed_from:
            warned = [caution.reason for caution in self.published.cautions if caution.forbids(ids)]
            return replace(found, warning=f"；注意：{warned[0]}" if warned else "")
        for caution in self.published.cautions:
            if is_sum and caution.kind == "misleading" and mixes_plans(result):
                continue
            if caution.forbids(ids) and (is_sum or caution.kind in _STRICT):
                return replace(found, fault=f"{found.how}，但不能这样合并或相比：{caution.reason}")
        return found

    def _oriented(self, claim: Claim, result: Result) -> Decimal:
        """Return the result signed as the sentence holds one against the other; zero where it does not say which."""
        moment = self._compared_moment(claim)
        if moment and len(result.operands) == 2:
            then = [bool(row.one and agreement(moment, row.one, alone=False)) for row in result.operands]
            if then in ([True, False], [False, True]) and not REST.search(claim.raw_before):
                return result.value if then[1] else -result.value
        if _has_direction(claim, result):
            return result.value
        rows = [row.one for row in result.operands]
        if result.sign != "-" or len(rows) != 2 or not rows[0] or not rows[1]:
            return Decimal(0)
        order = self._former_and_latter(claim, result)
        if order:
            return order
        held = self._held_against(claim)
        if held and held in [row.told for row in result.operands] and rows[0] != rows[1]:
            return -result.value if result.operands[0].told == held else result.value
        leads, others = self._versus(claim)
        if rows[0].place in leads and rows[1].place in others:
            return result.value
        if rows[1].place in leads and rows[0].place in others:
            return -result.value
        return Decimal(0)

    def _former_and_latter(self, claim: Claim, result: Result) -> Decimal:
        """Return the result signed for 后者比前者 and 前者比后者; zero where neither is said."""
        former, latter = _FORMER.search(claim.raw_before), _REVERSED.search(claim.raw_before)
        cores = {other.told.as_printed: other.core for other in self.draft.of_sentence(claim)}
        one, other = (cores.get(row.told, 0) for row in result.operands)
        if not (former or latter) or not one or not other:
            return Decimal(0)
        return result.value if (one < other) == bool(former) else -result.value

    def _held_against(self, claim: Claim) -> str:
        """Return the number in the clause of a claim that it is the difference to, as printed: 比活动用房的10.9万平方米少."""
        there = [
            other
            for other in self.draft.of_sentence(claim)
            if claim.core - len(claim.raw_before) <= other.core < claim.core and is_held_against(other)
        ]
        return there[-1].told.as_printed if there and is_compared(claim) else ""

    def _versus(self, claim: Claim) -> tuple[frozenset[str], frozenset[str]]:
        """Return the places before and behind 比 in the clause of a claim."""
        mark = _VERSUS.search(claim.raw_before)
        if not mark:
            return frozenset(), frozenset()
        at = claim.core - len(claim.raw_before) + mark.start()
        led = [
            (one.start, self.published.place_named.get(one.name, ""))
            for one in self.draft.named_between(claim.sentence_at, claim.core)
        ]
        others = frozenset(place for start, place in led if start > at and place)
        leads = [place for start, place in led if start < at and place]
        return frozenset(leads[-1:]), others

    def forbidden(self, index: int) -> list[Derivation]:
        """Return sums a caution forbids that come to just the value told, and differences where the claim tells one."""
        claim = self.draft.claims[index]
        unit = same_unit(claim.told.unit)
        there = frozenset(name for row in self._beside(claim, index) for name in row.ids)
        found = []
        for caution in self.published.cautions:
            rows = [self._forbidden_rows(claim, group, unit, there) for group in caution.groups]
            for size in (2, 3):
                for groups in combinations([group for group in rows if group], size):
                    for chosen in product(*groups):
                        judged = self._judged(claim, _put_together(claim, [operand(row) for row in chosen]))
                        if judged.fits:
                            fault = f"{judged.how}，但不能这样合并或相比：{caution.reason}"
                            found.append(replace(judged, fault=fault, is_wrong_way=False))
        return found

    def _forbidden_rows(
        self, claim: Claim, group: frozenset[str], unit: str, there: frozenset[str]
    ) -> list[PublishedNumber]:
        rows = [self.published.by_id[name] for name in group if name in self.published.by_id]
        rows = [row for row in rows if same_unit(row.unit) == unit and self.matcher.place(claim, row)]
        return [
            row
            for row in sorted(rows, key=lambda row: row.id)
            if row.id in there or self.matcher.relevance.of(claim, row) >= _NATURAL - 0.05
        ][:6]

    def _is_planned(self, claim: Claim, result: Result) -> bool:
        """Whether what is told as done rests on what was only planned for the time told."""
        if claim.measure != "actual" or claim.is_neutral or not claim.is_done:
            return False
        alone = [row.one for row in result.operands if row.one and self.matcher.measure(claim, row.one) == 0]
        done = any(row.one and row.one.measure == "actual" for row in result.operands)
        same = all(one.measure in ("plan", "target") for one in alone)
        return bool(alone) and same and not done


def _put_together(claim: Claim, rows: Sequence[Operand]) -> Result:
    """Return the difference of two numbers where a claim tells one, else their sum."""
    return difference(*rows) if len(rows) == 2 and is_compared(claim) else total(rows)


def _is_one_thing(one: Operand, other: Operand, beside: Sequence[Operand]) -> bool:
    """Whether a difference has a sense: one indicator, or two numbers that both stand beside it."""
    if one.one is None or other.one is None or one.one.indicator == other.one.indicator:
        return True
    return one in beside and other in beside


def _falls_short(claim: Claim, result: Result) -> bool:
    """Whether a claim tells what was done as behind its aim (还差8个) that is ahead of it."""
    return (
        bool(_SHORTFALL.search(claim.raw_before[-8:]))
        and result.sign == "-"
        and len(result.operands) == 2
        and is_completion(*result.operands)
        and result.value > 0
    )


def _has_direction(claim: Claim, result: Result) -> bool:
    """Whether the operands themselves say which is held against which: two times, or done against aimed at."""
    rows = [row.one for row in result.operands]
    if len(rows) != 2 or not rows[0] or not rows[1]:
        return False
    one, other = rows
    assert one and other
    timed = one.place == other.place and one.day != other.day
    return (
        one.indicator == other.indicator
        and (timed or is_completion(*result.operands))
        and not REST.search(claim.raw_before)
    )
