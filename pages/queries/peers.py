"""Numbers of other cities that may stand beside the city's own, each with the year it speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.cautions import cautions
from pages.queries.compared import COMPARED_COLUMNS, RESULTS, described
from pages.queries.geography import above, parents
from pages.queries.numbers import numbers_frame, records, table
from pages.queries.states import STATE_OF_MEASURE

PEER_COLUMNS = ("peers", *COMPARED_COLUMNS)
CITY = "city"


@cached_query
def peers(release: Release) -> pd.DataFrame:
    """The numbers that several cities have of one thing, one group after the other (``peers`` is its code in a link); PEER_COLUMNS.

    A group is one indicator of one measure, the latest number of each place; or what a caution of the kind different_year ties
    together although it is called differently.  Standards, breakdowns, computed and unchecked numbers are left out.
    """
    every = [
        row for row in records(numbers_frame(release))
        if row["verified"] and not row["derived"] and row["measure"] in RESULTS
    ]  # fmt: skip
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in every:
        if not row["breakdown"]:
            groups[f"{row['indicator']}.{row['measure']}"].append(row)
    for caution in cautions(release):
        if caution.kind == "different_year":
            groups[caution.caution] = [row for row in every if row["number_id"] in caution.observation_ids]
    city_of = _cities(release)
    found = []
    for code, rows in groups.items():
        if len({city_of(row["place"]) for row in rows}) > 1:
            found += [row | {"peers": code} for row in records(described(release, _latest(rows)))]
    return table(found, PEER_COLUMNS)


def _latest(rows: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """The newest number of each place and indicator."""
    newest = {
        (row["place"], row["indicator"]): dict(row) | {"part": "shown", "state": STATE_OF_MEASURE[row["measure"]], "reason": ""}
        for row in sorted(rows, key=lambda row: str(row["period_end"] or row["as_of"] or ""))
    }  # fmt: skip
    return newest.values()


def _cities(release: Release) -> Any:
    """A function from a place to the city it lies in; a place in none stands for itself."""
    up = parents(release)
    cities = {row["place"] for row in records(release.table("places")) if row["kind"] == CITY}
    return lambda place: next((each for each in (place, *above(up, place)) if each in cities), place)
