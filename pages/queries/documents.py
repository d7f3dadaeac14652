"""Sources, their passages, and where in them each number stands."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model import Row, Segment, Source, Statement, WithdrawnSource
from etl.release.query_cache import cached_query
from etl.release.tables import Release, records
from pages.queries.citations import sources
from pages.queries.numbers import names

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


@dataclass(frozen=True, slots=True)
class _Figure(Row):
    """One number that stands in a source, with its role and the observation it is, if any."""

    seq: int
    role: str
    observation_id: str


def _figures(release: Release, source: str) -> dict[int, _Figure]:
    """Number of a source -> what stands there."""
    table = release.table("figures")
    return {figure.seq: figure for figure in map(_Figure.of, records(table[table["source"] == source]))}


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
    text: str, spans: dict[int, tuple[int, int]], figures: dict[int, _Figure], start: int, end: int
) -> list[Segment]:
    segments, position = [], start
    for seq, (first, last) in sorted(spans.items(), key=lambda item: item[1]):
        if first < position or last > end or seq not in figures:
            continue
        figure = figures[seq]
        segments += [Segment(text[position:first]), Segment(text[first:last], figure.role, figure.observation_id)]
        position = last
    return [segment for segment in [*segments, Segment(text[position:end])] if segment.text]
