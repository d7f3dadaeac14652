"""Outlines of districts, their marks for one number, and points of facilities: what a map is drawn from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from etl.frames import to_wgs84
from etl.language import in_words
from etl.model import Axis, Citation
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.chart_marks import marks_along, marks_frame
from pages.queries.chart_specs import ChartSpec, pinned
from pages.queries.citations import citations
from pages.queries.facilities import facilities
from pages.queries.numbers import axis_names, cited_ids, from_frame, names, records, table
from pages.queries.reference import indicators

OUTLINE_COLUMNS = ("place", "place_name", "place_short", "parts", "label", "hull")
POINT_COLUMNS = ("facility", "facility_name", "place", "place_name", "lon", "lat")
CREDIT_COLUMNS = ("credit", "credit_en", "licence", "review_number")

SMALL = 400
"""A small map shows no more of a city's width than this many steps."""

TRIED = 32
"""Points tried along each side of a place when its label looks for room."""

APART = 0.2
"""Share of the city's width that two labels keep apart where a place has room for it."""


def outlines(release: Release, *, detail: int = 0) -> pd.DataFrame:
    """One row per place with an outline, the largest hull first, so that an enclave is painted after what surrounds it.

    OUTLINE_COLUMNS: ``parts`` is a list of polygons, each a list of rings (the outer one first, counter-clockwise; then holes,
    clockwise), each a list of (lon, lat) in WGS 84; ``label`` is a (lon, lat) well inside it and away from its neighbours' labels;
    ``hull`` the area within its outer rings, for order only. ``detail`` leaves out what is smaller than the city's width over it (0: nothing).
    """
    rows = records(release.table("boundaries"))
    if not rows:
        return table([], OUTLINE_COLUMNS)
    import shapely  # noqa: PLC0415 - only where there are outlines

    shapes = shapely.from_wkb([row["geometry"] for row in rows])
    if detail:
        west, south, east, north = shapely.total_bounds(shapes)
        shapes = shapely.coverage_simplify(shapes, max(east - west, north - south) / detail)
    called, short = names(release, "places"), axis_names(release)
    labels = _label_points(shapes)
    found = [
        {
            "place": row["place"],
            "place_name": called.get(row["place"], row["place"]),
            "place_short": short.get(row["place"], row["place"]),
            "parts": [_rings(part) for part in shapely.get_parts(shape)],
            "label": labels[at],
            "hull": sum(shapely.Polygon(part.exterior).area for part in shapely.get_parts(shape)),
        }
        for at, (row, shape) in enumerate(zip(rows, shapes, strict=True))
    ]
    return table(sorted(found, key=lambda row: -row["hull"]), OUTLINE_COLUMNS)


def _rings(polygon: Any) -> list[list[tuple[float, float]]]:
    return [[(lon, lat) for lon, lat in ring.coords] for ring in (polygon.exterior, *polygon.interiors)]


def _label_points(shapes: Any) -> dict[int, tuple[float, float]]:
    """Where the label of each shape stands, by its position: the smallest place chooses first, the next keep away from it."""
    import numpy as np  # noqa: PLC0415 - only where there are outlines
    import shapely  # noqa: PLC0415

    edges = shapely.total_bounds(shapes)
    apart = APART * max(edges[2] - edges[0], edges[3] - edges[1])
    found: dict[int, tuple[float, float]] = {}
    for at in np.argsort(shapely.area(shapes)).tolist():
        west, south, east, north = shapes[at].bounds
        grid = np.meshgrid(np.linspace(west, east, TRIED), np.linspace(south, north, TRIED))
        tried = np.column_stack([side.ravel() for side in grid])
        inside = tried[shapely.contains_xy(shapes[at], tried)]
        if not len(inside):
            found[at] = shapes[at].representative_point().coords[0]
            continue
        room = shapely.distance(shapely.points(inside), shapes[at].boundary)
        for other in found.values():
            room = room * np.minimum(1, np.hypot(*(inside - other).T) / apart) ** 1.5
        lon, lat = inside[int(np.argmax(room))]
        found[at] = (float(lon), float(lat))
    return found


@cached_query
def map_credit(release: Release) -> Mapping[str, str]:
    """``credit``, ``licence`` and ``review_number`` (审图号, "" for none) of the outlines; empty texts where there are none."""
    row = next(iter(records(release.table("boundaries"))), dict.fromkeys(CREDIT_COLUMNS, ""))
    credit = in_words(row, "credit")
    return {"credit": credit, "licence": row["licence"], "review_number": row["review_number"]}


def map_marks(
    release: Release, *, indicator: str, measure: str = "", period: str = "", as_of: str = ""
) -> pd.DataFrame:
    """One row per part of the city for one number, in administrative order: the value, or the state that says why there is none.

    Columns of pages.queries.chart_marks.MARK_COLUMNS. ``measure``, ``period`` and ``as_of`` are written as in selectors; where several
    numbers match, the one with the latest day stands. No place of the city gives no row. Raises FormulaError for what is no selector.
    """
    if not release.city.place:
        return marks_frame(())
    shows = pinned(indicator, place=f"parts:{release.city.place}", measure=measure, period=period, as_of=as_of)
    marks = marks_frame(marks_along(release, Axis.PLACE, [shows]))
    latest: dict[str, dict[str, Any]] = {}
    for row in records(marks[marks["part"] == "shown"]):
        if row["place"] not in latest or _day(row) > _day(latest[row["place"]]):
            latest[row["place"]] = row
    order = {place: at for at, place in enumerate(release.city.order)}
    rows = sorted(latest.values(), key=lambda row: order.get(row["place"], len(order)))
    return table(rows, marks.columns)


def _day(row: Mapping[str, Any]) -> dt.date:
    return row["as_of"] or row["period_end"] or dt.date.min


def asked_by(chart: ChartSpec) -> dict[str, str]:
    """What a row of charts.csv with the form of a map asks of map_marks: its selector's indicator, measure, period and day."""
    (selector,) = chart.shows
    pinned_here = {name: selector.pins[name] for name in ("measure", "period", "as_of") if name in selector.pins}
    return {"indicator": selector.indicator, **pinned_here}


def mark_sources(release: Release, marks: pd.DataFrame) -> dict[str, tuple[Citation, ...]]:
    """Place -> the sources of its number, with its own day, only for places that have one."""
    cited = citations(release, cited_ids(from_frame(marks)))
    found = {}
    for row in records(marks):
        own = set(filter(None, str(row["observation_ids"] or "").split(";")))
        if own:
            here = (each for each in cited if own.intersection(each.observation_ids))
            found[row["place"]] = tuple(replace(each, as_of=row["as_of"]) for each in here)
    return found


def is_rate(release: Release, indicator: str) -> bool:
    """Whether the indicator is a ratio: only ratios may be shown by shading, counts grow with the place."""
    found = indicators(release).get(indicator)
    return found is not None and found.kind == "ratio"


def points(release: Release) -> pd.DataFrame:
    """The facilities whose point is known, in WGS 84, in the order of facilities.csv; POINT_COLUMNS."""
    import numpy as np  # noqa: PLC0415 - only where there are points

    found = []
    for each in facilities(release):
        if each.has_point:
            lon, lat = to_wgs84(np.array([[each.lon, each.lat]]), each.crs)[0]
            found.append({**vars(each), "lon": float(lon), "lat": float(lat)})
    return table(found, POINT_COLUMNS)
