"""A display without its sources is refused; a download says where it comes from and runs no formula."""

import io
from dataclasses import replace
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from pages.charts.drawing import Drawing
from pages.charts.form import worded_marks
from pages.queries.chart_specs import charts_of, marks_of
from pages.queries.documents import citations
from pages.queries.numbers import cited_ids
from pages.reports.download import csv_bytes, file_name
from pages.widgets.panel import Uncited, Undated, checked_citations, panel
from pages.widgets.screen import Screen, set_screen

SCREEN = Path(__file__).resolve().parents[3] / "pages" / "screens" / "overview.py"


@pytest.fixture
def release(tiny, release_of):
    return release_of(tiny)


@pytest.fixture
def marks(release):
    chart = next(each for each in charts_of(release, "overview") if each.chart == "parts")
    return worded_marks(marks_of(release, chart), chart.form)


def changed(marks, **cells):
    return [replace(mark, **cells) for mark in marks]


def drawn(marks, release):
    set_screen(Screen(release))
    panel(key="x", title="题", chart=Drawing.of(go.Figure()), marks=marks)


def test_a_panel_without_any_number_raises(marks, release):
    with pytest.raises(Uncited, match="no number at all"):
        drawn([mark for mark in marks if mark.value is None], release)


def test_a_panel_with_an_unknown_observation_raises(marks, release):
    with pytest.raises(Uncited, match="nobody#1"):
        drawn(changed(marks, observation_ids=("nobody#1",)), release)


def test_a_panel_with_one_number_that_cites_nothing_raises(marks, release):
    bare = [replace(marks[0], observation_ids=()), *marks[1:]]
    with pytest.raises(Uncited, match="东区"):
        drawn(bare, release)


def test_a_chart_of_numbers_without_a_time_is_refused_unless_words_for_it_are_printed(marks, release):
    bare = changed(marks, period_start=None, period_end=None, as_of=None)
    with pytest.raises(Undated, match="东区"):
        drawn(bare, release)
    drawn(changed(bare, time_as_printed="连续两年"), release)


def test_a_panel_adds_to_its_title_what_that_does_not_name(tiny, monkeypatch):
    monkeypatch.setenv("LIVELIHOOD_DATA", str(tiny))
    screen = AppTest.from_file(str(SCREEN), default_timeout=600).run()
    titles = [each.value for each in screen.markdown if each.value.startswith("### ")]
    assert "### 甲市礼堂数：2018年12个，为目标10个的120.0%（推算）；2019年计划9个" in titles


def test_the_sources_of_a_display_are_those_of_its_numbers(marks, release):
    assert [each.source for each in checked_citations("x", marks, release)] == ["2018-12-31-halls"]


def test_a_download_opens_as_chinese_text_and_names_source_release_and_kind(marks, release):
    said = csv_bytes(marks, citations(release, cited_ids(marks)), release)
    assert said.startswith(b"\xef\xbb\xbf")
    text = said.decode("utf-8-sig")
    assert release.id in text
    assert "halls" in text
    assert "模拟数据" in text
    assert file_name("parts", release) == f"模拟数据-parts-{release.id}.csv"


def test_a_download_keeps_exact_values_and_no_formula(marks, release):
    hostile = changed(marks, place_name="=1+1")
    text = csv_bytes(hostile, citations(release, cited_ids(marks)), release).decode("utf-8-sig")
    assert "'=1+1" in text
    rows = pd.read_csv(io.StringIO(text), dtype=str)
    assert list(rows["value"])[:2] == ["6", "3"]


@pytest.mark.parametrize(
    ("link", "is_open"), [({}, False), ({"table_parts": "true"}, True), ({"table_years": "true"}, False)]
)
def test_the_table_behind_a_chart_is_there_once_the_link_opens_it(tiny, monkeypatch, link, is_open):
    monkeypatch.setenv("LIVELIHOOD_DATA", str(tiny))
    screen = AppTest.from_file(str(SCREEN), default_timeout=600)
    screen.query_params.update(link)
    screen.run()
    files = [button.proto.label for button in screen.get("download_button") if "download_parts" in button.proto.id]
    assert bool(files) == is_open
    assert any("东区" in str(table.value) for table in screen.table) == is_open
