"""Which way imports point, what stands at the top, and which words Python may not know - written as sentences, executed."""

from __future__ import annotations

import ast
import csv
import re
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sorted([*ROOT.glob("etl/**/*.py"), *ROOT.glob("pages/**/*.py"), ROOT / "app.py"])
BENCHES = sorted(ROOT.glob("bench/**/*.py"))
TOP_LEVEL = {
    "pyproject.toml", "app.py", "pages", "data", "etl", "tests", "README.md", "README.zh-CN.md", "CONTRIBUTING.md", "LICENSE",
    "Makefile", "requirements.lock", "bench", "docs",
}  # fmt: skip

MAY_NOT_IMPORT = {
    "the model stands below everything": (r"etl/model\.py", r"etl|pages|pandas|streamlit"),
    "the bottom of etl knows nothing above it": (
        r"etl/(errors|handwritten|reference|attached|(rules|release)/[^/]*)\.py",
        r"etl\.(readers|desk|build|harmonise|demo|__main__)|pages",
    ),
    "rules know no table of a release but what describes it": (r"etl/rules/.*", r"etl\.release\.(?!schema\b)\w+|etl\.(readers|desk|build)|pages"),
    "the reader knows nothing of drafts": (r"etl/reading/.*", r"etl\.checking"),
    "reading and checking are pure language: no tables, no files of a city": (
        r"etl/(reading|checking)/.*",
        r"etl\.(release\.(?!schema\b)\w+|reference|readers|desk|build|harmonise|attached)|pages|streamlit|pandas",
    ),
    "readers know no pipeline": (r"etl/readers/.*", r"etl\.(build|harmonise|rules\.(derive|check)|desk|release\.(?!schema\b)\w+)|pages"),
    "the pipeline does not know the desk": (r"etl/(build|harmonise|rules/.*)\.py", r"etl\.desk|pages"),
    "etl never imports pages": (r"etl/.*", r"pages|streamlit|plotly"),
    "queries stand on the door alone and never draw": (
        r"pages/queries/.*",
        r"streamlit|plotly|pages\.(charts|widgets|screens|reports|gate)|etl\.(build|harmonise|release\.publish|readers|desk)",
    ),
    "charts take small tables and never query": (
        r"pages/charts/.*",
        r"streamlit|etl\.(release\.(tables|publish)|build|readers|desk|harmonise)|pages\.(queries|widgets|screens|gate)",
    ),
    "wording takes small tables and never queries": (
        r"pages/wording/.*",
        r"streamlit|plotly|etl\.(release\.(tables|publish)|build|readers|desk|harmonise)|pages\.(queries|charts|widgets|screens|gate)",
    ),
    "analysis takes small tables and never queries": (
        r"pages/analysis/.*",
        r"streamlit|plotly|etl\.(release\.(tables|publish)|build|readers|desk)|pages\.(queries|charts|widgets|screens|gate)",
    ),
    "reports take small tables and typed briefs; they draw and write, and show nothing on a screen": (
        r"pages/reports/.*",
        r"streamlit|etl\.(build|harmonise|release\.publish|readers|desk)|pages\.(widgets|screens|gate)",
    ),
    "widgets do not query": (r"pages/widgets/.*", r"pages\.screens|etl\.(harmonise|release\.publish|readers)"),
    "a screen never uses another screen, nor the pipeline's insides": (
        r"pages/screens/.*",
        r"pages\.screens|etl\.(build|harmonise|rules\.(derive|check)|release\.publish|readers)",
    ),
}  # fmt: skip


@cache
def text(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
    return found


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("rule", MAY_NOT_IMPORT)
def test_imports_point_downwards(rule):
    files, forbidden = MAY_NOT_IMPORT[rule]
    broken = [
        f"{where(path)} imports {name}"
        for path in PYTHON
        if re.fullmatch(files, where(path))
        for name in imports(path)
        if re.match(rf"({forbidden})(\.|$)", name)
    ]
    assert not broken, f"{rule}: {broken}"


def test_what_became_of_something_is_a_member_of_its_list_and_no_text():
    codes = {
        "not_testable", "mismatch", "other_definition", "qualifier_lost", "derived_match", "uncovered", "not_published",
        "not_in_plan", "not_in_sources", "undeclared",
    }  # fmt: skip
    spelled = [
        (where(path), node.value)
        for path in PYTHON
        if where(path) != "etl/model.py"
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in codes
    ]
    assert not spelled


def test_no_modules_import_each_other_in_a_circle():
    """Imports inside functions and those for types alone count too."""
    modules = {where(path).removesuffix(".py").replace("/", "."): path for path in PYTHON}
    graph = {name: modules.keys() & imports(path) for name, path in modules.items()}
    TopologicalSorter(graph).prepare()


def test_only_widgets_screens_gate_and_app_call_streamlit():
    allowed = re.compile(r"app\.py|pages/(widgets|screens|gate)/.*")
    assert not [
        where(path)
        for path in PYTHON
        if "streamlit" in {name.split(".")[0] for name in imports(path)} and not allowed.fullmatch(where(path))
    ]


READS_NO_MARKDOWN = {
    "App", "Page", "cache_resource", "code", "column_config", "columns", "container", "context", "data_editor", "dataframe", "empty",
    "form", "grid", "html", "iframe", "navigation", "plotly_chart", "query_params", "rerun", "session_state", "set_page_config", "sidebar",
    "space", "stop",
}  # fmt: skip
"""What pages may call of Streamlit; what reads markdown is called by pages/widgets/escaped.py alone."""

OF_A_BLOCK = {"caption", "expander", "markdown", "page_link", "popover", "status", "subheader", "toast"}
"""Methods of a container that would show a text without escaping it."""


def test_text_reaches_streamlit_through_one_module():
    found = [
        f"{where(path)}:{node.lineno} .{node.attr}"
        for path in PYTHON
        if where(path) != "pages/widgets/escaped.py"
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.Attribute) and where(path).startswith(("pages/widgets", "pages/screens", "app.py"))
        if (node.attr not in READS_NO_MARKDOWN if name_of(node.value) == "st" else node.attr in OF_A_BLOCK)
        if name_of(node.value) != "escaped"
    ]
    assert not found


def test_only_constants_are_markup_and_one_module_makes_it_and_escapes():
    for path in PYTHON:
        if where(path).startswith("pages") and where(path) != "pages/wording/literal.py":
            assert not re.search(r"html\.escape|import escape\b", text(path)), where(path)
            for node in ast.walk(ast.parse(text(path))):
                called = name_of(node.func) if isinstance(node, ast.Call) else ""
                assert called != "Markdown", f"{where(path)}:{node.lineno}"
                assert called not in ("markup", "joined") or isinstance(node.args[0], ast.Constant), (
                    f"{where(path)}:{node.lineno}"
                )


def test_a_help_text_and_the_words_of_buttons_in_a_row_are_escaped():
    for path in PYTHON:
        for node in ast.walk(ast.parse(text(path))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and name_of(node.func.value) == "escaped"
            ):
                told = [
                    key.value
                    for key in node.keywords
                    if key.arg == "help" or (key.arg == "format_func" and node.func.attr == "segmented_control")
                ]
                assert all("in_markdown(" in ast.unparse(each) for each in told), f"{where(path)}:{node.lineno}"


def test_media_types_stand_in_one_place():
    typed = re.compile(r"""["'](application|image|text)/[a-z]""")
    assert [where(path) for path in PYTHON if where(path).startswith("pages") and typed.search(text(path))] == [
        "pages/reports/kit.py"
    ]


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def test_only_the_door_reads_tables():
    readers = re.compile(r"read_parquet|pq\.read_table|read_table\(")
    allowed = {"etl/release/tables.py"}
    assert not [
        where(path)
        for path in PYTHON
        if readers.search(text(path)) and where(path) not in allowed and "gate_log" not in where(path)
    ]


def test_benches_import_nothing_of_tests():
    assert not [where(path) for path in BENCHES if any(name.split(".")[0] == "tests" for name in imports(path))]
    assert not [where(path) for path in BENCHES if re.search(r"""["']tests["'/]""", text(path))]


def test_tests_import_of_benches_what_both_need_alone():
    """The corpora with their scores, and the visitor that speaks Streamlit's protocol; tests/bench tests the benches themselves."""
    shared = re.compile(r"bench\.(corpora|visits)(\..*)?")
    others = [path for path in ROOT.glob("tests/**/*.py") if not where(path).startswith("tests/bench/")]
    assert not [
        f"{where(path)} imports {name}"
        for path in others
        for name in imports(path)
        if name.split(".")[0] == "bench" and not shared.fullmatch(name)
    ]


def test_no_script_stands_directly_in_pages():
    """Streamlit serves those to anyone with a deep link, before app.py ever ran."""
    assert not list((ROOT / "pages").glob("*.py"))


def test_the_top_level_is_fixed():
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "__pycache__"}
    assert found <= TOP_LEVEL, found - TOP_LEVEL


def test_data_holds_no_code():
    assert not list((ROOT / "data").rglob("*.py"))


def test_one_stylesheet_and_no_script():
    web = [
        where(path)
        for folder in ("pages", "etl", "data")
        for suffix in ("css", "js")
        for path in (ROOT / folder).rglob(f"*.{suffix}")
    ]
    assert web == ["pages/widgets/theme.css"]


def test_session_state_stays_inside_widgets():
    outside = [
        where(path) for path in PYTHON if "session_state" in text(path) and not where(path).startswith("pages/widgets/")
    ]
    assert not outside


@pytest.mark.parametrize("path", sorted(ROOT.glob("pages/screens/*.py")), ids=lambda path: path.stem)
def test_a_screen_is_a_storyboard_of_at_most_80_lines(path):
    assert len(text(path).splitlines()) <= 80


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager", "misc"])
def test_no_file_is_named_for_nothing(word):
    assert not [where(path) for path in PYTHON if path.stem == word or word in path.parts]


def vocabulary() -> set[str]:
    """Chinese names of places, indicators and projects of the shipped city, long enough not to be ordinary words."""
    words = set()
    for table in ("places", "indicators", "projects"):
        with (ROOT / "data" / "reference" / f"{table}.csv").open(encoding="utf-8") as file:
            words |= {row["name"] for row in csv.DictReader(file)}
    return {word for word in words if len(word) >= 3}


def test_no_place_indicator_or_project_name_stands_in_python():
    words = vocabulary()
    found = {f"{where(path)}: {word}" for path in PYTHON for word in words if word in text(path)}
    assert not found
