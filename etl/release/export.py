"""Hands the tables out: CSV that Chinese Excel opens, and a datapackage.json that says what every column means."""

import csv
import io
import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from etl.release.publish import arrow_schema, arrow_table
from etl.release.schema import COLUMNS, TABLES, Table
from etl.release.tables import Release

Cell = str | int | float | Decimal | date | None
Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
BOM = "utf-8-sig"
BINARY = ("boundaries",)
SYNTHETIC = "模拟数据"
MADE_UP: Mapping[str, Json] = {
    "name": SYNTHETIC,
    "title": SYNTHETIC,
    "description": "stands in every row of a city that is made up",
    "type": "string",
    "constraints": {"required": True, "enum": [SYNTHETIC]},
}
"""The column that a made-up city's tables have besides."""

MOMENT = "%Y-%m-%dT%H:%M:%S"
"""How a moment is written: China Standard Time, without an offset."""

GUARD = "'"
GUARDED = r"'*[=+\-@\t\r][\s\S]"
"""What is guarded: text that a spreadsheet would run, and text that looks as if it were guarded already. A sign alone runs nothing."""

_GUARDED = re.compile(GUARDED)


def exported_tables() -> list[str]:
    """Names of the tables an export holds: all but those of geometry."""
    return [name for name in TABLES if name not in BINARY]


def export(release: Release, folder: Path) -> list[Path]:
    """Writes one CSV per table and datapackage.json into ``folder`` and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name}.csv" for name in exported_tables()}
    for name, path in paths.items():
        path.write_bytes(table_csv(release, name))
    package = folder / "datapackage.json"
    package.write_text(json.dumps(datapackage(release), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return [*paths.values(), package]


def table_csv(release: Release, name: str) -> bytes:
    """Table ``name`` as CSV that Chinese Excel opens; every row of a made-up city says 模拟数据."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    frame = marked(release, name)
    writer.writerow(frame.columns)
    for row in frame.to_dict("records"):
        writer.writerow([cell_text(cell) for cell in row.values()])
    return file.getvalue().encode(BOM)


def table_parquet(release: Release, name: str) -> bytes:
    """Table ``name`` as Parquet with exact decimals, dates and the columns' descriptions; the same rows as the CSV."""
    schema, frame, file = arrow_schema(name), marked(release, name), io.BytesIO()
    if SYNTHETIC in frame:
        schema = schema.append(pa.field(SYNTHETIC, pa.string()))
    pq.write_table(arrow_table(frame, schema), file, compression="zstd")
    return file.getvalue()


def marked(release: Release, name: str) -> pd.DataFrame:
    """Table ``name`` as it may be exported: numbers printed in passing (an interviewee's age) stay inside, and a made-up city's has a
    column 模拟数据."""
    frame = release.table(name)[list(TABLES[name].columns)]
    frame = frame[frame["role"] != "incidental"] if name == "figures" else frame
    return frame.assign(**{SYNTHETIC: SYNTHETIC}) if release.synthetic else frame


def cell_text(value: Cell) -> str:
    """A cell as plain text: exact digits, ISO days, "" for nothing; text that a spreadsheet would run gets a leading apostrophe (OWASP's
    rule for CSV), which ``formulaGuard`` of datapackage.json takes off again. Numbers keep their sign."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"{GUARD}{text}" if isinstance(value, str) and _GUARDED.match(text) else text


def datapackage(release: Release) -> dict[str, Json]:
    """The Frictionless Data Package of an export, derived from the descriptions of the columns. ``formulaGuard`` is ours: what to
    take off a text (``undo``, a regular expression) to have it as the release holds it."""
    return {
        "profile": "tabular-data-package",
        "name": release.id,
        "title": release.city.name,
        "synthetic": release.synthetic,
        "formulaGuard": {"prefix": GUARD, "undo": f"^{GUARD}(?={GUARDED})"},
        "resources": [_resource(name, synthetic=release.synthetic) for name in exported_tables()],
    }


def _resource(name: str, *, synthetic: bool) -> dict[str, Json]:
    table = TABLES[name]
    fields = [_field(column, table) for column in table.columns]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "encoding": "utf-8",
        "description": table.grain,
        "schema": {
            "fields": [*fields, MADE_UP] if synthetic else fields,
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _field(column: str, table: Table) -> dict[str, Json]:
    about, choices = COLUMNS[column], table.choices_of(column)
    field: dict[str, Json] = {"name": column, "title": about.zh, "description": about.en}
    field |= {"type": about.kind.frictionless} | ({"format": MOMENT} if about.kind == "moment" else {})
    return field | ({"constraints": {"enum": [cell_text(choice) for choice in choices]}} if choices else {})
