"""A test that lacks a program is skipped and named in the last lines; in CI it fails."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

OFFICE = "libreoffice-writer libreoffice-impress libreoffice-calc"
OWN = """
import pytest

@pytest.mark.needs("soffice")
def test_of_an_office(): pass

@pytest.mark.needs("soffice", "pdftoppm")
def test_of_two_programs(): pass

def test_of_a_document(): pytest.skip("../shared is not here")

def test_of_nothing(): pass
"""


@pytest.fixture
def run(tmp_path):
    """Our conftest over tests in a folder called browser, on a machine with no program at all."""
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    (tmp_path / "test_own.py").write_text(OWN, "utf-8")
    (tmp_path / "browser").mkdir()
    (tmp_path / "browser" / "test_seen.py").write_text("def test_of_a_screen(): pass\n", "utf-8")

    def run(**said):
        bare = {name: value for name, value in os.environ.items() if name != "CI"} | {"PATH": ""} | said
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--import-mode=importlib", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)],
            check=False, env=bare, capture_output=True, text=True,
        )  # fmt: skip

    return run


def test_a_skip_is_said_in_the_last_lines_with_what_to_install(run):
    done = run()
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-5:-1] == [
        "1 skipped, ../shared is not here",
        "1 skipped, no chromium here: apt-get install chromium",
        f"1 skipped, no soffice here: apt-get install {OFFICE}",
        f"1 skipped, no soffice, pdftoppm here: apt-get install {OFFICE} poppler-utils",
    ]
    assert "1 passed, 4 skipped" in done.stdout.splitlines()[-1]


def test_in_ci_a_skip_is_a_failure_unless_it_is_for_want_of_shared_documents(run):
    done = run(CI="true")
    assert done.returncode == 1
    assert "in CI no test is skipped: no soffice here" in done.stdout
    assert "1 passed, 1 skipped, 3 errors" in done.stdout.splitlines()[-1]
