"""A killed build must never be seen: 200 builds die at random moments while a reader keeps opening the release in force."""

import json
import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pandas as pd
import pytest

from etl.build import build, make_tables
from etl.readers.facts import source_folders
from etl.release.publish import current, is_whole, publish

KILLS = 200


def publish_for_ever(folder: Path, frames: list[dict[str, pd.DataFrame]]) -> None:
    for number in range(10_000):
        publish(folder, frames[number % len(frames)], {"city": {}, "synthetic": False})


@pytest.fixture
def two_releases(city):
    city.reference["identities"] = []
    versions = []
    for value in (12, 13):
        city.fact(1).update(as_printed=f"{value}个", value=str(value))
        frames = make_tables(city.write(), source_folders(city.path)).frames
        versions.append({name: frames[name] for name in ("observations", "figures", "checks")})
    return city.path, versions


def test_no_reader_ever_sees_a_torn_release_however_often_a_build_is_killed(two_releases):
    folder, versions = two_releases
    start = time.monotonic()
    publish(folder, versions[0], {})
    longest = max(0.08, 4 * (time.monotonic() - start))
    dice = random.Random(4)
    context = multiprocessing.get_context("fork")
    torn = 0
    seen = set()
    for _ in range(KILLS):
        writer = context.Process(target=publish_for_ever, args=(folder, versions))
        writer.start()
        time.sleep(dice.uniform(0.0, longest))
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        release = current(folder)
        seen.add(release)
        torn += release is None or not is_whole(folder / "tables" / release)
    assert torn == 0
    assert len(seen) == 2


def test_the_next_build_clears_what_a_killed_one_left(two_releases):
    folder, versions = two_releases
    publish(folder, versions[0], {})
    left = folder / "tables" / ".staging-999999999-dead"
    left.mkdir()
    publish(folder, versions[1], {})
    assert not left.exists()


def test_a_release_whose_bytes_were_damaged_is_written_anew(city):
    release = build(city.write()).release
    victim = city.path / "tables" / release / "observations.parquet"
    victim.write_bytes(victim.read_bytes()[:-10])
    assert not is_whole(victim.parent)
    assert build(city.path).release == release
    assert is_whole(victim.parent)


def test_the_manifest_names_what_went_in_and_what_came_out(city):
    release = build(city.write()).release
    manifest = json.loads((city.path / "tables" / release / "manifest.json").read_text("utf-8"))
    assert manifest["release"] == release
    assert manifest["previous"] is None
    assert manifest["tables"]["observations"]["rows"] == 6
    assert "city.toml" in manifest["inputs"]
    assert manifest["synthetic"] is False
