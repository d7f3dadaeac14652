"""The district screen: a rich district, one without a number, a community, a zone, a place of elsewhere."""

import pytest

from etl.build import build
from etl.release.schema import FACTS

from ..conftest import write_rows, write_tiny  # noqa: TID252

SCREEN = "pages/screens/district.py"


def shown_text(found):
    return "\n".join(display.text for display in found.values()).replace("\\", "")


def test_a_rich_district_has_its_numbers_by_project_its_standing_and_its_gaps(xuchang, show, crawl):
    found = crawl(show(xuchang, SCREEN, place="weidu"))
    assert "list_absences" in {key.partition(":")[0] for key in found}
    numbers = crawl(show(xuchang, SCREEN, place="weidu", part="numbers"))
    assert {"list_of_minsheng_365", "list_of_dispute_mediation", "list_of_community_standardisation"} <= {
        key.partition(":")[0] for key in numbers
    }
    standing = next(display for key, display in found.items() if key.startswith("panel_standing"))
    assert "居第1" in standing.text
    assert len(standing.cites) == 6
    assert "矛调中心" in shown_text(crawl(show(xuchang, SCREEN, place="weidu", part="facts")))


def test_a_part_that_has_nothing_is_not_offered_and_a_link_to_it_shows_the_first(xuchang, show, crawl):
    test = show(xuchang, SCREEN, place="changge", part="numbers")
    assert not [each for each in test.main if each.type == "segmented_control"]
    assert "empty_place_numbers" in crawl(test)


def test_a_district_without_a_number_shows_that_it_is_not_in_the_plan(xuchang, show, crawl):
    found = crawl(show(xuchang, SCREEN, place="changge"))
    assert "empty_place_numbers" in found
    assert "不在计划" in next(display.text for key, display in found.items() if key.startswith("panel_standing"))
    assert {key.partition(":")[0] for key in found if key.startswith("list_")} == {"list_absences"}


def test_nothing_is_said_to_stand_below_where_no_gap_does(tmp_path, xuchang, show, crawl):
    folder = write_tiny(tmp_path / "data")
    (folder / "reference" / "absences.csv").unlink()
    for facts in folder.glob("sources/*/facts.csv"):
        write_rows(facts, FACTS, [])
    build(folder)
    found = crawl(show(folder, SCREEN, place="north"))
    assert not [key for key in found if key.startswith("list_absences")]
    assert "列在下面" not in found["empty_place_numbers"].text
    assert "列在下面" in crawl(show(xuchang, SCREEN, place="changge"))["empty_place_numbers"].text


def test_a_functional_zone_says_that_it_is_none_of_the_statutory_divisions(xuchang, show):
    test = show(xuchang, SCREEN, place="xuchang_demo_zone")
    assert "功能区" in test.title[0].value
    assert "已录入文件未载所在法定区划" in test.caption[1].value


@pytest.mark.parametrize(
    "place", ["qiyi", "wenhui", "jiaxing", "henan", "xuchang", "xuchang_urban", "dayuzhang", "dongda"]
)
def test_any_place_is_shown(place, xuchang, show, crawl):
    found = crawl(show(xuchang, SCREEN, place=place))
    assert [key for key in found if key.startswith(("list_", "card_", "empty_"))]


@pytest.mark.parametrize("place", ["city", "east", "street", "court", "west", "north", "south", "zone", "nowhere"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_place_of_a_tiny_city_is_shown(place, lang, rich, show, crawl):
    found = crawl(show(rich, SCREEN, place=place, lang=lang))
    assert [key for key in found if key.startswith(("list_", "card_", "panel_", "empty_"))]


def test_the_first_district_of_the_order_is_shown_first(xuchang, rich, show):
    assert show(rich, SCREEN).title[0].value == "东区"
    assert show(xuchang, SCREEN).title[0].value == "魏都区"


def test_other_names_and_what_lies_in_it(rich, show):
    test = show(rich, SCREEN, place="east")
    assert "老东区" in test.caption[1].value
    links = [each.proto.query_string for each in test.get("page_link")] + [each.value for each in test.markdown]
    assert any("place=street" in link for link in links)


def test_a_name_that_is_markup_is_shown_as_it_is(rich, show):
    test = show(rich, SCREEN, place="west")
    assert "\\<img" in test.title[0].value


def test_choosing_a_place_puts_it_into_the_link(rich, show, monkeypatch):
    monkeypatch.setenv("LIVELIHOOD_DATA", str(rich))
    test = show(rich, SCREEN)
    test.selectbox[0].set_value("north").run()
    assert test.title[0].value == "北县"
    assert test.query_params["place"] == "north"


def test_an_empty_city_says_why(empty, show, crawl):
    assert "places.csv" in crawl(show(empty, SCREEN))["empty_places"].text
