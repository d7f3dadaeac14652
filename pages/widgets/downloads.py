"""What can be taken away from a display: buttons that make a file only when they are pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from etl.language import language, spoken
from etl.model import Citation
from pages.charts.drawing import Drawing
from pages.charts.to_svg import is_printable
from pages.queries.documents import citations_of
from pages.reports.download import csv_bytes, file_name, marks_xlsx, svg_text
from pages.reports.files import fonts_of
from pages.reports.kit import MEDIA_TYPES, png_bytes
from pages.widgets import escaped
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.marks import WordedMark


def show_downloads(key: str, *, title: str, note: str, chart: Drawing | None, marks: Sequence[WordedMark]) -> None:
    """The downloads of one display: table as CSV and XLSX; the chart, where there is one, as PNG and SVG."""
    release = this_screen().release
    figure = chart.figure() if chart else None

    def cited() -> tuple[Citation, ...]:
        return citations_of(release, marks)

    def picture() -> str:
        assert figure is not None
        return svg_text(figure, cited(), release, title=title, note=note)

    files: dict[str, Callable[[], bytes]] = {
        "csv": lambda: csv_bytes(marks, cited(), release),
        "xlsx": lambda: marks_xlsx(marks, cited(), release, title=title, note=note),
    }
    if is_printable(figure):
        files["png"] = lambda: png_bytes(picture(), fonts_of(release.folder))
        files["svg"] = lambda: picture().encode("utf-8")
    show_files(key, files)


def show_files(key: str, files: Mapping[str, Callable[[], bytes]], *, labels: Mapping[str, str] | None = None) -> None:
    """A row of buttons, one a file: ending -> what makes it; ``labels`` where a button says more than the format."""
    with st.container(horizontal=True, key=f"downloads_{key}"):
        for suffix, make in files.items():
            escaped.download_button(
                (labels or {}).get(suffix) or _("Download {format}").format(format=suffix.upper()),
                data=partial(spoken, language(), make),
                file_name=file_name(key, this_screen().release, suffix),
                mime=MEDIA_TYPES[suffix],
                on_click="ignore",
                key=f"download_{key}_{suffix}",
            )
