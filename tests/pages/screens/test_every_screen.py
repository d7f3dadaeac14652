"""Every screen, found by glob, runs on three cities, alone and through app.py, in both languages."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SCREENS = sorted(path.stem for path in (ROOT / "pages" / "screens").glob("*.py"))
PARTS = ("numbers", "documents", "checks", "conflicts", "absences", "statements")
LETTERS = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_runs_alone_and_says_which_release_it_shows(screen, city, show, release_of):
    test = show(city, f"pages/screens/{screen}.py")
    assert release_of(city).id in test.caption[-1].value


def test_app_draws_the_first_screen_with_the_contents_beside_it(city, show):
    test = show(city)
    assert len(test.title) == 1
    assert len([each for each in test.sidebar.children[0].children.values() if each.type == "page_link"]) == len(
        [*SCREENS, "the presentation view"]
    )


def test_every_screen_stands_in_app():
    said = (ROOT / "app.py").read_text("utf-8")
    assert all(f'"{screen}"' in said for screen in SCREENS)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_sources_screen_shows_a_list_or_says_why_not(part, city, show, crawl):
    found = crawl(show(city, "pages/screens/sources.py", part=part))
    assert [key for key in found if key.startswith(("list_", "conflict_", "empty_"))]


def test_an_empty_city_says_why_and_what_would_fill_it(empty, show, crawl):
    found = crawl(show(empty))
    said = found["empty_headlines"].text
    assert "headlines.csv" in said
    assert "python -m etl" in said


def test_a_made_up_city_says_so_on_every_screen(tiny, show, crawl):
    for screen in SCREENS:
        assert "模拟数据" in crawl(show(tiny, f"pages/screens/{screen}.py"))["synthetic"].text


def test_a_real_city_does_not(xuchang, show, crawl):
    assert "synthetic" not in crawl(show(xuchang))


def test_a_hostile_name_is_shown_as_it_is(tiny, show):
    for screen, params in (("overview", {}), ("sources", {}), ("sources", {"part": "statements"})):
        test = show(tiny, f"pages/screens/{screen}.py", **params)
        for text in [*test.markdown, *test.caption, *test.title]:
            assert not re.search(r"(?<!\\)<(img|/script)", text.value)
        assert not [each for each in test.main if each.type == "html" and "<img" in each.proto.body]


@pytest.mark.parametrize("screen", SCREENS)
def test_english_says_nothing_of_its_own_in_chinese(screen, empty, show, crawl):
    found = crawl(show(empty, f"pages/screens/{screen}.py", lang="en"))
    assert found
    assert not [display.text for display in found.values() if LETTERS.search(display.text)]


def test_the_four_states_of_a_place_are_told_apart(tiny, show, crawl):
    chart = crawl(show(tiny))["panel_parts"].texts
    drawn = next(text for text in chart if '"orientation"' in text)
    assert {"planned", "not_in_plan", "not_published"} <= set(re.findall(r'"name": "(\w+)"', drawn))


def test_a_headline_that_is_not_there_says_so(tiny, show, crawl):
    assert "未公布" in crawl(show(tiny))["card_missing"].text


def test_two_versions_of_a_number_both_stand_on_its_card(tiny, show, crawl):
    card = crawl(show(tiny))["card_two"]
    assert "4" in card.text
    assert "8" in card.text
    assert card.cites == {"2018-12-31-halls#10", "2018-12-31-halls#11"}


@pytest.mark.parametrize("screen", SCREENS)
def test_the_second_visitor_sees_every_display_where_the_first_one_saw_it(screen, city, show, crawl):
    first, second = (crawl(show(city, f"pages/screens/{screen}.py")) for _ in range(2))
    assert {key: display.text for key, display in second.items()} == {
        key: display.text for key, display in first.items()
    }
