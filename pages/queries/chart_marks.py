"""The marks of a chart: which numbers a chart shows is data (charts.csv), what they stand along is said by its ``form``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from etl.language import in_words, language
from etl.model import Axis, State
from etl.release.index import AbsenceRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import Selector, named, parse_selector
from pages.queries.numbers import (
    NUMBER_COLUMNS,
    axis_names,
    chosen_numbers_frame,
    dated_selectors,
    names,
    records,
    split,
    table,
)
from pages.queries.states import STATE_OF_MEASURE, absences_of
from pages.wording.title_templates import title_of

CHART_COLUMNS = ("chart", "screen", "position", "form", "title", "note", "shows", "compared_with")
MARK_COLUMNS = ("chart", "part", "state", "reason", *NUMBER_COLUMNS)


@cached_query
def charts_of(release: Release, screen: str) -> pd.DataFrame:
    """The charts that stand on ``screen``, by position; CHART_COLUMNS with the title in ``lang``, times, titles and notes as of what is there now."""
    rows = [_as_of_now(release, row) for row in records(release.table("charts")) if row["screen"] == screen]
    return table(sorted(rows, key=lambda row: row["position"]), CHART_COLUMNS)


def _as_of_now(release: Release, chart: Mapping[str, Any]) -> dict[str, Any]:
    shows, beside = dated_selectors(release, chart["shows"], chart["compared_with"])
    parts = (("shown", shows), ("beside", beside))
    rows = pd.concat([chosen_numbers_frame(release, text).assign(part=part) for part, text in parts])
    template = in_words(chart, "title")
    told = {name: title_of(text, rows) for name, text in (("title", template), ("note", chart["note"]))}
    return {**chart, **told, "shows": shows, "compared_with": beside}


@cached_query
def marks_of(release: Release, chart: Mapping[str, Any]) -> pd.DataFrame:
    """One row per mark of ``chart`` (a row of charts_of): ``part`` shown or beside, ``state``, and the number.

    A chart by place has a row for every place its selector names: where no number is printed, the state says why
    (not_in_plan, not_published ...) and the number's columns are empty.  A chart by breakdown has such a row for every item
    that is declared absent.  Order: see marks_along.
    """
    marks = marks_along(release, Axis.of(chart["form"]), chart["shows"], chart["compared_with"])
    return marks.assign(chart=chart["chart"])


@cached_query
def marks_along(release: Release, axis: Axis, shows: str, beside: str = "") -> pd.DataFrame:
    """The marks of the numbers that ``shows`` and ``beside`` select, as marks_of gives them; ``chart`` is empty.

    Along places they stand by value, then in administrative order; along periods and days by time, along a breakdown in its own
    order, else as the selectors stand; those beside come last.
    """
    shown = records(chosen_numbers_frame(release, shows))
    others = records(chosen_numbers_frame(release, beside))
    marks = [row | {"part": "shown", "state": STATE_OF_MEASURE[row["measure"]], "reason": ""} for row in shown]
    if axis is Axis.PLACE:
        marks += _missing_places(release, shows, {row["place"] for row in shown})
    if axis is Axis.BREAKDOWN and shown:
        marks += _missing_items(release, shows, {row["breakdown"] for row in shown})
    marks = sorted(marks, key=lambda mark: ORDERS[axis](mark, release))
    there = {row["number_id"] for row in shown}
    others = [row for row in others if row["number_id"] not in there]
    marks += [row | {"part": "beside", "state": STATE_OF_MEASURE[row["measure"]], "reason": ""} for row in others]
    return table([mark | {"chart": ""} for mark in marks], MARK_COLUMNS)


def _missing_places(release: Release, shows: str, there: set[str]) -> list[dict[str, Any]]:
    places, short, missing = release.table("places"), axis_names(release), []
    for asked in map(parse_selector, split(shows)):
        wanted = [place for place in named(places, asked.pins.get("place", "")) if place and place not in there]
        declared = absences_of(release.index.absences_of(), places, asked, wanted)
        for place in wanted:
            mark = _without_number(release, asked, place, declared.get(place))
            missing.append(mark | {"place_short": short.get(place, place)})
    return missing


def _missing_items(release: Release, shows: str, there: set[str]) -> list[dict[str, Any]]:
    places, absences = release.table("places"), release.index.absences_of()
    called, missing = names(release, "breakdowns"), []
    for asked in map(parse_selector, split(shows)):
        dimension, _, item = asked.pins.get("breakdown", "").partition(":")
        place = asked.pins.get("place", "")
        items = [each for each in called if item == "*" and each.startswith(f"{dimension}:") and each not in there]
        for each in items:
            if absence := absences_of(absences, places, asked, [place], each).get(place):
                mark = _without_number(release, asked, place, absence)
                missing.append(mark | {"breakdown": each, "breakdown_name": called[each]})
    return missing


def _without_number(release: Release, asked: Selector, place: str, absence: AbsenceRow | None) -> dict[str, Any]:
    """The mark of a place where no number is printed, with the state that was declared and why."""
    places, indicators = names(release, "places"), names(release, "indicators")
    why = ((absence.reason_en if language() == "en" else "") or absence.reason) if absence else ""
    return dict.fromkeys(NUMBER_COLUMNS, "") | {
        "part": "shown", "place": place, "place_name": places.get(place, place), "value": None, "derived": False, "verified": True,
        "indicator": asked.indicator, "indicator_name": indicators.get(asked.indicator, asked.indicator),
        "state": absence.state if absence else State.UNDECLARED, "reason": why,
    }  # fmt: skip


def _by_value(mark: Mapping[str, Any], release: Release) -> tuple[Any, ...]:
    if mark["value"] is not None:
        return 0, 0, -mark["value"], _rank(mark["place"], release)
    return 1, State(mark["state"]).rank, Decimal(0), _rank(mark["place"], release)


def _rank(place: str, release: Release) -> int:
    order = list(release.city.order)
    return order.index(place) if place in order else len(order)


def _by_time(mark: Mapping[str, Any], _: Release) -> tuple[Any, ...]:
    day = mark["as_of"] or mark["period_end"] or dt.date.max
    return mark["period_end"] or day, mark["period_start"] or day, day


def _by_breakdown(mark: Mapping[str, Any], release: Release) -> tuple[Any, ...]:
    positions = {row["breakdown"]: row["position"] for row in records(release.table("breakdowns"))}
    return positions.get(mark["breakdown"], len(positions)), mark["breakdown"]


def _as_named(_mark: Mapping[str, Any], _: Release) -> tuple[Any, ...]:
    return ()


def _by_day(mark: Mapping[str, Any], _: Release) -> tuple[Any, ...]:
    return (mark["as_of"] or mark["period_end"] or dt.date.max,)


ORDERS = {
    Axis.PLACE: _by_value,
    Axis.PERIOD: _by_time,
    Axis.TIME: _by_day,
    Axis.BREAKDOWN: _by_breakdown,
    Axis.STEPS: _as_named,
}
"""How the marks along each axis are sorted."""
