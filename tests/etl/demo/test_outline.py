"""The outline: valid polygons that neither gap nor overlap, an enclave, and everything where it belongs."""

import itertools
import json
from decimal import Decimal

import pytest
import shapely
from pyproj import Geod

DISTRICTS = ("kehu", "huanxiu", "lumang", "yanlai", "qionghe", "jifan")
ZONES = {"xielan_zone": "huanxiu", "qingjing_zone": "lumang", "liaogang_zone": "jifan"}
"""Zone -> the district out of whose statutory outline it is administered."""


@pytest.fixture(scope="module")
def features(demo):
    return json.loads(next(demo.glob("boundaries/*.geojson")).read_text("utf-8"))["features"]


@pytest.fixture(scope="module")
def statutory(features):
    return {feature["properties"]["place"]: shapely.geometry.shape(feature["geometry"]) for feature in features}


@pytest.fixture(scope="module")
def administered(statutory):
    """Place -> the land it administers: the statutory outline without the zones in it."""
    zones = {
        place: shapely.union_all([statutory[zone] for zone, host in ZONES.items() if host == place])
        for place in statutory
    }
    return {place: polygon - zones[place] for place, polygon in statutory.items()}


def test_every_place_has_one_valid_polygon(statutory):
    assert set(statutory) == {*DISTRICTS, *ZONES}
    assert all(polygon.is_valid and polygon.geom_type == "Polygon" for polygon in statutory.values())


def test_no_two_places_overlap(administered):
    for one, other in itertools.combinations(administered, 2):
        assert administered[one].intersection(administered[other]).area < 1e-10, (one, other)


def test_all_together_they_leave_no_gap(administered):
    whole = shapely.union_all(list(administered.values()))
    assert whole.geom_type == "Polygon"
    assert not whole.interiors


def test_one_district_lies_wholly_inside_another(statutory):
    assert shapely.Polygon(statutory["huanxiu"].exterior).contains(statutory["kehu"])
    assert not statutory["huanxiu"].intersects(statutory["kehu"].representative_point())


def test_the_statutory_outline_of_a_district_includes_its_zone(statutory):
    assert [zone for zone, host in ZONES.items() if not statutory[host].contains(statutory[zone])] == []


def test_the_published_area_of_a_place_is_the_land_it_administers(administered, release):
    published = release.table("observations").query("indicator == 'land_area' and place != 'shifan'")
    measured = {
        place: abs(Geod(ellps="GRS80").geometry_area_perimeter(polygon)[0]) / 1e6
        for place, polygon in administered.items()
    }
    assert set(published["place"]) == set(measured)
    for place, area in zip(published["place"], published["value"], strict=True):
        assert abs(area - Decimal(measured[place])) <= Decimal("0.051"), place


def test_every_community_and_space_lies_in_its_district(administered, release):
    parents = dict(zip(*(release.table("places")[name] for name in ("place", "parent")), strict=True))
    facilities = release.table("facilities")
    assert len(facilities) == 185
    for row in facilities.to_dict("records"):
        district = row["place"] if row["place"] in administered else parents[row["place"]]
        assert shapely.contains_xy(administered[district], row["lon"], row["lat"]), row["facility"]


def test_everything_lies_within_the_bounds_of_the_city(release, statutory):
    west, south, east, north = release.city.bounds
    points = list(zip(*(release.table("facilities")[name] for name in ("lon", "lat")), strict=True))
    assert all(west < lon < east and south < lat < north for lon, lat in points)
    assert all(shapely.box(west, south, east, north).contains(polygon) for polygon in statutory.values())


def test_the_pipeline_draws_every_statutory_district(release):
    drawn = release.table("boundaries")
    assert list(drawn["place"]) == [place for place in release.table("places")["place"] if place in set(drawn["place"])]
    assert set(drawn["place"]) == set(DISTRICTS)
    assert drawn["credit"].str.contains("模拟数据").all()


def test_the_file_names_each_place_by_id_name_and_code(features, release):
    places = release.table("places").set_index("place")
    assert {feature["properties"]["place"]: feature["properties"]["name"] for feature in features} == {
        place: places.loc[place, "name"] for place in release.city.order
    }
