"""The words where a source is checked against its document or taken back."""

from __future__ import annotations

from collections.abc import Mapping

from etl.model import Number, Source
from pages.wording.catalog import _
from pages.wording.changes import number_line
from pages.wording.dates import day_text


def checked_line(source: Source) -> str:
    """Who held every number of a source against its document, and when; nothing where nobody is named."""
    if not source.checked_by:
        return ""
    return _("Checked against the document by {name}, {day}").format(
        name=source.checked_by, day=day_text(source.checked_on)
    )


def context_line(before: str, printed: str, behind: str, locator: str) -> str:
    """A number within the words around it, apart by 【】; only where it stands, when it stands in no text."""
    return f"…{before}【{printed}】{behind}…" if printed else _("at {place} of the document").format(place=locator)


def meant_line(row: Mapping[str, str], number: Number | None) -> str:
    """What a row of facts.csv says: its number in words, or that it repeats another or is mentioned in passing."""
    if number is not None:
        return number_line(number)
    meanings = {
        "repeat": _("{printed}: number {seq} again").format(printed=row["as_printed"], seq=row["repeats"]),
        "incidental": _("{printed}: mentioned in passing, shown nowhere").format(printed=row["as_printed"]),
    }
    return meanings.get(row["role"], row["as_printed"])


def verified_line(confirmed: int, left: int, release: str) -> str:
    """What confirming did: how many are confirmed, how many are not yet, or that the source now counts as checked."""
    if left:
        return _("{count} numbers are confirmed, {left} are not yet; the source stays unchecked.").format(
            count=confirmed, left=left
        )
    return _("All {count} numbers are confirmed: the source counts as checked, release {release} is in force.").format(
        count=confirmed, release=release
    )
