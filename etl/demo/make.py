"""Makes 示范市 in a folder: a city that exercises every screen and can never be mistaken for a real one.

The same seed and size give the same bytes. What stands on headline cards is fixed by the design; names, points, days, areas
and every event follow from the seed. Deliberately left out: building the tables - ``python -m etl build`` does that, as for any city.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from etl.demo.cast import Cast, cast_city, cast_numbers
from etl.demo.course import course_numbers
from etl.demo.defects import Deliveries
from etl.demo.design import CITY, Design, Numbers, fixed_numbers, read_design
from etl.demo.documents import write_documents
from etl.demo.drafts import write_drafts
from etl.demo.gate_log import Books, expectations, write_logs
from etl.demo.handed_in import write_returns
from etl.demo.ledgers import write_ledgers
from etl.demo.outline import area_km2, geojson, outlines
from etl.demo.sources import write_source
from etl.demo.tables import write_reference
from etl.demo.target import Target, toml
from etl.demo.traffic import lay_out
from etl.demo.use import usage_numbers
from etl.errors import Problem, Refused, Where

EVENTS = 600_000
"""About twenty visits a day in each space: enough for every pattern to show, made in two seconds."""
FEWEST_EVENTS = 30_000
"""Below, reader cards would be too few to print a lower bound of that no real city has published."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Made:
    """What was written: how many files, and how many rows of gate logs."""

    files: int
    rows: int


def make(folder: Path, seed: int, events: int = EVENTS, progress: Progress = lambda what, done, total: None) -> Made:
    """Writes the city into ``folder``; raises Refused when that holds anything that is not a made-up city, or for fewer than FEWEST_EVENTS."""
    if events < FEWEST_EVENTS:
        raise Refused([Problem("E-602", Where("--events"), "条数太少", str(events), f"不少于{FEWEST_EVENTS}")])
    target = Target(folder)
    design = read_design()
    polygons = outlines(design)
    cast = cast_city(design, polygons, seed)
    target.text((CITY / "city.toml").read_text("utf-8"), "city.toml")
    books = _gate_logs(target, design, cast, seed, events, progress)
    progress("文稿、台账、参照表", books.rows_in, books.rows_in)
    numbers = _numbers(design, polygons, cast, books)
    said = write_documents(target, numbers, _example(design, cast))
    printed = {f"{one.observation.partition('#')[0]}/{key}": one.observation for key, one in said.items()}
    write_drafts(target, said)
    printed |= write_ledgers(target, design, cast, numbers)
    write_reference(target, design, cast, printed)
    write_returns(target, design, cast, numbers)
    _boundary(target, design)
    target.finish({"seed": seed, "events": events, "synthetic": True})
    return Made(len(target.written), books.rows_in)


def _gate_logs(target: Target, design: Design, cast: Cast, seed: int, events: int, progress: Progress) -> Books:
    said = design.said["gate_log"]
    first = said["first"]
    traffic = lay_out(design, cast.spaces, first, events, seed)
    late, corrected, half = ((said[name] - first).days for name in ("late", "corrected", "parquet_from"))
    home = target.home("sources", said["source"], "logs")
    books = write_logs(
        home,
        traffic,
        cast.spaces,
        seed,
        Deliveries(late, corrected),
        half,
        lambda done: progress("门禁日志", done, events),
    )
    for delivery in books.deliveries:
        target.note(home / delivery.file)
    deliveries = [vars(delivery) for delivery in books.deliveries]
    target.table(list(deliveries[0]), deliveries, "sources", said["source"], "delivery.csv")
    write_source(target, said["source"], said["about"])
    text = json.dumps(expectations(books, cast.spaces), ensure_ascii=False, indent=1) + "\n"
    target.text(text, "expected", "gate_log.json")
    return books


def _numbers(design: Design, polygons: Any, cast: Cast, books: Books) -> Numbers:
    numbers = {**fixed_numbers(design), **cast_numbers(design, cast), **course_numbers(design, cast)}
    numbers |= usage_numbers(design, books)
    land = {place: _tenths(Decimal(area_km2(polygon))) for place, polygon in polygons.items()}
    numbers |= {f"land@{place}": area for place, area in land.items()}
    numbers[f"land@{design.city}"] = sum(land.values(), start=Decimal(0))
    numbers[f"present@{design.city}"] = sum(
        (numbers[f"communities@{row['grade']}"] for row in design.tables["votes"]), start=Decimal(0)
    )
    return numbers | _rates(design, numbers)


def _rates(design: Design, numbers: Numbers) -> Numbers:
    """Rates as published, to a tenth: of deputies by the votes' first two grades, of respondents by place."""
    rates: Numbers = {}
    content = [row["grade"] for row in design.tables["votes"]][:2]
    for item in ("communities", "reading"):
        votes = sum((numbers[f"{item}@{grade}"] for grade in content), start=Decimal(0))
        rates[f"vote_rate_{item}@{design.city}"] = _tenths(100 * votes / numbers[f"present@{design.city}"])
    for place in [*(district.place for district in design.districts), design.city]:
        satisfied = numbers[f"survey_satisfied@{place}"] / numbers[f"surveyed@{place}"]
        rates[f"satisfaction_rate@{place}"] = _tenths(100 * satisfied)
    return rates


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _example(design: Design, cast: Cast) -> dict[str, str]:
    """The community that the feature article visits."""
    wanted = design.said["example"]
    one = next(
        one for one in cast.communities if (one.district.place, one.year) == (wanted["district"], wanted["year"])
    )
    return {"example": design.said["community"]["name"].format(stem=one.stem.text)}


def _boundary(target: Target, design: Design) -> None:
    """The statutory outlines and, as places of their own, the zones, as a city supplies them: a file and its sidecar."""
    said = design.said["boundary"]
    drawn = outlines(design, statutory=True)
    target.text(geojson(drawn, design.places), "boundaries", f"{said['file']}.geojson")
    about = {"crs": design.said["crs"], "review_number": "", "name_column": "name"}
    about |= {name: said[name] for name in ("credit", "credit_en", "licence")}
    target.text(toml(about), "boundaries", f"{said['file']}.toml")
