"""District returns as clerks really send them: title rows, merged headings of two levels, totals among the rows, 万元, GB18030.

Laid out by design/handed_in.toml. They are what an intake desk will be tested on, so beside them stands what they hold.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol

from etl.demo.cast import Cast, Community
from etl.demo.design import CITY, Design, Numbers
from etl.demo.printing import plain, printed
from etl.demo.sheets import Cell, Merge, Sheet, workbook
from etl.demo.target import Target

HOME = "handed_in"


def write_returns(target: Target, design: Design, cast: Cast, numbers: Numbers) -> None:
    """Writes handed_in/* and expected/handed_in.json: file -> place and the values it holds, in base units."""
    described = tomllib.loads((CITY / "design" / "handed_in.toml").read_text("utf-8"))["return"]
    expected = {}
    for one in described:
        sheets = [_sheet(sheet, design, cast, numbers) for sheet in one["sheet"]]
        content = _csv(sheets[0], one["encoding"]) if "encoding" in one else workbook(sheets)
        target.bytes(content, HOME, one["file"])
        values = {name: plain(numbers[key]) for name, key in one["holds"].items()}
        expected[one["file"]] = {"place": one["place"], "as_of": str(design.data_to), **values}
    target.text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "expected", "handed_in.json")


def _csv(sheet: Sheet, encoding: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(
        [["" if cell is None else cell for cell in row] for row in sheet.rows]
    )
    return text.getvalue().encode(encoding)


def _sheet(described: Mapping[str, Any], design: Design, cast: Cast, numbers: Numbers) -> Sheet:
    grid = [row for template in described["rows"] for row in _rows(template, design, cast, numbers)]
    return Sheet(described["name"], grid, tuple(_merge(text) for text in described.get("merges", ())))


def _merge(text: str) -> Merge:
    first, last = text.split(":")
    return Merge(*xl_cell_to_rowcol(first), *xl_cell_to_rowcol(last))


def _rows(template: Sequence[str], design: Design, cast: Cast, numbers: Numbers) -> Iterator[list[Cell]]:
    if not template[0].startswith("*"):
        yield [_cell(text, {}, numbers) for text in template]
        return
    planned = [
        one
        for one in cast.communities
        if one.district.place == template[0][1:] and one.year == design.said["plan_year"]
    ]
    for number, one in enumerate(planned, start=1):
        yield [_cell(text, _words(one, number, design), numbers) for text in template[1:]]


def _words(one: Community, number: int, design: Design) -> dict[str, str]:
    is_done = one.done_on is not None and one.done_on <= design.data_to
    return {
        "number": str(number),
        "name": design.said["community"]["name"].format(stem=one.stem.text),
        "due": str(one.due_on or ""),
        "done": str(one.done_on or ""),
        "accepted": str(one.accepted_on or ""),
        "is_done": str(int(is_done)),
    }


def _cell(text: str, words: Mapping[str, str], numbers: Numbers) -> Cell:
    """A cell as its template says; a bare whole number becomes one."""
    if text.startswith("="):
        key, _, scale = text[1:].partition("/")
        return numbers[key] / Decimal(scale or 1)
    if text.startswith("~"):
        key, pattern = text[1:].split("|")
        return printed(pattern, numbers[key])
    filled = text.format(**words)
    return int(filled) if filled.isdecimal() and filled.isascii() else filled or None
