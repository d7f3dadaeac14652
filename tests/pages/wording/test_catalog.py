"""Every text of the screens stands in the catalog, and the catalog holds no text nobody says."""

import ast
import string
from functools import cache
from pathlib import Path

from etl.language import spoken
from pages.wording.catalog import _, catalog

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


def test_no_text_is_missing():
    assert not {msgid: where for msgid, where in said().items() if not catalog().get(msgid)}


def test_no_text_is_left_over():
    assert not set(catalog()) - set(said())


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_translation_has_the_same_blanks():
    assert not {msgid for msgid, text in catalog().items() if fields(msgid) != fields(text)}


def test_a_text_is_said_in_the_language_in_force():
    assert (_("Source"), spoken("en", _, "Source"), _("Source")) == ("出处", "Source", "出处")


def test_no_compiled_catalog_is_kept():
    assert not list((ROOT / "pages").rglob("*.mo"))
