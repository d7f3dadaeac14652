import json
import random
import shutil
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from etl.build import build
from etl.readers.facts import read_source, source_folders
from etl.reference import read_city, read_reference
from etl.release.publish import current
from etl.usage import engine_duckdb, partials
from etl.usage.counting import count_usage
from etl.usage.rows import ACTIONS, COUNTS

from .conftest import event

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def demo(demonstration_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration city as it was before anything was built of it."""
    folder = tmp_path_factory.mktemp("usage") / "city"
    return shutil.copytree(demonstration_city, folder, ignore=shutil.ignore_patterns("tables", "inbox"))


def count_demo(folder: Path, memory: str = "1GB"):
    (log,) = (path for path in source_folders(folder) if path.name.endswith("gate-log"))
    usage, problems = count_usage(
        folder, [read_source(log)[0]], read_reference(folder)[0], read_city(folder)[0], memory, lambda said: None
    )
    assert not problems
    return usage


def test_every_row_of_the_demonstration_city_gets_what_its_books_say(demo):
    expected = json.loads((demo / "expected" / "gate_log.json").read_text("utf-8"))
    usage = count_demo(demo)
    (account,) = usage.accounts
    assert account.rows_in == expected["rows_in"]
    assert account.accepted == expected["accepted"]
    assert dict(account.quarantined) == expected["quarantined"]
    assert dict(account.ignored) == expected["ignored"]
    for facility, totals in expected["by_space"].items():
        own = [row for row in usage.daily if row.facility == facility]
        assert {name: sum(getattr(row, name) for row in own) for name in COUNTS} == {
            name: totals[action] for name, action in zip(COUNTS, ACTIONS, strict=True)
        }


def test_the_same_tables_with_a_cache_without_one_and_in_small_batches(demo, monkeypatch):
    remembered = count_demo(demo)
    cache = demo / "inbox" / "gate_log"
    for path in sorted(cache.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    anew = count_demo(demo)
    assert anew.tables == remembered.tables
    (cache / "index.json").unlink()
    monkeypatch.setattr(engine_duckdb, "BYTES_A_ROW", 1_000_000_000 // 9_000)
    assert count_demo(demo).tables == remembered.tables


def test_an_interrupted_build_leaves_the_last_good_release_and_the_next_one_works(gates):
    gates.csv("2026-01-05.csv", [event(1)])
    good = build(gates.folder).release
    path = gates.csv("2026-01-06.csv", [event(2, "2026-01-06")])
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(engine_duckdb.DuckDB, "write", interrupted)
        build(gates.folder)
    assert current(gates.folder) == good
    assert not list((gates.folder / "inbox" / "gate_log").glob(".spill-*"))
    assert build(gates.folder).is_new
    path.unlink()
    assert build(gates.folder).release == good


HELD = """
import signal, sys, threading
from etl.__main__ import app
from etl.usage.engine_duckdb import DuckDB

def held(*_):
    print("reading", file=sys.stderr, flush=True)
    threading.Event().wait()

DuckDB.write = held
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background of a shell inherits that it is ignored
app(["build", "--data", sys.argv[1]])
"""
"""The command, held for ever where it has read the first rows of a log and is about to keep them."""


def test_ctrl_c_while_a_log_is_read_ends_without_a_traceback_and_publishes_nothing(demo):
    cache = demo / "inbox" / "gate_log"
    (cache / "index.json").unlink(missing_ok=True)
    running = subprocess.Popen(
        [sys.executable, "-c", HELD, str(demo)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    before = ""
    for line in running.stderr:
        before += line
        if line == "reading\n":
            break
    running.send_signal(signal.SIGINT)
    out, told = running.communicate(timeout=120)
    assert running.returncode == 130
    assert (out, "Traceback" in before + told) == ("", False)
    assert not (demo / "tables").exists()
    assert not list(cache.glob(".spill-*"))


def interrupted(*_):
    raise KeyboardInterrupt


def totals(gates) -> dict[str, int]:
    rows = gates.counted().daily
    return {f"{row.facility} {row.day}": row.visits for row in rows}


def test_of_two_rows_with_one_id_the_first_in_the_file_counts(gates):
    gates.about(max_quarantined_share="1")
    gates.csv("2026-01-05.csv", [event(7, n=3), event(7, n=4), event("a-1", n=5), event("a-1", n=6)])
    usage = gates.counted()
    assert usage.daily[0].visits == 8
    (row,) = usage.quarantine
    assert (row.reason, row.rows, row.row, row.found) == ("duplicate_id", 2, 3, "7")


def test_ids_that_only_look_alike_are_different(gates):
    gates.csv("2026-01-05.csv", [event(7), event("007"), event("7.0"), event(" 7"), event("1e3"), event(1000)])
    assert totals(gates) == {"room_a 2026-01-05": 6}


def test_a_faulty_row_does_not_take_the_id_from_the_good_one_after_it(gates):
    gates.about(max_quarantined_share="1")
    gates.csv("2026-01-05.csv", [event(7, n=99), event(7)])
    assert totals(gates) == {"room_a 2026-01-05": 1}


def test_across_files_the_first_delivered_counts_even_when_it_arrives_last(gates):
    gates.about(max_quarantined_share="1")
    gates.csv("2026-01-05.csv", [event(1), event(2, n=9, card_id="K1")])
    gates.csv("2026-01-06.csv", [event(2, "2026-01-06", n=4), event(3, "2026-01-06")])
    assert totals(gates) == {"room_a 2026-01-05": 10, "room_a 2026-01-06": 1}
    gates.csv("2026-01-04.csv", [event(2, "2026-01-04"), event(3, "2026-01-04")])
    assert totals(gates) == {"room_a 2026-01-04": 2, "room_a 2026-01-05": 1}
    (gates.home / "logs" / "2026-01-04.csv").unlink()
    assert totals(gates) == {"room_a 2026-01-05": 10, "room_a 2026-01-06": 1}


def test_a_corrected_file_replaces_exactly_its_own_rows(gates):
    gates.csv("2026-01-05.csv", [event(1)])
    gates.csv("2026-01-06.csv", [event(2, "2026-01-06")])
    first = totals(gates)
    gates.csv("fixed.csv", [event(1, n=2), event(3, space_id="room_c")])
    gates.deliveries(("fixed.csv", "2026-01-05", "2026-01-20", "2026-01-05.csv", 2))
    usage = gates.counted()
    assert totals(gates) == first | {"room_a 2026-01-05": 2, "room_c 2026-01-05": 1}
    assert dict(usage.accounts[0].ignored) == {"superseded_file": 1}
    (gates.home / "delivery.csv").unlink()
    (gates.home / "logs" / "fixed.csv").unlink()
    assert totals(gates) == first


def test_a_file_written_anew_under_its_name_replaces_its_own_rows(gates):
    gates.csv("2026-01-05.csv", [event(1)])
    gates.csv("2026-01-06.csv", [event(2, "2026-01-06")])
    first = totals(gates)
    gates.csv("2026-01-05.csv", [event(1, n=3)])
    assert totals(gates) == first | {"room_a 2026-01-05": 3}


def test_the_same_file_delivered_again_changes_nothing(gates):
    gates.csv("2026-01-05.csv", [event(1), event(2)])
    first = gates.counted().tables
    gates.csv("again/2026-01-05.csv", [event(1), event(2)])
    usage = gates.counted()
    assert usage.tables == first
    assert dict(usage.accounts[0].ignored) == {"redelivered_file": 2}


def test_adding_a_day_reads_that_day_alone(gates):
    for day in range(5, 9):
        gates.csv(f"2026-01-0{day}.csv", [event(day, f"2026-01-0{day}")])
    gates.counted()
    gates.csv("2026-01-09.csv", [event(9, "2026-01-09"), event(10, "2026-01-09")])
    heard: list[str] = []
    gates.count(heard=heard)
    assert "读取日志 0/2 行" in heard
    heard.clear()
    gates.count(heard=heard)
    assert not [said for said in heard if said.startswith("读取日志")]


def test_files_in_any_form_order_and_encoding_give_the_same_tables(gates):
    days = [f"2026-01-{day:02}" for day in range(5, 13)]
    rows = {
        day: [event(100 * at + n, day, card_id=f"K{n}", action=ACTIONS[n % 4], n=n % 5 + 1) for n in range(9)]
        for at, day in enumerate(days)
    }
    for day in days:
        gates.csv(f"{day}.csv", rows[day])
    plain = gates.counted().tables
    chinese = ("流水号", "时间", "空间编号", "卡号", "动作", "数量")
    called = dict(zip(ACTIONS, ("进馆", "借书", "还书", "办证"), strict=True))
    names = {"room_a": "甲书房"}
    text = pa.string()
    shuffled = random.Random(5).sample(days, len(days))
    for at, day in enumerate(shuffled):
        (gates.home / "logs" / f"{day}.csv").unlink()
        if at % 2:
            worded = [(*row[:2], names[row[2]], row[3], called[row[4]], row[5]) for row in rows[day]]
            gates.csv(f"{day}.csv", worded, chinese, "gb18030")
        else:
            gates.parquet(f"{day}.parquet", rows[day], [pa.int64(), text, text, text, text, pa.int32()])
    assert gates.counted().tables == plain


def test_numbers_that_parquet_holds_as_decimals_or_floats_are_read_as_what_they_are(gates):
    gates.about(max_quarantined_share="1")
    rows = [
        event(Decimal(number), card_id=1.0, n=n) for number, n in enumerate([2.0, 1.5, float("nan"), None, 1e300, 21.0])
    ]
    text = pa.string()
    gates.parquet("2026-01-05.parquet", rows, [pa.decimal128(18, 0), text, text, pa.float64(), text, pa.float64()])
    usage = gates.counted()
    assert usage.daily[0].visits == 2
    (row,) = usage.quarantine
    assert (row.reason, row.rows, row.row, row.found) == ("n_out_of_range", 5, 2, "1.5")


def test_a_log_without_cards_and_numbers_counts_each_row_once(gates):
    gates.csv(
        "2026-01.csv", [("1", "2026-01-05 12:00:00", "room_a", "enter")], ("event_id", "ts", "space_id", "action")
    )
    assert totals(gates) == {"room_a 2026-01-05": 1}


def test_a_row_with_too_many_cells_is_told_with_its_file_and_row(gates):
    path = gates.csv("2026-01-05.csv", [event(1), event(2)])
    gates.csv("2026-01-06.csv", [event(3, "2026-01-06")])
    path.write_bytes(path.read_bytes() + b"5,2026-01-05 12:00:00,room_a,,enter,1,7\n")
    _, problems = gates.count()
    assert len(problems) == 1
    for word in ("E-103", f"sources/{gates.home.name}/logs/2026-01-05.csv", "第4行", "发现“7”", "应为6列"):
        assert word in problems[0]


def test_a_row_that_goes_nowhere_refuses_the_build(gates, monkeypatch):
    gates.csv("2026-01-05.csv", [event(1), event(2), event(3)])
    whole = partials.cells
    monkeypatch.setattr(partials, "cells", lambda staged: whole(staged.filter(staged.row != 3)))
    (problem,) = gates.count()[1]
    assert problem.startswith(
        f"E-303 sources/{gates.home.name}：收到的行数不等于采用、隔离与略过之和；发现“3 对 2 + 0 + 0”"
    )


def test_fewer_rows_than_the_delivery_says_are_told(gates):
    gates.csv("2026-01-05.csv", [event(1), event(2)])
    gates.deliveries(("2026-01-05.csv", "2026-01-05", "2026-01-06", "", 3))
    (problem,) = gates.count()[1]
    assert "E-303" in problem
    assert "应为3行" in problem


def test_too_little_memory_is_told(gates):
    for memory in ("2 tons", "10MB"):
        (problem,) = gates.count(memory=memory)[1]
        assert "E-603" in problem


def test_memory_or_disk_that_runs_out_is_told_and_nothing_is_published(gates, monkeypatch):
    gates.csv("2026-01-05.csv", [event(1)])
    for error, code in ((duckdb.OutOfMemoryException, "E-604"), (duckdb.IOException, "E-605")):
        monkeypatch.setattr(engine_duckdb.DuckDB, "write", failing(error))
        assert [problem[:5] for problem in gates.count()[1]] == [code]


def failing(error):
    def write(*_):
        raise error("没有了")

    return write
