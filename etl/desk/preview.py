"""The release that a document would make, before anything is entered: staged apart, to be compared with the one in force, then gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from etl.build import published
from etl.desk.adopt import About, staged_source
from etl.desk.staged import Progress, staging_room
from etl.release.tables import Release, open_release
from etl.rows import ProposedNumber


@dataclass(frozen=True)
class Preview:
    """The release as it would be, to be read while it lasts, and the rows that would go in and those that would be pending."""

    release: Release
    entered: Sequence[ProposedNumber]
    pending_rows: Sequence[ProposedNumber]


@contextmanager
def previewed(
    release: Release,
    name: str,
    raw: bytes,
    text: str,
    about: About,
    *,
    rows: Sequence[ProposedNumber],
    progress: Progress = lambda step: None,
) -> Iterator[Preview]:
    """What ``release`` would become if the chosen ``rows`` of a document were entered, for the same reader at the same moment.

    Raises Refused as adopting would (etl.desk.adopt); the data folder stays as it is.
    """
    with (
        staged_source(release.folder, name, raw, text, about, rows=rows, progress=progress) as staged,
        staging_room(release.folder) as room,
    ):
        made = published(room, staged.tables, progress)
        yield Preview(
            open_release(release.who, release.moment, made.release, folder=room), staged.entered, staged.pending_rows
        )
