"""The demonstration city, made and built once for all tests of it, and what is fixed about its gate logs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.demo.log_plan import LogPlan, read_log_plan
from etl.release.tables import LAPTOP, Release, open_release

TODAY = dt.datetime(2026, 11, 1)


@pytest.fixture(scope="session")
def demo(demonstration_city: Path) -> Path:
    return demonstration_city


@pytest.fixture(scope="session")
def release(demo: Path) -> Release:
    return open_release(LAPTOP, TODAY, folder=demo)


@pytest.fixture(scope="session")
def plan() -> LogPlan:
    return read_log_plan()
