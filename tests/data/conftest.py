"""What people wrote under data/, read as plain text so that these tests do not depend on the pipeline they guard."""

import csv
import datetime as dt
import shutil
import tomllib
from pathlib import Path

import pytest

from etl.build import build
from etl.release.tables import PUBLIC, Release, open_release

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
SHARED = ROOT.parent / "shared"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="session")
def data_folder() -> Path:
    return DATA


@pytest.fixture(scope="session")
def sources() -> dict[str, dict]:
    """Folder name -> source.toml."""
    return {
        path.parent.name: tomllib.loads(path.read_text("utf-8")) for path in sorted(DATA.glob("sources/*/source.toml"))
    }


@pytest.fixture(scope="session")
def facts(sources) -> list[dict[str, str]]:
    """Every row of every facts.csv, with its source."""
    return [{"source": name, **row} for name in sources for row in rows_of(DATA / "sources" / name / "facts.csv")]


@pytest.fixture(scope="session")
def published(facts, sources) -> list[dict[str, str]]:
    """The facts of verified sources."""
    return [row for row in facts if sources[row["source"]]["verified"]]


@pytest.fixture(scope="session")
def statements(sources) -> list[dict[str, str]]:
    """Every row of every statements.csv, with its source."""
    return [
        {"source": path.parent.name, **row}
        for path in sorted(DATA.glob("sources/*/statements.csv"))
        for row in rows_of(path)
    ]


@pytest.fixture(scope="session")
def reference() -> dict[str, list[dict[str, str]]]:
    """Table name -> rows of data/reference."""
    return {path.stem: rows_of(path) for path in sorted(DATA.glob("reference/*.csv"))}


@pytest.fixture(scope="session")
def ids(reference, facts, sources) -> dict[str, set[str]]:
    """Table name -> the ids its rows may be named by."""
    found = {name: {next(iter(row.values())) for row in rows} for name, rows in reference.items()}
    found["sources"] = set(sources)
    found["observations"] = {f"{row['source']}#{row['seq']}" for row in facts if row["role"] == "observation"}
    return found


@pytest.fixture(scope="session")
def release(tmp_path_factory) -> Release:
    """The shipped data, built, as anyone sees them."""
    home = tmp_path_factory.mktemp("shipped") / "data"
    shutil.copytree(DATA, home, ignore=shutil.ignore_patterns("tables", "attached", "inbox"))
    build(home)
    return open_release(PUBLIC, dt.datetime(2026, 1, 1), folder=home)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of extra material; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED


@pytest.fixture(scope="session")
def documents(shared, sources) -> dict[str, str]:
    """Source -> text of its document, found by the hash in source.toml."""
    from hashlib import sha256

    raw = {sha256(path.read_bytes()).hexdigest(): path for path in (shared / "documents").iterdir()}
    return {
        name: raw[about["sha256"]].read_bytes().decode("utf-8") for name, about in sources.items() if about["verified"]
    }
