"""来源与口径: a source is held against its document number by number, or taken back with a reason, and what was taken back is listed."""

import os
import shutil
import tomllib

import pytest

from etl.desk.adopt import About, adopt
from etl.release.publish import current
from etl.release.tables import LAPTOP, now, open_release

NAME = "2020-01-08-city-halls"
TEXT = "甲市礼堂通报\n\n2017年，甲市建成礼堂21个，其中东区8个。\n"


@pytest.fixture
def folder(tiny, tmp_path):
    """A city of its own with an adopted bulletin nobody has checked."""
    made = tmp_path / "data"
    shutil.copytree(tiny, made)
    adopt(made, NAME, TEXT.encode(), TEXT, About(title="礼堂通报", publisher="市民政局"))
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


def opened(show, folder, source=NAME):
    return show(folder, "pages/screens/sources.py", part="documents", source=source)


def checked(test, folder, *seqs, by="王五"):
    for seq in seqs:
        test.checkbox(key=f"check_{NAME}_{seq}").check()
    test.text_input(key=f"checked_by_{NAME}").set_value(by)
    return pressed(test, "勾上的数核对无误", folder)


def told(folder):
    return tomllib.loads((folder / "sources" / NAME / "source.toml").read_text("utf-8"))


def test_each_number_stands_with_its_words_and_a_part_of_them_leaves_it_unchecked(folder, show, crawl):
    release, test = current(folder), opened(show, folder)
    said = crawl(test)["list_checking"].text
    assert "甲市礼堂通报 2017年，甲市建成礼堂【21个】，其中东区8个。" in said
    test = checked(test, folder, 1)
    assert any("已核对1个数，还有1个" in each.value for each in test.info)
    assert test.checkbox(key=f"check_{NAME}_1").disabled
    assert told(folder)["verified"] is False
    assert current(folder) == release


def test_with_the_last_number_the_source_counts_as_checked(folder, show):
    test = checked(checked(opened(show, folder), folder, 1), folder, 2, by="赵六")
    assert any("2个数全部核对无误" in each.value for each in test.info)
    assert (told(folder)["verified"], told(folder)["checked_by"]) == (True, "王五、赵六")
    about = open_release(LAPTOP, now(), folder=folder).table("sources").set_index("source").loc[NAME]
    assert bool(about["verified"])
    assert f"checked_by_{NAME}" not in {each.key for each in test.text_input}
    assert any("王五、赵六已逐数核对原文" in each.value for each in test.caption)


def test_nobody_named_confirms_nothing(folder, show, crawl):
    test = checked(opened(show, folder), folder, 1, 2, by=" ")
    assert "请写是谁核对的" in crawl(test)["problems"].text
    assert not (folder / "sources" / NAME / "checked.csv").exists()


def test_a_source_whose_document_is_not_here_is_not_checked_here(folder, show):
    test = opened(show, folder, "2018-06-30-hearsay")
    assert not any(each.key.startswith("check_") for each in test.checkbox)


def taken_back(test, folder, reason):
    test.text_input(key=f"withdrawn_by_{NAME}").set_value("王五")
    test.text_input(key=f"withdrawn_why_{NAME}").set_value(reason)
    return pressed(test, "整篇撤回", folder)


def test_without_a_reason_it_is_not_taken_back(folder, show, crawl):
    release = current(folder)
    test = taken_back(opened(show, folder), folder, " ")
    assert "请写为什么撤回" in crawl(test)["problems"].text
    assert current(folder) == release
    assert (folder / "sources" / NAME).is_dir()


def test_taken_back_it_is_gone_and_listed_with_its_reason(folder, show, crawl):
    taken_back(opened(show, folder), folder, "原文作废")
    assert not (folder / "sources" / NAME).exists()
    said = crawl(opened(show, folder))["list_withdrawn:0"].text
    for words in ("礼堂通报", "市民政局", "王五", "原文作废"):
        assert words in said


def test_where_nothing_was_taken_back_no_list_of_it_stands(folder, show, crawl):
    assert "list_withdrawn" not in crawl(opened(show, folder))
