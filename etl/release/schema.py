"""Every column of every table, described once: columns.csv and tables.csv beside this module; and the data dictionary made of them.

Validation (pandera), the data dictionary, datapackage.json and the Parquet types all derive from these two, so a column cannot mean
one thing in the code and another in the documents. What a *row* must fulfil beyond its columns (known places, sums that hold) is
not here but in ``harmonise`` and ``check``.

Conventions: text is never null, ``""`` says there is none; numbers and dates are null when absent; a number is an exact
decimal in base units (1480000, never 148万; per cent as 54.1 with the unit ``%``).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Self

from etl.model import CheckResult, Measure, Qualifier, State

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

ROLES = ("observation", "repeat", "incidental")
INDICATOR_KINDS = ("stock", "flow", "cumulative", "ratio", "rank")
ABSENCE_STATES = (State.NOT_PUBLISHED, State.NOT_IN_SOURCES, State.NOT_IN_PLAN, State.NOT_APPLICABLE)
MILESTONE_STATES = ("planned", "done", "late", "done_not_accepted", "silent")
RELATIONS = ("=", "<=", ">=", "")
CLOSED_LISTS: Mapping[str, tuple[str, ...]] = {
    "qualifiers": tuple(Qualifier),
    "measures": tuple(Measure),
    "roles": ROLES,
    "indicator_kinds": INDICATOR_KINDS,
    "absence_states": ABSENCE_STATES,
    "milestone_states": MILESTONE_STATES,
    "relations": RELATIONS,
    "verdicts": tuple(CheckResult),
}
"""Closed lists that the two tables call by name, because code decides by their words; other lists stand there, separated by ``|``."""


class Kind(StrEnum):
    """What the cells of a column hold, and what pandas, Arrow and a data package call such cells."""

    dtype: str
    arrow: str
    frictionless: str

    TEXT = "text", "str", "string", "string"
    DECIMAL = "decimal", "object", "decimal", "number"
    INTEGER = "integer", "int64", "int64", "integer"
    DATE = "date", "object", "date32", "date"
    MOMENT = "moment", "object", "timestamp[s]", "datetime"
    YES_NO = "yes_no", "bool", "bool", "boolean"
    FLOAT = "float", "float64", "double", "number"
    BYTES = "bytes", "object", "binary", "string"

    def __new__(cls, code: str, dtype: str = "", arrow: str = "", frictionless: str = "") -> Self:
        """The member of a code."""
        member = str.__new__(cls, code)
        member._value_, member.dtype, member.arrow, member.frictionless = code, dtype, arrow, frictionless
        return member


@dataclass(frozen=True)
class Column:
    """One column, the same wherever it stands. ``zh`` and ``en`` are what it holds; ``choices`` a closed list; ``key_of`` the table
    its text must name a row of; ``formerly`` the name it had, which headers of city folders may still have."""

    kind: Kind
    zh: str
    en: str
    choices: tuple[str, ...] = ()
    key_of: str = ""
    required: bool = False
    formerly: str = ""


@dataclass(frozen=True)
class Table:
    """One table: its grain, its columns in order, its key. A file written before the ``later`` columns were added may be without them."""

    grain: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    must: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()

    def choices_of(self, column: str) -> tuple[str, ...]:
        """The closed list of ``column`` in this table, () where any word will do."""
        return self.choices.get(column, COLUMNS[column].choices)

    def column_named(self, name: str) -> str:
        """The column of this table that ``name`` is, or was, the name of; else ``name`` itself."""
        return next((column for column in self.columns if COLUMNS[column].formerly == name), name)

    def requires(self, column: str) -> bool:
        """Whether a row of this table cannot be without ``column``."""
        return column in self.must or (COLUMNS[column].required and column not in self.optional)


def _rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _closed_list(cell: str) -> tuple[str, ...]:
    return CLOSED_LISTS.get(cell) or tuple(filter(None, cell.split("|")))


COLUMNS: Mapping[str, Column] = {
    row["column"]: Column(
        Kind(row["kind"]),
        row["zh"],
        row["en"],
        _closed_list(row["choices"]),
        row["key_of"],
        row["required"] == "yes",
        row["formerly"],
    )
    for row in _rows("columns.csv")
}


def _table(row: Mapping[str, str]) -> Table:
    columns, key, *others = (row[name].split() for name in ("columns", "key", "optional", "must", "later"))
    if unknown := [name for name in columns + key if name not in COLUMNS]:
        raise KeyError(f"columns without a description: {unknown}")
    lists = (part.partition("=") for part in filter(None, row["choices"].split("; ")))
    choices = {column: _closed_list(cell) for column, _, cell in lists}
    return Table(row["grain"], tuple(columns), tuple(key), choices, *map(frozenset, others))


_TABLES = {(row["group"], row["table"]): _table(row) for row in _rows("tables.csv")}
FACTS = _TABLES["source", "facts"]
WAITING = replace(
    FACTS,
    grain="one number read from a document that lacks something; completed, its row moves to facts.csv (no build reads it here)",
    columns=(*FACTS.columns, "missing"),
    optional=FACTS.optional | {"unit"},
)
CHECKED = replace(
    FACTS,
    grain="one number of one source that somebody held against the document, as it stood then (no build reads it)",
    columns=(*FACTS.columns, "checked_by", "checked_on"),
    must=frozenset(("checked_by", "checked_on")),
    later=frozenset(),
)
STATEMENTS = _TABLES["source", "statements"]
"""``project`` lists (by ;) what else a statement is part of besides its subject: the brand of a community among speciality communities."""

REFERENCE: Mapping[str, Table] = {name: table for (group, name), table in _TABLES.items() if group == "reference"}
"""What people write under data/reference/, one CSV each."""

TABLES: Mapping[str, Table] = {
    name: _TABLES.get(("release", name), table) for (group, name), table in _TABLES.items() if group != "source"
}
"""What a release holds, one Parquet file each."""

GEO: Mapping[str, str] = {
    "geo": '{"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", '
    '"geometry_types": ["Polygon", "MultiPolygon"], "orientation": "counterclockwise"}}}'
}
"""GeoParquet's metadata of table ``boundaries``; without a ``crs`` there the frame is OGC:CRS84, longitude and latitude."""

SUBJECT_COLUMNS = ("indicator", "place", "period_start", "period_end", "as_of", "breakdown", "measure", "variant")
"""What an observation speaks of, but for its project: two numbers that agree in all of them are two printings of one."""

KEY_COLUMNS = ("project", *SUBJECT_COLUMNS)
"""The columns that together say what an observation speaks of."""


def contract(table: Table) -> pa.DataFrameSchema:
    """The pandera contract of ``table``: types, closed lists, what must be there, and its key. That text is text is asked of the
    whole table at once: column by column it costs half of a build."""
    import pandera.pandas as pa  # noqa: PLC0415 - a third of a screen's start, and only a build validates

    def column(name: str) -> pa.Column:
        described = COLUMNS[name]
        choices, must = table.choices_of(name), table.requires(name)
        checks = []
        if choices:
            checks.append(pa.Check.isin(choices if must else (*choices, "")))
        elif must and described.kind == "text":
            checks.append(pa.Check.str_length(min_value=1))
        return pa.Column(
            None if described.kind.dtype in ("str", "object") else described.kind.dtype,
            checks=checks,
            nullable=described.kind in ("decimal", "date", "moment", "float", "bytes"),
            description=described.en,
        )

    def texts_are_text(frame: pd.DataFrame) -> bool:
        texts = (name for name in table.columns if COLUMNS[name].kind == Kind.TEXT)
        return all(frame[name].dtype == "str" for name in texts if name in frame)

    columns, checks = {name: column(name) for name in table.columns}, pa.Check(texts_are_text, name="text")
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=list(table.key), checks=checks)


HEAD = """# Tables

Generated by `python -m etl describe`; a test keeps it current. Text is never null (empty says there is none), numbers and
dates are null when absent, values are exact decimals in base units.
"""


def dictionary() -> str:
    """Markdown: every file people write and every table a release holds, with each column's meaning and closed list."""
    source = {"facts": FACTS, "waiting": WAITING, "checked": CHECKED, "statements": STATEMENTS}
    written = {f"sources/<source>/{name}.csv": table for name, table in source.items()}
    written |= {f"reference/{name}.csv": table for name, table in REFERENCE.items()}
    made = {f"{name}.parquet": table for name, table in TABLES.items() if name not in REFERENCE or name == "absences"}
    of_people, of_release = ([_section(*named) for named in tables.items()] for tables in (written, made))
    return "\n".join([HEAD, "## What people write", *of_people, "## What a release holds besides", *of_release])


def _section(name: str, table: Table) -> str:
    rows = [_described(column, table) for column in table.columns]
    head = [f"### {name}", "", f"Grain: {table.grain}. Key: {', '.join(table.key)}.", ""]
    return "\n".join([*head, "| column | 中文 | meaning | kind | must |", "|---|---|---|---|---|", *rows, ""])


def _described(column: str, table: Table) -> str:
    about = COLUMNS[column]
    choices = [choice for choice in table.choices_of(column) if choice]
    listed = f" One of: {', '.join(choices)}." if choices else ""
    names = f" Names a row of {about.key_of}." if about.key_of else ""
    must = "yes" if table.requires(column) else ""
    return f"| {column} | {about.zh} | {about.en}.{listed}{names} | {about.kind} | {must} |".replace("<", "&lt;")
