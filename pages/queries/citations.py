"""Where the numbers of a display come from: one row per source, so that no display stands without one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from etl.tables import Release
from pages.queries.numbers import records, table

CITATION_COLUMNS = ("source", "title", "publisher", "published_on", "as_of", "verified", "observation_ids")


def citations(release: Release, observation_ids: Iterable[str]) -> pd.DataFrame:
    """One row per source of these observations, in order of first use; ``as_of`` is the latest day they speak of.

    Ids that the reader may not see, or that do not exist, have no row.
    """
    sources = {row["source"]: row for row in records(release.table("sources"))}
    observed = {row["observation_id"]: row for row in records(release.table("observations"))}
    found: dict[str, dict[str, Any]] = {}
    for each in dict.fromkeys(observation_ids):
        if each not in observed:
            continue
        row = observed[each]
        cited = found.setdefault(row["source"], sources[row["source"]] | {"as_of": None, "ids": []})
        cited["ids"].append(each)
        cited["as_of"] = max(filter(None, (cited["as_of"], row["as_of"])), default=None)
    return table([row | {"observation_ids": ";".join(row["ids"])} for row in found.values()], CITATION_COLUMNS)
