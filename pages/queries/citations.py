"""Where the numbers of a display come from, source by source, so that no display stands without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from etl.model import Citation, Number, Source
from etl.release.index import NumberRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import cited_ids

GATE_LOG = "gate_log"


def citations_of(release: Release, numbers: Sequence[Number]) -> tuple[Citation, ...]:
    """The sources of all numbers of a display: of the observations they rest on, and the logs of numbers that are no
    observations. A number of a log that is divided by a printed one has that one's ``observation_ids`` too."""
    found, known = citations(release, cited_ids(numbers)), sources(release)
    named = dict.fromkeys(log for number in numbers for log in number.logs)
    logs = [known[log] for log in named if log in known and known[log].kind == GATE_LOG]
    cited = {each.source for each in found}
    return *found, *(Citation(**log.cells()) for log in logs if log.source not in cited)


def citations(release: Release, observation_ids: Iterable[str]) -> tuple[Citation, ...]:
    """The sources of these observations, in order of first use. Ids that the reader may not see, or that do not exist,
    have none."""
    return citations_of_each(release, [observation_ids])[0]


def citations_of_each(release: Release, groups: Iterable[Iterable[str]]) -> list[tuple[Citation, ...]]:
    """The citations of each group of observations, which are read at once."""
    wanted = [list(dict.fromkeys(ids)) for ids in groups]
    rows = release.index.numbers_by_id(list(dict.fromkeys(chain.from_iterable(wanted))))
    known = {row.number_id: row for row in rows if not row.derived}
    return [_cited(release, [known[name] for name in ids if name in known]) for ids in wanted]


def _cited(release: Release, rows: Iterable[NumberRow]) -> tuple[Citation, ...]:
    used: dict[str, list[NumberRow]] = {}
    for row in rows:
        used.setdefault(row.source, []).append(row)
    return tuple(
        Citation(
            **sources(release)[source].cells(),
            as_of=max((row.as_of for row in rows if row.as_of), default=None),
            observation_ids=tuple(row.number_id for row in rows),
        )
        for source, rows in used.items()
    )


@cached_query
def sources(release: Release) -> Mapping[str, Source]:
    """Id -> source, in the table's order."""
    return {source.source: source for source in map(Source.of, release.rows("sources"))}
