"""What a draft is checked against, as plain records: numbers, indicators, places, absences, cautions. Nothing is opened here.

The records come from one release as one reader may see it; who that is was decided at the door (``etl.verify``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, TypeVar

from etl.reading.indicators import same_unit
from etl.reading.places import KnownPlace

K = TypeVar("K")
T = TypeVar("T")

CITY = "city"
URBAN = "urban_area"
_HUNDRED = Decimal(100)


def leads(value: Decimal) -> tuple[tuple[int, int], ...]:
    """Return the size and the first two digits of ``value``, and of the next number of two digits below; () below a hundred."""
    if value < _HUNDRED:
        return ()
    size = value.adjusted()
    first = int(value.scaleb(1 - size))
    return (size, first), (size, first - 1)


@dataclass(frozen=True)
class PublishedNumber:
    """One published number, or (with ``parents``, the ids of observations) one computed from published ones.

    ``embargoed`` says that the reader may see it and must not print it yet; ``running`` that it is a running total, known at
    several days. Values are in base units.
    """

    id: str
    value: Decimal
    unit: str
    indicator: str
    place: str
    qualifier: str = "exact"
    measure: str = "actual"
    value_high: Decimal | None = None
    step: Decimal = Decimal(1)
    period_start: date | None = None
    period_end: date | None = None
    as_of: date | None = None
    breakdown: str = ""
    variant: str = ""
    conflict: str = ""
    keyword: str = ""
    as_printed: str = ""
    source: str = ""
    published_on: date | None = None
    verified: bool = True
    embargoed: bool = False
    running: bool = False
    parents: tuple[str, ...] = ()

    @property
    def is_derived(self) -> bool:
        """Whether it was computed, not published."""
        return bool(self.parents)

    @property
    def is_flow(self) -> bool:
        """Whether it covers a closed period, rather than speaking of a day or running up to one."""
        return self.period_start is not None and self.period_end is not None and not self.running

    @property
    def day(self) -> date | None:
        """The last day it speaks of."""
        return self.period_end or self.as_of

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The observations it is, or was computed from."""
        return self.parents or (self.id,)


@dataclass(frozen=True)
class Measured:
    """One indicator: its name, the unit of its numbers, its kind (stock, flow, cumulative, ratio, rank) and its project."""

    id: str
    name: str
    unit: str
    kind: str = "stock"
    project: str = ""


@dataclass(frozen=True)
class Place:
    """One place with its other names, the place above it and its kind."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Absence:
    """One expected number that is not there; ``state`` not_published, not_in_sources, not_in_plan or not_applicable."""

    indicator: str
    place: str
    state: str
    reason: str = ""
    measure: str = ""
    period_start: date | None = None
    period_end: date | None = None
    breakdown: str = ""


@dataclass(frozen=True)
class Caution:
    """PublishedNumbers that must not be put together: ``groups`` of number ids, of which no two may meet in one computation.

    A ``name`` of the form 借还总量不是借出册数 also says what the numbers must not be called.
    """

    kind: str
    groups: tuple[frozenset[str], ...]
    reason: str
    name: str = ""

    def forbids(self, ids: frozenset[str]) -> bool:
        """Whether ``ids`` meet numbers of more than one group."""
        return sum(bool(group & ids) for group in self.groups) > 1


class Outline(NamedTuple):
    """What of a known number tells whether a draft may mean it; ``position`` is where the number is read, ``keyword`` the words that
    stood beside it, ``published_on`` the ISO day for those that are checked and may be printed, else ""."""

    position: int
    id: str
    indicator: str
    breakdown: str
    unit: str
    place: str
    value: float
    is_range: bool
    keyword: str
    published_on: str = ""
    parents: tuple[str, ...] = ()


class _ByKey(Mapping[str, T]):
    """What belongs to each of some keys, worked out when it is first asked for."""

    def __init__(self, keys: Collection[str], make: Callable[[str], T]) -> None:
        self._keys, self._make, self._made = keys, make, dict[str, T]()

    def __getitem__(self, key: str) -> T:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@dataclass(frozen=True, eq=False)
class PublishedNumbers:
    """All known numbers in their order: ``outline`` tells of each what it is, ``read`` gives those at some positions, in their order.

    An indicator's numbers are read together, when one of them is first asked for.
    """

    outline: Callable[[], Sequence[Outline]]
    read: Callable[[Sequence[int]], Sequence[PublishedNumber]]

    @classmethod
    def of(cls, numbers: Sequence[PublishedNumber]) -> PublishedNumbers:
        """PublishedNumbers that are there already."""
        outlines = [
            Outline(
                position,
                number.id,
                number.indicator,
                number.breakdown,
                number.unit,
                number.place,
                float(number.value),
                number.value_high is not None,
                number.keyword,
                str(number.published_on or "") if number.verified and not number.embargoed else "",
                number.parents,
            )
            for position, number in enumerate(numbers)
        ]
        return cls(lambda: outlines, lambda positions: [numbers[position] for position in positions])

    @cached_property
    def outlines(self) -> Sequence[Outline]:
        """Every number's outline; a number is named below by its index here."""
        return self.outline()

    @cached_property
    def of_indicator(self) -> Mapping[str, tuple[PublishedNumber, ...]]:
        """The numbers of each indicator."""
        return _ByKey(
            self._of_indicator,
            lambda indicator: tuple(
                self.read([self.outlines[index].position for index in self._of_indicator[indicator]])
            ),
        )

    @cached_property
    def _of_indicator(self) -> Mapping[str, Sequence[int]]:
        return _indexes(one.indicator for one in self.outlines)

    @cached_property
    def by_id(self) -> Mapping[str, PublishedNumber]:
        """Every number by its id."""
        indexes = {one.id: index for index, one in enumerate(self.outlines)}
        return _ByKey(indexes, lambda name: self[indexes[name]])

    def __getitem__(self, index: int) -> PublishedNumber:
        indicator = self.outlines[index].indicator
        return self.of_indicator[indicator][bisect_left(self._of_indicator[indicator], index)]

    @cached_property
    def of_subject(self) -> Mapping[tuple[str, str, str], Sequence[int]]:
        """Indicator, breakdown and unit -> the numbers of them."""
        return _indexes((one.indicator, one.breakdown, one.unit) for one in self.outlines)

    @cached_property
    def _sorted(self) -> Sequence[tuple[float, int]]:
        return sorted((one.value, index) for index, one in enumerate(self.outlines))

    def between(self, low: float, high: float) -> list[int]:
        """The numbers of these values, both ends included and a little beyond for what a float cannot tell."""
        slack = 1e-9 * max(abs(low), abs(high))
        first, last = (bisect_left(self._sorted, (end,)) for end in (low - slack, high + 2 * slack))
        return sorted(index for _, index in self._sorted[first:last])

    @cached_property
    def ranges(self) -> Sequence[int]:
        """The numbers with two ends."""
        return [index for index, one in enumerate(self.outlines) if one.is_range]

    @cached_property
    def computed_from(self) -> frozenset[frozenset[str]]:
        """The observations that each computed number rests on."""
        return frozenset(frozenset(one.parents) for one in self.outlines if one.parents)

    @cached_property
    def last_published(self) -> Mapping[str, date]:
        """Place -> the last day on which something checked was published about it."""
        days: dict[str, str] = {}
        for one in self.outlines:
            days[one.place] = max(days.get(one.place, ""), one.published_on)
        return {place: date.fromisoformat(day) for place, day in days.items() if day}


def _indexes(keys: Iterable[K]) -> Mapping[K, Sequence[int]]:
    found: dict[K, list[int]] = {}
    for index, key in enumerate(keys):
        found.setdefault(key, []).append(index)
    return found


@dataclass(frozen=True, eq=False)
class PublishedData:
    """Everything a draft is checked against. ``home`` is the city's own place; ``items`` and ``projects`` hold names by id, ``alike`` other words for a term, ``units`` the unit a written one means,
    ``titles`` those of the sources.
    """

    home: str = ""
    numbers: PublishedNumbers = field(default_factory=lambda: PublishedNumbers.of(()))
    indicators: tuple[Measured, ...] = ()
    places: tuple[Place, ...] = ()
    absences: tuple[Absence, ...] = ()
    cautions: tuple[Caution, ...] = ()
    items: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)
    projects: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def by_id(self) -> Mapping[str, PublishedNumber]:
        """Every number by its id."""
        return self.numbers.by_id

    @property
    def of_indicator(self) -> Mapping[str, tuple[PublishedNumber, ...]]:
        """The numbers of each indicator."""
        return self.numbers.of_indicator

    @cached_property
    def indicator(self) -> Mapping[str, Measured]:
        """Every indicator by its id."""
        return {one.id: one for one in self.indicators}

    @cached_property
    def place(self) -> Mapping[str, Place]:
        """Every place by its id."""
        return {one.id: one for one in self.places}

    @cached_property
    def place_named(self) -> Mapping[str, str]:
        """Name or other name -> place id; a full name wins over another place's other name."""
        others = {alias: one.id for one in self.places for alias in one.aliases}
        return others | {one.name: one.id for one in self.places}

    @cached_property
    def known_places(self) -> tuple[KnownPlace, ...]:
        """The places as the reader of bulletins wants them."""
        return tuple(KnownPlace(one.id, one.name, one.aliases, one.parent) for one in self.places)

    @cached_property
    def indicators_in(self) -> Mapping[str, frozenset[str]]:
        """The indicators that have numbers in each unit, units that are only written differently together."""
        found: dict[str, set[str]] = {}
        for indicator, _breakdown, unit in self.numbers.of_subject:
            found.setdefault(same_unit(unit), set()).add(indicator)
        return {unit: frozenset(indicators) for unit, indicators in found.items()}

    @cached_property
    def places_of(self) -> Mapping[str, frozenset[str]]:
        """The places at which each indicator has numbers."""
        return _ByKey(self.of_indicator, lambda name: frozenset(row.place for row in self.of_indicator[name]))

    def above(self, place: str) -> tuple[str, ...]:
        """The place and all above it, the nearest first."""
        chain: list[str] = []
        while place in self.place and place not in chain:
            chain.append(place)
            place = self.place[place].parent
        return tuple(chain)

    def city_of(self, place: str) -> str:
        """The city a place lies in, or is; "" above cities."""
        return next((one for one in self.above(place) if self.place[one].kind == CITY), "")

    def latest(self, city: str) -> date | None:
        """The last day on which something checked was published about ``city`` or a place in it."""
        days = self.numbers.last_published.items()
        return max((day for place, day in days if not city or city in self.above(place)), default=None)
