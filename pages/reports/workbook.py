"""Tables as an Excel workbook in which nothing runs: text is written as text, numbers as numbers, days as days.
A number shows as many decimals as it was given, so that 54.10 stays 54.10.  Ready to print: landscape, one page wide, headings repeated on every page."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd

from pages.charts.palette import letters_wide
from pages.reports.kit import LONG_AGO

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

WIDEST = 60
LONGEST = 32_767  # characters an Excel cell holds; longer text is cut there, and ends with ….
MOST_PLACES = 9  # decimals of the tables' numbers
EXACT_DIGITS = 15  # digits an Excel number keeps; a longer one is written as text, so that no digit is lost
_DECIMALS = re.compile(r"\.(\d+)")


@dataclass(frozen=True)
class Shown:
    """A number, and how many decimals of it are shown."""

    value: Decimal
    places: int


Cell = str | bool | int | float | Decimal | dt.date | Shown | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: a table, and lines of text above its headings."""

    name: str
    table: pd.DataFrame
    above: Sequence[str] = ()


def workbook(sheets: Sequence[Sheet], *, heading: str = "") -> bytes:
    """The bytes of an .xlsx with these sheets; ``heading`` is printed on top of every page (模拟数据).
    The same sheets give the same bytes."""

    def fill(book: Workbook) -> None:
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "quiet": book.add_format({"font_color": "#6B7684"}),
            "names": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top", "align": "left"}),
        }
        for written in map(number_format, range(MOST_PLACES + 1)):
            formats[written] = book.add_format({"num_format": written, "valign": "top"})
        for sheet in sheets:
            _write(added_page(book, sheet.name, heading), sheet, formats)

    return workbook_bytes(fill)


def workbook_bytes(fill: Callable[[Workbook], None], *, day: dt.date | None = None, **about: str) -> bytes:
    """The .xlsx that ``fill`` writes, as if on ``day``, in which no text becomes a formula or a link; ``about`` are its properties."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only when a workbook is asked for

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({**about, "created": dt.datetime.combine(day or LONG_AGO, dt.time())})
        fill(book)
    return file.getvalue()


def added_page(book: Workbook, name: str, heading: str, footer: str = "") -> Worksheet:
    """A new sheet ready to print: landscape, one page wide, ``heading`` on top of every page, ``footer`` and its number below."""
    page = book.add_worksheet(name[:31])
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer(f"{footer}&R&P / &N")
    if heading:
        page.set_header(f"&C{heading}")
    return page


def _write(page: Worksheet, sheet: Sheet, formats: Mapping[str, Format]) -> None:
    for at, line in enumerate(sheet.above):
        page.write_string(at, 0, line[:LONGEST], formats["title" if at == 0 else "quiet"])
    first = len(sheet.above) + (1 if sheet.above else 0)
    for column, name in enumerate(sheet.table.columns):
        page.write_string(first, column, str(name), formats["names"])
        cells = list(sheet.table[name])
        page.set_column(column, column, _wide([str(name), *cells]))
        for row, cell in enumerate(cells, start=first + 1):
            _write_cell(page, row, column, cell, formats)
    page.freeze_panes(first + 1, 0)
    page.repeat_rows(first)


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, formats: Mapping[str, Format]) -> None:
    match cell:
        case bool():
            page.write_boolean(row, column, cell, formats["text"])
        case _ if cell is None or cell != cell:  # noqa: PLR0124 - only NaN and NaT differ from themselves
            page.write_blank(row, column, None)
        case dt.datetime():
            page.write_datetime(row, column, cell, formats["moment"])
        case dt.date():
            page.write_datetime(row, column, cell, formats["day"])
        case Shown():
            page.write_number(row, column, cell.value, formats[number_format(cell.places)])
        case int() | float() | Decimal() if len(Decimal(str(cell)).as_tuple().digits) <= EXACT_DIGITS:
            page.write_number(row, column, cell, formats[number_format(_places(Decimal(str(cell))))])
        case _:
            text = str(cell)
            page.write_string(row, column, text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…", formats["text"])


def shown(value: Decimal, text: str) -> Shown:
    """``value`` with as many decimals as ``text`` prints of it: 54.1 beside 54.10% has two, 36000 beside 3.6万人次 none."""
    printed = max((len(each) for each in _DECIMALS.findall(text)), default=0)
    return Shown(value, printed if f"{value:.{printed}f}" in text else _places(value.normalize()))


def number_format(places: int) -> str:
    """How Excel writes a number with so many decimals, and all of its whole digits."""
    return f"0.{'0' * min(places, MOST_PLACES)}" if places else "0"


def _places(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _wide(cells: Iterable[Cell]) -> float:
    lines = (line for cell in islice(cells, 200) if cell is not None for line in str(cell).splitlines())
    return min(max(map(letters_wide, lines), default=8) * 1.1 + 2, WIDEST)
