"""Every text of the screens stands in both catalogs, and no catalog holds a text nobody says."""

import ast
import string
from functools import cache
from pathlib import Path

import pytest

from pages.wording.catalog import LANGUAGES, catalog, words

ROOT = Path(__file__).resolve().parents[3]


@cache
def said():
    """Every msgid, also inside f-strings; ``_`` is called with a plain string or the test fails."""
    found = {}
    for path in sorted((ROOT / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                where = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
                assert isinstance(node.args[0], ast.Constant), f"{where}: a msgid is a plain string"
                found.setdefault(node.args[0].value, where)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_missing(lang):
    known = catalog(lang)
    assert not {msgid: where for msgid, where in said().items() if not known.get(msgid)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_left_over(lang):
    assert not set(catalog(lang)) - set(said())


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_translation_has_the_same_blanks(lang):
    assert not {msgid for msgid, text in catalog(lang).items() if fields(msgid) != fields(text)}


def test_an_unknown_language_is_chinese():
    assert words("xx").lang == "zh"
    assert words("").chinese


def test_no_compiled_catalog_is_kept():
    assert not list((ROOT / "pages").rglob("*.mo"))
