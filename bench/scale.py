"""How much a first visit costs as the tables grow: ``python bench/scale.py [--sizes 1500 15000] [--out FILE]``.

For each size a synthetic city of about that many observations (bench/synthetic_city.py) is written into a temporary folder and built.
Then every screen is visited once, a draft is checked and a briefing is written, each in a process that has imported everything and
remembers nothing. What is told are CPU seconds, and how much more each takes at the second size than at the first.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from signal import SIGXCPU
from urllib.parse import parse_qsl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent / "counterparts"))

import all_of_ours
from ratios import growth_table
from streamlit.testing.v1 import AppTest
from synthetic_city import shape, write_city

from etl.build import build
from etl.release.tables import LAPTOP, now, open_release
from etl.verify import verify
from pages.queries.briefs import LEADER, BriefRequest, brief_rows
from pages.reports.compose_brief import compose_brief
from pages.reports.files import brief_bytes

LIMIT = 3.0
"""How much more a first visit may cost with ten times the observations."""
SCREENS = all_of_ours.ROOT / "pages" / "screens"
MORE_VIEWS = ("project?part=numbers", "district?part=numbers", "sources?part=checks", "search?q=第1项")
"""Visited beside each screen's plain link."""
DRAFT = "模拟市第1项为1200个，其中第1区80个，第2区75个。"


def main() -> None:
    """Makes the cities, measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1500, 15000], help="about how many observations")
    parser.add_argument("--most", type=int, default=300, metavar="SECONDS", help="CPU after which a visit is given up")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="leaves the cities there, or uses those that are there"
    )
    parser.add_argument("--out", type=Path, help="write the table there as well")
    asked = parser.parse_args()
    os.chdir(all_of_ours.ROOT)
    costs = {}
    with tempfile.TemporaryDirectory(prefix="scale-") as place:
        for size in asked.sizes:
            folder = (asked.keep or Path(place)).resolve() / str(size)
            if not folder.exists():
                write_city(folder, shape(size))
            found = measured(folder, asked.most)
            costs[observations(folder)] = found
    report = growth_table(costs, LIMIT)
    if asked.out:
        asked.out.write_text(report + "\n", "utf-8")
    print(report)


def measured(folder: Path, most: int) -> dict[str, float | None]:
    """The CPU seconds of a build and of everything that is then tried in ``folder``; None for what takes more than ``most``."""
    os.environ["LIVELIHOOD_DATA"] = str(folder)
    views = [*sorted(path.stem for path in SCREENS.glob("*.py")), *MORE_VIEWS]
    works: Mapping[str, Callable[[], None]] = {
        "(a build)": partial(build_city, folder),
        **{view: partial(visit, view) for view in views},
        "(a draft checked)": partial(check_draft, folder),
        "(a briefing as docx)": partial(write_brief, folder),
    }
    costs = {}
    for name, work in works.items():
        costs[name] = cpu_seconds(work, most)
        print(f"… {folder.name} {name}: {costs[name]}", file=sys.stderr, flush=True)
    return costs


def build_city(folder: Path) -> None:
    build(folder)


def visit(view: str) -> None:
    """One first visit of ``view``, such as sources?part=checks."""
    screen, _, query = view.partition("?")
    test = AppTest.from_file(str(SCREENS / f"{screen}.py"), default_timeout=1e6)
    for name, value in parse_qsl(query):
        test.query_params[name] = value
    test.run()
    if test.exception:
        raise RuntimeError(f"{view} shows an error: {test.exception[0].value}")


def check_draft(folder: Path) -> None:
    if not verify(open_release(LAPTOP, now(), folder=folder), DRAFT):
        raise RuntimeError("no number of the draft was checked")


def write_brief(folder: Path) -> None:
    release = open_release(LAPTOP, now(), folder=folder)
    brief_bytes(compose_brief(brief_rows(release, BriefRequest(LEADER))), "docx")


def cpu_seconds(work: Callable[[], None], most: int) -> float | None:
    """CPU seconds of ``work`` in a copy of this process, None where it takes more than ``most``; RuntimeError where it fails."""
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_timed, args=(work, most, sender))
    child.start()
    sender.close()
    try:
        told: float | str = receiver.recv()
    except EOFError:
        told = ""
    child.join()
    if isinstance(told, float):
        return told
    if told or child.exitcode != -SIGXCPU:
        raise RuntimeError(told or f"ended with {child.exitcode}")
    return None


def _timed(work: Callable[[], None], most: int, sender: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))
    started = time.process_time()
    try:
        work()
    except Exception as error:
        sender.send(f"{type(error).__name__}: {error}")
    else:
        sender.send(time.process_time() - started)


def observations(folder: Path) -> int:
    """How many observations a built city has."""
    current = (folder / "tables" / "CURRENT").read_text("utf-8").strip()
    said = json.loads((folder / "tables" / current / "manifest.json").read_text("utf-8"))
    return int(said["tables"]["observations"]["rows"])


if __name__ == "__main__":
    main()
