"""The dashboard as people get it: served on a free local port, looked at with Debian's chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "tests" / "shots"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
WAIT = 240_000
"""Milliseconds; long because a busy machine is slow, not wrong. Nothing waits longer than it has to."""
OWN = ("_stcore/health", "_stcore/host-config")
"""Streamlit's own 404s of a deep link; the third of its three is the first page that does not exist on a fresh server."""


@dataclass
class Visit:
    """One look at one address: the page, what it asked for outside this machine, what it complained about."""

    page: Any
    outside: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def shot(self, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        height = self.page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": size["width"], "height": max(size["height"], int(height) + 20)})
        self.page.wait_for_timeout(500)
        self.page.screenshot(path=str(SHOTS / f"{name}.png"))
        self.page.set_viewport_size(size)


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[[Path], str]]:
    """Folder -> address of a server that shows it; one server a folder, all ended with the session."""
    running: dict[Path, tuple[str, subprocess.Popen[bytes]]] = {}

    def serve(folder: Path) -> str:
        if folder not in running:
            running[folder] = _start(folder)
        return running[folder][0]

    yield serve
    for _, server in running.values():
        server.terminate()
        server.wait(timeout=20)


def _start(folder: Path) -> tuple[str, subprocess.Popen[bytes]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT, env={**os.environ, "LIVELIHOOD_DATA": str(folder)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return f"http://127.0.0.1:{port}", server
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the dashboard did not start")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profiles(chromium: Any) -> Callable[[str], Any]:
    """Colour scheme -> one profile for all visits, so that what draws charts is fetched and compiled once."""
    return cache(lambda scheme: chromium.new_context(color_scheme=scheme, locale="zh-CN"))


@pytest.fixture
def visit(profiles: Callable[[str], Any]) -> Iterator[Callable[..., Visit]]:
    pages = []

    def look(address: str, *, width: int = 1440, height: int = 900, dark: bool = False) -> Visit:
        seen = Visit(profiles("dark" if dark else "light").new_page())
        pages.append(seen.page)
        seen.page.set_viewport_size({"width": width, "height": height})
        seen.page.on("request", lambda request: _note_request(seen, request.url))
        seen.page.on("response", lambda answer: seen.failed.append(answer.url) if answer.status >= 400 else None)
        seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
        seen.page.on("console", lambda said: _note_console(seen, said))
        seen.page.set_default_timeout(WAIT)
        seen.page.goto(address)
        drawn(seen.page)
        return seen

    yield look
    for page in pages:
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")  # a visit leaves nothing to the next
        page.close()


SETTLED = """() => {
    const all = selector => [...document.querySelectorAll(selector)];
    const running = document.querySelector('[data-testid=stApp][data-test-script-state=running]');
    const faded = document.getAnimations().some(each => each.playState === 'running' && each.effect.getTiming().iterations === 1);
    const charts = all('[data-testid=stPlotlyChart]').every(each => each.querySelector('.main-svg'));
    return !running && !faded && charts && !all('[data-stale=true], [data-testid=stSkeleton]').length;
}"""
"""The script has ended, nothing is stale, awaited or still fading in (a faded text is not the one people read), every chart is drawn."""


def drawn(page: Any) -> None:
    """Waits until the screen has run to its last line and stands still."""
    page.wait_for_selector(".st-key-foot", timeout=WAIT)
    page.wait_for_function(SETTLED, timeout=WAIT)


def _note_request(seen: Visit, url: str) -> None:
    if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
        seen.outside.append(url)


def _note_console(seen: Visit, said: Any) -> None:
    if said.type == "error" and not any(own in said.location.get("url", "") for own in OWN):
        seen.errors.append(said.text)


@pytest.fixture(scope="session")
def real(shipped_city: Path) -> Path:
    return shipped_city


@pytest.fixture(scope="session")
def new_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "data"
    folder.mkdir()
    (folder / "city.toml").write_text('name = "新市"\n', "utf-8")
    return folder
