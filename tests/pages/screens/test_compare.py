"""The compare screen on the shipped city, an empty one, a tiny one and one with people, peers and standards."""

import csv
import re
import shutil

import pytest

from etl.build import build
from etl.release.schema import FACTS, REFERENCE

SCREEN = "pages/screens/compare.py"
PLAN = {"place": "xuchang", "indicator": "standardised_communities", "measure": "plan", "period": "2019"}
HALLS = "2018-12-31-halls"


def add_rows(path, table, rows):
    with path.open(encoding="utf-8", newline="") as file:
        before = list(csv.DictReader(file)) if path.stat().st_size else []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows([*before, *rows])


@pytest.fixture(scope="module")
def fuller(tiny, tmp_path_factory):
    """The tiny city with people in every part, a peer city, and a standard for its halls."""
    folder = tmp_path_factory.mktemp("fuller") / "data"
    shutil.copytree(tiny, folder, ignore=shutil.ignore_patterns("tables"))

    def reference(name, *rows):
        path = folder / "reference" / f"{name}.csv"
        path.touch()
        add_rows(path, REFERENCE[name], rows)

    plain = {"kind": "stock", "polarity": "up", "sums": "no", "definition": "口径", "project": "halls"}
    reference("denominators", {"kind": "population", "indicator": "people"})
    reference(
        "places",
        {"place": "peer", "name": "乙市", "kind": "city", "sums": "no"},
        {"place": "peer_east", "name": "乙东区", "kind": "district", "parent": "peer", "sums": "yes"},
    )
    reference(
        "units",
        {"unit": "人", "name": "人", "continuous": "no", "scale": "人"},
        {"unit": "m2", "name": "平方米", "continuous": "yes", "scale": "m2"},
    )
    reference(
        "indicators",
        plain | {"indicator": "people", "name": "居民", "unit": "人", "polarity": "none", "sums": "yes", "position": 8},
        plain | {"indicator": "hall_area", "name": "礼堂面积", "unit": "m2", "position": 9},
    )
    reference(
        "standards",
        {
            "indicator": "hall_area",
            "scope": "city",
            "valid_from": "2018-01-01",
            "valid_to": "2018-12-31",
            "observation": f"{HALLS}#30",
            "name": "礼堂面积下限",
        },
    )
    number = {
        "locator": "p.2",
        "qualifier": "exact",
        "measure": "actual",
        "role": "observation",
        "read_by": "numeral",
        "as_of": "2018-12-31",
    }
    counts = {"city": 100, "east": 30, "west": 20, "north": 25, "south": 15, "zone": 10}
    people = [
        number | {"seq": 20 + at, "as_printed": f"{count}0000人", "value": f"{count}0000", "unit": "人", "indicator": "people", "place": place}
        for at, (place, count) in enumerate(counts.items())
    ]  # fmt: skip
    area = number | {"unit": "m2", "indicator": "hall_area"}
    year = {"period_start": "2016-01-01", "period_end": "2016-12-31"}
    add_rows(
        folder / "sources" / HALLS / "facts.csv",
        FACTS,
        [
            *people,
            area
            | {
                "seq": 30,
                "as_printed": "不少于50平方米",
                "value": "50",
                "qualifier": "at_least",
                "measure": "standard",
                "place": "city",
            },
            area | {"seq": 31, "as_printed": "60平方米", "value": "60", "place": "east"},
            area | {"seq": 32, "as_printed": "40平方米", "value": "40", "place": "west"},
            number
            | year
            | {"seq": 33, "as_printed": "20个", "value": "20", "unit": "个", "indicator": "built", "place": "peer"},
        ],
    )
    build(folder)
    return folder


def texts(display):
    return re.sub(r"\\(?=[^\w\s])", "", display.text)


def test_the_plan_of_2019_is_the_first_thing_shown(xuchang, show, crawl):
    panel = crawl(show(xuchang, SCREEN))["panel_compared_standardised_communities"]
    assert "计划20个" in texts(panel)
    assert "不在计划" in texts(panel)
    assert len(panel.cites) == 5


def test_shares_of_the_plan_are_those_of_the_published_numbers(xuchang, show, crawl):
    panel = crawl(show(xuchang, SCREEN, view="share", **PLAN))["panel_compared_standardised_communities"]
    for share in ("9.1%（推算）", "45.5%（推算）", "36.4%（推算）", "2.3%（推算）", "6.8%（推算）"):
        assert share in texts(panel)
    assert "计划44个" in texts(panel)


def test_nothing_is_per_head_without_a_population(xuchang, show, crawl):
    found = crawl(show(xuchang, SCREEN, view="per_head", **PLAN))
    assert not [key for key in found if key.startswith("panel_")]
    said = texts(found["line_standardised_communities"])
    assert "不作比较" in said
    assert "已录入文件未载居民人数" in said


@pytest.mark.parametrize("view", ["value", "share", "per_head"])
@pytest.mark.parametrize("sort", ["value", "order"])
def test_every_series_gives_a_chart_or_reasons(view, sort, xuchang, release_of, show, crawl):
    from pages.queries.compared import series

    every = series(release_of(xuchang))
    for row in every[:: 2 if view == "value" and sort == "value" else 9]:
        asked = {"indicator": row.number.indicator, "measure": row.number.measure, "period": row.time}
        found = crawl(show(xuchang, SCREEN, view=view, sort=sort, **asked))
        shown = [key for key in found if key.startswith(("panel_", "line_", "empty_"))]
        assert shown, row
        if view == "value":
            assert shown[0].startswith("panel_") == (row.count > 1), row


def test_a_pair_that_is_neither_observed_nor_declared_absent_is_not_offered(xuchang, release_of):
    from pages.queries.compared import compared_marks, series

    for row in series(release_of(xuchang)):
        marks = compared_marks(release_of(xuchang), row.parent, row.number.indicator, row.number.measure, row.time)
        assert "undeclared" not in {mark.state for mark in marks}, row
        assert [mark.rank for mark in marks] == sorted(mark.rank for mark in marks)


def test_indicators_stand_side_by_side_each_with_its_own_kind_and_time(xuchang, show, crawl):
    found = crawl(show(xuchang, SCREEN, indicator=["standardised_communities", "satisfaction_rate"]))
    assert "panel_compared_standardised_communities" in found
    assert "未公布" in texts(found["empty_satisfaction_rate"])


def test_a_code_nobody_knows_counts_as_not_chosen(xuchang, show, crawl):
    found = crawl(
        show(xuchang, SCREEN, indicator="nothing", measure="?", period="1066", view="x", sort="y", part="z", place="q")
    )
    assert "panel_compared_standardised_communities" in found


def test_the_administrative_order_is_that_of_the_city(xuchang, show, crawl):
    drawn = crawl(show(xuchang, SCREEN, sort="order", **PLAN))["panel_compared_standardised_communities"].texts
    table = "\n".join(drawn)
    assert (
        table.index("地区=魏都区")
        < table.index("地区=建安区")
        < table.index("地区=鄢陵县")
        < table.index("地区=东城区")
    )


def test_a_peer_city_carries_its_year_on_every_bar(xuchang, show, crawl):
    panel = crawl(show(xuchang, SCREEN, part="peers"))["panel_compared_peer_years"]
    said = texts(panel)
    assert "2012年" in said
    assert "2018年" in said
    assert "不排名次" in said


def test_no_bar_across_years_stands_without_its_year(xuchang, fuller, release_of):
    from pages.queries.compared import peers
    from pages.widgets.comparison import peers_in_words

    for folder in (xuchang, fuller):
        release = release_of(folder)
        codes = [group.code for group in peers(release)]
        assert codes
        for code in codes:
            answer = peers_in_words(release, code)
            if not answer.reasons:
                assert all(re.search(r"\n\d{4}年", mark.label) for mark in answer.marks)


def test_floors_of_another_year_definition_or_province_judge_nobody(xuchang, show, crawl):
    found = {key: texts(display) for key, display in crawl(show(xuchang, SCREEN, part="standards")).items()}
    standards = [said for key, said in found.items() if key.startswith("line_standard_")]
    assert len(standards) == 3
    assert all("不作比较 1" in said and "达到" not in said and "低于标准" not in said for said in standards)
    for place, why in (("七一社区", "2017年的项目"), ("潘窑社区", "口径不同"), ("南杨社区", "标准的年份没有印出")):
        assert [said for said in standards if place in said and why in said]


def test_a_number_is_held_against_its_own_standard(fuller, show, crawl):
    said = texts(crawl(show(fuller, SCREEN, part="standards"))[f"line_standard_{HALLS}#30"])
    assert "低于标准 1，达到标准 1" in said
    assert said.index("40平方米") < said.index("60平方米"), "what misses the standard stands first"


def test_where_every_part_has_people_numbers_are_per_head(fuller, show, crawl):
    said = texts(crawl(show(fuller, SCREEN, view="per_head", measure="plan", period="2019"))["panel_compared_built"])
    assert "0.200个/万人（推算）" in said
    assert "原文写法=6个" in said
    assert "居民" in said


def test_an_unpublished_part_leaves_no_share(tiny, fuller, show, crawl):
    said = crawl(show(tiny, SCREEN, view="share"))
    assert "panel_compared_built" in said, "9 = 6 + 3 + 0 exhausts the total although one part is not published"
    assert "推算" in texts(said["panel_compared_built"])


@pytest.mark.parametrize("part", ["places", "peers", "standards"])
def test_an_empty_city_says_what_would_fill_the_screen(part, empty, show, crawl):
    found = crawl(show(empty, SCREEN, part=part))
    assert [key for key in found if key.startswith("empty_")]


@pytest.mark.parametrize(
    "params", [{}, {"view": "share"}, {"view": "per_head"}, {"sort": "order"}, {"part": "peers"}, {"part": "standards"}]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_hostile_name_is_shown_as_it_is(params, lang, tiny, fuller, show):
    for folder in (tiny, fuller):
        test = show(folder, SCREEN, lang=lang, **params)
        for text in [*test.markdown, *test.caption, *test.title]:
            assert not re.search(r"(?<!\\)<(img|/script)", text.value)


def test_indicators_that_a_caution_keeps_apart_never_stand_beside_each_other(fuller, show, crawl):
    path = fuller / "reference" / "cautions.csv"
    path.touch()
    add_rows(
        path, REFERENCE["cautions"],
        [{"caution": "apart", "kind": "do_not_compare", "operands": "built{place=east}|people{place=east}", "name": "不能比", "reason": "不相干"}],
    )  # fmt: skip
    build(fuller)
    found = crawl(show(fuller, SCREEN, indicator=["built", "people"], measure="plan", period="2019"))
    assert "panel_compared_built" in found
    assert "不相干" in texts(found["line_people"])
    alone = crawl(show(fuller, SCREEN, indicator=["people"]))
    assert "panel_compared_people" in alone
