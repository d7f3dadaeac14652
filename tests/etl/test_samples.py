"""Every sample of the documents is run by what it is meant for; one that nobody knows how to run is a failure."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from typer.testing import CliRunner

from etl.__main__ import app
from etl.build import build, make_tables
from etl.readers.facts import source_folders
from etl.release.publish import current
from etl.release.tables import LAPTOP, now, open_release
from etl.rules.formula import parse_formula
from etl.rules.selectors import chosen

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*sorted(ROOT.glob("README*.md")), ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/*.md"))]
FENCED = re.compile(r"^```\w*\n(.*?)^```", re.S | re.M)
SAMPLES = [(path, text) for path in DOCUMENTS for text in FENCED.findall(path.read_text("utf-8"))]
CHANGED = re.compile(r"`(?:reference|sources/[^/`]*)/(?P<file>[a-z]+\.csv)`.*?`(?P<row>[^`]*,[^`]*)`$", re.M)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """A copy of the shipped inputs, and what the pipeline makes of them."""
    folder = tmp_path_factory.mktemp("shipped") / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("tables", "attached", "inbox"))
    return folder, make_tables(folder, source_folders(folder))


def run_make(document: Path, sample: str, city, shipped) -> None:
    for line in sample.splitlines():
        done = subprocess.run(
            ["make", "-n", *shlex.split(line, comments=True)[1:]], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout


def run_your_city(document: Path, sample: str, city, shipped) -> None:
    """The commands, then the rows of the numbered list below them."""
    folder, exported = city.path, {"LIVELIHOOD_DATA": None}
    for line in sample.replace("../xinxiang", str(folder)).splitlines():
        words = shlex.split(line, comments=True)
        if words[0] == "export":
            exported |= dict([words[1].split("=")])
            continue
        assert words[:3] == ["python", "-m", "etl"]
        done = CliRunner().invoke(app, words[3:], env=exported)
        assert done.exit_code == 0, done.output
    rows = list(CHANGED.finditer(document.read_text("utf-8")))
    assert [row["file"] for row in rows] == ["indicators.csv", "facts.csv", "headlines.csv"]
    for row in rows:
        (path,) = folder.rglob(row["file"])
        path.write_text(f"{path.read_text('utf-8').rstrip()}\n{row['row']}\n", "utf-8")
    (about,) = folder.rglob("source.toml")
    about.write_text(about.read_text("utf-8").replace("verified = false", "verified = true"), "utf-8")
    build(folder)
    release = open_release(LAPTOP, now(), folder=folder)
    (shows,) = release.table("headlines")["shows"]
    assert list(chosen(release.table("observations"), release.table("places"), shows)["value"]) == [20]


def run_message(document: Path, sample: str, city, shipped) -> None:
    """The fault that the message tells, made in a copy of the shipped data."""
    told = re.search(r"(?P<file>sources/\S+) 第(?P<row>\d+)行 “(?P<column>\w+)”列.*?发现“(?P<found>.*?)”", sample)
    assert told is not None
    folder, _ = shipped
    path = folder / told["file"]
    good = path.read_text("utf-8")
    lines = good.splitlines()
    cells = lines[int(told["row"]) - 1].split(",")
    cells[lines[0].split(",").index(told["column"])] = told["found"]
    lines[int(told["row"]) - 1] = ",".join(cells)
    path.write_text("\n".join(lines), "utf-8")
    assert [str(problem) for problem in make_tables(folder, source_folders(folder)).problems] == [sample.strip()]
    path.write_text(good, "utf-8")


def named_in(sample: str) -> str:
    """The file that the first line of a sample says it is."""
    return sample.splitlines()[0].split()[1]


def run_gate_log(document: Path, sample: str, city, shipped) -> None:
    city.reference["facilities"] = [{"facility": "room", "name": "甲书房", "project": "halls", "place": "east"}]
    visits = {"unit": "人次", "kind": "cumulative", "polarity": "up", "sums": "yes"}
    city.reference["indicators"] += [
        {"indicator": "visits_total", "name": "进馆", **visits},
        {"indicator": "loans_total", "name": "借还", **visits},
    ]
    about = city.write() / named_in(sample)
    (about.parent / "gates").mkdir(parents=True)
    (about.parent / "loans").mkdir()
    about.write_text(sample, "utf-8")
    (about.parent / "gates" / "2026-01-05.csv").write_text(
        "流水号,时间,空间编号,卡号,动作\n1,2026/1/5 9:07,甲书房,,进馆\n2,2026-01-05 09:08:00,room,,enter\n", "utf-8"
    )
    loan = {"event_id": ["3"], "ts": ["2026-01-05 10:00:00"], "space_id": ["room"], "action": ["borrow"], "n": [2]}
    pq.write_table(pa.table(loan), about.parent / "loans" / "2026-01.parquet")
    build(city.path)
    (day,) = open_release(LAPTOP, now(), folder=city.path).table("visits_daily").to_dict("records")
    assert (day["facility"], day["visits"], day["loans"]) == ("room", 2, 2)


def with_outlines(city, sample: str) -> None:
    """``city`` built with a file of outlines and the sidecar that the sample is."""
    for row, code in zip(city.reference["places"], ("990100", "990102", "990103", "990121"), strict=True):
        row["code"] = code
    city.city += 'code = "990100"\nbounds = [113.0, 34.0, 114.0, 35.0]\n'
    path = city.write() / named_in(sample)
    path.parent.mkdir()
    path.write_text(sample, "utf-8")
    shapes = [shapely.box(113.1, 34.1 + at / 5, 113.9, 34.3 + at / 5) for at in range(3)]
    frame = geopandas.GeoDataFrame({"NAME": ["东岸区", "西岸区", "北坡县"]}, geometry=shapes, crs="EPSG:4490")
    frame.to_file(path.with_suffix(".gpkg"))
    build(city.path)


def run_outlines(document: Path, sample: str, city, shipped) -> None:
    with_outlines(city, sample)
    rows = open_release(LAPTOP, now(), folder=city.path).table("boundaries")
    assert set(rows["credit"]) == {"某市自然资源和规划局"}


def run_python(document: Path, sample: str, city, shipped) -> None:
    with_outlines(city, next(text for path, text in SAMPLES if path == document and text.startswith("# boundaries/")))
    code = sample.replace("<release>", str(current(city.path))).replace('"data/', f'"{city.path}/')
    assert len(eval(code, {"geopandas": geopandas})) == 3


Runner = Callable[..., None]
RUNNERS: dict[str, Runner] = {
    "make ": run_make,
    "python -m etl new-city": run_your_city,
    "E-": run_message,
    "# sources/": run_gate_log,
    "# boundaries/": run_outlines,
    "geopandas.": run_python,
}
"""How a sample begins -> what runs it."""


@pytest.mark.parametrize(("document", "sample"), SAMPLES, ids=[f"{path.stem}:{text[:20]}" for path, text in SAMPLES])
def test_every_sample_of_the_documents_runs(document, sample, city, shipped):
    (run,) = [run for start, run in RUNNERS.items() if sample.startswith(start)]
    run(document, sample, city, shipped)


def test_every_kind_of_sample_is_found():
    assert {start for start in RUNNERS for _, text in SAMPLES if text.startswith(start)} == set(RUNNERS)


def test_the_selectors_that_contributors_are_shown_find_numbers(shipped):
    _, tables = shipped
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Selectors and formulas")[2]
    shown = re.findall(r"^ {4}(\S.*)$", section, re.M)
    assert len(shown) == 3
    for text in shown:
        for leaf in parse_formula(text).leaves():
            assert len(chosen(tables.frames["observations"], tables.frames["places"], leaf.selector)), (text, leaf)
