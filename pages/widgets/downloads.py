"""What can be taken away from a display: buttons that make a file only when they are pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from etl.release.tables import Release
from pages.charts.to_svg import is_printable
from pages.queries.citations import citations_of
from pages.reports.download import csv_bytes, file_name, svg_text, xlsx_bytes
from pages.reports.files import fonts_of
from pages.reports.picture import png_bytes
from pages.widgets import escaped
from pages.wording.catalog import Words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_downloads(
    key: str,
    *,
    title: str,
    note: str,
    chart: go.Figure | None,
    marks: pd.DataFrame,
    release: Release,
    _: Words,
) -> None:
    """The downloads of one display: table as CSV and XLSX; the chart, where there is one, as PNG and SVG."""

    def cited() -> pd.DataFrame:
        return citations_of(release, marks)

    def picture() -> str:
        assert chart is not None
        return svg_text(chart, cited(), release, _, title=title, note=note)

    made: dict[str, tuple[Callable[[], bytes], str]] = {
        "csv": (lambda: csv_bytes(marks, cited(), release), "text/csv"),
        "xlsx": (lambda: xlsx_bytes(marks, cited(), release, _, title=title, note=note), XLSX),
    }
    if is_printable(chart):
        made["png"] = (lambda: png_bytes(picture(), fonts_of(release.folder)), "image/png")
        made["svg"] = (lambda: picture().encode("utf-8"), "image/svg+xml")
    files = {
        suffix: (_("Download {format}").format(format=suffix.upper()), make, mime)
        for suffix, (make, mime) in made.items()
    }
    show_files(key, files, release=release)


def show_files(key: str, files: Mapping[str, tuple[str, Callable[[], bytes], str]], *, release: Release) -> None:
    """A row of buttons, one a file: suffix -> label, what makes it, its media type."""
    with st.container(horizontal=True, key=f"downloads_{key}"):
        for suffix, (label, make, mime) in files.items():
            escaped.download_button(
                label, data=make, file_name=file_name(key, release, suffix), mime=mime, on_click="ignore",
                key=f"download_{key}_{suffix}",
            )  # fmt: skip
