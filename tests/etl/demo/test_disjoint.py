"""示范市 can never be mistaken for a real city: no headline number, no place name in common with published data."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from etl.demo.make import make
from etl.demo.sources import lower_bound
from etl.readers.boundary import installed_divisions
from etl.rules.latest import resolved
from etl.rules.selectors import chosen, split_selectors
from tests.etl.conftest import times_in

DATA = Path(__file__).resolve().parents[3] / "data"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


REAL = {
    Decimal(row[name])
    for path in DATA.glob("sources/*/facts.csv")
    for row in rows(path)
    for name in ("value", "value_high")
    if row[name]
}


def numbers_of(release, table: str):
    numbers, places = release.table("observations"), release.table("places")
    for row in release.table(table).to_dict("records"):
        asked = split_selectors(f"{row['shows']}|{row['compared_with']}")
        for dated in resolved(asked, times_in(numbers, places), places):
            for selector in dated:
                yield from chosen(numbers, places, selector)["value"]


def test_there_is_real_data_to_compare_with():
    assert len(REAL) > 80


def test_no_number_on_a_card_stands_in_real_data(release):
    values = set(numbers_of(release, "headlines"))
    assert len(values) >= 8
    assert not values & REAL


def test_no_number_of_three_digits_that_a_document_prints_stands_in_real_data(release):
    printed = release.table("observations").query("source in @documents", local_dict={"documents": documents(release)})
    large = {value for value in printed["value"] if abs(value) >= 100}
    assert len(large) > 10
    assert not large & REAL


def documents(release) -> list[str]:
    sources = release.table("sources")
    return list(sources.loc[sources["kind"].isin(["bulletin", "newspaper"]), "source"])


def test_a_lower_bound_of_any_size_is_below_and_no_real_number():
    for total in (*range(171, 20_000), *range(20_000, 9_000_000, 499)):
        bound = lower_bound(total)
        assert total - 1000 <= bound < total
        assert bound > 0 and bound not in REAL, total


def test_no_place_is_called_like_a_real_division_or_a_shipped_place(release):
    names = set(release.table("places")["name"])
    real = {division.name for division in installed_divisions()} | {
        row["name"] for row in rows(DATA / "reference" / "places.csv")
    }
    assert not names & real


def test_no_id_of_a_source_or_place_is_shared(release):
    assert not set(release.table("places")["place"]) & {row["place"] for row in rows(DATA / "reference" / "places.csv")}
    assert not set(release.table("sources")["source"]) & {path.name for path in DATA.glob("sources/*")}


def test_nothing_of_it_lies_under_data():
    assert not [
        path for path in DATA.rglob("*.*") if path.suffix in (".csv", ".toml") and "模拟数据" in path.read_text("utf-8")
    ]


@pytest.mark.parametrize("events", [30_000, 90_000])
def test_cards_stay_apart_for_other_seeds_and_sizes(tmp_path, events):
    make(tmp_path / "city", 7, events)
    facts = [row for path in tmp_path.glob("city/sources/*/facts.csv") for row in rows(path)]
    bounds = {
        Decimal(row["value"]) for row in facts if row["qualifier"] == "more_than" and row["role"] == "observation"
    }
    assert len(bounds) == 6
    assert not bounds & REAL
