"""What the candidates of a bulletin are chosen from, and what would become of them if they were entered now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import names
from pages.queries.reference import indicators


@cached_query
def choices(release: Release, table: str) -> Mapping[str, str]:
    """Id -> name of a reference table's rows, every name once: one that two rows share carries its id."""
    called = names(release, table)
    if table == "indicators":
        computed = {each.indicator for each in indicators(release).values() if each.formula}
        called = {key: name for key, name in called.items() if key not in computed}
    shared = [name for name in called.values() if list(called.values()).count(name) > 1]
    return {key: f"{name} ({key})" if name in shared else name for key, name in called.items()}


def day_of(text: Any) -> dt.date | None:
    """The day a cell names, None for an empty one."""
    return dt.date.fromisoformat(text) if text else None


def joined_spans(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[int, int], list[str]]:
    """Where numbers stand -> the sequence numbers that stand there; 各4个 stands for several."""
    found: dict[tuple[int, int], list[str]] = {}
    for row in rows:
        start, end = str(row["locator"]).removeprefix("char:").split("-")
        found.setdefault((int(start), int(end)), []).append(str(row["seq"]))
    return found
