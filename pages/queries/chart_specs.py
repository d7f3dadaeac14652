"""What a chart shows, as a row of charts.csv says it or as numbers allow it: selectors that name just these numbers, ids, titles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from etl.language import in_words
from etl.model import Number
from etl.release.tables import Release
from etl.rules.selectors import Selector, checked_selector
from pages.queries.geography import above, parents
from pages.queries.numbers import names
from pages.queries.reference import indicators

FLOWING = ("flow", "cumulative")
YEAR = 12

T = TypeVar("T")


@dataclass(frozen=True)
class ChartSpec:
    """One chart: its id, its form (pages.charts.form), its title and note in the language in force, the numbers it shows and those it
    compares them with.

    A chart made from numbers also has the indicator and the place it is about (of a chart by place: the whole) and ``where``, that
    place's name where it is not the city.
    """

    chart: str
    form: str
    title: str
    shows: tuple[Selector, ...]
    compared_with: tuple[Selector, ...] = ()
    note: str = ""
    indicator: str = ""
    place: str = ""
    where: str = ""


def pinned(indicator: str, **pins: str) -> Selector:
    """The selector of ``indicator`` with these pins, empty ones left out; FormulaError for a pin that says nothing."""
    return checked_selector(indicator, {key: value for key, value in pins.items() if value})


def time_pins(number: Number) -> dict[str, str]:
    """The pins that name the time of ``number``."""
    start, end, day = number.period_start, number.period_end, number.as_of
    period = f"{start or ''}/{end or ''}" if start or end else "none"
    return {"period": period, "as_of": str(day) if day else ""}


class Named:
    """What a chart of this release is called in one language, and what its indicators and places are like."""

    def __init__(self, release: Release) -> None:
        self._indicators, self._places = indicators(release), names(release, "places")
        self.kinds = {code: each.kind for code, each in self._indicators.items()}
        self._dimensions = {row["dimension"]: in_words(row, "dimension_name") for row in release.rows("breakdowns")}
        self.city, self._up = release.city.place, parents(release)
        self.parents = {row["place"]: row["parent"] for row in release.rows("places") if row["sums"]}

    def position(self, indicator: str) -> int:
        """Where it stands among the indicators."""
        return self._indicators[indicator].position if indicator in self._indicators else len(self._indicators)

    def flows_alike(self, indicator: str, other: str) -> bool:
        """Whether two indicators are counted in one unit and both flow or add up."""
        both = [self._indicators[name] for name in {indicator, other} if name in self._indicators]
        return len(both) == 2 and both[0].unit == both[1].unit and all(each.kind in FLOWING for each in both)

    def level(self, place: str) -> int:
        """How many places lie above it."""
        return len(above(self._up, place))

    def title(self, indicator: str, place: str, dimension: str = "") -> str:
        """Place (where it is not the city), indicator, and what it is broken down by."""
        name = self._indicators[indicator].name if indicator in self._indicators else indicator
        parts = (self.where(place), name, self._dimensions.get(dimension, dimension))
        return " · ".join(filter(None, parts))

    def where(self, place: str) -> str:
        """The name of a place that is not the city."""
        return "" if place == self.city else self._places.get(place, place)

    def chart(
        self,
        form: str,
        shows: Iterable[Selector],
        number: Number,
        *id_parts: str,
        place: str = "",
        dimension: str = "",
        compared_with: Iterable[Selector] = (),
    ) -> ChartSpec:
        """A chart of ``form`` whose first number is ``number``; ``id_parts`` are the first word of its id and what else tells it apart."""
        place = place or number.place
        first, *others = id_parts
        return ChartSpec(
            "_".join(filter(None, (first, number.indicator, place, dimension, *others))),
            form,
            self.title(number.indicator, place, dimension),
            tuple(shows),
            tuple(compared_with),
            indicator=number.indicator,
            place=place,
            where=self.where(place),
        )


def grouped(rows: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    """The rows that agree in their ``key``, in order of appearance."""
    groups: dict[Hashable, list[T]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def day_of(number: Number) -> dt.date | None:
    """The day a number speaks of."""
    return number.as_of or number.period_end


def exactly(number: Number) -> Selector:
    """The selector of just this number."""
    source = "" if number.verified else number.source
    return pinned(
        number.indicator,
        measure=number.measure,
        place=number.place,
        breakdown=number.breakdown,
        **time_pins(number),
        source=source,
    )
