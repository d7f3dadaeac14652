"""The desk's side of the screen where a bulletin is entered: what was read of it, and what would become of the rows chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from etl.desk.enterable import enterable
from etl.desk.proposed import CONFIDENCE, proposed, read_by, with_repeats
from etl.extract import SURE
from etl.handwritten import Row
from etl.harmonise import INTERPRETED
from etl.readers.facts import SourceFolder
from etl.reference import read_reference

EDITED = f"{INTERPRETED}: 录入时订正"
_READ = ("value", "value_high", "qualifier")


def proposals(folder: Path, text: str, published_on: dt.date) -> list[Row]:
    """One row of facts.csv per number of ``text`` (etl.desk.proposed), by the reference tables of ``folder``."""
    return proposed(text, read_reference(folder)[0], published_on)


def is_sure(row: Row) -> bool:
    """Whether the reader takes the number for a figure."""
    return float(row.get(CONFIDENCE, 1)) >= SURE


def chosen_row(row: Row, edited: Row) -> Row:
    """``row`` as a person left it: their cells over the reader's, and how the number was read said anew where they changed it."""
    made = {**row, **edited, CONFIDENCE: 1}
    if any(str(row[name]) != str(made[name]) for name in _READ):
        made["read_by"] = _read_by(made)
    return made


def _read_by(row: Row) -> str:
    try:
        high = Decimal(row["value_high"]) if row["value_high"] else None
        how = read_by(row["as_printed"], Decimal(row["value"]), high, row["qualifier"])
    except InvalidOperation:
        return EDITED
    return how if how == "numeral" else EDITED


def outlook(folder: Path, rows: Sequence[Row], published_on: dt.date) -> tuple[list[Row], list[Row]]:
    """Which of the chosen rows could be entered now, and which would wait and for what."""
    about = {"title": "", "publisher": "", "kind": "bulletin", "verified": False, "published_on": published_on}
    rest = dict.fromkeys(("dated_by", "place", "sha256", "checked_by", "checked_on", "release_at", "note"))
    source = SourceFolder(f"{published_on.isoformat()}-outlook", {**rest, **about})
    return enterable(with_repeats(rows), source, folder, read_reference(folder)[0])
