"""The project screen shows any project of the reference table, and says why one is empty."""

import re

import pytest

SCREEN = "pages/screens/project.py"
WANTED = {
    "community_standardisation": ("118", "44", "1.37亿" , "文体活动中心", "未公布", "选址已确定", "不能相加"),
    "dispute_mediation": ("358起", "259起", "212起", "1607件", "1521件", "推算"),
    "minsheng_365": ("体育运动场地", "计划100个", "计划50个", "1120", "579", "第1种说法"),
    "weidu_programme_2018": ("计划 20个", "已验收", "13个", "基本完成", "5个社区2018年3月已通过市级验收"),
    "community_premises": ("嘉兴市", "149597平方米", "标准不少于350平方米"),
    "reading_spaces": ("超过148万人次", "超过73万人次（未核对）", "医药箱"),
}  # fmt: skip


def texts(test, crawl):
    """Every display, and all they say without escapes and marks of size."""
    found = crawl(test)
    said = "\n".join(display.text for display in found.values())
    letters = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), said)
    return found, re.sub(r"\\|:small\[ ?|:gray\[|\]", "", letters)


def in_all_parts(folder, show, crawl, **params):
    """The displays of every part of the screen, and all they say."""
    found, said = {}, ""
    for part in ("overview", "numbers", "facts"):
        own, text = texts(show(folder, SCREEN, part=part, **params), crawl)
        found |= own
        said += text
    return found, said


@pytest.mark.parametrize("project", WANTED)
def test_shipped_projects_show_what_was_published_of_them(project, xuchang, show, crawl):
    _found, text = in_all_parts(xuchang, show, crawl, project=project)
    for wanted in WANTED[project]:
        assert wanted in text, wanted


def test_the_campaign_and_the_cumulative_are_two_panels(xuchang, show, crawl):
    found, _ = texts(show(xuchang, SCREEN, project="dispute_mediation"), crawl)
    panels = {key: len(display.cites) for key, display in found.items() if key.startswith("panel_funnel")}
    assert sorted(panels.values()) == [2, 3]


@pytest.mark.parametrize("project", ["halls", "hall_works", "silent_part", "peace", "silent", "nobody"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_project_of_a_tiny_city_is_shown_or_says_why_not(project, lang, rich, show, crawl):
    found, _ = texts(show(rich, SCREEN, project=project, lang=lang), crawl)
    assert any(key.startswith(("card_", "panel_", "empty_project")) for key in found)
    assert ("empty_project" in found) == project.startswith("silent")


def test_a_project_nobody_knows_is_the_first(tiny, show):
    assert show(tiny, SCREEN, project="nobody").title[0].value == "礼堂"


def test_choosing_a_project_puts_it_into_the_link(rich, show, monkeypatch):
    monkeypatch.setenv("LIVELIHOOD_DATA", str(rich))
    test = show(rich, SCREEN)
    test.selectbox[0].set_value("peace").run()
    assert test.title[0].value == "调解"
    assert test.query_params["project"] == "peace"


def test_every_display_of_numbers_cites_them(rich, show, crawl):
    for project in ("halls", "peace"):
        found, _ = in_all_parts(rich, show, crawl, project=project)
        numbered = re.compile(r"(card|panel|conflict)_.*|list_(others|derived|divided_\w+|cautions):\d+")
        assert not [key for key, display in found.items() if numbered.fullmatch(key) and not display.cites]


def test_an_empty_city_says_why(empty, show, crawl):
    found, _ = texts(show(empty, SCREEN), crawl)
    assert "projects.csv" in found["empty_projects"].text
