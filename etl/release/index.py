"""An immutable SQLite file beside a release's tables, on which its numbers are selected: a screen then costs what it shows.

It holds ``observations`` and ``derived`` as one table of numbers, in the tables' order, and the absences. It is made from the tables and
adds nothing to them, so a release's id does not depend on it; the manifest has its SHA-256, because a damaged file must not be read.
Values are stored as exact decimal text, days and moments as ISO text, so that any SQLite shell shows what is there.

Left out on purpose: names and other words of reference tables, which depend on the language.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from etl.model import PlaceTime
from etl.reading.quantity import plain
from etl.release.schema import COLUMNS, Kind
from etl.rules.selectors import NONE, RELATIVE, Selector, parts_parent, period_of

INDEX = "index.sqlite"
INDEXED = ("observations", "derived", "absences", "places")
"""The tables of a release that the index is made from."""

Cell = str | int | None
"""What SQLite keeps in one cell."""
Given = Mapping[str, Cell]
Chosen = Collection[str] | None
Value = str | int | Decimal | dt.date | tuple[str, ...] | None
"""What it stands for."""


class NumberRow(NamedTuple):
    """One printed or computed number. ``observation_ids`` are those it rests on: its own, or its parents'; ``embargoed`` says that only
    some may see it yet."""

    number_id: str
    observation_ids: tuple[str, ...]
    derived: bool
    value: Decimal | None
    value_high: Decimal | None
    step: Decimal | None
    unit: str
    qualifier: str
    measure: str
    project: str
    indicator: str
    place: str
    period_start: dt.date | None
    period_end: dt.date | None
    as_of: dt.date | None
    time_as_printed: str
    breakdown: str
    variant: str
    conflict: str
    verified: bool
    source: str
    as_printed: str
    keyword: str
    locator: str
    published_on: dt.date | None
    formula: str
    read_by: str
    corrected: str
    note: str
    embargoed: bool


class OutlineRow(NamedTuple):
    """What tells one number from others, as it is stored: its ``position`` in the tables; values are decimal text, days ISO text."""

    position: int
    number_id: str
    observation_ids: str
    derived: int
    unit: str
    measure: str
    indicator: str
    place: str
    breakdown: str
    value: str
    value_high: str | None
    keyword: str
    published_on: str | None
    verified: int
    embargoed: int
    undated: int


class AlikeNumbers(NamedTuple):
    """Numbers that differ in nothing but digits, values, times and sources: the first of them, where all stand in the tables, and the
    last day that any of them speaks of, "" where none does."""

    first: NumberRow
    positions: tuple[int, ...]
    last_day: str


ALIKE = ("derived", "verified", "unit", "measure", "project", "indicator", "place", "breakdown", "keyword", "note")
"""What alike numbers have in common, beside the words that they are printed with."""


class AbsenceRow(NamedTuple):
    """One expected number that is not there, as the table ``absences`` has it."""

    project: str
    indicator: str
    place: str
    period_start: dt.date | None
    period_end: dt.date | None
    breakdown: str
    measure: str
    state: str
    reason: str
    reason_en: str
    follows_from: str
    as_of: dt.date | None
    note: str


MOST_PARAMETERS = 10_000
"""SQLite takes no more than 32,766 in one statement unless it is built otherwise; more values come as one text."""


@dataclass(frozen=True)
class Index:
    """The numbers and absences of one release as one person may see them at one moment; no row is returned that they may not see.
    Rows come in the tables' order unless a method says otherwise. A connection may be shared by threads."""

    connection: sqlite3.Connection
    moment: dt.datetime
    sees_embargoed: bool

    def numbers(self, selector: Selector) -> list[NumberRow]:
        """The numbers that ``selector`` names, whatever time a word such as ``latest`` there stands for."""
        return self._numbers(*_named_by(selector))

    def times(self, selector: Selector) -> list[PlaceTime]:
        """Each place and time of the numbers that ``selector`` names, once, in the order of their first numbers."""
        return self._times(*_named_by(selector))

    def printed_times(self, *, places: Collection[str], measures: Collection[str]) -> list[tuple[str, str, PlaceTime]]:
        """Indicator, measure, place and time of the checked, printed, unbroken numbers there, once, in the order of their first numbers."""
        columns = ("indicator", "measure", *PlaceTime._fields)
        among, given = _among(place=places, measure=measures)
        conditions = ["verified", "NOT derived", "breakdown = ''", *among]
        rows = _read(self._rows("numbers", columns, conditions, given, group=", ".join(columns)), columns)
        return [(str(indicator), str(measure), PlaceTime._make(time)) for indicator, measure, *time in rows]

    def times_at(
        self, *, places: Chosen = None, measures: Chosen = None, printed_by: dt.date | None = None
    ) -> list[PlaceTime]:
        """Each place and time of the numbers of checked sources, those of a former state left out; with ``printed_by``, of the printed
        ones that were out on that day."""
        conditions, given = _among(place=places, measure=measures)
        conditions += ["verified", NOT_FORMER]
        if printed_by:
            conditions.append("NOT derived AND coalesce(published_on, '') <= :printed_by")
            given["printed_by"] = printed_by.isoformat()
        return self._times(conditions, given)

    def numbers_by_id(self, number_ids: Sequence[str]) -> list[NumberRow]:
        """The numbers with these ids (observed or derived), in the order of the ids; unknown ids are left out."""
        known = {row.number_id: row for row in self.numbers_of(number_ids=number_ids)}
        return [known[each] for each in number_ids if each in known]

    def numbers_of(
        self,
        *,
        indicators: Chosen = None,
        places: Chosen = None,
        projects: Chosen = None,
        sources: Chosen = None,
        measures: Chosen = None,
        number_ids: Chosen = None,
    ) -> list[NumberRow]:
        """The numbers of any of these indicators, at any of these places, and so on; None leaves the choice open."""
        wanted = _among(
            indicator=indicators, place=places, project=projects, source=sources, measure=measures, number_id=number_ids
        )
        return self._numbers(*wanted)

    def computed_from(self, observation_id: str) -> list[NumberRow]:
        """The computed numbers that rest on this observation."""
        is_parent = "instr(';' || observation_ids || ';', ';' || :observation || ';')"
        return self._numbers(["derived", is_parent], {"observation": observation_id})

    def values(self, column: str) -> list[str]:
        """What the numbers have in a column of texts, each once, in the order of their first numbers."""
        return [value for (value,) in self._rows("numbers", [column], [], {}, group=column) if isinstance(value, str)]

    def outlines(self) -> list[OutlineRow]:
        """The outlines of all numbers."""
        columns = ("position", *OutlineRow._fields[1:-2], EMBARGOED, FORMER)
        return [OutlineRow._make(cells) for cells in self._rows("numbers", columns, ["TRUE"], {})]

    def numbers_at(self, positions: Collection[int]) -> list[NumberRow]:
        """The numbers at these positions of the tables, in the tables' order."""
        listed = "position IN (SELECT value FROM json_each(:positions))"
        return self._numbers([listed], {"positions": json.dumps(list(positions))})

    def alike_numbers(self, *, apart: Collection[str] = ()) -> list[AlikeNumbers]:
        """The numbers in groups that differ in nothing but digits, values, times and sources; those with ids ``apart`` each alone."""
        printed = "as_printed"
        for digit in range(1, 10):
            printed = f"replace({printed}, '{digit}', '0')"
        alone = "CASE WHEN number_id IN (SELECT value FROM json_each(:apart)) THEN number_id END"
        columns = ("group_concat(position)", "max(coalesce(period_end, as_of))", *NumberRow._fields[:-1], "FALSE")
        given, group = {"apart": json.dumps(list(apart))}, ", ".join((*ALIKE, printed, alone))
        rows = self._rows("numbers", columns, ["TRUE"], given, group=group)
        firsts = map(NumberRow._make, _read((row[2:] for row in rows), NumberRow._fields))
        return [
            AlikeNumbers(first, tuple(map(int, str(positions).split(","))), str(day or ""))
            for (positions, day, *_), first in zip(rows, firsts, strict=True)
        ]

    def absences_of(self, *, indicators: Chosen = None) -> list[AbsenceRow]:
        """The absences of any of these indicators; None leaves the choice open."""
        rows = self._rows("absences", AbsenceRow._fields, *_among(indicator=indicators))
        return list(map(AbsenceRow._make, _read(rows, AbsenceRow._fields)))

    def _numbers(self, conditions: Sequence[str], given: Given) -> list[NumberRow]:
        rows = self._rows("numbers", (*NumberRow._fields[:-1], EMBARGOED), conditions, given)
        return list(map(NumberRow._make, _read(rows, NumberRow._fields)))

    def _times(self, conditions: Sequence[str], given: Given) -> list[PlaceTime]:
        columns = PlaceTime._fields
        rows = self._rows("numbers", columns, conditions, given, group=", ".join(columns))
        return list(map(PlaceTime._make, _read(rows, columns)))

    def _rows(
        self, table: str, columns: Sequence[str], conditions: Sequence[str], given: Given, *, group: str = ""
    ) -> list[tuple[Cell, ...]]:
        """The one place that reads: to what is asked it adds what may be seen."""
        order = f"GROUP BY {group} ORDER BY min(position)" if group else "ORDER BY position"
        where = " AND ".join([f"({MAY_BE_SEEN[table, self.sees_embargoed]})", *conditions])
        query = f"SELECT {', '.join(columns)} FROM {table} WHERE {where} {order}"
        return self.connection.execute(query, {**given, "moment": self.moment.isoformat()}).fetchall()


MAY_BE_SEEN: Mapping[tuple[str, bool], str] = {
    ("numbers", True): "TRUE",
    ("numbers", False): "release_at IS NULL OR release_at <= :moment",
    ("absences", True): "hidden_from IS NULL",
    ("absences", False): "hidden_from IS NULL OR hidden_from > :moment",
}
"""Table and whether embargoed numbers may be seen -> which of its rows are there. An absence is there as long as the number that
supersedes it may not be seen."""


EMBARGOED = "release_at IS NOT NULL AND release_at > :moment"
FORMER = "time_as_printed <> '' AND coalesce(period_start, period_end, as_of) IS NULL"
"""Whether a number has words for its time and no date."""
NOT_FORMER = f"NOT ({FORMER})"


def _named_by(selector: Selector) -> tuple[list[str], dict[str, Cell]]:
    """The conditions of :func:`etl.rules.selectors.matcher` and what they are filled with."""
    pins = selector.pins
    conditions, given = ["indicator = :indicator"], dict[str, Cell](indicator=selector.indicator)
    if "source" not in pins:
        conditions.append("verified")
    if pins.get("period", "") not in ("", *RELATIVE):
        conditions.append("period_start IS :period_start AND period_end IS :period_end")
        days = zip(("period_start", "period_end"), period_of(pins["period"]), strict=True)
        given |= {name: str(day) if day else None for name, day in days}
    if pins.get("as_of", "") not in ("", *RELATIVE):
        conditions.append("as_of IS :as_of")
        given["as_of"] = None if pins["as_of"] == NONE else dt.date.fromisoformat(pins["as_of"]).isoformat()
    if "place" in pins:
        parent = parts_parent(pins["place"])
        conditions.append(
            "place IN (SELECT place FROM places WHERE parent = :place AND sums)" if parent else "place = :place"
        )
        given["place"] = parent or pins["place"]
    dimension, _, item = pins.get("breakdown", NONE).partition(":")
    if item == "*":
        conditions.append("substr(breakdown, 1, length(:breakdown)) = :breakdown")
        given["breakdown"] = f"{dimension}:"
    else:
        conditions.append("breakdown = :breakdown")
        given["breakdown"] = "" if pins.get("breakdown", NONE) == NONE else pins["breakdown"]
    for key in ("measure", "variant", "source"):
        if key in pins:
            conditions.append(f"{key} = :{key}")
            given[key] = pins[key]
    if pins.get("as_of") != NONE:
        conditions.append(NOT_FORMER)
    return conditions, given


def _among(**wanted: Chosen) -> tuple[list[str], dict[str, Cell]]:
    """The condition that each column that is given holds one of its values."""
    conditions, given = list[str](), dict[str, Cell]()
    for column, values in wanted.items():
        if values is not None and len(values) > MOST_PARAMETERS:
            conditions.append(f"{column} IN (SELECT value FROM json_each(:{column}))")
            given[column] = json.dumps(list(values))
        elif values is not None:
            named = {f"{column}_{at}": value for at, value in enumerate(values)}
            conditions.append(f"{column} IN ({', '.join(f':{name}' for name in named)})")
            given |= named
    return conditions, given


READ: Mapping[str, Callable[[Any], Value]] = {
    **dict.fromkeys(("value", "value_high", "step"), Decimal),
    **dict.fromkeys(("period_start", "period_end", "as_of", "published_on"), dt.date.fromisoformat),
    **dict.fromkeys(("derived", "verified", "embargoed"), bool),
    "observation_ids": lambda joined: tuple(filter(None, joined.split(";"))),
}
"""Column -> the value of a cell there; every other column is text and never null."""


def _read(rows: Iterable[tuple[Cell, ...]], columns: Sequence[str]) -> Iterator[list[Value]]:
    typed = [(at, READ[name]) for at, name in enumerate(columns) if name in READ]
    for row in rows:
        values: list[Value] = [*row]
        for at, read in typed:
            if row[at] is not None:
                values[at] = read(row[at])
        yield values


def open_index(path: Path) -> sqlite3.Connection:
    """The file as it stands, never to be written: SQLite takes no lock and looks for no journal."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1&mode=ro", uri=True, check_same_thread=False)


def index_in_memory(tables: Mapping[str, pd.DataFrame]) -> sqlite3.Connection:
    """The index of a release that has no file of it."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection, tables)
    return connection


def write_index(path: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Writes the new file ``path``: the same tables give the same bytes (with one version of SQLite). A table that is not given is empty."""
    with closing(sqlite3.connect(path)) as connection:
        _fill(connection, tables)


STORED: Mapping[str, tuple[str, ...]] = {
    "numbers": (*NumberRow._fields[:-1], "release_at"),
    "absences": (*AbsenceRow._fields, "hidden_from"),
    "places": ("place", "parent", "sums"),
}
INDEXES: Mapping[str, tuple[str, ...]] = {
    "numbers": ("indicator, place, period_start, as_of", "number_id", "place", "project", "source"),
    "absences": ("indicator, place", "place"),
    "places": ("parent",),
}
NUMBERED: Mapping[str, Mapping[str, str]] = {
    "observations": {"number_id": "observation_id", "observation_ids": "observation_id"},
    "derived": {"number_id": "derived_id", "observation_ids": "parents", "conflict": "in_conflict"},
}
"""Tables of numbers -> what their columns are called here."""
WRITE: Mapping[Kind, Callable[[Any], Cell]] = {
    Kind.DECIMAL: lambda value: str(plain(value)),
    Kind.DATE: dt.date.isoformat,
    Kind.MOMENT: dt.datetime.isoformat,
    Kind.YES_NO: int,
}


def _fill(connection: sqlite3.Connection, tables: Mapping[str, pd.DataFrame]) -> None:
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    for name, columns in STORED.items():
        connection.execute(f"CREATE TABLE {name} (position INTEGER PRIMARY KEY, {', '.join(columns)})")
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", _cells(name, tables))
        for number, keys in enumerate(INDEXES[name], 1):
            connection.execute(f"CREATE INDEX {name}_{number} ON {name} ({keys})")
    # without it every index counts as equally good, and a place's numbers are read for one of its indicators
    connection.execute("ANALYZE")
    connection.commit()


def _cells(name: str, tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[Cell, ...]]:
    for table, called in NUMBERED.items() if name == "numbers" else [(name, dict[str, str]())]:
        frame = tables.get(table)
        if frame is not None:
            columns = [called.get(column, column) for column in STORED[name]]
            yield from zip(*(_column(frame, column, int(table == "derived")) for column in columns), strict=True)


def _column(frame: pd.DataFrame, column: str, is_derived: int) -> list[Cell]:
    if column not in frame:
        empty = "" if column != "derived" and COLUMNS[column].kind == "text" else None
        return [is_derived if column == "derived" else empty] * len(frame)
    write = WRITE.get(COLUMNS[column].kind, str)
    return [None if value is None else write(value) for value in frame[column]]
