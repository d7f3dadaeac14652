"""Cautions name numbers; displays in which those meet carry them."""

import pytest

from etl.language import spoken
from pages.queries.cautions import (
    cautioned_numbers,
    cautions,
    cautions_on,
    cautions_touching,
    may_stand_together,
    pairs_apart,
)
from pages.queries.data_quality import absences, checks

HALLS, HEARSAY = "2018-12-31-halls", "2018-06-30-hearsay#1"


def codes(found):
    return [each.caution for each in found]


@pytest.fixture
def release(rich, release_of):
    return release_of(rich)


def test_a_caution_that_names_nothing_is_left_out(release):
    assert codes(cautions(release)) == ["hearsay", "target"]
    assert spoken("en", cautions, release)[0].name == "Hearsay is not compared"


def test_a_reason_is_told_in_the_language_asked_for_and_in_chinese_where_there_is_no_english(release):
    assert [each.reason for each in cautions(release)] == ["没有核对", "只是目标"]
    assert [each.reason for each in spoken("en", cautions, release)] == ["Not checked", "只是目标"]
    absent = {lang: {each.reason for each in spoken(lang, absences, release)} for lang in ("zh", "en")}
    assert "没有分地区数" in absent["zh"] - absent["en"]
    assert "Not by place" in absent["en"]
    assert {each.reason for each in spoken("en", checks, release)} >= {"equal"}


def test_a_caution_touches_a_screen_with_one_of_its_numbers(release):
    assert codes(cautions_touching(release, [HEARSAY])) == ["hearsay"]
    assert cautions_touching(release, [f"{HALLS}#3"]) == ()


def test_a_display_carries_a_caution_only_where_its_numbers_meet(release):
    assert cautions_on(release, [HEARSAY]) == ()
    assert codes(cautions_on(release, [HEARSAY, f"{HALLS}#7"])) == ["hearsay"]
    assert codes(cautions_on(release, [f"{HALLS}#2"])) == ["target"]


def test_a_caution_comes_with_its_numbers_those_asked_about_first(release):
    ((caution, numbers),) = cautioned_numbers(release, (HEARSAY,))
    assert caution.observation_ids == (f"{HALLS}#7", HEARSAY)
    assert [number.number_id for number in numbers] == [HEARSAY, f"{HALLS}#7"]


def test_pairs_are_apart_in_both_directions_and_only_for_what_may_not_be_compared(release):
    apart = pairs_apart(release)
    assert apart == {(HEARSAY, f"{HALLS}#7"), (f"{HALLS}#7", HEARSAY)}
    assert not may_stand_together([f"{HALLS}#7", HEARSAY], apart)
    assert may_stand_together([f"{HALLS}#7", f"{HALLS}#1"], apart)


def test_an_empty_city_has_none(empty, release_of):
    assert cautions(release_of(empty)) == ()


def test_the_two_twenties_carry_their_caution(xuchang, release_of):
    release = release_of(xuchang)
    observed = release.table("observations")
    own = observed[
        (observed["indicator"] == "standardised_communities")
        & (observed["place"] == "weidu")
        & (observed["breakdown"] == "")
    ]
    assert "weidu_20_and_20" in codes(cautions_on(release, own["observation_id"]))
