"""Sources, their passages, and where in them each number stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.numbers import names, records, table

CONTEXT = 160
"""Characters shown on each side of a number, at most; a blank line ends the passage earlier."""

SOURCE_COLUMNS = (
    "source", "title", "publisher", "published_on", "dated_by", "place", "kind", "sha256", "verified", "checked_by",
    "checked_on", "numbers", "note", "is_attached",
)  # fmt: skip

WITHDRAWN_COLUMNS = (
    "source", "title", "publisher", "published_on", "numbers", "withdrawn_at", "withdrawn_by", "reason",
)  # fmt: skip

STATEMENT_COLUMNS = (
    "statement_id", "source", "source_title", "seq", "subject_kind", "subject", "subject_name", "attribute", "attribute_name", "text", "project",
    "as_of", "keyword", "locator", "note",
)  # fmt: skip
SUBJECTS = ("place", "project", "facility", "organisation", "indicator")


@dataclass(frozen=True)
class Segment:
    """A piece of a document: plain text (no ``role``), or a number with its role and the observation it is, if any."""

    text: str
    role: str = ""
    observation_id: str = ""


def documents(release: Release) -> pd.DataFrame:
    """One row per source, newest first; SOURCE_COLUMNS.  ``numbers`` counts the numbers entered from it."""
    rows = [row | {"is_attached": bool(release.spans(row["source"]))} for row in records(release.table("sources"))]
    return table(sorted(rows, key=lambda row: str(row["published_on"] or ""), reverse=True), SOURCE_COLUMNS)


def withdrawn_sources(release: Release) -> pd.DataFrame:
    """One row per source that was taken back, the last one first; WITHDRAWN_COLUMNS."""
    rows = sorted(records(release.table("withdrawn")), key=lambda row: row["withdrawn_at"], reverse=True)
    return table(rows, WITHDRAWN_COLUMNS)


def marked_document(release: Release, source: str) -> list[Segment]:
    """The whole text of an attached document with every number apart; empty when it is not attached or may not be shown."""
    text = release.document(source)
    if text is None:
        return []
    figures = {row["seq"]: row for row in records(release.table("figures")) if row["source"] == source}
    return _segments(text, release.spans(source), figures, 0, len(text))


def passage(release: Release, source: str, seq: int) -> list[Segment]:
    """The text around number ``seq`` of an attached document; only that number is set apart.  Empty when not attached."""
    text = release.document(source)
    span = release.spans(source).get(seq)
    if text is None or span is None:
        return []
    figures = {
        row["seq"]: row for row in records(release.table("figures")) if (row["source"], row["seq"]) == (source, seq)
    }
    start = max(span[0] - CONTEXT, text.rfind("\n\n", 0, span[0]) + 2 if "\n\n" in text[: span[0]] else 0)
    end_of_paragraph = text.find("\n\n", span[1])
    end = min(span[1] + CONTEXT, end_of_paragraph if end_of_paragraph >= 0 else len(text))
    return _segments(text, {seq: span}, figures, start, end)


@cached_query
def statements_of(release: Release) -> pd.DataFrame:
    """The published facts that are not numbers, in reading order, with the names of what they speak of; STATEMENT_COLUMNS."""
    subjects = {kind: names(release, f"{kind}s" if kind != "facility" else "facilities") for kind in SUBJECTS}
    attributes, titles = names(release, "attributes"), names(release, "sources")
    rows = [
        row
        | {
            "subject_name": subjects[row["subject_kind"]].get(row["subject"], row["subject"]),
            "attribute_name": attributes.get(row["attribute"], row["attribute"]),
            "source_title": titles.get(row["source"], row["source"]),
        }
        for row in records(release.table("statements"))
    ]
    return table(rows, STATEMENT_COLUMNS)


def _segments(
    text: str, spans: dict[int, tuple[int, int]], figures: dict[int, dict[str, Any]], start: int, end: int
) -> list[Segment]:
    made, at = [], start
    for seq, (first, last) in sorted(spans.items(), key=lambda item: item[1]):
        if first < at or last > end or seq not in figures:
            continue
        made += [
            Segment(text[at:first]),
            Segment(text[first:last], figures[seq]["role"], figures[seq]["observation_id"]),
        ]
        at = last
    return [segment for segment in [*made, Segment(text[at:end])] if segment.text]
