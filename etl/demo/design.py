"""What is fixed about the made-up city whatever the seed: its districts, plans, words and outline, read from city/design/.

Numbers that stand on headline cards are fixed here, so that no seed can bring one that a real city has published. No name of
a place, project or indicator stands in the generator's code: they are all in city/.
"""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

CITY = Path(__file__).parent / "city"
Numbers = dict[str, Decimal]
"""``name@place`` or ``name@place@month`` -> value in base units: everything a document, workbook or table of the city may print."""


@dataclass(frozen=True)
class District:
    """One district or zone; ``anchor`` and ``spread`` (steps of the drawing grid) say where its people live."""

    place: str
    anchor: tuple[float, float]
    spread: float
    spaces: tuple[int, ...]
    built: Mapping[int, int]
    planned: int
    case: str
    pace: Decimal
    due: tuple[int, ...]
    done: tuple[int, ...]


@dataclass(frozen=True)
class Arc:
    """A border line of the outline: ``sway`` is how far it wanders."""

    name: str
    sway: float
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Face:
    """One ring of a place: 0 its hull, further ones holes. ``administered_only``: not a hole of the statutory outline."""

    place: str
    ring: int
    arcs: tuple[str, ...]
    administered_only: bool


@dataclass(frozen=True)
class Design:
    """The whole design. ``said`` is design.toml; ``tables`` the further CSV files, row by row as text."""

    said: Mapping[str, Any]
    districts: tuple[District, ...]
    arcs: tuple[Arc, ...]
    faces: tuple[Face, ...]
    tables: Mapping[str, Sequence[Mapping[str, str]]]
    places: Mapping[str, Mapping[str, str]]

    @property
    def city(self) -> str:
        """Id of the city itself."""
        return str(self.said["city"])

    @property
    def data_to(self) -> dt.date:
        """The last day anything is known of."""
        day: dt.date = self.said["data_to"]
        return day

    @property
    def months(self) -> tuple[str, ...]:
        """The months of the plan year that have passed, as 2026-01."""
        return tuple(f"{self.said['plan_year']}-{month:02d}" for month in range(1, self.data_to.month + 1))

    def name(self, place: str) -> str:
        """Chinese name of a place of places.csv."""
        return self.places[place]["name"]


def read_design() -> Design:
    """The design as it stands in city/design/."""
    tables = {path.stem: rows(path) for path in sorted((CITY / "design").glob("*.csv"))}
    said = tomllib.loads((CITY / "design" / "design.toml").read_text("utf-8"))
    return Design(
        said=said,
        districts=tuple(_districts(tables, said["plan_year"])),
        arcs=tuple(_arc(row) for row in tables["arcs"]),
        faces=tuple(_face(row) for row in tables["faces"]),
        tables=tables,
        places={row["place"]: row for row in rows(CITY / "reference" / "places.csv")},
    )


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, every cell as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _districts(tables: Mapping[str, Sequence[Mapping[str, str]]], plan_year: int) -> Iterator[District]:
    cases = {row["place"]: row for row in tables["cases"]}
    course = {(row["place"], row["measure"]): _counts(row) for row in tables["schedule"]}
    for row in tables["districts"]:
        place = row["place"]
        case = cases.get(place, {"case": "", "pace": "0"})
        yield District(
            place=place,
            anchor=(float(row["anchor_x"]), float(row["anchor_y"])),
            spread=float(row["spread"]),
            spaces=tuple(int(value) for name, value in row.items() if name.startswith("spaces_")),
            built={int(name[-4:]): int(value) for name, value in row.items() if name.startswith("built_")},
            planned=int(row[f"plan_{plan_year}"]),
            case=case["case"],
            pace=Decimal(case["pace"]),
            due=course.get((place, "plan"), ()),
            done=course.get((place, "actual"), ()),
        )


def _counts(row: Mapping[str, str]) -> tuple[int, ...]:
    """The cumulative numbers of a course month by month, as far as there are any."""
    return tuple(int(value) for name, value in row.items() if name.isdigit() and value)


def _arc(row: Mapping[str, str]) -> Arc:
    points = [point.split() for point in row["points"].split(";")]
    return Arc(row["arc"], float(row["sway"]), tuple((float(x), float(y)) for x, y in points))


def _face(row: Mapping[str, str]) -> Face:
    return Face(row["place"], int(row["ring"]), tuple(row["arcs"].split()), row["administered_only"] == "yes")


NOT_NUMBERS = ("place", "anchor_x", "anchor_y", "spread")
"""The other columns of districts.csv are numbers that documents may print."""


def fixed_numbers(design: Design) -> Numbers:
    """The numbers of districts.csv by place and summed for the city, and those of the other design tables."""
    numbers: Numbers = {}
    city = design.city
    for column in [name for name in design.tables["districts"][0] if name not in NOT_NUMBERS]:
        values = {row["place"]: Decimal(row[column]) for row in design.tables["districts"]}
        numbers |= {f"{column}@{place}": value for place, value in values.items()}
        numbers[f"{column}@{city}"] = sum(values.values(), start=Decimal(0))
    numbers[f"built_two_years@{city}"] = sum(
        (numbers[f"built_{year}@{city}"] for year in design.said["years"]), Decimal(0)
    )
    for name, key in (("centres", "centre"), ("funds", "fund"), ("votes", "grade")):
        for row in design.tables[name]:
            numbers |= {f"{column}@{row[key]}": Decimal(value) for column, value in row.items() if column != key}
    return numbers
