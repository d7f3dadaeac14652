"""The cells of an Excel file as they are stored: values, what they show, formulas, merges, what is hidden. Runs in the limited child.

openpyxl gets a package reduced to what is read of it - values, number formats, visibility - so that neither a stale
dimension, a million formatted empty rows, a drawing nor a broken style decides what is read.  The cells it finds are counted against
those that stand in the XML.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import posixpath
import re
import warnings
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree
from lxml.etree import _Element as Element
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from etl.errors import Refused, Where, refused
from etl.readers.office_package import EXCEL, opened, torn, xml_parts
from etl.readers.sheet import Merge, StoredCell, StoredSheet
from etl.readers.shown_number import exact, shown_day, shown_number

MOST_CELLS = 60_000
"""What holds something, and what merged ranges cover: a range over a whole sheet names millions."""

_KEPT = {
    "workbook": {"workbookPr", "sheets"},
    "worksheet": {"cols", "sheetData"},
    "styleSheet": {"numFmts", "cellXfs"},
}
_WHOLE = {"sst", "Types", "Relationships"}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LINKS = "xl/_rels/workbook.xml.rels"
_STRICT = {
    b"//purl.oclc.org/ooxml/spreadsheetml/main": b"//schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"//purl.oclc.org/ooxml/officeDocument/": b"//schemas.openxmlformats.org/officeDocument/2006/",
}
_PLACED = rb"(?=\s[^<>]*\br=)[^<>]*"
_EMPTY_CELLS = re.compile(rb"<(?:\w+:)?c" + _PLACED + rb"/>|<((?:\w+:)?c)" + _PLACED + rb">\s*</\1>")
_EMPTY_ROWS = re.compile(rb"<(?:\w+:)?row" + _PLACED + rb"/>|<((?:\w+:)?row)" + _PLACED + rb">\s*</\1>")
_WITHOUT_PLACE = re.compile(rb"<(?:\w+:)?(?:c|row)(?=[\s/>])(?![^<>]*\sr=)")
_CARRIAGE_RETURN = re.compile(r"\r|_x000D_")

Place = tuple[int, int]


@dataclass(frozen=True)
class _Layout:
    """Where the cells of a worksheet stand that hold something, which are merged, and whether one of them is computed."""

    places: Sequence[Place]
    merges: Sequence[Merge]
    has_formulas: bool


def stored_sheets(raw: bytes, name: str) -> list[StoredSheet]:
    """The sheets of an .xlsx in their order; raises Refused for one that is torn, too large, unsafe, or read differently twice."""
    where = Where(name)
    with opened(raw, where) as archive:
        parts = xml_parts(archive, where)
    package, layouts = _reduced(parts, where)
    formulas = _loaded(package, data_only=False)
    values = _loaded(package, data_only=True) if any(layout.has_formulas for layout in layouts) else formulas
    if len(formulas.worksheets) != len(layouts):
        raise torn(where)
    return [_sheet(*sheet, where) for sheet in zip(values.worksheets, formulas.worksheets, layouts, strict=True)]


def _loaded(package: bytes, *, data_only: bool) -> Workbook:
    with warnings.catch_warnings(action="ignore"):  # it misses the styles that were taken out
        return load_workbook(io.BytesIO(package), data_only=data_only, keep_links=False)


def _reduced(parts: dict[str, bytes], where: Where) -> tuple[bytes, list[_Layout]]:
    """A package that holds only what is read, and how its worksheets are laid out, in the order of their tabs."""
    read = [name for name in parts if name.startswith(("xl/", "[", "_rels/"))]
    roots = {name: _root(parts.pop(name), where) for name in read}
    kinds = {name: etree.QName(root).localname for name, root in roots.items()}
    tabs = _tabs(roots)
    if not set(tabs) <= roots.keys():
        raise torn(where)
    layouts = [_layout(roots[name], where) for name in tabs if kinds[name] == "worksheet"]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, root in roots.items():
            if kinds[name] in _KEPT:
                _strip(root, _KEPT[kinds[name]])
            if kinds[name] in _KEPT or (kinds[name] in _WHOLE and "/_rels/sheet" not in name):
                package.writestr(name, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    return file.getvalue(), layouts


def _root(content: bytes, where: Where) -> Element:
    for strict, usual in _STRICT.items():
        content = content.replace(strict, usual)
    if b"sheetData" in content:
        content = _without_empty(content)
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise torn(where) from error


def _without_empty(content: bytes) -> bytes:
    """A sheet without its empty cells and rows; as it is where a cell only follows the one before, so that none moves."""
    filled = _EMPTY_ROWS.sub(b"", _EMPTY_CELLS.sub(b"", content))
    return content if _WITHOUT_PLACE.search(filled) else filled


def _tabs(roots: Mapping[str, Element]) -> list[str]:
    """The parts of the sheets in the order of their tabs."""
    links = roots.get(_LINKS)
    targets = {} if links is None else {link.get("Id"): link.get("Target", "") for link in links}
    found = [targets.get(sheet.get(_ID), "") for sheet in roots[EXCEL].iter(f"{_MAIN}sheet")]
    return [posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") for target in found]


def _layout(root: Element, where: Where) -> _Layout:
    has_formulas = next(root.iter(f"{_MAIN}f"), None) is not None
    return _Layout(_places(root, where), _merges(root, where), has_formulas)


def _merges(root: Element, where: Where) -> list[Merge]:
    found = [range_boundaries(merge.get("ref", "")) for merge in root.iter(f"{_MAIN}mergeCell")]
    covered = sum((right - left + 1) * (bottom - top + 1) for left, top, right, bottom in found)
    if covered > MOST_CELLS:
        raise _too_many("合并的单元格太多", covered, where)
    return sorted((top, left, bottom, right) for left, top, right, bottom in found)


def _strip(root: Element, kept: Collection[str]) -> None:
    for child in list(root):
        if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] not in kept:
            root.remove(child)


def _places(root: Element, where: Where) -> list[Place]:
    """Row and column of each cell that holds something, in the order of the file; what the others hold is taken out."""
    found: list[Place] = []
    at = 0
    for row in root.iter(f"{_MAIN}row"):
        at, column = int(row.get("r", at + 1)), 0
        for cell in row.iterchildren(f"{_MAIN}c"):
            at, column = coordinate_to_tuple(cell.get("r")) if cell.get("r") else (at, column + 1)
            if _holds_content(cell):
                found.append((at, column))
            else:
                cell[:] = []
    if len(found) > MOST_CELLS:
        raise _too_many("单元格太多", len(found), where)
    return found


def _too_many(what: str, found: int, where: Where) -> Refused:
    return refused("E-709", where, what, f"{found}格", f"不超过{MOST_CELLS}格", "请只留要读的表，分开保存")


def _holds_content(cell: Element) -> bool:
    """Whether a cell holds a value, a text or a formula; one whose formula gave an empty text is empty."""
    value, text = cell.find(f"{_MAIN}v"), cell.find(f"{_MAIN}is")
    if value is not None and value.text:
        return True
    if cell.find(f"{_MAIN}f") is not None:
        return value is None or cell.get("t") != "str"
    return text is not None and any(part.text for part in text.iter(f"{_MAIN}t"))


def _sheet(values: Worksheet, formulas: Worksheet, layout: _Layout, where: Where) -> StoredSheet:
    cells = tuple(_cells(values, formulas, layout.places))
    if len(cells) != len(layout.places):
        found, expected, remedy = f"{len(cells)}格", f"{len(layout.places)}格", "请用 Excel 或 WPS 重新保存"
        raise refused(
            "E-713", replace(where, sheet=values.title), "两种读法读到的单元格数不同", found, expected, remedy
        )
    hidden_rows = {at for at, row in values.row_dimensions.items() if row.hidden}
    hidden_columns = {
        at for column in values.column_dimensions.values() if column.hidden for at in range(column.min, column.max + 1)
    }
    return StoredSheet(
        values.title,
        values.sheet_state,
        cells,
        tuple(layout.merges),
        tuple(sorted(hidden_rows & {cell.row for cell in cells})),
        tuple(sorted(hidden_columns & {cell.column for cell in cells})),
    )


def _cells(values: Worksheet, formulas: Worksheet, places: Sequence[Place]) -> Iterator[StoredCell]:
    for row, column in sorted(set(places)):
        cell, computed = formulas.cell(row, column), values.cell(row, column)
        if cell.value is not None:
            kind, value, shown = _content(computed.value, computed.data_type, computed.number_format)
            yield StoredCell(row, column, kind, value, shown, _formula(cell))


def _formula(cell: Cell) -> str:
    """What a cell computes, ``""`` when it is entered; a text that begins with = is a text."""
    if cell.data_type != "f":
        return ""
    return str(getattr(cell.value, "text", None) or cell.value if isinstance(cell.value, str) else "=")


def _content(
    value: str | float | bool | dt.date | dt.time | dt.timedelta | None, kind: str, number_format: str
) -> tuple[str, str, str]:
    """Kind, exact value and what is shown."""
    if value is None:
        return "uncomputed", "", ""
    if kind == "e":
        return "error", str(value), str(value)
    if isinstance(value, bool):
        return "truth", str(value).upper(), str(value).upper()
    if isinstance(value, float) and not math.isfinite(value):
        return "error", "#NUM!", "#NUM!"
    if isinstance(value, (int, float)):
        number = exact(value)
        return "number", format(number, "f"), shown_number(number, number_format)
    if isinstance(value, (dt.time, dt.timedelta)):
        return "text", shown_day(value, number_format), shown_day(value, number_format)
    if isinstance(value, dt.date):
        return "day", value.isoformat(), shown_day(value, number_format)
    text = _CARRIAGE_RETURN.sub("", str(value))
    return "text", text, text
