"""One indicator over the parts of a place, to be held side by side: which series there are, their rows, the whole, the people.

A series is one indicator of one measure and one time.  It is offered only where every part has a number or a declared absence:
what nobody has looked for is not shown as a gap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from etl.model import Axis, Measure, State
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import named, parse_selector, parts_of, split_selectors
from pages.queries.chart_marks import MARK_COLUMNS, marks_along, marks_frame
from pages.queries.numbers import names, numbers_frame, records, table
from pages.queries.states import absences_of

SERIES_COLUMNS = (
    "parent", "parent_name", "indicator", "indicator_name", "measure", "time", "period_start", "period_end", "as_of", "count", "of",
)  # fmt: skip
COMPARED_COLUMNS = (
    *MARK_COLUMNS, "indicator_kind", "polarity", "is_summed", "is_continuous", "place_kind", "parent", "rank",
)  # fmt: skip
RESULTS = (Measure.ACTUAL, Measure.PLAN, Measure.TARGET)
"""A standard is held against numbers (pages.queries.standards), never compared by place."""

POPULATION = "population"
NO_TIME = "none"
DAY = "@"
"""Stands before the day in the code of a time without a period: @2018-12-31."""


@cached_query
def series(release: Release) -> pd.DataFrame:
    """Every series that can be shown, by parent (the city first), indicator, measure, newest time first; SERIES_COLUMNS.

    ``time`` is its code in a link, ``count`` how many parts ``of`` how many have a number.
    """
    places, called = release.table("places"), names(release, "places")
    indicators, city = names(release, "indicators"), release.city.place
    found = []
    for parent in sorted(dict.fromkeys(filter(None, places["parent"])), key=lambda place: place != city):
        parts = parts_of(places, parent)
        for row in _covered(release, parts) if len(parts) > 1 else ():
            own = {"parent": parent, "parent_name": called.get(parent, parent), "of": len(parts)}
            found.append(row | own | {"indicator_name": indicators.get(row["indicator"], row["indicator"])})
    return table(found, SERIES_COLUMNS)


def first_of(offered: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The series a screen opens with: of the first indicator of which two parts have a number, the newest that half of them have.

    Where no time reaches half, the one that most have.
    """
    rows = list(offered)
    several = [row for row in rows if row["count"] > 1] or rows
    own = [row for row in several if row["indicator"] == several[0]["indicator"]]
    half = [row for row in own if 2 * row["count"] >= row["of"]]
    if half:
        return max(half, key=lambda row: (str(row["period_end"] or row["as_of"] or ""), row["count"]))
    return max(own, key=lambda row: (row["count"], str(row["period_end"] or row["as_of"] or "")))


def compared_rows(release: Release, parent: str, indicator: str, measure: str, time: str) -> pd.DataFrame:
    """One row per part of ``parent``: its number (the latest word where there are several), or the state that says why there is
    none; COMPARED_COLUMNS, in administrative order.
    """
    marks = _marks(release, f"parts:{parent}", indicator, measure, time)
    latest = {row["place"]: row for row in sorted(marks, key=lambda row: str(row["as_of"] or ""))}
    return described(release, latest.values())


def whole_of(release: Release, parent: str, indicator: str, measure: str, time: str) -> dict[str, Any] | None:
    """The same number of ``parent`` itself, a row of COMPARED_COLUMNS; None where none is printed."""
    rows = described(release, _marks(release, parent, indicator, measure, time))
    printed = [row for row in records(rows) if row["value"] is not None]
    return max(printed, key=lambda row: str(row["as_of"] or "")) if printed else None


def populations(release: Release, parent: str, year: int | None) -> pd.DataFrame:
    """The people of each part of ``parent`` and of itself: the latest number up to ``year``, or why there is none; COMPARED_COLUMNS.

    Which indicator counts people is said in denominators.csv; without a row there the table is empty.
    """
    counts = [row["indicator"] for row in records(release.table("denominators")) if row["kind"] == POPULATION]
    if not counts:
        return table([], COMPARED_COLUMNS)
    known: dict[str, dict[str, Any]] = {}
    for row in sorted(records(numbers_frame(release)), key=lambda row: str(_day(row) or "")):
        about = (row["indicator"], row["measure"], row["breakdown"], row["verified"])
        is_plain = about == (counts[0], Measure.ACTUAL, "", True)
        if is_plain and (year is None or (_day(row) is not None and _day(row).year <= year)):
            known[row["place"]] = row | {"part": "shown", "state": State.DONE, "reason": ""}
    every = _marks(release, f"parts:{parent}", counts[0], Measure.ACTUAL, NO_TIME)
    every += _marks(release, parent, counts[0], Measure.ACTUAL, NO_TIME)
    return described(release, [known.get(place, row) for place, row in {row["place"]: row for row in every}.items()])


def described(release: Release, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows with what the rules of comparison ask of their indicator, unit and place, in administrative order; COMPARED_COLUMNS."""
    indicators = {row["indicator"]: row for row in records(release.table("indicators"))}
    places = {row["place"]: row for row in records(release.table("places"))}
    measured = {row["unit"] for row in records(release.table("units")) if row["continuous"]}
    rank = {place: at for at, place in enumerate(dict.fromkeys([release.city.place, *release.city.order, *places]))}
    made = []
    for row in rows:
        indicator, place = indicators.get(row["indicator"], {}), places.get(row["place"], {})
        asked = {
            "indicator_kind": indicator.get("kind", ""), "polarity": indicator.get("polarity", ""),
            "is_summed": bool(indicator.get("sums")), "is_continuous": row["unit"] in measured,
            "place_kind": place.get("kind", ""), "parent": place.get("parent", ""), "rank": rank.get(row["place"], len(rank)),
        }  # fmt: skip
        made.append(dict(row) | asked)
    return table(sorted(made, key=lambda row: row["rank"]), COMPARED_COLUMNS)


def time_code(row: Mapping[str, Any]) -> str:
    """The time of a number or an absence as a link says it: 2019, 2017/2018, 2019-01-01/2019-03-31, @2018-12-31, none."""
    start, end, day = row["period_start"] or None, row["period_end"] or None, row["as_of"] or None
    if start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return "/".join(dict.fromkeys(map(str, (start.year, end.year))))
    if start or end:
        return f"{start or ''}/{end or ''}"
    return f"{DAY}{day}" if day else NO_TIME


def _marks(release: Release, place: str, indicator: str, measure: str, time: str) -> list[dict[str, Any]]:
    """The marks of a chart by place."""
    return records(
        marks_frame(marks_along(release, Axis.PLACE, split_selectors(_selector(place, indicator, measure, time))))
    )


def _selector(place: str, indicator: str, measure: str, time: str) -> str:
    pins = {"place": place, "measure": measure, "period": NO_TIME if time.startswith(DAY) else time}
    if time.startswith(DAY):
        pins["as_of"] = time.removeprefix(DAY)
    told = "; ".join(f"{key}={value}" for key, value in pins.items())
    return f"{indicator}{{{told}}}"


def _covered(release: Release, parts: Sequence[str]) -> list[dict[str, Any]]:
    """The series of these places, by the indicators' order."""
    places, absences = release.table("places"), release.index.absences_of()
    there: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in records(release.table("observations")):
        if row["place"] in parts and row["verified"] and not row["breakdown"] and row["measure"] in RESULTS:
            there[_key(row)].add(row["place"])
            found.setdefault(_key(row), row)
    for absent in absences:
        if absent.measure in RESULTS and not absent.breakdown and set(named(places, absent.place)) & set(parts):
            undated = absent._asdict() | {"as_of": None}
            found.setdefault(_key(undated), undated)
    whole = []
    for (indicator, measure, time), row in found.items():
        gaps = [place for place in parts if place not in there[indicator, measure, time]]
        asked = parse_selector(_selector(f"parts:{row['place']}", indicator, measure, time))
        if len(absences_of(absences, places, asked, gaps)) == len(gaps):
            whole.append(row | {"time": time, "count": len(parts) - len(gaps)})
    position = {row["indicator"]: row["position"] for row in records(release.table("indicators"))}
    newest = sorted(whole, key=lambda row: str(_day(row) or ""), reverse=True)
    return sorted(newest, key=lambda row: (position[row["indicator"]], RESULTS.index(row["measure"])))


def _key(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["indicator"], row["measure"], time_code(row)


def _day(row: Mapping[str, Any]) -> Any:
    return row["period_end"] or row["as_of"]
