"""The reading screen: lower bounds over dated points, warnings beside what is computed, days and hours where logs exist."""

import datetime as dt
import os
import subprocess
import sys

import pandas as pd
import pytest

from etl.release.query_cache import _Answers
from etl.release.tables import Release

SCREEN = "pages/screens/reading.py"


def test_shipped_numbers_are_lower_bounds_with_their_warnings(xuchang, show, crawl):
    found = crawl(show(xuchang, SCREEN))
    text = "\n".join(display.text for display in found.values()).replace("\\", "")
    for wanted in (
        "截至2019年3月21日，许昌市累计阅读学习人次超过148万人次",
        "累计人次不能除以座数比高低",
        "超过2300万元",
        "医药箱",
        "运行费用",
        "两个点不是趋势",
    ):
        assert wanted in text, wanted
    assert "空心带箭头＝下限" in text


def test_without_logs_the_screen_says_what_would_fill_it(xuchang, show, crawl):
    assert "进出记录" in crawl(show(xuchang, SCREEN))["empty_usage"].text


def test_a_city_without_reading_spaces_says_so(rich, empty, show, crawl):
    for folder in (rich, empty):
        assert "charts.csv" in crawl(show(folder, SCREEN))["empty_reading"].text


@pytest.fixture
def logged(monkeypatch):
    asked = Release.table
    days = [dt.date(2019, 1, 1) + dt.timedelta(days=at) for at in range(130)]
    logs = {
        "visits_daily": pd.DataFrame(
            [{"facility": "old_hall", "day": day, "visits": 10, "loans": 0, "returns": 0, "cards": 0} for day in days]
        ),
        "visits_hourly": pd.DataFrame([{"facility": "old_hall", "weekday": 6, "hour": 15, "visits": 9}]),
    }

    def table(self, name):
        if name == "sources":
            rows = asked(self, name)
            return pd.concat(
                [rows, rows.head(1).assign(source="gates", kind="gate_log", title="门禁")], ignore_index=True
            )
        return logs[name] if name in logs else asked(self, name)

    monkeypatch.setattr(Release, "table", table)
    monkeypatch.setattr("etl.release.query_cache._answers", _Answers())


@pytest.mark.parametrize("facility", ["", "old_hall"])
def test_logs_are_shown_by_day_and_hour_and_cite_the_log(facility, logged, rich, show, crawl):
    found = crawl(show(rich, SCREEN, part="trend", facility=facility))
    assert "门禁" in found["panel_usage_days"].text
    assert "1300人次" in found["panel_usage_days"].text
    assert "前100行" in found["panel_usage_days"].text
    assert "周六15时" in found["panel_usage_hours"].text


def test_a_city_with_logs_has_parts_and_one_without_has_none(logged, rich, show):
    codes = [each.options for each in show(rich, SCREEN).segmented_control]
    assert len(codes) == 1
    assert len(codes[0]) == 6


def test_holidays_of_the_log_are_named_beside_ordinary_days(logged, rich, show, crawl):
    text = crawl(show(rich, SCREEN, part="trend"))["panel_usage_kinds"].text
    assert "春节（7天）" in text
    assert "平常工作日" in text


def test_a_log_too_short_to_test_says_so_and_shows_no_forecast(logged, rich, show, crawl):
    found = crawl(show(rich, SCREEN, part="forecast"))
    assert "太短" in found["line_forecast"].text
    assert not [key for key in found if key.startswith("panel_")]


def test_a_space_without_a_day_of_opening_says_so(logged, rich, show, crawl):
    assert "启用日期未公布" in crawl(show(rich, SCREEN, part="spaces"))["panel_usage_spaces"].text


def test_no_page_imports_the_forecast_before_it_is_asked_for(xuchang):
    script = (
        "import sys; from streamlit.testing.v1 import AppTest; "
        "test = AppTest.from_file('pages/screens/reading.py', default_timeout=60).run(); "
        "assert not test.exception; assert 'statsmodels' not in sys.modules"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"LIVELIHOOD_DATA": str(xuchang)},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]
