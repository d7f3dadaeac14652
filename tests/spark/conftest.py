"""A real standalone cluster on loopback - a master and two workers, each a process of its own - for one run of these tests.

Without the extra [spark] nothing here is collected, and ``make test-spark`` fails for want of tests rather than passing.
"""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

if importlib.util.find_spec("pyspark") is None:
    collect_ignore_glob = ["test_*.py"]

HOST = "127.0.0.1"
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Five JVMs that live for a minute: what a good compiler would gain, compiling would cost."""
SETTINGS = {
    "spark.driver.defaultJavaOptions": SHORT_LIVED,
    "spark.executor.defaultJavaOptions": SHORT_LIVED,
    "spark.driver.host": HOST,
    "spark.driver.bindAddress": HOST,
    "spark.executor.memory": "700m",
    "spark.executor.cores": "1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.files.maxPartitionBytes": "1m",
    "spark.sql.files.openCostInBytes": "64k",
    "spark.ui.enabled": "false",
}


class Cluster:
    """The processes of a cluster, and what is to be done to them."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._processes: list[subprocess.Popen[bytes]] = []
        self._port, self._web = free_port(), free_port()
        self.master = f"spark://{HOST}:{self._port}"
        self._run("master", "--host", HOST, "--port", str(self._port), "--webui-port", str(self._web))
        self.workers = [self._worker(), self._worker()]
        self.wait_for(2)

    def _worker(self) -> subprocess.Popen[bytes]:
        work = self._home / f"work-{len(self._processes)}"
        return self._run(
            "worker", "--host", HOST, "--cores", "1", "--memory", "1g", "--work-dir", str(work), self.master
        )

    def _run(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        spark_class = Path(os.environ["SPARK_HOME"]) / "bin" / "spark-class"
        name = f"org.apache.spark.deploy.{what}.{what.capitalize()}"
        with (self._home / f"{what}-{len(self._processes)}.log").open("wb") as log:
            process = subprocess.Popen([spark_class, name, *options], stdout=log, stderr=log, start_new_session=True)
        self._processes.append(process)
        return process

    def alive(self) -> int:
        """How many workers the master knows to be there."""
        with urllib.request.urlopen(f"http://{HOST}:{self._web}/json/", timeout=5) as answer:
            return int(json.load(answer)["aliveworkers"])

    def wait_for(self, workers: int, seconds: int = 180) -> None:
        """Returns when so many workers have reported to the master."""
        for _ in range(seconds * 10):
            try:
                if self.alive() >= workers:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        logs = "\n".join(path.read_text("utf-8", "replace")[-2000:] for path in self._home.glob("*.log"))
        raise AssertionError(f"no {workers} workers after {seconds} s\n{logs}")

    def kill_a_worker(self) -> None:
        """The worker and its executors are gone at once, as when a machine loses its power."""
        worker = self.workers.pop(0)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def add_a_worker(self) -> None:
        self.workers.append(self._worker())
        self.wait_for(len(self.workers))

    def stop(self) -> None:
        for process in reversed(self._processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sockets and processes that pyspark's own client leaves open are not ours to close."""
    left = [
        pytest.mark.filterwarnings(f"ignore::{kind}")
        for kind in ("ResourceWarning", "pytest.PytestUnraisableExceptionWarning")
    ]
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            for mark in left:
                item.add_marker(mark)


@pytest.fixture(scope="session")
def spark_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where Spark is, and the settings a cluster's administrator would have written into spark-defaults.conf."""
    spec = importlib.util.find_spec("pyspark")
    assert spec and spec.origin
    home = tmp_path_factory.mktemp("spark")
    lines = [f"{name} {value}" for name, value in SETTINGS.items()]
    (home / "spark-defaults.conf").write_text("\n".join(lines), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(Path(spec.origin).parent))
        patch.setenv("SPARK_CONF_DIR", str(home))
        patch.setenv("SPARK_LOCAL_IP", HOST)
        patch.setenv("SPARK_DAEMON_MEMORY", "256m")
        patch.setenv("SPARK_DAEMON_JAVA_OPTS", SHORT_LIVED)
        yield home


@pytest.fixture(scope="session")
def cluster(spark_environment: Path) -> Iterator[Cluster]:
    running = Cluster(spark_environment)
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def engines(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """DuckDB, and one session on the cluster for all tests of a module."""
    from etl.usage.open_engine import open_engine

    home = tmp_path_factory.mktemp("both")
    with open_engine("duckdb", 1000, home) as duckdb, open_engine(cluster.master, 1000, home) as spark:
        yield {"duckdb": duckdb, "spark": spark}
