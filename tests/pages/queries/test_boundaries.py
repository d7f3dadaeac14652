"""What a map is drawn from: outlines largest first, one mark a place, credit, points in one frame."""

from __future__ import annotations

from decimal import Decimal

import pytest
import shapely

from etl.errors import FormulaError
from etl.language import spoken
from etl.model import MapCredit, State
from etl.release.tables import Release
from pages.queries.boundaries import SMALL, MapRequest, is_rate, map_credit, map_marks, mark_sources, outlines, points

PLAN = MapRequest("standardised_communities", "plan", "2019")


def shapes(found):
    return [shapely.MultiPolygon([(rings[0], rings[1:]) for rings in outline.parts]) for outline in found]


def test_outlines_come_largest_hull_first_with_a_label_inside(xuchang, release_of):
    found = outlines(release_of(xuchang))
    assert len(found) == 6
    hulls = [outline.hull for outline in found]
    assert hulls == sorted(hulls, reverse=True)
    for shape, outline in zip(shapes(found), found, strict=True):
        assert shape.is_valid
        assert shape.contains(shapely.Point(outline.label))


def test_a_small_map_has_fewer_points_and_still_no_gaps(xuchang, release_of):
    whole, small = (shapes(outlines(release_of(xuchang), detail=detail)) for detail in (0, SMALL))
    assert shapely.get_num_coordinates(small).sum() < 0.8 * shapely.get_num_coordinates(whole).sum()
    assert shapely.coverage_is_valid(small)


def test_every_part_of_the_city_has_one_mark_in_administrative_order(xuchang, release_of):
    release = release_of(xuchang)
    marks = map_marks(release, PLAN)
    assert [mark.place for mark in marks] == list(release.city.order)
    assert {mark.state for mark in marks} == {State.PLANNED, State.NOT_IN_PLAN}
    assert sum(mark.value for mark in marks if mark.value is not None) == Decimal(44)


def test_marks_lead_to_their_sources(xuchang, release_of):
    release = release_of(xuchang)
    marks = map_marks(release, PLAN)
    sources = mark_sources(release, marks)
    assert set(sources) == {mark.place for mark in marks if mark.value is not None}
    assert all(len(rows) for rows in sources.values())


def test_a_place_neither_observed_nor_declared_absent_is_told(tiny, release_of):
    marks = map_marks(release_of(tiny), MapRequest("visits", "actual"))
    assert {mark.state for mark in marks} == {State.UNDECLARED}


def test_credit_says_whose_outlines_these_are(xuchang, empty, release_of):
    credit = map_credit(release_of(xuchang))
    assert "高德" in credit.credit
    assert credit.review_number == ""
    assert "AutoNavi" in spoken("en", map_credit, release_of(xuchang)).credit
    assert map_credit(release_of(empty)) == MapCredit("", "", "")


def test_a_city_without_outlines_or_places_gives_nothing(empty, tiny, release_of):
    assert outlines(release_of(tiny)) == outlines(release_of(empty)) == ()
    assert points(release_of(empty)) == ()
    assert map_marks(release_of(empty), MapRequest("built")) == ()


def test_only_ratios_are_rates(xuchang, release_of):
    release = release_of(xuchang)
    kinds = dict(zip(*(release.table("indicators")[name] for name in ("indicator", "kind")), strict=True))
    assert {indicator for indicator in kinds if is_rate(release, indicator)} == {
        indicator for indicator, kind in kinds.items() if kind == "ratio"
    }
    assert not is_rate(release, "nothing")


def test_a_question_that_is_no_selector_is_refused(xuchang, release_of):
    with pytest.raises(FormulaError):
        map_marks(release_of(xuchang), MapRequest("standardised_communities", period="last year"))


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
    assert [facility.crs for facility in found] == ["OGC:CRS84"]
    assert 0.001 < abs(found[0].lon - 113.85) < 0.01
