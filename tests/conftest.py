"""What tests share: cities that are made once a run, and what is said at the end of tests that were skipped for want of a program.

On a laptop such a test is skipped and named; with ``CI=true`` a skip is a failure.  Only ../shared may be absent everywhere.
"""

from __future__ import annotations

import csv
import fcntl
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

IN_CI = os.environ.get("CI") == "true"
SHARED = "../shared"
HOME = Path(__file__).parent


@cache
def _has_chinese_font() -> bool:
    return bool(shutil.which("fc-list") and subprocess.check_output(["fc-list", ":lang=zh"]))


NEEDS: Mapping[str, tuple[Callable[[], object], str]] = {
    "chromium": (lambda: shutil.which("chromium"), "chromium"),
    "soffice": (lambda: shutil.which("soffice"), "libreoffice-writer libreoffice-impress libreoffice-calc"),
    "pdftoppm": (lambda: shutil.which("pdftoppm"), "poppler-utils"),
    "Chinese font": (_has_chinese_font, "fontconfig fonts-noto-cjk"),
}
"""Name -> how to see that it is here, the packages of Debian and Ubuntu that bring it."""

FOLDERS: Mapping[str, str] = {"browser": "chromium"}
"""Folder of tests -> what each test there needs."""


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """A name and what makes a folder -> a copy of it for this process; all processes of a run make it once between them."""
    own = tmp_path_factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def copy(name: str, make: Callable[[Path], object]) -> Path:
        whole = run / "made_once" / name / "whole"
        whole.parent.mkdir(parents=True, exist_ok=True)
        with (whole.parent / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not whole.exists():
                part = whole.with_name("part")
                make(part)
                part.rename(whole)
        return Path(shutil.copytree(whole, tmp_path_factory.mktemp(name) / "data"))

    return copy


@pytest.fixture(scope="session")
def demonstration_city(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The demonstration city of seed 1 with 30,000 events, made and built."""

    def make_and_build(folder: Path) -> None:
        from etl.build import build
        from etl.demo.make import make

        make(folder, seed=1, events=30_000)
        build(folder)

    return made_once("demonstration", make_and_build)


@pytest.fixture(scope="session")
def shipped_city(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The shipped data, built."""

    def copy_and_build(folder: Path) -> None:
        from etl.build import build

        shutil.copytree(HOME.parent / "data", folder, ignore=shutil.ignore_patterns("tables", "attached", "inbox"))
        build(folder)

    return made_once("shipped", copy_and_build)


MARKUP = (
    " ![img](http://evil.example/p.png) [words](http://evil.example) **marked** _marked_ ~~marked~~ `marked` $marked$ :red[marked]"
    " :red-badge[marked] :material/home: :material_home: :streamlit: :smile: <img src=http://evil.example/t.png> <b>marked</b>"
    " <script>alert()</script> http://evil.example www.evil.example a@evil.example"
)
"""Everything that a browser, plotly or an office program could take for an order."""

TEXTS = {
    "name", "name_en", "short_name", "dimension_name", "dimension_name_en", "title", "title_en", "reason", "reason_en", "definition",
    "note", "done_word", "done_word_en", "address", "template", "node", "term", "text",
}  # fmt: skip
"""Columns of hand-written tables that hold words of people."""


def _put_markup_into_every_text(folder: Path) -> None:
    called = {row["name"]: row["place"] for row in _rows(folder / "reference" / "places.csv")}
    for path in [*folder.glob("reference/*.csv"), *folder.glob("sources/*/*.csv")]:
        rows = [
            {name: f"{cell}{MARKUP}" if cell and name in TEXTS else cell for name, cell in row.items()}
            for row in _rows(path)
        ]
        if path.stem == "facts":
            rows = [row | {"keyword": "![](//evil.test)"} for row in rows]
        if path.stem == "place_aliases":
            rows += [dict.fromkeys(rows[0], "") | {"alias": name, "place": place} for name, place in called.items()]
        if rows:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0], lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
    for path in [folder / "city.toml", *folder.glob("sources/*/source.toml")]:
        words = r'(?m)^((?:name|name_en|title|publisher|dated_by|note) = ".+)"$'
        path.write_text(re.sub(words, rf'\1{MARKUP}"', path.read_text("utf-8")), "utf-8")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def hostile() -> Callable[[Path, Path], Path]:
    """A city's folder and a new one -> the new one, the same city with MARKUP in every text that people write, built."""

    def copy(city: Path, folder: Path) -> Path:
        from etl.build import build

        shutil.copytree(city, folder, ignore=shutil.ignore_patterns("tables"))
        _put_markup_into_every_text(folder)
        build(folder)
        return folder

    return copy


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"needs(*names): runs where these are installed: {', '.join(NEEDS)}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for folder, name in FOLDERS.items():
            if HOME / folder in item.path.parents:
                item.add_marker(pytest.mark.needs(name))


def pytest_runtest_setup(item: pytest.Item) -> None:
    named = dict.fromkeys(name for marker in item.iter_markers("needs") for name in marker.args)
    missing = [name for name in named if not NEEDS[name][0]()]
    if missing:
        packages = " ".join(NEEDS[name][1] for name in missing)
        pytest.skip(f"no {', '.join(missing)} here: apt-get install {packages}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail") and SHARED not in _reason(report):
        report.outcome = "failed"
        report.longrepr = f"in CI no test is skipped: {_reason(report)}"
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", ()))
    if skipped:
        terminalreporter.section("not run here")
    for reason, count in sorted(skipped.items()):
        terminalreporter.write_line(f"{count} skipped, {reason}")


def _reason(report: pytest.TestReport) -> str:
    return str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr).removeprefix("Skipped: ")
