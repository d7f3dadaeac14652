"""The reference tables of a city: the vocabulary every number is described in, read from data/reference/*.csv.

Nothing here knows a place or an indicator by name: another city is another folder.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from etl.errors import FormulaError, Problem, Where, listing, unknown
from etl.handwritten import LINE, Row, read_rows, read_toml, typed
from etl.release.schema import COLUMNS, REFERENCE
from etl.rows import AliasRow, IdentityRow, IndicatorRow, PlaceRow, SynonymRow, Written
from etl.rules.formula import parse_formula
from etl.rules.selectors import RELATIVE, parts_parent

CITY_FILE = "city.toml"
WrittenRow = TypeVar("WrittenRow", bound=Written)


@dataclass(frozen=True)
class City:
    """What city.toml says. ``order`` is the administrative order of its districts, ``tiles`` place -> (column, row); ``fonts`` of PDF and PNG."""

    name: str = ""
    name_en: str = ""
    place: str = ""
    code: str = ""
    synthetic: bool = False
    order: tuple[str, ...] = ()
    bounds: tuple[float, ...] = ()
    tiles: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    return_day: int = 25
    rule_pack: str = "default"
    fonts: str = "packaged"

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> City:
        """The city of what a TOML or JSON file says, whose lists become tuples; words it does not know are left out."""
        told = {name: said[name] for name in cls.__dataclass_fields__ if name in said}
        told |= {name: tuple(told[name]) for name in ("order", "bounds") if name in told}
        return cls(**told | {"tiles": {place: tuple(tile) for place, tile in told.get("tiles", {}).items()}})


@dataclass(frozen=True)
class Reference:
    """All reference tables as cells, with quick look-ups. ``rejected`` are keys and names of rows left out for a defect."""

    tables: Mapping[str, Sequence[Row]]
    rejected: frozenset[str] = frozenset()

    def rows(self, kind: type[WrittenRow]) -> list[WrittenRow]:
        """The rows of the table of ``kind``, in the order of the file."""
        return list(map(kind.of, self.tables[kind.TABLE]))

    @cached_property
    def places(self) -> Sequence[PlaceRow]:
        """The rows of places.csv."""
        return self.rows(PlaceRow)

    @cached_property
    def aliases(self) -> Sequence[AliasRow]:
        """The rows of place_aliases.csv."""
        return self.rows(AliasRow)

    @cached_property
    def identities(self) -> Sequence[IdentityRow]:
        """The rows of identities.csv."""
        return self.rows(IdentityRow)

    @cached_property
    def indicator_of(self) -> Mapping[str, IndicatorRow]:
        """Id -> row of indicators.csv."""
        return {row.indicator: row for row in self.rows(IndicatorRow)}

    @cached_property
    def ids(self) -> Mapping[str, Mapping[str, Row]]:
        """Table -> id -> row."""
        return {
            name: {str(row[REFERENCE[name].key[0]]): row for row in rows}
            for name, rows in self.tables.items()
            if len(REFERENCE[name].key) == 1
        }

    @cached_property
    def named(self) -> Mapping[str, Mapping[str, str]]:
        """Table -> name -> id, for tables whose rows have names."""
        return {
            table: {str(row["name"]): key for key, row in rows.items() if "name" in row}
            for table, rows in self.ids.items()
        }

    def place_named(self, word: str, day: dt.date | None) -> str | None:
        """Id of the place that ``word`` (id, name, short name or dated alias) means on ``day``; None when it means none or several."""
        found = (
            [row.place for row in self.places if word == row.place]
            or [row.place for row in self.places if word in (row.name, row.short_name)]
            or [row.place for row in self.aliases if word == row.alias and row.is_in_force(day)]
        )
        return found[0] if len(set(found)) == 1 else None


def line_of(start: str, parents: Mapping[str, str]) -> list[str]:
    """``start`` and what it belongs to, from the nearest up; each once, whatever circle the rows describe."""
    line: list[str] = []
    while start and start not in line:
        line.append(start)
        start = parents.get(start, "")
    return line


def read_city(folder: Path) -> tuple[City, list[Problem]]:
    """The city of ``folder``; a folder without city.toml is a city without a name, so that an empty folder still opens."""
    path = folder / CITY_FILE
    if not path.exists():
        return City(), []
    said, problems = read_toml(path, CITY_FILE, "")
    if said is None:
        return City(), problems
    fields = {name: said[name] for name in City.__dataclass_fields__ if name in said}
    wrong = [
        Problem("E-110", Where(CITY_FILE, column=name), "类型不对", str(fields[name]), expected)
        for name, (kind, expected) in _CITY_TYPES.items()
        if name in fields and not isinstance(fields[name], kind)
    ]
    wrong += [
        Problem("E-110", Where(CITY_FILE, column=name), "没有这种写法", str(fields[name]), "、".join(words))
        for name, words in _CITY_WORDS.items()
        if isinstance(fields.get(name), str) and fields[name] not in words
    ]
    return (City(), wrong) if wrong else (City.of(said), [])


_CITY_TYPES: Mapping[str, tuple[type, str]] = {
    **dict.fromkeys(("name", "name_en", "code", "fonts"), (str, "文字")),
    "place": (str, "文字（places.csv 中的编号）"),
    "synthetic": (bool, "true 或 false"),
    "order": (list, "列表"),
    "bounds": (list, "四个数的列表"),
    "tiles": (dict, "[tiles] 一节"),
    "return_day": (int, "整数"),
}
_CITY_WORDS: Mapping[str, tuple[str, ...]] = {"fonts": ("packaged", "official")}


def read_reference(folder: Path) -> tuple[Reference, list[Problem]]:
    """Every reference table of ``folder`` and every problem in them: cells, duplicate keys, names of rows that do not exist."""
    tables: dict[str, Sequence[Row]] = {}
    problems: list[Problem] = []
    rejected: set[str] = set()
    for name, table in REFERENCE.items():
        label = _label(name)
        rows, broken = read_rows(folder / "reference" / f"{name}.csv", table, label)
        tables[name], wrong = typed(rows, table, label)
        problems += broken + wrong
        kept = {row[LINE] for row in tables[name]}
        rejected |= {
            row[column] for row in rows if row[LINE] not in kept for column in (table.key[0], "name") if column in row
        }
    reference = Reference(tables)
    problems += dangling(reference, reference.ids)
    problems += _unknown_subjects(reference)
    unreadable = _formula_problems(reference)
    defects = {at for at, _ in unreadable}
    for name, cells in tables.items():
        rejected |= {str(row[REFERENCE[name].key[0]]) for row in cells if (name, row[LINE]) in defects}
        tables[name] = [row for row in cells if (name, row[LINE]) not in defects]
    return Reference(tables, frozenset(rejected)), problems + [problem for _, problem in unreadable]


SUBJECT_TABLES: Mapping[str, str] = {
    "place": "places",
    "project": "projects",
    "facility": "facilities",
    "organisation": "organisations",
    "indicator": "indicators",
}
"""Kind of what a statement or a synonym is about -> the table it stands in."""


def _unknown_subjects(reference: Reference) -> Iterator[Problem]:
    for row in reference.rows(SynonymRow):
        table = SUBJECT_TABLES[row.subject_kind]
        if row.subject not in reference.ids[table]:
            where = Where(_label("synonyms"), row.line, "subject")
            yield unknown(where, COLUMNS["subject"].zh, row.subject, reference.ids[table], _label(table))


LISTED_IN = {"observations": "sources/*/facts.csv", "sources": "sources/"}


def _label(name: str) -> str:
    return f"reference/{name}.csv"


def dangling(reference: Reference, ids: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """A problem for each cell of a reference table that names no row of the tables whose ``ids`` are given."""
    for name, rows in reference.tables.items():
        for column in REFERENCE[name].columns:
            names_itself = column == "parent" and name in ("places", "projects", "organisations")
            target = name if names_itself else COLUMNS[column].key_of
            if target not in ids or (column == REFERENCE[name].key[0] and target == name):
                continue
            listed_in = LISTED_IN.get(target, _label(target))
            for row in rows:
                if row[column] and not _names_row(str(row[column]), ids[target], column):
                    where = Where(_label(name), row[LINE], column)
                    yield unknown(where, COLUMNS[column].zh, row[column], ids[target], listed_in)


def _names_row(cell: str, ids: Collection[str], column: str) -> bool:
    return cell in ids or (column == "place" and parts_parent(cell) in ids)


def _formula_problems(reference: Reference) -> list[tuple[tuple[str, int], Problem]]:
    """Table and line with each selector or formula there that cannot be read, or names what nobody has described."""
    return [
        ((name, row[LINE]), problem)
        for name, columns in FORMULA_COLUMNS.items()
        for row in reference.tables[name]
        for column in columns
        for text in filter(None, (piece.strip() for piece in row[column].split("|")))
        for problem in _formula_problem(text, Where(_label(name), row[LINE], column), reference, name in COMPUTED)
    ]


FORMULA_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "indicators": ("formula",),
    "identities": ("left", "right"),
    "projects": ("evidence",),
    "headlines": ("shows", "compared_with"),
    "charts": ("shows", "compared_with"),
}


COMPUTED = ("indicators", "identities")
"""Tables whose selectors are computed with: what a sum holds must not change with the newest number."""


def _formula_problem(text: str, where: Where, reference: Reference, is_computed: bool) -> Iterator[Problem]:
    try:
        node = parse_formula(text)
    except FormulaError as error:
        yield Problem("E-204", where, str(error))
        return
    ids = reference.ids
    for leaf in node.leaves():
        assert leaf.selector is not None
        if is_computed and leaf.selector.is_relative:
            remedy = f"{listing(sorted(RELATIVE))}只用在显示的选择式里"
            yield Problem("E-204", where, "公式里的选择式要写明时期", leaf.selector.text, "如 period=2019", remedy)
        if leaf.selector.indicator not in ids["indicators"]:
            yield unknown(where, "指标", leaf.selector.indicator, ids["indicators"], _label("indicators"))
        place = leaf.selector.pins.get("place", "")
        if place and not _names_row(place, ids["places"], "place"):
            yield unknown(where, "地区", place, ids["places"], _label("places"))
