"""A tiny city with three reading rooms and a folder of logs, files written row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.readers.facts import read_source
from etl.reference import read_city, read_reference
from etl.usage.counting import Usage, count_usage

SOURCE = "2026-01-31-city-gates"
HEADER = ("event_id", "ts", "space_id", "card_id", "action", "n")
ROOMS = [
    {"facility": "room_a", "name": "甲书房", "project": "halls", "place": "east", "opened_on": "2025-06-01"},
    {"facility": "room_b", "name": "乙书房", "project": "halls", "place": "east", "opened_on": "2026-01-02"},
    {"facility": "room_c", "name": "丙书房", "project": "halls", "place": "west", "opened_on": ""},
]


class Gates:
    """A city's folder with one gate log. A row is what differs from a plain entry of room_a at noon."""

    def __init__(self, city: Any) -> None:
        self.city = city
        self.city.reference["facilities"] = [dict(room) for room in ROOMS]
        self.folder: Path = city.write()
        self.home = self.folder / "sources" / SOURCE
        (self.home / "logs").mkdir(parents=True)
        self.about()

    def about(self, **said: str) -> None:
        lines = {"title": '"门禁"', "publisher": '"甲市"', "kind": '"gate_log"', "verified": "true", **said}
        published = lines.pop("published", "")
        text = "\n".join(f"{name} = {value}" for name, value in lines.items())
        (self.home / "source.toml").write_text(f"{text}\n{published}", "utf-8")

    def csv(
        self, name: str, rows: Iterable[Sequence[Any]], header: Sequence[str] = HEADER, encoding: str = "utf-8"
    ) -> Path:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([header, *rows])
        path = self.home / "logs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(out.getvalue().encode(encoding))
        return path

    def parquet(self, name: str, rows: Sequence[Sequence[Any]], types: Sequence[pa.DataType]) -> Path:
        columns = {column: pa.array([row[at] for row in rows], types[at]) for at, column in enumerate(HEADER)}
        path = self.home / "logs" / name
        pq.write_table(pa.table(columns), path)
        return path

    def deliveries(self, *rows: Sequence[Any]) -> None:
        with (self.home / "delivery.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("file", "day", "delivered_on", "replaces", "rows"), *rows])

    def count(
        self, memory: str = "1GB", heard: list[str] | None = None, engine: str = "duckdb"
    ) -> tuple[Usage, list[str]]:
        said = heard if heard is not None else []
        source, wrong = read_source(self.home)
        assert source and not wrong, wrong
        reference, city = read_reference(self.folder)[0], read_city(self.folder)[0]
        usage, problems = count_usage(self.folder, [source], reference, city, memory, said.append, engine)
        return usage, [str(problem) for problem in problems]

    def counted(self) -> Usage:
        usage, problems = self.count()
        assert not problems
        return usage


def event(number: object, day: str = "2026-01-05", **said: Any) -> tuple[Any, ...]:
    row = {"event_id": number, "ts": f"{day} 12:00:00", "space_id": "room_a", "card_id": "", "action": "enter", "n": 1}
    return tuple((row | said)[name] for name in HEADER)


@pytest.fixture
def gates(city: Any) -> Gates:
    return Gates(city)
