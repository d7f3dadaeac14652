"""The one computation that a sentence names: the operation by its words, the operands by standing there or by being named.

What fits by chance names nothing, and only a computation that is named refutes a number or says what it should be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.checking.arithmetic import Result, is_completion
from etl.checking.claims import Claim, Draft
from etl.checking.cues import SUM, is_compared, is_held_against
from etl.checking.operands import Operand, is_same_time
from etl.checking.published import PublishedData
from etl.checking.times import Moment, agreement
from etl.reading.indicators import same_unit

_OF_AIM = re.compile("目标|任务|计划")
_COMPLETED = re.compile("完成|目标|任务|达成")
_SHARE = re.compile("占")
_GROWN = re.compile("增长|增幅|提高|下降|减少|上升|增加|降低|降幅")
_THAN = re.compile("[比较]")
_MEAN = re.compile("平均|均|每")


@dataclass(frozen=True)
class Naming:
    """A claim of a draft with what its words say of its operands: the numbers listed before it, the time it is compared with."""

    claim: Claim
    draft: Draft
    published: PublishedData
    listed: frozenset[str]
    compared: Moment | None
    per: Sequence[str]

    def names(self, result: Result) -> bool:
        """Whether the sentence names just this computation."""
        rows, said = result.operands, self.claim.raw_before
        if len(rows) == 2 and not all(row.ids for row in rows):
            return False
        if same_unit(self.claim.told.unit) == "%":
            return len(rows) == 2 and self._is_named_share(*rows)
        if self.claim.told.unit == "倍":
            return len(rows) == 2 and all(row.told for row in rows) and self._nearest() in [row.told for row in rows]
        if is_compared(self.claim):
            return len(rows) == 2 and result.sign == "-" and self._is_named_difference(*rows)
        if result.sign == "÷":
            return len(rows) == 2 and bool(_MEAN.search(said)) and self._is_named_mean(*rows)
        return result.sign == "+" and bool(SUM.search(said[-8:])) and self._is_named_sum(rows)

    def _is_named_share(self, one: Operand, other: Operand) -> bool:
        said = self.claim.raw_before
        if not one.one or not other.one:
            return False
        if _SHARE.search(said):
            return self._is_part_told(one) and (self._is_held(other, _SHARE) or self._is_whole_named(one, other))
        alike = one.one.indicator == other.one.indicator and one.one.place == other.one.place
        if _GROWN.search(said[-8:]):
            then = [
                bool(self.compared and agreement(self.compared, row.one, alone=False))
                for row in (one, other)
                if row.one
            ]
            return alike and one.one.measure == other.one.measure and then.count(True) == 1
        completed = is_completion(one, other) or is_completion(other, one)
        return bool(_COMPLETED.search(said)) and alike and completed and is_same_time(one.one, other.one)

    def _is_named_difference(self, one: Operand, other: Operand) -> bool:
        if not one.one or not other.one or not (one.told or other.told):
            return False
        held = self._held(_THAN)
        if held:
            return held in (one.told, other.told) and self._nearest(held) in (one.told, other.told)
        if self._nearest() not in (one.told, other.told) or one.one.indicator != other.one.indicator:
            return False
        if self.compared:
            then = [bool(agreement(self.compared, row.one, alone=False)) for row in (one, other) if row.one]
            return one.one.place == other.one.place and then.count(True) == 1
        if _OF_AIM.search(self.claim.raw_before):
            return is_completion(one, other) and one.one.place == other.one.place and is_same_time(one.one, other.one)
        places = {one.one.place, other.one.place}
        return len(places) == 2 and self._places_behind(_THAN) <= places and bool(self._places_behind(_THAN))

    def _is_named_mean(self, top: Operand, below: Operand) -> bool:
        there = [row for row in self._before() if same_unit(row.told.unit) == same_unit(self.claim.told.unit)]
        counts = [row for row in self._before() if same_unit(row.told.unit) in (self.per or (below.unit,))]
        is_top = bool(there) and there[-1].told.as_printed == top.told
        return is_top and len(counts) == 1 and counts[0].told.as_printed == below.told

    def _is_named_sum(self, rows: Sequence[Operand]) -> bool:
        if self.listed:
            return self.listed == {row.told for row in rows} and len(rows) == len(self.listed)
        places = [row.one.place for row in rows if row.one]
        joined = self.claim.places_joined
        return bool(joined) and sorted(places) == sorted(joined)

    def _is_part_told(self, one: Operand) -> bool:
        """Whether it is the number that a share is said of: the one it goes with, else the nearest before 占."""
        partner = [row.told.as_printed for row in self.draft.of_sentence(self.claim) if row.core == self.claim.partner]
        return bool(one.told) and one.told == (partner[0] if partner else self._nearest(self._held(_SHARE)))

    def _is_whole_named(self, one: Operand, other: Operand) -> bool:
        """Whether it is the same thing at the place that the words behind 占 name: 占全市的36%."""
        a, b = one.one, other.one
        if not a or not b or self._held(_SHARE) or a.indicator != b.indicator or a.measure != b.measure:
            return False
        named = self._places_behind(_SHARE)
        return named == {b.place} and a.place != b.place and a.breakdown == b.breakdown and is_same_time(a, b)

    def _is_held(self, row: Operand, mark: re.Pattern[str]) -> bool:
        return bool(row.told) and row.told == self._held(mark)

    def _held(self, mark: re.Pattern[str]) -> str:
        """Return the number that stands behind 占 or 比 in the clause of the claim, as printed; "" where none does."""
        start = self.claim.core - len(self.claim.raw_before)
        found = mark.search(self.claim.raw_before)
        first = start + found.end() if found else self.claim.core
        there = [row for row in self._before() if row.core >= first or (row.core >= start and is_held_against(row))]
        return there[-1].told.as_printed if len(there) == 1 else ""

    def _nearest(self, held: str = "") -> str:
        """Return the last number before the claim in its sentence that is not the one it is ``held`` against, as printed."""
        return next((row.told.as_printed for row in reversed(self._before()) if row.told.as_printed != held), "")

    def _before(self) -> list[Claim]:
        return [row for row in self.draft.of_sentence(self.claim) if row.core < self.claim.core]

    def _places_behind(self, mark: re.Pattern[str]) -> set[str]:
        """Return the places named between 占 or 比 and the claim; 全市 is the city."""
        found = mark.search(self.claim.raw_before)
        if not found:
            return set()
        first = self.claim.core - len(self.claim.raw_before) + found.end()
        named = self.draft.named_between(first, self.claim.core)
        city = self.published.city_of(self.claim.place) or self.published.home
        return {city if row.own else self.published.place_named.get(row.name, "") for row in named}
