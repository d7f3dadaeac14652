"""The parts of the sources screen that explain: definitions, standards, terms, downloads."""

import pytest

from etl.release.export import exported_tables

SCREEN = "pages/screens/sources.py"


@pytest.mark.parametrize("part", ["definitions", "standards", "glossary", "tables"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_part_shows_a_list_or_says_why_not(part, lang, city, show, crawl):
    found = crawl(show(city, SCREEN, part=part, lang=lang))
    assert [key for key in found if key.startswith(("list_", "empty_"))]


def test_definitions_can_be_narrowed_to_a_project(xuchang, release_of, show, crawl):
    every = release_of(xuchang).table("indicators")
    names = list(every.loc[every["project"].isin(["reading_spaces", "reading_usage"]), "name"])
    found = crawl(show(xuchang, SCREEN, part="definitions", project="reading_spaces"))
    rows = [display.text for key, display in found.items() if key.startswith("list_definitions:")]
    assert [row.partition("\n")[0] for row in rows] == [f"指标={name}" for name in names]


def test_an_unpublished_floor_stands_among_the_standards(xuchang, show, crawl):
    rows = [
        display.text
        for key, display in crawl(show(xuchang, SCREEN, part="standards")).items()
        if key.startswith("list_")
    ]
    assert len([row for row in rows if "未公布" in row]) >= 2
    assert len([row for row in rows if "不少于" in row]) == 7


@pytest.mark.parametrize("table", exported_tables())
def test_every_table_can_be_chosen_and_taken_away(table, tiny, show):
    test = show(tiny, SCREEN, part="tables", table=table)
    labels = [each.proto.label for each in test.get("download_button")]
    assert {
        "全部数据表（zip）",
        "全部数据表（XLSX）",
        "datapackage.json",
        "下载 CSV",
        "下载 XLSX",
        "下载 Parquet",
    } == set(labels)
