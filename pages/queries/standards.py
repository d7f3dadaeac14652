"""Numbers and the standards they could be held against."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd

from etl.language import in_words
from etl.model import Measure, State
from etl.release.tables import Release
from pages.queries.cautions import pairs_apart
from pages.queries.compared import COMPARED_COLUMNS, described
from pages.queries.geography import above, parents
from pages.queries.numbers import names, numbers_frame, records, table

ABOUT_STANDARD = ("within", "scope", "scope_name", "valid_from", "valid_to", "standard_name")
PAIR_COLUMNS = ("pair", "standard", *COMPARED_COLUMNS, *ABOUT_STANDARD)


def standard_pairs(release: Release) -> pd.DataFrame:
    """Two rows a pair: an actual number (``part`` shown, ``within`` lists the places it lies in), and the standard (beside).

    Pairs are the numbers of a standard's own indicator and breakdown inside its scope, and those that a caution names together
    with a standard.  ``standard`` is the id of the standard's number.  PAIR_COLUMNS; by the standards' order.
    """
    every = {row["number_id"]: row for row in _described(release)}
    own: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in every.values():
        if row["measure"] == Measure.ACTUAL:
            own[row["indicator"], row["breakdown"]].append(row)
    called, up, apart = names(release, "places"), parents(release), pairs_apart(release)
    found: list[dict[str, Any]] = []
    for standard in records(release.table("standards")):
        floor = every.get(standard["observation"])
        if floor is None:
            continue
        tied = [every[one] for one, other in sorted(apart) if other == floor["number_id"] and one in every]
        alike = own[floor["indicator"], floor["breakdown"]]
        inside = [row for row in alike if standard["scope"] in (row["place"], *above(up, row["place"]))]
        about = {name: standard[name] for name in ("scope", "valid_from", "valid_to")} | {
            "scope_name": called.get(standard["scope"], standard["scope"]), "standard": floor["number_id"],
            "standard_name": in_words(standard, "name"),
        }  # fmt: skip
        for number in {row["number_id"]: row for row in (*inside, *tied) if row["measure"] == Measure.ACTUAL}.values():
            pair = about | {
                "pair": f"{number['number_id']}@{floor['number_id']}",
                "within": [number["place"], *above(up, number["place"])],
            }
            found += [number | pair | {"part": "shown"}, floor | pair | {"part": "beside", "state": State.STANDARD}]
    return table(found, PAIR_COLUMNS)


def _described(release: Release) -> list[dict[str, Any]]:
    rows = [row for row in records(numbers_frame(release)) if not row["derived"]]
    return records(described(release, [row | {"state": State.DONE, "reason": ""} for row in rows]))
