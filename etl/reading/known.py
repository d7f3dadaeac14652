"""What a draft is checked against, as plain records: numbers, indicators, places, absences, cautions. Nothing is opened here.

The records come from one release as one reader may see it; who that is was decided at the door (``etl.verify``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from etl.reading.indicators import same_unit
from etl.reading.places import KnownPlace

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
class Number:
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
    """Numbers that must not be put together: ``groups`` of number ids, of which no two may meet in one computation.

    A ``name`` of the form 借还总量不是借出册数 also says what the numbers must not be called.
    """

    kind: str
    groups: tuple[frozenset[str], ...]
    reason: str
    name: str = ""

    def forbids(self, ids: frozenset[str]) -> bool:
        """Whether ``ids`` meet numbers of more than one group."""
        return sum(bool(group & ids) for group in self.groups) > 1


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything a draft is checked against. ``home`` is the city's own place; ``items`` and ``projects`` hold names by id, ``alike`` other words for a term, ``units`` the unit a written one means,
    ``titles`` those of the sources.
    """

    home: str = ""
    numbers: tuple[Number, ...] = ()
    indicators: tuple[Measured, ...] = ()
    places: tuple[Place, ...] = ()
    absences: tuple[Absence, ...] = ()
    cautions: tuple[Caution, ...] = ()
    items: Mapping[str, str] = field(default_factory=dict)
    alike: Mapping[str, str] = field(default_factory=dict)
    projects: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Number]:
        """Every number by its id."""
        return {one.id: one for one in self.numbers}

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
    def by_unit(self) -> Mapping[str, tuple[Number, ...]]:
        """The numbers of each unit, units that are only written differently together."""
        found: dict[str, list[Number]] = {}
        for one in self.numbers:
            found.setdefault(same_unit(one.unit), []).append(one)
        return {unit: tuple(rows) for unit, rows in found.items()}

    @cached_property
    def by_value(self) -> Mapping[Decimal, tuple[Number, ...]]:
        """The numbers of each value that is not zero, whatever the unit."""
        found: dict[Decimal, list[Number]] = {}
        for one in self.numbers:
            if one.value:
                found.setdefault(one.value, []).append(one)
        return {value: tuple(rows) for value, rows in found.items()}

    @cached_property
    def by_lead(self) -> Mapping[tuple[int, int], tuple[Number, ...]]:
        """The numbers of three digits and more by their size and their first two digits, for those told rounded."""
        found: dict[tuple[int, int], list[Number]] = {}
        for one in self.numbers:
            if one.value >= _HUNDRED and not one.is_derived:
                found.setdefault(leads(one.value)[0], []).append(one)
        return {lead: tuple(rows) for lead, rows in found.items()}

    @cached_property
    def of_indicator(self) -> Mapping[str, tuple[Number, ...]]:
        """The numbers of each indicator."""
        found: dict[str, list[Number]] = {}
        for one in self.numbers:
            found.setdefault(one.indicator, []).append(one)
        return {indicator: tuple(rows) for indicator, rows in found.items()}

    @cached_property
    def places_of(self) -> Mapping[str, frozenset[str]]:
        """The places at which each indicator has numbers."""
        return {indicator: frozenset(row.place for row in rows) for indicator, rows in self.of_indicator.items()}

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
        days = [
            one.published_on
            for one in self.numbers
            if one.published_on and one.verified and not one.embargoed and self._is_in(one, city)
        ]
        return max(days, default=None)

    def _is_in(self, one: Number, city: str) -> bool:
        return not city or city in self.above(one.place)
