"""The dashboard as ``make run`` serves it: it starts and is visited without a word of warning, and every screen has its address."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bench.visits import Address, visitor

ROOT = Path(__file__).resolve().parents[3]
COMPLAINTS = re.compile("ScriptRunContext|Warning|WARNING|Traceback|ERROR")


@pytest.fixture(scope="module")
def server(tiny, tmp_path_factory):
    """Port of a server that shows the small city, and the file that holds what it prints."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("served") / "log"
    with log.open("wb") as file:
        running = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT, env={**os.environ, "LIVELIHOOD_DATA": str(tiny)}, stdout=file, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        until = time.monotonic() + 120
        while not is_open(port):
            assert running.poll() is None and time.monotonic() < until, log.read_text("utf-8")
            time.sleep(0.1)
        yield port, log
    finally:
        running.terminate()
        running.wait(timeout=30)


def is_open(port):
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def get(port, address):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.status, answer.getheader("location")
    finally:
        connection.close()


async def visit(port, *addresses):
    async with visitor(port) as guest:
        for address in addresses:
            await guest.rerun(Address.of(address))


def test_a_server_starts_and_is_visited_without_a_warning(server):
    port, log = server
    asyncio.run(visit(port, "", "sources", "brief"))
    said = log.read_text("utf-8")
    assert f"http://127.0.0.1:{port}" in said
    assert not COMPLAINTS.search(said), said


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/overview", "./"),
        ("/overview/", "../"),
        ("/overview?release=r0123456789ab&lang=en", "./?release=r0123456789ab&lang=en"),
        ("/overview?place=%E4%B8%9C%E5%8C%BA", "./?place=%E4%B8%9C%E5%8C%BA"),
    ],
)
def test_the_front_page_opens_by_its_name_too_and_keeps_what_the_link_asks_for(asked, answered, server):
    assert get(server[0], asked) == (307, answered)


def test_the_other_screens_are_where_they_were(server):
    assert get(server[0], "/sources?release=r0123456789ab") == (200, None)
    assert get(server[0], "/") == (200, None)
