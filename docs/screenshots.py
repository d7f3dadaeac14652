"""Takes the pictures of the READMEs: the demonstration city (模拟数据 on every screen) in a browser. Run: make screenshots."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from http import HTTPStatus
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
SHOTS = {
    "overview": ("/", False),
    "map": ("/map", False),
    "compare": ("/compare?view=share", False),
    "reading": ("/reading", True),
}
"""Name -> address and whether in the dark theme."""
SIZE = {"width": 1360, "height": 900}


def main() -> None:
    """Makes the city, serves it, writes one PNG per row of SHOTS."""
    HOME.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        city = Path(folder) / "city"
        subprocess.run(
            [sys.executable, "-m", "etl", "demo", "--to", city, "--seed", "1"], cwd=ROOT, check=True, stdout=sys.stderr
        )
        subprocess.run([sys.executable, "-m", "etl", "build", "--data", city], cwd=ROOT, check=True, stdout=sys.stderr)
        address, server = _served(city)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                for name, (path, dark) in SHOTS.items():
                    page = browser.new_page(viewport=SIZE, color_scheme="dark" if dark else "light", locale="zh-CN")  # type: ignore[arg-type]
                    _shoot(page, address + path, HOME / f"{name}.png")
                browser.close()
        finally:
            server.terminate()


def _served(city: Path) -> tuple[str, subprocess.Popen[bytes]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "LIVELIHOOD_DATA": str(city)}, stdout=sys.stderr)
    for _ in range(300):
        try:
            if urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).status == HTTPStatus.OK:
                break
        except OSError:
            time.sleep(0.2)
    return f"http://127.0.0.1:{port}", server


def _shoot(page: Page, address: str, path: Path) -> None:
    page.goto(address)
    page.wait_for_selector(".st-key-foot", timeout=60_000)
    page.wait_for_timeout(3000)
    page.screenshot(path=str(path))
    page.close()


if __name__ == "__main__":
    main()
