"""What can be taken away from a display: buttons that make a file only when they are pressed."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from etl.tables import Release
from pages.charts.printed import is_printable
from pages.queries.citations import citations_of
from pages.reports.download import csv_bytes, file_name, svg_text, xlsx_bytes
from pages.reports.picture import has_chinese_font, png_bytes
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

    files: dict[str, tuple[Callable[[], bytes], str]] = {
        "csv": (lambda: csv_bytes(marks, cited(), release), "text/csv"),
        "xlsx": (lambda: xlsx_bytes(marks, cited(), release, _, title=title, note=note), XLSX),
    }
    draws = is_printable(chart)
    if draws and has_chinese_font():
        files["png"] = (lambda: png_bytes(picture()), "image/png")
    if draws:
        files["svg"] = (lambda: picture().encode("utf-8"), "image/svg+xml")
    with st.container(horizontal=True, key=f"downloads_{key}"):
        for suffix, (made, mime) in files.items():
            st.download_button(
                _("Download {format}").format(format=suffix.upper()), data=made, file_name=file_name(key, release, suffix),
                mime=mime, on_click="ignore", key=f"download_{key}_{suffix}",
            )  # fmt: skip
    if draws and "png" not in files:
        st.caption(
            _("No Chinese font is installed on the server, so it draws no PNG; the SVG is drawn with your own fonts.")
        )
