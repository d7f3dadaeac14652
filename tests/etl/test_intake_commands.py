"""adopt, verify-source, withdraw: what is missing is asked for in words, what was done is told with its number and place."""

import openpyxl
import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.release.publish import current

runner = CliRunner()
NAME = "2020-01-08-city-halls"
TEXT = "2019年1月至9月，甲市建成礼堂15个，其中东岸区9个、西岸区6个。"


def asked(city, *words):
    return runner.invoke(app, [*words, "--data", str(city.path)])


@pytest.fixture
def file(city, tmp_path):
    city.write()
    path = tmp_path / "公报.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


@pytest.fixture
def adopted(city, file):
    result = asked(city, "adopt", file, "--as", NAME, "--publisher", "甲市民政局")
    assert result.exit_code == 0, result.stderr
    return result


def test_adopt_without_a_publisher_says_what_to_pass(city, file):
    result = asked(city, "adopt", file, "--as", NAME)
    assert result.exit_code == 2
    assert "发布单位：没有写" in result.stderr
    assert "--publisher" in result.stderr
    assert not (city.path / "sources" / NAME).exists()


def test_adopt_of_nothing_that_can_go_in_writes_nothing_and_says_so(city, tmp_path):
    city.write()
    path = tmp_path / "公报.txt"
    path.write_text("会议室配备投影仪30台。", "utf-8")
    result = asked(city, "adopt", str(path), "--as", NAME, "--publisher", "甲市民政局")
    assert result.exit_code == 2
    assert "没有一个数可以录入" in result.stderr
    assert "缺指标：这是什么数？" in result.stderr
    assert "录入0个数" not in result.stderr
    assert current(city.path) is None


def test_adopt_says_where_unchecked_numbers_do_not_show_and_what_comes_next(adopted):
    assert "不进指标卡、总览的图、对比、地图、口径句和简报" in adopted.stderr
    assert f"verify-source {NAME}" in adopted.stderr
    assert f"withdraw {NAME}" in adopted.stderr


def test_a_workbook_is_adopted_and_its_numbers_are_found_in_the_text_kept_of_it(city, tmp_path):
    city.write()
    book = openpyxl.Workbook()
    book.active.title = "礼堂建设"
    for row in (["地区", "进展"], ["全市", TEXT], ["备注", "数据截至报告日"]):
        book.active.append(row)
    hidden = book.create_sheet("底稿")
    hidden.append(["甲市建成礼堂99个"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "公报.xlsx")
    adopted = asked(city, "adopt", str(tmp_path / "公报.xlsx"), "--as", NAME, "--publisher", "甲市民政局")
    assert adopted.exit_code == 0, adopted.stderr
    assert "注意：E-718 公报.xlsx 工作表“底稿”：存在隐藏工作表，是否导入" in adopted.stderr
    told = [line.split("\t") for line in asked(city, "verify-source", NAME).stdout.splitlines()]
    assert [(line[2], line[4].partition("【")[2].partition("】")[0]) for line in told] == [
        ("15个", "15个"),
        ("9个", "9个"),
        ("6个", "6个"),
    ]


def test_verify_source_lists_each_number_in_its_words_and_confirms_nothing(city, adopted):
    result = asked(city, "verify-source", NAME)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split("\t")[:3] for line in lines] == [
        ["1", "未核对", "15个"],
        ["2", "未核对", "9个"],
        ["3", "未核对", "6个"],
    ]
    assert "2019-01-01—2019-09-30" in lines[0]
    assert "甲市建成礼堂【15个】，其中东岸区9个" in lines[0]
    assert "已核对0个" in result.stderr
    assert not (city.path / "sources" / NAME / "checked.csv").exists()


def test_verify_source_goes_on_number_by_number_until_it_is_verified(city, adopted):
    some = asked(city, "verify-source", NAME, "--by", "王五", "--seq", "1，3")
    assert some.exit_code == 0
    assert "已核对2个数，还有1个：2" in some.stderr
    assert "已核对（王五）" in asked(city, "verify-source", NAME).stdout.splitlines()[0]
    done = asked(city, "verify-source", NAME, "--by", "王五", "--seq", "2-2")
    assert done.stdout.strip() == current(city.path)
    assert "来源已标为已核对" in done.stderr
    assert "verified = true" in (city.path / "sources" / NAME / "source.toml").read_text("utf-8")


@pytest.mark.parametrize(("options", "told"), [(["--all"], "--by"), (["--by", "王五", "--seq", "一"], "序号看不懂")])
def test_verify_source_says_what_to_pass(city, adopted, options, told):
    result = asked(city, "verify-source", NAME, *options)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "verified = false" in (city.path / "sources" / NAME / "source.toml").read_text("utf-8")


@pytest.mark.parametrize(("options", "told"), [(["--by", "王五"], "--reason"), (["--reason", "作废"], "--by")])
def test_withdraw_says_what_to_pass(city, adopted, options, told):
    result = asked(city, "withdraw", NAME, *options)
    assert result.exit_code == 2
    assert told in result.stderr
    assert (city.path / "sources" / NAME).is_dir()


def test_withdraw_says_how_many_numbers_went_and_where_they_lie(city, adopted):
    result = asked(city, "withdraw", NAME, "--by", "王五", "--reason", "原文作废")
    assert result.exit_code == 0, result.stderr
    assert f"已撤回 {NAME} 的3个数，发布批次 {current(city.path)} 生效" in result.stderr
    assert result.stdout.strip() == str(city.path / "withdrawn" / NAME / "1")
