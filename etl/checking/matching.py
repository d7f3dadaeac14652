"""What a claim may be speaking of: every known number beside it, with how well subject, place, time and measure agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from functools import cached_property, partial

from etl.checking.claims import Claim
from etl.checking.published import URBAN, Absence, Outline, PublishedData, PublishedNumber, leads
from etl.checking.relevance import Relevance
from etl.checking.rounding import Fit, fit, within_rounding
from etl.checking.times import agreement
from etl.checking.vocabulary import Subject
from etl.reading.indicators import same_unit

Key = tuple[str, str, str, str, str, bool]

_GOES_ON = 0.9
_SOON = timedelta(days=5)
_ASPECTS = ("unit", "place", "time", "measure", "definition")
AHEAD = ("plan", "target")
_KINDS = frozenset({"个", "项", "类", "条"})
_SPOKEN_OF = 0.4
_SAYS = re.compile("[一-鿿]{3}")


@dataclass(frozen=True)
class Match:
    """One known number beside one claim: agreement of place, time and measure is 2 sure, 1 possible, 0 against."""

    one: PublishedNumber
    relevance: float
    place: int
    time: int
    measure: int
    unit: bool
    definition: bool
    fit: Fit

    @property
    def agrees(self) -> bool:
        """Whether nothing the draft says of it speaks against it."""
        return self.unit and self.definition and bool(self.place and self.time and self.measure)

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
        told = (self.unit, self.place, self.time, self.measure, self.definition)
        return tuple(name for name, agrees in zip(_ASPECTS, told, strict=True) if not agrees)


@dataclass
class Matcher:
    """The known numbers, ready to be put beside the claims of one draft."""

    published: PublishedData
    relevance: Relevance = field(init=False)
    _series: dict[str, dict[Key, list[PublishedNumber]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.relevance = Relevance(self.published)

    def matches(self, claim: Claim, before: Match | None = None) -> list[Match]:
        """Return the numbers of the claim's unit, and those of other units that have its very digits, that may decide about it.

        Left out are those that its words hardly speak of, and of those with another value the ones that it speaks less of than of what
        it fits: no verdict looks at them.  A claim whose own words name nothing goes on with what the number ``before`` it spoke of.
        """
        meant = before.one if before else None
        found = [*self._in_unit(claim, meant), *(self.match(claim, one) for one in self._in_other_units(claim, meant))]
        if not before or not self.relevance.is_silent(claim) or _SAYS.search(claim.near):
            return found
        return [_going_on(match, before) for match in found]

    def _in_unit(self, claim: Claim, meant: PublishedNumber | None) -> Iterator[Match]:
        """Yield the numbers of the claim's unit that may fit, and all that its words speak of."""
        numbers, unit = self.published.numbers, same_unit(claim.told.unit)
        near = [*numbers.between(*within_rounding(claim.told)), *numbers.ranges]
        known = {index: numbers.outlines[index] for index in near}
        matches = {
            index: self.match(claim, numbers[index])
            for index, one in known.items()
            if same_unit(one.unit) == unit and self._may_be_meant(claim, one, meant)
        }
        least = min([_SPOKEN, *(match.relevance for match in matches.values() if match.fits and match.agrees)])
        spoken = self._spoken_of(claim, least, meant)
        for index in sorted(
            {*matches, *(index for index in spoken if same_unit(numbers.outlines[index].unit) == unit)}
        ):
            yield matches[index] if index in matches else self.match(claim, numbers[index])

    def _in_other_units(self, claim: Claim, meant: PublishedNumber | None) -> Iterator[PublishedNumber]:
        """Yield the numbers of other units with the claim's digits, its magnitude aside, or its first two."""
        told, unit, numbers = claim.told.value, same_unit(claim.told.unit), self.published.numbers
        for is_told, low, high in _with_digits_of(told):
            for index in numbers.between(low, high):
                outline = numbers.outlines[index]
                if (
                    same_unit(outline.unit) != unit
                    and self._may_be_meant(claim, outline, meant)
                    and is_told(numbers[index])
                ):
                    yield numbers[index]

    def _may_be_meant(self, claim: Claim, one: Outline, meant: PublishedNumber | None) -> bool:
        is_meant = meant is not None and (one.indicator, one.breakdown) == (meant.indicator, meant.breakdown)
        return is_meant or self.relevance.of(claim, one) >= _LEAST

    def _spoken_of(self, claim: Claim, least: float, meant: PublishedNumber | None) -> Iterator[int]:
        numbers = self.published.numbers
        may_be = self.relevance.may_be_spoken_of(claim)
        if meant:
            may_be = may_be | {(meant.indicator, meant.breakdown)}
        for subject in may_be:
            for indexes in self._indexes_of.get(subject, ()):
                is_meant = meant is not None and subject == (meant.indicator, meant.breakdown)
                if is_meant or self.relevance.of(claim, numbers.outlines[indexes[0]]) >= least:
                    yield from indexes

    @cached_property
    def _indexes_of(self) -> Mapping[Subject, Sequence[Sequence[int]]]:
        found: dict[Subject, list[Sequence[int]]] = {}
        for (indicator, breakdown, _unit), indexes in self.published.numbers.of_subject.items():
            found.setdefault((indicator, breakdown), []).append(indexes)
        return found

    def spoken_of(self, claim: Claim, least: float) -> Iterator[PublishedNumber]:
        """Yield the numbers of any unit that the words around ``claim`` speak of, in their order."""
        for index in sorted(self._spoken_of(claim, least, None)):
            yield self.published.numbers[index]

    def match(self, claim: Claim, one: PublishedNumber) -> Match:
        """Return how ``claim`` and one known number stand to each other."""
        coarse = one.step != 1
        fitting = fit(claim.told, one.value, one.value_high, one.qualifier, derived=one.is_derived, coarse=coarse)
        if one.is_derived:
            is_meant = all(self._is_named(claim, name) for name in one.parents)
        elif fitting == "other":
            is_meant = self.relevance.has_item(claim, one)
        else:
            is_meant = not self.relevance.is_other(claim, one)
        is_meant = is_meant and not self.relevance.is_mean_of_other(claim, one)
        return Match(
            one=one,
            relevance=self.relevance.of(claim, one),
            place=self.place(claim, one),
            time=self.time(claim, one),
            measure=self.measure(claim, one),
            unit=_is_unit(claim, one),
            definition=is_meant,
            fit=fitting,
        )

    def _is_named(self, claim: Claim, parent: str) -> bool:
        """Whether an item that went into a computed number is named, where not all items of its breakdown did."""
        one = self.published.by_id.get(parent)
        return one is None or not one.breakdown.startswith("status:") or self.relevance.has_item(claim, one, far=True)

    def place(self, claim: Claim, one: PublishedNumber) -> int:
        """Return how the place told agrees with the place of a number; a rule holds for every place below its own."""
        if claim.is_misplaced:
            return 0
        if claim.is_one_of and one.place != claim.place and one.place in self.published.above(claim.place):
            return 1
        if one.measure == claim.measure == "standard" and one.place in self.published.above(claim.place):
            return 1 if claim.place != one.place else 2
        if claim.place == one.place:
            return 2 if claim.scope != "home" or one.place == self.published.home else 1
        places = self.published.places_of[one.indicator]
        if claim.place and claim.place not in places and self._is_urban_of(claim.place, one.place):
            return 2
        if claim.scope == "home" and claim.place not in places:
            return 1
        if one.place not in claim.places_near:
            return 0
        same_city = self.published.city_of(claim.place) == self.published.city_of(one.place)
        if len(places) == 1 and same_city and (one.place not in claim.places_here or len(claim.places_here) > 1):
            return 1
        if claim.place not in self.published.above(one.place):
            return 0
        return int(claim.place not in places or one.place in claim.places_led)

    def _is_urban_of(self, told: str, place: str) -> bool:
        """Whether one is the urban area of the other: 全市 and 市区 name the same number where only one of them has it."""
        kinds = self.published.place
        if told not in kinds or place not in kinds:
            return False
        up, down = (told, place) if kinds[place].parent == told else (place, told)
        return kinds[down].parent == up and kinds[down].kind == URBAN

    def measure(self, claim: Claim, one: PublishedNumber) -> int:
        """Return how what the sentence says it is (done, planned, laid down) agrees with a number."""
        if one.is_derived:
            return 2 if not one.measure or claim.measure in AHEAD or claim.is_supposed else 0
        if claim.measure == one.measure:
            return 2
        if claim.is_base and claim.measure in AHEAD and one.measure == "actual" and not one.is_flow:
            return 1
        if claim.measure in AHEAD and one.measure in AHEAD:
            return 1
        if "standard" in (claim.measure, one.measure):
            told, known = sorted((claim.measure, one.measure), key=lambda name: name == "standard")
            rivals = {row.measure for row in self.published.of_indicator[one.indicator] if row.place == one.place}
            return int(claim.measure not in rivals and not (known == one.measure and claim.is_done and told in AHEAD))
        if claim.is_supposed and one.measure in AHEAD:
            return 1
        if claim.measure == "actual" and self._is_done_too(claim, one):
            return 0
        return int(claim.is_neutral or (not claim.is_done and self.relevance.is_item_near(claim, one)))

    def _is_done_too(self, claim: Claim, one: PublishedNumber) -> bool:
        """Whether what was planned was also done: words that fit both then mean what was done."""
        return any(
            row.measure == "actual"
            and (row.place, row.breakdown) == (one.place, one.breakdown)
            and self.time(claim, row)
            for row in self.published.of_indicator[one.indicator]
            if not row.is_derived
        )

    def time(self, claim: Claim, one: PublishedNumber) -> int:
        """Return how the time told agrees; of a running total only the last day of a period told speaks for it."""
        series = self.series(one)
        found = agreement(claim.moment, one, alone=len(series) == 1)
        if claim.is_base and not found and not one.is_flow and one.measure == "actual":
            last = claim.moment.last
            return int(bool(last and one.day and one.day <= last))
        last = claim.moment.last
        if not found or not one.running or not last or not one.day or claim.moment.kind != "period":
            return found
        return 0 if any(row.day and one.day < row.day <= last + _SOON for row in series) else found

    def absence(self, claim: Claim) -> Absence | None:
        """Return why there is no number of what a claim speaks of at its place and time, where that is declared."""
        best: tuple[float, Absence | None] = (_SPOKEN_OF, None)
        for one in self.published.absences:
            known = self.published.of_indicator.get(one.indicator, ())
            if one.place != claim.place or one.breakdown or not known or not _is_then(claim, one):
                continue
            relevance = max(self.relevance.of(claim, row) for row in known if not row.breakdown)
            if _is_unit(claim, known[0]) and relevance > best[0] and one.measure in (claim.measure, ""):
                best = (relevance, one)
        return best[1]

    def series(self, one: PublishedNumber) -> Sequence[PublishedNumber]:
        """Return the numbers that differ from ``one`` in their time alone, itself among them."""
        if one.indicator not in self._series:
            found = self._series[one.indicator] = {}
            for row in self.published.of_indicator[one.indicator]:
                found.setdefault(_key(row), []).append(row)
        return self._series[one.indicator][_key(one)]


def _is_then(claim: Claim, absence: Absence) -> bool:
    """Whether an absence is of the time a claim tells."""
    first, last = absence.period_start, absence.period_end
    moment = claim.moment
    if not first or not last:
        return True
    return bool(moment.first and moment.last and first <= moment.first and moment.last <= last)


def _is_unit(claim: Claim, one: PublishedNumber) -> bool:
    """Whether the units agree; N大 counts anything, a team (队) is counted by 支 and by 个."""
    told, known = same_unit(claim.told.unit), same_unit(one.unit)
    if told == known:
        return True
    if claim.told.as_printed.endswith("大"):
        return known in _KINDS
    return {told, known} == {"支", "个"} and "队" in f"{claim.counted}{claim.near}"


def _with_digits_of(told: Decimal) -> Iterator[tuple[Callable[[PublishedNumber], bool], float, float]]:
    """Yield a test, and between which values the numbers lie that may pass it: the same digits at one magnitude, the first two digits."""
    for factor in _MAGNITUDES:
        yield partial(_is_value, told * factor), float(told * factor), float(told * factor)
    for size, first in leads(told):
        tens = Decimal(10) ** (size - 1)
        yield partial(_is_led_by, (size, first), told), float(first * tens), float((first + 1) * tens)


def _is_value(value: Decimal, one: PublishedNumber) -> bool:
    return bool(value) and one.value == value


def _is_led_by(lead: tuple[int, int], told: Decimal, one: PublishedNumber) -> bool:
    return not one.is_derived and one.value != told and leads(one.value)[:1] == (lead,)


def _key(one: PublishedNumber) -> Key:
    return (one.indicator, one.place, one.measure, one.breakdown, one.variant, one.is_derived)


def _going_on(match: Match, before: Match) -> Match:
    if match.one.indicator != before.one.indicator or match.one.breakdown != before.one.breakdown:
        return match
    return replace(match, relevance=max(match.relevance, _GOES_ON * before.relevance))


_LEAST = 0.02
"""How much the words must at least speak of a number for it to be looked at (less than any verdict asks for)."""
_SPOKEN = 0.25
"""Of a number with another value likewise."""
_MAGNITUDES = tuple(Decimal(10) ** power for power in (0, -8, -4, -3, 3, 4, 8))
"""A number is looked for in other units as it stands, and with its magnitude mistaken: 万 for 亿, 元 for 万元."""
