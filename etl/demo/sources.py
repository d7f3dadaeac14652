"""Writes the sources of the city but for its gate logs - bulletins as attached texts, registers as workbooks - drafts, and returns.

What they say is committed in city/. Left to do here is what follows from the seed and the size of the gate logs: the numbers counted in
them, where each number of a text then stands, and the bytes' SHA-256.  Workbooks, those of the registers and those that clerks hand in,
are laid out in TOML; a register's numbers come from the source's facts.csv, each at the cell its locator names.  Their bytes are the same
every time: no clock, no user name, no formula.
"""

import csv
import datetime as dt
import hashlib
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from etl.demo.gate_log import LogTotals
from etl.demo.log_plan import ACTIONS, CITY, rows_of
from etl.demo.target import Json, Target, csv_text
from etl.release.schema import FACTS, STATEMENTS

COUNTED = {"visits": ("enter",), "loans": ("borrow", "return"), "cards": ("card_issue",)}
"""What is counted, and the actions it adds up."""
ENDINGS = ((10_000, 700, 1000), (170, 70, 100))
"""From this size on, a lower bound ends so: 53.97万, 8870. No number that a real city we hold has published does."""
TEN_THOUSAND = Decimal(10_000)
_SLOT = re.compile(r"\{\{([^{}]+)\}\}")
Cell = str | int | float
"""Empty text is an empty cell."""
CREATED = dt.datetime(2026, 1, 1)
COLUMN_WIDTH = 14
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def counted_numbers(totals: LogTotals, first: dt.date) -> dict[str, str]:
    """Name -> digits, for each thing counted and each month from ``first`` on.

    ``visits in 2024-07`` is exact; ``visits to 2024-07`` is a lower bound of everything up to the month's end, in base units, and
    ``visits to 2024-07 in 万`` the same in 万.
    """
    numbers: dict[str, str] = {}
    months = [f"{first + dt.timedelta(days=position):%Y-%m}" for position in range(totals.sums.shape[1])]
    for name, actions in COUNTED.items():
        by_day = totals.sums[:, :, [ACTIONS.index(action) for action in actions]].sum(axis=(0, 2))
        total = 0
        for month, positions in groupby(range(len(months)), months.__getitem__):
            in_month = int(by_day[list(positions)].sum())
            total += in_month
            bound = lower_bound(total)
            numbers[f"{name} in {month}"] = str(in_month)
            numbers[f"{name} to {month}"] = str(bound)
            numbers[f"{name} to {month} in 万"] = f"{bound / TEN_THOUSAND}万"
    return numbers


def lower_bound(total: int) -> int:
    """A number safely below ``total`` to print after 超过, at most two decimals in 万.

    It ends as ENDINGS says, so that no seed and no size can bring a real city's number onto a headline card. Totals below
    171 get no such bound: 0.
    """
    for least, ending, step in ENDINGS:
        bound = (total - 1 - ending) // step * step + ending
        if bound >= least:
            return bound
    return 0


def filled(text: str, numbers: dict[str, str]) -> str:
    """``text`` with each ``{{name}}`` replaced by the number of that name; KeyError for a name there is none of."""
    return _SLOT.sub(lambda slot: numbers[slot[1]], text)


def write_sources(target: Target, numbers: dict[str, str]) -> None:
    """Writes ``sources/*`` with the documents attached; a source without document or workbook is copied."""
    for home in sorted((CITY / "sources").iterdir()):
        files = {path.name: filled(path.read_text("utf-8"), numbers) for path in home.iterdir()}
        document, workbook = CITY / "documents" / f"{home.name}.txt", CITY / "workbooks" / f"{home.name}.toml"
        if document.exists():
            text = filled(document.read_text("utf-8"), numbers)
            files["facts.csv"] = _with_locators_of_facts(files["facts.csv"], text)
            files["statements.csv"] = _with_locators_of_statements(files["statements.csv"], text)
            files["source.toml"] += _digest_line(text.encode())
            target.text(text, "attached", hashlib.sha256(text.encode()).hexdigest())
        elif workbook.exists():
            book = read_workbook(workbook)
            enter_facts(book, rows_of(files["facts.csv"]))
            files["source.toml"] += _digest_line(book.content())
            target.bytes(book.content(), "sources", home.name, book.file)
        for name, content in files.items():
            target.text(content, "sources", home.name, name)


def write_drafts(target: Target, numbers: dict[str, str]) -> None:
    """Writes drafts/*.txt and expected/drafts.json: file -> start, end, as_printed, verdict, observation of each number in it."""
    described = rows_of(filled((CITY / "expected" / "drafts.csv").read_text("utf-8"), numbers))
    expected: dict[str, Json] = {}
    for path in sorted((CITY / "drafts").glob("*.txt")):
        text = filled(path.read_text("utf-8"), numbers)
        target.text(text, "drafts", path.name)
        numbers_in_it = [row for row in described if row["draft"] == path.name]
        spans = positions(text, [row["as_printed"] for row in numbers_in_it])
        expected[path.name] = [
            {"start": start, "end": end, **{name: cell for name, cell in row.items() if name != "draft"}}
            for (start, end), row in zip(spans, numbers_in_it, strict=True)
        ]
    target.json(expected, "expected", "drafts.json")


def positions(text: str, printed: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end of each of ``printed`` in ``text``, each behind the one before; ValueError for one that is not there."""
    found, end = [], 0
    for words in printed:
        start = text.index(words, end)
        end = start + len(words)
        found.append((start, end))
    return found


def _with_locators_of_facts(content: str, text: str) -> str:
    """facts.csv with the place of each number; the numbers stand there in the order of the text."""
    facts = rows_of(content)
    for fact, (start, end) in zip(facts, positions(text, [fact["as_printed"] for fact in facts]), strict=True):
        fact["locator"] = f"char:{start}-{end}"
    return csv_text(FACTS.columns, facts)


def _with_locators_of_statements(content: str, text: str) -> str:
    """statements.csv with the place of the words that stand as the locator of each statement."""
    statements = rows_of(content)
    for statement in statements:
        start = text.index(statement["locator"])
        statement["locator"] = f"char:{start}-{start + len(statement['locator'])}"
    return csv_text(STATEMENTS.columns, statements)


def _digest_line(content: bytes) -> str:
    return f'sha256 = "{hashlib.sha256(content).hexdigest()}"\n'


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells from A1 on; a merged range (``A1:F1``) shows the text of its upper left cell."""

    name: str
    rows: list[list[Cell]]
    merges: Sequence[str] = ()


@dataclass(frozen=True)
class Workbook:
    """One file as it is handed in; with an ``encoding`` it is a CSV of its only sheet, otherwise an .xlsx."""

    file: str
    sheets: Sequence[Sheet]
    encoding: str = ""

    def content(self) -> bytes:
        """The bytes of the file."""
        if not self.encoding:
            return _xlsx(self.sheets)
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(self.sheets[0].rows)
        return text.getvalue().encode(self.encoding)


def read_workbook(path: Path) -> Workbook:
    """The workbook that a file of city/workbooks or city/handed_in lays out."""
    layout = tomllib.loads(path.read_text("utf-8"))
    sheets = [Sheet(sheet["name"], sheet["rows"], sheet.get("merges", ())) for sheet in layout["sheet"]]
    return Workbook(layout["file"], sheets, layout.get("encoding", ""))


def enter_facts(book: Workbook, facts: Sequence[Mapping[str, str]]) -> None:
    """Puts the digits each fact prints into the cell that its locator (``sheet!B3``) names."""
    sheets = {sheet.name: sheet.rows for sheet in book.sheets}
    for fact in facts:
        name, _, cell = fact["locator"].partition("!")
        row, column = xl_cell_to_rowcol(cell)
        cells = sheets[name][row]
        cells += [""] * (column + 1 - len(cells))
        cells[column] = float(_DIGITS.findall(fact["as_printed"])[0])


def write_returns(target: Target) -> None:
    """Writes handed_in/*: what district clerks hand in, with title rows, merged headings and totals among the rows."""
    for path in sorted((CITY / "handed_in").glob("*.toml")):
        book = read_workbook(path)
        target.bytes(book.content(), "handed_in", book.file)


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": CREATED})
        centred = book.add_format({"align": "center", "valign": "vcenter", "border": 1, "bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.set_column(0, max(map(len, sheet.rows)) - 1, COLUMN_WIDTH)
            corners = {xl_cell_to_rowcol(merge.partition(":")[0]): merge for merge in sheet.merges}
            for (row, column), merge in corners.items():
                page.merge_range(merge, sheet.rows[row][column], centred)
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    if cell != "" and (row, column) not in corners:
                        page.write(row, column, cell)
    return content.getvalue()
