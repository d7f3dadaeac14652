"""The gate logs, read back by the plainest reader there can be: what the generator expects of them must be right to the row."""

import csv
import datetime as dt
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from etl.demo.defects import MOST_AT_ONCE, REASONS
from etl.demo.log_plan import ACTIONS, LogPlan, lay_out

COLUMNS = ["event_id", "ts", "space_id", "card_id", "action", "n"]


def rows_of(path: Path) -> list[dict]:
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    with path.open(encoding="utf-8", newline="") as file:
        return [{**row, "event_id": int(row["event_id"]), "n": int(row["n"])} for row in csv.DictReader(file)]


@pytest.fixture(scope="session")
def logs(demo: Path) -> Path:
    return next(demo.glob("sources/*gate-log"))


@pytest.fixture(scope="session")
def deliveries(logs: Path) -> list[dict[str, str]]:
    with (logs / "delivery.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def expected(demo: Path) -> dict:
    return json.loads((demo / "expected" / "gate_log.json").read_text("utf-8"))


def reason(row: dict, day: dt.date, opened: dict[str, dt.date], seen: set[int]) -> str:
    try:
        moment = dt.datetime.fromisoformat(row["ts"])
    except ValueError:
        return "bad_timestamp"
    if row["space_id"] not in opened:
        return "unknown_space"
    if row["action"] not in ACTIONS:
        return "unknown_action"
    if not 1 <= row["n"] <= MOST_AT_ONCE:
        return "n_out_of_range"
    if moment.date() > day:
        return "in_future"
    if moment.date() < opened[row["space_id"]]:
        return "before_opening"
    if moment.date() < day:
        return "clock_jump"
    return "duplicate_id" if row["event_id"] in seen else ""


@pytest.fixture(scope="session")
def found(logs: Path, deliveries, plan: LogPlan) -> dict:
    opened = {space.facility: space.opened_on for space in plan.spaces}
    replaced = {row["replaces"] for row in deliveries}
    seen: set[int] = set()
    quarantined: Counter[str] = Counter()
    totals = Counter(dict.fromkeys(ACTIONS, 0))
    counts = Counter({"rows_in": 0, "accepted": 0, "ignored": 0})
    for delivery in deliveries:
        rows = rows_of(logs / "logs" / delivery["file"])
        assert len(rows) == int(delivery["rows"])
        counts["rows_in"] += len(rows)
        if delivery["file"] in replaced:
            counts["ignored"] += len(rows)
            continue
        for row in rows:
            why = reason(row, dt.date.fromisoformat(delivery["day"]), opened, seen)
            if why:
                quarantined[why] += 1
            else:
                counts["accepted"] += 1
                totals[row["action"]] += row["n"]
                seen.add(row["event_id"])
    return {**counts, "quarantined": dict(sorted(quarantined.items())), "totals": dict(totals)}


def test_what_is_expected_is_right_to_the_row(found, expected):
    assert found["rows_in"] == expected["rows_in"]
    assert found["accepted"] == expected["accepted"]
    assert found["quarantined"] == expected["quarantined"]
    assert found["ignored"] == expected["ignored"]["superseded_file"]
    assert found["totals"] == expected["totals"]


def test_every_row_is_accepted_quarantined_or_ignored(expected):
    parts = [expected["accepted"], *expected["quarantined"].values(), *expected["ignored"].values()]
    assert expected["rows_in"] == sum(parts)


def test_every_reason_is_there_and_all_together_stay_below_one_per_cent_of_a_large_log(expected):
    assert set(expected["quarantined"]) == set(REASONS)
    assert min(expected["quarantined"].values()) >= 3
    assert 0 < expected["duplicates_across_files"] < expected["quarantined"]["duplicate_id"]
    assert sum(expected["quarantined"].values()) < 0.01 * expected["rows_in"]


def test_totals_by_space_add_up(expected):
    for action in ACTIONS:
        assert sum(own[action] for own in expected["by_space"].values()) == expected["totals"][action]


def test_two_years_of_days_come_as_csv_and_parquet(logs, deliveries):
    days = sorted({dt.date.fromisoformat(row["day"]) for row in deliveries})
    assert len(days) == (days[-1] - days[0]).days + 1 == 730
    assert {Path(row["file"]).suffix for row in deliveries} == {".csv", ".parquet"}
    assert {path.name for path in (logs / "logs").iterdir()} == {row["file"] for row in deliveries}


def test_one_day_came_late_and_one_was_corrected(deliveries):
    waits = [
        (row["file"], (dt.date.fromisoformat(row["delivered_on"]) - dt.date.fromisoformat(row["day"])).days)
        for row in deliveries
    ]
    assert [file for file, days in waits if "late" in file and days > 7]
    corrected = [row for row in deliveries if row["replaces"]]
    assert len(corrected) == 1
    original = next(row for row in deliveries if row["file"] == corrected[0]["replaces"])
    assert int(original["rows"]) < int(corrected[0]["rows"])


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_columns_are_the_agreed_ones(logs, suffix):
    path = sorted((logs / "logs").glob(f"*.{suffix}"))[3]
    table = pq.read_table(path) if suffix == "parquet" else pyarrow.csv.read_csv(path)
    assert table.column_names == COLUMNS


def test_the_months_of_the_register_are_the_logs(release, expected):
    observations = release.table("observations")
    months = observations[observations["indicator"] == "visits_in_month"]
    assert len(months) == 24
    assert sum(months["value"]) == expected["totals"]["enter"]


def traffic(plan: LogPlan, events: int = 400_000):
    return lay_out(plan, events, 1)


def test_the_spaces_of_the_logs_are_those_of_the_city(plan, release):
    facilities = release.table("facilities").query("project == 'reading_spaces'")
    assert [(space.facility, space.opened_on) for space in plan.spaces] == list(
        zip(facilities["facility"], facilities["opened_on"], strict=True)
    )
    seats = release.table("observations").query(
        "indicator == 'reading_seats' and breakdown == '' and place == 'shifan'"
    )
    assert sum(space.seats for space in plan.spaces) == seats["value"].item()


def test_nobody_comes_before_a_space_opened(plan):
    made = traffic(plan)
    for position, space in enumerate(plan.spaces):
        before = max((space.opened_on - plan.first).days, 0)
        assert made.counts[position, :before].sum() == 0
        assert made.counts[position, before:].sum() > 0


def test_weeks_seasons_holidays_and_hours_have_their_patterns(plan):
    made = traffic(plan)
    visits = made.counts[:, :, 0].sum(axis=0)

    def mean(wanted) -> float:
        return float(np.mean([count for count, day in zip(visits, plan.days, strict=True) if wanted(day)]))

    assert mean(lambda day: day.weekday() >= 5) > 1.2 * mean(lambda day: day.weekday() < 5)
    assert mean(lambda day: day.month in (7, 8)) > mean(lambda day: day.month in (9, 10, 11))
    festival = [dt.date(2026, 2, 15) + dt.timedelta(days=each) for each in range(9)]
    assert mean(lambda day: day in festival) < 0.6 * mean(lambda day: day.month == 3 and day.year == 2026)
    assert made.hours[5].argmax() != made.hours[2].argmax()


def test_the_size_asked_for_is_the_size_made(plan):
    assert traffic(plan, 12_345).counts.sum() == 12_345
