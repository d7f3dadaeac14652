"""A made-up city of a few rows, written as people write one, for tests to break one cell at a time."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from etl.build import Tables
from etl.model import PlaceTime
from etl.release.schema import FACTS, REFERENCE, STATEMENTS, Table
from etl.rows import Observation, PlaceRow
from etl.rules.formula import Operands
from etl.rules.latest import Times
from etl.rules.selectors import chosen

TINY = {
    "places": [
        {"place": "city", "name": "甲市", "kind": "city", "sums": "no"},
        {"place": "east", "name": "东岸区", "kind": "district", "parent": "city", "sums": "yes"},
        {"place": "west", "name": "西岸区", "kind": "district", "parent": "city", "sums": "yes"},
        {"place": "north", "name": "北坡县", "kind": "county", "parent": "city", "sums": "yes"},
    ],
    "place_aliases": [{"alias": "东岸县", "place": "east", "valid_to": "2016-12-31"}],
    "projects": [{"project": "halls", "name": "社区礼堂", "level": "item", "position": "1"}],
    "units": [
        {"unit": "个", "name": "个", "continuous": "no", "scale": "count"},
        {"unit": "m2", "name": "平方米", "continuous": "yes", "scale": "area"},
        {"unit": "%", "name": "%", "continuous": "yes", "scale": "share"},
        {"unit": "人次", "name": "人次", "continuous": "no", "scale": "visits"},
    ],
    "indicators": [
        {"indicator": "halls_built", "name": "建成礼堂", "unit": "个", "kind": "flow", "polarity": "up", "sums": "yes"},
        {"indicator": "floor_area", "name": "礼堂面积", "unit": "m2", "kind": "stock", "polarity": "up", "sums": "yes"},
        {"indicator": "mean_area", "name": "平均面积", "unit": "m2", "kind": "ratio", "polarity": "up", "sums": "no"},
        {"indicator": "visits", "name": "接待", "unit": "人次", "kind": "cumulative", "polarity": "up", "sums": "yes"},
        {"indicator": "used_share", "name": "使用率", "unit": "%", "kind": "ratio", "polarity": "up", "sums": "no"},
        {
            "indicator": "visits_per_hall", "name": "每个礼堂接待", "unit": "人次", "kind": "ratio", "polarity": "none",
            "sums": "no", "formula": "visits / halls_built{measure=actual; period=2018}",
        },
    ],
    "identities": [
        {
            "identity": "halls_sum", "name": "各区之和", "kind": "sum", "relation": "=", "severity": "block",
            "left": "halls_built{place=city; measure=actual}", "right": "sum(halls_built{place=parts:city; measure=actual})",
        },
        {
            "identity": "mean_holds", "name": "平均面积", "kind": "ratio", "relation": "=", "severity": "show",
            "left": "mean_area", "right": "floor_area / halls_built{measure=actual}",
        },
    ],
}  # fmt: skip

YEAR = {"period_start": "2018-01-01", "period_end": "2018-12-31", "as_of": "2018-12-31"}
FACT_ROWS = [
    {"seq": 1, "as_printed": "12个", "value": "12", "unit": "个", "indicator": "halls_built", "place": "city", **YEAR},
    {"seq": 2, "as_printed": "7个", "value": "7", "unit": "个", "indicator": "halls_built", "place": "东岸区", **YEAR},
    {"seq": 3, "as_printed": "5个", "value": "5", "unit": "个", "indicator": "halls_built", "place": "west", **YEAR},
    {"seq": 4, "as_printed": "1.45万平方米", "value": "14500", "unit": "m2", "indicator": "floor_area", "place": "city", **YEAR},
    {"seq": 5, "as_printed": "1208平方米", "value": "1208", "unit": "m2", "indicator": "mean_area", "place": "city", **YEAR},
    {
        "seq": 6, "as_printed": "超过3.6万人次", "value": "36000", "unit": "人次", "qualifier": "more_than", "indicator": "visits",
        "place": "city", "as_of": "2018-12-31",
    },
]  # fmt: skip
DEFAULTS = {"locator": "p.1", "qualifier": "exact", "measure": "actual", "role": "observation", "read_by": "numeral"}
SOURCE = "2018-12-31-city-halls"


class CityFolder:
    """A city's data folder under construction: rows as dicts, written with every column of their contract."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reference = {name: [dict(row) for row in rows] for name, rows in TINY.items()}
        self.facts: dict[str, list[dict[str, Any]]] = {SOURCE: [{**DEFAULTS, **row} for row in FACT_ROWS]}
        self.statements: list[dict[str, Any]] = []
        self.about = {
            "title": '"礼堂"',
            "publisher": '"甲市"',
            "published_on": "2018-12-31",
            "kind": '"bulletin"',
            "verified": "true",
        }
        self.city = 'name = "甲市"\nplace = "city"\n'

    def write(self) -> Path:
        (self.path / "reference").mkdir(parents=True, exist_ok=True)
        (self.path / "city.toml").write_text(self.city, "utf-8")
        for name, rows in self.reference.items():
            for position, row in enumerate(rows, start=1):
                if "position" in REFERENCE[name].columns:
                    row.setdefault("position", str(position))
                if name == "indicators":
                    row.setdefault("definition", "口径")
            write_rows(self.path / "reference" / f"{name}.csv", REFERENCE[name], rows)
        for source, rows in self.facts.items():
            home = self.path / "sources" / source
            home.mkdir(parents=True, exist_ok=True)
            (home / "source.toml").write_text(
                "\n".join(f"{key} = {value}" for key, value in self.about.items()), "utf-8"
            )
            write_rows(home / "facts.csv", FACTS, rows)
            write_rows(home / "statements.csv", STATEMENTS, self.statements)
        return self.path

    def fact(self, seq: int) -> dict[str, Any]:
        return next(row for row in self.facts[SOURCE] if row["seq"] == seq)


def write_rows(path: Path, table: Table, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def operands_of(tables: Tables, observations: pd.DataFrame | None = None) -> Operands:
    """What the formulas of a build are evaluated over; other ``observations`` may take the place of its own."""
    frame = tables.frames["observations"] if observations is None else observations
    units = tables.frames["units"]
    return Operands(
        [Observation.of(row) for row in frame.to_dict("records")],
        [PlaceRow.of(row) for row in tables.frames["places"].to_dict("records")],
        list(units.loc[units["continuous"], "unit"]),
    )


def times_in(numbers: pd.DataFrame, places: pd.DataFrame) -> Times:
    """The times of the numbers of a table, which needs the columns that selectors look at."""
    return lambda asked: [
        PlaceTime._make(cell or None for cell in cells)
        for cells in chosen(numbers, places, asked)[list(PlaceTime._fields)].itertuples(index=False, name=None)
    ]


@pytest.fixture
def city(tmp_path: Path) -> CityFolder:
    return CityFolder(tmp_path / "city")
