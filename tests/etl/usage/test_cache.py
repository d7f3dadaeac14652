import os
import time

import pyarrow.parquet as pq

from etl.readers.gate_log_file import look
from etl.usage import cache as caches
from etl.usage.cache import Cache, Seen

from .conftest import event


def days(gates, first, last):
    for day in range(first, last):
        gates.csv(
            f"2026-01-{day:02}.csv",
            [event(day, f"2026-01-{day:02}", card_id="K1"), event(day + 100, f"2026-01-{day:02}")],
        )


def test_many_single_days_are_put_together_and_say_the_same(gates, monkeypatch):
    monkeypatch.setattr(caches, "MOST_SMALL", 2)
    for last in range(5, 9):
        days(gates, 4, last)
        grown = gates.counted()
    shards = {entry.shard for entry in Cache(gates.folder).entries.values()}
    assert len(shards) <= 2
    kept = [path.name for path in Cache(gates.folder).home.iterdir() if path.is_dir()]
    assert set(kept) == shards
    Cache(gates.folder).home.joinpath("index.json").unlink()
    assert gates.counted().tables == grown.tables


def test_a_broken_or_missing_cache_only_costs_time(gates):
    days(gates, 4, 7)
    first = gates.counted().tables
    home = Cache(gates.folder).home
    (home / "index.json").write_text("{", "utf-8")
    assert gates.counted().tables == first
    for path in next(path for path in home.iterdir() if path.is_dir()).iterdir():
        path.unlink()
    next(path for path in home.iterdir() if path.is_dir()).rmdir()
    assert gates.counted().tables == first


def test_another_opening_day_is_another_reading(gates):
    days(gates, 4, 7)
    assert len(gates.counted().daily) == 3
    gates.city.reference["facilities"][0]["opened_on"] = "2026-01-05"
    gates.city.write()
    gates.about(max_quarantined_share="1")
    assert len(gates.counted().daily) == 2


def test_rows_read_again_are_no_duplicates_of_themselves(gates):
    days(gates, 4, 7)
    gates.counted()
    gates.city.reference["facilities"][0]["opened_on"] = "2026-01-01"
    gates.city.write()
    gates.counted()
    (claims,) = Cache(gates.folder).paths("claims")
    assert pq.read_metadata(claims).num_rows == 0


def test_a_file_is_looked_at_again_only_when_its_size_or_times_change(gates):
    path = gates.csv("2026-01-05.csv", [event(1)])
    old = time.time() - 60
    os.utime(path, (old, old))
    looked = []

    def counting(at):
        looked.append(at)
        return look(at)

    def see():
        seen = Seen(Cache(gates.folder))
        seen.look(path, counting)
        seen.save()

    time.sleep(caches.SETTLED_SECONDS + 0.1)
    see()
    see()
    assert len(looked) == 1
    os.utime(path, (old + 1, old + 1))
    see()
    assert len(looked) == 2


def test_a_file_that_was_only_just_written_is_not_trusted_yet(gates):
    path = gates.csv("2026-01-05.csv", [event(1)])
    for _ in range(2):
        seen = Seen(Cache(gates.folder))
        seen.look(path)
        seen.save()
        assert not Seen(Cache(gates.folder))._known


def test_what_another_build_may_still_be_writing_stays(gates):
    days(gates, 4, 6)
    other, old = Cache(gates.folder).shard(), Cache(gates.folder).shard()
    long_ago = time.time() - 2 * caches.DAY_SECONDS
    os.utime(old, (long_ago, long_ago))
    gates.counted()
    assert other.is_dir()
    assert not old.exists()
