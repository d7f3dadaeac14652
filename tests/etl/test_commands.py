"""The commands as people type them; every command of ``python -m etl`` is tried with ``--help`` unasked."""

import csv
import json
import os
import subprocess
import sys

import openpyxl
import pytest
from typer.testing import CliRunner

from etl.__main__ import app

runner = CliRunner()
COMMANDS = sorted(str(command.name) for command in app.registered_commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_chinese(command):
    result = runner.invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout)


def test_build_prints_the_release_alone_on_stdout(city):
    city.write()
    done = subprocess.run(
        [sys.executable, "-m", "etl", "build"],
        env={**os.environ, "LIVELIHOOD_DATA": str(city.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == (city.path / "tables" / "CURRENT").read_text().strip()
    assert "observations 6" in done.stderr


def test_a_refused_build_exits_2_with_every_problem_and_no_traceback(city):
    city.fact(1)["value"] = "13"
    city.fact(2)["place"] = "东案区"
    result = runner.invoke(app, ["build", "--data", str(city.write())])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "E-210" in result.stderr
    assert "E-201" in result.stderr
    assert "共2处问题" in result.stderr
    assert "Traceback" not in result.stderr


def check(city) -> int:
    return runner.invoke(app, ["check", "--data", str(city.write())]).exit_code


def test_check_exits_0_when_all_hold(city):
    assert check(city) == 0
    assert not (city.path / "tables").exists()


def test_check_exits_1_for_a_shown_violation(city):
    city.fact(5).update(as_printed="1300平方米", value="1300")
    assert check(city) == 1


def test_check_exits_2_for_a_blocking_violation(city):
    city.fact(1).update(as_printed="13个", value="13")
    assert check(city) == 2


def test_export_writes_what_it_says(city, tmp_path):
    runner.invoke(app, ["build", "--data", str(city.write())])
    result = runner.invoke(app, ["export", "--to", str(tmp_path / "out"), "--data", str(city.path)])
    assert result.exit_code == 0
    assert set(result.stdout.split()) == {str(path) for path in (tmp_path / "out").iterdir()}


def test_export_before_a_build_says_what_to_do(city, tmp_path):
    result = runner.invoke(app, ["export", "--to", str(tmp_path / "out"), "--data", str(city.write())])
    assert result.exit_code == 2
    assert "python -m etl build" in result.stderr


SAID = "2018年，甲市建成礼堂12个，接待超过3.6万人次，三分之二的礼堂常年开放，五六百人参加。\n另有投影仪30台。\n"


def extracted(path, *options):
    result = runner.invoke(app, ["extract", str(path), *options])
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(result.stdout.splitlines()))


def test_extract_needs_no_release_and_no_reference_data(tmp_path):
    path = tmp_path / "公报.txt"
    path.write_text(SAID, "utf-8")
    rows = extracted(path, "--data", str(tmp_path / "nowhere"))
    assert list(rows[0]) == [
        "start",
        "end",
        "as_printed",
        "value",
        "value_high",
        "unit",
        "qualifier",
        "measure",
        "place",
        "indicator",
        "period_start",
        "period_end",
        "as_of",
        "time_as_printed",
        "confidence",
    ]
    told = [(row["as_printed"], row["value"], row["value_high"], row["unit"], row["qualifier"]) for row in rows]
    assert told == [
        ("12个", "12", "", "个", "exact"),
        ("超过3.6万人次", "36000", "", "人次", "more_than"),
        ("三分之二", "66.666667", "", "%", "exact"),
        ("五六百人", "500", "600", "人", "range"),
        ("30台", "30", "", "台", "exact"),
    ]
    assert [SAID[int(row["start"]) : int(row["end"])] for row in rows] == [row["as_printed"] for row in rows]
    assert not (tmp_path / "nowhere").exists()


def test_extract_names_places_and_indicators_of_the_data_folder_as_json_too(city, tmp_path):
    path = tmp_path / "公报.txt"
    path.write_text("2018年，东岸县建成礼堂12个。", "gb18030")
    rows = json.loads(
        runner.invoke(app, ["extract", str(path), "--format", "json", "--data", str(city.write())]).stdout
    )
    assert [(row["place"], row["indicator"], row["value"], row["value_high"]) for row in rows] == [
        ("东岸区", "halls_built", "12", None)
    ]
    assert not (city.path / "tables").exists()


def test_extract_tells_the_cell_of_each_number_of_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "礼堂"
    book.active.append(["地区", "2018年进展"])
    book.active.append(["甲区", "建成礼堂12个，接待3.6万人次"])
    book.save(tmp_path / "礼堂.xlsx")
    rows = extracted(tmp_path / "礼堂.xlsx", "--data", str(tmp_path / "nowhere"))
    assert [(row["as_printed"], row["cell"]) for row in rows] == [("12个", "礼堂!B2"), ("3.6万人次", "礼堂!B2")]


def test_extract_reads_stdin_and_says_when_there_is_no_number(tmp_path):
    done = runner.invoke(app, ["extract", "-", "--data", str(tmp_path)], input="一系列举措，一应俱全。".encode())
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 1
    assert "没有读到数" in done.stderr


def test_extract_tells_numbers_without_a_unit_and_ranges_upside_down(tmp_path):
    table = "地区\t任务\t完成\n东岸区\t12\t9\n西岸区\t8\t7\n\n另增车位20-15个，公厕3座。"
    done = runner.invoke(app, ["extract", "-", "--data", str(tmp_path)], input=table.encode())
    assert f"{len(table)}字，读到1个数，4个数没有单位，1个区间上下限颠倒。" in done.stderr


@pytest.mark.parametrize("command", [["extract"], ["verify"], ["adopt", "--as", "2020-01-08-city-halls"]])
@pytest.mark.parametrize(("content", "told"), [(b"", "文件为空"), (b"%PDF-1.7 torn", "不完整"), (None, "没有这个文件")])
def test_a_file_that_cannot_be_read_exits_2_with_a_message_on_stderr_alone(command, content, told, city, tmp_path):
    path = tmp_path / "公报"
    if content is not None:
        path.write_bytes(content)
    result = runner.invoke(app, [command[0], str(path), *command[1:], "--data", str(city.write())])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert not (city.path / "tables").exists()


def checked(city, text, *options):
    result = runner.invoke(app, ["verify", "-", "--data", str(city.path), *options], input=text.encode())
    return result, json.loads(result.stdout) if "json" in options else []


def test_verify_builds_on_the_way_and_exits_by_its_verdicts(city):
    city.write()
    result, findings = checked(city, "2018年，甲市建成礼堂12个。", "--format", "json")
    assert result.exit_code == 0
    assert "还没有数据表" in result.stderr
    assert list(findings[0]) == [
        "start",
        "end",
        "as_printed",
        "value",
        "unit",
        "qualifier",
        "verdict",
        "expected",
        "observations",
        "reason",
        "rule",
    ]
    assert findings[0]["verdict"] == "match"
    assert findings[0]["observations"] == ["2018-12-31-city-halls#1"]
    wrong, findings = checked(city, "2018年，甲市建成礼堂21个。", "--format", "json")
    assert wrong.exit_code == 1
    assert (findings[0]["verdict"], findings[0]["expected"]) == ("mismatch", "12个")
    new = "甲市新增投影仪30台。"
    assert [checked(city, new, *more)[0].exit_code for more in ((), ("--allow-uncovered",))] == [1, 0]


def test_verify_tells_people_line_verdict_and_source(city):
    city.write()
    result, _ = checked(city, "第一行\n2018年，甲市建成礼堂21个。")
    assert "第2行  21个  不一致\n" in result.stdout
    assert "应为：12个" in result.stdout
    assert "甲市《礼堂》，截至2018-12-31" in result.stdout
    assert "共1个数：不一致1" in result.stderr


def test_a_traced_check_names_the_rule_of_each_verdict(city):
    city.write()
    result, _ = checked(city, "2018年，甲市建成礼堂21个。", "--trace")
    assert "第1行  21个  不一致  [another_was_published]" in result.stdout


def test_verify_is_no_oracle_for_those_who_may_not_see_a_number_yet(city):
    city.fact(1)["release_at"] = "2030-01-01"
    city.reference["identities"] = []
    city.write()
    text = "2018年，甲市建成礼堂12个。"
    assert checked(city, text, "--format", "json", "--as-of", "2029-12-31")[1][0]["verdict"] == "embargoed"
    public = ("--format", "json", "--who", "public")
    assert checked(city, text, *public, "--as-of", "2029-12-31")[1][0]["verdict"] == "uncovered"
    assert checked(city, text, *public, "--as-of", "2030-01-02")[1][0]["verdict"] == "match"


@pytest.mark.parametrize("option", ["--as-of", "--written-on"])
def test_a_day_that_does_not_exist_is_told(option, city):
    result, _ = checked(city, "12个", option, "2019-02-30")
    assert result.exit_code == 2
    assert "2019-02-30" in result.stderr


def test_adopt_says_what_was_entered_and_what_waits(city, tmp_path):
    path = tmp_path / "公报.txt"
    path.write_text("2019年，甲市建成礼堂15个，投影仪30台。", "utf-8")
    command = [
        "adopt",
        str(path),
        "--as",
        "2020-01-08-city-halls",
        "--publisher",
        "甲市民政局",
        "--data",
        str(city.write()),
    ]
    result = runner.invoke(app, command)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip() == str(city.path / "sources" / "2020-01-08-city-halls")
    assert "录入1个数" in result.stderr
    assert "30台" in result.stderr
    assert "缺指标" in result.stderr
    again = runner.invoke(app, command)
    assert again.exit_code == 2
    assert "来源已存在" in again.stderr
