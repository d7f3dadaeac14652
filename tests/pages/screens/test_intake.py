"""录入公报: a pasted bulletin is read, chosen from, entered and published by the desk, or refused in words."""

import csv
import os
import shutil

import pytest

from etl.publish import current

TEXT = "甲市礼堂建设通报\n2020年1月8日\n\n2017年，甲市建成礼堂21个，其中东区8个。会场配有投影仪30台。<b onclick=x>\n"
NAME = "2020-01-08-city-bulletin"


@pytest.fixture
def folder(tiny, tmp_path):
    """A city of its own, because entering changes it."""
    made = tmp_path / "data"
    shutil.copytree(tiny, made)
    return made


def run(test, folder):
    before = os.environ.get("LIVELIHOOD_DATA")
    os.environ["LIVELIHOOD_DATA"] = str(folder)
    try:
        test.run()
    finally:
        os.environ.pop("LIVELIHOOD_DATA") if before is None else os.environ.update(LIVELIHOOD_DATA=before)
    assert not test.exception, [each.message for each in test.exception]
    return test


def pressed(test, label, folder):
    next(each for each in test.button if each.label == label).click()
    return run(test, folder)


def pasted(show, folder, text=TEXT):
    test = show(folder, "pages/screens/intake.py")
    test.text_area(key="paste_intake").set_value(text)
    return pressed(test, "读数", folder)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_candidates_stand_beside_the_text_and_nothing_is_written_yet(folder, show):
    before = sorted(folder.rglob("*"))
    test = pasted(show, folder)
    body = next(each.proto.body for each in test.main if each.type == "html" and "passage" in each.proto.body)
    assert body.count("<mark") == 3
    assert "<b onclick" not in body
    editor = test.dataframe[0].value if len(test.dataframe) else test.get("data_editor")[0].value
    assert list(editor["as_printed"]) == ["21个", "8个", "30台"]
    assert any("1个还缺内容" in each.value for each in test.markdown)
    assert sorted(folder.rglob("*")) == before


def test_pressing_the_button_publishes_and_shows_a_receipt(folder, show, crawl):
    old = current(folder)
    test = pressed(pasted(show, folder), "录入、对账并发布", folder)
    said = crawl(test)["line_receipt"].text
    assert f"已录入2个数，发布批次 {current(folder)} 生效" in said
    assert current(folder) != old
    assert [row["as_printed"] for row in rows(folder / "sources" / NAME / "facts.csv")] == ["21个", "8个"]
    assert [row["missing"] for row in rows(folder / "sources" / NAME / "waiting.csv")] == ["缺指标"]
    assert "verified = false" in (folder / "sources" / NAME / "source.toml").read_text("utf-8")
    again = pressed(test, "再录一份", folder)
    assert "empty_intake" in crawl(again)


def test_rejecting_all_leaves_nothing_to_enter(folder, show):
    test = pressed(pasted(show, folder), "全部不用", folder)
    assert next(each for each in test.button if each.label == "录入、对账并发布").disabled
    assert any("3个不用" in each.value for each in test.markdown)


def test_a_second_document_of_the_day_gets_a_name_of_its_own(folder, show):
    (folder / "sources" / NAME).mkdir()
    for name in ("source.toml", "facts.csv", "statements.csv"):
        shutil.copy(folder / "sources" / "2018-06-30-hearsay" / name, folder / "sources" / NAME / name)
    shutil.rmtree(folder / "sources" / "2018-06-30-hearsay")
    pressed(pasted(show, folder), "录入、对账并发布", folder)
    assert (folder / "sources" / f"{NAME}-2").is_dir()


def test_what_the_checks_refuse_is_told_and_leaves_no_trace(folder, show, crawl):
    old = current(folder)
    test = pasted(show, folder)
    path = folder / "reference" / "indicators.csv"
    path.write_text(path.read_text("utf-8").replace("个", "坏了", 1), "utf-8")
    test = pressed(test, "录入、对账并发布", folder)
    assert "什么也没有录入" in test.error[0].value
    assert "E-" in crawl(test)["problems"].text
    assert current(folder) == old
    assert not (folder / "sources" / NAME).exists()


def test_an_empty_city_keeps_every_number_waiting(empty, tmp_path, show):
    folder = tmp_path / "data"
    shutil.copytree(empty, folder)
    test = pasted(show, folder)
    assert any("3个还缺内容" in each.value for each in test.markdown)


def test_a_bulletin_is_in_no_link(folder, show):
    assert not dict(pasted(show, folder).query_params)
