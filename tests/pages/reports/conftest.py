"""Briefings of three cities, composed once, and a way to read what a file says, piece by piece."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from xml.etree import ElementTree

import docx
import openpyxl
import pypdfium2
import pytest
from pptx import Presentation

from pages.queries.briefs import BriefRequest, brief_rows
from pages.reports.brief import Brief
from pages.reports.compose_brief import compose_brief

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="session")
def brief_of(release_of) -> Callable[..., Brief]:
    """The briefing of a city's folder: audience, place, period, day."""
    return lambda folder, *asked: compose_brief(brief_rows(release_of(folder), BriefRequest(*asked)))


def said_in_docx(made: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(made))
    found = ["".join(each.itertext()) for each in document.element.body.iter(f"{WORD}p")]
    notes = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("word/endnotes.xml"))
    return found + ["".join(each.itertext()) for each in notes.iter(f"{WORD}p")]


def said_in_pptx(made: bytes) -> list[str]:
    found = []
    for slide in Presentation(io.BytesIO(made)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
        found.append(slide.notes_slide.notes_text_frame.text)
    return found + [each for name, part in parts(made).items() for each in _chart_words(name, part)]


def said_in_xlsx(made: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(made))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return cells + [each for name, part in parts(made).items() for each in _chart_words(name, part)]


def said_in_pdf(made: bytes) -> list[str]:
    return ["".join(page.split()) for page in pages_of_pdf(made)]


def pages_of_pdf(made: bytes) -> list[str]:
    with pypdfium2.PdfDocument(made) as document:
        return [page.get_textpage().get_text_range() for page in document]


def parts(made: bytes) -> Mapping[str, bytes]:
    """Path -> bytes of an Office file, the workbooks inside its charts opened too."""
    archive = zipfile.ZipFile(io.BytesIO(made))
    found = {name: archive.read(name) for name in archive.namelist()}
    inner = {name: parts(content) for name, content in found.items() if name.endswith(".xlsx")}
    return found | {f"{name}/{path}": content for name, own in inner.items() for path, content in own.items()}


def _chart_words(name: str, part: bytes) -> list[str]:
    """Every value, category and written label of a chart part, and every cell of the workbook inside it."""
    if "charts/chart" in name and name.endswith(".xml"):
        root = ElementTree.fromstring(part)
        return [each.text or "" for each in root.iter() if each.tag in (f"{CHART}v", f"{DRAWING}t")]
    if ".xlsx/xl/worksheets" in name or ".xlsx/xl/sharedStrings" in name:
        return [each.text for each in ElementTree.fromstring(part).iter() if each.text and each.text.strip()]
    return []


SAID = {"docx": said_in_docx, "pptx": said_in_pptx, "xlsx": said_in_xlsx, "pdf": said_in_pdf}


@pytest.fixture(scope="session")
def said_in() -> Mapping[str, Callable[[bytes], list[str]]]:
    return SAID
