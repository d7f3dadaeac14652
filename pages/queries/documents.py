"""Sources, their passages, where in them each number stands, and what a display cites, so that none stands without a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from etl.model import Citation, Number, Segment, Source, Statement, WithdrawnSource
from etl.release.index import NumberRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release, records
from pages.queries.numbers import cited_ids, names

GATE_LOG = "gate_log"
CONTEXT = 160
"""Characters shown on each side of a number, at most; a blank line ends the passage earlier."""

SUBJECTS = ("place", "project", "facility", "organisation", "indicator")


def documents(release: Release) -> tuple[Source, ...]:
    """All sources, the newest first."""
    return tuple(sorted(sources(release).values(), key=lambda source: str(source.published_on or ""), reverse=True))


def is_attached(release: Release, source: str) -> bool:
    """Whether the document of ``source`` is here and may be shown."""
    return bool(release.spans(source))


def withdrawn_sources(release: Release) -> tuple[WithdrawnSource, ...]:
    """The sources that were taken back, the last one first."""
    rows = map(WithdrawnSource.of, release.rows("withdrawn"))
    return tuple(sorted(rows, key=lambda source: source.withdrawn_at, reverse=True))


def marked_document(release: Release, source: str) -> list[Segment]:
    """The whole text of an attached document with every number apart; empty when it is not attached or may not be shown."""
    text = release.document(source)
    if text is None:
        return []
    return _segments(text, release.spans(source), _figures(release, source), 0, len(text))


def passage(release: Release, source: str, seq: int) -> list[Segment]:
    """The text around number ``seq`` of an attached document; only that number is set apart.  Empty when not attached."""
    text = release.document(source)
    span = release.spans(source).get(seq)
    if text is None or span is None:
        return []
    start = max(span[0] - CONTEXT, text.rfind("\n\n", 0, span[0]) + 2 if "\n\n" in text[: span[0]] else 0)
    end_of_paragraph = text.find("\n\n", span[1])
    end = min(span[1] + CONTEXT, end_of_paragraph if end_of_paragraph >= 0 else len(text))
    return _segments(text, {seq: span}, _figures(release, source), start, end)


def _figures(release: Release, source: str) -> dict[int, tuple[str, str]]:
    """Number of a source -> its role and the observation it is, if any."""
    table = release.table("figures")
    rows = records(table[table["source"] == source])
    return {row["seq"]: (row["role"], row["observation_id"]) for row in rows}


@cached_query
def statements_of(release: Release) -> tuple[Statement, ...]:
    """The published facts that are not numbers, in reading order."""
    subjects = {kind: names(release, f"{kind}s" if kind != "facility" else "facilities") for kind in SUBJECTS}
    attributes, titles = names(release, "attributes"), names(release, "sources")
    return tuple(
        Statement.of(
            row
            | {"projects": tuple(filter(None, row["project"].split(";")))}
            | {"subject_name": subjects[row["subject_kind"]].get(row["subject"], row["subject"])}
            | {"attribute_name": attributes.get(row["attribute"], row["attribute"])}
            | {"source_title": titles.get(row["source"], row["source"])}
        )
        for row in release.rows("statements")
    )


def _segments(
    text: str, spans: dict[int, tuple[int, int]], figures: dict[int, tuple[str, str]], start: int, end: int
) -> list[Segment]:
    segments, position = [], start
    for seq, (first, last) in sorted(spans.items(), key=lambda item: item[1]):
        if first < position or last > end or seq not in figures:
            continue
        segments += [Segment(text[position:first]), Segment(text[first:last], *figures[seq])]
        position = last
    return [segment for segment in [*segments, Segment(text[position:end])] if segment.text]


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
    found = []
    for source, own in used.items():
        as_of, ids = max((row.as_of for row in own if row.as_of), default=None), tuple(row.number_id for row in own)
        found.append(Citation(**sources(release)[source].cells(), as_of=as_of, observation_ids=ids))
    return tuple(found)


@cached_query
def sources(release: Release) -> Mapping[str, Source]:
    """Id -> source, in the table's order."""
    return {source.source: source for source in map(Source.of, release.rows("sources"))}
