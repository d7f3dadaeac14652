"""The outline: valid polygons that neither gap nor overlap, an enclave, and everything where it belongs."""

import itertools
import json

import pytest
import shapely

from etl.demo.outline import area_km2, outlines


@pytest.fixture(scope="module")
def polygons(design):
    return outlines(design)


def test_every_place_has_one_valid_polygon(design, polygons):
    assert set(polygons) == {district.place for district in design.districts}
    assert all(polygon.is_valid and polygon.geom_type == "Polygon" for polygon in polygons.values())


def test_no_two_places_overlap(polygons):
    for one, other in itertools.combinations(polygons, 2):
        assert polygons[one].intersection(polygons[other]).area < 1e-10, (one, other)


def test_all_together_they_leave_no_gap(polygons):
    whole = shapely.union_all(list(polygons.values()))
    assert whole.geom_type == "Polygon"
    assert not whole.interiors


def test_one_district_lies_wholly_inside_another(polygons):
    assert shapely.Polygon(polygons["huanxiu"].exterior).contains(polygons["kehu"])
    assert not polygons["huanxiu"].intersects(polygons["kehu"].representative_point())


def test_the_statutory_outline_of_a_district_includes_its_zone(design, polygons):
    statutory = outlines(design, statutory=True)
    assert statutory["huanxiu"].contains(polygons["xielan_zone"])
    assert area_km2(statutory["huanxiu"]) == pytest.approx(
        area_km2(polygons["huanxiu"]) + area_km2(polygons["xielan_zone"])
    )


def test_every_community_and_space_lies_in_its_district(cast, polygons):
    for one in (*cast.communities, *cast.spaces):
        assert shapely.contains_xy(polygons[one.district.place], *one.point)


def test_everything_lies_within_the_bounds_of_the_city(release, cast):
    west, south, east, north = release.city.bounds
    points = [one.point for one in (*cast.communities, *cast.spaces)]
    assert all(west < lon < east and south < lat < north for lon, lat in points)


def test_the_pipeline_draws_every_statutory_district(release):
    drawn = release.table("boundaries")
    assert list(drawn["place"]) == [place for place in release.table("places")["place"] if place in set(drawn["place"])]
    assert len(drawn) == 6
    assert drawn["credit"].str.contains("模拟数据").all()


def test_the_file_names_each_place_by_id_name_and_code(demo, release):
    found = json.loads(next(demo.glob("boundaries/*.geojson")).read_text("utf-8"))["features"]
    places = release.table("places").set_index("place")
    assert {feature["properties"]["place"]: feature["properties"]["name"] for feature in found} == {
        place: places.loc[place, "name"] for place in release.city.order
    }
