"""The numbers of a text, read with the names a data folder knows; needs no release, and no folder either."""

import datetime as dt
from decimal import Context, Decimal
from pathlib import Path

from etl.reading.bulletin import Candidate, read_bulletin
from etl.reading.indicators import KnownIndicator, same_unit
from etl.reading.places import KnownPlace
from etl.reading.quantity import plain
from etl.reference import Reference, read_city, read_reference

SURE = 0.5
"""A candidate of less confidence is rather no figure."""


def extract(text: str, folder: Path, *, published_on: dt.date | None = None) -> list[Candidate]:
    """The numbers of ``text`` in reading order, places and indicators by the reference tables of ``folder``, if it has any."""
    return candidates(text, read_reference(folder)[0], published_on=published_on, city=read_city(folder)[0].name)


def candidates(
    text: str, reference: Reference, *, published_on: dt.date | None = None, city: str = ""
) -> list[Candidate]:
    """The same with reference tables that are at hand; ``city`` is the name of the data's own city."""
    places, indicators = known_places(reference), known_indicators(reference)
    return read_bulletin(text, places=places, indicators=indicators, published_on=published_on, city=city)


def known_places(reference: Reference) -> list[KnownPlace]:
    """The places of the reference tables with their other names, as the reader of bulletins wants them."""
    also: dict[str, list[str]] = {}
    for row in reference.tables["place_aliases"]:
        also.setdefault(row["place"], []).append(row["alias"])
    known = []
    for row in reference.tables["places"]:
        short = [row["short_name"]] if len(row["short_name"]) > 1 else []
        names = tuple(dict.fromkeys([*also.get(row["place"], []), *short]))
        known.append(KnownPlace(row["place"], row["name"], names, row["parent"]))
    return known


def known_indicators(reference: Reference) -> list[KnownIndicator]:
    """The indicators of the reference tables that are published, not computed, by position. The first of a unit in a project also
    answers to the name of the project: “…项目118个” counts it."""
    projects, taken = reference.named["projects"], set()
    called = {project: name for name, project in projects.items()}
    known = []
    for row in sorted(reference.tables["indicators"], key=lambda row: int(row["position"])):
        if row["formula"]:
            continue
        counted, project = (row["project"], same_unit(row["unit"])), called.get(row["project"], "")
        names = (project,) if project and counted not in taken else ()
        known.append(KnownIndicator(row["indicator"], row["name"], names, row["unit"]))
        taken.add(counted)
    return known


def number(value: Decimal) -> str:
    """A value without exponent and trailing zeros; more than six decimals are rounded: 66.666667."""
    return format(plain(Context(prec=200).quantize(value, Decimal("0.000001"))), "f")
