"""What somebody hands in over a screen - a file's bytes or pasted words - as bytes and text, and what its source could be called."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from etl.readers.document import PASTED, SUFFIXES, read_document, read_paste

SLUG = re.compile(r"[a-z0-9]+")
_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")

__all__ = ["SUFFIXES", "Received", "first_day", "received", "received_paste", "suggested_name"]


@dataclass(frozen=True)
class Received:
    """One document: what it is called, its bytes, its text, and notes on what could not be read of it."""

    name: str
    raw: bytes
    text: str
    notes: tuple[str, ...] = ()


def received(raw: bytes, name: str) -> Received:
    """A file that was uploaded; raises Refused when it cannot be read."""
    read = read_document(raw, name)
    return Received(name, raw, read.text, read.notes)


def received_paste(text: str) -> Received:
    """Words that were pasted; raises Refused when there are none, or too many."""
    read = read_paste(text)
    return Received(PASTED, text.encode("utf-8", "replace"), read.text, read.notes)


def first_day(text: str) -> dt.date | None:
    """The first full date a text prints, as a guess at when it was published; None without one."""
    for found in _DATE.finditer(text):
        try:
            return dt.date(*map(int, found.groups()))
        except ValueError:
            continue
    return None


def suggested_name(folder: Path, day: dt.date, place: str) -> str:
    """A name for the source of a bulletin that no source of ``folder`` has yet: 2019-03-21-city-bulletin, then -bulletin-2."""
    base = f"{day.isoformat()}-{'-'.join(SLUG.findall(place.lower())) or 'city'}-bulletin"
    names = [base, *(f"{base}-{number}" for number in range(2, 1000))]
    return next(name for name in names if not (folder / "sources" / name).exists())
