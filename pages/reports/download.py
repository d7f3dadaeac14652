"""What people take away: of a display its table as CSV or workbook and its chart as one picture; all tables of a release as one archive.
Every download says by itself where its numbers come from, of which day they speak, from which release it is, and 模拟数据
where the city is made up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from etl.language import is_chinese
from etl.model import Citation
from etl.release.export import SYNTHETIC, cell_text, datapackage, exported_tables, marked, table_csv, table_parquet
from etl.release.schema import COLUMNS, TABLES, dictionary
from etl.release.tables import Release
from pages.charts.to_svg import to_svg
from pages.reports.kit import archived
from pages.reports.workbook import Sheet, shown, workbook
from pages.wording.catalog import _
from pages.wording.marks import WordedMark, numbers_table, raw_table
from pages.wording.sources import source_line
from pages.wording.tables import contents_table, source_table, table_names


def csv_bytes(marks: Sequence[WordedMark], cited: Sequence[Citation], release: Release) -> bytes:
    """The marks as CSV that Excel and WPS open as Chinese text (UTF-8 with BOM), with sources, release, and 模拟数据 where it is."""
    return ("\ufeff" + _tidy(marks, cited, release).map(cell_text).to_csv(index=False)).encode("utf-8")


def marks_xlsx(
    marks: Sequence[WordedMark], cited: Sequence[Citation], release: Release, *, title: str, note: str = ""
) -> bytes:
    """The same as a workbook of three sheets: as shown, as exact values, and the sources."""
    lines = [title, *display_lines(cited, release, note=note)]
    return workbook(
        [
            Sheet(_("As shown"), _with_values(marks), lines),
            Sheet(_("Exact values"), _tidy(marks, cited, release)),
            Sheet(_("Sources"), source_table(cited)),
        ],
        heading=SYNTHETIC if release.synthetic else "",
    )


def _with_values(marks: Sequence[WordedMark]) -> pd.DataFrame:
    """The table behind the display; beside each number as it is shown stands its value, in base units, and the unit."""
    table = numbers_table(marks).drop(columns="number_id")
    if _("Number") not in table:
        return table
    at = list(table.columns).index(_("Number")) + 1
    values = [None if mark.value is None else shown(mark.value, mark.text) for mark in marks]
    highs = [mark.value_high for mark in marks]
    table.insert(at, _("Unit"), [mark.unit_name for mark in marks])
    if any(high is not None for high in highs):
        table.insert(at, _("Upper end"), pd.Series(highs, dtype=object))
    table.insert(at, _("Value in base units"), pd.Series(values, dtype=object))
    return table


def svg_text(chart: go.Figure, cited: Sequence[Citation], release: Release, *, title: str, note: str = "") -> str:
    """The chart as one picture with its title, its note (unit first), its sources with the day, and the release inside."""
    return to_svg(chart, title=title, above=[*_made_up(release), note], below=display_lines(cited, release)[-2:])


def display_lines(cited: Sequence[Citation], release: Release, *, note: str = "") -> Sequence[str]:
    """What stands around a display that has left the screen: 模拟数据, note, source line with the day, city and release."""
    return [*_made_up(release), *filter(None, [note]), source_line(cited), _origin(release)]


def _origin(release: Release) -> str:
    """City and release."""
    city = (release.city.name_en if not is_chinese() else "") or release.city.name
    return " ｜ ".join(filter(None, [city, _("Release {release}").format(release=release.id)]))


def file_name(key: str, release: Release, suffix: str = "csv") -> str:
    """What a download is called: it says when it is simulated, and from which release it comes."""
    return f"{'模拟数据-' if release.synthetic else ''}{key}-{release.id}.{suffix}"


def _made_up(release: Release) -> list[str]:
    words = _("Simulated data: this city is made up, none of its numbers has been published by anyone.")
    return [words if SYNTHETIC in words else f"{SYNTHETIC} - {words}"] if release.synthetic else []


def _tidy(marks: Sequence[WordedMark], cited: Sequence[Citation], release: Release) -> pd.DataFrame:
    """One row per number or declared absence: exact values, ids, titles of sources, release."""
    titles = {each: citation.title for citation in cited for each in citation.observation_ids}
    return raw_table(marks).assign(
        sources=["; ".join(dict.fromkeys(titles[number] for number in mark.observation_ids)) for mark in marks],
        release=release.id,
        data_kind=SYNTHETIC if release.synthetic else "",
    )


def table_xlsx(release: Release, name: str) -> bytes:
    """Table ``name`` as a workbook: its rows, and what its columns mean."""
    rows = _as_printed(marked(release, name))
    sheets = [Sheet(table_names().get(name, name), rows), Sheet(_("Columns"), _columns([name]))]
    return workbook(sheets, heading=SYNTHETIC if release.synthetic else "")


def tables_xlsx(release: Release) -> bytes:
    """Every table on a sheet of its own, the contents before them and the columns' meanings behind."""
    names = exported_tables()
    rows = table_rows(release)
    contents = Sheet(_("Contents"), contents_table(rows).assign(**{_("Rows"): list(rows.values())}), about(release))
    tables = [Sheet(name, _as_printed(marked(release, name))) for name in names]
    heading = SYNTHETIC if release.synthetic else ""
    return workbook([contents, *tables, Sheet(_("Columns"), _columns(names))], heading=heading)


def _as_printed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the decimals that were printed: 54.1 with a step of 0.01 as 54.10, so that the workbook shows it so."""
    if "step" not in rows:
        return rows
    given = {}
    for name in ("value", "value_high"):
        values = [_padded(value, step) for value, step in zip(rows[name], rows["step"], strict=True)]
        given[name] = pd.Series(values, index=rows.index, dtype=object)
    return rows.assign(**given)


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
        files.append((f"csv/{name}.csv", table_csv(release, name)))
        files.append((f"parquet/{name}.parquet", table_parquet(release, name)))
    files += [("csv/datapackage.json", package_json(release)), ("tables.xlsx", tables_xlsx(release))]
    return archived([*files, ("dictionary.md", f"{dictionary()}\n".encode())])


def package_json(release: Release) -> bytes:
    """The datapackage.json of the CSV files."""
    return (json.dumps(datapackage(release), ensure_ascii=False, indent=1) + "\n").encode()


def table_rows(release: Release) -> dict[str, int]:
    """Table -> how many of its rows may be exported."""
    return {name: len(marked(release, name)) for name in exported_tables()}


def about(release: Release) -> list[str]:
    """What an archive says of itself first."""
    made_up = _("Simulated data: this city is made up, none of its numbers has been published by anyone.")
    return [
        _origin(release),
        *([f"{SYNTHETIC} - {made_up}"] if release.synthetic else []),
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
