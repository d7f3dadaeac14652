"""Servers to measure: started on a free port of this machine, weighed in CPU seconds and resident memory, ended by us."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COUNTERPARTS = ROOT / "bench" / "counterparts"
PATIENCE = 120
SETTLE = 0.4
"""Seconds after which a server has done what it still does once an answer is out (Streamlit collects garbage then)."""

QUIET = ("--server.headless", "true", "--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false")
DEFAULTS = (
    "--runner.postScriptGC", "true", "--global.minCachedMessageSize", "10000", "--global.maxCachedMessageAge", "2",
    "--server.fileWatcherType", "auto", "--runner.magicEnabled", "true",
)  # fmt: skip
"""Streamlit's defaults where our configuration file says otherwise."""


@dataclass(frozen=True)
class Server:
    """A running server: where it listens and how much it has used so far."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """Its front page."""
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """CPU seconds of the whole process, ended threads included (Linux: the CPU clock of another process)."""
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def settled_cpu_seconds(self) -> float:
        """The same once the server has come to rest."""
        time.sleep(SETTLE)
        return self.cpu_seconds()

    def memory_bytes(self) -> int:
        """Resident memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.M)
        return int(found[1]) * 1024 if found else 0


def our_screens(folder: Path) -> Iterator[Server]:
    """The dashboard as people run it, on a city's data folder."""
    return _streamlit(["app.py"], folder)


def empty_page(folder: Path, cwd: Path) -> Iterator[Server]:
    """An empty page with the same imports; ``cwd`` without a configuration file leaves Streamlit its defaults."""
    return _streamlit([str(COUNTERPARTS / "empty.py")], folder, cwd=cwd)


def cold_screens(folder: Path) -> Iterator[Server]:
    """Our screens in a process that forgets all it has kept before each run: every run is a first visit."""
    return _streamlit(["app.py"], folder, launcher="cold")


def naive_screens(folder: Path) -> Iterator[Server]:
    """Our screens on Streamlit's defaults in a process that keeps nothing at all."""
    return _streamlit(["app.py", *DEFAULTS], folder, launcher="naive")


def same_in_dash(content: Path) -> Iterator[Server]:
    """The content that bench/content.py took from a screen, as a Dash page."""
    return _served([sys.executable, str(COUNTERPARTS / "in_dash.py"), str(content), "{port}"], cwd=ROOT, env={})


def _streamlit(script: Sequence[str], folder: Path, *, launcher: str = "", cwd: Path = ROOT) -> Iterator[Server]:
    program = [str(COUNTERPARTS / f"{launcher}.py")] if launcher else ["-m", "streamlit"]
    env = {"LIVELIHOOD_DATA": str(folder), "PYTHONPATH": str(ROOT)}
    return _served([sys.executable, *program, "run", *script, "--server.port", "{port}", *QUIET], cwd=cwd, env=env)


@contextmanager
def _served(command: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [part.format(port=port) for part in command], cwd=cwd, env={**os.environ, **env},
        stdout=subprocess.DEVNULL, stderr=None if os.environ.get("BENCH_LOG") else subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not start: {process.args}")
