"""``python -m pages.reports``: one command a file; what is wrong is said in Chinese on stderr, and the exit code is 2."""

import zipfile

import pytest
from typer.testing import CliRunner

from pages.reports.__main__ import app
from pages.reports.files import FORMATS


@pytest.fixture(scope="module")
def run(tiny):
    return lambda *words, folder=tiny: CliRunner().invoke(app, [*words, "--data", str(folder)])


def test_a_briefing_is_written_and_said_to_be(run, tmp_path):
    to = tmp_path / "brief.docx"
    done = run("leader", "-o", str(to))
    assert done.exit_code == 0
    assert not done.stdout
    assert str(to) in done.stderr
    assert zipfile.is_zipfile(to)


def test_a_message_goes_to_stdout_and_nothing_else_does(run):
    done = run("press", "--format", "message", "-o", "-")
    assert done.exit_code == 0
    assert done.stdout.startswith("【模拟数据】甲市")
    assert len(done.stdout.strip()) <= 200


def test_a_place_may_be_named_and_the_day_narrows_what_is_known(run):
    done = run("district", "--place", "东区", "--as-of", "2018-12-31", "--format", "message", "-o", "-")
    assert done.stdout.startswith("【模拟数据】东区")
    before = run("leader", "--as-of", "2018-01-01", "--format", "message", "-o", "-")
    assert "没有可用的已公布数" in before.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("leader", "--format", "odt"), "E-707"),
        (("mayor",), "E-701"),
        (("district",), "E-702"),
        (("leader", "--place", "东区区"), "是否“东区”"),
        (("leader", "--as-of", "2018-02-30"), "E-709"),
        (("leader", "--period", "去年"), "E-708"),
        (("leader", "--release", "r000000000000"), "etl build"),
    ],
)
def test_what_is_wrong_is_said_and_ends_with_2(words, said, run, tmp_path):
    to = tmp_path / "brief.docx"
    done = run(*words, "-o", str(to))
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not to.exists()


def test_a_folder_that_cannot_be_written_to_is_said(run, tmp_path):
    done = run("leader", "-o", str(tmp_path / "missing" / "brief.docx"))
    assert done.exit_code == 2
    assert "E-706" in done.stderr


def test_a_city_without_charts_says_why_there_is_no_card(run, empty, tmp_path):
    done = run("leader", "--format", "png", "-o", str(tmp_path / "card.png"), folder=empty)
    assert done.exit_code == 2
    assert "E-705" in done.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_in_the_help(form, run):
    assert form in CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output
