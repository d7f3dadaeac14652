"""What a claim may be speaking of: every known number beside it, with how well subject, place, time and measure agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from etl.reading.claims import Claim
from etl.reading.indicators import same_unit
from etl.reading.known import URBAN, Knowledge, Number
from etl.reading.moments import agreement
from etl.reading.relevance import Relevance
from etl.reading.rounding import Fit, fit

_GOES_ON = 0.9
_AHEAD = ("plan", "target")


@dataclass(frozen=True)
class Bond:
    """One known number beside one claim: agreement of place, time and measure is 2 sure, 1 possible, 0 against."""

    one: Number
    relevance: float
    place: int
    time: int
    measure: int
    unit: bool
    fit: Fit

    @property
    def agrees(self) -> bool:
        """Whether nothing the draft says of it speaks against it."""
        return self.unit and bool(self.place and self.time and self.measure)

    @property
    def fits(self) -> bool:
        """Whether the numbers agree, rounding included."""
        return self.fit in ("same", "rounded")

    @property
    def sureness(self) -> int:
        """How much the draft says for it."""
        return self.place + self.time + self.measure

    @property
    def against(self) -> tuple[str, ...]:
        """What speaks against it, in the order in which it is told."""
        faults = (("unit", not self.unit), ("place", not self.place), ("time", not self.time), ("measure", not self.measure))
        return tuple(name for name, is_against in faults if is_against)


@dataclass
class Binder:
    """The known numbers, ready to be put beside the claims of one draft."""

    knowledge: Knowledge
    relevance: Relevance = field(init=False)

    def __post_init__(self) -> None:
        self.relevance = Relevance(self.knowledge)

    def bonds(self, claim: Claim, before: Bond | None = None) -> list[Bond]:
        """Return the numbers of the claim's unit, and those of other units that have its very digits.

        A claim whose own words name nothing goes on with what the number ``before`` it spoke of.
        """
        found = [self.bond(claim, one) for one in self._candidates(claim, same_unit(claim.told.unit))]
        if not before or not self.relevance.is_silent(claim):
            return found
        return [_going_on(bond, before) for bond in found]

    def _candidates(self, claim: Claim, unit: str) -> Iterator[Number]:
        for name, rows in self.knowledge.by_unit.items():
            for one in rows:
                if name == unit or one.value == claim.told.value or _is_shifted(claim.told.value, one.value):
                    yield one

    def bond(self, claim: Claim, one: Number) -> Bond:
        """Return how ``claim`` and one known number stand to each other."""
        return Bond(
            one=one,
            relevance=self.relevance.of(claim, one),
            place=self.place(claim, one),
            time=agreement(claim.moment, one, alone=self._is_alone(one)),
            measure=self.measure(claim, one),
            unit=same_unit(one.unit) == same_unit(claim.told.unit),
            fit=fit(claim.told, one.value, one.value_high, one.qualifier, derived=one.is_derived),
        )

    def place(self, claim: Claim, one: Number) -> int:
        """Return how the place told agrees with the place of a number."""
        if claim.place == one.place:
            return 2 if claim.scope != "home" or one.place == self.knowledge.home else 1
        places = self.knowledge.places_of[one.indicator]
        if claim.place and claim.place not in places and self._is_urban_of(claim.place, one.place):
            return 2
        if claim.scope == "home" and claim.place not in places:
            return 1
        if one.place not in claim.places_near:
            return 0
        if len(places) == 1 and (one.place not in claim.places_here or len(claim.places_here) > 1):
            return 1
        below = claim.place and claim.place in self.knowledge.above(one.place)
        return int(bool(below) and claim.place not in places)

    def _is_urban_of(self, told: str, place: str) -> bool:
        """Whether one is the urban area of the other: 全市 and 市区 name the same number where only one of them has it."""
        kinds = self.knowledge.place
        if told not in kinds or place not in kinds:
            return False
        up, down = (told, place) if kinds[place].parent == told else (place, told)
        return kinds[down].parent == up and kinds[down].kind == URBAN

    def measure(self, claim: Claim, one: Number) -> int:
        """Return how what the sentence says it is (done, planned, laid down) agrees with a number."""
        if one.is_derived and not one.measure:
            return 2
        if claim.measure == one.measure:
            return 2
        if claim.measure in _AHEAD and one.measure in _AHEAD:
            return 1
        if "standard" in (claim.measure, one.measure):
            told, known = sorted((claim.measure, one.measure), key=lambda name: name == "standard")
            rivals = {row.measure for row in self.knowledge.of_indicator[one.indicator] if row.place == one.place}
            return int(claim.measure not in rivals and not (known == one.measure and claim.is_done and told in _AHEAD))
        return int(claim.is_neutral)

    def _is_alone(self, one: Number) -> bool:
        return len(self.series(one)) == 1

    def series(self, one: Number) -> list[Number]:
        """Return the numbers that differ from ``one`` in their time alone, itself among them."""
        key = (one.place, one.measure, one.breakdown, one.variant, one.is_derived)
        return [
            row
            for row in self.knowledge.of_indicator[one.indicator]
            if (row.place, row.measure, row.breakdown, row.variant, row.is_derived) == key
        ]


def _going_on(bond: Bond, before: Bond) -> Bond:
    if bond.one.indicator != before.one.indicator or bond.one.breakdown != before.one.breakdown:
        return bond
    return replace(bond, relevance=max(bond.relevance, _GOES_ON * before.relevance))


def _is_shifted(told: Decimal, known: Decimal) -> bool:
    """Whether only the magnitude differs: 万 for 亿, 元 for 万元."""
    if not told or not known:
        return False
    factor = told / known
    return factor in _MAGNITUDES


_MAGNITUDES = frozenset(Decimal(10) ** power for power in (-8, -4, -3, 3, 4, 8))
