"""All tables of a release to take away: one workbook, or one archive with CSV, Parquet, the workbook and what every column means."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pandas as pd

from etl.language import is_chinese
from etl.release.dictionary import dictionary
from etl.release.export import SYNTHETIC, datapackage, exported_tables, marked, table_csv, table_parquet
from etl.release.schema import COLUMNS, TABLES
from etl.release.tables import Release
from pages.reports.archive import archived
from pages.reports.workbook import Sheet, workbook
from pages.wording.catalog import _
from pages.wording.tables import contents_table, table_names


def table_xlsx(release: Release, name: str) -> bytes:
    """Table ``name`` as a workbook: its rows, and what its columns mean."""
    rows = _as_printed(marked(release, name))
    sheets = [Sheet(table_names().get(name, name), rows), Sheet(_("Columns"), _columns([name]))]
    return workbook(sheets, heading=_heading(release))


def tables_xlsx(release: Release) -> bytes:
    """Every table on a sheet of its own, the contents before them and the columns' meanings behind."""
    names = exported_tables()
    rows = table_rows(release)
    listed = contents_table(rows).assign(**{_("Rows"): list(rows.values())})
    contents = Sheet(_("Contents"), listed, about(release))
    tables = [Sheet(name, _as_printed(marked(release, name))) for name in names]
    return workbook([contents, *tables, Sheet(_("Columns"), _columns(names))], heading=_heading(release))


def _as_printed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the decimals that were printed: 54.1 with a step of 0.01 as 54.10, so that the workbook shows it so."""
    if "step" not in rows:
        return rows
    given = {
        name: [_padded(value, step) for value, step in zip(rows[name], rows["step"], strict=True)]
        for name in ("value", "value_high")
    }
    return rows.assign(**{name: pd.Series(values, index=rows.index, dtype=object) for name, values in given.items()})


def _padded(value: Any, step: Any) -> Any:
    """``value`` with the decimals of its step, where it has fewer."""
    if not isinstance(value, Decimal) or not isinstance(step, Decimal):
        return value
    padded = value.quantize(Decimal(1).scaleb(min(0, step.adjusted())))
    return padded if padded == value else value


def tables_zip(release: Release) -> bytes:
    """The archive: ``csv/`` with datapackage.json beside it, ``parquet/``, the workbook, and the dictionary as text."""
    files = [("README.txt", "\r\n".join(about(release)).encode("utf-8-sig"))]
    for name in exported_tables():
        files += [
            (f"csv/{name}.csv", table_csv(release, name)),
            (f"parquet/{name}.parquet", table_parquet(release, name)),
        ]
    files += [
        ("csv/datapackage.json", package_json(release)),
        ("tables.xlsx", tables_xlsx(release)),
        ("dictionary.md", f"{dictionary()}\n".encode()),
    ]
    return archived(files)


def package_json(release: Release) -> bytes:
    """The datapackage.json of the CSV files."""
    return (json.dumps(datapackage(release), ensure_ascii=False, indent=1) + "\n").encode()


def table_rows(release: Release) -> dict[str, int]:
    """Table -> how many of its rows may be exported."""
    return {name: len(marked(release, name)) for name in exported_tables()}


def about(release: Release) -> list[str]:
    """What an archive says of itself first."""
    city = (release.city.name_en if not is_chinese() else "") or release.city.name
    made_up = (
        f"{SYNTHETIC} - {_('Simulated data: this city is made up, none of its numbers has been published by anyone.')}"
    )
    return [
        " ｜ ".join(filter(None, [city, _("Release {release}").format(release=release.id)])),
        *([made_up] if release.synthetic else []),
        _("Values are exact, in base units; an empty number is not 0: absences says why it is not there."),
        _("Outlines of places are left out: they may be exported only with a review number of their own."),
    ]


def _columns(names: list[str]) -> pd.DataFrame:
    rows = [
        {_("Table"): name, _("Column"): column, "中文": COLUMNS[column].zh, "English": COLUMNS[column].en, _("Kind"): COLUMNS[column].kind}
        for name in names
        for column in TABLES[name].columns
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _heading(release: Release) -> str:
    return SYNTHETIC if release.synthetic else ""
