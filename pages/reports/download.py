"""What people take away from a display: its table as CSV or workbook, its chart as one picture.

Every download says by itself where its numbers come from, of which day they speak, from which release it is, and 模拟数据
where the city is made up.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from etl.language import is_chinese
from etl.model import Citation
from etl.release.export import SYNTHETIC, cell_text
from etl.release.tables import Release
from pages.charts.to_svg import to_svg
from pages.reports.workbook import Sheet, shown, workbook
from pages.wording.catalog import _
from pages.wording.downloads import source_table
from pages.wording.marks import WordedMark, numbers_table, raw_table
from pages.wording.sources import source_line


def csv_bytes(marks: Sequence[WordedMark], cited: Sequence[Citation], release: Release) -> bytes:
    """The marks as CSV that Excel and WPS open as Chinese text (UTF-8 with BOM), with sources, release, and 模拟数据 where it is."""
    rows = _tidy(marks, cited, release)
    return ("\ufeff" + rows.map(cell_text).to_csv(index=False)).encode("utf-8")


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
    above = [*_made_up(release), note]
    return to_svg(chart, title=title, above=above, below=display_lines(cited, release)[-2:])


def display_lines(cited: Sequence[Citation], release: Release, *, note: str = "") -> Sequence[str]:
    """What stands around a display that has left the screen: 模拟数据, note, source line with the day, city and release."""
    city = (release.city.name_en if not is_chinese() else "") or release.city.name
    origin = " ｜ ".join(filter(None, [city, _("Release {release}").format(release=release.id)]))
    return [*_made_up(release), *filter(None, [note]), source_line(cited), origin]


def file_name(key: str, release: Release, suffix: str = "csv") -> str:
    """What a download is called: it says when it is simulated, and from which release it comes."""
    return f"{'模拟数据-' if release.synthetic else ''}{key}-{release.id}.{suffix}"


def _made_up(release: Release) -> list[str]:
    words = _("Simulated data: this city is made up, none of its numbers has been published by anyone.")
    if not release.synthetic:
        return []
    return [words if SYNTHETIC in words else f"{SYNTHETIC} - {words}"]


def _tidy(marks: Sequence[WordedMark], cited: Sequence[Citation], release: Release) -> pd.DataFrame:
    """One row per number or declared absence: exact values, ids, titles of sources, release."""
    titles = {each: citation.title for citation in cited for each in citation.observation_ids}
    return raw_table(marks).assign(
        sources=["; ".join(dict.fromkeys(titles[number] for number in mark.observation_ids)) for mark in marks],
        release=release.id,
        data_kind=SYNTHETIC if release.synthetic else "",
    )
