"""The search screen on three cities: what is asked is found, with its source, or said not to be there."""

import re

import pytest

SCREEN = "pages/screens/search.py"
PRESS = "2019-03-21-xuchang-communities-and-reading"


def texts(display):
    return re.sub(r"\\(?=[^\w\s])", "", display.text)


@pytest.fixture(scope="module")
def search(show, crawl):
    def ask(folder, line, **params):
        return crawl(show(folder, SCREEN, q=line, **params))

    return ask


@pytest.mark.parametrize("line", ["148万是哪来的?", "1480000", "１４８万", "一百四十八万", "超过148万人次"])
def test_148_wan_leads_to_its_observation_source_and_screens(line, xuchang, search):
    found = search(xuchang, line)
    hits = {key: display for key, display in found.items() if key.startswith("line_hit_")}
    assert list(hits) == [f"line_hit_{PRESS}#29"]
    said = texts(hits[f"line_hit_{PRESS}#29"])
    for wanted in (
        "超过148万人次",
        "许昌市",
        "截至2019年3月21日",
        "2019年重点民生实事之规范化社区与智慧书屋",
        "成立] 累计人次不减少：超过148万人次",
    ):
        assert wanted in said
    assert hits[f"line_hit_{PRESS}#29"].cites == {f"{PRESS}#29", "2018-10-22-xuchang-reading-spaces#2"}


def test_a_pair_that_is_declared_absent_shows_its_gap(xuchang, search):
    found = search(xuchang, "东城区居民人数")
    assert not [key for key in found if key.startswith("line_hit_")]
    assert "已录入文件未载" in texts(found["list_found_absence:0"])


def test_a_hit_leads_to_the_screens_that_show_it(xuchang, show):
    links = " ".join(each.value for each in show(xuchang, SCREEN, q="148万").markdown)
    for screen in ("sources?observation=", "overview", "project?project=reading_usage", "district?place=xuchang"):
        assert f"({screen}" in links


@pytest.mark.parametrize("line", ["gfhsq", "guifanhuashequ", "规范化社区"])
def test_a_project_is_found_by_name_and_pinyin(line, xuchang, search):
    found = search(xuchang, line)
    assert "新建、改造、提升城市社区" in texts(found["list_found_project"])
    assert [key for key in found if key.startswith("line_hit_")]


def test_an_unchecked_source_and_a_conflict_are_said(xuchang, search):
    assert "未核对" in texts(search(xuchang, "73万")["line_hit_2018-10-22-xuchang-reading-spaces#2"])
    said = [texts(display) for key, display in search(xuchang, "1120项").items() if key.startswith("line_hit_")]
    assert any("口径" in each and "1120" in each for each in said)


def test_no_hit_gives_the_nearest_names(xuchang, search):
    found = search(xuchang, "规范社")
    assert "没有找到" in texts(found["empty_hits"])


def test_an_empty_line_gives_examples_from_the_headlines(xuchang, show):
    test = show(xuchang, SCREEN)
    links = [each.value for each in test.markdown]
    assert any("148" in link and "search?q=" in link for link in links)
    assert any("pages" not in link and "q=" in link for link in links)


def test_every_example_finds_something(xuchang, tiny, release_of):
    from pages.analysis.search import found
    from pages.queries.searchable import examples, searchable

    for folder in (xuchang, tiny):
        release = release_of(folder)
        tries = examples(release)
        assert tries
        assert all(found(searchable(release), each).hits for each in tries)


def test_every_hit_leads_somewhere(xuchang, search, release_of):
    release = release_of(xuchang)
    known = set(release.table("observations")["observation_id"]) | set(release.table("derived")["derived_id"])
    for line in ("44", "社区", "2018年"):
        for key, display in search(xuchang, line).items():
            if key.startswith("line_hit_"):
                assert display.cites
                assert display.cites <= known


def test_an_empty_city_says_what_would_fill_it(empty, show, crawl):
    assert "facts.csv" in crawl(show(empty, SCREEN))["empty_search"].text
    assert "empty_hits" in crawl(show(empty, SCREEN, q="148万"))


@pytest.mark.parametrize(
    "line",
    ["东区", "img", "<img src=x", "礼堂", "6", "100%", "</script>", "=cmd|' /C calc'!A0", "[x](y)", "$a$ :red[b]"],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_and_lines_are_shown_as_they_are(line, lang, tiny, show):
    test = show(tiny, SCREEN, q=line, lang=lang)
    for text in [*test.markdown, *test.caption, *test.title]:
        assert not re.search(r"(?<!\\)<(img|/script)", text.value)
        assert not re.search(r"(?<!\\)\[x(?<!\\)\]", text.value)


def test_english_names_find_and_show_places(xuchang, show):
    said = [each.value for each in show(xuchang, SCREEN, q="Weidu", lang="en").markdown]
    assert any("[Weidu District](district?lang=en&place=weidu)" in each for each in said)


def test_a_question_shows_its_answer_above_what_is_only_called_so(xuchang, search):
    first = next(iter(key for key in search(xuchang, "办证") if key.startswith(("line_hit_", "list_found_"))))
    assert first == f"line_hit_{PRESS}#31"


def test_a_conflict_is_said_beside_both_of_its_versions(xuchang, search):
    hits = [
        (key, texts(display))
        for key, display in search(xuchang, "民生365 多少项").items()
        if key.startswith("line_hit_")
    ]
    brand = "2017-11-07-xuji-community-brand"
    assert {key for key, _ in hits[:2]} == {f"line_hit_{brand}#19", f"line_hit_{brand}#32"}
    assert all("口径" in said and "1120项" in said and "579项" in said for _, said in hits[:2])


@pytest.mark.parametrize("line", ["46名", "9家医疗单位", "22岁"])
def test_a_number_in_passing_is_said_to_have_nothing_to_do_with_the_projects(line, xuchang, show, search):
    found = search(xuchang, line)
    assert "与民生实事无关" in texts(found["list_found_incidental"])
    assert not show(xuchang, SCREEN, q=line).get("download_button")


def test_a_word_that_nothing_answers_is_said(xuchang, show):
    assert any("没有查到“排名”" in each.value for each in show(xuchang, SCREEN, q="智慧阅读空间排名").caption)
    assert not any("没有查到" in each.value for each in show(xuchang, SCREEN, q="阅读空间有多少座").caption)


def test_no_hit_offers_a_question_that_finds_something(xuchang, show):
    links = [each.value for each in show(xuchang, SCREEN, q="阅读空间 停车场收费").markdown]
    assert any("[阅读空间](search?q=" in each for each in links)


@pytest.mark.parametrize("line", ["许昌市图书馆", "科技广场"])
def test_organisations_and_facilities_are_found(line, xuchang, search):
    found = search(xuchang, line)
    assert line in texts(found.get("list_found_organisation") or found["list_found_facility"])
