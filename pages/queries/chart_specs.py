"""Rows that could stand in charts.csv, made from numbers: selectors that name just these numbers, ids, titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from etl.language import language
from etl.release.tables import Release
from pages.queries.chart_marks import CHART_COLUMNS
from pages.queries.geography import above, parents
from pages.queries.numbers import names, records

Number = Mapping[str, Any]
Chart = dict[str, Any]

ALLOWED_COLUMNS = (*CHART_COLUMNS, "place", "where")
"""A row of charts.csv, and the place it is about (of a chart by place: the whole): its code, its name where it is not the city."""

FLOWING = ("flow", "cumulative")
YEAR, DAYS_IN_A_YEAR = 12, 365


def pinned(indicator: str, **pins: str) -> str:
    """The selector of ``indicator`` with these pins; empty ones are left out."""
    said = "; ".join(f"{key}={value}" for key, value in pins.items() if value)
    return f"{indicator}{{{said}}}" if said else indicator


def time_pins(number: Number) -> dict[str, str]:
    """The pins that name the time of ``number``."""
    start, end, day = number["period_start"], number["period_end"], number["as_of"]
    period = f"{start or ''}/{end or ''}" if start or end else "none"
    return {"period": period, "as_of": str(day) if day else ""}


class Named:
    """What a chart of this release is called in one language, and what its indicators and places are like."""

    def __init__(self, release: Release) -> None:
        self._indicators = {row["indicator"]: row for row in records(release.table("indicators"))}
        self._called = names(release, "indicators")
        self._places = names(release, "places")
        dimensions = records(release.table("breakdowns"))
        column = "dimension_name_en" if language() == "en" else "dimension_name"
        self._dimensions = {row["dimension"]: row[column] or row["dimension_name"] for row in dimensions}
        self.city, self._up = release.city.place, parents(release)
        self.parents = {row["place"]: row["parent"] for row in records(release.table("places")) if row["sums"]}

    def kind(self, indicator: str) -> str:
        """Whether it is a stock, flows, adds up ...; ``""`` for an unknown indicator."""
        return str(self._indicators.get(indicator, {}).get("kind", ""))

    def position(self, indicator: str) -> int:
        """Where it stands among the indicators."""
        return int(self._indicators.get(indicator, {}).get("position", len(self._indicators)))

    def flows_alike(self, one: str, other: str) -> bool:
        """Whether two indicators are counted in one unit and both flow or add up."""
        units = {self._indicators.get(each, {}).get("unit", each) for each in (one, other)}
        return one != other and len(units) == 1 and self.kind(one) in FLOWING and self.kind(other) in FLOWING

    def level(self, place: str) -> int:
        """How many places lie above it."""
        return len(above(self._up, place))

    def where(self, place: str) -> str:
        """The name of a place that is not the city."""
        return "" if place == self.city else self._places.get(place, place)

    def title(self, indicator: str, place: str, dimension: str = "") -> str:
        """Place (where it is not the city), indicator, and what it is broken down by."""
        parts = (self.where(place), self._called.get(indicator, indicator), self._dimensions.get(dimension, dimension))
        return " · ".join(filter(None, parts))


def chart_row(form: str, named: Named, number: Number, shows: Iterable[str], **more: str) -> Chart:
    """A chart of ``form`` (over time, by place, by item, funnel) whose first number is ``number``; ``more`` has ``drawn``, the form of
    charts.csv, and what differs: place, dimension, compared_with, each.
    """
    place, dimension = str(more.get("place") or number["place"]), str(more.get("dimension") or "")
    measure = number["measure"] if form in ("places", "items") else ""
    parts = (form, number["indicator"], place, dimension, measure, more.get("each", ""))
    return {
        "chart": "_".join(filter(None, parts)), "screen": "", "indicator": number["indicator"], "place": place,
        "title": named.title(number["indicator"], place, dimension), "where": named.where(place),
        "form": more["drawn"], "shows": " | ".join(shows), "compared_with": more.get("compared_with", ""),
    }  # fmt: skip


def grouped(rows: Iterable[Number], *columns: str) -> list[list[Number]]:
    """The rows that agree in ``columns``, in order of appearance."""
    groups: dict[tuple[Any, ...], list[Number]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[column] for column in columns)].append(row)
    return list(groups.values())


def day_of(row: Number) -> Any:
    """The day a number speaks of."""
    return row["as_of"] or row["period_end"]


def months_of(row: Number) -> int:
    """How many months a period has, to the nearest; 0 without one."""
    if not row["period_start"] or not row["period_end"]:
        return 0
    days: int = (row["period_end"] - row["period_start"]).days + 1
    return round(days * YEAR / DAYS_IN_A_YEAR)


def exactly(row: Number) -> str:
    """The selector of just this number."""
    source = "" if row["verified"] else row["source"]
    pins = {"measure": row["measure"], "place": row["place"], "breakdown": row["breakdown"]} | time_pins(row)
    return pinned(row["indicator"], **pins, source=source)
