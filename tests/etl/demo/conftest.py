"""One small demonstration city, made and built once for all tests of the generator."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.demo.cast import Cast, cast_city
from etl.demo.design import Design, read_design
from etl.demo.outline import outlines
from etl.release.tables import LAPTOP, Release, open_release

SEED = 1
TODAY = dt.datetime(2026, 11, 1)


@pytest.fixture(scope="session")
def demo(demonstration_city: Path) -> Path:
    return demonstration_city


@pytest.fixture(scope="session")
def release(demo: Path) -> Release:
    return open_release(LAPTOP, TODAY, folder=demo)


@pytest.fixture(scope="session")
def design() -> Design:
    return read_design()


@pytest.fixture(scope="session")
def cast(design: Design) -> Cast:
    return cast_city(design, outlines(design), SEED)
