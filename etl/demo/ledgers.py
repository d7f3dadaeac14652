"""Workbooks that are sources: registers and monthly returns, laid out by design/ledgers.toml, each number a fact at its cell.

A number the city does not have - because nobody reported it - leaves its cell empty and gives no fact.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.demo.cast import Cast
from etl.demo.course import month_end
from etl.demo.design import CITY, Design, Numbers, rows
from etl.demo.printing import plain, printed, scale_of
from etl.demo.sheets import Cell, Merge, Sheet, cell_name, workbook
from etl.demo.sources import Fact, write_source
from etl.demo.target import Target

Words = dict[str, str]


@dataclass(frozen=True)
class Line:
    """One row (or repeated column) of a sheet: what its placeholders stand for, and the texts of its label columns."""

    words: Words
    labels: tuple[str, ...]


def write_ledgers(target: Target, design: Design, cast: Cast, numbers: Numbers) -> dict[str, str]:
    """Writes every workbook with its source folder; source/key -> observation for each number it prints."""
    ledgers = tomllib.loads((CITY / "design" / "ledgers.toml").read_text("utf-8"))["ledger"]
    observations: dict[str, str] = {}
    for ledger in ledgers:
        sheets, facts, statements = [], [], []
        for described in ledger["sheet"]:
            sheet, found, told = _sheet(described, design, cast, numbers)
            sheets.append(sheet)
            facts += found
            statements += told
        raw = workbook(sheets)
        source = ledger["source"]
        target.bytes(raw, "sources", source, ledger["file"])
        about = {**ledger["about"], "sha256": hashlib.sha256(raw).hexdigest()}
        write_source(target, source, about, facts, [{**one, "seq": seq} for seq, one in enumerate(statements, start=1)])
        observations |= {f"{source}/{fact['key']}": f"{source}#{seq}" for seq, fact in enumerate(facts, start=1)}
    return observations


def _sheet(
    described: Mapping[str, Any], design: Design, cast: Cast, numbers: Numbers
) -> tuple[Sheet, list[Fact], list[Fact]]:
    """The sheet with the facts and statements that stand in it."""
    columns = list(_columns(described, design, cast))
    labels = described["labels"]
    heads = [*labels, *(column["head"] for column in columns)]
    grid: list[list[Cell]] = [[described["title"]], [design.said["note"]], heads]
    facts: list[Fact] = []
    statements: list[Fact] = []
    for line in _lines(described["rows"], design, cast):
        cells: list[Cell] = list(line.labels)
        for column in columns:
            key = _filled(column["key"], line.words)
            value = numbers.get(key)
            at = f"{described['name']}!{cell_name(len(grid), len(cells))}"
            cells.append(None if value is None else value / scale_of(column["printed"]))
            is_skipped = key in described.get("skip", ()) or (column.get("skip_zero") and not value)
            if value is not None and not is_skipped:
                said = {
                    name: _filled(text, line.words) for name, text in {**described["fact"], **column["fact"]}.items()
                }
                entered = {"key": key, "as_printed": printed(column["printed"], value), "value": plain(value)}
                facts.append({**said, **entered, "locator": at})
        statements += _statements(described, line, f"{described['name']}!{cell_name(len(grid), 0)}")
        grid.append(cells)
    return Sheet(described["name"], grid, (Merge(0, 0, 0, len(heads) - 1),)), facts, statements


def _columns(described: Mapping[str, Any], design: Design, cast: Cast) -> Iterator[Mapping[str, Any]]:
    """The columns as described; one with ``each`` once for each of its lines, {each} and its like filled in."""
    for column in described["column"]:
        if "each" not in column:
            yield column
            continue
        for line in _lines(column["each"], design, cast):
            words = {name.replace("row", "each", 1): text for name, text in line.words.items()}
            fact = {name: _filled(text, words) for name, text in column["fact"].items()}
            yield {**column, "head": _filled(column["head"], words), "key": _filled(column["key"], words), "fact": fact}


def _filled(text: str, words: Words) -> str:
    """``text`` with the placeholders that ``words`` knows filled in, and the others left as they are."""
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text


def _statements(described: Mapping[str, Any], line: Line, locator: str) -> Iterator[Fact]:
    for one in described.get("statements", ()):
        filled = {name: _filled(text, line.words) for name, text in one.items()}
        yield {"as_of": described["fact"]["as_of"], **filled, "locator": locator}


def _lines(kind: str, design: Design, cast: Cast) -> Sequence[Line]:
    name, _, rest = kind.partition(":")
    match name:
        case "months":
            return [_month(month) for month in _months(*rest.split(":"))]
        case "built":
            return list(_built(design, cast))
        case "spaces":
            return list(_spaces(design, cast))
        case "districts" | "districts_and_city" | "city":
            places = [district.place for district in design.districts] if name != "city" else []
            places += [design.city] if name != "districts" else []
            return [_line(place, design.name(place)) for place in places]
    dimension = design.said["items"][name]
    items = [row for row in rows(CITY / "reference" / "breakdowns.csv") if row["dimension"] == dimension]
    return [_line(row["item"], row["name"]) for row in items]


def _line(row: str, name: str, *labels: str, **more: str) -> Line:
    return Line({"row": row, "row_name": name, **more}, labels or (name,))


def _months(first: str, last: str) -> Iterator[str]:
    year, month = map(int, first.split("-"))
    while f"{year}-{month:02d}" <= last:
        yield f"{year}-{month:02d}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _month(month: str) -> Line:
    name = f"{int(month[:4])}年{int(month[5:])}月"
    return _line(month, name, row_first=f"{month}-01", row_last=str(month_end(month)))


def _built(design: Design, cast: Cast) -> Iterator[Line]:
    for number, one in enumerate((one for one in cast.communities if one.year in design.said["years"]), start=1):
        name = design.said["community"]["name"].format(stem=one.stem.text)
        labels = (design.name(one.district.place), name, str(one.year))
        yield _line(one.place, name, *labels, year=str(one.year), number=str(number))


def _spaces(design: Design, cast: Cast) -> Iterator[Line]:
    for one in cast.spaces:
        name = design.said["space"]["name"].format(stem=one.stem.text)
        labels = (design.name(one.district.place), name, str(one.opened_on))
        yield _line(one.facility, name, *labels, district=one.district.place)
