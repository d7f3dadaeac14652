"""Numbers and the standards they could be held against."""

from __future__ import annotations

from typing import Any

import pandas as pd

from etl.tables import Release
from pages.queries.cautions import pairs_apart
from pages.queries.compared import COMPARED_COLUMNS, described
from pages.queries.geography import above, parents
from pages.queries.numbers import names, numbers, records, table

PAIR_COLUMNS = ("pair", *COMPARED_COLUMNS, "within", "scope", "scope_name", "valid_from", "valid_to", "standard_name")


def standard_pairs(release: Release, *, lang: str = "zh") -> pd.DataFrame:
    """Two rows a pair: an actual number (``part`` shown, ``within`` lists the places it lies in), and the standard (beside).

    Pairs are the numbers of a standard's own indicator and breakdown inside its scope, and those that a caution names together
    with a standard.  PAIR_COLUMNS; by the standards' order.
    """
    every = {row["number_id"]: row for row in records(numbers(release, lang=lang)) if not row["derived"]}
    actual = [row for row in every.values() if row["measure"] == "actual"]
    called, up, apart = names(release, "places", lang), parents(release), pairs_apart(release)
    found: list[dict[str, Any]] = []
    for standard in records(release.table("standards")):
        floor = every.get(standard["observation"])
        for number in actual if floor else ():
            assert floor is not None
            within = [number["place"], *above(up, number["place"])]
            is_own = (
                all(number[name] == floor[name] for name in ("indicator", "breakdown")) and standard["scope"] in within
            )
            if is_own or (number["number_id"], floor["number_id"]) in apart:
                own = {name: standard[name] for name in ("scope", "valid_from", "valid_to")} | {
                    "pair": f"{number['number_id']}@{floor['number_id']}", "within": within,
                    "scope_name": called.get(standard["scope"], standard["scope"]),
                    "standard_name": (standard["name_en"] if lang == "en" else "") or standard["name"],
                }  # fmt: skip
                found += [
                    _part(release, number, "shown", "done") | own,
                    _part(release, floor, "beside", "standard") | own,
                ]
    return table(found, PAIR_COLUMNS)


def _part(release: Release, number: dict[str, Any], part: str, state: str) -> dict[str, Any]:
    return records(described(release, [number | {"part": part, "state": state, "reason": ""}]))[0]
