"""Where the numbers of a display come from: one row per source, so that no display stands without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import cited_ids, records, table

GATE_LOG = "gate_log"
CITATION_COLUMNS = ("source", "title", "publisher", "published_on", "as_of", "verified", "observation_ids")


def citations_of(release: Release, marks: pd.DataFrame) -> pd.DataFrame:
    """The sources of all numbers of a display: of the observations they rest on, and the logs of numbers that are no observations.

    A number of a log names its log in ``source`` (several joined by ``;``); where it is divided by a printed one, it has that one's
    ``observation_ids`` too.
    """
    named: Iterable[Any] = [] if "source" not in marks else marks["source"].unique()
    logs = dict.fromkeys(each for joined in named for each in str(joined or "").split(";") if each)
    known = _by_id(release, "sources") if logs else {}
    own = [
        {**known[each], "as_of": None, "observation_ids": ""}
        for each in logs
        if each in known and known[each]["kind"] == GATE_LOG
    ]
    found = records(citations(release, cited_ids(marks)))
    return table(
        [*found, *(row for row in own if row["source"] not in {each["source"] for each in found})], CITATION_COLUMNS
    )


def citations(release: Release, observation_ids: Iterable[str]) -> pd.DataFrame:
    """One row per source of these observations, in order of first use; ``as_of`` is the latest day they speak of.

    Ids that the reader may not see, or that do not exist, have no row.
    """
    sources, observed = _by_id(release, "sources"), _by_id(release, "observations")
    found: dict[str, dict[str, Any]] = {}
    for each in dict.fromkeys(observation_ids):
        if each not in observed:
            continue
        row = observed[each]
        cited = found.setdefault(row["source"], {**sources[row["source"]], "as_of": None, "ids": []})
        cited["ids"].append(each)
        cited["as_of"] = max(filter(None, (cited["as_of"], row["as_of"])), default=None)
    return table([row | {"observation_ids": ";".join(row["ids"])} for row in found.values()], CITATION_COLUMNS)


@cached_query
def _by_id(release: Release, name: str) -> Mapping[str, Mapping[str, Any]]:
    """Id -> row of one table; nobody changes a row."""
    rows = records(release.table(name))
    key = next(iter(rows[0])) if rows else ""
    return {row[key]: row for row in rows}
