"""What a map is drawn from: outlines largest first, one mark a place, credit, points in one frame."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
import shapely

from etl.errors import FormulaError
from etl.language import spoken
from etl.release.tables import Release
from pages.queries import boundaries
from pages.queries.boundaries import SMALL, is_rate, map_credit, map_marks, mark_sources, outlines, points

PLAN = {"measure": "plan", "period": "2019"}


def shapes(found):
    return [shapely.MultiPolygon([(rings[0], rings[1:]) for rings in parts]) for parts in found["parts"]]


def test_outlines_come_largest_hull_first_with_a_label_inside(xuchang, release_of):
    found = outlines(release_of(xuchang))
    assert len(found) == 6
    assert list(found["hull"]) == sorted(found["hull"], reverse=True)
    for shape, label in zip(shapes(found), found["label"], strict=True):
        assert shape.is_valid
        assert shape.contains(shapely.Point(label))


def test_a_small_map_has_fewer_points_and_still_no_gaps(xuchang, release_of):
    whole, small = (shapes(outlines(release_of(xuchang), detail=detail)) for detail in (0, SMALL))
    assert shapely.get_num_coordinates(small).sum() < 0.8 * shapely.get_num_coordinates(whole).sum()
    assert shapely.coverage_is_valid(small)


def test_every_part_of_the_city_has_one_mark_in_administrative_order(xuchang, release_of):
    release = release_of(xuchang)
    marks = map_marks(release, indicator="standardised_communities", **PLAN)
    assert list(marks["place"]) == list(release.city.order)
    assert set(marks["state"]) == {"planned", "not_in_plan"}
    assert sum(value for value in marks["value"] if value is not None) == Decimal(44)


def test_marks_lead_to_their_sources(xuchang, release_of):
    release = release_of(xuchang)
    marks = map_marks(release, indicator="standardised_communities", **PLAN)
    sources = mark_sources(release, marks)
    assert set(sources) == set(marks[marks["value"].notna()]["place"])
    assert all(len(rows) for rows in sources.values())


def test_a_place_neither_observed_nor_declared_absent_is_told(tiny, release_of):
    marks = map_marks(release_of(tiny), indicator="visits", measure="actual")
    assert set(marks["state"]) == {"undeclared"}


def test_credit_says_whose_outlines_these_are(xuchang, empty, release_of):
    credit = map_credit(release_of(xuchang))
    assert "高德" in credit["credit"]
    assert credit["review_number"] == ""
    assert "AutoNavi" in spoken("en", map_credit, release_of(xuchang))["credit"]
    assert set(map_credit(release_of(empty)).values()) == {""}


def test_a_city_without_outlines_or_places_gives_empty_tables(empty, tiny, release_of):
    assert outlines(release_of(tiny)).empty
    assert outlines(release_of(empty)).empty
    assert points(release_of(empty)).empty
    assert map_marks(release_of(empty), indicator="built").empty


def test_only_ratios_are_rates(xuchang, release_of):
    release = release_of(xuchang)
    kinds = dict(zip(*(release.table("indicators")[name] for name in ("indicator", "kind")), strict=True))
    assert {indicator for indicator in kinds if is_rate(release, indicator)} == {
        indicator for indicator, kind in kinds.items() if kind == "ratio"
    }
    assert not is_rate(release, "nothing")


def test_a_question_that_is_no_selector_is_refused(xuchang, release_of):
    with pytest.raises(FormulaError):
        map_marks(release_of(xuchang), indicator="standardised_communities", period="last year")


class OnePoint(Release):
    """A release of two facilities, one of which has a point; its answers are not shared."""

    def table(self, name):
        rows = super().table(name)
        if name != "facilities":
            return rows
        return rows.head(2).assign(lon=[113.85, None], lat=[34.03, None], crs=["GCJ-02", ""]).astype(object)


def test_points_come_in_one_frame(xuchang, release_of):
    release = release_of(xuchang)
    found = points(OnePoint(release.folder, release.id, release.who, release.moment))
    assert list(found.columns) == list(boundaries.POINT_COLUMNS)
    assert len(found) == 1
    assert 0.001 < abs(found["lon"].iloc[0] - 113.85) < 0.01
    assert isinstance(found, pd.DataFrame)
