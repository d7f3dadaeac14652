"""How fast the screens are: beside an empty Streamlit page, the same content in Dash, and the same screens without caches.

Everything is measured in one run on one machine, in alternating runs, and told as ratios: milliseconds alone say more about
the machine.  ``python bench/screens.py [--quick] [--out FILE]`` prints a Markdown table; LIVELIHOOD_DATA names another city.
What is compared:

- the empty page: one line of text on Streamlit's default settings, in a process that has imported all our screens import;
- first visits: our screens in a process that forgets all it keeps before each run;
- naive: our screens on default settings without our caches; tables are read at the start of each run, questions asked, charts
  drawn and displays built each time they are wanted;
- Dash: the elements of our heaviest screen, ready made.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import importlib.metadata
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from browser import CHART, CHROMIUM, NUMBER, TEXT, chromium
from content import content
from loads import Weight, first_run, reruns_per_second, soaked, weighed
from ratios import Row, growth, markdown, paired_ratio
from served import ROOT, Server, cold_screens, empty_page, naive_screens, our_screens, same_in_dash
from visits import Address, ScreenFailed

MORE_VIEWS = (
    "overview?lang=en",
    "sources?part=checks",
    "sources?part=absences",
    "sources?part=statements",
    "search?q=148万",
)
"""Looked at beside each screen's plain link."""

IMPORTS = {"bare": "import streamlit", "app": "import app"}


@dataclass(frozen=True)
class Effort:
    """How much is measured: alternating rounds, reruns in each, seconds of load, reruns and sessions of the soak."""

    rounds: int
    reruns: int
    load_seconds: float
    soak_reruns: int
    soak_sessions: int = 50


FULL = Effort(rounds=7, reruns=20, load_seconds=20, soak_reruns=10_000)
QUICK = Effort(rounds=3, reruns=6, load_seconds=4, soak_reruns=1_000)


def main() -> None:
    """Measures and prints."""
    asked = _arguments()
    effort = QUICK if asked.quick else FULL
    if asked.soak is not None:
        effort = replace(effort, soak_reruns=asked.soak)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        report = measured(effort, Path(place), in_browser=not asked.no_browser)
    if asked.out:
        asked.out.write_text(report, "utf-8")
    print(report)


def measured(effort: Effort, place: Path, *, in_browser: bool = True) -> str:
    """The whole report as Markdown; ``place`` is an empty folder for what is made on the way."""
    folder, views = city(place), views_of_app()
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    busy = os.getloadavg()[0]
    with ExitStack() as stack:
        empty = stack.enter_context(empty_page(folder, elsewhere))
        lean = stack.enter_context(empty_page(folder, ROOT))
        ours = stack.enter_context(our_screens(folder))
        say("weighing every view")
        weights, failed = weigh_every(effort, ours, views)
        print(every_view(weights), file=sys.stderr, flush=True)
        heaviest = max(weights, key=lambda view: weights[view].cpu_ms)
        say(f"warm reruns of {name(heaviest)} beside an empty page")
        rows = told([*warm_reruns(effort, ours, heaviest, empty, lean), *load(effort, ours, heaviest, lean)])
        say("first visits beside naive reruns")
        rows += told(first_visits(effort, folder, heaviest))
        if in_browser:
            say("page loads in chromium")
            ranked = sorted(weights, key=lambda view: -weights[view].cpu_ms)
            rows += told(page_loads(effort, ours, ranked, empty, place))
    say("imports")
    rows += told(imports(effort))
    if effort.soak_reruns:
        say(f"soak: {effort.soak_reruns} reruns over {effort.soak_sessions} sessions")
        rows += told(soak(effort, folder, list(weights)))
    return "\n\n".join([circumstances(effort, busy), markdown(rows), every_view(weights), *failed]) + "\n"


def weigh_every(effort: Effort, ours: Server, views: Sequence[Address]) -> tuple[dict[Address, Weight], list[str]]:
    """The warm rerun of every view, and a line for each view that shows an error: a fast failure is no measurement."""
    weights, failed = {}, []
    for view in views:
        try:
            weights[view] = asyncio.run(weighed(ours, view, effort.reruns))
        except ScreenFailed as error:
            failed.append(f"**{error}**")
    return weights, failed


def warm_reruns(effort: Effort, ours: Server, heaviest: Address, empty: Server, lean: Server) -> list[Row]:
    """CPU and bytes of a warm rerun."""
    own, default, tuned = alternating(effort, [(ours, heaviest), (empty, Address()), (lean, Address())])
    ratio = paired_ratio([each.cpu_ms for each in own], [each.cpu_ms for each in default])
    sent = median(each.sent_bytes for each in own)
    return [
        Row(
            f"CPU of a warm rerun, heaviest screen ({name(heaviest)}) / empty page", cpu(own), cpu(default), ratio, 0.40,
        ),
        Row("the same empty page on our settings, for information", "", cpu(tuned)),
        Row("kB sent by a warm rerun of it", f"{sent / 1000:.1f} kB", "60 kB", sent / 1000, 60, digits=1),
    ]  # fmt: skip


def load(effort: Effort, ours: Server, heaviest: Address, lean: Server) -> list[Row]:
    """Throughput of one process, and what the machine gives an empty page on the same settings."""
    rates: dict[str, list[float]] = {"ours": [], "empty": []}
    for _ in range(min(3, effort.rounds)):
        for whose, server, view in (("ours", ours, heaviest), ("empty", lean, Address())):
            rates[whose].append(asyncio.run(reruns_per_second(server, view, sessions=10, seconds=effort.load_seconds)))
    own, empty = (median(rates[whose]) for whose in ("ours", "empty"))
    return [
        Row(
            f"reruns/s of one process, 10 sessions, heaviest screen ({name(heaviest)}); beside it an empty page on our settings",
            f"{own:.1f}", f"{empty:.1f}", own, 40, at_least=True, digits=1,
        )
    ]  # fmt: skip


def first_visits(effort: Effort, folder: Path, heaviest: Address) -> list[Row]:
    """CPU of a first visit with cold caches."""
    few = replace(effort, reruns=max(2, effort.reruns // 5))
    with cold_screens(folder) as cold, naive_screens(folder) as naive:
        own, other = alternating(few, [(cold, heaviest), (naive, heaviest)])
    ratio = paired_ratio([each.cpu_ms for each in own], [each.cpu_ms for each in other])
    return [
        Row("CPU of a first visit with cold caches / naive rerun, heaviest screen", cpu(own), cpu(other), ratio, 0.33)
    ]


def page_loads(effort: Effort, ours: Server, ranked: Sequence[Address], empty: Server, place: Path) -> list[Row]:
    """When something can be read, in chromium with an empty cache; our server is warm. The chart is that of the heaviest screen with one."""
    if not CHROMIUM.exists():
        return [Row("page loads", "no chromium here")]
    contents = ((view, content(asyncio.run(first_run(ours, view)).messages)) for view in ranked)
    heaviest, shown = next((view, every) for view, every in contents if any(one["kind"] == "chart" for one in every))
    file = place / "content.json"
    file.write_text(json.dumps(shown), "utf-8")
    loads: dict[str, list[float]] = {"empty": [], "numbers": [], "chart": [], "dash": []}
    link = f"{ours.address}/{heaviest}"
    with chromium() as browser, same_in_dash(file) as dash:
        for _ in range(effort.rounds + 1):
            loads["empty"].append(browser.load(empty.address, {"text": TEXT})["text"])
            loads["numbers"].append(browser.load(ours.address, {"number": NUMBER})["number"])
            loads["dash"].append(browser.load(dash.address, {"chart": CHART})["chart"])
            loads["chart"].append(browser.load(link, {"chart": CHART})["chart"])
    warm = {what: times[1:] for what, times in loads.items()}
    return [
        Row(
            "headline numbers readable / empty page loaded", ms(warm["numbers"]), ms(warm["empty"]),
            paired_ratio(warm["numbers"], warm["empty"]), 1.3,
        ),
        Row(
            f"first chart drawn, heaviest screen with one ({name(heaviest)}) / the same content in Dash", ms(warm["chart"]), ms(warm["dash"]),
            paired_ratio(warm["chart"], warm["dash"]), 1.0,
        ),
    ]  # fmt: skip


def imports(effort: Effort) -> list[Row]:
    """CPU of importing the app."""
    seconds: dict[str, list[float]] = {what: [] for what in IMPORTS}
    for _ in range(effort.rounds + 1):
        for what, statement in IMPORTS.items():
            seconds[what].append(cpu_of([sys.executable, "-c", statement]))
    app, bare = ([1000 * each for each in seconds[what][1:]] for what in ("app", "bare"))
    return [Row("CPU of import app / import streamlit", ms(app), ms(bare), paired_ratio(app, bare), 2.0)]


def soak(effort: Effort, folder: Path, views: Sequence[Address]) -> list[Row]:
    """Memory over many reruns of every view, on a server of its own."""
    with our_screens(folder) as server:
        memory = asyncio.run(soaked(server, views, sessions=effort.soak_sessions, reruns=effort.soak_reruns))
    grown = growth(memory)
    what = f"memory growth over {effort.soak_reruns} reruns of {effort.soak_sessions} sessions, after the first tenth"
    return [Row(what, f"{memory[-1] / 1e6:.0f} MB", f"{memory[len(memory) // 10] / 1e6:.0f} MB", grown, 0.10)]


def alternating(effort: Effort, sides: Sequence[tuple[Server, Address]]) -> list[list[Weight]]:
    """For each side its weights, one a round; the sides take turns."""
    taken = [
        [asyncio.run(weighed(server, view, effort.reruns)) for server, view in sides] for _ in range(effort.rounds)
    ]
    return [list(side) for side in zip(*taken, strict=True)]


def city(place: Path) -> Path:
    """A built data folder: LIVELIHOOD_DATA where it has a release, otherwise a copy built in ``place``."""
    named = Path(os.environ.get("LIVELIHOOD_DATA") or ROOT / "data")
    if "LIVELIHOOD_DATA" in os.environ and (named / "tables" / "CURRENT").exists():
        return named.resolve()
    folder = place / "data"
    shutil.copytree(named, folder, ignore=shutil.ignore_patterns("tables", "attached", "inbox"))
    env = {**os.environ, "LIVELIHOOD_DATA": str(folder)}
    subprocess.run([sys.executable, "-m", "etl", "build"], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    return folder


def views_of_app() -> list[Address]:
    """Every screen of app.py by its plain link (the first is the front page), and MORE_VIEWS of those that are there."""
    front, *others = screens_of_app()
    more = [Address.of(text) for text in MORE_VIEWS]
    known = [
        Address("" if view.screen == front else view.screen, view.query)
        for view in more
        if view.screen in (front, *others)
    ]
    return [Address(), *map(Address, others), *known]


def screens_of_app() -> list[str]:
    """SCREENS of app.py, which is read and not run."""
    for node in ast.parse((ROOT / "app.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SCREENS":
            return list(ast.literal_eval(node.value))
    raise LookupError("app.py names no SCREENS")


def cpu_of(command: Sequence[str]) -> float:
    """CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def circumstances(effort: Effort, busy: float) -> str:
    """One line: what was measured where, so that two reports can be compared."""
    versions = ", ".join(f"{each} {importlib.metadata.version(each)}" for each in ("streamlit", "plotly", "dash"))
    return (
        f"{effort.rounds} alternating rounds of {effort.reruns} reruns, medians; {os.cpu_count()} cores, load average {busy:.1f} before and "
        f"{os.getloadavg()[0]:.1f} after; Python {sys.version.split()[0]}, {versions}"
    )


def every_view(weights: dict[Address, Weight]) -> str:
    """The warm rerun of every view, heaviest first."""
    ranked = sorted(weights.items(), key=lambda item: -item[1].cpu_ms)
    lines = ["| view | CPU of a warm rerun | sent |", "|---|---|---|"]
    return "\n".join(
        [
            *lines,
            *(f"| {name(view)} | {each.cpu_ms:.0f} ms | {each.sent_bytes / 1000:.1f} kB |" for view, each in ranked),
        ]
    )


def name(view: Address) -> str:
    """A view as people call it."""
    return str(view) if view.screen else f"{screens_of_app()[0]}{view}"


def cpu(weights: Sequence[Weight]) -> str:
    """The median CPU of some weights."""
    return f"{median(each.cpu_ms for each in weights):.1f} ms"


def ms(times: Sequence[float]) -> str:
    """The median of some milliseconds."""
    return f"{median(times):.0f} ms"


def say(what: str) -> None:
    """Progress, apart from the report."""
    print(f"… {what}", file=sys.stderr, flush=True)


def told(rows: list[Row]) -> list[Row]:
    """``rows``, said as soon as they are measured: a run that is stopped later has not lost them."""
    for line in markdown(rows).splitlines()[2:]:
        print(line, file=sys.stderr, flush=True)
    return rows


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds and a short soak: for development, not for a report"
    )
    parser.add_argument("--soak", type=int, metavar="RERUNS", help="reruns of the soak (0 leaves it out)")
    parser.add_argument("--no-browser", action="store_true", help="leave the page loads out")
    parser.add_argument("--out", type=Path, help="write the report there as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
