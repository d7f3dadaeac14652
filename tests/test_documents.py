"""What the documents say must be so: commands, tables, columns and screens are looked up in the code."""

import re
from pathlib import Path

import pytest

from etl.__main__ import app
from etl.release.schema import REFERENCE, TABLES, dictionary

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
SCREENS = sorted(path.stem for path in ROOT.glob("pages/screens/*.py"))


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_data_dictionary_is_current():
    assert text("docs/tables.md") == dictionary() + "\n", "run: python -m etl describe > docs/tables.md"


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", sorted(str(command.name) for command in app.registered_commands))
def test_every_command_is_in_both_readmes(readme, command):
    assert f"python -m etl {command}" in text(readme)


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_is_in_both_readmes(readme, screen):
    assert f"`{screen}`" in text(readme)


@pytest.mark.parametrize("readme", READMES)
def test_the_two_set_up_commands_come_first(readme):
    first = re.search(r"```[a-z]*\n(.*?)```", text(readme), re.S)
    assert first is not None
    assert [line.split("#")[0].strip() for line in first[1].strip().splitlines()] == ["make run", "make test"]


@pytest.mark.parametrize("table", sorted({*TABLES, *REFERENCE}))
def test_every_table_is_in_the_dictionary(table):
    assert table in text("docs/tables.md")


def test_every_make_target_explains_itself():
    makefile = text("Makefile")
    targets = re.search(r"^\.PHONY:(.*)$", makefile, re.M)
    assert targets is not None
    for target in targets[1].split():
        assert re.search(rf"^{target}:.*## \w", makefile, re.M), target


def test_contributing_says_how_to_add_each_thing():
    for thing in ("indicator", "district", "source", "screen", "city"):
        assert re.search(rf"^\| .*\b{thing}\b", text("CONTRIBUTING.md"), re.M), thing


def test_every_dependency_has_its_line_of_why():
    project = text("pyproject.toml").split("[tool.")[0]
    listed = re.findall(r'^    "([a-zA-Z0-9_-]+)[^"]*",[ ]*(.*)$', project, re.M)
    assert len(listed) > 10
    assert not [name for name, why in listed if not (why.startswith("# ") and len(why) > 6)]


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "tests/requirements.lock", "bench/requirements.lock", "tests/spark/requirements.lock"]
)
def test_lock_files_carry_names_versions_and_hashes_only(lock):
    assert "://" not in text(lock)
    assert not list(ROOT.glob("uv.lock")) + list(ROOT.glob("pylock*.toml"))
