"""The commands as people type them; every command of ``python -m etl`` is tried with ``--help`` unasked."""

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from etl.__main__ import app

runner = CliRunner()
COMMANDS = sorted(str(command.name) for command in app.registered_commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_chinese(command):
    result = runner.invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout)


def test_build_prints_the_release_alone_on_stdout(city):
    city.write()
    done = subprocess.run(
        [sys.executable, "-m", "etl", "build"],
        env={**os.environ, "LIVELIHOOD_DATA": str(city.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == (city.path / "tables" / "CURRENT").read_text().strip()
    assert "observations 6" in done.stderr


def test_a_refused_build_exits_2_with_every_problem_and_no_traceback(city):
    city.fact(1)["value"] = "13"
    city.fact(2)["place"] = "东案区"
    result = runner.invoke(app, ["build", "--data", str(city.write())])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "E-210" in result.stderr
    assert "E-201" in result.stderr
    assert "共2处问题" in result.stderr
    assert "Traceback" not in result.stderr


def check(city) -> int:
    return runner.invoke(app, ["check", "--data", str(city.write())]).exit_code


def test_check_exits_0_when_all_hold(city):
    assert check(city) == 0
    assert not (city.path / "tables").exists()


def test_check_exits_1_for_a_shown_violation(city):
    city.fact(5).update(as_printed="1300平方米", value="1300")
    assert check(city) == 1


def test_check_exits_2_for_a_blocking_violation(city):
    city.fact(1).update(as_printed="13个", value="13")
    assert check(city) == 2


def test_export_writes_what_it_says(city, tmp_path):
    runner.invoke(app, ["build", "--data", str(city.write())])
    result = runner.invoke(app, ["export", "--to", str(tmp_path / "out"), "--data", str(city.path)])
    assert result.exit_code == 0
    assert set(result.stdout.split()) == {str(path) for path in (tmp_path / "out").iterdir()}


def test_export_before_a_build_says_what_to_do(city, tmp_path):
    result = runner.invoke(app, ["export", "--to", str(tmp_path / "out"), "--data", str(city.write())])
    assert result.exit_code == 2
    assert "python -m etl build" in result.stderr
