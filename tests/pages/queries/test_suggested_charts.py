"""Numbers become the charts they allow, as rows that could stand in charts.csv, and no others."""

import pytest

from etl.model import Number
from etl.release.schema import REFERENCE
from pages.queries.chart_specs import marks_of, pinned, time_pins
from pages.queries.numbers import numbers_of
from pages.queries.suggested_charts import charts_allowed, divided_often, funnels

MORE = "2019-01-31-more"


@pytest.fixture
def release(rich, release_of):
    return release_of(rich)


@pytest.fixture
def shipped(xuchang, release_of):
    return release_of(xuchang)


def allowed(release):
    return {chart.chart: chart for chart in charts_allowed(release, numbers_of(release))}


def values(release, chart, part="shown"):
    return [mark.value for mark in marks_of(release, chart) if mark.part == part]


def test_periods_of_one_place_become_bars_without_the_total_that_holds_them(release):
    chart = allowed(release)["time_built_city"]
    assert chart.form == "bars_by_period"
    assert values(release, chart) == [5, 12, 9]
    assert values(release, chart, "beside") == [10]


def test_what_a_caution_keeps_apart_meets_in_no_chart(release, tiny, release_of):
    assert "time_visits_city" in allowed(release_of(tiny))
    assert "time_visits_city" not in allowed(release)


def test_an_unchecked_point_stands_beside_the_checked_ones(tiny, release_of):
    release = release_of(tiny)
    chart = allowed(release)["time_visits_city"]
    assert chart.form == "points_over_time"
    assert values(release, chart) == [36000]
    assert values(release, chart, "beside") == [20000]


def test_parts_of_a_whole_become_bars_by_place_with_the_total_beside(release):
    chart = allowed(release)["places_built_city_plan"]
    assert chart.place == "city"
    assert values(release, chart)[:3] == [6, 3, 0]
    assert values(release, chart, "beside") == [9]


def test_an_item_declared_absent_has_a_row_among_those_printed(release):
    marks = marks_of(release, allowed(release)["items_built_city_works_actual"])
    assert [mark.breakdown for mark in marks] == ["works:new", "works:old", "works:gone"]
    assert [mark.state for mark in marks] == ["done", "done", "not_published"]


def test_a_breakdown_of_several_places_is_a_table_and_no_chart(release):
    assert not [chart for chart in allowed(release) if "rooms" in chart]
    (block,) = divided_often(release, numbers_of(release))
    assert block.block == "seats_rooms_actual"
    assert len(block.tellings) == 2


def test_bounds_tie_indicators_of_one_unit_that_add_up(release):
    (chart,) = funnels(release, numbers_of(release))
    assert values(release, chart) == [10, 8, 4]
    assert chart.where == "东区"


def test_a_chain_with_a_step_that_is_not_among_the_numbers_makes_no_funnel(release):
    assert not funnels(release, [number for number in numbers_of(release) if number.indicator != "solved"])


def test_no_numbers_allow_no_chart(empty, release_of):
    release = release_of(empty)
    assert not charts_allowed(release, numbers_of(release))
    assert not funnels(release, numbers_of(release))
    assert not divided_often(release, numbers_of(release))


def test_every_chart_names_a_form_and_numbers_that_charts_csv_would_take(shipped):
    charts = charts_allowed(shipped, numbers_of(shipped))
    assert len({chart.chart for chart in charts}) == len(charts)
    for chart in charts:
        assert chart.form in REFERENCE["charts"].choices["form"]
        assert any(value is not None for value in values(shipped, chart))


def test_shipped_funnels_are_the_campaign_and_the_cumulative_kept_apart(shipped):
    charts = funnels(shipped, numbers_of(shipped))
    assert [values(shipped, chart) for chart in charts] == [[358, 259, 212], [1607, 1521]]


def test_shipped_floors_have_seven_centres_of_which_two_are_not_published(shipped):
    marks = marks_of(shipped, allowed(shipped)["items_service_centre_area_xuchang_centre_standard"])
    assert [mark.value for mark in marks] == [80, 30, 200, None, None, 40, 50]
    assert [mark.state for mark in marks].count("not_published") == 2


def test_shipped_states_of_one_year_are_one_chart_and_plans_another(shipped):
    charts = allowed(shipped)
    assert values(shipped, charts["items_standardised_communities_weidu_status_actual"]) == [5, 13, 2]
    assert values(shipped, charts["items_standardised_communities_weidu_works_plan"]) == [5, 5, 5]


def test_books_of_two_years_meet_in_no_shipped_chart(shipped):
    assert not [
        chart for chart in allowed(shipped).values() if "books_per_space" in {each.indicator for each in chart.shows}
    ]


@pytest.mark.parametrize(
    ("number", "pins"),
    [
        ({"period_start": "a", "period_end": "b", "as_of": "c"}, {"period": "a/b", "as_of": "c"}),
        ({"period_start": None, "period_end": "b", "as_of": None}, {"period": "/b", "as_of": ""}),
        ({"period_start": None, "period_end": None, "as_of": "c"}, {"period": "none", "as_of": "c"}),
    ],
)
def test_the_time_of_a_number_is_pinned_as_a_selector_reads_it(number, pins):
    assert time_pins(Number(**number)) == pins


def test_empty_pins_are_left_out():
    assert pinned("built", place="city", as_of="").text == "built{place=city}"
    assert not pinned("built").pins
