"""The numbers of a text as a plain table, read with the names a data folder knows; needs no release, and no folder either."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from pathlib import Path

from etl.handwritten import Row
from etl.reading.bulletin import Candidate, read_bulletin
from etl.reading.indicators import KnownIndicator, same_unit
from etl.reading.places import KnownPlace
from etl.reading.quantity import plain
from etl.reference import Reference, read_reference

COLUMNS = (
    "start", "end", "as_printed", "value", "value_high", "unit", "qualifier", "measure", "place", "indicator", "period_start",
    "period_end", "as_of", "time_as_printed", "confidence",
)  # fmt: skip
"""One row is one number at ``text[start:end]``, as ``etl.reading.bulletin.Candidate`` describes it."""

SURE = 0.5
"""A candidate of less confidence is rather no figure."""

_DIGITS = Decimal("0.000001")
_WIDE = Context(prec=200)


def extract(text: str, folder: Path, *, published_on: dt.date | None = None) -> list[Candidate]:
    """The numbers of ``text`` in reading order, places and indicators by the reference tables of ``folder``, if it has any."""
    return candidates(text, read_reference(folder)[0], published_on=published_on)


def candidates(text: str, reference: Reference, *, published_on: dt.date | None = None) -> list[Candidate]:
    """The same with reference tables that are at hand."""
    return read_bulletin(
        text, places=known_places(reference), indicators=known_indicators(reference), published_on=published_on
    )


def known_places(reference: Reference) -> list[KnownPlace]:
    """The places of the reference tables with their other names, as the reader of bulletins wants them."""
    also: dict[str, list[str]] = {}
    for row in reference.tables["place_aliases"]:
        also.setdefault(row["place"], []).append(row["alias"])
    return [
        KnownPlace(
            row["place"],
            row["name"],
            tuple(dict.fromkeys([*also.get(row["place"], []), *([row["short_name"]] if len(row["short_name"]) > 1 else [])])),
            row["parent"],
        )
        for row in reference.tables["places"]
    ]  # fmt: skip


def known_indicators(reference: Reference) -> list[KnownIndicator]:
    """The indicators of the reference tables that are published, not computed, by position.

    The first of a unit in a project also answers to the name of the project: “…项目118个” counts it.
    """
    projects, taken = reference.named["projects"], set()
    called = {project: name for name, project in projects.items()}
    known = []
    for row in sorted(reference.tables["indicators"], key=lambda row: int(row["position"])):
        if row["formula"]:
            continue
        own = (row["project"], same_unit(row["unit"]))
        known.append(KnownIndicator(row["indicator"], row["name"], _also(called, row, own in taken), row["unit"]))
        taken.add(own)
    return known


def _also(called: Mapping[str, str], row: Row, is_later: bool) -> tuple[str, ...]:
    name = called.get(row["project"], "")
    return () if is_later or not name else (name,)


def as_csv(found: Sequence[Candidate]) -> str:
    """COLUMNS as CSV with one line per number; the header alone where there is none."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(["" if cell is None else cell for cell in _cells(one).values()] for one in found)
    return file.getvalue()


def as_json(found: Sequence[Candidate]) -> str:
    """The same as a JSON list; numbers are texts, so that no reader rounds them, and null says there is none."""
    return json.dumps([_cells(one) for one in found], ensure_ascii=False, indent=1)


def _cells(one: Candidate) -> dict[str, object]:
    return {name: _cell(getattr(one, name)) for name in COLUMNS}


def _cell(value: object) -> object:
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return round(value, 2) if isinstance(value, float) else value


def number(value: Decimal) -> str:
    """A value without exponent and trailing zeros; more than six decimals are rounded: 66.666667."""
    return format(plain(_WIDE.quantize(value, _DIGITS)), "f")
