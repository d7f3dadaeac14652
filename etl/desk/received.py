"""What somebody hands in over a screen - a file's bytes or pasted words - as bytes and text, and what its source could be called."""

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from etl.readers.document import PASTED, SUFFIXES, read_document, read_paste

SLUG = re.compile(r"[a-z0-9]+")
LONGEST_DATELINE = 60
_NO_DATELINE = re.compile("[。，；]|截至|截止|至|起")
_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")

ENDINGS = list(SUFFIXES)
"""What the name of a file may end with."""


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


def printed_day(text: str) -> dt.date | None:
    """The first full date that a text prints as its own: in a short line that is no sentence and says 截至 of nothing; None without one."""
    for line in text.splitlines():
        found = _DATE.search(line)
        if found and len(line.strip()) <= LONGEST_DATELINE and not _NO_DATELINE.search(line):
            with suppress(ValueError):
                return dt.date(*map(int, found.groups()))
    return None


def suggested_name(folder: Path, day: dt.date, place: str) -> str:
    """A name for the source of a bulletin that no source of ``folder`` has yet: 2019-03-21-city-bulletin, then -bulletin-2."""
    base = f"{day.isoformat()}-{'-'.join(SLUG.findall(place.lower())) or 'city'}-bulletin"
    names = [base, *(f"{base}-{number}" for number in range(2, 1000))]
    return next(name for name in names if not (folder / "sources" / name).exists())
