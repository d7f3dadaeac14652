"""A briefing as a workbook: its text, a sheet a chart with data and a native chart beside it, the 督办 list, the sources.
Every cell is written as what it is, a number as a number: where its text says more (超过3.6万人次), the number stands beside it.
Nothing in it is a formula or a link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from etl.model import State
from etl.release.export import SYNTHETIC
from pages.charts.bars import shown_marks
from pages.charts.form import OfficeKind
from pages.charts.palette import LIGHT, letters_wide
from pages.reports.brief import Brief, Chart, CitedText, Table
from pages.reports.series import Native, Series, native, one_line, unit_line
from pages.reports.workbook import LONGEST, Shown, added_page, number_format, shown, workbook_bytes
from pages.wording import briefs as told
from pages.wording.literal import in_excel_chart

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart as NativeChart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

KINDS = {OfficeKind.BARS: "bar", OfficeKind.COLUMNS: "column", OfficeKind.POINTS: "line"}
WIDEST, LINE_PT, CHART_COLUMNS = 60, 15, 12
LOOKS = {
    "title": {"bold": True, "font_size": 16, "font_color": LIGHT.done},
    "heading": {"bold": True, "font_size": 13, "font_color": LIGHT.done},
    "quiet": {"font_color": LIGHT.unknown},
    "said": {"text_wrap": True, "valign": "top", "font_size": 12},
    "names": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top"},
    "day": {"num_format": 'yyyy"年"m"月"d"日"', "valign": "top", "align": "left"},
}
NUMBER_WIDTH = 2  # share of the page that a column of numbers takes
Cell = str | Shown | dt.date | None
Option: TypeAlias = "str | int | Mapping[str, Option] | Sequence[Option]"  # an option of a native chart


@dataclass(frozen=True)
class Grid:
    """A table as a workbook holds it: the headings, their shares of the page, the cells row by row."""

    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


def grid(table: Table) -> Grid:
    """``table`` with a column of numbers behind each column whose texts say more than their numbers."""
    columns: list[tuple[str, float, Sequence[Cell]]] = []
    for at, (name, width) in enumerate(zip(table.columns, table.widths, strict=True)):
        said = [row[at] for row in table.rows]
        columns.append((name, width, [_plain(each) for each in said]))
        if any(numbers := [_number_beside(each) for each in said]):
            columns.append((told.IN_NUMBERS.format(column=name), NUMBER_WIDTH, numbers))
    names, widths, cells = zip(*columns, strict=True)
    return Grid(names, widths, tuple(zip(*cells, strict=True)))


def _plain(said: CitedText) -> Cell:
    if isinstance(said.value, Decimal) and not _number_beside(said):
        return shown(said.value, said.text)
    return said.value if isinstance(said.value, dt.date) else said.text


def _number_beside(said: CitedText) -> Shown | None:
    """The number of a text that says more than its digits; None where there is none."""
    if not isinstance(said.value, Decimal) or said.text == f"{said.value:f}":
        return None
    return shown(said.value, said.text)


def xlsx_bytes(brief: Brief) -> bytes:
    """The briefing as .xlsx; the same briefing gives the same bytes."""

    def fill(book: Workbook) -> None:
        pages = _Book(book, brief)
        pages.text()
        for at, chart in enumerate(brief.charts(), 1):
            pages.chart(f"图{at}", chart)
        if brief.tasks:
            pages.table(brief.tasks.title, brief.tasks)
        pages.sources()

    return workbook_bytes(fill, day=brief.day, title=brief.title, author=brief.city, comments=" ｜ ".join(brief.about))


class _Book:
    """The workbook being filled."""

    def __init__(self, book: Workbook, brief: Brief) -> None:
        self.book, self.brief = book, brief
        self.looks = {name: book.add_format(look) for name, look in LOOKS.items()}

    def text(self) -> None:
        """The first sheet: what the briefing says, with its tables."""
        page, row = self._sheet("简报"), 0
        widest = max([6, *(len(grid(table).columns) for section in self.brief.sections for table in section.tables)])
        page.set_column(0, widest - 1, 20)
        page.write_string(row, 0, self.brief.title, self.looks["title"])
        for line in self.brief.about:
            row += 1
            page.write_string(row, 0, line, self.looks["quiet"])
        for number, section in zip("一二三四五六", self.brief.sections, strict=False):
            row += 2
            page.write_string(row, 0, f"{number}、{section.heading}", self.looks["heading"])
            for said in section.paragraphs:
                row += 1
                text = f"{said.rule}：{said.text}" if said.rule else said.text
                page.merge_range(row, 0, row, widest - 1, "", self.looks["said"])
                page.write_string(row, 0, text[:LONGEST], self.looks["said"])
                page.set_row(row, 18 * (1 + letters_wide(text) // (20 * widest)))
            for table in section.tables:
                row = self._grid(page, row + 2, table) + 1

    def chart(self, name: str, chart: Chart) -> None:
        """A data sheet with its native chart."""
        page, drawn = self._sheet(name), native(chart)
        for at, line in enumerate((chart.title.text, unit_line(chart), chart.note, chart.source)):
            page.write_string(at, 0, line[:LONGEST], self.looks["title" if at == 0 else "quiet"])
        first = 5
        marks = shown_marks(chart.marks)
        beside = [mark for mark in chart.marks if mark.part == "beside"]
        more = ["对照的数值"] if beside else []
        names = ["名称", *(series.name for series in drawn.series), "如何书写", "编号", *more]
        written_at, named_at = len(drawn.series) + 1, len(drawn.series) + 2
        for column, head in enumerate(names):
            page.write_string(first, column, head, self.looks["names"])
        for at, (category, mark) in enumerate(zip(drawn.categories, marks, strict=True), first + 1):
            page.write_string(at, 0, category, self.looks["text"])
            for column, series in enumerate(drawn.series, 1):
                value = series.values[at - first - 1]
                if value is not None:
                    written = series.number_format or number_format(shown(value, series.labels[at - first - 1]).places)
                    page.write_number(at, column, value, self._number_look(written))
            page.write_string(at, written_at, mark.text, self.looks["text"])
            page.write_string(at, named_at, mark.number_id, self.looks["quiet"])
        last = first + len(drawn.categories)
        for at, mark in enumerate(beside, last + 2):
            page.write_string(at, 0, one_line(mark.label), self.looks["text"])
            page.write_string(at, written_at, mark.text, self.looks["text"])
            page.write_string(at, named_at, mark.number_id, self.looks["text"])
            if mark.value is not None:
                self._write(page, at, named_at + 1, shown(mark.value, mark.text))
        page.set_column(0, 0, 26)
        page.set_column(1, len(drawn.series), 10)
        page.set_column(written_at, named_at, 28)
        if drawn.series:
            page.insert_chart(first, len(names) + 1, self._native(name, chart, drawn, first), {"object_position": 3})
            page.print_area(0, 0, max(last + 4, first + 22), len(names) + CHART_COLUMNS)

    def _native(self, name: str, chart: Chart, drawn: Native, first: int) -> NativeChart:
        made = self.book.add_chart({"type": KINDS[drawn.kind]})
        last = first + len(drawn.categories)
        for column, series in enumerate(drawn.series, 1):
            made.add_series(
                {
                    "name": [name, first, column], "categories": [name, first + 1, 0, last, 0], "values": [name, first + 1, column, last, column],
                    "gap": 60, "overlap": 100, "data_labels": _labels(series, drawn.kind), **_look(series, drawn.kind),
                }
            )  # fmt: skip
        made.set_title({"name": in_excel_chart(chart.title.text), "name_font": {"size": 12}, "overlay": False})
        made.set_legend({"position": "bottom"} if len(drawn.series) > 1 else {"none": True})
        values = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
        names = {"reverse": drawn.kind == OfficeKind.BARS, "line": {"color": LIGHT.quiet}, "major_tick_mark": "none"}
        made.set_x_axis(values if drawn.kind == OfficeKind.BARS else names)  # bars lie: their values run along x
        made.set_y_axis(names if drawn.kind == OfficeKind.BARS else values)
        height = 120 + 34 * len(drawn.categories) if drawn.kind == OfficeKind.BARS else 380
        made.set_size({"width": 720, "height": height})
        made.show_blanks_as("gap")
        return made

    def table(self, name: str, table: Table) -> None:
        """A table on a sheet of its own, its heading repeated on every page."""
        page = self._sheet(name)
        page.write_string(0, 0, f"{self.brief.title} · {table.title}", self.looks["title"])
        page.write_string(1, 0, " ｜ ".join(self.brief.about), self.looks["quiet"])
        held = grid(table)
        for column, share in enumerate(held.widths):
            page.set_column(column, column, _wide(share))
        last = self._grid(page, 3, Table("", table.columns, table.rows, table.widths, table.unit, table.source))
        for at, row in enumerate(held.rows, 4):
            texts = [each if isinstance(each, str) else "" for each in row]
            lines = [1 + letters_wide(text) // _wide(share) for text, share in zip(texts, held.widths, strict=True)]
            page.set_row(at, LINE_PT * max(lines))
        page.print_area(0, 0, last, len(held.columns) - 1)
        page.repeat_rows(3)
        page.freeze_panes(4, 0)

    def sources(self) -> None:
        """The documents, and the rules by which findings were chosen."""
        rows = []
        for each in self.brief.sources:
            number, ids = CitedText(str(each.note), value=Decimal(each.note)), CitedText(";".join(each.observation_ids))
            rows.append((number, CitedText(each.text), ids))
        self.table("来源", Table("来源", ("序号", "文件", "观测值编号"), tuple(rows), (1, 10, 10)))
        page = self._sheet("选取规则")
        page.set_column(0, 0, 100)
        for at, rule in enumerate(self.brief.rules):
            page.write_string(at, 0, rule, self.looks["text"])

    def _sheet(self, name: str) -> Worksheet:
        footer = f"&L{self.brief.as_of} {self.brief.release_id}"
        return added_page(self.book, name, SYNTHETIC if self.brief.synthetic else "", footer)

    def _grid(self, page: Worksheet, row: int, table: Table) -> int:
        """The table from ``row`` down; gives back its last row."""
        if table.title:
            page.write_string(row, 0, table.title, self.looks["heading"])
            row += 1
        held = grid(table)
        for column, name in enumerate(held.columns):
            page.write_string(row, column, name, self.looks["names"])
        for cells in held.rows:
            row += 1
            for column, cell in enumerate(cells):
                self._write(page, row, column, cell)
        if table.source:
            row += 1
            page.write_string(row, 0, table.source[:LONGEST], self.looks["quiet"])
        return row

    def _write(self, page: Worksheet, row: int, column: int, cell: Cell) -> None:
        match cell:
            case str():
                page.write_string(row, column, cell[:LONGEST], self.looks["text"])
            case dt.date():
                page.write_datetime(row, column, cell, self.looks["day"])
            case Shown():
                page.write_number(row, column, cell.value, self._number_look(number_format(cell.places)))

    def _number_look(self, written: str) -> Format:
        if written not in self.looks:
            self.looks[written] = self.book.add_format({"num_format": written, "valign": "top"})
        return self.looks[written]


def _wide(share: float) -> int:
    return int(min(4.5 * share, WIDEST))


def _labels(series: Series, kind: OfficeKind) -> Mapping[str, Option]:
    position = "above" if kind == OfficeKind.POINTS else "outside_end"
    if series.number_format:
        return {"value": True, "position": position, "num_format": series.number_format}
    texts = [{"value": in_excel_chart(text)} if text else {"delete": True} for text in series.labels]
    return {"value": True, "position": position, "custom": texts}


def _look(series: Series, kind: OfficeKind) -> Mapping[str, Option]:
    colour = f"#{series.colour}"
    if kind == OfficeKind.POINTS:
        inside: Mapping[str, Option] = {"fill": {"color": colour}, "border": {"color": colour}}
        return {"line": {"none": True}, "marker": {"type": "circle", "size": 9, **inside}}
    if series.state == State.PLANNED:
        pattern = {"pattern": "wide_upward_diagonal", "fg_color": LIGHT.planned, "bg_color": LIGHT.tint}
        return {"pattern": pattern, "border": {"color": LIGHT.done}}
    return {"fill": {"color": colour}, "border": {"color": LIGHT.done}}
