"""The whole city: the same every time, only where it was asked for, and published by the pipeline as any city is."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.build import build, make_tables
from etl.demo.log_plan import CITY
from etl.demo.make import FEWEST_EVENTS, make
from etl.demo.target import MARK
from etl.errors import Refused
from etl.readers.facts import source_folders
from etl.release.tables import Who, open_release
from etl.rules.latest import resolved
from etl.rules.selectors import chosen, parse_selector
from pages.queries.numbers import chosen_numbers
from tests.etl.conftest import times_in

EVENTS, SEED = 30_000, 1


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and "inbox" not in path.parts  # what is remembered between builds is no table
    }


def test_the_same_seed_gives_the_same_bytes_in_every_file_and_table(demo, release, tmp_path):
    make(tmp_path / "again", SEED, EVENTS)
    build(tmp_path / "again")
    assert files(tmp_path / "again") == files(demo)


MAY_DIFFER = re.compile(
    r"attached/.*|demo\.json|drafts/.*|expected/(drafts|gate_log)\.json|tables/.*|sources/[^/]*gate-log/(logs/.*|delivery\.csv)"
    r"|sources/[^/]*(launch|half-year|reading-register)/(facts\.csv|statements\.csv|source\.toml|智慧阅读空间台账\.xlsx)"
)


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """The city of another seed, built."""
    folder = tmp_path_factory.mktemp("other") / "city"
    make(folder, SEED + 1, EVENTS)
    build(folder)
    return folder


def test_another_seed_gives_other_logs_and_leaves_the_rest_as_it_is(demo, other):
    first, second = files(demo), files(other)
    different = {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}
    assert len([name for name in different if "/logs/" in name]) > 700
    assert [name for name in sorted(different) if not MAY_DIFFER.fullmatch(name)] == []


def test_another_seed_changes_only_numbers_that_are_counted_in_the_logs(release, other):
    tables = [one.table("observations") for one in (release, open_release(release.who, release.moment, folder=other))]
    values = [dict(zip(table["observation_id"], table["value"], strict=True)) for table in tables]
    assert values[0].keys() == values[1].keys()
    different = {name for name, value in values[0].items() if value != values[1][name]}
    indicators = set(tables[0].loc[tables[0]["observation_id"].isin(different), "indicator"])
    assert {"visits_in_month", "loans_returns_in_month", "cards_in_month"} <= indicators
    assert indicators <= {
        "visits_in_month",
        "loans_returns_in_month",
        "cards_in_month",
        "reading_visits",
        "reading_loans_returns",
        "reading_cards",
    }


def test_every_check_holds_for_another_seed_too(release, other):
    checks = open_release(release.who, release.moment, folder=other).table("checks")
    assert set(checks["verdict"]) == {"holds", "conflict"}


def chosen_now(release, selector):
    """The observations that ``selector`` names as of what is there."""
    numbers, places = release.table("observations"), release.table("places")
    ((dated,),) = resolved([parse_selector(selector)], times_in(numbers, places), places)
    return chosen(numbers, places, dated)


def test_every_check_holds_but_the_one_conflict(release):
    checks = release.table("checks")
    assert set(checks["verdict"]) == {"holds", "conflict"}
    assert list(checks.loc[checks["verdict"] == "conflict", "kind"]) == ["conflict"]


def test_it_says_that_it_is_synthetic(demo, release):
    assert release.synthetic
    assert json.loads((demo / MARK).read_text("utf-8"))["synthetic"] is True
    assert release.table("sources")["title"].str.contains("模拟数据").all()


@pytest.mark.parametrize(
    "pattern", ["city.toml", "drafts/*.txt", "attached/*", "boundaries/*.toml", "sources/*/source.toml"]
)
def test_every_text_says_that_it_is_synthetic(demo, pattern):
    found = list(demo.glob(pattern))
    assert found
    assert all("模拟数据" in path.read_text("utf-8") for path in found)


def test_every_text_and_layout_belongs_to_a_source():
    laid_out = [path.stem for folder in ("documents", "workbooks") for path in (CITY / folder).iterdir()]
    assert len(laid_out) == 9
    assert sorted([*laid_out, "2026-07-01-shifan-gate-log"]) == sorted(
        path.name for path in (CITY / "sources").iterdir()
    )


def test_every_committed_file_is_text_and_together_they_are_small():
    sizes = [len(path.read_text("utf-8").encode()) for path in CITY.rglob("*") if path.is_file()]
    assert sum(sizes) < 700_000


def test_no_number_of_a_document_is_found_inside_another_number(release):
    for source in release.table("sources").query("kind in ('bulletin', 'newspaper')")["source"]:
        text = release.document(source)
        assert text is not None
        assert [start for start, _ in release.spans(source).values() if re.match(r"[\d.]", text[start - 1])] == []


def test_every_document_opens_with_its_numbers_in_place(release):
    for source in release.table("sources").to_dict("records"):
        if source["kind"] not in ("bulletin", "newspaper"):
            continue
        text, spans = release.document(source["source"]), release.spans(source["source"])
        printed = release.table("figures").query("source == @source['source']").set_index("seq")["as_printed"]
        assert text is not None
        assert {seq: text[start:end] for seq, (start, end) in spans.items()} == printed.to_dict()


def test_one_number_is_embargoed_with_its_document(release):
    later = release.table("observations").dropna(subset=["release_at"])
    assert len(later) == 1
    outsider = open_release(Who("press"), release.moment, folder=release.folder)
    assert len(outsider.table("observations")) == len(release.table("observations")) - 1
    assert outsider.document(later["source"].item()) is None
    assert release.document(later["source"].item()) is not None


def test_one_past_number_is_corrected(release):
    corrected = release.table("observations").query("corrected != ''")
    assert len(corrected) == 1
    assert str(corrected["value"].item()) not in corrected["as_printed"].item()


def test_a_conflict_has_two_variants_and_absences_two_states(release):
    observations = release.table("observations")
    tied = observations[observations["conflict"] != ""]
    assert tied["variant"].nunique() == 2
    assert {"not_published", "not_in_plan"} <= set(release.table("absences")["state"])


def test_every_headline_shows_exactly_one_number(release):
    for card in release.table("headlines").to_dict("records"):
        assert len(chosen_now(release, card["shows"])) == 1, card["headline"]


def test_every_place_of_a_chart_has_a_number_or_a_reason(release):
    places, absences = release.table("places"), release.table("absences")
    parts = set(places.loc[(places["parent"] == release.city.place) & places["sums"], "place"])
    for chart in release.table("charts").query("form == 'bars_by_place'").to_dict("records"):
        there = {number.place for number in chosen_numbers(release, chart["shows"])}
        declared = set(absences.loc[absences["indicator"] == chart["shows"].split("{")[0], "place"])
        assert there, chart["chart"]
        assert parts <= there | declared, chart["chart"]


@pytest.fixture(scope="module")
def smallest(tmp_path_factory):
    folder = tmp_path_factory.mktemp("smallest") / "city"
    make(folder, SEED, FEWEST_EVENTS)
    return folder


@pytest.fixture
def city(smallest, tmp_path):
    """A copy of the smallest city."""
    return shutil.copytree(smallest, tmp_path / "city")


def test_nothing_is_written_outside_the_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "beside.txt").write_text("beside")
    make(tmp_path / "city", SEED, FEWEST_EVENTS)
    assert {path.name for path in tmp_path.iterdir()} == {"beside.txt", "city"}
    assert (tmp_path / "beside.txt").read_text() == "beside"


def test_making_it_again_replaces_what_it_wrote_and_keeps_what_others_did(city):
    own = city / "sources" / "2026-07-09-mine" / "source.toml"
    own.parent.mkdir()
    own.write_text("mine")
    before = files(city)
    make(city, SEED + 1, FEWEST_EVENTS)
    after = files(city)
    assert own.read_text() == "mine"
    assert len(after) == len(before) and after != before
    make(city, SEED, FEWEST_EVENTS)
    assert files(city) == before


def test_a_folder_that_holds_anything_else_is_refused_untouched(tmp_path):
    (tmp_path / "city.toml").write_text('name = "甲市"\n', "utf-8")
    with pytest.raises(Refused, match="不是空的，也不是示范市"):
        make(tmp_path, SEED, FEWEST_EVENTS)
    assert [path.name for path in tmp_path.iterdir()] == ["city.toml"]


def test_a_mark_does_not_open_a_folder_whose_city_is_real(city):
    path = city / "city.toml"
    path.write_text(path.read_text("utf-8").replace("synthetic = true", "synthetic = false"), "utf-8")
    with pytest.raises(Refused, match="E-601"):
        make(city, SEED, FEWEST_EVENTS)


def test_the_mark_cannot_name_files_outside_the_folder(city, tmp_path):
    victim = tmp_path / "victim.txt"
    victim.write_text("here")
    (city / MARK).write_text(json.dumps({"files": ["../victim.txt", str(victim)]}))
    make(city, SEED, FEWEST_EVENTS)
    assert victim.read_text() == "here"


def test_too_few_events_are_refused(tmp_path):
    with pytest.raises(Refused, match="E-602"):
        make(tmp_path / "city", SEED, FEWEST_EVENTS - 1)
    assert not (tmp_path / "city").exists()


def test_the_command_prints_the_folder_and_refuses_with_2(tmp_path):
    folder = tmp_path / "city"
    done = CliRunner().invoke(app, ["demo", "--to", str(folder), "--seed", "3", "--events", str(FEWEST_EVENTS)])
    assert (done.exit_code, done.stdout.strip()) == (0, str(folder))
    refused = CliRunner().invoke(app, ["demo", "--to", str(tmp_path), "--seed", "3"])
    assert refused.exit_code == 2
    assert "E-601" in refused.stderr


@pytest.mark.parametrize("name", ["facilities", "places"])
def test_one_wrong_title_row_gives_one_message_whatever_logs_and_outlines_stand_beside_it(name, demo, tmp_path):
    folder = tmp_path / "city"
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns("tables", "inbox"))
    path = folder / "reference" / f"{name}.csv"
    path.write_text(path.read_text("utf-8").partition("\n")[2], "utf-8")
    (problem,) = make_tables(folder, source_folders(folder)).problems
    assert "第一行不是列名" in str(problem)


def test_a_definition_names_a_document_only_where_the_document_prints_it(demo, release):
    terms = release.table("definitions")
    cited = terms[terms["source"] != ""]
    texts = {}
    for source, digest in zip(*(release.table("sources")[name] for name in ("source", "sha256")), strict=True):
        attached = demo / "attached" / digest
        texts[source] = attached.read_text("utf-8") if attached.is_file() else ""
    printed = cited[[bool(texts[source]) for source in cited["source"]]]
    assert set(printed["term"]) == {"七个中心"}
    for source, definition in zip(printed["source"], printed["definition"], strict=True):
        assert [each for each in definition.split("、") if each not in texts[source]] == []


def test_the_problems_that_the_bulletin_lists_are_problems_of_their_places(release):
    told = release.table("statements")
    problems = told[(told["attribute"] == "problem") & (told["source"] == "2026-07-08-shifan-half-year")]
    assert set(problems["subject"]) == {"lumang", "xielan_zone", "qingjing_zone"}
