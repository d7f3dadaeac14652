"""The desk's side of the screen where a bulletin is entered: what was read of it, and what would become of the rows chosen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from etl.desk.enterable import enterable
from etl.desk.proposed import kinds_of, lacking, proposed, read_by, with_repeats
from etl.extract import SURE
from etl.harmonise import INTERPRETED
from etl.readers.facts import SourceFolder
from etl.reading.compact import compact
from etl.reading.dates import Period, periods
from etl.reference import read_city, read_reference
from etl.rows import ProposedNumber, SourceRow

EDITED = f"{INTERPRETED}: 录入时订正"
_JOINED = re.compile("[至到、—~～-]")


def proposals(folder: Path, text: str, published_on: dt.date) -> list[ProposedNumber]:
    """The numbers of ``text`` (etl.desk.proposed), by the reference tables of ``folder``."""
    return proposed(text, read_reference(folder)[0], published_on, read_city(folder)[0].name)


def joined_spans(rows: Sequence[ProposedNumber]) -> dict[tuple[int, int], list[str]]:
    """Where numbers stand -> the sequence numbers that stand there; 各4个 stands for several."""
    found: dict[tuple[int, int], list[str]] = {}
    for row in rows:
        start, end = row.locator.removeprefix("char:").split("-")
        found.setdefault((int(start), int(end)), []).append(row.seq)
    return found


def is_sure(row: ProposedNumber) -> bool:
    """Whether the reader takes the number for a figure."""
    return row.confidence >= SURE


def chosen_row(row: ProposedNumber, edited: Mapping[str, str]) -> ProposedNumber:
    """``row`` as a person left it: their cells over the reader's, and how the number was read said anew where they changed it."""
    made = with_cells(replace(row, confidence=1), edited)
    is_read = (row.value, row.value_high, row.qualifier) == (made.value, made.value_high, made.qualifier)
    return made if is_read else replace(made, read_by=_read_by(made))


def with_cells(row: ProposedNumber, cells: Mapping[str, str]) -> ProposedNumber:
    """``row`` with other texts in some cells."""
    return ProposedNumber(**{**row.cells(), **cells})


def _read_by(row: ProposedNumber) -> str:
    try:
        high = Decimal(row.value_high) if row.value_high else None
        how = read_by(row.as_printed, Decimal(row.value), high, row.qualifier)
    except InvalidOperation:
        return EDITED
    return how if how == "numeral" else EDITED


def open_questions(folder: Path, rows: Sequence[ProposedNumber]) -> dict[str, list[str]]:
    """Sequence number -> what that row lacks and a person is asked for (etl.desk.proposed.QUESTIONS); whole rows are left out."""
    kinds = kinds_of(read_reference(folder)[0])
    asked = {row.seq: lacking(row, kinds) for row in rows if row.role != "incidental"}
    return {seq: lacks for seq, lacks in asked.items() if lacks}


def answered_row(row: ProposedNumber, answers: Mapping[str, str], published_on: dt.date) -> ProposedNumber:
    """``row`` with what a person answered to its open questions; an empty answer changes nothing."""
    given = {what: answer.strip() for what, answer in answers.items() if answer.strip()}
    when = time_cells(given.pop("time"), published_on) if "time" in given else {}
    return with_cells(row, {**given, **when})


def time_cells(words: str, published_on: dt.date) -> dict[str, str]:
    """The cells of facts.csv that a time in words fills: 2026年1月至9月 its two days, words that name no day themselves."""
    text = compact(words).text.strip()
    found = [period for period in periods(text, published_on) if period.first]
    rest = _JOINED.sub("", "".join(text[end:start] for end, start in _between(found, len(text))))
    if not found or rest or found[0].first is None or found[-1].last is None or found[-1].last < found[0].first:
        return {"time_as_printed": text}
    return {"period_start": found[0].first.isoformat(), "period_end": found[-1].last.isoformat()}


def _between(found: Sequence[Period], end: int) -> Iterator[tuple[int, int]]:
    """Where no period stands in a text that is ``end`` long."""
    yield from zip([0, *(period.end for period in found)], [*(period.start for period in found), end], strict=True)


def outlook(
    folder: Path, rows: Sequence[ProposedNumber], published_on: dt.date
) -> tuple[list[ProposedNumber], list[ProposedNumber]]:
    """Which of the chosen rows could be entered now, and which would wait and for what."""
    about = SourceRow(title="", publisher="", kind="bulletin", verified=False, published_on=published_on)
    source = SourceFolder(f"{published_on.isoformat()}-outlook", about)
    return enterable(with_repeats(rows), source, folder, read_reference(folder)[0])
