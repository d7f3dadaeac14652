"""Numbers are selected on the index: a selector may be given parsed, and no table of numbers is read for a few of them."""

from __future__ import annotations

import pytest

from etl.release.query_cache import _Answers
from etl.release.tables import LAPTOP, Release, now, open_release
from etl.rules.selectors import parse_selector
from pages.queries.numbers import chosen_numbers, dated_selectors, numbers_by_id, numbers_of

TOTAL = "built{measure=actual; place=city; period=2018}"


@pytest.fixture
def release(tiny):
    return open_release(LAPTOP, now(), folder=tiny)


def test_a_selector_may_be_given_parsed(release):
    (number,) = chosen_numbers(release, TOTAL)
    assert chosen_numbers(release, (parse_selector(TOTAL),)) == (number,)


def test_a_few_numbers_are_had_without_reading_the_tables_of_all(release, monkeypatch):
    read, asked = [], Release.table
    monkeypatch.setattr(Release, "table", lambda self, name: read.append(name) or asked(self, name))
    monkeypatch.setattr("etl.release.query_cache._answers", _Answers())
    assert numbers_of(release, indicators=["built"], places=["city"])
    assert len(chosen_numbers(release, TOTAL)) == 1
    latest = parse_selector("built{measure=actual; place=city; period=latest_year}")
    assert dated_selectors(release, [latest]) == ((parse_selector("built{measure=actual;place=city;period=2018}"),), ())
    assert numbers_by_id(release, ["unknown"]) == ()
    assert read
    assert not {"observations", "derived", "absences"} & set(read)
