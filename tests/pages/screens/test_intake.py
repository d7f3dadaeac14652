"""录入公报: a pasted bulletin is read, chosen from, entered and published by the desk, or refused in words."""

import csv
import os
import shutil

import pytest

from etl.build import build
from etl.release.publish import current

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


def published_by(test, folder, name="市民政局"):
    test.text_input(key="edited_intake_publisher").set_value(name)
    return run(test, folder)


def entered(test, folder):
    """Who published it is said, what changes is looked at, then it is entered."""
    return pressed(pressed(published_by(test, folder), "看看会改变什么", folder), "录入、对账并发布", folder)


def labels(test):
    return [each.label for each in test.button]


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
    assert list(editor.columns)[:7] == [
        "taken",
        "as_printed",
        "measure",
        "period_start",
        "period_end",
        "as_of",
        "time_as_printed",
    ]
    assert any("1个还缺内容" in each.value for each in test.markdown)
    assert sorted(folder.rglob("*")) == before


def test_pressing_the_button_publishes_and_the_receipt_says_how_many_where_and_where_they_do_not_show(
    folder, show, crawl
):
    old = current(folder)
    test = entered(pasted(show, folder), folder)
    said = crawl(test)["line_receipt"].text.replace("\\", "")
    assert (
        f"已录入2个数，写在 sources/{NAME}/facts.csv；另有1个还缺内容，没有录入；发布批次 {current(folder)} 生效"
        in said
    )
    assert "不进指标卡" in said
    assert f"verify-source {NAME}" in said
    assert "缺指标：这是什么数？" in said
    assert current(folder) != old
    assert [row["as_printed"] for row in rows(folder / "sources" / NAME / "facts.csv")] == ["21个", "8个"]
    assert [row["missing"] for row in rows(folder / "sources" / NAME / "waiting.csv")] == ["缺指标：这是什么数？"]
    about = (folder / "sources" / NAME / "source.toml").read_text("utf-8")
    assert "verified = false" in about
    assert 'publisher = "市民政局"' in about
    again = pressed(test, "再录一份", folder)
    assert "empty_intake" in crawl(again)


def test_without_a_publisher_it_is_asked_for_and_cannot_be_entered(folder, show):
    test = pasted(show, folder)
    assert any("是谁发布的？" in each.value for each in test.warning)
    assert next(each for each in test.button if each.label == "看看会改变什么").disabled
    test = published_by(test, folder)
    assert not any("是谁发布的？" in each.value for each in test.warning)
    assert not next(each for each in test.button if each.label == "看看会改变什么").disabled


def test_a_checked_document_needs_the_name_of_who_checked_it(folder, show):
    test = published_by(pasted(show, folder), folder)
    test.checkbox(key="edited_intake_verified").check()
    test = run(test, folder)
    assert any("是谁核对的？" in each.value for each in test.warning)
    test.text_input(key="edited_intake_checked_by").set_value("王五")
    test = run(test, folder)
    assert not any("是谁核对的？" in each.value for each in test.warning)
    entered(test, folder)
    assert 'checked_by = "王五"' in (folder / "sources" / NAME / "source.toml").read_text("utf-8")


def test_a_day_that_is_not_printed_is_asked_for(folder, show):
    test = pasted(show, folder, TEXT.replace("2020年1月8日", "通报"))
    assert any("是哪一天发布的？" in each.value for each in test.info)
    assert "看看会改变什么" not in labels(test)


def test_it_cannot_be_entered_before_what_changes_was_seen_nor_after_something_was_edited(folder, show):
    test = published_by(pasted(show, folder), folder)
    assert "录入、对账并发布" not in labels(test)
    test = pressed(test, "看看会改变什么", folder)
    assert "录入、对账并发布" in labels(test)
    test = published_by(test, folder, "市统计局")
    assert "录入、对账并发布" not in labels(test)


LATER = "甲市礼堂通报\n2020年1月8日\n\n2020年1月8日前的情况如下。\n\n2018年，甲市建成礼堂13个，其中东区8个。\n"


def test_the_preview_of_an_unchecked_document_says_what_moves_once_it_is_checked(folder, show, crawl):
    path = folder / "sources" / "2018-12-31-halls" / "facts.csv"
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("1,")]
    path.write_text("\n".join(kept) + "\n", "utf-8")
    build(folder)
    before = sorted(each for each in folder.rglob("*") if "inbox" not in each.parts)
    test = pressed(published_by(pasted(show, folder, LATER), folder), "看看会改变什么", folder)
    said = crawl(test)["line_foreseen"].text
    now, later = said.split("逐数核对原文以后：")
    assert "礼堂数，甲市，2018年：13个（未核对）" in now
    assert "指标卡、页面上的图、口径句、对账和缺项都不改变。" in now
    assert "类别=指标卡\n名称=2018年建成\n原来=—\n将来=甲市 2018年 13个" in later
    assert "页面=总览" in later
    assert sorted(each for each in folder.rglob("*") if "inbox" not in each.parts) == before


FLOW = "甲市礼堂通报\n2020年1月8日\n\n各位：\n\n甲市建成礼堂21个，会场整洁，深受群众欢迎，各区还在继续推进。\n"


def test_a_number_without_a_time_is_asked_for_it_and_the_answer_is_stored(folder, show):
    test = published_by(pasted(show, folder, FLOW), folder)
    assert next(each for each in test.button if each.label == "看看会改变什么").disabled
    assert any("0个数" in each.value for each in test.markdown)
    test.text_input(key="edited_intake_missing_1_time").set_value("2019年1月至9月")
    entered(run(test, folder), folder)
    (row,) = rows(folder / "sources" / NAME / "facts.csv")
    assert (row["period_start"], row["period_end"]) == ("2019-01-01", "2019-09-30")


def test_an_answer_about_the_indicator_is_held_against_its_rules(folder, show, crawl):
    test = published_by(pasted(show, folder), folder)
    assert "缺指标：这是什么数？" in crawl(test)["line_intake"].text
    assert test.selectbox(key="edited_intake_missing_3_indicator").placeholder == "请选择"
    test.selectbox(key="edited_intake_missing_3_indicator").set_value("built")
    said = crawl(run(test, folder))["line_intake"].text
    assert "缺指标" not in said
    assert "与第1个数（21个）所说的是同一件事" in said


def test_rejecting_all_leaves_nothing_to_enter(folder, show):
    test = published_by(pressed(pasted(show, folder), "全部不用", folder), folder)
    assert next(each for each in test.button if each.label == "看看会改变什么").disabled
    assert any("3个不用" in each.value for each in test.markdown)


def test_a_second_document_of_the_day_gets_a_name_of_its_own(folder, show):
    (folder / "sources" / NAME).mkdir()
    for name in ("source.toml", "facts.csv", "statements.csv"):
        shutil.copy(folder / "sources" / "2018-06-30-hearsay" / name, folder / "sources" / NAME / name)
    shutil.rmtree(folder / "sources" / "2018-06-30-hearsay")
    entered(pasted(show, folder), folder)
    assert (folder / "sources" / f"{NAME}-2").is_dir()


def test_what_the_checks_refuse_is_told_and_leaves_no_trace(folder, show, crawl):
    old = current(folder)
    test = pressed(published_by(pasted(show, folder), folder), "看看会改变什么", folder)
    path = folder / "reference" / "indicators.csv"
    path.write_text(path.read_text("utf-8").replace("个", "坏了", 1), "utf-8")
    test = pressed(test, "录入、对账并发布", folder)
    assert "什么也没有录入" in test.error[0].value
    assert "E\\-" in crawl(test)["problems"].text
    assert current(folder) == old
    assert not (folder / "sources" / NAME).exists()


def test_an_empty_city_keeps_every_number_waiting(empty, tmp_path, show):
    folder = tmp_path / "data"
    shutil.copytree(empty, folder)
    test = pasted(show, folder)
    assert any("3个还缺内容" in each.value for each in test.markdown)


def test_a_bulletin_is_in_no_link(folder, show):
    assert not dict(pasted(show, folder).query_params)
