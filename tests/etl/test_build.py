import random
from pathlib import Path

import pandas as pd
import pytest

from etl.build import build, make_tables
from etl.errors import Refused
from etl.readers.facts import source_folders
from etl.release.publish import current
from etl.release.schema import TABLES
from etl.release.tables import LAPTOP, now, open_release

from .conftest import DEFAULTS, SOURCE, YEAR, CityFolder


def refusal(city: CityFolder) -> tuple[str, ...]:
    """The problems a build of ``city`` is refused for, as told to people."""
    with pytest.raises(Refused) as refused:
        build(city.write())
    return tuple(map(str, refused.value.problems))


def test_a_good_folder_becomes_a_release_with_every_table(city):
    built = build(city.write())
    release = open_release(LAPTOP, now(), folder=city.path)
    assert release.id == built.release == current(city.path)
    for name, table in TABLES.items():
        assert list(release.table(name).columns) == list(table.columns)
    assert len(release.table("observations")) == 6
    assert len(release.table("figures")) == 6


def test_an_empty_folder_is_a_city_without_numbers(tmp_path):
    build(tmp_path)
    release = open_release(LAPTOP, now(), folder=tmp_path)
    assert release.city.name == ""
    assert all(release.table(name).empty for name in TABLES if name != "sentences")
    assert release.table("sentences")["shows"].str.startswith("*").all()


def table_bytes(folder: Path) -> dict[str, bytes]:
    home = folder / "tables" / str(current(folder))
    return {path.name: path.read_bytes() for path in home.glob("*.parquet")}


def test_two_builds_are_byte_identical(city, tmp_path):
    first = build(city.write())
    other = CityFolder(tmp_path / "again")
    second = build(other.write())
    assert first.release == second.release
    assert table_bytes(city.path) == table_bytes(other.path)
    assert (city.path / "tables" / first.release / "manifest.json").read_bytes() == (
        other.path / "tables" / second.release / "manifest.json"
    ).read_bytes()


def test_sources_read_in_another_order_give_the_same_tables(city):
    for number in range(5):
        row = {**city.fact(6), "seq": 1, "as_of": f"2017-0{number + 1}-28"}
        city.facts[f"2017-01-0{number + 1}-city-visits"] = [row]
    city.write()
    folders = source_folders(city.path)
    usual = make_tables(city.path, folders)
    assert not usual.problems
    random.Random(7).shuffle(folders)
    shuffled = make_tables(city.path, folders)
    for name, frame in usual.frames.items():
        pd.testing.assert_frame_equal(frame, shuffled.frames[name])


def test_a_build_that_changes_nothing_leaves_current_alone(city):
    first = build(city.write())
    pointer = city.path / "tables" / "CURRENT"
    before = pointer.stat().st_mtime_ns
    again = build(city.path)
    assert not again.is_new
    assert again.release == first.release
    assert pointer.stat().st_mtime_ns == before


def test_a_refused_build_leaves_the_last_release_in_force(city):
    good = build(city.write()).release
    before = table_bytes(city.path)
    city.fact(1)["value"] = "13"
    assert refusal(city)
    assert current(city.path) == good
    assert table_bytes(city.path) == before


@pytest.mark.parametrize(
    ("seq", "cells", "told"),
    [
        (2, {"place": "东案区"}, ["E-201", "第3行", "“place”列", "东案区", "是否“东岸区”？"]),
        (2, {"indicator": "hals_built"}, ["E-201", "“indicator”列", "是否“halls_built”？"]),
        (2, {"project": "hall"}, ["E-201", "“project”列", "是否“halls”？"]),
        (2, {"unit": "m3"}, ["E-201", "“unit”列", "m3"]),
        (2, {"qualifier": "more_then"}, ["E-202", "“qualifier”列", "是否“more_than”？"]),
        (2, {"measure": "actuals"}, ["E-202", "“measure”列", "是否“actual”？"]),
        (2, {"value": "8"}, ["E-210", "“value”列", "发现“8”", "应为“7”"]),
        (2, {"value": "1" + "0" * 30}, ["E-210", "“value”列"]),
        (2, {"value": "七"}, ["E-110", "“value”列", "七", "不带单位的小数"]),
        (2, {"value": ""}, ["E-109", "“value”列"]),
        (2, {"qualifier": "more_than"}, ["E-210", "“qualifier”列"]),
        (6, {"qualifier": "exact"}, ["E-210", "“qualifier”列", "more_than"]),
        (2, {"read_by": "interpreted"}, ["E-110", "“read_by”列"]),
        (2, {"unit": "人次"}, ["E-208", "“unit”列", "建成礼堂"]),
        (2, {"period_start": "2018-02-30"}, ["E-110", "“period_start”列", "2018-02-30"]),
        (2, {"period_start": "3018-01-01"}, ["E-110", "“period_start”列", "1949"]),
        (2, {"period_end": "2017-12-31"}, ["E-211", "“period_end”列", "所属期止早于起"]),
        (2, {"period_start": "", "period_end": "", "as_of": ""}, ["E-109", "“as_of”列"]),
        (2, {"note": "=SUM(A1:A9)"}, ["E-108", "“note”列", "公式"]),
        (2, {"as_printed": "=7"}, ["E-108", "“as_printed”列"]),
        (2, {"locator": "第三段"}, ["E-110", "“locator”列"]),
        (2, {"keyword": "这是一句长到不该抄进项目里来的原文"}, ["E-207", "“keyword”列"]),
        (2, {"value_high": "9"}, ["E-209", "“value_high”列"]),
        (2, {"role": "repeat", "repeats": ""}, ["E-212", "“repeats”列"]),
        (2, {"role": "repeat", "repeats": "1"}, ["E-212", "发现“7个”", "应为“12个”"]),
        (2, {"breakdown": "works:new"}, ["E-201", "“breakdown”列", "works:new"]),
        (2, {"conflict": "nothing", "variant": "a"}, ["E-201", "“conflict”列"]),
        (2, {"place": ""}, ["E-109", "“place”列"]),
    ],
)
def test_a_wrong_cell_is_told_with_its_file_row_and_column(city, seq, cells, told):
    city.fact(seq).update(cells)
    problems = refusal(city)
    assert len(problems) == 1, problems
    assert f"sources/{SOURCE}/facts.csv" in problems[0]
    for word in told:
        assert word in problems[0]


def test_an_interpreted_number_needs_a_reason_and_then_stands(city):
    city.fact(2).update(as_printed="七间左右", value="7", read_by="interpreted: 间即个")
    build(city.write())


def test_the_same_observation_twice_is_told_with_both_places(city):
    city.facts[SOURCE].append({**city.fact(2), "seq": 7, "as_printed": "8个", "value": "8"})
    (problem,) = refusal(city)
    assert "E-203" in problem
    assert "第3行" in problem
    assert "两处数值不同：7、8" in problem


def test_all_problems_of_a_build_are_told_together(city):
    city.fact(1).update(place="甲城", value="13")
    city.fact(2).update(unit="座")
    city.reference["identities"].append(
        {
            "identity": "bad",
            "name": "坏",
            "kind": "sum",
            "relation": "=",
            "severity": "show",
            "left": "halls",
            "right": "1 +",
        }
    )
    codes = [problem.split()[0] for problem in refusal(city)]
    assert sorted(codes) == ["E-201", "E-201", "E-201", "E-204", "E-210"]


def test_a_defect_in_one_reference_row_is_told_once_not_for_every_number_that_uses_it(city):
    city.reference["indicators"][0]["kind"] = "flows"
    (problem,) = refusal(city)
    assert "reference/indicators.csv 第2行 “kind”列" in problem
    assert "是否“flow”？" in problem


def test_an_identity_naming_nothing_is_told_with_the_nearest_indicator(city):
    city.reference["identities"][0]["left"] = "hall_built{place=city}"
    (problem,) = refusal(city)
    assert "reference/identities.csv 第2行 “left”列" in problem
    assert "是否“halls_built”？" in problem


def test_a_number_both_published_and_declared_absent_is_refused(city):
    absent = {"indicator": "halls_built", "place": "parts:city", "state": "not_published"}
    city.reference["absences"] = [absent | {key: YEAR[key] for key in ("period_start", "period_end")}]
    problems = refusal(city)
    assert len(problems) == 2
    assert all("E-216" in problem for problem in problems)
    assert "7个" in problems[0]
    assert "5个" in problems[1]


def test_absence_of_a_part_is_written_out_for_each_part(city):
    city.reference["absences"] = [
        {"indicator": "visits", "place": "parts:city", "state": "not_published", "as_of": "2018-12-31"}
    ]
    build(city.write())
    absences = open_release(LAPTOP, now(), folder=city.path).table("absences")
    assert list(absences["place"]) == ["east", "west", "north"]


def test_not_in_plan_stands_only_while_its_identity_holds(city):
    year = {key: YEAR[key] for key in ("period_start", "period_end")}
    city.reference["absences"] = [
        {"indicator": "halls_built", "place": "north", "state": "not_in_plan", "follows_from": "halls_sum", **year}
    ]
    city.reference["identities"][0]["severity"] = "show"
    build(city.write())
    city.fact(2).update(as_printed="6个", value="6")
    (problem,) = refusal(city)
    assert "E-213" in problem
    assert "halls_sum" in problem


def test_an_old_name_is_understood_in_its_own_time_only(city):
    city.fact(2)["place"] = "东岸县"
    (problem,) = refusal(city)
    assert "东岸县" in problem
    city.fact(2).update(period_start="2016-01-01", period_end="2016-12-31", as_of="2016-12-31")
    city.reference["identities"] = []
    build(city.write())
    observations = open_release(LAPTOP, now(), folder=city.path).table("observations")
    assert list(observations["place"])[1] == "east"


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("facts.csv", "", ["E-102", "文件为空"]),
        ("facts.csv", "seq,as_printed\n1,7个\n", ["E-105", "缺少列“keyword”", "请补上“keyword”", "“value”（"]),
        ("source.toml", 'title = "礼堂', ["E-111", "TOML 写法有误"]),
        ("source.toml", 'title = "礼堂"\n', ["E-105", "缺少“publisher”"]),
        (
            "source.toml",
            'title="a"\npublisher="b"\nkind="bulletin"\nverified=true\nsha256="ABC"',
            ["E-110", "64位小写十六进制数"],
        ),
        (
            "source.toml",
            'title="a"\npublisher="b"\nkind="bulletin"\nverified=true\npublished_on="2018-13-01"',
            ["E-110", "日期无效"],
        ),
    ],
)
def test_a_broken_file_is_told(city, file, content, told):
    (city.write() / "sources" / SOURCE / file).write_text(content, "utf-8")
    with pytest.raises(Refused) as refused:
        build(city.path)
    for word in told:
        assert word in str(refused.value)


def test_a_row_with_too_many_cells_is_told_and_the_others_are_still_checked(city):
    path = city.write() / "sources" / SOURCE / "facts.csv"
    lines = path.read_text("utf-8").splitlines()
    lines[2] += ",多，余"
    lines[3] = lines[3].replace("west", "wset")
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(Refused) as refused:
        build(city.path)
    assert [problem.code for problem in refused.value.problems] == ["E-103", "E-201"]


def test_a_file_saved_by_chinese_excel_reads_the_same(city):
    build(city.write())
    before = table_bytes(city.path)
    path = city.path / "sources" / SOURCE / "facts.csv"
    path.write_bytes(path.read_text("utf-8").replace("\n", "\r\n").encode("gb18030"))
    build(city.path)
    assert table_bytes(city.path) == before


def correct(city: CityFolder, **changes: object) -> None:
    said = {
        "seq": 2,
        "column": "value",
        "expect": "7",
        "value": "6",
        "reason": "重复计数",
        "on": "2019-01-05",
        "by": "统计科",
    } | changes
    lines = [f"{key} = {value if isinstance(value, int) else repr(value)}" for key, value in said.items()]
    (city.write() / "sources" / SOURCE / "corrections.toml").write_text("\n".join(["[[correction]]", *lines]), "utf-8")


def test_a_correction_changes_the_number_and_says_why(city):
    city.reference["identities"] = []
    correct(city)
    build(city.path)
    row = open_release(LAPTOP, now(), folder=city.path).table("observations").iloc[1]
    assert row["value"] == 6
    assert row["as_printed"] == "7个"
    assert "原为“7”" in row["corrected"]
    assert "重复计数" in row["corrected"]


def test_a_corrected_number_keeps_its_printed_scale(city):
    city.reference["identities"] = []
    correct(city, seq=4, expect="14500", value="14600")
    build(city.path)
    observations = open_release(LAPTOP, now(), folder=city.path).table("observations").set_index("seq")
    assert observations.loc[4, "step"] == 100


@pytest.mark.parametrize(
    ("changes", "code"), [({"expect": "9"}, "E-206"), ({"seq": 99}, "E-205"), ({"column": "seq"}, "E-205")]
)
def test_a_correction_that_no_longer_fits_fails_loudly(city, changes, code):
    city.reference["identities"] = []
    correct(city, **changes)
    with pytest.raises(Refused, match=code):
        build(city.path)


def test_text_that_looks_like_sql_or_markup_is_only_text(city):
    name = "'; DROP TABLE x; <img src=x onerror=alert(1)>"
    city.reference["places"][1]["name"] = name
    city.fact(2)["place"] = "east"
    build(city.write())
    assert name in set(open_release(LAPTOP, now(), folder=city.path).table("places")["name"])


def test_a_later_source_adds_a_point_and_replaces_nothing(city):
    row = {**DEFAULTS, **city.fact(6), "seq": 1, "as_printed": "超过4万人次", "value": "40000", "as_of": "2019-06-30"}
    city.facts["2019-06-30-city-visits"] = [row]
    build(city.write())
    observations = open_release(LAPTOP, now(), folder=city.path).table("observations")
    assert len(observations[observations["indicator"] == "visits"]) == 2


def test_a_synonym_of_something_that_is_not_listed_is_told_with_the_nearest_id(city):
    city.reference["synonyms"] = [{"synonym": "大礼堂", "subject_kind": "indicator", "subject": "halls_build"}]
    (problem,) = refusal(city)
    assert "reference/synonyms.csv" in problem
    assert "halls_build" in problem
    assert "halls_built" in problem.replace("halls_build”", "")


def test_a_synonym_may_stand_for_several_things_but_not_twice_for_one(city):
    row = {"synonym": "礼堂", "subject_kind": "indicator", "subject": "halls_built"}
    city.reference["synonyms"] = [
        row,
        {**row, "subject": "floor_area"},
        {**row, "subject_kind": "project", "subject": "halls"},
    ]
    build(city.write())
    assert len(open_release(LAPTOP, now(), folder=city.path).table("synonyms")) == 3
    city.reference["synonyms"] = [row, row]
    assert "重复" in refusal(city)[0]
